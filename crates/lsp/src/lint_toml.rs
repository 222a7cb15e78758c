//! Help for whoever writes `lint.toml`: what may stand at a place, and what something there means.
//!
//! The file is mostly broken at that moment: half a key, no value yet, a bracket that is still open. So it is not parsed
//! but scanned (`scan.rs`) for the place under the cursor, and what stands there follows from its path (`shape.rs`).
//! Everything is linear in the length of the file, and any offset in any text is answered.

mod complete;
mod hover;
mod keys;
mod scan;
mod shape;
#[cfg(test)]
mod tests;
mod tree;

use unspin_lint::Span;

pub use complete::completions;
pub use hover::hover;

/// Something that may be written at a place in `lint.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What a list shows, and what the letters typed so far are compared with.
    pub label: String,
    /// What is written, with the quotes, brackets and equals signs that are still missing.
    pub insert: String,
    /// What it takes the place of, in bytes of the file: on one line, with the cursor in it or at its ends.
    pub replace: Span,
    /// Its type and default, or its family: a few words.
    pub detail: String,
    /// What it means, in Markdown.
    pub documentation: String,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a [`Completion`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A key, or the header of a table.
    Key,
    /// The id of a rule, or the header of its table.
    Rule,
    /// The name of a family of rules.
    Family,
    /// One of the values that a key takes.
    Value,
}

/// What something in `lint.toml` means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What is told of, in bytes of the file.
    pub span: Span,
    /// What it means, in Markdown.
    pub markdown: String,
}
