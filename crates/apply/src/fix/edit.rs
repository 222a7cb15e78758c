//! Edits of a file's bytes, and where they move what they do not touch.

use std::borrow::Cow;

use unspin_lint::Edit;
use unspin_text::Span;

/// Where edits move the places of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// What each edit replaced and what it put there, both sorted and disjoint.
    pairs: Vec<(Span, Span)>,
}

impl Moved {
    /// Where the first byte of something is afterwards; what was replaced begins where its replacement does.
    pub fn start(&self, at: u32) -> u32 {
        let before = self.pairs.partition_point(|(old, _)| old.end <= at);
        match self.pairs.get(before) {
            Some((old, new)) if old.start <= at => new.start,
            _ => self.shifted(before, at),
        }
    }

    /// Where something ends afterwards; what was replaced ends where its replacement does.
    pub fn end(&self, at: u32) -> u32 {
        let before = self.pairs.partition_point(|(old, _)| old.end <= at && old.start < at);
        match self.pairs.get(before) {
            Some((old, new)) if old.start < at => new.end,
            _ => self.shifted(before, at),
        }
    }

    /// Where a stretch of text is afterwards, with all that was put inside it.
    pub fn span(&self, span: Span) -> Span {
        let start = self.start(span.start);
        Span::new(start, self.end(span.end).max(start))
    }

    /// What takes places of the edited text back to those of the text before.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { pairs: self.pairs.iter().map(|&(old, new)| (new, old)).collect() }
    }

    /// A place after the first `before` edits and before the next.
    fn shifted(&self, before: usize, at: u32) -> u32 {
        match before.checked_sub(1).map(|last| self.pairs[last]) {
            Some((old, new)) => new.end + (at - old.end),
            None => at,
        }
    }
}

/// The text with edits made, which are sorted and disjoint, and where its places are then.
pub(super) fn make<'e>(text: &[u8], edits: impl IntoIterator<Item = &'e Edit>) -> (Vec<u8>, Moved) {
    let mut out = Vec::with_capacity(text.len());
    let mut pairs = Vec::new();
    let mut done = 0;
    for Edit { span, text: put } in edits {
        out.extend_from_slice(&text[done..span.start as usize]);
        let start = out.len() as u32;
        out.extend_from_slice(put.as_bytes());
        pairs.push((*span, Span::new(start, out.len() as u32)));
        done = span.end as usize;
    }
    out.extend_from_slice(&text[done..]);
    (out, Moved { pairs })
}

/// How the lines of a file end: as most of them do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    Lf,
    CrLf,
}

impl LineEnd {
    pub(super) fn of(text: &[u8]) -> Self {
        let (mut with, mut without) = (0_usize, 0_usize);
        let mut last = 0;
        for &byte in text {
            if byte == b'\n' {
                if last == b'\r' {
                    with += 1;
                } else {
                    without += 1;
                }
            }
            last = byte;
        }
        if with > without { Self::CrLf } else { Self::Lf }
    }

    /// A replacement with its lines ended so.
    pub(super) fn write(self, text: &str) -> Cow<'_, str> {
        if !text.contains('\n') {
            return Cow::Borrowed(text);
        }
        let plain = text.replace("\r\n", "\n");
        Cow::Owned(match self {
            Self::Lf => plain,
            Self::CrLf => plain.replace('\n', "\r\n"),
        })
    }
}

/// Whether a stretch of bytes may be replaced: it lies in the text, parts neither a character nor a line end, and all of
/// it could be read.
pub(super) fn is_whole(text: &[u8], span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    // A character that is parted is no UTF-8.
    start <= end
        && text.get(start..end).is_some_and(|old| std::str::from_utf8(old).is_ok())
        && !parts(text, start)
        && !parts(text, end)
}

/// Whether a place lies inside a character or between the two bytes of a line end.
fn parts(text: &[u8], at: usize) -> bool {
    let inside = |back: usize| {
        let Some(start) = at.checked_sub(back) else { return false };
        let length = match text[start] {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 1,
        };
        let whole = text.get(start..start + length);
        length > back && whole.is_some_and(|c| std::str::from_utf8(c).is_ok())
    };
    let line_end = at > 0 && text[at - 1] == b'\r' && text.get(at) == Some(&b'\n');
    line_end || (1..=3).any(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.into() }
    }

    #[test]
    fn places_follow_the_edits_and_come_back() {
        let edits = [edit(0, 2, "xyz"), edit(4, 4, "--"), edit(6, 8, "")];
        let (text, moved) = make(b"abcdefghij", &edits);
        assert_eq!(text, b"xyzcd--efij");
        assert_eq!(
            [0, 1, 2, 4, 5, 6, 7, 8, 10].map(|at| moved.start(at)),
            [0, 0, 3, 7, 8, 9, 9, 9, 11]
        );
        assert_eq!([1, 2, 4, 5, 7, 8, 10].map(|at| moved.end(at)), [3, 3, 5, 8, 9, 9, 11]);
        assert_eq!(moved.span(Span::new(2, 6)), Span::new(3, 9));
        let back = moved.inverse();
        assert_eq!(back.span(Span::new(3, 9)), Span::new(2, 6));
        assert_eq!([0, 3, 7, 11].map(|at| back.start(at)), [0, 2, 4, 10]);
    }

    #[test]
    fn lines_end_as_most_do() {
        assert_eq!(LineEnd::of(b"a\r\nb\r\nc\n"), LineEnd::CrLf);
        assert_eq!(LineEnd::of(b"a\r\nb\n"), LineEnd::Lf);
        assert_eq!(LineEnd::CrLf.write("a\nb\r\nc"), "a\r\nb\r\nc");
        assert_eq!(LineEnd::Lf.write("a\r\nb"), "a\nb");
    }

    #[test]
    fn no_character_and_no_line_end_is_parted_and_no_unreadable_byte_replaced() {
        let text = "a\u{e9}\u{20ac}\r\nb".as_bytes();
        let whole: Vec<u32> = (0..=9).filter(|&at| is_whole(text, Span::new(at, at))).collect();
        assert_eq!(whole, [0, 1, 3, 6, 8, 9]);
        assert!(is_whole(text, Span::new(1, 6)) && !is_whole(text, Span::new(2, 6)));
        assert!(!is_whole(text, Span::new(0, 10)));
        // Quotation marks of Windows-1252: beside them is a place, they themselves are not to be touched.
        let old = b"\x93in\x94";
        assert!(is_whole(old, Span::new(1, 3)) && is_whole(old, Span::new(4, 4)));
        assert!(!is_whole(old, Span::new(0, 3)));
    }
}
