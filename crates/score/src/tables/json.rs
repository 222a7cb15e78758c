//! JSON Lines in pieces.

use unspin_containers::{JsonRecords, Next};

use crate::tables::piece::{BadRow, Lines, Rows};
use crate::tables::{Error, Reading};

/// Reads pieces of lines.
pub(super) struct JsonPieces<'r> {
    records: JsonRecords<'r>,
    piece: usize,
}

impl<'r> JsonPieces<'r> {
    pub(super) fn new(mut records: JsonRecords<'r>, reading: &Reading) -> Result<Self, Error> {
        for _ in 0..reading.skip {
            if matches!(records.advance()?, Next::End) {
                break;
            }
        }
        Ok(Self { records, piece: reading.piece })
    }

    pub(super) fn next(&mut self) -> Result<(Rows, Vec<BadRow>), Error> {
        let (mut lines, mut bad) = (Lines::default(), Vec::new());
        while lines.bytes() < self.piece {
            match self.records.advance()? {
                Next::Record => lines.push(self.records.line(), self.records.number()),
                Next::Bad(why) => {
                    bad.push(BadRow { at: lines.len(), why: why.to_string() });
                    lines.push(b"", self.records.number());
                }
                Next::End => break,
            }
        }
        Ok((Rows::Lines(lines), bad))
    }
}
