//! Files that hold texts, as entries: Word documents, feeds, news agencies' XML, records, and what is compressed.
//!
//! [`Container::of_path`] tells by the name of a file what it holds, and [`open`] reads it: an iterator over
//! [`Entry`]s, each of which is a text with its [`Markup`] and a locator, the place in the file where a person
//! finds it. [`Entry::locate`] goes on from there, to the paragraph.
//!
//! Reading streams: records and news items are read one after another, and no more than one of them is held. A bad
//! record is one [`Error`] that names its place, and the next record follows; what breaks the file itself ends the
//! iteration with its error. Whatever the bytes are, work is linear in them and memory stays within [`Limits`]; nothing
//! is fetched, and no entity of a document type is expanded. `README.md` beside this crate says what is read of each
//! format.

mod bad_records;
mod container;
mod csv;
mod docx;
mod encoding;
mod entry;
mod error;
mod feed;
mod field;
mod html;
mod json_lines;
mod limits;
mod line;
mod news;
mod records;
mod shown;
mod text_file;
mod unpack;
mod xml;
mod zstd;

use std::io::Read;

pub use container::{Compression, Container, Format};
pub use entry::Entry;
pub use error::Error;
pub use field::{DEFAULT_FIELDS, field_markup};
pub use limits::Limits;
pub use records::{CsvRecords, JsonFields, JsonRecords, Next};
use unspin_text::Markup;

/// How a container is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which fields of records are texts, in the order of their entries: a name or a JSON pointer (`/article/body`), of
    /// CSV the name or the number of a column, from 1. If there are none, each record's first of [`DEFAULT_FIELDS`]
    /// is. Other formats do not ask.
    pub fields: Vec<String>,
    /// What the fields of records are written in. If it is `None`, a field that begins with a tag of HTML is HTML, and
    /// any other is plain text.
    pub markup: Option<Markup>,
    /// How much is read at most.
    pub limits: Limits,
}

/// The entries of one container, in their order there.
///
/// An error that is about one record does not end the iteration; one that is about the file is its last item.
pub struct Entries<'r> {
    source: Box<dyn Iterator<Item = Result<Entry, Error>> + Send + 'r>,
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.source.next()
    }
}

impl std::fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entries").finish_non_exhaustive()
    }
}

/// Opens a container. `name` is the name of its file, which a compressed text takes its locator from; the reader is
/// read once, from its start, and needs no buffer.
///
/// What can be told from the start of the file is told here: that it is not what its name says, that a chosen column
/// is not there.
pub fn open<'r>(
    container: Container,
    name: &str,
    reader: impl Read + Send + 'r,
    options: &Options,
) -> Result<Entries<'r>, Error> {
    let limits = options.limits.within_offsets();
    let input = unpack::unpack(reader, container.compression, &limits);
    let options = Options { limits, ..options.clone() };
    let source: Box<dyn Iterator<Item = Result<Entry, Error>> + Send + 'r> = match container.format
    {
        Format::Docx => Box::new(docx::read(input, &limits)?.into_iter()),
        Format::Xml => xml::open(input, &limits)?,
        Format::JsonLines => Box::new(json_lines::JsonLines::open(input, &options)?),
        Format::Csv => Box::new(csv::Csv::open(input, None, &options)?),
        Format::Tsv => Box::new(csv::Csv::open(input, Some(b'\t'), &options)?),
        Format::Text(markup) => {
            Box::new(std::iter::once(text_file::read(input, name, markup, &limits)))
        }
    };
    Ok(Entries { source })
}
