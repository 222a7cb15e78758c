//! What the scores of a document's words come to: evidence on the whole, and in each of its windows.

use unspin_lint::{LogOdds, Reading};
use unspin_model::{Gate, Tally};
use unspin_text::Span;

/// What a text that scores as one clean text in a thousand does is worth. The verdict `reworded` asks for 11.5 nats,
/// which about one clean text in five thousand reaches.
const AT_THRESHOLD: i32 = 10_000;
/// Evidence that makes a text `reworded` with nothing else.
pub(crate) const ENOUGH: i32 = 11_500;
/// Bounds of a reading. A text that looks clean is little evidence against marks that others saw.
const LEAST: i32 = -1_500;
const MOST: i32 = 16_000;

/// The sums of the words seen so far, and what they were where a window begins or ends.
pub(crate) struct Votes<'g> {
    gate: &'g Gate<'g>,
    spans: Vec<Span>,
    /// Where windows begin and end, ascending, in bytes; and the sums of the words that start before each, as far as it
    /// was reached.
    borders: Vec<u32>,
    before: Vec<Tally>,
    tally: Tally,
}

impl<'g> Votes<'g> {
    /// No votes yet, on a document with these windows.
    pub(crate) fn new(gate: &'g Gate<'g>, spans: Vec<Span>) -> Self {
        let mut borders: Vec<u32> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
        borders.sort_unstable();
        borders.dedup();
        let before = Vec::with_capacity(borders.len());
        Self { gate, spans, borders, before, tally: Tally::default() }
    }

    /// Adds a word by where it starts, its score in thousandths of a nat, and how often it stands in the document. Words
    /// come in order.
    pub(crate) fn add(&mut self, start: u32, score: i32, occurrences: u8) {
        while self.borders.get(self.before.len()).is_some_and(|&border| border <= start) {
            self.before.push(self.tally);
        }
        self.gate.add(&mut self.tally, score, occurrences);
    }

    /// What the gate makes of them.
    pub(crate) fn reading(mut self) -> Reading {
        self.before.resize(self.borders.len(), self.tally);
        let evidence = |tally: Tally| {
            let evidence = self.gate.evidence(self.gate.statistic(tally), AT_THRESHOLD);
            LogOdds::from_milli(evidence.clamp(LEAST, MOST))
        };
        let before = |border: u32| self.before[self.borders.partition_point(|&b| b < border)];
        let windows = self.spans.iter().map(|s| evidence(before(s.end).since(before(s.start))));
        Reading { document: evidence(self.tally), windows: windows.collect() }
    }
}

/// What is made of a document with so many windows that the screen let go.
pub(crate) fn clean(windows: usize) -> Reading {
    let least = LogOdds::from_milli(LEAST);
    Reading { document: least, windows: vec![least; windows] }
}
