//! What rows are read from.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_schema::SchemaRef;
use unspin_containers::{Compression, Container, CsvRecords, Format, JsonRecords};

use crate::columns::names;
use crate::tables::csv::CsvPieces;
use crate::tables::json::JsonPieces;
use crate::tables::parquet::ParquetPieces;
use crate::tables::piece::{BadRow, Piece, Rows};
use crate::tables::{Error, Reading};

/// What a file of rows is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One JSON object a line.
    JsonLines(Option<Compression>),
    /// Rows of values, with their separator where the name tells it.
    Csv(Option<Compression>, Option<u8>),
    /// Parquet.
    Parquet,
}

impl Kind {
    /// By the ending of a name: `.jsonl`, `.ndjson`, `.csv`, `.tsv`, each also with `.gz` or `.zst`, and `.parquet`.
    pub fn of_path(path: &Path) -> Option<Self> {
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet")) {
            return Some(Self::Parquet);
        }
        let Container { format, compression } = Container::of_path(path)?;
        match format {
            Format::JsonLines => Some(Self::JsonLines(compression)),
            Format::Csv => Some(Self::Csv(compression, None)),
            Format::Tsv => Some(Self::Csv(compression, Some(b'\t'))),
            Format::Docx | Format::Xml | Format::Text(_) => None,
        }
    }
}

/// A file of rows that is being read.
pub struct Input<'r> {
    pieces: Pieces<'r>,
    next: u64,
    /// Bytes read of the file; of Parquet, rows.
    read: Arc<AtomicU64>,
    total: Option<u64>,
}

enum Pieces<'r> {
    Json(Box<JsonPieces<'r>>),
    Csv(Box<CsvPieces<'r>>),
    Parquet(Box<ParquetPieces>),
}

impl<'r> Input<'r> {
    /// Opens a file, past the rows that are to be passed over.
    ///
    /// # Errors
    /// If it is not what its kind says, has no column of texts, or has one of ours.
    pub fn open(kind: Kind, file: File, reading: &Reading) -> Result<Self, Error> {
        let total = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|meta| meta.len());
        if kind == Kind::Parquet {
            let pieces = ParquetPieces::new(file, reading)?;
            expect_free(pieces.schema())?;
            let total = Some(pieces.rows());
            let pieces = Pieces::Parquet(Box::new(pieces));
            return Ok(Self { pieces, next: reading.skip, read: Arc::default(), total });
        }
        Self::stream(kind, file, total, reading)
    }

    /// Reads rows of JSON or CSV from anything, such as standard input.
    ///
    /// # Errors
    /// As [`Input::open`]; Parquet cannot be read so.
    pub fn stream(
        kind: Kind,
        reader: impl Read + Send + 'r,
        total: Option<u64>,
        reading: &Reading,
    ) -> Result<Self, Error> {
        let read = Arc::new(AtomicU64::new(0));
        let reader = Counted { reader, read: Arc::clone(&read) };
        let options = reading.options();
        let pieces = match kind {
            Kind::JsonLines(compression) => {
                let records = JsonRecords::open(reader, compression, &options)?;
                Pieces::Json(Box::new(JsonPieces::new(records, reading)?))
            }
            Kind::Csv(compression, separator) => {
                let records = CsvRecords::open(reader, compression, separator, &options)?;
                let pieces = CsvPieces::new(records, reading)?;
                expect_free(pieces.schema())?;
                Pieces::Csv(Box::new(pieces))
            }
            Kind::Parquet => {
                let why = "Parquet is read from a file, since its index stands at its end";
                return Err(io::Error::new(io::ErrorKind::Unsupported, why).into());
            }
        };
        Ok(Self { pieces, next: reading.skip, read, total })
    }

    /// The columns of the rows; `None` of JSON Lines, which do not say.
    pub fn schema(&self) -> Option<&SchemaRef> {
        match &self.pieces {
            Pieces::Json(_) => None,
            Pieces::Csv(pieces) => Some(pieces.schema()),
            Pieces::Parquet(pieces) => Some(pieces.schema()),
        }
    }

    /// What [`Piece::read`] comes to at the end, if it is known.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The next piece; `None` at the end. After an error nothing can be read.
    ///
    /// # Errors
    /// If the file cannot be read on. What is wrong with single rows is in the piece.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, Error> {
        let (rows, bad): (Rows, Vec<BadRow>) = match &mut self.pieces {
            Pieces::Json(pieces) => pieces.next()?,
            Pieces::Csv(pieces) => pieces.next()?,
            Pieces::Parquet(pieces) => pieces.next()?,
        };
        let mut piece = Piece { first: self.next, rows, bad, read: 0 };
        if piece.is_empty() {
            return Ok(None);
        }
        self.next += piece.len() as u64;
        piece.read = match &self.pieces {
            Pieces::Parquet(_) => self.next,
            _ => self.read.load(Ordering::Relaxed),
        };
        Ok(Some(piece))
    }
}

/// Makes sure that no column has a name of ours.
fn expect_free(schema: &SchemaRef) -> Result<(), Error> {
    let is_taken = |name: &&str| schema.fields().iter().any(|field| field.name() == name);
    match names().iter().find(|name| is_taken(name)) {
        Some(name) => Err(Error::Taken { name: (*name).to_owned() }),
        None => Ok(()),
    }
}

/// Counts what is read.
struct Counted<R> {
    reader: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
