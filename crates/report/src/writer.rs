//! Rendered files to one stream, in the order they are given.

use std::io::{self, Write};
use std::ops::AddAssign;

use unspin_lint::Severity;

use crate::Format;

/// A rendered file and what it adds to the counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub(crate) bytes: Vec<u8>,
    /// For the end of the report.
    pub(crate) kept: Vec<Vec<u8>>,
    pub(crate) summary: Summary,
}

impl Rendered {
    /// The bytes, without what the format puts around and between files.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The counts of this file.
    pub fn summary(&self) -> Summary {
        self.summary
    }
}

/// A file that could not be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The path as given or found.
    pub path: String,
    /// Why: lower case, one sentence, no final stop.
    pub message: String,
}

/// Counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files in the report; failures are not among them.
    pub files: usize,
    /// Files with at least one finding.
    pub files_with_findings: usize,
    /// Findings of every severity.
    pub findings: usize,
    /// Findings of severity `error`.
    pub errors: usize,
    /// Findings of severity `warning`.
    pub warnings: usize,
    /// Findings of severity `info`.
    pub infos: usize,
    /// Words of the files that have a verdict.
    pub words: usize,
    /// Files that could not be checked.
    pub failures: usize,
}

impl Summary {
    /// How many findings are of this severity or a higher one; none for [`Severity::Off`], at which nothing fails.
    pub fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Off => 0,
            Severity::Info => self.findings,
            Severity::Warning => self.errors + self.warnings,
            Severity::Error => self.errors,
        }
    }
}

impl AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.files_with_findings += other.files_with_findings;
        self.findings += other.findings;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.words += other.words;
        self.failures += other.failures;
    }
}

/// What is known when a report ends.
#[derive(Clone, Copy, Debug)]
pub struct Ending<'a> {
    /// The counts of the run.
    pub summary: &'a Summary,
    /// All that could not be checked, in order.
    pub failures: &'a [Failure],
    /// What was [kept](Format::kept) of each file that kept anything, in order.
    pub kept: &'a [Vec<Vec<u8>>],
}

/// Writes a report, file by file: what was found to `out`, what could not be checked to `errors`, to `out` or to both, as
/// the format has it. Every method fails only if one of them does.
pub struct Writer<'f, W, E> {
    format: &'f dyn Format,
    out: W,
    errors: E,
    summary: Summary,
    failures: Vec<Failure>,
    kept: Vec<Vec<Vec<u8>>>,
    kept_bytes: usize,
    /// Whether a separator is due before what comes next.
    after_another: bool,
    /// Reused for what surrounds the files.
    buffer: Vec<u8>,
}

impl<'f, W: Write, E: Write> Writer<'f, W, E> {
    /// Opens a report. `out` should be buffered if files are small.
    pub fn begin(format: &'f dyn Format, out: W, errors: E) -> io::Result<Self> {
        let mut writer = Self {
            format,
            out,
            errors,
            summary: Summary::default(),
            failures: Vec::new(),
            kept: Vec::new(),
            kept_bytes: 0,
            after_another: false,
            buffer: Vec::new(),
        };
        format.begin(&mut writer.buffer);
        writer.out.write_all(&writer.buffer)?;
        writer.buffer.clear();
        Ok(writer)
    }

    /// Writes a file that was rendered by the same format.
    pub fn file(&mut self, file: &Rendered) -> io::Result<()> {
        self.summary += file.summary;
        let bytes: usize = file.kept.iter().map(Vec::len).sum();
        if bytes > 0 && self.kept_bytes <= self.format.most_kept() {
            self.kept_bytes += bytes;
            self.kept.push(file.kept.clone());
        }
        self.part(&file.bytes)
    }

    /// Reports a file that could not be checked.
    ///
    /// Formats that list failures at their end print nothing here.
    pub fn failure(&mut self, failure: Failure) -> io::Result<()> {
        self.summary.failures += 1;
        let mut part = Vec::new();
        self.format.failed_file(&failure, &mut part);
        self.part(&part)?;
        part.clear();
        self.format.failure(&failure, &mut part);
        self.failures.push(failure);
        // On a terminal both streams end in one place: what came before must stand before.
        self.out.flush()?;
        self.errors.write_all(&part)
    }

    /// The counts so far.
    pub fn summary(&self) -> Summary {
        self.summary
    }

    /// Closes the report and flushes `out`.
    pub fn end(mut self) -> io::Result<Summary> {
        let Self { format, summary, failures, kept, buffer, .. } = &mut self;
        format.end(&Ending { summary, failures, kept }, buffer);
        self.out.write_all(&self.buffer)?;
        self.out.flush()?;
        Ok(self.summary)
    }

    /// Writes what was rendered of a file or a failure.
    fn part(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        if self.after_another {
            self.out.write_all(self.format.separator().as_bytes())?;
        }
        self.after_another = true;
        self.out.write_all(bytes)?;
        if self.format.is_followed() { self.out.flush() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_at_least_a_severity_include_the_higher_ones() {
        let summary =
            Summary { findings: 6, errors: 1, warnings: 2, infos: 3, ..Summary::default() };
        assert_eq!(Severity::ALL.map(|s| summary.at_least(s)), [0, 6, 3, 1]);
    }
}
