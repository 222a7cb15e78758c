//! Verdicts for columns of texts: an array of Arrow in, a column of verdicts out, and whole files of rows with it.
//!
//! What is said of a text is what the command line says of it as a field of a record (`unspin check`), with the same
//! figures. Texts are shared between the threads of the rayon pool that a function is called in; memory is that of what
//! is given and what comes back, and some ten times the longest text for each thread.
//!
//! [`score_array`] is for whoever has Arrow arrays; `tables` reads Parquet, JSON Lines and CSV in pieces, adds the
//! columns and writes Parquet or JSON Lines. `README.md` beside this crate is the guide.

mod array;
mod columns;
mod one;
pub mod tables;
mod texts;

pub use array::score_array;
pub use columns::{
    FINDINGS, LEVEL, MARKS, RARITY, REASON, RULES, SCORE, columns, names, struct_of,
};
pub use one::{LONGEST, Outcome, score_text};
pub use texts::{NotTexts, Texts};
pub use unspin_report::Scored;

/// What is asked of each text beside its verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whether the findings are wanted, as JSON.
    pub findings: bool,
    /// What the texts are written in; `None` tells it of each by its start, as of fields of records.
    pub markup: Option<unspin_text::Markup>,
}
