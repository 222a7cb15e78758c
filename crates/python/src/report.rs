//! What is said of a text, for Python.

use pyo3::prelude::*;
use unspin_lint::{Diagnosis, Diagnostic, SourceFix, Span, Verdict};
use unspin_report::{FileReport, Format as _, Json, Offsets, Tool, probability, rounded};

/// A report on one text.
#[derive(IntoPyObject)]
pub(crate) struct Report {
    verdict: VerdictParts,
    findings: Vec<FindingParts>,
    /// The member of `files` in a JSON report, after its path.
    member: String,
}

#[derive(IntoPyObject)]
struct VerdictParts {
    level: &'static str,
    score: f64,
    rarity: Option<f64>,
    reason: Option<&'static str>,
    marks: usize,
    words: usize,
    /// Start and end in code points, score.
    windows: Vec<(u32, u32, f64)>,
}

#[derive(IntoPyObject)]
struct FindingParts {
    rule: String,
    family: String,
    severity: &'static str,
    confidence: f64,
    evidence: f64,
    message: String,
    start: u32,
    end: u32,
    start_byte: u32,
    end_byte: u32,
    line: u32,
    column: u32,
    text: String,
    source_text: String,
    suggestions: Vec<String>,
    fixes: Vec<FixParts>,
    notes: Vec<String>,
}

#[derive(IntoPyObject)]
struct FixParts {
    title: String,
    safety: &'static str,
    /// Start and end in code points, text.
    edits: Vec<(u32, u32, String)>,
}

impl Report {
    /// The report on a text of this source. `model` is the digest of its model where that is not the one inside.
    pub(crate) fn new(
        source: &str,
        offsets: Offsets,
        said: &Diagnosis,
        model: Option<&str>,
    ) -> Self {
        let file = FileReport::new("", source, offsets, said).with_model(model);
        let tool = Tool { name: String::new(), version: String::new(), model: None };
        let mut member = Vec::new();
        Json::new(tool).file(&file, &mut member);
        let member = String::from_utf8(member).expect("JSON is UTF-8");
        let member = member.strip_prefix("{\"path\":\"\"").expect("a member begins with its path");
        let verdict = file.verdict().expect("a text is judged");
        Self {
            verdict: VerdictParts::new(verdict, &file),
            findings: said.diagnostics.iter().map(|d| FindingParts::new(d, &file)).collect(),
            member: member.to_owned(),
        }
    }
}

/// A span in code points.
fn chars(file: &FileReport<'_>, span: Span) -> (u32, u32) {
    (file.position(span.start).char, file.position(span.end).char)
}

impl VerdictParts {
    fn new(verdict: &Verdict, file: &FileReport<'_>) -> Self {
        let windows = verdict.windows.iter().map(|window| {
            let (start, end) = chars(file, window.span);
            (start, end, probability(window.score, 4))
        });
        Self {
            level: verdict.level.as_str(),
            score: probability(verdict.score, 4),
            rarity: verdict.rarity.map(|share| rounded(share, 6)),
            reason: verdict.reason.map(unspin_lint::Unknown::as_str),
            marks: verdict.marks,
            words: verdict.words,
            windows: windows.collect(),
        }
    }
}

impl FindingParts {
    fn new(found: &Diagnostic, file: &FileReport<'_>) -> Self {
        let (start, end) = (file.position(found.span.start), file.position(found.span.end));
        Self {
            rule: found.rule.to_string(),
            family: found.family.to_string(),
            severity: found.severity.as_str(),
            confidence: probability(found.posterior, 3),
            evidence: found.evidence.nats(),
            message: found.message.clone(),
            start: start.char,
            end: end.char,
            start_byte: start.byte,
            end_byte: end.byte,
            line: start.line,
            column: start.column,
            text: found.text.clone(),
            source_text: file.source()[found.span.range()].to_owned(),
            suggestions: found.suggestions.clone(),
            fixes: found.fixes.iter().map(|fix| FixParts::new(fix, file)).collect(),
            notes: found.notes.clone(),
        }
    }
}

impl FixParts {
    fn new(fix: &SourceFix, file: &FileReport<'_>) -> Self {
        let edits = fix.edits.iter().map(|edit| {
            let (start, end) = chars(file, edit.span);
            (start, end, edit.text.clone())
        });
        Self { title: fix.title.clone(), safety: fix.safety.as_str(), edits: edits.collect() }
    }
}
