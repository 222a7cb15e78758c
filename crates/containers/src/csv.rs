//! Rows of values, of which some columns are texts.

use std::collections::VecDeque;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use unspin_text::Markup;

use crate::bad_records::BadRecords;
use crate::encoding::{Declares, peek, to_utf8};
use crate::entry::Entry;
use crate::error::Error;
use crate::field::{self, DEFAULT_FIELDS};
use crate::shown::shown;
use crate::unpack::Input;
use crate::{Limits, Options};

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
    /// Reads the header, and finds the chosen columns in it. Without a separator, the header tells it.
    pub(crate) fn open(
        input: Input<'r>,
        separator: Option<u8>,
        options: &Options,
    ) -> Result<Self, Error> {
        let (head, input) = peek(to_utf8(input, Declares::Nothing)?, HEAD)?;
        let separator = separator.unwrap_or_else(|| guess_separator(&head));
        let mut rows = Rows::new(input, separator, options.limits);
        let is_there = rows.next()?;
        let names: Vec<String> = if is_there {
            rows.cells().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
        } else {
            Vec::new()
        };
        let columns = if is_there { choose(&names, &options.fields)? } else { Vec::new() };
        Ok(Self {
            rows,
            columns,
            width: names.len(),
            markup: options.markup,
            queue: VecDeque::new(),
            bad: BadRecords::new(options.limits.bad_records),
            ended: !is_there,
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

/// The rows themselves.
struct Rows<'r> {
    input: Input<'r>,
    reader: Reader,
    limits: Limits,
    /// The values of the row last read, one after another; what lies behind the last is room of earlier rows.
    values: Vec<u8>,
    /// Where each value ends, likewise.
    ends: Vec<usize>,
    /// How many values the row has.
    width: usize,
    /// The number of that row, from 1 for the header; blank lines do not count.
    number: u64,
    /// The line that the row begins on, from 1.
    line: u64,
    last_byte: u8,
    closed: bool,
}

impl<'r> Rows<'r> {
    fn new(input: Input<'r>, separator: u8, limits: Limits) -> Self {
        Self {
            input,
            reader: ReaderBuilder::new().delimiter(separator).build(),
            limits,
            values: vec![0; limits.entry.min(1024)],
            ends: vec![0; limits.columns.min(64)],
            width: 0,
            number: 0,
            line: 1,
            last_byte: b'\n',
            closed: false,
        }
    }

    /// `row 12`, and its line where that has another number.
    fn place(&self) -> String {
        if self.number == self.line {
            format!("row {}", self.number)
        } else {
            format!("row {} (line {})", self.number, self.line)
        }
    }

    fn cell(&self, column: usize) -> &[u8] {
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[start..self.ends[column]]
    }

    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.width).map(|column| self.cell(column))
    }

    /// Reads the next row; `false` at the end. No row can be read after an error.
    fn next(&mut self) -> Result<bool, Error> {
        self.number += 1;
        let (mut written, mut ended) = (0, 0);
        loop {
            let number = self.number;
            let available = self.input.fill_buf();
            let available = available.map_err(|error| {
                Error::of_io(error, || format!("reading stopped in row {number}"))
            })?;
            // A line feed after the last row ends it, unless a quotation mark is open.
            let is_end = available.is_empty();
            let bytes: &[u8] = match (is_end, self.closed) {
                (true, false) => b"\n",
                _ => available,
            };
            let (result, read, out, columns) = self.reader.read_record(
                bytes,
                &mut self.values[written..],
                &mut self.ends[ended..],
            );
            if let Some(at) = read.checked_sub(1) {
                self.last_byte = bytes[at];
            }
            if is_end {
                self.closed |= read > 0;
            } else {
                self.input.consume(read);
            }
            written += out;
            ended += columns;
            match result {
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::OutputFull => {
                    if written >= self.limits.entry {
                        let most = self.limits.entry;
                        return Err(Error::LongRow { place: self.place_now(), most });
                    }
                    let room = (self.values.len() * 2).min(self.limits.entry);
                    self.values.resize(room, 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    if ended >= self.limits.columns {
                        let most = self.limits.columns;
                        return Err(Error::TooWide { place: self.place_now(), most });
                    }
                    let room = (self.ends.len() * 2).min(self.limits.columns);
                    self.ends.resize(room, 0);
                }
                ReadRecordResult::InputEmpty if self.closed => {
                    if written == 0 && ended == 0 {
                        return Ok(false);
                    }
                    return Err(Error::Quote { place: format!("row {}", self.number) });
                }
                ReadRecordResult::InputEmpty => {}
            }
        }
        self.width = ended;
        let within = memchr::memchr_iter(b'\n', &self.values[..written]).count() as u64;
        self.line = self.reader.line() - within - u64::from(self.last_byte == b'\n');
        Ok(true)
    }

    fn place_now(&self) -> String {
        format!("row {} (up to line {})", self.number, self.reader.line())
    }
}
