//! Parquet in pieces.

use std::fs::File;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use unspin_containers::DEFAULT_FIELDS;

use crate::tables::piece::{BadRow, Rows};
use crate::tables::{Error, Reading};
use crate::{NotTexts, Texts};

/// Rows that are read at once. Pages are unpacked as they are needed, so that it is not the size of a row group that
/// memory follows.
const BATCH: usize = 256;

/// Reads pieces of columns.
pub(super) struct ParquetPieces {
    batches: ParquetRecordBatchReader,
    schema: SchemaRef,
    rows: u64,
    text: usize,
    piece: usize,
}

impl ParquetPieces {
    pub(super) fn new(file: File, reading: &Reading) -> Result<Self, Error> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(file)?;
        let schema = builder.schema().clone();
        let rows = builder.metadata().file_metadata().num_rows().max(0) as u64;
        let text = text_column(&schema, reading.text.as_deref())?;
        let skip = usize::try_from(reading.skip).unwrap_or(usize::MAX);
        let batches = builder.with_batch_size(BATCH).with_offset(skip).build()?;
        Ok(Self { batches, schema, rows, text, piece: reading.piece })
    }

    pub(super) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// How many rows the whole file has.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn next(&mut self) -> Result<(Rows, Vec<BadRow>), Error> {
        let (mut batches, mut bytes) = (Vec::new(), 0);
        while bytes < self.piece {
            let Some(batch) = self.batches.next().transpose()? else { break };
            bytes += size_of(&batch);
            batches.push(batch);
        }
        Ok((Rows::Columns { batches, text: self.text }, Vec::new()))
    }
}

/// Bytes of the values of a batch, which may share what it holds of memory with others.
fn size_of(batch: &RecordBatch) -> usize {
    let of = |column: &arrow_array::ArrayRef| column.to_data().get_slice_memory_size();
    batch.columns().iter().map(|column| of(column).unwrap_or(0)).sum()
}

/// The column of the chosen name, or the first of the usual names that is there.
fn text_column(schema: &SchemaRef, chosen: Option<&str>) -> Result<usize, Error> {
    let position = |is: &dyn Fn(&str) -> bool| schema.fields().iter().position(|f| is(f.name()));
    let found = match chosen {
        Some(chosen) => position(&|name| name == chosen),
        None => DEFAULT_FIELDS.iter().find_map(|usual| {
            let is_text = |at: &usize| Texts::are_in(schema.field(*at).data_type());
            position(&|name| name.eq_ignore_ascii_case(usual)).filter(is_text)
        }),
    };
    let Some(at) = found else {
        let wanted = match chosen {
            Some(chosen) => format!("`{chosen}`"),
            None => format!("of the usual names ({})", DEFAULT_FIELDS.join(", ")),
        };
        let there: Vec<_> = schema.fields().iter().map(|f| format!("`{}`", f.name())).collect();
        return Err(Error::NoColumn { wanted, there: there.join(", ") });
    };
    let field = schema.field(at);
    if !Texts::are_in(field.data_type()) {
        let (name, found) = (field.name().clone(), field.data_type().clone());
        return Err(Error::NotTexts { name, source: NotTexts { found } });
    }
    Ok(at)
}
