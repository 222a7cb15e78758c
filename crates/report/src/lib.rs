//! Findings to bytes, one file a format.
//!
//! A run may see more files than fit in memory, and formatting takes longer than writing. So each file is rendered by
//! itself, by a pure function that any thread may call ([`FileReport::render`]), and one [`Writer`] puts the bytes in
//! order, frames them and counts. Nothing here opens, reads or prints anything but through that writer.
//!
//! Invariant: whatever stands in a path, a text or a message, no output can move a terminal's cursor, reorder its text
//! or hide any of it.

mod concise;
mod excerpt;
mod explanation;
mod json;
mod printable;
mod text;
mod writer;

use std::borrow::Cow;

use unspin_lint::{Finding, LogOdds, Problem, Report, Severity, Verdict};
use unspin_text::source::FaultKind;
use unspin_text::{Document, Fault, Span};

pub use concise::Concise;
pub use explanation::LineReport;
pub use json::{Json, Tool};
pub use printable::printable;
pub use text::Text;
pub use writer::{Failure, Rendered, Summary, Writer};

/// A report format. Its methods are pure: they append bytes to `out` and keep nothing.
pub trait Format: Send + Sync {
    /// Opens the report.
    fn begin(&self, _out: &mut Vec<u8>) {}

    /// What stands between two files.
    fn separator(&self) -> &'static str {
        ""
    }

    /// Renders one file.
    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>);

    /// Renders a file that could not be checked, for the stream of errors.
    fn failure(&self, _failure: &Failure, _out: &mut Vec<u8>) {}

    /// Closes the report. `failures` are all that were rendered before, in order.
    fn end(&self, _summary: &Summary, _failures: &[Failure], _out: &mut Vec<u8>) {}
}

/// One file with everything that is said of it.
#[derive(Debug)]
pub struct FileReport<'a> {
    path: &'a str,
    document: &'a Document<'a>,
    model: Option<&'a str>,
    verdict: Option<&'a Verdict>,
    /// Each with its bytes of the source, by these.
    findings: Vec<(Span, Cow<'a, Finding>)>,
}

/// A finding and where it is in the file.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'f> {
    /// The finding; its own span is one of the document's text.
    pub finding: &'f Finding,
    /// Its bytes of the document's source, markup between them included.
    pub source: Span,
    /// What it was found in: prose, without markup.
    pub text: &'f str,
}

impl<'a> FileReport<'a> {
    /// The report on a checked file: its findings, and the faults of its bytes as findings of the rule `encoding`.
    ///
    /// `path` is as given or found; the findings' spans are those of the text of `document`.
    pub fn new(path: &'a str, document: &'a Document<'a>, report: &'a Report) -> Self {
        let faults = document.faults().iter();
        let faults = faults.map(|fault| (fault.span, Cow::Owned(encoding_finding(fault))));
        let shown = report.findings.iter().filter(|f| f.severity != Severity::Off);
        let shown = shown.map(|f| (document.in_source(f.span), Cow::Borrowed(f)));
        let mut findings: Vec<_> = faults.chain(shown).collect();
        findings.sort_by_key(|(source, _)| *source);
        Self { path, document, model: None, verdict: Some(&report.verdict), findings }
    }

    /// The report on a settings file: its problems as findings of the rule `settings`, and no verdict, since it is no
    /// prose. The problems' spans are those of `document`, which was made from the settings file's bytes.
    pub fn of_settings(path: &'a str, document: &'a Document<'a>, problems: &[Problem]) -> Self {
        let placed = |problem: &Problem| (problem.span, Cow::Owned(settings_finding(problem)));
        let mut findings: Vec<_> = problems.iter().map(placed).collect();
        findings.sort_by_key(|(source, _)| *source);
        Self { path, document, model: None, verdict: None, findings }
    }

    /// The report on a file that was checked with another model than the run's, by its digest.
    #[must_use]
    pub fn with_model(mut self, digest: Option<&'a str>) -> Self {
        self.model = digest;
        self
    }

    /// Renders the file; any thread may do so, in any order.
    pub fn render(&self, format: &dyn Format) -> Rendered {
        let mut bytes = Vec::new();
        format.file(self, &mut bytes);
        Rendered { bytes, summary: self.summary() }
    }

    /// The path as given or found.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// Digest of the model that the file was checked with, where it is not the run's.
    pub fn model(&self) -> Option<&'a str> {
        self.model
    }

    /// The document that all spans index.
    pub fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// The verdict; `None` for a settings file.
    pub fn verdict(&self) -> Option<&'a Verdict> {
        self.verdict
    }

    /// The findings by their place in the file, those on the file's bytes or settings included.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = Placed<'_>> {
        let text_of = |source: Span, finding: &Cow<'_, Finding>| match finding {
            // Of prose; the others say something of the file.
            Cow::Borrowed(finding) => (self.document.text(), finding.span),
            Cow::Owned(_) => (self.document.source(), source),
        };
        self.findings.iter().map(move |(source, finding)| {
            let (text, span) = text_of(*source, finding);
            let text = text.get(span.range()).unwrap_or_default();
            Placed { finding, source: *source, text }
        })
    }

    fn summary(&self) -> Summary {
        let of = |severity| self.findings().filter(|f| f.finding.severity == severity).count();
        Summary {
            files: 1,
            files_with_findings: usize::from(!self.findings.is_empty()),
            findings: self.findings.len(),
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            infos: of(Severity::Info),
            words: self.verdict.map_or(0, |verdict| verdict.words),
            failures: 0,
        }
    }
}

/// A fault of the bytes says nothing of how the text was written, hence no evidence. It is `info`, unless the text may
/// not have been seen at all, which must not pass for clean.
fn encoding_finding(fault: &Fault) -> Finding {
    let way_out = match fault.kind {
        FaultKind::InvalidUtf8 { .. } => {
            "each was read as an unknown character: save the file as UTF-8"
        }
        FaultKind::InvalidUtf16 { .. } => {
            "each was read as an unknown character: save the file again"
        }
        FaultKind::NotText => "nothing can be said of it: save it as UTF-8",
        FaultKind::TooLarge => "split the file to have the rest checked",
    };
    let severity = match fault.kind {
        FaultKind::NotText | FaultKind::TooLarge => Severity::Warning,
        _ => Severity::Info,
    };
    finding_without_evidence(
        "encoding",
        "text",
        severity,
        fault.span,
        fault.message(),
        Some(way_out),
    )
}

fn settings_finding(problem: &Problem) -> Finding {
    let (message, help) = (problem.message.clone(), problem.help.as_deref());
    finding_without_evidence("settings", "settings", Severity::Error, problem.span, message, help)
}

/// A finding that is certain and no evidence of rewording; its only note is the way out.
fn finding_without_evidence(
    rule: &'static str,
    family: &'static str,
    severity: Severity,
    span: Span,
    message: String,
    way_out: Option<&str>,
) -> Finding {
    Finding {
        rule: Cow::Borrowed(rule),
        family: Cow::Borrowed(family),
        severity,
        evidence: LogOdds::EVEN,
        posterior: LogOdds::from_probability(1.0),
        span,
        message,
        notes: way_out.into_iter().map(str::to_owned).collect(),
        fixes: Vec::new(),
    }
}
