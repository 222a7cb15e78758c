//! CSV in pieces, every column as strings: a table that says nothing of its types is not guessed at.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use unspin_containers::{CsvRecords, Next};

use crate::tables::piece::{BadRow, Rows};
use crate::tables::{Error, Reading};

/// Rows of one batch: those of a piece are built and dropped batch by batch.
const BATCH: usize = 8192;

/// Reads pieces of rows.
pub(super) struct CsvPieces<'r> {
    records: CsvRecords<'r>,
    schema: SchemaRef,
    piece: usize,
}

impl<'r> CsvPieces<'r> {
    pub(super) fn new(mut records: CsvRecords<'r>, reading: &Reading) -> Result<Self, Error> {
        let names = records.names().iter();
        let fields: Vec<Field> = names.map(|name| Field::new(name, DataType::Utf8, true)).collect();
        let schema = Arc::new(Schema::new(fields));
        for _ in 0..reading.skip {
            if matches!(records.advance()?, Next::End) {
                break;
            }
        }
        Ok(Self { records, schema, piece: reading.piece })
    }

    pub(super) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    pub(super) fn next(&mut self) -> Result<(Rows, Vec<BadRow>), Error> {
        let (mut batches, mut bad, mut rows, mut bytes) = (Vec::new(), Vec::new(), 0, 0);
        let width = self.schema.fields().len();
        let mut is_end = false;
        while !is_end && bytes < self.piece {
            let mut columns: Vec<StringBuilder> = vec![];
            columns.resize_with(width, StringBuilder::new);
            let mut height = 0;
            while height < BATCH && bytes < self.piece {
                match self.records.advance()? {
                    Next::Record => {
                        for (column, value) in columns.iter_mut().zip(self.records.values()) {
                            column.append_value(value);
                            bytes += value.len();
                        }
                    }
                    Next::Bad(why) => {
                        bad.push(BadRow { at: rows, why: why.to_string() });
                        columns.iter_mut().for_each(StringBuilder::append_null);
                    }
                    Next::End => {
                        is_end = true;
                        break;
                    }
                }
                (height, rows) = (height + 1, rows + 1);
            }
            if height > 0 {
                let arrays = columns.iter_mut().map(|c| Arc::new(c.finish()) as ArrayRef);
                batches.push(RecordBatch::try_new(Arc::clone(&self.schema), arrays.collect())?);
            }
        }
        Ok((Rows::Columns { batches, text: self.records.text_column() }, bad))
    }
}
