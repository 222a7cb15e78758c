//! One JSON object for a run: the contract that other programs build on.
//!
//! Within a schema number fields are added, never changed or taken away. Files are written as they come, one a line,
//! so a run of any size streams, and a report can be compared line by line.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;
use unspin_lint::{Edit, Fix, LogOdds, Safety, Verdict};
use unspin_text::{Document, Encoding, Position};

use crate::printable::is_unprintable;
use crate::{Failure, FileReport, Format, Placed, Summary};

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
}

impl Json {
    /// A report made by `tool`.
    pub fn new(tool: Tool) -> Self {
        Self { tool }
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
        let document = file.document();
        let offsets = match document.encoding() {
            Encoding::Utf8 => "file",
            Encoding::Utf16Le | Encoding::Utf16Be => "entry",
        };
        let findings = file.findings().map(|placed| FindingMember::new(document, placed)).collect();
        let verdict = file
            .verdict()
            .map_or(VerdictMember::SETTINGS, |verdict| VerdictMember::new(document, verdict));
        let (path, model) = (file.path(), file.model());
        serialize(&FileMember { path, entry: (), offsets, model, verdict, findings }, out);
    }

    fn end(&self, summary: &Summary, failures: &[Failure], out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n],\"errors\":");
        let members: Vec<_> = failures
            .iter()
            .map(|Failure { path, message }| FailureMember { path, message })
            .collect();
        serialize(&members, out);
        out.extend_from_slice(b",\"summary\":");
        let Summary { files, findings, errors, warnings, infos, .. } = *summary;
        serialize(&SummaryMember { files, findings, errors, warnings, infos }, out);
        out.extend_from_slice(b"}\n");
    }
}

#[derive(Serialize)]
struct FileMember<'a> {
    path: &'a str,
    /// Null: nothing that is read yet holds several documents.
    entry: (),
    offsets: &'static str,
    /// Only where the file's settings name another model than that of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    verdict: VerdictMember,
    findings: Vec<FindingMember<'a>>,
}

#[derive(Serialize)]
pub(crate) struct VerdictMember {
    level: &'static str,
    score: f64,
    rarity: Option<f64>,
    reason: Option<&'static str>,
    marks: usize,
    words: usize,
    windows: Vec<WindowMember>,
}

impl VerdictMember {
    /// A settings file is not judged, yet whoever reads the verdict of each file finds one.
    const SETTINGS: Self = Self {
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
    pub(crate) fn new(document: &Document<'_>, verdict: &Verdict) -> Self {
        let windows = verdict.windows.iter().map(|window| {
            let source = document.in_source(window.span);
            let score = probability(window.score, 4);
            WindowMember { start: source.start, end: source.end, score }
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
    text: &'a str,
    /// Only where the source has markup or references in it, so that it differs from `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_text: Option<&'a str>,
    suggestions: Vec<&'a str>,
    fixes: Vec<FixMember<'a>>,
    notes: &'a [String],
}

impl<'a> FindingMember<'a> {
    pub(crate) fn new(document: &'a Document<'_>, placed: Placed<'a>) -> Self {
        let Placed { finding, source: span, text } = placed;
        let (source, positions) = (document.source(), document.positions());
        let (start, end) = (positions.at(source, span.start), positions.at(source, span.end));
        let source_text = &source[start.byte as usize..end.byte as usize];
        let fixes = finding.fixes.iter().map(|fix| FixMember::new(document, fix));
        Self {
            rule: &finding.rule,
            family: &finding.family,
            severity: finding.severity.as_str(),
            confidence: probability(finding.posterior, 3),
            evidence: finding.evidence.nats(),
            message: &finding.message,
            start: start.into(),
            end: end.into(),
            text,
            source_text: (source_text != text).then_some(source_text),
            suggestions: finding.suggestions().collect(),
            fixes: fixes.collect(),
            notes: &finding.notes,
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
    edits: Vec<EditMember>,
}

impl<'a> FixMember<'a> {
    fn new(document: &Document<'_>, fix: &'a Fix) -> Self {
        let edit = |edit: &Edit| {
            let (span, text) = document.source_edit(edit.span, &edit.text)?;
            Some(EditMember { start: span.start, end: span.end, text })
        };
        // Half of a fix is none: if one of its edits would break the markup, it is shown without any.
        let (safety, edits) = match fix.edits().iter().map(edit).collect() {
            Some(edits) => (fix.safety, edits),
            None => (Safety::Display, Vec::new()),
        };
        Self { title: &fix.title, safety: safety.as_str(), edits }
    }
}

#[derive(Serialize)]
struct EditMember {
    start: u32,
    end: u32,
    text: String,
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

fn probability(log_odds: LogOdds, decimals: i32) -> f64 {
    rounded(log_odds.probability(), decimals)
}

/// Few decimals, since the last bits of a logistic function differ between machines and the bytes must not.
pub(crate) fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
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
