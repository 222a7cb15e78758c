//! Findings to bytes, one file a format.
//!
//! A run may see more files than fit in memory, and formatting takes longer than writing. So each file is rendered by
//! itself, by a pure function that any thread may call ([`FileReport::render`]), and one [`Writer`] puts the bytes in
//! order, frames them and counts. Nothing here opens, reads or prints anything but through that writer.
//!
//! Invariant: whatever stands in a path, a text or a message, no output can move a terminal's cursor, reorder its text
//! or hide any of it.

mod advice;
mod catalogue;
mod checkstyle;
mod clip;
mod comparison;
mod concise;
mod excerpt;
mod explanation;
mod github;
mod gitlab;
mod html;
mod identity;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod place;
mod printable;
mod rdjson;
mod rule_info;
mod sarif;
mod scored;
mod text;
mod wording;
mod writer;
mod xml;

use std::borrow::Cow;
use std::cell::OnceCell;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use unspin_lint::{Diagnosis, Diagnostic, Severity, Verdict};
use unspin_text::{Encoding, Position, Positions};

pub use catalogue::{FormatName, Setup, format, formats};
pub use checkstyle::Checkstyle;
pub use comparison::{Compared, ComparisonReport};
pub use concise::Concise;
pub use explanation::LineReport;
pub use github::Github;
pub use gitlab::Gitlab;
pub use html::{Exhibit, Html};
pub use json::{Json, Tool, probability, quoted, rounded};
pub use jsonl::JsonLines;
pub use junit::Junit;
pub use markdown::Markdown;
pub use printable::{printable, printable_lines};
pub use rdjson::{Rdjson, RdjsonLines};
pub use rule_info::RuleInfo;
pub use sarif::Sarif;
pub use scored::Scored;
pub use text::Text;
pub use writer::{Ending, Failure, Rendered, Summary, Writer};

/// A report format. Its methods are pure: they append bytes to `out` and keep nothing.
///
/// Files are rendered by themselves, in any order, and put in order by a [`Writer`], which holds for the format what can
/// only be told at the end.
pub trait Format: Send + Sync {
    /// Opens the report.
    fn begin(&self, _out: &mut Vec<u8>) {}

    /// What stands between two renderings, of files or failures; never beside an empty one.
    fn separator(&self) -> &'static str {
        ""
    }

    /// Renders one file.
    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>);

    /// What of a file is told at the end, in pieces that [`Format::end`] gets back. They stay in memory until then, so
    /// there should be few, whatever the number of findings.
    fn kept(&self, _file: &FileReport<'_>) -> Vec<Vec<u8>> {
        Vec::new()
    }

    /// Bytes of such pieces after which no more of them are held.
    fn most_kept(&self) -> usize {
        usize::MAX
    }

    /// Renders a file that could not be checked, for the stream of errors.
    fn failure(&self, _failure: &Failure, _out: &mut Vec<u8>) {}

    /// Renders a file that could not be checked as a part of the report, among the files.
    fn failed_file(&self, _failure: &Failure, _out: &mut Vec<u8>) {}

    /// Whether somebody reads the report while it grows, so that nothing may wait in a buffer.
    fn is_followed(&self) -> bool {
        false
    }

    /// Closes the report.
    fn end(&self, _ending: &Ending<'_>, _out: &mut Vec<u8>) {}
}

/// One text with everything that is said of it.
#[derive(Debug)]
pub struct FileReport<'a> {
    path: &'a str,
    entry: Option<&'a str>,
    source: &'a str,
    offsets: Offsets,
    model: Option<&'a str>,
    bytes: Option<&'a [u8]>,
    settings: &'a str,
    diagnosis: &'a Diagnosis,
    positions: OnceCell<Positions>,
}

/// What the bytes of a report are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offsets {
    /// The file itself.
    File,
    /// A decoded entry of it, so that no edit of the file can be told.
    Entry,
}

impl Offsets {
    /// What reading bytes of this encoding gives.
    pub fn of(encoding: Encoding) -> Self {
        match encoding {
            Encoding::Utf8 => Self::File,
            Encoding::Utf16Le | Encoding::Utf16Be => Self::Entry,
        }
    }

    /// The name used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Entry => "entry",
        }
    }
}

impl<'a> FileReport<'a> {
    /// The report on a file of this text, the source of the document that the diagnosis speaks of.
    ///
    /// `path` is as given or found.
    pub fn new(path: &'a str, source: &'a str, offsets: Offsets, diagnosis: &'a Diagnosis) -> Self {
        let (entry, model, bytes, settings) = (None, None, None, "");
        let positions = OnceCell::new();
        Self { path, entry, source, offsets, model, bytes, settings, diagnosis, positions }
    }

    /// The report on an entry of a container, by its locator (such as `/body of line 812`).
    #[must_use]
    pub fn with_entry(mut self, entry: Option<&'a str>) -> Self {
        self.entry = entry;
        self
    }

    /// The report on a file that was checked with another model than the run's, by its digest.
    #[must_use]
    pub fn with_model(mut self, digest: Option<&'a str>) -> Self {
        self.model = digest;
        self
    }

    /// The report on a text that was decoded from these bytes: those of the file, or of the entry.
    #[must_use]
    pub fn with_bytes(mut self, bytes: &'a [u8]) -> Self {
        self.bytes = Some(bytes);
        self
    }

    /// The report on a file that was checked under these settings: a `lint.toml` of what is not as usual.
    #[must_use]
    pub fn with_settings(mut self, settings: &'a str) -> Self {
        self.settings = settings;
        self
    }

    /// Renders the file; any thread may do so, in any order.
    pub fn render(&self, format: &dyn Format) -> Rendered {
        let mut bytes = Vec::new();
        format.file(self, &mut bytes);
        Rendered { bytes, kept: format.kept(self), summary: self.summary() }
    }

    /// The path as given or found.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// Which entry of the file, where it holds several.
    pub fn entry(&self) -> Option<&'a str> {
        self.entry
    }

    /// The path and, in parentheses, the entry: what people are shown.
    pub fn name(&self) -> Cow<'a, str> {
        match self.entry {
            None => Cow::Borrowed(self.path),
            Some(entry) => Cow::Owned(format!("{} ({entry})", self.path)),
        }
    }

    /// The [name](Self::name) with the place in the entry that a person finds a diagnostic by, where there is one.
    pub fn name_for(&self, found: &Diagnostic) -> Cow<'a, str> {
        match (self.entry, &found.locator) {
            (Some(entry), Some(locator)) => {
                Cow::Owned(format!("{} ({entry} {locator})", self.path))
            }
            _ => self.name(),
        }
    }

    /// Digest of the model that the file was checked with, where it is not the run's.
    pub fn model(&self) -> Option<&'a str> {
        self.model
    }

    /// The settings that the file was checked under, as a `lint.toml` of what is not as usual; empty where all is.
    pub fn settings(&self) -> &'a str {
        self.settings
    }

    /// SHA-256 of the bytes that the report is on, in hexadecimal digits: those that were read, where they are known,
    /// else the text's in UTF-8.
    pub fn sha256(&self) -> String {
        let bytes = self.bytes.unwrap_or(self.source.as_bytes());
        HEXLOWER.encode(&Sha256::digest(bytes))
    }

    /// The decoded text, markup included, that all spans index.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// What those spans are offsets into.
    pub fn offsets(&self) -> Offsets {
        self.offsets
    }

    /// Lines, code points and UTF-16 units of byte offsets of the source; built at the first call.
    pub fn positions(&self) -> &Positions {
        self.positions.get_or_init(|| Positions::new(self.source))
    }

    /// Where a byte of the source is.
    pub fn position(&self, byte: u32) -> Position {
        self.positions().at(self.source, byte)
    }

    /// The verdict, its windows in bytes of the source; `None` for a settings file.
    pub fn verdict(&self) -> Option<&'a Verdict> {
        self.diagnosis.verdict.as_ref()
    }

    /// The findings by their place in the file, those on the file's bytes or settings included.
    pub fn diagnostics(&self) -> &'a [Diagnostic] {
        &self.diagnosis.diagnostics
    }

    /// What this text adds to the counts of a run.
    pub fn summary(&self) -> Summary {
        let found = self.diagnostics();
        let of = |severity| found.iter().filter(|d| d.severity == severity).count();
        Summary {
            files: 1,
            files_with_findings: usize::from(!found.is_empty()),
            findings: found.len(),
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            infos: of(Severity::Info),
            words: self.verdict().map_or(0, |verdict| verdict.words),
            failures: 0,
        }
    }
}
