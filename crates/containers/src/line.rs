//! Lines of bounded length.

use std::io::{self, BufRead};

/// What stood on the next line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// It is in the buffer, without its line end.
    Whole,
    /// It was longer than the bound, and was passed over up to its line feed.
    TooLong,
    /// There is none.
    End,
}

/// Reads the next line into `buffer`, which is emptied first and never holds more than `most` bytes.
pub(crate) fn read_line(
    input: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    most: usize,
) -> io::Result<Line> {
    buffer.clear();
    let mut line = Line::End;
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            break;
        }
        let end = memchr::memchr(b'\n', available);
        let part = &available[..end.unwrap_or(available.len())];
        if line != Line::TooLong {
            line = Line::Whole;
            if buffer.len() + part.len() > most {
                line = Line::TooLong;
                buffer.clear();
            } else {
                buffer.extend_from_slice(part);
            }
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    if buffer.last() == Some(&b'\r') {
        buffer.pop();
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn a_long_line_is_passed_over_and_the_next_is_read() {
        let text = b"one\r\n\nlonger than that\nfour\nlast one is too long";
        let mut input = BufReader::with_capacity(3, &text[..]);
        let mut buffer = Vec::new();
        let mut next = || {
            let line = read_line(&mut input, &mut buffer, 8).unwrap();
            (line, String::from_utf8(buffer.clone()).unwrap())
        };
        assert_eq!(next(), (Line::Whole, "one".into()));
        assert_eq!(next(), (Line::Whole, String::new()));
        assert_eq!(next(), (Line::TooLong, String::new()));
        assert_eq!(next(), (Line::Whole, "four".into()));
        assert_eq!(next(), (Line::TooLong, String::new()));
        assert_eq!(next(), (Line::End, String::new()));
    }
}
