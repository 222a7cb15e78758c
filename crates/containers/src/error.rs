//! Why a container, or one record of it, cannot be read.

use std::io;

/// Why a container, or one record of it, cannot be read. Each message is one sentence without the name of the file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The reader failed.
    #[error("{place}: {source}")]
    Read {
        /// How far reading came.
        place: String,
        /// What the reader said.
        source: io::Error,
    },
    /// Compressed data is cut off or was changed.
    #[error("the {what} data is damaged ({why}): fetch the file again")]
    Damaged {
        /// `gzip`, `Zstandard`.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A frame of Zstandard that must be unpacked in too much memory.
    #[error(
        "it needs {wanted} bytes of memory to unpack, and {most} are the limit: pack it again without `--long`"
    )]
    Window {
        /// The window that the frame asks for.
        wanted: u64,
        /// [`Limits::window`](crate::Limits::window).
        most: u64,
    },
    /// Compressed data grows as no text does.
    #[error(
        "it unpacks to more than {most} times its size, as no text does: unpack it yourself if you trust it"
    )]
    Ratio {
        /// [`Limits::ratio`](crate::Limits::ratio).
        most: u64,
    },
    /// Compressed data does not end.
    #[error("it unpacks to more than {most} bytes: split it")]
    Unpacked {
        /// [`Limits::unpacked`](crate::Limits::unpacked) or [`Limits::part`](crate::Limits::part).
        most: u64,
    },
    /// A compressed file holds several files.
    #[error("it holds an archive of files: unpack it and name those")]
    Archive,
    /// Something is longer than what is read of it.
    #[error("{place}: {what} is longer than {most} bytes: split it")]
    TooLong {
        /// Where it begins or ends.
        place: String,
        /// What it is.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// A row that does not end.
    #[error("{place}: the row is longer than {most} bytes: close its quotation mark, or split it")]
    LongRow {
        /// Which row, and up to where it was read.
        place: String,
        /// [`Limits::entry`](crate::Limits::entry).
        most: usize,
    },
    /// The file says that it is in an encoding that nobody knows.
    #[error("the encoding `{label}` cannot be read: save the file as UTF-8")]
    Encoding {
        /// What it calls the encoding.
        label: String,
    },
    /// Bytes that are none of the encoding.
    #[error("{place}: bytes that are not {encoding}: save the file as UTF-8")]
    NotEncoded {
        /// Where they stand.
        place: String,
        /// The encoding that was expected.
        encoding: &'static str,
    },
    /// XML or JSON that is not well-formed.
    #[error("{place}: not well-formed {format} ({why}): mend it there")]
    Syntax {
        /// Where.
        place: String,
        /// `XML`, `JSON`.
        format: &'static str,
        /// What the parser says.
        why: String,
    },
    /// Elements are nested too deep.
    #[error("{place}: elements nested deeper than {most}: take some out")]
    TooDeep {
        /// Where.
        place: String,
        /// [`Limits::depth`](crate::Limits::depth).
        most: usize,
    },
    /// An entity that only a document type could explain.
    #[error("{place}: the entity `{name}` is not expanded: write its text instead")]
    Entity {
        /// Which entry it stands in.
        place: String,
        /// Its name.
        name: String,
    },
    /// XML that is no feed and no news.
    #[error(
        "`{root}` is the root of no RSS or Atom feed, NewsML-G2 or NITF: take the text out, or \
         give the file the ending .html if it is XHTML"
    )]
    Vocabulary {
        /// The name of the root element.
        root: String,
    },
    /// A news file without a text.
    #[error("there is no news item with a body in it: name the file that holds the text")]
    NoBody,
    /// A record, or a header, has not the field.
    #[error("{place}: there is no {field}: choose of {there}")]
    NoField {
        /// Which record.
        place: String,
        /// What was asked for.
        field: String,
        /// What there is.
        there: String,
    },
    /// A field holds something else.
    #[error("{place} is {found} and not a text: choose another field")]
    NotText {
        /// Record and field.
        place: String,
        /// What it is.
        found: &'static str,
    },
    /// A row that does not fit its header.
    #[error("{place}: {found} columns where the header has {wanted}: quote what holds a separator")]
    Columns {
        /// Which row.
        place: String,
        /// How many it has.
        found: usize,
        /// How many the header has.
        wanted: usize,
    },
    /// More columns than are read.
    #[error("{place}: more than {most} columns: take some out")]
    TooWide {
        /// Which row.
        place: String,
        /// [`Limits::columns`](crate::Limits::columns).
        most: usize,
    },
    /// A quotation mark that opens a value, and none that closes it.
    #[error("{place}: a quotation mark is opened and never closed: close or double it")]
    Quote {
        /// The row that it stands in.
        place: String,
    },
    /// Records are bad from the start.
    #[error(
        "none of the first {records} records can be read, so the rest is left: name another format or field"
    )]
    NoneReadable {
        /// [`Limits::bad_records`](crate::Limits::bad_records).
        records: u32,
    },
    /// A Word document that is none, or is locked.
    #[error("{why}: save it again as .docx, without a password")]
    NotDocx {
        /// What is wrong.
        why: String,
    },
}

impl Error {
    /// An error of the reader, or the error of ours that travelled in it.
    pub(crate) fn of_io(error: io::Error, place: impl FnOnce() -> String) -> Self {
        match error.downcast() {
            Ok(own) => own,
            Err(source) => Self::Read { place: place(), source },
        }
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        Self::other(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_ours_survives_a_reader() {
        let error = Error::of_io(Error::Ratio { most: 3 }.into(), String::new);
        assert!(matches!(error, Error::Ratio { most: 3 }));
        let error = Error::of_io(io::Error::other("no disk"), || "line 3".into());
        assert_eq!(error.to_string(), "line 3: no disk");
    }
}
