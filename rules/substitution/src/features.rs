//! What the trained scorer knows of a word: one row of integers.
//!
//! The builder calls the same code on simulated rewording, so a feature means the same in training and at the desk.

mod row;
mod seen;

use unspin_model::{Statistics, WordFlags, WordId};
use unspin_text::Document;

use crate::Unit;
use crate::alignment::Alignment;
use crate::association::{Association, association};
use crate::candidates::{Candidate, Visible};
use crate::context::{self, Whole};
use crate::inversions::{Inversion, inversions};
use crate::written::Written;
use seen::Seen;

/// The features in the order of a row. `lg` is hundredths of log10; a cosine is in thousandths.
pub const NAMES: [&str; 75] = [
    "frequency",   // lg share of tokens
    "left",        // lg association with the word before
    "right",       // and after
    "seen-left",   // lg count of the pair with the word before
    "seen-right",  // and after
    "frequency-1", // of the unit before
    "frequency+1", // of the unit after
    "left-1",      // association of the two units before
    "right+1",     // of the two units after
    "emission",    // lg odds of the word in reworded against clean text
    "candidates",  // number of originals known
    "better",      // number that fit much better
    "most-gain",   // greatest gain in fit
    "best-odds",   // gain and prior of the best candidate
    "best-prior",
    "best-gain",
    "best-gain-left",
    "best-gain-right",
    "best-seen-left",
    "best-seen-right",
    "best-frequency",
    "second-odds",
    "total-odds",
    "cosine", // of the word with the words near
    "cosine-best",
    "cosine-most",  // of any candidate
    "cosine-gain",  // best minus word
    "cosine-whole", // of the word with the document
    "cosine-whole-best",
    "cosine-word-best", // of the word with its best candidate
    "occurrences",      // of the word in the document
    "best-elsewhere",   // occurrences of the best candidate in the document
    "most-elsewhere",
    "case",   // 0 lower, 1 title, 2 upper or mixed
    "start",  // first word of its sentence
    "length", // bytes
    "noun",
    "verb",
    "adjective",
    "adverb",
    "function",
    "s-form",
    "other-form",
    "class-1", // coarse class of the unit before
    "class+1",
    "class-best",
    "class-2",
    "class+2",
    "article", // an `a` or `an` before that does not suit
    "emission-1",
    "emission+1",
    "emission-2",
    "emission+2",
    "odds-1",
    "odds+1",
    "odds-2",
    "odds+2",
    "total-near", // mean total odds of the words within five
    "left-near",  // mean association within five
    "cosine-1",
    "cosine+1",
    "hyphen",             // inside a compound
    "quoted",             // inside quotation marks
    "best-more-frequent", // frequency of the best candidate minus that of the word
    "same-class",         // the best candidate can be what the word can be
    "document-odds",      // mean total odds of the document's words
    "mended-left",        // association with the best candidate of the word before
    "mended-right",       // and of the word after
    "best-mended-left",   // of the best candidate with the best candidate of the word before
    "best-mended-right",
    "phrase-odds", // of the best expression that covers the word, put in for one word
    "phrase-gain",
    "phrase-prior",
    "phrase-length", // words of it, 0 without one
    "phrase-first",  // the word begins it
];

/// The feature `occurrences`.
const OCCURRENCES: usize = 30;

/// Number of features.
pub const COUNT: usize = NAMES.len();

/// Features of the words of a document.
pub struct Rows {
    /// Index into the units of each scored word.
    pub units: Vec<u32>,
    /// `COUNT` features a word, one row after another.
    pub values: Vec<i16>,
    /// The candidate with the highest odds of each word.
    pub best: Vec<Candidate>,
}

impl Rows {
    /// The row of the `i`th scored word.
    pub fn row(&self, i: usize) -> &[i16] {
        &self.values[i * COUNT..(i + 1) * COUNT]
    }

    /// How often the `i`th scored word occurs in the document, at most 20.
    pub fn occurrences(&self, i: usize) -> u8 {
        self.row(i)[OCCURRENCES].clamp(1, 20) as u8
    }
}

/// Pairs that are looked up in one go, once all of them are announced.
const BLOCK: usize = 16;

/// Units on each side that decide all of a row but what the whole document decides: a row asks of the contexts of the
/// words beside its own, too.
pub(crate) const REACH: usize = context::REACH + 1;

/// The rows of a document, and what they were made of, so that those of its next state can be made of it.
pub(crate) struct Table {
    pub(crate) rows: Rows,
    /// Of each unit the index of its row.
    row_of: Vec<Option<u32>>,
    /// Of each unit and the one after.
    pairs: Vec<Association>,
    /// By unit.
    inversions: Vec<Inversion>,
    /// By unit.
    seen: Vec<Option<Seen>>,
}

/// An earlier state of a document, and where its units stand now.
#[derive(Clone, Copy)]
pub(crate) struct Before<'b> {
    pub(crate) table: &'b Table,
    /// Made for [`REACH`].
    pub(crate) alignment: &'b Alignment,
}

impl Table {
    /// Index of the row of a unit, if it is a scored word.
    pub(crate) fn row_of(&self, unit: usize) -> Option<usize> {
        self.row_of[unit].map(|row| row as usize)
    }

    /// Computes the features of every word of the lexicon in a document whose units are `written` so, and which is this
    /// `whole`. What an earlier
    /// state had at the same place is taken over from it. `pause` is called now and then.
    pub(crate) fn new(
        document: &Document<'_>,
        statistics: &Statistics<'_>,
        (units, written, whole): (&[Unit], &[Written], &mut Whole<'_>),
        visible: &impl Visible,
        before: Option<Before<'_>>,
        pause: &dyn Fn(),
    ) -> Self {
        let Statistics { lexicon, bigrams, .. } = statistics;
        let there = |unit: usize| before.and_then(|b| Some((b.table, b.alignment.of(unit)?)));
        let pair = |(at, pair): (usize, &[Unit])| match there(at) {
            Some((table, was)) => table.pairs[was],
            None => association(lexicon, bigrams, pair[0].id, pair[1].id),
        };
        let mut pairs: Vec<Association> = Vec::with_capacity(units.len());
        for from in (0..units.len().saturating_sub(1)).step_by(BLOCK) {
            let some = &units[from..(from + BLOCK + 1).min(units.len())];
            some.windows(2).for_each(|pair| bigrams.fetch(pair[0].id, pair[1].id));
            pairs.extend(some.windows(2).enumerate().map(|(i, some)| pair((from + i, some))));
        }
        pause();
        let is_new = |unit: usize| there(unit).is_none();
        let mut inversions = inversions(statistics, units, &pairs, visible, is_new);
        for (at, inversion) in inversions.iter_mut().enumerate() {
            if let Some((table, was)) = there(at) {
                *inversion = table.inversions[was].moved(was, at);
            }
        }
        pause();
        let known = |unit: usize| there(unit).map(|(table, was)| table.seen[was]);
        let seen = seen::seen(statistics, units, &pairs, visible, known, pause);
        let parts = row::Parts { written, inversions: &inversions, seen: &seen };
        let row = |unit: usize| there(unit).and_then(|(t, was)| Some(t.rows.row(t.row_of(was)?)));
        let rows = row::rows(document, statistics, units, (&parts, whole), visible, row, pause);
        let mut row_of = vec![None; units.len()];
        for (row, &unit) in rows.units.iter().enumerate() {
            row_of[unit as usize] = Some(row as u32);
        }
        Self { rows, row_of, pairs, inversions, seen }
    }
}

/// Computes the features of every word of the lexicon in a document.
pub fn rows(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    units: &[Unit],
    visible: &impl Visible,
) -> Rows {
    let (written, mut whole) = (Written::of(document, units), Whole::new(statistics, units));
    let text = (units, &written[..], &mut whole);
    Table::new(document, statistics, text, visible, None, &|| ()).rows
}

/// A number for what a word can be, alike for words that are used alike.
pub(crate) fn class_of(flags: WordFlags, id: WordId) -> i32 {
    if !id.is_word() {
        return i32::from(id.index() as u16);
    }
    if flags.0 & WordFlags::FUNCTION != 0 {
        return 6;
    }
    7 + i32::from(flags.0 & 0x0F)
}

/// A feature as a row holds it.
pub(crate) fn narrow(value: i32) -> i16 {
    value.clamp(i16::MIN.into(), i16::MAX.into()) as i16
}
