//! What a comparison of two texts came to: a record of changes and their figures.

mod json;
mod text;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use unspin_compare::{Comparison, Relation};
use unspin_text::{Document, Position, Span};

/// One of the texts that were compared.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// Path as given.
    pub path: &'a str,
    /// Which entry of the file, where it holds texts of which one was compared.
    pub entry: Option<&'a str>,
    /// SHA-256 of the bytes of its file.
    pub digest: [u8; 32],
    /// The text.
    pub document: &'a Document<'a>,
}

impl<'a> Compared<'a> {
    /// A text in a file of these bytes.
    pub fn new(path: &'a str, file: &[u8], document: &'a Document<'a>) -> Self {
        Self { path, entry: None, digest: Sha256::digest(file).into(), document }
    }

    /// The text of an entry of the file.
    #[must_use]
    pub fn with_entry(self, entry: Option<&'a str>) -> Self {
        Self { entry, ..self }
    }

    /// The digest in hexadecimal digits.
    pub(crate) fn sha256(&self) -> String {
        HEXLOWER.encode(&self.digest)
    }

    /// Where a span of the document's text lies in its source.
    pub(crate) fn place(&self, span: Span) -> [Position; 2] {
        let source = self.document.in_source(span);
        let at = |byte| self.document.positions().at(self.document.source(), byte);
        [at(source.start), at(source.end)]
    }
}

/// A comparison with the texts that it speaks of.
#[derive(Clone, Copy, Debug)]
pub struct ComparisonReport<'a> {
    /// What was found.
    pub comparison: &'a Comparison,
    /// The text that the other comes from.
    pub original: Compared<'a>,
    /// The text that comes from it.
    pub reworded: Compared<'a>,
}

impl ComparisonReport<'_> {
    /// The relation as a sentence, lower case and without a final stop.
    pub(crate) fn sentence(&self) -> &'static str {
        match self.comparison.relation {
            Relation::Same => "the same words in the same order",
            Relation::Derived => "one text comes from the other, or both from a third",
            Relation::NotDerived => {
                "not derived: they share too little for one to come from the other"
            }
        }
    }
}
