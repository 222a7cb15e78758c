//! Records whole, for who writes them again with something added: each as it stands in its file. Which of them are bad,
//! and what their text is, is told as [`open`](crate::open) tells it.

use std::io::Read;

use crate::csv::{self, Rows};
use crate::encoding::{Declares, to_utf8};
use crate::error::Error;
use crate::field::{self, Pointer};
use crate::json_lines::pick::{self, Found};
use crate::json_lines::{first_text, pointers};
use crate::line::{Line, read_line};
use crate::unpack::{Input, unpack};
use crate::{Compression, Options};

/// What came next in a file of records.
#[derive(Debug)]
pub enum Next {
    /// A record.
    Record,
    /// Something that is none; what follows it can be read.
    Bad(Error),
    /// Nothing.
    End,
}

/// The lines of a file of JSON Lines that are not blank, unparsed; one is held.
pub struct JsonRecords<'r> {
    input: Input<'r>,
    most: usize,
    line: Vec<u8>,
    number: u64,
}

impl<'r> JsonRecords<'r> {
    /// Opens a file, which is read once, from its start.
    pub fn open(
        reader: impl Read + Send + 'r,
        compression: Option<Compression>,
        options: &Options,
    ) -> Result<Self, Error> {
        let limits = options.limits.within_offsets();
        let input = to_utf8(unpack(reader, compression, &limits), Declares::Nothing)?;
        Ok(Self { input, most: limits.entry, line: Vec::new(), number: 0 })
    }

    /// Reads the next line that is not blank. The error is one of the file: nothing can be read after it.
    pub fn advance(&mut self) -> Result<Next, Error> {
        loop {
            self.number += 1;
            let read = read_line(&mut self.input, &mut self.line, self.most).map_err(|error| {
                Error::of_io(error, || format!("reading stopped in line {}", self.number))
            })?;
            match read {
                Line::End => return Ok(Next::End),
                Line::TooLong => {
                    let place = format!("line {}", self.number);
                    let (what, most) = ("the line", self.most);
                    return Ok(Next::Bad(Error::TooLong { place, what, most }));
                }
                Line::Whole if self.line.trim_ascii().is_empty() => {}
                Line::Whole => return Ok(Next::Record),
            }
        }
    }

    /// The bytes of the record, without its line end. They may not be UTF-8.
    pub fn line(&self) -> &[u8] {
        &self.line
    }

    /// The number of its line, from 1; blank ones count.
    pub fn number(&self) -> u64 {
        self.number
    }
}

/// Which field of a record of JSON is its text.
#[derive(Clone, Debug)]
pub struct JsonFields {
    pointers: Vec<Pointer>,
    is_chosen: bool,
}

impl JsonFields {
    /// The chosen field, a name or a JSON pointer, or without one the first of the default names that a record has.
    pub fn new(chosen: Option<&str>) -> Self {
        let chosen: Vec<String> = chosen.map(str::to_owned).into_iter().collect();
        Self { pointers: pointers(&chosen), is_chosen: !chosen.is_empty() }
    }

    /// The text of a record on the line of that number; `None` if it is `null`. O(length of the line).
    pub fn text(&self, line: &[u8], number: u64) -> Result<Option<String>, Error> {
        let place = || format!("line {number}");
        let picked = pick::pick(line, &self.pointers, !self.is_chosen)
            .map_err(|why| Error::Syntax { place: place(), format: "JSON", why })?;
        let there = picked.names.iter().map(String::as_str);
        if !self.is_chosen {
            let first = first_text(&self.pointers, picked.found);
            let first = first.map_err(|()| field::missing(place(), None, there))?;
            return Ok(first.map(|(_, text)| text));
        }
        let shown = self.pointers[0].shown();
        match picked.found.into_iter().next() {
            Some(Found::Text(text)) => Ok(Some(text)),
            Some(Found::Null) => Ok(None),
            Some(Found::Other(found)) => {
                Err(Error::NotText { place: format!("{} {shown}", place()), found })
            }
            Some(Found::Nothing) | None => Err(field::missing(place(), Some(shown), there)),
        }
    }
}

/// The rows of a file of CSV behind its header; one is held.
pub struct CsvRecords<'r> {
    rows: Rows<'r>,
    names: Vec<String>,
    text: usize,
}

impl<'r> CsvRecords<'r> {
    /// Opens a file, which is read once, from its start. Without a separator, the header tells it. Of several chosen
    /// fields the first counts.
    pub fn open(
        reader: impl Read + Send + 'r,
        compression: Option<Compression>,
        separator: Option<u8>,
        options: &Options,
    ) -> Result<Self, Error> {
        let limits = options.limits.within_offsets();
        let options = Options { limits, ..options.clone() };
        let input = unpack(reader, compression, &limits);
        let csv::Opened { rows, names, columns } = csv::opened(input, separator, &options)?;
        let text = columns.first().map_or(0, |(column, _)| *column);
        Ok(Self { rows, names, text })
    }

    /// The names of the columns; none if the file is empty.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Which column is the text, from 0.
    pub fn text_column(&self) -> usize {
        self.text
    }

    /// Reads the next row. The error is one of the file: nothing can be read after it.
    pub fn advance(&mut self) -> Result<Next, Error> {
        if self.names.is_empty() || !self.rows.next()? {
            return Ok(Next::End);
        }
        let (place, found, wanted) = (|| self.rows.place(), self.rows.width, self.names.len());
        if found != wanted {
            return Ok(Next::Bad(Error::Columns { place: place(), found, wanted }));
        }
        let odd = self.rows.cells().position(|cell| std::str::from_utf8(cell).is_err());
        Ok(match odd {
            Some(column) => {
                let place = format!("{} {}", place(), crate::shown::shown(&self.names[column]));
                Next::Bad(Error::NotEncoded { place, encoding: "UTF-8" })
            }
            None => Next::Record,
        })
    }

    /// The values of the row, one a column.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.rows.cells().map(|cell| std::str::from_utf8(cell).unwrap_or_default())
    }
}
