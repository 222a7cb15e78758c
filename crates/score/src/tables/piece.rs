//! A run of rows as it was read.

use arrow_array::RecordBatch;

/// Some rows of a file, one after another.
#[derive(Debug)]
pub struct Piece {
    /// Which row of the file the first is, from 0; blank lines and the header do not count.
    pub first: u64,
    /// The rows.
    pub rows: Rows,
    /// Rows that could not be read, by their number in the piece, in order.
    pub bad: Vec<BadRow>,
    /// Where in the file reading has come to, in bytes of the file as it lies there.
    pub read: u64,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its number in the piece, from 0.
    pub at: usize,
    /// Why, in one sentence that names its place in the file.
    pub why: String,
}

/// The rows of a piece.
#[derive(Debug)]
pub enum Rows {
    /// Lines of JSON, unparsed.
    Lines(Lines),
    /// Rows in columns, of which one holds the texts.
    Columns {
        /// The columns; rows that could not be read are null in all of them.
        batches: Vec<RecordBatch>,
        /// Which of them holds the texts, from 0.
        text: usize,
    },
}

/// Lines one after another.
#[derive(Debug, Default)]
pub struct Lines {
    bytes: Vec<u8>,
    /// Where each ends, and its number in the file, from 1.
    ends: Vec<(usize, u64)>,
}

impl Lines {
    pub(crate) fn push(&mut self, line: &[u8], number: u64) {
        self.bytes.extend_from_slice(line);
        self.ends.push((self.bytes.len(), number));
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A line without its end, and its number in the file, from 1.
    pub(crate) fn get(&self, at: usize) -> (&[u8], u64) {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].0);
        let (end, number) = self.ends[at];
        (&self.bytes[start..end], number)
    }
}

impl Piece {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match &self.rows {
            Rows::Lines(lines) => lines.len(),
            Rows::Columns { batches, .. } => batches.iter().map(RecordBatch::num_rows).sum(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
