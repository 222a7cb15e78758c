//! Byte offsets to lines, code points and UTF-16 units, and back.
//!
//! A line may be the whole of a large file, so no answer may walk a line. Line starts are found by binary search, and
//! code points are counted from the nearest of the checkpoints, which lie [`STRIDE`] bytes apart. Both counts only need
//! the bytes: each code point has one byte that is not `0b10xx_xxxx`, and the two-unit ones start at `0xf0` or above.

use crate::Span;

/// Bytes from one checkpoint to the next.
const STRIDE: usize = 256;

/// One place in a text, in every unit that somebody outside asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Bytes before it.
    pub byte: u32,
    /// Code points before it.
    pub char: u32,
    /// UTF-16 units before it.
    pub utf16: u32,
    /// Its line, from 1. Lines end at `\n`, `\r\n` or a lone `\r`.
    pub line: u32,
    /// Its column, from 1, in code points.
    pub column: u32,
}

/// Code points and UTF-16 units that start before a byte offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    char: u32,
    utf16: u32,
}

impl Count {
    fn add(&mut self, byte: u8) {
        self.char += u32::from(byte & 0xc0 != 0x80);
        self.utf16 += u32::from(byte & 0xc0 != 0x80) + u32::from(byte >= 0xf0);
    }
}

/// The table that answers where a byte offset of one text lies, and which byte lies there.
///
/// All methods that take `text` want the text that the table was made for.
#[derive(Clone, Debug)]
pub struct Positions {
    /// Offset of the first byte of each line; never empty.
    line_starts: Vec<u32>,
    /// For each line, the bytes of its terminator: 0 at the end of the text, 1 or 2.
    terminators: Vec<u8>,
    /// Counts before each multiple of [`STRIDE`]; empty for ASCII, where all units are bytes.
    checkpoints: Vec<Count>,
    len: u32,
}

impl Positions {
    /// Reads the lines of `text`, and its checkpoints unless it is ASCII. Linear.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut line_starts = vec![0];
        let mut terminators = Vec::new();
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            match bytes[at] {
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => continue,
                b'\n' if at > 0 && bytes[at - 1] == b'\r' => terminators.push(2),
                _ => terminators.push(1),
            }
            line_starts.push(at as u32 + 1);
        }
        terminators.push(0);

        let mut checkpoints = Vec::new();
        if !text.is_ascii() {
            let mut count = Count::default();
            for block in bytes.chunks(STRIDE) {
                checkpoints.push(count);
                for &byte in block {
                    count.add(byte);
                }
            }
        }
        Self { line_starts, terminators, checkpoints, len: text.len() as u32 }
    }

    /// How many lines there are, at least 1.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }

    /// The place of a byte offset. O(log n). An offset inside a character is moved back to its start, one past the end
    /// to the end.
    pub fn at(&self, text: &str, byte: u32) -> Position {
        let mut byte = byte.min(self.len);
        while !text.is_char_boundary(byte as usize) {
            byte -= 1;
        }
        let line = self.line_starts.partition_point(|&start| start <= byte);
        let count = self.count(text, byte);
        let line_count = self.count(text, self.line_starts[line - 1]);
        let column = count.char - line_count.char + 1;
        Position { byte, char: count.char, utf16: count.utf16, line: line as u32, column }
    }

    /// The byte offset of the `char`-th code point, from 0; the end of the text counts as one. O(log n).
    pub fn byte_of_char(&self, text: &str, char: u32) -> Option<u32> {
        self.find(text, char, |count| count.char)
    }

    /// The byte offset of the `utf16`-th UTF-16 unit, from 0; `None` past the end or inside a surrogate pair. O(log n).
    pub fn byte_of_utf16(&self, text: &str, utf16: u32) -> Option<u32> {
        self.find(text, utf16, |count| count.utf16)
    }

    /// The byte offset of a line and a column, both from 1, the column in code points. A column may stand in or right
    /// before the line's terminator, not past it. O(log n).
    pub fn byte_of_line_column(&self, text: &str, line: u32, column: u32) -> Option<u32> {
        let index = line.checked_sub(1)? as usize;
        let start = *self.line_starts.get(index)?;
        let char = self.count(text, start).char.checked_add(column.checked_sub(1)?)?;
        let byte = self.byte_of_char(text, char)?;
        self.line_starts.get(index + 1).is_none_or(|&next| byte < next).then_some(byte)
    }

    /// The bytes of a line, from 1, without its terminator.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let index = line.checked_sub(1)? as usize;
        let start = *self.line_starts.get(index)?;
        let end = self.line_starts.get(index + 1).map_or(self.len, |&next| next);
        Some(Span::new(start, end - u32::from(self.terminators[index])))
    }

    fn count(&self, text: &str, byte: u32) -> Count {
        if self.checkpoints.is_empty() {
            return Count { char: byte, utf16: byte };
        }
        // The end of a text of n * STRIDE bytes has no checkpoint of its own.
        let index = (byte as usize / STRIDE).min(self.checkpoints.len() - 1);
        let mut count = self.checkpoints[index];
        text.as_bytes()[index * STRIDE..byte as usize].iter().for_each(|&byte| count.add(byte));
        count
    }

    fn find(&self, text: &str, wanted: u32, unit: impl Fn(Count) -> u32) -> Option<u32> {
        if self.checkpoints.is_empty() {
            return (wanted <= self.len).then_some(wanted);
        }
        let index =
            self.checkpoints.partition_point(|&count| unit(count) <= wanted).saturating_sub(1);
        let mut count = self.checkpoints[index];
        let mut byte = index * STRIDE;
        for &next in &text.as_bytes()[byte..] {
            // A checkpoint inside a character has counted it already, so only a boundary can be the answer.
            if unit(count) >= wanted && text.is_char_boundary(byte) {
                break;
            }
            count.add(next);
            byte += 1;
        }
        (unit(count) == wanted).then_some(byte as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = "a\nb\r\nc\rd";
        let positions = Positions::new(text);
        let spans: Vec<_> =
            (1..=4).map(|line| &text[positions.line_span(line).unwrap().range()]).collect();
        assert_eq!(spans, ["a", "b", "c", "d"]);
        assert_eq!((positions.line_span(0), positions.line_span(5)), (None, None));
        assert_eq!(positions.line_count(), 4);
        // Between `\r` and `\n` is still the line that they end.
        assert_eq!((positions.at(text, 4).line, positions.at(text, 4).column), (2, 3));
    }

    #[test]
    fn units_differ_after_characters_outside_ascii() {
        let text = "\u{e9}\n\u{1f600}x";
        let position = Positions::new(text).at(text, 7);
        assert_eq!(position, Position { byte: 7, char: 3, utf16: 4, line: 2, column: 2 });
        assert_eq!(
            Positions::new(text).at(text, 5).byte,
            3,
            "moved back to the start of the character"
        );
    }

    #[test]
    fn a_place_that_does_not_exist_is_none() {
        let text = "\u{1f600}\nab";
        let positions = Positions::new(text);
        assert_eq!(positions.byte_of_utf16(text, 1), None, "inside a surrogate pair");
        assert_eq!(positions.byte_of_char(text, 4), Some(7));
        assert_eq!(positions.byte_of_char(text, 5), None);
        assert_eq!(
            positions.byte_of_line_column(text, 1, 2),
            Some(4),
            "right before the terminator"
        );
        assert_eq!(positions.byte_of_line_column(text, 1, 3), None, "on the next line");
        assert_eq!(positions.byte_of_line_column(text, 2, 3), Some(7));
        assert_eq!(positions.byte_of_line_column(text, 0, 1), None);
        assert_eq!(positions.byte_of_line_column(text, 2, 0), None);
        assert_eq!(Positions::new("ab").byte_of_char("ab", 3), None);
    }

    #[test]
    fn checkpoints_inside_characters_count_right() {
        // Three bytes each: every checkpoint but each third falls inside one.
        let text = "\u{20ac}".repeat(1000);
        let positions = Positions::new(&text);
        for char in 0..=1000 {
            assert_eq!(positions.byte_of_char(&text, char), Some(char * 3));
            assert_eq!(positions.byte_of_utf16(&text, char), Some(char * 3));
            assert_eq!(positions.at(&text, char * 3).char, char);
        }
    }
}
