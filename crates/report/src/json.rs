//! One JSON object for a run: the contract that other programs build on.
//!
//! Within a schema number fields are added, never changed or taken away. Files are written as they come, one a line,
//! so a run of any size streams, and a report can be compared line by line.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;
use unspin_lint::{Diagnostic, LogOdds, SourceFix, Verdict};
use unspin_text::Position;

use crate::printable::is_unprintable;
use crate::{ComparisonReport, Ending, Failure, FileReport, Format, Summary};

/// Version of the contract.
pub(crate) const SCHEMA: u32 = 1;

/// The program and model that made a report.
#[derive(Clone, Debug, Serialize)]
pub struct Tool {
    /// Name of the program.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Digest of the model of all files that name no other, `sha256:` and 64 hexadecimal digits; `None` where no model was used.
    pub model: Option<String>,
}

/// The JSON format.
#[derive(Clone, Debug)]
pub struct Json {
    tool: Tool,
    comparison: Option<Vec<u8>>,
}

impl Json {
    /// A report made by `tool`.
    pub fn new(tool: Tool) -> Self {
        Self { tool, comparison: None }
    }

    /// The report with what a comparison of two texts came to.
    #[must_use]
    pub fn with_comparison(self, comparison: &ComparisonReport<'_>) -> Self {
        Self { comparison: Some(comparison.json()), ..self }
    }
}

impl Format for Json {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("{{\"schema\":{SCHEMA},\"tool\":").as_bytes());
        serialize(&self.tool, out);
        out.extend_from_slice(b",\"files\":[\n");
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        serialize(&FileMember::new(file), out);
    }

    fn end(&self, ending: &Ending<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n],\"errors\":");
        let members: Vec<_> = ending
            .failures
            .iter()
            .map(|Failure { path, message }| FailureMember { path, message })
            .collect();
        serialize(&members, out);
        out.extend_from_slice(b",\"summary\":");
        let Summary { files, findings, errors, warnings, infos, .. } = *ending.summary;
        serialize(&SummaryMember { files, findings, errors, warnings, infos }, out);
        if let Some(comparison) = &self.comparison {
            out.extend_from_slice(b",\n\"comparison\":");
            out.extend_from_slice(comparison);
        }
        out.extend_from_slice(b"}\n");
    }
}

/// What is said of one file.
#[derive(Serialize)]
pub(crate) struct FileMember<'a> {
    path: &'a str,
    /// Which entry of the file; null where the file is one text.
    entry: Option<&'a str>,
    offsets: &'static str,
    /// Only where the file's settings name another model than that of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    verdict: VerdictMember,
    findings: Vec<FindingMember<'a>>,
}

impl<'a> FileMember<'a> {
    pub(crate) fn new(file: &'a FileReport<'_>) -> Self {
        let found = file.diagnostics().iter();
        Self {
            path: file.path(),
            entry: file.entry(),
            offsets: file.offsets().as_str(),
            model: file.model(),
            verdict: file.verdict().map_or(VerdictMember::SETTINGS, VerdictMember::new),
            findings: found.map(|found| FindingMember::new(file, found)).collect(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct VerdictMember {
    pub(crate) level: &'static str,
    pub(crate) score: f64,
    pub(crate) rarity: Option<f64>,
    pub(crate) reason: Option<&'static str>,
    pub(crate) marks: usize,
    words: usize,
    windows: Vec<WindowMember>,
}

impl VerdictMember {
    /// A settings file is not judged, yet whoever reads the verdict of each file finds one.
    pub(crate) const SETTINGS: Self = Self {
        level: "unknown",
        score: 0.0,
        rarity: None,
        reason: Some("settings"),
        marks: 0,
        words: 0,
        windows: Vec::new(),
    };
}

impl VerdictMember {
    /// Of a verdict whose windows are given in bytes of the source.
    pub(crate) fn new(verdict: &Verdict) -> Self {
        let windows = verdict.windows.iter().map(|window| {
            let score = probability(window.score, 4);
            WindowMember { start: window.span.start, end: window.span.end, score }
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

#[derive(Serialize)]
struct WindowMember {
    start: u32,
    end: u32,
    score: f64,
}

#[derive(Serialize)]
pub(crate) struct FindingMember<'a> {
    rule: &'a str,
    family: &'a str,
    severity: &'static str,
    confidence: f64,
    evidence: f64,
    message: &'a str,
    start: PositionMember,
    end: PositionMember,
    /// Only in entries of containers where a person finds a place by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    locator: Option<&'a str>,
    text: &'a str,
    /// Only where the source has markup or references in it, so that it differs from `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_text: Option<&'a str>,
    suggestions: &'a [String],
    fixes: Vec<FixMember<'a>>,
    notes: &'a [String],
}

impl<'a> FindingMember<'a> {
    pub(crate) fn new(file: &FileReport<'a>, found: &'a Diagnostic) -> Self {
        let (start, end) = (file.position(found.span.start), file.position(found.span.end));
        let source_text = &file.source()[start.byte as usize..end.byte as usize];
        Self {
            rule: &found.rule,
            family: &found.family,
            severity: found.severity.as_str(),
            confidence: probability(found.posterior, 3),
            evidence: found.evidence.nats(),
            message: &found.message,
            start: start.into(),
            end: end.into(),
            locator: found.locator.as_deref(),
            text: &found.text,
            source_text: (source_text != found.text).then_some(source_text),
            suggestions: &found.suggestions,
            fixes: found.fixes.iter().map(FixMember::new).collect(),
            notes: &found.notes,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct PositionMember {
    byte: u32,
    char: u32,
    utf16: u32,
    line: u32,
    column: u32,
}

impl From<Position> for PositionMember {
    fn from(Position { byte, char, utf16, line, column }: Position) -> Self {
        Self { byte, char, utf16, line, column }
    }
}

#[derive(Serialize)]
struct FixMember<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<EditMember<'a>>,
}

impl<'a> FixMember<'a> {
    fn new(fix: &'a SourceFix) -> Self {
        let edits = fix.edits.iter();
        let edits =
            edits.map(|e| EditMember { start: e.span.start, end: e.span.end, text: &e.text });
        Self { title: &fix.title, safety: fix.safety.as_str(), edits: edits.collect() }
    }
}

#[derive(Serialize)]
struct EditMember<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct FailureMember<'a> {
    path: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct SummaryMember {
    files: usize,
    findings: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

/// Log-odds as reports write them: a probability, 0 to 1, with so many decimals.
pub fn probability(log_odds: LogOdds, decimals: i32) -> f64 {
    rounded(log_odds.probability(), decimals)
}

/// A number as reports write it, with so many decimals: few, since the last bits of a logistic function differ between
/// machines and the bytes must not.
pub fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

/// A string as JSON reports write it: every character that a terminal obeys or hides is escaped.
pub fn quoted(text: &str) -> String {
    let mut out = Vec::new();
    serialize(&text, &mut out);
    String::from_utf8(out).expect("JSON is UTF-8")
}

pub(crate) fn serialize(value: &impl Serialize, out: &mut Vec<u8>) {
    let mut serializer = serde_json::Serializer::with_formatter(out, Escaping);
    value
        .serialize(&mut serializer)
        .expect("a Vec takes every byte, and no map has keys but names");
}

/// Compact JSON that escapes every character a terminal obeys or hides; the values stay what they are.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_unprintable(*c)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}
