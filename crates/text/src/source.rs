//! Bytes to text, without ever failing.
//!
//! Offsets into the text must stay offsets into the file, since fixes edit the file. So valid UTF-8 is borrowed as it
//! is (a byte-order mark included), and each invalid byte is masked by one byte. Only UTF-16, where no such text can
//! exist, is decoded into a new string.

use std::borrow::Cow;
use std::fmt;

use crate::Span;

/// U+001A SUBSTITUTE, the control character that stands for one that could not be read; one byte in UTF-8.
const SUBSTITUTE: u8 = 0x1a;

/// The most bytes a document holds, so that offsets fit in a `u32`.
const LIMIT: usize = u32::MAX as usize;

/// How the bytes of a document were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8: spans are offsets into the file.
    Utf8,
    /// UTF-16, little-endian, announced by a byte-order mark: spans are offsets into the decoded text.
    Utf16Le,
    /// UTF-16, big-endian, announced by a byte-order mark: spans are offsets into the decoded text.
    Utf16Be,
}

/// Something wrong with the bytes of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The first place where it occurs, in bytes of the text.
    pub span: Span,
    /// What it is.
    pub kind: FaultKind,
}

impl Fault {
    /// One sentence, lower case, without a final stop.
    pub fn message(&self) -> String {
        self.kind.to_string()
    }
}

/// What can be wrong with the bytes of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Bytes that are not UTF-8, each masked by U+001A.
    InvalidUtf8 {
        /// How many bytes.
        count: u32,
    },
    /// Lone surrogates, or half a unit at the end, each read as U+FFFD.
    InvalidUtf16 {
        /// How many units.
        count: u32,
    },
    /// More than an eighth of the first 4 KiB are NUL bytes: whatever it is, it was not read as its writer meant it.
    NotText,
    /// More than 4 GiB less one byte; the rest is not read.
    TooLarge,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidUtf8 { count: 1 } => f.write_str("1 byte is not valid UTF-8"),
            Self::InvalidUtf8 { count } => write!(f, "{count} bytes are not valid UTF-8"),
            Self::InvalidUtf16 { count: 1 } => f.write_str("1 unit is not valid UTF-16"),
            Self::InvalidUtf16 { count } => write!(f, "{count} units are not valid UTF-16"),
            Self::NotText => {
                f.write_str("it looks like a binary file, or UTF-16 without a byte-order mark")
            }
            Self::TooLarge => f.write_str("the text is longer than 4 GiB and was cut there"),
        }
    }
}

/// The text of `bytes` (the [source](crate::Document::source) of their document), how it was read, and what was wrong
/// with it, in order. Linear.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding, Vec<Fault>) {
    decode_up_to(bytes, LIMIT)
}

fn decode_up_to(bytes: &[u8], limit: usize) -> (Cow<'_, str>, Encoding, Vec<Fault>) {
    match bytes {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, Encoding::Utf16Le, limit),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, Encoding::Utf16Be, limit),
        _ => decode_utf8(bytes, limit),
    }
}

fn decode_utf8(bytes: &[u8], limit: usize) -> (Cow<'_, str>, Encoding, Vec<Fault>) {
    let kept = &bytes[..utf8_cut(bytes, limit)];
    let mut faults = Vec::new();
    let start = &kept[..kept.len().min(4096)];
    let nuls = memchr::memchr_iter(0, start).count();
    if start.len() >= 16 && nuls * 8 > start.len() {
        faults.push(Fault { span: Span::new(0, 0), kind: FaultKind::NotText });
    }
    let text = match std::str::from_utf8(kept) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(mask(kept, &mut faults)),
    };
    if kept.len() < bytes.len() {
        let end = kept.len() as u32;
        faults.push(Fault { span: Span::new(end, end), kind: FaultKind::TooLarge });
    }
    (text, Encoding::Utf8, faults)
}

/// The largest offset up to `limit` that does not part a character of (possibly invalid) UTF-8.
fn utf8_cut(bytes: &[u8], limit: usize) -> usize {
    if bytes.len() <= limit {
        return bytes.len();
    }
    let is_continuation = |at: usize| bytes[at] & 0xc0 == 0x80;
    (limit.saturating_sub(3)..=limit).rev().find(|&at| !is_continuation(at)).unwrap_or(limit)
}

fn mask(bytes: &[u8], faults: &mut Vec<Fault>) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut first = None;
    let mut count = 0_u32;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let bad = chunk.invalid().len() as u32;
        if bad > 0 {
            let start = text.len() as u32;
            first.get_or_insert(Span::new(start, start + bad));
            count += bad;
            text.extend(std::iter::repeat_n(char::from(SUBSTITUTE), bad as usize));
        }
    }
    faults.extend(first.map(|span| Fault { span, kind: FaultKind::InvalidUtf8 { count } }));
    text
}

fn decode_utf16(
    bytes: &[u8],
    encoding: Encoding,
    limit: usize,
) -> (Cow<'_, str>, Encoding, Vec<Fault>) {
    let (pairs, half) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(pair),
        _ => u16::from_le_bytes(pair),
    });
    // Half a unit at the end is as unreadable as a lone surrogate, so it is read as one.
    let units = units.chain((!half.is_empty()).then_some(0xd800));

    let mut text = String::with_capacity(bytes.len().min(limit));
    let mut faults = Vec::new();
    let mut first = None;
    let mut count = 0;
    for unit in char::decode_utf16(units) {
        let is_lone = unit.is_err();
        let c = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
        let start = text.len() as u32;
        if text.len() + c.len_utf8() > limit {
            faults.push(Fault { span: Span::new(start, start), kind: FaultKind::TooLarge });
            break;
        }
        text.push(c);
        if is_lone {
            count += 1;
            first.get_or_insert(Span::new(start, text.len() as u32));
        }
    }
    if let Some(span) = first {
        faults.insert(0, Fault { span, kind: FaultKind::InvalidUtf16 { count } });
    }
    (Cow::Owned(text), encoding, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, unit: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
    }

    #[test]
    fn valid_utf8_is_borrowed_with_its_byte_order_mark() {
        let (text, encoding, faults) = decode("\u{feff}na\u{ef}ve".as_bytes());
        assert!(matches!(text, Cow::Borrowed("\u{feff}na\u{ef}ve")));
        assert_eq!((encoding, faults), (Encoding::Utf8, vec![]));
    }

    #[test]
    fn each_invalid_byte_becomes_one_byte() {
        let bytes = b"caf\xe9 \xf0\x9f\x98 end";
        let (text, _, faults) = decode(bytes);
        assert_eq!(text, "caf\x1a \x1a\x1a\x1a end");
        assert_eq!(text.len(), bytes.len());
        assert_eq!(
            faults,
            [Fault { span: Span::new(3, 4), kind: FaultKind::InvalidUtf8 { count: 4 } }]
        );
        assert_eq!(faults[0].message(), "4 bytes are not valid UTF-8");
    }

    #[test]
    fn utf16_is_decoded_in_both_byte_orders() {
        let le = utf16("h\u{e9} \u{1f600}", u16::to_le_bytes);
        assert_eq!(decode(&le), (Cow::Borrowed("h\u{e9} \u{1f600}"), Encoding::Utf16Le, vec![]));
        let be = utf16("h\u{e9} \u{1f600}", u16::to_be_bytes);
        assert_eq!(decode(&be), (Cow::Borrowed("h\u{e9} \u{1f600}"), Encoding::Utf16Be, vec![]));
    }

    #[test]
    fn lone_surrogates_and_half_units_are_replaced() {
        let (text, _, faults) = decode(b"\xff\xfea\0\x00\xd8b\0c");
        assert_eq!(text, "a\u{fffd}b\u{fffd}");
        assert_eq!(
            faults,
            [Fault { span: Span::new(1, 4), kind: FaultKind::InvalidUtf16 { count: 2 } }]
        );
    }

    #[test]
    fn text_over_the_limit_is_cut_between_characters() {
        let (text, _, faults) = decode_up_to("ab\u{20ac}d".as_bytes(), 4);
        assert_eq!(text, "ab");
        assert_eq!(faults, [Fault { span: Span::new(2, 2), kind: FaultKind::TooLarge }]);
        assert_eq!(decode_up_to(b"abcd", 4).2, []);

        let wide = utf16("ab\u{20ac}d", u16::to_le_bytes);
        let (text, _, faults) = decode_up_to(&wide, 4);
        assert_eq!((text.as_ref(), faults[0].kind), ("ab", FaultKind::TooLarge));
    }
}
