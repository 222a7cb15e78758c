//! The Diagnostic Format of reviewdog, as one object or as one a line, for comments on a change with suggestions to apply.
//!
//! Its columns count bytes of UTF-8, from 1, and its ends are exclusive.

use serde::Serialize;
use unspin_lint::{Diagnostic, Severity, SourceFix, Span};

use crate::advice::{applicable, told_with_entry};
use crate::json::serialize;
use crate::place::repository_path;
use crate::{Ending, Failure, FileReport, Format, Tool};

/// `rdjson`: one object.
#[derive(Clone, Debug)]
pub struct Rdjson {
    tool: Tool,
}

/// `rdjsonl`: one diagnostic a line.
#[derive(Clone, Debug)]
pub struct RdjsonLines {
    tool: Tool,
}

impl Rdjson {
    /// A report made by `tool`.
    pub fn new(tool: Tool) -> Self {
        Self { tool }
    }
}

impl RdjsonLines {
    /// A report made by `tool`.
    pub fn new(tool: Tool) -> Self {
        Self { tool }
    }
}

impl Format for Rdjson {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"source\":");
        serialize(&Source { name: &self.tool.name }, out);
        out.extend_from_slice(b",\"diagnostics\":[\n");
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        members(file, &self.tool, ",\n", out);
    }

    fn failed_file(&self, failure: &Failure, out: &mut Vec<u8>) {
        failed(failure, &self.tool, out);
    }

    fn end(&self, _ending: &Ending<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n]}\n");
    }
}

impl Format for RdjsonLines {
    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        members(file, &self.tool, "\n", out);
        if !file.diagnostics().is_empty() {
            out.push(b'\n');
        }
    }

    fn failed_file(&self, failure: &Failure, out: &mut Vec<u8>) {
        failed(failure, &self.tool, out);
        out.push(b'\n');
    }

    fn is_followed(&self) -> bool {
        true
    }
}

#[derive(Serialize)]
struct Member<'a> {
    message: &'a str,
    location: Location<'a>,
    severity: &'static str,
    source: Source<'a>,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

fn members(file: &FileReport<'_>, tool: &Tool, separator: &str, out: &mut Vec<u8>) {
    let path = &*repository_path(file.path());
    for (nth, found) in file.diagnostics().iter().enumerate() {
        if nth > 0 {
            out.extend_from_slice(separator.as_bytes());
        }
        let mut member = Member {
            message: &told_with_entry(file, found),
            location: Location { path, range: None },
            severity: severity(found),
            source: Source { name: &tool.name },
            code: Code { value: &found.rule },
            suggestions: Vec::new(),
        };
        // Lines of an entry are not lines of the file, and an edit of one is none of the file.
        if file.entry().is_none() {
            member.location.range = Some(range(file, found.span));
            member.suggestions =
                applicable(found).filter_map(|fix| suggestion(file, fix)).collect();
        }
        serialize(&member, out);
    }
}

fn failed(failure: &Failure, tool: &Tool, out: &mut Vec<u8>) {
    let member = Member {
        message: &format!("not checked: {}.", failure.message),
        location: Location { path: &repository_path(&failure.path), range: None },
        severity: "ERROR",
        source: Source { name: &tool.name },
        code: Code { value: "not-checked" },
        suggestions: Vec::new(),
    };
    serialize(&member, out);
}

fn severity(found: &Diagnostic) -> &'static str {
    match found.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info | Severity::Off => "INFO",
    }
}

fn range(file: &FileReport<'_>, span: Span) -> Range {
    let place = |byte| {
        let at = file.position(byte);
        let line = file.positions().line_span(at.line).unwrap_or_default();
        Place { line: at.line, column: at.byte - line.start.min(at.byte) + 1 }
    };
    Range { start: place(span.start), end: place(span.end) }
}

/// A suggestion replaces one stretch, so several edits become one with what stands between them.
fn suggestion(file: &FileReport<'_>, fix: &SourceFix) -> Option<Suggestion> {
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    let mut text = String::new();
    let mut at = first.span.start;
    for edit in &fix.edits {
        text.push_str(file.source().get(at as usize..edit.span.start as usize)?);
        text.push_str(&edit.text);
        at = edit.span.end;
    }
    Some(Suggestion { range: range(file, Span::new(first.span.start, last.span.end)), text })
}
