//! The few lines of a document that are shown with a finding.
//!
//! A line may be a whole paragraph or a whole file, and a span may run over thousands of lines, while a terminal has
//! some hundred columns. So codespan is never given the document but a short copy of what surrounds the span, which
//! answers with the line and column that the text has in the document. The work is bounded by the excerpt's size,
//! whatever the document's.

use std::ops::Range;

use codespan_reporting::files::{Error, Files};
use unicode_width::UnicodeWidthChar;
use unspin_text::Span;

use crate::FileReport;
use crate::printable::push_source;

/// Most columns of a shown line, ellipses aside.
const LINE_COLUMNS: usize = 100;
/// Most columns of the span itself on one line; a longer one loses its middle.
const MARKED_COLUMNS: usize = 80;
/// Columns that a tab is taken to fill, and is expanded to at most.
pub(crate) const TAB_COLUMNS: usize = 4;
/// A span of more lines is shown by its first [`FIRST_LINES`] and last [`LAST_LINES`].
const MOST_LINES: u32 = 7;
/// Codespan shows so many lines of a long label: the first and its context ...
const FIRST_LINES: u32 = 4;
/// ... and the last and its context.
const LAST_LINES: u32 = 2;

/// A shown line.
struct Line {
    /// In the document, from 1.
    number: usize,
    /// Bytes of the excerpt.
    range: Range<usize>,
}

/// A printable copy of what surrounds a span.
pub(crate) struct Excerpt<'a> {
    path: &'a str,
    source: String,
    lines: Vec<Line>,
    label: Range<usize>,
    /// Of the span's start in the document, from 1, in code points.
    column: usize,
}

impl<'a> Excerpt<'a> {
    /// The excerpt of the source around `span`; `path` must be printable.
    pub(crate) fn new(path: &'a str, file: &FileReport<'_>, span: Span) -> Self {
        let (text, positions) = (file.source(), file.positions());
        let start = positions.at(text, span.start);
        let end = positions.at(text, span.end.max(span.start)).byte as usize;
        // A line end at the span's end would make it reach to a line of which it holds nothing.
        let marked = text[start.byte as usize..end].trim_end_matches(['\n', '\r']);
        let end = start.byte + marked.len() as u32;
        let last = positions.at(text, end).line;

        let (path, source, column) = (path, String::new(), start.column as usize);
        let mut excerpt = Self { path, source, lines: Vec::new(), label: 0..0, column };
        // Up to here, and from there on, lines are shown.
        let (stop, resume) = if last - start.line < MOST_LINES {
            (last + 1, last + 1)
        } else {
            (start.line + FIRST_LINES, last + 1 - LAST_LINES)
        };
        for number in (start.line..stop).chain(resume..=last) {
            if number == resume {
                // Two lines that codespan will not show make it draw a break.
                excerpt.push_line(number, ["", "", ""]);
                excerpt.push_line(number, ["", "", ""]);
            }
            let line = positions.line_span(number).unwrap_or_default();
            let from = start.byte.clamp(line.start, line.end) as usize;
            let to = end.clamp(line.start, line.end) as usize;
            let (line, from) = (line.range(), from.min(to));
            let marked = excerpt
                .push_line(number, [&text[line.start..from], &text[from..to], &text[to..line.end]]);
            if number == start.line {
                excerpt.label.start = marked.start;
            }
            excerpt.label.end = marked.end;
        }
        excerpt
    }

    /// Where the span is in the excerpt, in bytes.
    pub(crate) fn label(&self) -> Range<usize> {
        self.label.clone()
    }

    /// Adds a line, cropped; returns where its marked part is.
    fn push_line(&mut self, number: u32, [before, marked, after]: [&str; 3]) -> Range<usize> {
        if !self.lines.is_empty() {
            self.source.push('\n');
        }
        let line_start = self.source.len();

        let (opening, opening_columns) = head(marked, MARKED_COLUMNS);
        let cropped = opening.len() < marked.len();
        let room = LINE_COLUMNS - opening_columns.min(MARKED_COLUMNS);
        let (_, left) = tail(before, room);
        let (_, right) = head(after, room);
        // What one side does not need is left to the other.
        let (before_shown, left) = tail(before, left.min((room / 2).max(room - right)));
        let (after_shown, _) = head(after, room - left);

        if before_shown.len() < before.len() {
            match before_shown.split_once(char::is_whitespace) {
                Some((_, words)) => self.push(&["\u{2026} ", words]),
                None => self.push(&["\u{2026}", before_shown]),
            }
        } else {
            self.push(&[before_shown]);
        }
        let start = self.source.len();
        if cropped {
            let (opening, _) = head(marked, MARKED_COLUMNS / 2);
            let (closing, _) = tail(marked, MARKED_COLUMNS / 2 - 1);
            self.push(&[opening, "\u{2026}", closing]);
        } else {
            self.push(&[marked]);
        }
        let end = self.source.len();
        if after_shown.len() < after.len() {
            match after_shown.rsplit_once(char::is_whitespace) {
                Some((words, _)) => self.push(&[words, " \u{2026}"]),
                None => self.push(&[after_shown, "\u{2026}"]),
            }
        } else {
            self.push(&[after_shown]);
        }
        self.lines.push(Line { number: number as usize, range: line_start..self.source.len() });
        start..end
    }

    fn push(&mut self, pieces: &[&str]) {
        for piece in pieces {
            push_source(&mut self.source, piece);
        }
    }
}

/// Columns of a character, at least 1, so that no run of characters without width is endless.
fn columns(c: char) -> usize {
    if c == '\t' { TAB_COLUMNS } else { c.width().unwrap_or(1).max(1) }
}

/// The longest beginning of `text` within `most` columns, and its columns.
fn head(text: &str, most: usize) -> (&str, usize) {
    let mut sum = 0;
    for (at, c) in text.char_indices() {
        if sum + columns(c) > most {
            return (&text[..at], sum);
        }
        sum += columns(c);
    }
    (text, sum)
}

/// The longest end of `text` within `most` columns, and its columns.
fn tail(text: &str, most: usize) -> (&str, usize) {
    let mut sum = 0;
    for (at, c) in text.char_indices().rev() {
        if sum + columns(c) > most {
            return (&text[at + c.len_utf8()..], sum);
        }
        sum += columns(c);
    }
    (text, sum)
}

impl<'f> Files<'f> for Excerpt<'_> {
    type FileId = ();
    type Name = &'f str;
    type Source = &'f str;

    fn name(&'f self, (): ()) -> Result<&'f str, Error> {
        Ok(self.path)
    }

    fn source(&'f self, (): ()) -> Result<&'f str, Error> {
        Ok(&self.source)
    }

    fn line_index(&'f self, (): (), byte: usize) -> Result<usize, Error> {
        Ok(self.lines.partition_point(|line| line.range.start <= byte).saturating_sub(1))
    }

    fn line_number(&'f self, (): (), index: usize) -> Result<usize, Error> {
        self.line(index).map(|line| line.number)
    }

    fn column_number(&'f self, (): (), _line: usize, _byte: usize) -> Result<usize, Error> {
        // Codespan asks for the label's start alone.
        Ok(self.column)
    }

    fn line_range(&'f self, (): (), index: usize) -> Result<Range<usize>, Error> {
        self.line(index).map(|line| line.range.clone())
    }
}

impl Excerpt<'_> {
    fn line(&self, index: usize) -> Result<&Line, Error> {
        let max = self.lines.len().saturating_sub(1);
        self.lines.get(index).ok_or(Error::LineTooLarge { given: index, max })
    }
}

#[cfg(test)]
mod tests {
    use unspin_lint::Diagnosis;

    use super::*;
    use crate::Offsets;

    fn excerpt(text: &str, span: Range<usize>) -> (String, String, usize, usize) {
        let diagnosis = Diagnosis::default();
        let file = FileReport::new("a.txt", text, Offsets::File, &diagnosis);
        let span = Span::new(span.start as u32, span.end as u32);
        let excerpt = Excerpt::new("a.txt", &file, span);
        let marked = excerpt.source[excerpt.label()].to_owned();
        (excerpt.source, marked, excerpt.lines[0].number, excerpt.column)
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let text = "One line.\nThe highbrow property of the firm.\nAnother.";
        let at = text.find("highbrow").unwrap();
        assert_eq!(
            excerpt(text, at..at + 17),
            ("The highbrow property of the firm.".into(), "highbrow property".into(), 2, 5)
        );
    }

    #[test]
    fn a_long_line_is_cut_at_words_on_both_sides() {
        let text =
            format!("{}highbrow property{}", "caf\u{e9} noir ".repeat(90), " and so on".repeat(90));
        let at = text.find("highbrow").unwrap();
        let (source, marked, line, column) = excerpt(&text, at..at + 17);
        assert_eq!(
            source,
            "\u{2026} caf\u{e9} noir caf\u{e9} noir caf\u{e9} noir caf\u{e9} noir highbrow property \
             and so on and so on and so on and so on \u{2026}"
        );
        assert_eq!((marked.as_str(), line, column), ("highbrow property", 1, 901));
    }

    #[test]
    fn room_that_one_side_leaves_goes_to_the_other() {
        let text = format!("A bad {}", "word ".repeat(100));
        let (source, ..) = excerpt(&text, 2..5);
        assert!(source.starts_with("A bad word") && source.ends_with("word \u{2026}"), "{source}");
        assert!((95..=102).contains(&source.chars().count()), "{source}");
    }

    #[test]
    fn a_span_wider_than_the_line_loses_its_middle() {
        let text = format!("x{}y", "\u{65e5}".repeat(100_000));
        let (source, marked, ..) = excerpt(&text, 0..text.len());
        assert_eq!(source, marked);
        assert_eq!(marked, format!("x{}\u{2026}{}y", "\u{65e5}".repeat(19), "\u{65e5}".repeat(19)));
    }

    #[test]
    fn a_span_of_many_lines_is_shown_by_its_ends() {
        let text = "line\n".repeat(1000);
        let diagnosis = Diagnosis::default();
        let file = FileReport::new("a", &text, Offsets::File, &diagnosis);
        let excerpt = Excerpt::new("a", &file, Span::new(2, 4995));
        let numbers: Vec<_> = excerpt.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 998, 998, 998, 999]);
        assert_eq!(&excerpt.source[excerpt.label()], "ne\nline\nline\nline\n\n\nline\nline");
    }

    #[test]
    fn a_span_at_the_end_of_the_text_or_of_a_line_marks_nothing() {
        assert_eq!(excerpt("ab\r\n", 2..4), ("ab".into(), String::new(), 1, 3));
        assert_eq!(excerpt("ab\r\n", 3..4), ("ab".into(), String::new(), 1, 4));
        assert_eq!(excerpt("ab\n", 3..3), (String::new(), String::new(), 2, 1));
        assert_eq!(excerpt("", 0..0), (String::new(), String::new(), 1, 1));
    }
}
