//! What a text is after changes, worked out plainly: line by line and character by character.

/// A line and a column, from 0.
pub(super) type Place = (u32, u32);
pub(super) type Range = (Place, Place);

/// What a column counts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn units(self, c: char) -> u32 {
        match self {
            Self::Utf8 => c.len_utf8() as u32,
            Self::Utf16 => c.len_utf16() as u32,
            Self::Utf32 => 1,
        }
    }
}

/// Makes a change; one whose end lies before its start goes in at its start.
pub(super) fn change(text: &mut String, encoding: Encoding, range: Option<Range>, by: &str) {
    let Some((start, end)) = range else {
        by.clone_into(text);
        return;
    };
    let start = byte(text, encoding, start);
    let end = byte(text, encoding, end).max(start);
    text.replace_range(start..end, by);
}

/// The byte of a place: beyond a line its end, inside a character its start, beyond the text its end.
fn byte(text: &str, encoding: Encoding, (line, column): Place) -> usize {
    let mut start = 0;
    for _ in 0..line {
        let Some(next) = line_after(text, start) else { return text.len() };
        start = next;
    }
    let mut seen = 0;
    for (at, c) in text[start..].char_indices() {
        let units = encoding.units(c);
        if matches!(c, '\n' | '\r') || seen + units > column {
            return start + at;
        }
        seen += units;
    }
    text.len()
}

/// Where the line after the one that begins here begins.
fn line_after(text: &str, start: usize) -> Option<usize> {
    let at = start + text[start..].find(['\n', '\r'])?;
    Some(if text[at..].starts_with("\r\n") { at + 2 } else { at + 1 })
}
