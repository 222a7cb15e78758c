//! Files of rows: read in pieces, scored, and written as Parquet or JSON Lines with the columns added.
//!
//! ```text
//! Input ──> Piece ──> score_piece ──> ScoredPiece ──> Target::part ──> bytes of a part ──> Target::join
//! ```
//!
//! A piece is a run of rows of a bounded size, which depends on the input alone; so a part is the same bytes whoever
//! scores it and however often, and parts that are done need not be done again.

mod csv;
mod error;
mod input;
mod join;
mod json;
mod parquet;
mod piece;
mod schema;
mod splice;
mod target;

pub use error::Error;
pub use input::{Input, Kind};
pub use join::Joiner;
pub use piece::{BadRow, Piece, Rows};
pub use schema::schema_of_lines;
pub use target::{ScoredPiece, Target, score_piece};

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The field that holds the text: a column, or of JSON a member or pointer. Without one, the first of the
    /// [usual names](unspin_containers::DEFAULT_FIELDS).
    pub text: Option<String>,
    /// Bytes of rows after which a piece ends.
    pub piece: usize,
    /// Rows to pass over, which were done before.
    pub skip: u64,
}

impl Default for Reading {
    fn default() -> Self {
        Self { text: None, piece: 16 << 20, skip: 0 }
    }
}

impl Reading {
    /// As the reader of records takes it.
    fn options(&self) -> unspin_containers::Options {
        let limits = unspin_containers::Limits { entry: crate::LONGEST, ..Default::default() };
        let fields = self.text.iter().cloned().collect();
        unspin_containers::Options { fields, markup: None, limits }
    }
}
