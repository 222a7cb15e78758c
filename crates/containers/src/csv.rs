//! Rows of values, of which some columns are texts.

mod rows;

use std::collections::VecDeque;

use unspin_text::Markup;

use crate::Options;
use crate::bad_records::BadRecords;
use crate::encoding::{Declares, peek, to_utf8};
use crate::entry::Entry;
use crate::error::Error;
use crate::field::{self, DEFAULT_FIELDS};
use crate::shown::shown;
use crate::unpack::Input;
pub(crate) use rows::Rows;

/// How much of the file is looked at for its separator.
const HEAD: usize = 16 << 10;

/// Reads rows one after another; holds one.
pub(crate) struct Csv<'r> {
    rows: Rows<'r>,
    /// Columns that are texts, from 0, with their names for a report.
    columns: Vec<(usize, String)>,
    width: usize,
    markup: Option<Markup>,
    queue: VecDeque<Result<Entry, Error>>,
    bad: BadRecords,
    ended: bool,
}

impl<'r> Csv<'r> {
    pub(crate) fn open(
        input: Input<'r>,
        separator: Option<u8>,
        options: &Options,
    ) -> Result<Self, Error> {
        let Opened { rows, names, columns } = opened(input, separator, options)?;
        Ok(Self {
            rows,
            columns,
            width: names.len(),
            markup: options.markup,
            queue: VecDeque::new(),
            bad: BadRecords::new(options.limits.bad_records),
            ended: names.is_empty(),
        })
    }

    fn advance(&mut self) {
        match self.rows.next() {
            Ok(true) => {
                let is_good = self.record();
                if let Err(error) = self.bad.note(is_good) {
                    self.ended = true;
                    self.queue.push_back(Err(error));
                }
            }
            Ok(false) => self.ended = true,
            Err(error) => {
                self.ended = true;
                self.queue.push_back(Err(error));
            }
        }
    }

    /// Queues the entries of the row, and tells whether it was a good record.
    fn record(&mut self) -> bool {
        let found = self.rows.width;
        if found != self.width {
            let error = Error::Columns { place: self.rows.place(), found, wanted: self.width };
            self.queue.push_back(Err(error));
            return false;
        }
        let mut is_good = true;
        for (column, name) in &self.columns {
            let locator = format!("{} {name}", self.rows.place());
            let result = match std::str::from_utf8(self.rows.cell(*column)) {
                Ok(text) => field::entry(locator, text.to_owned(), self.markup).map(Ok),
                Err(_) => Some(Err(Error::NotEncoded { place: locator, encoding: "UTF-8" })),
            };
            is_good &= !matches!(result, Some(Err(_)));
            self.queue.extend(result);
        }
        is_good
    }
}

impl Iterator for Csv<'_> {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.queue.is_empty() && !self.ended {
            self.advance();
        }
        self.queue.pop_front()
    }
}

/// A table whose header was read.
pub(crate) struct Opened<'r> {
    pub(crate) rows: Rows<'r>,
    /// Of the columns; none if the file is empty.
    pub(crate) names: Vec<String>,
    /// The columns that are texts, from 0, with their names for a report.
    pub(crate) columns: Vec<(usize, String)>,
}

/// Reads the header, and finds the chosen columns in it. Without a separator, the header tells it.
pub(crate) fn opened<'r>(
    input: Input<'r>,
    separator: Option<u8>,
    options: &Options,
) -> Result<Opened<'r>, Error> {
    let (head, input) = peek(to_utf8(input, Declares::Nothing)?, HEAD)?;
    let separator = separator.unwrap_or_else(|| guess_separator(&head));
    let mut rows = Rows::new(input, separator, options.limits);
    if !rows.next()? {
        return Ok(Opened { rows, names: Vec::new(), columns: Vec::new() });
    }
    let names: Vec<String> =
        rows.cells().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    let columns = choose(&names, &options.fields)?;
    Ok(Opened { rows, names, columns })
}

/// The columns of the chosen fields, or of the first default field that the header names.
fn choose(names: &[String], fields: &[String]) -> Result<Vec<(usize, String)>, Error> {
    let place = || "row 1".to_owned();
    let there = || names.iter().map(String::as_str);
    let column = |at: usize| (at, shown(&names[at]));
    if fields.is_empty() {
        let named = |field: &&str| names.iter().position(|name| name.eq_ignore_ascii_case(field));
        let first = DEFAULT_FIELDS.iter().find_map(named);
        return match first {
            Some(at) => Ok(vec![column(at)]),
            None => Err(field::missing(place(), None, there())),
        };
    }
    let find = |field: &String| {
        let by_name = |wanted: &str| names.iter().position(|name| name == wanted);
        let by_number =
            || field.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < names.len());
        let at = by_name(field).or_else(|| by_name(field.strip_prefix('/')?)).or_else(by_number);
        at.map(column).ok_or_else(|| field::missing(place(), Some(shown(field)), there()))
    };
    fields.iter().map(find).collect()
}

/// The commonest of comma, semicolon and tab in the first line, outside quotation marks; a comma if none is.
fn guess_separator(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for &byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if !is_quoted => {
                for (separator, count) in &mut counts {
                    *count += u32::from(*separator == byte);
                }
            }
            _ => {}
        }
    }
    let best = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    best.map_or(b',', |(separator, _)| separator)
}
