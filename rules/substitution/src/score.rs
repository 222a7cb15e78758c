//! The scores of a document's words, computed once for all rules of the family.
//!
//! Most pages are clean, and the full scorer costs some twenty times the reading of a page. So a cheap screen comes
//! first: two figures a word, both of which the scorer needs anyway. A page that could not pass the gate ends there.

use unspin_lint::{Accepted, Analysis, Context, LogOdds, Reading, windows};
use unspin_model::{Gate, Statistics, Tally, Trees};
use unspin_text::{Document, Span};
use unspin_words::{KnownWords, model};

use crate::Unit;
use crate::candidates::{All, Candidate};
use crate::features::{self, Rows};
use crate::inversions::Inversion;
use crate::prose::is_prose;
use crate::screen::may_pass;
use crate::unit::units_of;

/// What a text that scores as one clean text in a thousand does is worth. The verdict `reworded` asks for 11.5 nats,
/// which about one clean text in five thousand reaches.
const AT_THRESHOLD: i32 = 9_800;
/// Evidence that makes a text `reworded` with nothing else.
pub(crate) const ENOUGH: i32 = 11_500;
/// Bounds of a reading. A text that looks clean is little evidence against marks that others saw.
const LEAST: i32 = -1_500;
const MOST: i32 = 16_000;

/// Least score of a word that reads as put in: nearly as likely as not, in a text of which much was put in.
pub(crate) const ODD: LogOdds = LogOdds::from_milli(-300);

/// A word with its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScoredWord {
    /// Index into [`WordScores::units`].
    pub(crate) unit: usize,
    /// Log-odds that it was put in, were as many words of the text put in as in training.
    pub(crate) score: LogOdds,
    /// How often it stands in the document, at most 20.
    occurrences: u8,
    /// What the text around it takes from its evidence: 0 where that would pass for reworded by itself.
    pub(crate) company: LogOdds,
    /// The word that may have stood there, if it [`is_known`](Candidate::is_known).
    pub(crate) candidate: Candidate,
    /// The expression put in for one word that it may belong to.
    pub(crate) inversion: Inversion,
}

/// The scores of a document.
#[derive(Default)]
pub(crate) struct WordScores {
    /// What the scores rest on; `None` if the model has none.
    pub(crate) statistics: Option<Statistics<'static>>,
    pub(crate) units: Vec<Unit>,
    /// By position, those that are no prose left out; empty for a page that the screen let go.
    pub(crate) words: Vec<ScoredWord>,
    /// How many of them read as put in.
    pub(crate) odd: usize,
    pub(crate) reading: Reading,
}

impl Analysis for WordScores {
    fn analyse(cx: &Context<'_>) -> Self {
        let model = model(cx);
        let parts = model.statistics().zip(model.scorer()).zip(model.gate());
        let Some(((statistics, trees), gate)) = parts else { return Self::default() };
        let document = cx.document();
        let units = units_of(document, &cx.get::<KnownWords>());
        if !may_pass(&statistics, &gate, &units) {
            let least = LogOdds::from_milli(LEAST);
            let reading =
                Reading { document: least, windows: vec![least; windows(document).len()] };
            return Self { reading, ..Self::default() };
        }
        Self::unscreened(cx, &statistics, &trees, &gate, units)
    }
}

impl WordScores {
    /// The scores of a page that the screen is not asked about.
    pub(crate) fn unscreened(
        cx: &Context<'_>,
        statistics: &Statistics<'static>,
        trees: &Trees<'_>,
        gate: &Gate<'_>,
        units: Vec<Unit>,
    ) -> Self {
        let document = cx.document();
        let spans = windows(document);
        let (rows, scores) = score(document, statistics, trees, &units);
        let is_prose = is_prose(document);
        // What the house accepts is no mark.
        let accepted = cx.get::<Accepted>();
        let mut words: Vec<ScoredWord> = (0..rows.units.len())
            .filter(|&i| {
                let token = units[rows.units[i] as usize].token as usize;
                is_prose[token] && !accepted.covers(token)
            })
            .map(|i| ScoredWord {
                unit: rows.units[i] as usize,
                score: LogOdds::from_milli(scores[i]),
                occurrences: rows.occurrences(i),
                company: LogOdds::EVEN,
                candidate: rows.best[i],
                inversion: rows.inversions[i],
            })
            .collect();
        let start =
            |word: &ScoredWord| document.tokens()[units[word.unit].token as usize].span.start;
        let reading = read(gate, &spans, &words, start);
        keep_company(&spans, &reading, &mut words, start);
        let odd = words.iter().filter(|w| w.score >= ODD).count();
        Self { statistics: Some(*statistics), units, words, odd, reading }
    }

    /// The span of a word, in bytes.
    pub(crate) fn span(&self, document: &Document<'_>, word: &ScoredWord) -> Span {
        document.tokens()[self.units[word.unit].token as usize].span
    }
}

/// The running sums of words given by score, in thousandths of a nat, and occurrences; one more than there are words.
fn tallies(gate: &Gate<'_>, words: impl Iterator<Item = (i32, u8)>) -> Vec<Tally> {
    let mut tally = Tally::default();
    let mut tallies = vec![tally];
    for (score, occurrences) in words {
        gate.add(&mut tally, score, occurrences);
        tallies.push(tally);
    }
    tallies
}

/// The features of a document's words and their scores, in thousandths of a nat, with everything visible.
pub fn score(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    trees: &Trees<'_>,
    units: &[Unit],
) -> (Rows, Vec<i32>) {
    let rows = features::rows(document, statistics, units, &All);
    let mut scores = vec![0; rows.units.len()];
    trees.score(&rows.values, &mut scores);
    (rows, scores)
}

/// The gate's statistic of a whole document; what the builder sets the threshold by.
pub fn statistic(gate: &Gate<'_>, rows: &Rows, scores: &[i32]) -> i32 {
    let words = scores.iter().enumerate().map(|(i, &score)| (score, rows.occurrences(i)));
    gate.statistic(*tallies(gate, words).last().expect("begins with one"))
}

/// What the gate makes of the scores, on the whole and in each of the `spans`.
fn read(
    gate: &Gate<'_>,
    spans: &[Span],
    words: &[ScoredWord],
    start: impl Fn(&ScoredWord) -> u32,
) -> Reading {
    let evidence = |tally: Tally| {
        let evidence = gate.evidence(gate.statistic(tally), AT_THRESHOLD);
        LogOdds::from_milli(evidence.clamp(LEAST, MOST))
    };
    let tallies = tallies(gate, words.iter().map(|w| (w.score.milli(), w.occurrences)));
    let before = |offset: u32| tallies[words.partition_point(|w| start(w) < offset)];
    let windows =
        spans.iter().map(|span| evidence(before(span.end).since(before(span.start)))).collect();
    Reading { document: evidence(tallies[words.len()]), windows }
}

/// An odd word among ordinary ones is an odd word; among many of its kind it is damage. So words of a text, or of a
/// window, that falls short of the verdict lose a nat and four times what is missing: half a nat short, only the very
/// oddest are left.
fn keep_company(
    spans: &[Span],
    reading: &Reading,
    words: &mut [ScoredWord],
    start: impl Fn(&ScoredWord) -> u32,
) {
    let mut first = 0;
    for word in words {
        let at = start(word);
        while spans.get(first).is_some_and(|span| span.end <= at) {
            first += 1;
        }
        // Windows overlap by half, so a word lies in two at most.
        let near = spans.iter().zip(&reading.windows).skip(first).take(2);
        let best = near
            .filter(|(span, _)| span.start <= at && at < span.end)
            .map(|(_, reading)| *reading)
            .fold(reading.document, LogOdds::max);
        let missing = (ENOUGH - best.milli()).max(0);
        word.company = match missing {
            0 => LogOdds::EVEN,
            _ => LogOdds::from_milli(-1_000 - 4 * missing),
        };
    }
}
