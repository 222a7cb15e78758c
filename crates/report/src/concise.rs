//! One line a finding, for `grep`, editors' error lists and logs.

use std::fmt::Write as _;

use unspin_lint::{Diagnostic, LogOdds};

use crate::printable::printable;
use crate::{Failure, FileReport, Format};

/// `path:line:column: severity[rule] message (fix: "replacement")`, and nothing but such lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct Concise;

impl Format for Concise {
    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        let mut lines = String::new();
        for finding in file.diagnostics() {
            line(&mut lines, file, finding);
        }
        out.extend_from_slice(lines.as_bytes());
    }

    fn failure(&self, failure: &Failure, out: &mut Vec<u8>) {
        let line =
            format!("{}: error: {}\n", printable(&failure.path), printable(&failure.message));
        out.extend_from_slice(line.as_bytes());
    }
}

fn line(out: &mut String, file: &FileReport<'_>, finding: &Diagnostic) {
    let at = file.position(finding.span.start);
    let name = file.name_for(finding);
    let (path, rule, message) =
        (printable(&name), printable(&finding.rule), printable(&finding.message));
    let _ = write!(out, "{path}:{}:{}: {}[{rule}] {message}", at.line, at.column, finding.severity);
    let _ = match (finding.suggestions.first().map(String::as_str), finding.notes.first()) {
        (Some(""), _) => write!(out, " (fix: remove it)"),
        (Some(by), _) => write!(out, " (fix: \"{}\")", printable(by)),
        // What no rule weighed (encoding, settings) has its way out in a note.
        (None, Some(note)) if finding.evidence == LogOdds::EVEN => {
            write!(out, " ({})", printable(note))
        }
        (None, _) => Ok(()),
    };
    out.push('\n');
}
