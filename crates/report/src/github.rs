//! Workflow commands of GitHub Actions, which it shows as annotations beside the lines of a change.
//!
//! A command is a line `::name key=value,..::data`. A line end in a value would begin a line of somebody else's making,
//! so values are printable before they are escaped.

use std::fmt::Write as _;

use unspin_lint::{Diagnostic, Severity};

use crate::advice::told_with_entry;
use crate::place::repository_path;
use crate::printable::printable;
use crate::{Failure, FileReport, Format};

/// A command a finding.
#[derive(Clone, Copy, Debug, Default)]
pub struct Github;

impl Format for Github {
    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        let mut commands = String::new();
        for found in file.diagnostics() {
            command(&mut commands, file, found);
        }
        out.extend_from_slice(commands.as_bytes());
    }

    fn failed_file(&self, failure: &Failure, out: &mut Vec<u8>) {
        let mut command = String::from("::error file=");
        property(&mut command, &repository_path(&failure.path));
        command.push_str(",title=unspin%3A not checked::");
        data(&mut command, &format!("{}.", failure.message));
        command.push('\n');
        out.extend_from_slice(command.as_bytes());
    }
}

fn command(out: &mut String, file: &FileReport<'_>, found: &Diagnostic) {
    out.push_str(match found.severity {
        Severity::Error => "::error file=",
        Severity::Warning => "::warning file=",
        Severity::Info | Severity::Off => "::notice file=",
    });
    property(out, &repository_path(file.path()));
    // Lines of an entry are not lines of the file.
    if file.entry().is_none() {
        let (start, end) = (file.position(found.span.start), file.position(found.span.end));
        let _ = write!(out, ",line={},endLine={}", start.line, end.line);
        // GitHub refuses columns of an annotation over several lines.
        if start.line == end.line {
            let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
        }
    }
    out.push_str(",title=");
    property(out, &format!("unspin: {}", found.rule));
    out.push_str("::");
    data(out, &told_with_entry(file, found));
    out.push('\n');
}

fn data(out: &mut String, text: &str) {
    for c in printable(text).chars() {
        match c {
            '%' => out.push_str("%25"),
            _ => out.push(c),
        }
    }
}

fn property(out: &mut String, text: &str) {
    for c in printable(text).chars() {
        match c {
            '%' => out.push_str("%25"),
            ':' => out.push_str("%3A"),
            ',' => out.push_str("%2C"),
            _ => out.push(c),
        }
    }
}
