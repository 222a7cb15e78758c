//! Bytes to tags and text, each with its place.
//!
//! html5gum runs the standard's tokenizer and tells at each call how far it has read. So a stretch of text is verbatim
//! if it equals the bytes before that place, and a character reference otherwise: no table of references is needed here,
//! and nothing is searched for.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::{Attributes, Nesting, Target};
use crate::Span;
use crate::markup::Chunk;

/// Reads the bytes of `span` as HTML.
pub(crate) fn scan<T: Target>(source: &str, span: Span, nesting: &mut Nesting<T>) {
    let emitter = Scan {
        source,
        nesting,
        at: span.start as usize,
        written: span.start as usize,
        text: Span::default(),
        construct: span.start,
        name: String::new(),
        last_start: String::new(),
        is_end: false,
        self_closing: false,
        attribute: Vec::new(),
        value: Vec::new(),
        attributes: Attributes::default(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(&source[span.range()], emitter).finish();
}

struct Scan<'s, 'n, T> {
    source: &'s str,
    nesting: &'n mut Nesting<T>,
    /// Bytes of the source that were read.
    at: usize,
    /// Where the text or value at hand goes on; what lies between was markup or a reference.
    written: usize,
    /// Verbatim text that may go on.
    text: Span,
    /// Where the tag or comment at hand starts.
    construct: u32,
    name: String,
    last_start: String,
    is_end: bool,
    self_closing: bool,
    attribute: Vec<u8>,
    /// The value of the attribute at hand.
    value: Vec<Chunk>,
    attributes: Attributes,
}

/// Whether bytes are told of by no event: end tags without a name, and the second byte of a line end.
fn is_passed_over(mut bytes: &[u8]) -> bool {
    while let Some(rest) = bytes.strip_prefix(b"</>") {
        bytes = rest;
    }
    matches!(bytes, b"" | b"\n")
}

impl<T: Target> Scan<'_, '_, T> {
    /// The bytes that `chunk` stands for, and whether they are the same.
    fn place(&mut self, chunk: &[u8]) -> (Span, bool) {
        let bytes = self.source.as_bytes();
        let end = self.at.min(bytes.len());
        let own = end.checked_sub(chunk.len()).filter(|start| *start >= self.written);
        let own = own.filter(|start| is_passed_over(&bytes[self.written..*start]));
        let own = own.filter(|start| &bytes[*start..end] == chunk);
        let start = own.unwrap_or(self.written.min(end));
        self.written = end;
        (Span::new(start as u32, end as u32), own.is_some())
    }

    /// Hands on the verbatim text at hand. It came in chunks, which may part a character.
    fn flush(&mut self) {
        let span = std::mem::take(&mut self.text);
        if !span.is_empty() && self.source.get(span.range()).is_some() {
            self.nesting.text(span, None);
        }
    }

    fn end_attribute(&mut self) {
        let value = std::mem::take(&mut self.value);
        if self.is_end || self.attribute.is_empty() {
            self.attribute.clear();
            return;
        }
        match self.attribute.as_slice() {
            b"alt" => {
                self.attributes.alternative = value;
                let source = self.source;
                self.attributes
                    .alternative
                    .retain(|(span, text)| text.is_some() || source.get(span.range()).is_some());
            }
            b"hidden" => self.attributes.is_hidden = true,
            name @ (b"aria-hidden" | b"role" | b"itemprop") => {
                let value: String = value
                    .iter()
                    .filter_map(|(span, text)| {
                        text.as_deref().or_else(|| self.source.get(span.range()))
                    })
                    .collect();
                match (name, value.trim()) {
                    (b"aria-hidden", "true") => self.attributes.is_hidden = true,
                    (b"itemprop", "articleBody") => self.attributes.role = Some("article"),
                    (b"role", role) => self.attributes.role = element_of_role(role),
                    _ => {}
                }
            }
            _ => {}
        }
        self.attribute.clear();
    }
}

/// The element that an ARIA landmark stands for.
fn element_of_role(role: &str) -> Option<&'static str> {
    match role {
        "main" => Some("main"),
        "article" => Some("article"),
        "navigation" | "search" | "menu" | "menubar" | "dialog" | "alertdialog" => Some("nav"),
        "complementary" => Some("aside"),
        "contentinfo" => Some("footer"),
        "banner" => Some("header"),
        _ => None,
    }
}

impl<T: Target> Emitter for Scan<'_, '_, T> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.at = self.at.saturating_add_signed(offset);
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_eof(&mut self) {
        self.flush();
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = String::from_utf8_lossy(name.unwrap_or_default()).into_owned();
    }

    fn emit_string(&mut self, chunk: &[u8]) {
        let (span, is_verbatim) = self.place(chunk);
        if is_verbatim && span.start == self.text.end {
            self.text.end = span.end;
            return;
        }
        self.flush();
        if is_verbatim {
            self.text = span;
        } else if let Ok(text) = std::str::from_utf8(chunk) {
            self.nesting.text(span, Some(text));
        }
    }

    fn start_open_tag(&mut self) {
        self.construct = self.at.saturating_sub(1) as u32;
        // Until it turns out to be a tag, `<` may yet be text.
        self.written = self.construct as usize;
    }

    fn init_start_tag(&mut self) {
        self.name.clear();
        (self.is_end, self.self_closing) = (false, false);
        self.attributes = Attributes::default();
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.is_end = true;
    }

    fn init_comment(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.push_str(&String::from_utf8_lossy(name));
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush();
        self.end_attribute();
        self.written = self.at;
        let span = Span::new(self.construct, (self.at as u32).max(self.construct));
        if self.is_end {
            self.nesting.end(&self.name, span);
            self.last_start.clear();
            return None;
        }
        let attributes = std::mem::take(&mut self.attributes);
        self.nesting.start(&self.name, attributes, self.self_closing, span);
        self.last_start.clone_from(&self.name);
        naive_next_state(self.name.as_bytes())
    }

    fn emit_current_comment(&mut self) {
        self.flush();
        self.written = self.at;
        self.nesting.comment(Span::new(self.construct, (self.at as u32).max(self.construct)));
    }

    fn emit_current_doctype(&mut self) {
        self.flush();
        self.written = self.at;
        self.nesting.page();
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn init_attribute_value(&mut self) {
        self.written = self.at;
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attribute.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, chunk: &[u8]) {
        let (span, is_verbatim) = self.place(chunk);
        match self.value.last_mut() {
            Some((last, None)) if is_verbatim && last.end == span.start => last.end = span.end,
            _ if is_verbatim => self.value.push((span, None)),
            _ => self.value.push((span, Some(String::from_utf8_lossy(chunk).into()))),
        }
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.last_start.is_empty() && self.last_start == self.name
    }

    fn set_force_quirks(&mut self) {}

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}
