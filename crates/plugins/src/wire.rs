//! The encoding of what goes in and out: little-endian numbers, texts and lists with their lengths before them.
//!
//! What comes out was made by somebody else, so every read is checked and names what it failed on.

use std::fmt::Write as _;

/// Appends a number.
pub(crate) fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Appends a text.
pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_u32(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

/// What is left to read of an output. Errors are sentences without a final stop.
pub(crate) struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    fn take(&mut self, length: usize, what: &str) -> Result<&'b [u8], String> {
        let Some((taken, rest)) = self.0.split_at_checked(length) else {
            return Err(format!("it ends within {what}"));
        };
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], String> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N, what)?);
        Ok(array)
    }

    pub(crate) fn u8(&mut self, what: &str) -> Result<u8, String> {
        self.array::<1>(what).map(|[byte]| byte)
    }

    pub(crate) fn u32(&mut self, what: &str) -> Result<u32, String> {
        self.array(what).map(u32::from_le_bytes)
    }

    pub(crate) fn i32(&mut self, what: &str) -> Result<i32, String> {
        self.array(what).map(i32::from_le_bytes)
    }

    pub(crate) fn i64(&mut self, what: &str) -> Result<i64, String> {
        self.array(what).map(i64::from_le_bytes)
    }

    /// One of a few values by its number.
    pub(crate) fn choice<T: Copy>(&mut self, what: &str, of: &[T]) -> Result<T, String> {
        let number = self.u8(what)?;
        of.get(usize::from(number)).copied().ok_or_else(|| format!("{number} is no {what}"))
    }

    /// How many follow; at most `most`.
    pub(crate) fn count(&mut self, what: &str, most: u32) -> Result<u32, String> {
        let count = self.u32(what)?;
        if count > most {
            return Err(format!("{count} {what}, and {most} are the limit"));
        }
        Ok(count)
    }

    /// A text of at most `most` bytes.
    pub(crate) fn text(&mut self, what: &str, most: usize) -> Result<&'b str, String> {
        let length = self.u32(what)? as usize;
        if length > most && length <= self.0.len() {
            return Err(format!("{what} has {length} bytes, and {most} are the limit"));
        }
        let bytes = self.take(length, what)?;
        std::str::from_utf8(bytes).map_err(|_| format!("{what} is not UTF-8"))
    }

    /// A text of one line or more that is shown to somebody, with nothing in it that a terminal would obey; not empty.
    pub(crate) fn sentence(&mut self, what: &str) -> Result<String, String> {
        let text = self.text(what, 2_000)?;
        if text.trim().is_empty() {
            return Err(format!("{what} is empty"));
        }
        Ok(shown(text))
    }

    /// Checks that nothing is left.
    pub(crate) fn end(&self) -> Result<(), String> {
        match self.0.len() {
            0 => Ok(()),
            left => Err(format!("{left} bytes follow its end")),
        }
    }
}

/// Whether a character changes how what stands around it is shown: controls, separators of lines, and those that turn
/// the direction of writing.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text with such characters written out.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_control(c) {
            let _ = write!(out, "{}", c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Reader, shown};

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(shown("a\x1b[2J\nb\u{202e}c"), "a\\u{1b}[2J\\nb\\u{202e}c");
        assert_eq!(shown("caf\u{e9} \u{201c}so\u{201d}"), "caf\u{e9} \u{201c}so\u{201d}");
    }

    #[test]
    fn an_early_end_names_what_it_cut() {
        let mut reader = Reader::new(&[9, 0, 0, 0, b'a']);
        assert_eq!(reader.text("a message", 100), Err("it ends within a message".into()));
    }
}
