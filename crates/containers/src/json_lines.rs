//! JSON Lines: one value a line, of which some strings are texts.

pub(crate) mod pick;

use std::collections::VecDeque;

use unspin_text::Markup;

use crate::bad_records::BadRecords;
use crate::encoding::{Declares, to_utf8};
use crate::entry::Entry;
use crate::error::Error;
use crate::field::{self, DEFAULT_FIELDS, Pointer};
use crate::line::{Line, read_line};
use crate::unpack::Input;
use crate::{Limits, Options};
use pick::{Found, Picked};

/// Reads records one after another; holds one line and what it says.
pub(crate) struct JsonLines<'r> {
    input: Input<'r>,
    /// What is looked for: what was chosen, or the default names.
    pointers: Vec<Pointer>,
    is_chosen: bool,
    markup: Option<Markup>,
    limits: Limits,
    /// The number of the line last read, from 1.
    number: u64,
    line: Vec<u8>,
    queue: VecDeque<Result<Entry, Error>>,
    bad: BadRecords,
    ended: bool,
}

impl<'r> JsonLines<'r> {
    pub(crate) fn open(input: Input<'r>, options: &Options) -> Result<Self, Error> {
        Ok(Self {
            input: to_utf8(input, Declares::Nothing)?,
            pointers: pointers(&options.fields),
            is_chosen: !options.fields.is_empty(),
            markup: options.markup,
            limits: options.limits,
            number: 0,
            line: Vec::new(),
            queue: VecDeque::new(),
            bad: BadRecords::new(options.limits.bad_records),
            ended: false,
        })
    }

    fn place(&self) -> String {
        format!("line {}", self.number)
    }

    /// Reads the next line into the queue.
    fn advance(&mut self) {
        let result = read_line(&mut self.input, &mut self.line, self.limits.entry);
        self.number += 1;
        let good = match result {
            Err(error) => {
                self.ended = true;
                let place = format!("reading stopped in line {}", self.number);
                self.queue.push_back(Err(Error::of_io(error, || place)));
                return;
            }
            Ok(Line::End) => {
                self.ended = true;
                return;
            }
            Ok(Line::TooLong) => {
                let most = self.limits.entry;
                let error = Error::TooLong { place: self.place(), what: "the line", most };
                self.queue.push_back(Err(error));
                false
            }
            Ok(Line::Whole) if self.line.trim_ascii().is_empty() => return,
            Ok(Line::Whole) => self.record(),
        };
        if let Err(error) = self.bad.note(good) {
            self.ended = true;
            self.queue.push_back(Err(error));
        }
    }

    /// Queues the entries of the line, and tells whether it was a good record.
    fn record(&mut self) -> bool {
        let picked = match pick::pick(&self.line, &self.pointers, !self.is_chosen) {
            Ok(picked) => picked,
            Err(why) => {
                let place = self.place();
                self.queue.push_back(Err(Error::Syntax { place, format: "JSON", why }));
                return false;
            }
        };
        if self.is_chosen { self.chosen(picked) } else { self.first(picked) }
    }

    fn chosen(&mut self, picked: Picked) -> bool {
        let mut good = true;
        for (pointer, found) in self.pointers.iter().zip(picked.found) {
            let result = match found {
                Found::Text(text) => {
                    let locator = format!("line {} {}", self.number, pointer.shown());
                    field::entry(locator, text, self.markup).map(Ok)
                }
                Found::Null => None,
                Found::Other(found) => {
                    let place = format!("line {} {}", self.number, pointer.shown());
                    Some(Err(Error::NotText { place, found }))
                }
                Found::Nothing => {
                    let there = picked.names.iter().map(String::as_str);
                    Some(Err(field::missing(self.place(), Some(pointer.shown()), there)))
                }
            };
            good &= !matches!(result, Some(Err(_)));
            self.queue.extend(result);
        }
        good
    }

    fn first(&mut self, picked: Picked) -> bool {
        let Ok(first) = first_text(&self.pointers, picked.found) else {
            let there = picked.names.iter().map(String::as_str);
            self.queue.push_back(Err(field::missing(self.place(), None, there)));
            return false;
        };
        let Some((pointer, text)) = first else { return true };
        let locator = format!("line {} {}", self.number, pointer.shown());
        self.queue.extend(field::entry(locator, text, self.markup).map(Ok));
        true
    }
}

/// The first text there is, with its place; `Ok(None)` if there is none, but a null where one may stand, and `Err` if
/// there is nothing.
pub(crate) fn first_text(
    pointers: &[Pointer],
    found: Vec<Found>,
) -> Result<Option<(&Pointer, String)>, ()> {
    let is_null = found.contains(&Found::Null);
    let first = pointers.iter().zip(found).find_map(|(pointer, found)| match found {
        Found::Text(text) => Some((pointer, text)),
        _ => None,
    });
    if first.is_none() && !is_null { Err(()) } else { Ok(first) }
}

/// Where the chosen fields stand, or those of the default names.
pub(crate) fn pointers(fields: &[String]) -> Vec<Pointer> {
    if fields.is_empty() {
        DEFAULT_FIELDS.iter().map(|field| Pointer::new(field)).collect()
    } else {
        fields.iter().map(|field| Pointer::new(field)).collect()
    }
}

impl Iterator for JsonLines<'_> {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.queue.is_empty() && !self.ended {
            self.advance();
        }
        self.queue.pop_front()
    }
}
