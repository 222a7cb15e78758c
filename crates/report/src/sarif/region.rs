//! Stretches of a text, as SARIF has them.

use serde::Serialize;
use unspin_lint::Span;

use super::Text;
use crate::{FileReport, Offsets};

/// Bytes above which a stretch is not shown with its place.
const MOST_SHOWN: u32 = 2_000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region<'a> {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    char_offset: u32,
    char_length: u32,
    /// Only where the text's bytes are those of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_offset: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_length: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text<'a>>,
}

impl<'a> Region<'a> {
    pub(super) fn new(file: &FileReport<'a>, span: Span) -> Self {
        let (start, end) = (file.position(span.start), file.position(span.end));
        let whole = file.offsets() == Offsets::File && file.entry().is_none();
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            char_offset: start.char,
            char_length: end.char - start.char,
            byte_offset: whole.then_some(start.byte),
            byte_length: whole.then_some(end.byte - start.byte),
            snippet: None,
        }
    }

    /// With the text of it, unless that is long.
    pub(super) fn with_snippet(mut self, file: &FileReport<'a>, span: Span) -> Self {
        if span.end.saturating_sub(span.start) <= MOST_SHOWN {
            let text = file.source().get(span.start as usize..span.end as usize);
            self.snippet = text.map(|text| Text { text });
        }
        self
    }
}

/// The sentence around a finding, where it holds more than the finding and is not long.
pub(super) fn context<'a>(
    file: &FileReport<'a>,
    finding: Span,
    sentence: Span,
) -> Option<Region<'a>> {
    let around = sentence.start <= finding.start && finding.end <= sentence.end;
    (around && sentence != finding && sentence.end - sentence.start <= MOST_SHOWN)
        .then(|| Region::new(file, sentence).with_snippet(file, sentence))
}
