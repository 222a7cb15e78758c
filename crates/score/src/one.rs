//! One text.

use unspin_containers::field_markup;
use unspin_lint::{Diagnosis, Document};
use unspin_linter::Linter;
use unspin_report::Scored;
use unspin_text::source::decode;

use crate::Asked;

/// Bytes of the longest text that is scored. Checking takes some ten times as much memory, and a run of many texts is
/// promised to stay small; no article is a hundredth as long.
pub const LONGEST: usize = 16 << 20;

/// What came of one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It has a text.
    Scored(Scored),
    /// It has none: null, or nothing but white space.
    Empty,
    /// It could not be read; why, in one sentence.
    Bad(String),
}

/// Scores one text, as a field of a record is checked.
pub fn score_text(linter: &Linter, text: &[u8], asked: Asked) -> Outcome {
    if text.len() > LONGEST {
        return Outcome::Bad(format!("the text is longer than {LONGEST} bytes: split it"));
    }
    if text.trim_ascii().is_empty() {
        return Outcome::Empty;
    }
    let (source, ..) = decode(text);
    if source.trim().is_empty() {
        return Outcome::Empty;
    }
    let markup = asked.markup.unwrap_or_else(|| field_markup(&source));
    let document = Document::read(text, markup);
    let said = Diagnosis::new(&document, &linter.check(&document));
    match Scored::new(&source, &said, asked.findings) {
        Some(scored) => Outcome::Scored(scored),
        None => Outcome::Empty,
    }
}
