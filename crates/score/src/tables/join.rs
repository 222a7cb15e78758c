//! Parts to one file, without unpacking them.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use parquet::column::writer::ColumnCloseResult;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaDataReader};
use parquet::file::writer::SerializedFileWriter;

use crate::tables::{Error, Target};

/// A file that is made of parts, in order: lines follow lines, row groups are copied as they are.
pub struct Joiner<W: Write + Send> {
    target: Target,
    /// Where to, until the first part of Parquet tells the columns.
    out: Option<W>,
    /// The file of Parquet, from then on.
    writer: Option<SerializedFileWriter<W>>,
}

impl<W: Write + Send> Joiner<W> {
    /// A file that is written to `out`, which should be buffered.
    pub fn new(target: &Target, out: W) -> Self {
        Self { target: target.clone(), out: Some(out), writer: None }
    }

    /// Adds a part.
    ///
    /// # Errors
    /// If it cannot be read, is not whole, or cannot be written.
    pub fn add(&mut self, mut part: File) -> Result<(), Error> {
        let Self { target, out, writer } = self;
        if let (Target::JsonLines, Some(out)) = (&target, &mut *out) {
            std::io::copy(&mut part, out)?;
            return Ok(());
        }
        let mut reader =
            ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Optional);
        reader.try_parse(&part)?;
        let metadata = reader.finish()?;
        if let Some(out) = out.take() {
            let file = metadata.file_metadata();
            let schema = file.schema_descr().root_schema_ptr();
            let mut made = SerializedFileWriter::new(out, schema, Arc::new(target.properties()))?;
            // What Arrow says of the columns beyond what Parquet can.
            let known = target.properties();
            let known = known.key_value_metadata().map_or(&[][..], |known| known);
            for pair in file.key_value_metadata().into_iter().flatten() {
                if !known.iter().any(|own| own.key == pair.key) {
                    made.append_key_value_metadata(pair.clone());
                }
            }
            *writer = Some(made);
        }
        let writer = writer.as_mut().expect("the first part made it");
        for (number, group) in metadata.row_groups().iter().enumerate() {
            let mut copy = writer.next_row_group()?;
            for (at, column) in group.columns().iter().enumerate() {
                let index = metadata.page_index();
                copy.append_column(
                    &part,
                    ColumnCloseResult {
                        bytes_written: column.compressed_size().max(0) as u64,
                        rows_written: group.num_rows().max(0) as u64,
                        metadata: column.clone(),
                        bloom_filter: None,
                        column_index: index.and_then(|i| i.column_index(number, at)).cloned(),
                        offset_index: index.and_then(|i| i.offset_index(number, at)).cloned(),
                    },
                )?;
            }
            copy.close()?;
        }
        Ok(())
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> Result<W, Error> {
        let mut out = match (self.out, self.writer) {
            (_, Some(writer)) => writer.into_inner()?,
            (out, None) => out.expect("it is given to the writer"),
        };
        out.flush()?;
        Ok(out)
    }
}
