//! The scores of a document's words, computed once for all rules of the family.
//!
//! Most pages are clean, and the full scorer costs some twenty times the reading of a page. So a cheap screen comes
//! first: two figures a word, both of which the scorer needs anyway. A page that could not pass the gate ends there.

use unspin_lint::{Analysis, Context, LogOdds, Reading, windows};
use unspin_model::{Gate, Model, Tally, WordId};
use unspin_text::{Document, QuoteKind, Span};

use crate::candidates::{All, Candidate};
use crate::features::{self, Rows};
use crate::screen::may_pass;
use crate::{Unit, units};

/// What a text that scores as one clean text in a thousand does is worth. The verdict `reworded` asks for 11.5 nats,
/// which about one clean text in two thousand reaches.
const AT_THRESHOLD: i32 = 10_700;
/// Evidence that makes a text `reworded` with nothing else.
const ENOUGH: i32 = 11_500;
/// Bounds of a reading. A text that looks clean is little evidence against marks that others saw.
const LEAST: i32 = -1_500;
const MOST: i32 = 16_000;

/// Least score of a word that reads as put in: as likely as not, in a text of which much was put in.
pub(crate) const ODD: LogOdds = LogOdds::EVEN;

/// A word with its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScoredWord {
    /// Index into [`WordScores::units`].
    pub(crate) unit: usize,
    /// Log-odds that it was put in, were as many words of the text put in as in training.
    pub(crate) score: LogOdds,
    /// What the text around it takes from its evidence: 0 where that would pass for reworded by itself.
    pub(crate) company: LogOdds,
    /// The word that may have stood there; [`WordId::UNKNOWN`] if there is none.
    pub(crate) candidate: Candidate,
}

/// The scores of a document.
pub(crate) struct WordScores {
    pub(crate) units: Vec<Unit>,
    /// By position; empty for a page that the screen let go.
    pub(crate) words: Vec<ScoredWord>,
    /// How many of them read as put in.
    pub(crate) odd: usize,
    pub(crate) reading: Reading,
}

impl Analysis for WordScores {
    fn analyse(cx: &Context<'_>) -> Self {
        let model = Model::embedded();
        let parts = model.statistics().zip(model.scorer()).zip(model.gate());
        let Some(((statistics, trees), gate)) = parts else {
            return Self {
                units: Vec::new(),
                words: Vec::new(),
                odd: 0,
                reading: Reading::default(),
            };
        };
        let document = cx.document();
        let units = units(document, &statistics.lexicon);
        if !may_pass(&statistics, &gate, &units) {
            let least = LogOdds::from_milli(LEAST);
            let windows = vec![least; windows(document).len()];
            return Self {
                units,
                words: Vec::new(),
                odd: 0,
                reading: Reading { document: least, windows },
            };
        }
        let rows = features::rows(document, &statistics, &units, &All);
        let mut scores = vec![0; rows.units.len()];
        trees.score(&rows.values, features::COUNT, &mut scores);
        let mut words: Vec<ScoredWord> = (0..rows.units.len())
            .map(|i| ScoredWord {
                unit: rows.units[i] as usize,
                score: LogOdds::from_milli(scores[i]),
                company: LogOdds::EVEN,
                candidate: rows.best[i],
            })
            .collect();
        // Code is no prose, and what stands in it as prose is an example.
        let in_code = in_code(document);
        let token = |word: &ScoredWord| units[word.unit].token as usize;
        let kept: Vec<bool> = words.iter().map(|w| !in_code(token(w))).collect();
        let reading = read(document, &gate, &units, &rows, &words, &kept);
        keep_company(document, &units, &reading, &mut words);
        let mut kept = kept.into_iter();
        words.retain(|_| kept.next().unwrap_or(true));
        let odd = words.iter().filter(|w| w.score >= ODD).count();
        Self { units, words, odd, reading }
    }
}

impl WordScores {
    /// The span of a word, in bytes.
    pub(crate) fn span(&self, document: &Document<'_>, word: &ScoredWord) -> Span {
        document.tokens()[self.units[word.unit].token as usize].span
    }
}

/// The running sums of a document's words, for a gate; one more than there are words.
fn tallies(gate: &Gate<'_>, rows: &Rows, scores: impl Iterator<Item = (i32, bool)>) -> Vec<Tally> {
    let mut tally = Tally::default();
    let mut tallies = vec![tally];
    for (i, (score, kept)) in scores.enumerate() {
        if kept {
            gate.add(&mut tally, score, rows.occurrences(i));
        }
        tallies.push(tally);
    }
    tallies
}

/// The gate's statistic of a whole document; what the builder sets the threshold by.
pub fn statistic(gate: &Gate<'_>, rows: &Rows, scores: &[i32]) -> i32 {
    gate.statistic(
        *tallies(gate, rows, scores.iter().map(|&s| (s, true))).last().expect("begins with one"),
    )
}

/// Whether a token stands in code, fenced or between back-ticks.
fn in_code(document: &Document<'_>) -> impl Fn(usize) -> bool {
    let mut code = vec![false; document.tokens().len()];
    for quotation in document.quotations().iter().filter(|q| q.kind == QuoteKind::Code) {
        code[quotation.tokens.start as usize..quotation.tokens.end as usize].fill(true);
    }
    move |token| code.get(token).copied().unwrap_or(false)
}

/// What the gate makes of the scores.
fn read(
    document: &Document<'_>,
    gate: &Gate<'_>,
    units: &[Unit],
    rows: &Rows,
    words: &[ScoredWord],
    kept: &[bool],
) -> Reading {
    let evidence = |tally: Tally| {
        let evidence = gate.evidence(gate.statistic(tally), AT_THRESHOLD);
        LogOdds::from_milli(evidence.clamp(LEAST, MOST))
    };
    let tallies =
        tallies(gate, rows, words.iter().map(|w| w.score.milli()).zip(kept.iter().copied()));
    let start = |i: usize| document.tokens()[units[words[i].unit].token as usize].span.start;
    let index = |offset: u32| {
        let (mut low, mut high) = (0, words.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if start(middle) < offset { low = middle + 1 } else { high = middle }
        }
        low
    };
    let windows = windows(document)
        .into_iter()
        .map(|span| evidence(tallies[index(span.end)].since(tallies[index(span.start)])))
        .collect();
    Reading { document: evidence(tallies[words.len()]), windows }
}

/// An odd word among ordinary ones is an odd word; among many of its kind it is damage. So words of a text, or of a
/// window, that falls short of the verdict lose twice what is missing: a nat short, only the oddest are left.
fn keep_company(
    document: &Document<'_>,
    units: &[Unit],
    reading: &Reading,
    words: &mut [ScoredWord],
) {
    let spans = windows(document);
    let mut first = 0;
    for word in words {
        let at = document.tokens()[units[word.unit].token as usize].span.start;
        while spans.get(first).is_some_and(|span| span.end <= at) {
            first += 1;
        }
        // Windows overlap by half, so a word lies in two at most.
        let near = spans.iter().zip(&reading.windows).skip(first).take(2);
        let best = near
            .filter(|(span, _)| span.start <= at && at < span.end)
            .map(|(_, reading)| *reading)
            .fold(reading.document, LogOdds::max);
        word.company = LogOdds::from_milli((best.milli() - ENOUGH).min(0) * 2);
    }
}

/// Whether there is a candidate at all.
pub(crate) fn is_known(candidate: &Candidate) -> bool {
    candidate.id != WordId::UNKNOWN
}
