//! Adding a term to the vocabulary of a settings file, so that its comments and its layout stay as they are.

use std::fmt::Write as _;
use std::ops::Range;

use toml_edit::{Array, Document, InlineTable, Item, Table, Value};
use unspin_lint::Span;

/// Why a term cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file is no TOML.
    #[error("the settings cannot be read in line {line}: {message}; mend that first")]
    Syntax {
        /// Where, in bytes of the file.
        span: Span,
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// What stands where the list should is something else.
    #[error("`{key}` in line {line} is no {wanted}, so no term can be added to it")]
    Other {
        /// The key.
        key: &'static str,
        /// What it should be.
        wanted: &'static str,
        /// Where its value stands, in bytes of the file.
        span: Span,
        /// The line, from 1.
        line: usize,
    },
    /// The term has neither a letter nor a digit in it.
    #[error("`{0}` holds no word, so it can be no term of a vocabulary")]
    NoWord(String),
}

/// The edits of a settings file, in its bytes, sorted and disjoint, after which `vocabulary.accept` holds a term; `None`
/// if it does so already.
///
/// White space in the term is made single spaces, since a line may end inside a phrase. An empty text is that of a file
/// to be created.
///
/// # Errors
/// If the file does not parse, if something else stands where the list should, or if the term holds no word.
pub fn accept(lint_toml: &str, term: &str) -> Result<Option<Vec<(Span, String)>>, Error> {
    let term = term.split_whitespace().collect::<Vec<_>>().join(" ");
    if !term.contains(char::is_alphanumeric) {
        return Err(Error::NoWord(term));
    }
    let file = Document::parse(lint_toml).map_err(|error| {
        let span = error.span().unwrap_or_default();
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        Error::Syntax { line: line_of(lint_toml, span.start), span: to_span(&span), message }
    })?;
    Layout { text: lint_toml, end: line_end_of(lint_toml) }.accept(file.as_table(), &term)
}

/// A file as it is laid out.
struct Layout<'t> {
    text: &'t str,
    /// What ends its lines.
    end: &'static str,
}

type Edits = Vec<(Span, String)>;

impl Layout<'_> {
    fn accept(&self, file: &Table, term: &str) -> Result<Option<Edits>, Error> {
        let quoted = quoted(term);
        let line = format!("accept = [{quoted}]");
        let Some(vocabulary) = file.get("vocabulary") else {
            return Ok(Some(self.append(&format!("[vocabulary]{}{line}", self.end))));
        };
        match vocabulary {
            Item::Value(Value::InlineTable(table)) => match table.get("accept") {
                Some(list) => self.add_value(list, term, &quoted),
                None => Ok(Some(self.in_inline(table, &line))),
            },
            Item::Table(table) => match table.get("accept") {
                None => Ok(Some(self.in_table(table, &line))),
                Some(Item::Value(list)) => self.add_value(list, term, &quoted),
                Some(Item::ArrayOfTables(tables)) => {
                    let mut terms = tables.iter().filter_map(|table| table.get("term")?.as_str());
                    let added = format!("[[vocabulary.accept]]{}term = {quoted}", self.end);
                    Ok((!terms.any(|own| own == term)).then(|| self.append(&added)))
                }
                Some(other) => Err(self.other("vocabulary.accept", "list", other)),
            },
            other => Err(self.other("vocabulary", "table", other)),
        }
    }

    fn add_value(&self, list: &Value, term: &str, quoted: &str) -> Result<Option<Edits>, Error> {
        let Some(array) = list.as_array() else {
            let span = list.span().unwrap_or_default();
            return Err(self.wrong("vocabulary.accept", "list", &span));
        };
        let text = |item: &Value| match item {
            Value::InlineTable(table) => table.get("term")?.as_str().map(str::to_owned),
            item => item.as_str().map(str::to_owned),
        };
        if array.iter().filter_map(text).any(|own| own == term) {
            return Ok(None);
        }
        Ok(Some(self.in_list(array, quoted)))
    }

    /// A table at the end of the file, with a line between it and what stands before.
    fn append(&self, table: &str) -> Edits {
        let at = self.text.len();
        let before = match self.text.trim_start_matches('\u{feff}') {
            "" => String::new(),
            text if text.ends_with('\n') => self.end.to_owned(),
            _ => self.end.repeat(2),
        };
        vec![insert(at, format!("{before}{table}{}", self.end))]
    }

    /// A line in a table that has no list yet: right below its header or, where it is made of dotted keys or of tables
    /// below it, before the first of them.
    fn in_table(&self, table: &Table, line: &str) -> Edits {
        if table.is_dotted() {
            let first = table.iter().filter_map(|(key, _)| table.key(key)?.span());
            let first = first.map(|span| span.start).min().unwrap_or_default();
            let start = self.line(first).start;
            return vec![insert(start, format!("vocabulary.{line}{}", self.end))];
        }
        match table.span().filter(|_| !table.is_implicit()) {
            Some(header) => {
                let end = self.line(header.start).end;
                vec![insert(end, format!("{}{line}", self.end))]
            }
            None => self.append(&format!("[vocabulary]{}{line}", self.end)),
        }
    }

    fn in_inline(&self, table: &InlineTable, line: &str) -> Edits {
        let Range { start, end } = table.span().unwrap_or_default();
        let inner = start + 1..end - 1;
        let text = &self.text[inner.clone()];
        if table.is_empty() && !text.contains('\n') {
            return vec![(to_span(&inner), format!(" {line} "))];
        }
        let comma = if table.is_empty() { "" } else { "," };
        vec![insert(start + 1, format!(" {line}{comma}"))]
    }

    /// An item in a list, after the last one or, where each has a line of its own, below it.
    fn in_list(&self, array: &Array, quoted: &str) -> Edits {
        let Range { start, end } = array.span().unwrap_or_default();
        let close = end - 1;
        let Some(last) = array.iter().filter_map(Value::span).last() else {
            return self.in_empty(start + 1..close, quoted);
        };
        let own = self.line(last.start);
        let indent = &self.text[own.start..last.start];
        let beside = || vec![insert(last.end, format!(", {quoted}"))];
        if !indent.trim().is_empty() || own.start <= start {
            return beside();
        }
        let comma = self.comma(last.end..close);
        let below = self.line(comma.unwrap_or(last.end)).end;
        if below > close {
            return beside();
        }
        match comma {
            Some(_) => vec![insert(below, format!("{}{indent}{quoted},", self.end))],
            None if below == last.end => {
                vec![insert(last.end, format!(",{}{indent}{quoted}", self.end))]
            }
            None => vec![
                insert(last.end, ",".to_owned()),
                insert(below, format!("{}{indent}{quoted}", self.end)),
            ],
        }
    }

    /// The first item of a list that may hold comments.
    fn in_empty(&self, inner: Range<usize>, quoted: &str) -> Edits {
        let held = &self.text[inner.clone()];
        if !held.contains('\n') {
            return vec![(to_span(&inner), quoted.to_owned())];
        }
        let close = self.line(inner.end);
        let own = held.lines().skip(1).find(|line| line.trim_start().starts_with('#'));
        let indent = match own {
            Some(line) => line[..line.len() - line.trim_start().len()].to_owned(),
            None => format!("{}    ", &self.text[close.start..inner.end]),
        };
        vec![insert(close.start, format!("{indent}{quoted},{}", self.end))]
    }

    /// Where the comma ends that stands between the last item of a list and its end, if there is one.
    fn comma(&self, between: Range<usize>) -> Option<usize> {
        let mut at = between.start;
        for line in self.text[between].split_inclusive('\n') {
            let code = line.split('#').next().unwrap_or_default();
            if let Some(comma) = code.find(',') {
                return Some(at + comma + 1);
            }
            at += line.len();
        }
        None
    }

    /// The line that holds an offset, without what ends it.
    fn line(&self, offset: usize) -> Range<usize> {
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[offset..].find('\n').map_or(self.text.len(), |at| offset + at);
        let is_windows = self.text[offset..end].ends_with('\r');
        start..end - usize::from(is_windows)
    }

    fn other(&self, key: &'static str, wanted: &'static str, item: &Item) -> Error {
        self.wrong(key, wanted, &item.span().unwrap_or_default())
    }

    fn wrong(&self, key: &'static str, wanted: &'static str, span: &Range<usize>) -> Error {
        Error::Other { key, wanted, span: to_span(span), line: line_of(self.text, span.start) }
    }
}

/// A term as TOML writes it, in double quotation marks.
fn quoted(term: &str) -> String {
    let mut quoted = String::from("\"");
    for c in term.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn insert(at: usize, text: String) -> (Span, String) {
    (to_span(&(at..at)), text)
}

fn to_span(range: &Range<usize>) -> Span {
    Span::new(range.start as u32, range.end.max(range.start) as u32)
}

/// The number of the line that holds an offset, from 1.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// What ends the first line, and so the others.
fn line_end_of(text: &str) -> &'static str {
    let first = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    if first { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests;
