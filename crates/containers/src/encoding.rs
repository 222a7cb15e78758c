//! From the bytes of a format to UTF-8.

use std::io::{BufRead, BufReader, Cursor, Read};

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Error;
use crate::shown::shown_bytes;
use crate::unpack::{CHUNK, Input};

/// Bytes in which an XML declaration has its place.
const HEAD: usize = 512;

/// Whether a format names its encoding in itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declares {
    /// An XML declaration may.
    Xml,
    /// Nothing does but a byte-order mark.
    Nothing,
}

/// The input as UTF-8 without a byte-order mark. What says it is UTF-8, or nothing, is passed on unread, and may not be
/// UTF-8.
pub(crate) fn to_utf8(input: Input<'_>, declares: Declares) -> Result<Input<'_>, Error> {
    let (head, input) = peek(input, HEAD)?;
    let (encoding, mark) = match head.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => (UTF_8, 3),
        [0xff, 0xfe, ..] => (UTF_16LE, 2),
        [0xfe, 0xff, ..] => (UTF_16BE, 2),
        // No format here begins with a NUL, and each begins with a character of ASCII in all but rare cases.
        [first, 0, ..] if *first != 0 => (UTF_16LE, 0),
        [0, second, ..] if *second != 0 => (UTF_16BE, 0),
        head if declares == Declares::Xml => (declared(head)?, 0),
        _ => (UTF_8, 0),
    };
    let mut input = input;
    input.consume(mark);
    if encoding == UTF_8 {
        return Ok(input);
    }
    let decoder = encoding.new_decoder_without_bom_handling();
    let transcoder =
        Transcoder { input, decoder, name: encoding.name(), consumed: mark as u64, done: false };
    Ok(Box::new(BufReader::with_capacity(CHUNK, transcoder)))
}

/// The first bytes of an input, up to `most`, and the input from its start.
pub(crate) fn peek(mut input: Input<'_>, most: usize) -> Result<(Vec<u8>, Input<'_>), Error> {
    let mut head = Vec::new();
    let result = input.by_ref().take(most as u64).read_to_end(&mut head);
    result.map_err(|error| Error::of_io(error, || "at the start".into()))?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(input))))
}

/// What an XML declaration says. One in ASCII cannot speak the truth about UTF-16, so that is read as UTF-8.
fn declared(head: &[u8]) -> Result<&'static Encoding, Error> {
    let Some(label) = label(head) else { return Ok(UTF_8) };
    match Encoding::for_label(label) {
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
        Some(encoding) if encoding != encoding_rs::REPLACEMENT => Ok(encoding),
        _ => Err(Error::Encoding { label: shown_bytes(label) }),
    }
}

fn label(head: &[u8]) -> Option<&[u8]> {
    if !head.starts_with(b"<?xml") {
        return None;
    }
    let declaration = &head[..memchr::memchr(b'>', head)?];
    let name = memchr::memmem::find(declaration, b"encoding")?;
    let rest = declaration[name + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first()?;
    rest.split(|byte| byte == quote).next()
}

/// Reads any encoding as UTF-8, and stops at what is none of it.
struct Transcoder<'r> {
    input: Input<'r>,
    decoder: encoding_rs::Decoder,
    name: &'static str,
    consumed: u64,
    done: bool,
}

impl Read for Transcoder<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        // The buffer is that of the `BufReader` around it, or larger: there is room for a character.
        while !self.done {
            let source = self.input.fill_buf()?;
            let is_last = source.is_empty();
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(source, buffer, is_last);
            self.input.consume(read);
            self.consumed += read as u64;
            match result {
                DecoderResult::Malformed(bad, after) => {
                    // Where they begin, however much of what follows was there to be read.
                    let back = u64::from(bad) + u64::from(after);
                    let place = format!("near byte {}", self.consumed.saturating_sub(back));
                    return Err(Error::NotEncoded { place, encoding: self.name }.into());
                }
                DecoderResult::InputEmpty => self.done = is_last,
                DecoderResult::OutputFull => {}
            }
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], declares: Declares) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        let mut input = to_utf8(Box::new(Cursor::new(bytes.to_vec())), declares)?;
        input.read_to_end(&mut out).map_err(|error| Error::of_io(error, String::new))?;
        Ok(out)
    }

    #[test]
    fn marks_and_declarations_tell_the_encoding() {
        let xml = |bytes: &[u8]| String::from_utf8(read(bytes, Declares::Xml).unwrap()).unwrap();
        assert_eq!(xml(b"\xef\xbb\xbf<a/>"), "<a/>");
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        assert_eq!(xml(&wide("\u{feff}<a>é</a>")), "<a>é</a>");
        assert_eq!(xml(&wide("<a>é😀</a>")), "<a>é😀</a>");
        let latin = b"<?xml version='1.0' encoding = \"ISO-8859-1\"?><a>caf\xe9</a>";
        assert!(xml(latin).ends_with("<a>café</a>"));
        assert!(xml(b"<?xml version='1.0' encoding='utf-16'?><a/>").ends_with("<a/>"));
        assert_eq!(read(b"caf\xe9", Declares::Nothing).unwrap(), b"caf\xe9");
        assert_eq!(read(b"", Declares::Nothing).unwrap(), b"");
    }

    #[test]
    fn unknown_encodings_and_broken_bytes_are_told() {
        let error = read(b"<?xml encoding='x-\x1bklingon'?>", Declares::Xml).unwrap_err();
        let expected = "the encoding `x-\\u{1b}klingon` cannot be read: save the file as UTF-8";
        assert_eq!(error.to_string(), expected);
        let error = read(b"\xff\xfea\0\x00\xd8b\0", Declares::Nothing).unwrap_err();
        assert!(error.to_string().contains("near byte 4: bytes that are not UTF-16LE"), "{error}");
    }
}
