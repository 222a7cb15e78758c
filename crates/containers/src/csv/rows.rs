//! The rows themselves, one held at a time.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::Limits;
use crate::error::Error;
use crate::unpack::Input;

/// Reads rows one after another; holds one.
pub(crate) struct Rows<'r> {
    input: Input<'r>,
    reader: Reader,
    limits: Limits,
    /// The values of the row last read, one after another; what lies behind the last is room of earlier rows.
    values: Vec<u8>,
    /// Where each value ends, likewise.
    ends: Vec<usize>,
    /// How many values the row has.
    pub(crate) width: usize,
    /// The number of that row, from 1 for the header; blank lines do not count.
    number: u64,
    /// The line that the row begins on, from 1.
    line: u64,
    last_byte: u8,
    closed: bool,
}

impl<'r> Rows<'r> {
    pub(crate) fn new(input: Input<'r>, separator: u8, limits: Limits) -> Self {
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
    pub(crate) fn place(&self) -> String {
        if self.number == self.line {
            format!("row {}", self.number)
        } else {
            format!("row {} (line {})", self.number, self.line)
        }
    }

    pub(crate) fn cell(&self, column: usize) -> &[u8] {
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[start..self.ends[column]]
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.width).map(|column| self.cell(column))
    }

    /// Reads the next row; `false` at the end. No row can be read after an error.
    pub(crate) fn next(&mut self) -> Result<bool, Error> {
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
