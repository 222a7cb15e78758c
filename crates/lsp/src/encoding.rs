//! Places: bytes inside, lines and columns in the client's units outside.

use gen_lsp_types::{Position, PositionEncodingKind, Range};
use unspin_text::{Positions, Span};

/// The unit of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what every client knows.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The first that is known of those that a client offers, which it puts in the order that it likes.
    pub(crate) fn negotiated(offered: &[PositionEncodingKind]) -> Self {
        let known = |kind: &PositionEncodingKind| match kind {
            PositionEncodingKind::UTF8 => Some(Self::Utf8),
            PositionEncodingKind::UTF16 => Some(Self::Utf16),
            PositionEncodingKind::UTF32 => Some(Self::Utf32),
            PositionEncodingKind::Custom(_) => None,
        };
        offered.iter().find_map(known).unwrap_or_default()
    }

    /// What the client is told.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// A text with the table of its lines.
#[derive(Clone, Copy)]
pub(crate) struct Places<'t> {
    pub(crate) text: &'t str,
    pub(crate) positions: &'t Positions,
    pub(crate) encoding: Encoding,
}

impl Places<'_> {
    /// The place of a byte. O(log n).
    pub(crate) fn position(&self, byte: u32) -> Position {
        let here = self.positions.at(self.text, byte);
        let character = match self.encoding {
            Encoding::Utf32 => here.column - 1,
            unit => {
                let start = self.positions.line_span(here.line).map_or(0, |line| line.start);
                if unit == Encoding::Utf8 {
                    here.byte - start
                } else {
                    here.utf16 - self.positions.at(self.text, start).utf16
                }
            }
        };
        Position { line: here.line - 1, character }
    }

    /// The place of a span.
    pub(crate) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The byte of a place. A column beyond the end of its line is that end, one inside a character its start, and a line
    /// beyond the end of the text is that end: so the protocol has it. O(log n).
    pub(crate) fn byte(&self, place: Position) -> u32 {
        let Some(line) = place.line.checked_add(1).and_then(|l| self.positions.line_span(l)) else {
            return self.text.len() as u32;
        };
        let in_line = |byte: u32| self.positions.at(self.text, byte.min(line.end)).byte;
        match self.encoding {
            Encoding::Utf8 => in_line(line.start.saturating_add(place.character)),
            Encoding::Utf16 => {
                let start = self.positions.at(self.text, line.start).utf16;
                let wanted = start.saturating_add(place.character);
                let found = self.positions.byte_of_utf16(self.text, wanted).or_else(|| {
                    // Inside a surrogate pair.
                    self.positions.byte_of_utf16(self.text, wanted.saturating_sub(1))
                });
                in_line(found.unwrap_or(line.end))
            }
            Encoding::Utf32 => {
                let start = self.positions.at(self.text, line.start).char;
                let wanted = start.saturating_add(place.character);
                in_line(self.positions.byte_of_char(self.text, wanted).unwrap_or(line.end))
            }
        }
    }

    /// The bytes of a range; one whose end comes before its start is empty.
    pub(crate) fn span(&self, range: Range) -> Span {
        let start = self.byte(range.start);
        Span::new(start, self.byte(range.end).max(start))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_are_counted_in_the_unit_that_was_agreed_on() {
        let text = "caf\u{e9} \u{1f6a2}x\r\ne\u{301}y";
        let positions = Positions::new(text);
        let x = text.find('x').expect("there") as u32;
        let y = text.find('y').expect("there") as u32;
        for (encoding, x_column, y_column) in
            [(Encoding::Utf8, 10, 3), (Encoding::Utf16, 7, 2), (Encoding::Utf32, 6, 2)]
        {
            let places = Places { text, positions: &positions, encoding };
            assert_eq!(places.position(x), at(0, x_column), "{encoding:?}");
            assert_eq!(places.position(y), at(1, y_column), "{encoding:?}");
            assert_eq!(places.byte(at(0, x_column)), x, "{encoding:?}");
        }
    }

    #[test]
    fn places_that_do_not_exist_are_the_nearest_that_do() {
        let text = "\u{1f6a2}a\r\nb";
        let positions = Positions::new(text);
        for encoding in ENCODINGS {
            let places = Places { text, positions: &positions, encoding };
            assert_eq!(places.byte(at(0, 99)), 5, "the end of the line, before its mark");
            assert_eq!(places.byte(at(9, 0)), text.len() as u32);
            assert_eq!(places.byte(at(u32::MAX, u32::MAX)), text.len() as u32);
        }
        let utf16 = Places { text, positions: &positions, encoding: Encoding::Utf16 };
        assert_eq!(utf16.byte(at(0, 1)), 0, "inside a surrogate pair");
        let utf8 = Places { text, positions: &positions, encoding: Encoding::Utf8 };
        assert_eq!(utf8.byte(at(0, 2)), 0, "inside a character");
    }

    #[test]
    fn the_first_known_offer_is_taken() {
        use PositionEncodingKind as Kind;
        let offers = [Kind::Custom("utf-7".into()), Kind::UTF32, Kind::UTF8];
        assert_eq!(Encoding::negotiated(&offers), Encoding::Utf32);
        assert_eq!(Encoding::negotiated(&[]), Encoding::Utf16);
    }

    proptest! {
        #[test]
        fn every_character_is_found_again(text in "[a\u{e9}\u{1f6a2}e\u{301}\r\n ]{0,40}") {
            let positions = Positions::new(&text);
            for encoding in ENCODINGS {
                let places = Places { text: &text, positions: &positions, encoding };
                for (byte, c) in text.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                    prop_assert_eq!(places.byte(places.position(byte as u32)), byte as u32, "{}", c);
                }
            }
        }
    }
}
