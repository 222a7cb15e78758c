//! Edits of prose as edits of its source.
//!
//! The rule: an edit may touch bytes of text only. If there is markup between the first and the last byte that it
//! replaces, it is narrowed to what it changes; if there still is, it is refused. Then no edit can part, drop or join a
//! tag. What it puts in is text too: every character that the format could read as markup is written as a character
//! reference, which both formats read as that character and nothing else.

use std::fmt::Write as _;

use crate::markup::{Markup, Prose};
use crate::{Roles, Span};

/// Bytes looked at to tell whether an edit stands at the beginning of a line.
const LINE_LOOK: usize = 64;
/// Bytes looked at to tell whether an edit goes on with the name of a character reference; the longest has 32.
const NAME_LOOK: usize = 40;

impl Prose<'_> {
    /// The edit of the source that replaces `span` of `prose` by `text`, or `None` if there is none that leaves the
    /// markup alone.
    pub(crate) fn edit(&self, prose: &str, span: Span, text: &str) -> Option<(Span, String)> {
        // A line end could begin a block, and nothing inside prose asks for one.
        if text.contains(['\n', '\r']) {
            return None;
        }
        let (span, text) = if self.is_text_only(span) {
            (span, text)
        } else {
            let narrowed = narrow(prose, span, text);
            if !self.is_text_only(narrowed.0) {
                return None;
            }
            narrowed
        };
        let source = self.in_source(span);
        if self.parts_a_reference(span) {
            return None;
        }
        if self.labels.iter().any(|label| label.overlaps(source)) || self.would_go_on(source.start)
        {
            return None;
        }
        if self.markup == Markup::Markdown && !self.keeps_marks(source, text) {
            return None;
        }
        let in_attribute = self.roles_at(span.start).contains(Roles::ALT_TEXT);
        let starts_line = self.markup == Markup::Markdown && self.starts_line(source.start);
        Some((source, self.written(text, in_attribute, starts_line)))
    }

    /// Whether the source of `span` holds text, references and white space, but no markup.
    fn is_text_only(&self, span: Span) -> bool {
        let Some(first) = self.piece_at(span.start) else { return false };
        let mut at = self.pieces[first].source.start;
        for (i, piece) in self.pieces.iter().enumerate().skip(first) {
            if i > first && piece.text >= span.end {
                break;
            }
            let is_break = piece.source.is_empty() && self.text_end(i) > piece.text;
            let gap = self.source.get(at as usize..piece.source.start as usize);
            if is_break || gap.is_none_or(|gap| !gap.trim_ascii().is_empty()) {
                return false;
            }
            at = piece.source.end;
        }
        true
    }

    /// Whether the span begins or ends inside what a reference stands for, which can only be replaced whole.
    fn parts_a_reference(&self, span: Span) -> bool {
        let parts = |at: u32| {
            let piece = self.piece_at(at).filter(|piece| !self.is_verbatim(*piece));
            piece.is_some_and(|piece| self.pieces[piece].text < at && at < self.text_end(piece))
        };
        parts(span.start) || parts(span.end)
    }

    /// Whether what stands before `at` is text only for want of what follows it: a `<` that opens no tag, an `&` that
    /// begins no reference, a backslash that escapes nothing.
    fn would_go_on(&self, at: u32) -> bool {
        let before = &self.source.as_bytes()[..at as usize];
        let opens = before.strip_suffix(b"/").or(before.strip_suffix(b"!"));
        let opens = opens.or(before.strip_suffix(b"?")).unwrap_or(before).ends_with(b"<");
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'#';
        let refers = before.iter().rev().take(NAME_LOOK).find(|byte| !is_name(byte)) == Some(&b'&');
        let escapes = self.markup == Markup::Markdown && before.ends_with(b"\\");
        opens || refers || escapes
    }

    /// Whether delimiters of Markdown beside the edit still open and close after it. They do so by the characters that
    /// they touch, so these must stay letters or digits.
    fn keeps_marks(&self, source: Span, text: &str) -> bool {
        let bytes = self.source.as_bytes();
        let is_mark = |byte: Option<&u8>| {
            byte.is_some_and(|byte| matches!(byte, b'*' | b'_' | b'~' | b'`' | b'[' | b']'))
        };
        let removed = &self.source[source.range()];
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = source.start.checked_sub(1).and_then(|at| bytes.get(at as usize));
        if is_mark(before) && !(is_word(removed.chars().next()) && is_word(text.chars().next())) {
            return false;
        }
        let after = bytes.get(source.end as usize);
        if is_mark(after) && !(is_word(removed.chars().last()) && is_word(text.chars().last())) {
            return false;
        }
        // What is left at the beginning of a line must not begin a block.
        let starts_block = !after.is_some_and(u8::is_ascii_alphabetic);
        !(text.trim().is_empty() && starts_block && self.starts_line(source.start))
    }

    /// Whether only marks and white space stand before `at` in its line.
    fn starts_line(&self, at: u32) -> bool {
        let bytes = &self.source.as_bytes()[..at as usize];
        let mut near = bytes.iter().rev().take(LINE_LOOK).take_while(|byte| **byte != b'\n');
        near.all(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii())
    }

    /// The text as the format writes it.
    fn written(&self, text: &str, in_attribute: bool, starts_line: bool) -> String {
        let mut written = String::with_capacity(text.len());
        for (i, c) in text.char_indices() {
            let is_markup = match c {
                '&' | '<' | '>' => true,
                '"' | '\'' => in_attribute,
                '*' | '_' | '`' | '[' | ']' | '\\' | '|' | '~' | '#' => {
                    self.markup == Markup::Markdown
                }
                c => starts_line && i == 0 && c.is_ascii() && !c.is_ascii_alphabetic() && c != '"',
            };
            match c {
                '&' => written.push_str("&amp;"),
                '<' => written.push_str("&lt;"),
                '>' => written.push_str("&gt;"),
                c if is_markup => {
                    let _ = write!(written, "&#{};", c as u32);
                }
                c => written.push(c),
            }
        }
        written
    }
}

/// The edit without what it leaves as it is at either end.
fn narrow<'t>(prose: &str, span: Span, text: &'t str) -> (Span, &'t str) {
    let old = &prose[span.range()];
    let same = |(a, b): (char, char)| (a == b).then(|| a.len_utf8());
    let head: usize = old.chars().zip(text.chars()).map_while(same).sum();
    let (old, text) = (&old[head..], &text[head..]);
    let tail: usize = old.chars().rev().zip(text.chars().rev()).map_while(same).sum();
    (Span::new(span.start + head as u32, span.end - tail as u32), &text[..text.len() - tail])
}
