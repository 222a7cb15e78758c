//! What scoring a text costs above its floor: the look-ups, vector products and tree nodes that it cannot do without,
//! each at what it costs by itself.
//!
//! `cargo bench -p unspin-rules-substitution --bench floor -- FILE...`; without files, the reworded sentences beside this
//! file. Least of several times each, on one core; a machine that does other work makes both larger.

use std::hint::black_box;
use std::io::Write as _;
use std::time::{Duration, Instant};

use unspin_lint::{Document, RuleSet};
use unspin_model::{Channel, Model, Statistics, Trees, WordId};
use unspin_rules_substitution::ranking::{self, COUNT};
use unspin_rules_substitution::{All, ODD, Unit, features, score, units};

const RUNS: usize = 9;
/// Questions between two readings of the clock.
const BLOCK: usize = 16;

fn least<T>(mut run: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        black_box(run());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

/// The pairs of words that features ask the table of pairs about: each with the one after it, and what may have stood
/// in its place with both neighbours. What stands in place of neighbours too is left out: it is fewer.
fn pairs(statistics: &Statistics<'_>, units: &[Unit]) -> Vec<(WordId, WordId)> {
    let mut pairs = Vec::new();
    for around in units.windows(3) {
        let [before, own, after] = [around[0].id, around[1].id, around[2].id];
        pairs.push((own, after));
        if own.is_word() {
            for original in statistics.channel.originals(own) {
                pairs.push((before, original.id));
                pairs.push((original.id, after));
            }
        }
    }
    pairs
}

/// What the ranker is asked about, all rows together.
fn ranked(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    units: &[Unit],
    trees: &Trees<'_>,
) -> Vec<i16> {
    let (rows, scores) = score(document, statistics, trees, units);
    let odd: Vec<usize> = (0..scores.len()).filter(|&i| scores[i] >= ODD.milli()).collect();
    let mut values = Vec::new();
    let scored = (&rows, &scores[..]);
    ranking::pools(document, statistics, units, scored, &odd, &All, |pool| {
        values.extend(pool.values);
    });
    values
}

fn look_up(statistics: &Statistics<'_>, pairs: &[(WordId, WordId)]) -> u32 {
    let mut sum = 0;
    for some in pairs.chunks(BLOCK) {
        for &(a, b) in some {
            statistics.bigrams.fetch(a, b);
        }
        sum += some.iter().map(|&(a, b)| u32::from(statistics.bigrams.code(a, b))).sum::<u32>();
    }
    sum
}

fn products(statistics: &Statistics<'_>, pairs: &[(WordId, WordId)]) -> i32 {
    let product = |&(a, b): &(WordId, WordId)| {
        let (Some(a), Some(b)) = (statistics.vectors.get(a), statistics.vectors.get(b)) else {
            return 0;
        };
        let multiply = |(&x, &y): (&u8, &u8)| {
            i32::from(i16::from(x.cast_signed()) * i16::from(y.cast_signed()))
        };
        a.iter().zip(b).map(multiply).sum::<i32>()
    };
    pairs.iter().map(product).sum()
}

fn report(name: &str, text: &[u8]) -> std::io::Result<()> {
    let model = Model::embedded();
    let (Some(statistics), Some(scorer), Some(ranker)) =
        (model.statistics(), model.scorer(), model.ranker())
    else {
        return Ok(());
    };
    let document = Document::new(text);
    let units = units(&document, &statistics.lexicon);
    let rows = features::rows(&document, &statistics, &units, &All);
    let ranked = ranked(&document, &statistics, &units, &scorer);
    let mut pairs = pairs(&statistics, &units);
    // A repair that is ranked is looked up beside both neighbours.
    let repairs = ranked.len() / COUNT;
    let more: Vec<_> = pairs.iter().rev().cycle().take(2 * repairs).copied().collect();
    pairs.extend(more);
    // A product for each candidate and each repair, and three for each word.
    let compared = (pairs.len() - units.len()) / 2 + 3 * rows.units.len();
    let compared: Vec<_> = pairs.iter().cycle().take(compared).copied().collect();

    let (mut scores, mut odds) = (vec![0; rows.units.len()], vec![0; repairs]);
    let costs = [
        ("look-ups of pairs", pairs.len(), least(|| look_up(&statistics, &pairs))),
        ("vector products", compared.len(), least(|| products(&statistics, &compared))),
        (
            "rows of the scorer's trees",
            rows.units.len(),
            least(|| scorer.score(&rows.values, &mut scores)),
        ),
        ("rows of the ranker's trees", repairs, least(|| ranker.score(&ranked, &mut odds))),
    ];
    let rules = RuleSet::new(unspin_rules_substitution::rules());
    let whole = least(|| rules.run(&document));
    let floor: Duration = costs.iter().map(|(.., time)| *time).sum();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{name}: {} bytes, at most {} candidates a word", text.len(), Channel::USUAL)?;
    for (what, number, time) in costs {
        let each = time.as_nanos() as f64 / number.max(1) as f64;
        writeln!(
            out,
            "  {number:>9} {what:<27} {:>8.2} ms, {each:.0} ns each",
            time.as_secs_f64() * 1e3
        )?;
    }
    let (floor, whole) = (floor.as_secs_f64(), whole.as_secs_f64());
    writeln!(
        out,
        "  floor {:.1} ms, the family {:.1} ms: {:.2} times the floor",
        floor * 1e3,
        whole * 1e3,
        whole / floor
    )
}

fn main() -> std::io::Result<()> {
    let files: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        let sentences = include_str!("reworded.sentences").replace('\n', "\n\n");
        return report("reworded.sentences, 20 times", sentences.repeat(20).as_bytes());
    }
    files.iter().try_for_each(|file| report(file, &std::fs::read(file)?))
}
