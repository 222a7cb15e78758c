//! An editor's own copy of a text: places in the units that were agreed on, and edits as the protocol has them.
//!
//! It counts by itself, character by character, so that it can disagree with the server.

use serde_json::{Value, json};

/// The unit of a column, by its name in the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Utf8,
    Utf16,
    Utf32,
}

pub(crate) const UNITS: [Unit; 3] = [Unit::Utf8, Unit::Utf16, Unit::Utf32];

impl Unit {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// The place of a byte of a text, which is the start of a character or the end.
    pub(crate) fn place(self, text: &str, byte: usize) -> Value {
        let (mut line, mut column) = (0, 0);
        for (at, c) in text[..byte].char_indices() {
            let ends = c == '\n' || (c == '\r' && !text[at + 1..].starts_with('\n'));
            (line, column) = if ends { (line + 1, 0) } else { (line, column + self.width(c)) };
        }
        json!({ "line": line, "character": column })
    }

    /// The range of some bytes.
    pub(crate) fn range(self, text: &str, start: usize, end: usize) -> Value {
        json!({ "start": self.place(text, start), "end": self.place(text, end) })
    }

    /// The byte of a place that must exist.
    #[track_caller]
    pub(crate) fn byte(self, text: &str, place: &Value) -> usize {
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        ends.into_iter()
            .find(|&at| self.place(text, at) == *place)
            .unwrap_or_else(|| panic!("{place} is no place of {text:?}"))
    }
}

/// Makes edits of a text, which name places of the text as it was; none may touch another.
#[track_caller]
pub(crate) fn edited(text: &str, unit: Unit, edits: &[Value]) -> String {
    let mut spans: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let at = |end: &str| unit.byte(text, &edit["range"][end]);
            (at("start"), at("end"), edit["newText"].as_str().unwrap())
        })
        .collect();
    spans.sort_by_key(|&(start, end, _)| (start, end));
    assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "edits overlap: {edits:?}");
    let mut text = text.to_owned();
    for (start, end, new) in spans.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
