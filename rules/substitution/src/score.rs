//! The scores of a document's words, computed once for all rules of the family.
//!
//! Most pages are clean, and the full scorer costs some twenty times the reading of a page. So a cheap screen comes
//! first: two figures a word, both of which the scorer needs anyway. A page that could not pass the gate ends there.

use unspin_lint::{Accepted, Analysis, Context, LogOdds, Reading, windows};
use unspin_model::{Borders, Gate, Statistics, Tally, Trees};
use unspin_text::{Document, Span};
use unspin_words::{KnownWords, model};

use crate::Unit;
use crate::candidates::{All, Visible};
use crate::context::Whole;
use crate::features::{self, Rows, Table};
use crate::past::{Before, Past};
use crate::prose::is_prose;
use crate::ranking::{Offers, offers};
use crate::repair::Offer;
use crate::screen::may_pass;
use crate::unit::units_of;
use crate::written::Written;

/// What a text that scores as one clean text in a thousand does is worth. The verdict `reworded` asks for 11.5 nats,
/// which about one clean text in five thousand reaches.
const AT_THRESHOLD: i32 = 10_000;
/// Evidence that makes a text `reworded` with nothing else.
pub(crate) const ENOUGH: i32 = 11_500;
/// Bounds of a reading. A text that looks clean is little evidence against marks that others saw.
const LEAST: i32 = -1_500;
const MOST: i32 = 16_000;

/// Rows that are scored between two pauses.
const STRETCH: usize = 512;

/// Least score of a word that reads as put in: nearly as likely as not, in a text of which much was put in.
pub const ODD: LogOdds = LogOdds::from_milli(-300);

/// A word with its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScoredWord {
    /// Index into [`WordScores::units`].
    pub(crate) unit: usize,
    /// Log-odds that it was put in, were as many words of the text put in as in training.
    pub(crate) score: LogOdds,
    /// How often it stands in the document, at most 20.
    occurrences: u8,
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
    /// Of those that read as put in, by position.
    offers: Vec<Offers>,
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
        Self::unscreened(cx, &statistics, (&trees, model.ranker().as_ref()), &gate, units)
    }
}

impl WordScores {
    /// The scores of a page that the screen is not asked about.
    pub(crate) fn unscreened(
        cx: &Context<'_>,
        statistics: &Statistics<'static>,
        (trees, ranker): (&Trees<'_>, Option<&Trees<'_>>),
        gate: &Gate<'_>,
        units: Vec<Unit>,
    ) -> Self {
        let document = cx.document();
        let spans = windows(document);
        let pause = || cx.checkpoint();
        let written = Written::of(document, &units);
        let past = Past::recall(cx);
        let aligned = past.as_deref().map(|past| (past, past.align(&written)));
        let before = aligned.as_ref().map(|(past, alignment)| Before { past, alignment });
        let known = before.map(Before::features);
        let mut whole = Whole::new(statistics, &units);
        let text = (&units[..], &written[..], &mut whole);
        let table = Table::new(document, statistics, text, &All, known, &pause);
        let scores = score_after(trees, &table.rows, before, &pause);
        let rows = &table.rows;
        let is_prose = is_prose(document);
        // What the house accepts is no mark.
        let accepted = cx.get::<Accepted>();
        let words: Vec<ScoredWord> = (0..rows.units.len())
            .filter(|&i| {
                let token = units[rows.units[i] as usize].token as usize;
                is_prose[token] && !accepted.covers(token)
            })
            .map(|i| ScoredWord {
                unit: rows.units[i] as usize,
                score: LogOdds::from_milli(scores[i]),
                occurrences: rows.occurrences(i),
            })
            .collect();
        let start =
            |word: &ScoredWord| document.tokens()[units[word.unit].token as usize].span.start;
        let reading = read(gate, &spans, &words, start);
        let (offers, pools) = ranker.map_or_else(Default::default, |ranker| {
            let doubted: Vec<usize> = words
                .iter()
                .filter(|w| w.score >= ODD)
                .filter_map(|w| table.row_of(w.unit))
                .collect();
            let scored = (rows, &scores[..]);
            let (known, is_kept) = (before.map(Before::pools), cx.memory().is_some());
            let text = (&units[..], &mut whole);
            offers(document, statistics, text, scored, &doubted, ranker, known, is_kept, &pause)
        });
        let odd = words.iter().filter(|w| w.score >= ODD).count();
        Past::keep(cx, || Past { model: model(cx), written, table, scores, pools });
        Self { statistics: Some(*statistics), units, words, odd, offers, reading }
    }

    /// What may be put back for a word, the likeliest first.
    pub(crate) fn offers(&self, word: &ScoredWord) -> &[Offer] {
        let at = self.offers.binary_search_by_key(&word.unit, |o| o.unit);
        at.map_or(&[], |at| &self.offers[at].offers)
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
    score_visible(document, statistics, trees, units, &All)
}

/// The same with what is `visible`.
pub fn score_visible(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    trees: &Trees<'_>,
    units: &[Unit],
    visible: &impl Visible,
) -> (Rows, Vec<i32>) {
    let rows = features::rows(document, statistics, units, visible);
    let mut scores = vec![0; rows.units.len()];
    trees.score(&rows.values, &mut scores);
    (rows, scores)
}

/// The scores of rows of which an earlier state may have had some, in thousandths of a nat.
fn score_after(
    trees: &Trees<'_>,
    rows: &Rows,
    before: Option<Before<'_>>,
    pause: &dyn Fn(),
) -> Vec<i32> {
    let mut scores = vec![0; rows.units.len()];
    let mut anew: Vec<usize> = Vec::new();
    if let Some(before) = before {
        let borders = Borders::of(trees);
        for (i, (score, &unit)) in scores.iter_mut().zip(&rows.units).enumerate() {
            match before.scored(unit as usize) {
                Some((row, then)) if !borders.tell_apart(rows.row(i), row) => *score = then,
                _ => anew.push(i),
            }
        }
    } else {
        anew.extend(0..scores.len());
    }
    let (mut values, mut some) = (Vec::new(), Vec::new());
    for stretch in anew.chunks(STRETCH) {
        pause();
        values.clear();
        values.extend(stretch.iter().flat_map(|&i| rows.row(i)));
        some.resize(stretch.len(), 0);
        trees.score(&values, &mut some);
        for (&i, &score) in stretch.iter().zip(&some) {
            scores[i] = score;
        }
    }
    scores
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
