//! Messages over standard input and output, as the base protocol frames them, within bounds.
//!
//! `lsp_server` has this too, but makes room for as many bytes as a header promises, reads a header without end, and
//! quotes the whole of a message that it cannot read, texts of the editor with it, in an error that ends in a log.

use std::io::{self, BufRead, Read as _};
use std::thread::JoinHandle;

use crossbeam_channel::bounded;
use lsp_server::{Connection, Message};

/// Bytes of a message; a text of 64 MiB, escaped, is one.
const MOST: u64 = 256 << 20;
/// Bytes of the headers of one message.
const MOST_HEADER: u64 = 8 << 10;

/// The threads that read and write.
pub(crate) struct Threads {
    reader: JoinHandle<io::Result<()>>,
    writer: JoinHandle<io::Result<()>>,
}

/// A connection over standard input and output.
pub(crate) fn stdio() -> (Connection, Threads) {
    // Neither holds a message, so that a client that reads slowly is waited for.
    let (sender, to_write) = bounded::<Message>(0);
    let (have_read, receiver) = bounded::<Message>(0);
    let writer = std::thread::spawn(move || {
        let mut out = io::stdout().lock();
        to_write.into_iter().try_for_each(|message| message.write(&mut out))
    });
    let reader = std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Some(message) = read(&mut input)? {
            let is_last = matches!(&message, Message::Notification(n) if n.method == "exit");
            if have_read.send(message).is_err() || is_last {
                break;
            }
        }
        Ok(())
    });
    (Connection { sender, receiver }, Threads { reader, writer })
}

impl Threads {
    /// Waits until all is written. The connection must be dropped before.
    ///
    /// # Errors
    /// What reading or writing failed at.
    pub(crate) fn join(self) -> io::Result<()> {
        let failed = || io::Error::other("a thread of the server failed");
        self.reader.join().unwrap_or_else(|_| Err(failed()))?;
        self.writer.join().unwrap_or_else(|_| Err(failed()))
    }

    /// Why reading ended, if it ended at a fault.
    pub(crate) fn fault(self) -> Option<io::Error> {
        if !self.reader.is_finished() {
            return None;
        }
        self.reader.join().ok()?.err()
    }
}

/// The next message; `None` at the end of the input.
///
/// # Errors
/// If the input fails, or is framed so that nobody knows where the next message begins. Nothing of it is quoted.
pub(crate) fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut headers = (&mut *input).take(MOST_HEADER);
    let (mut length, mut line) = (None, Vec::new());
    loop {
        line.clear();
        if headers.read_until(b'\n', &mut line)? == 0 {
            return match headers.limit() {
                MOST_HEADER => Ok(None),
                0 => Err(wrong("the headers of a message are too long")),
                _ => Err(io::ErrorKind::UnexpectedEof.into()),
            };
        }
        let Some(header) = line.strip_suffix(b"\r\n") else {
            return Err(wrong(match headers.limit() {
                0 => "the headers of a message are too long",
                _ => "a header of a message does not end as one",
            }));
        };
        if header.is_empty() {
            break;
        }
        let header = std::str::from_utf8(header).ok().and_then(|header| header.split_once(':'));
        let (name, value) = header.ok_or_else(|| wrong("a header of a message is malformed"))?;
        if name.eq_ignore_ascii_case("Content-Length") {
            let value = value.trim().parse::<u64>();
            length = Some(value.map_err(|_| wrong("the length of a message is no number"))?);
        }
    }
    let length = length.ok_or_else(|| wrong("a message has no length"))?;
    if length > MOST {
        return Err(wrong(&format!("a message of more than {} MiB", MOST >> 20)));
    }
    // Room is made for what comes, not for what was promised.
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let message = serde_json::from_slice(&body);
    message.map(Some).map_err(|_| wrong("a message is not of the protocol"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EXIT: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

    fn said(input: &[u8]) -> String {
        match read(&mut io::Cursor::new(input)) {
            Ok(Some(Message::Notification(n))) => n.method,
            Ok(message) => format!("{message:?}"),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn messages_are_read_one_after_another() {
        let one = format!("Content-Type: x\r\ncontent-length:{}\r\n\r\n{EXIT}", EXIT.len());
        let mut input = io::Cursor::new(one.repeat(2).into_bytes());
        for _ in 0..2 {
            assert!(matches!(read(&mut input), Ok(Some(Message::Notification(_)))));
        }
        assert!(matches!(read(&mut input), Ok(None)));
    }

    #[test]
    fn lengths_that_lie_end_in_an_error_and_take_no_memory() {
        let (more, less) = ((EXIT.len() + 1).to_string(), (EXIT.len() - 1).to_string());
        for (length, wanted) in [
            ("18446744073709551615", "a message of more than 256 MiB"),
            ("99999999999999999999999", "the length of a message is no number"),
            ("-1", "the length of a message is no number"),
            ("0x10", "the length of a message is no number"),
            ("", "the length of a message is no number"),
            ("268435456", "unexpected end of file"),
            (more.as_str(), "unexpected end of file"),
            (less.as_str(), "a message is not of the protocol"),
            ("0", "a message is not of the protocol"),
        ] {
            let input = format!("Content-Length: {length}\r\n\r\n{EXIT}");
            assert_eq!(said(input.as_bytes()), format!("error: {wanted}"), "{length}");
        }
        assert_eq!(said(b"X: y\r\n\r\n{}"), "error: a message has no length");
    }

    #[test]
    fn headers_without_end_are_given_up() {
        let endless = |bytes: &'static [u8]| {
            let mut input = io::BufReader::new(Endless(bytes));
            read(&mut input).expect_err("it has no end").to_string()
        };
        for header in [&b"a"[..], b"a:b\r\n", b"a:\r\n"] {
            assert_eq!(endless(header), "the headers of a message are too long");
        }
        assert_eq!(endless(b"\n"), "a header of a message does not end as one");
        assert_eq!(said(b"Content-Length: 2\r\n"), "error: unexpected end of file");
        assert_eq!(said(b"\xff\xfe\r\n\r\n"), "error: a header of a message is malformed");
    }

    /// The same bytes for ever.
    struct Endless(&'static [u8]);

    impl io::Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = buffer.len() / self.0.len() * self.0.len();
            buffer[..length].chunks_mut(self.0.len()).for_each(|c| c.copy_from_slice(self.0));
            Ok(length)
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_quoted() {
        for body in ["{\"text\": \"s3cr3t\"".to_owned(), format!("{}s3cr3t", "[".repeat(1 << 20))] {
            let input = format!("Content-Length: {}\r\n\r\n{body}", body.len());
            assert_eq!(said(input.as_bytes()), "error: a message is not of the protocol");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_messages_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let framed = format!("Content-Length: {}\r\n\r\n", bytes.len());
            for input in [bytes.clone(), [framed.as_bytes(), &bytes].concat()] {
                let mut input = io::Cursor::new(input);
                while let Ok(Some(_)) = read(&mut input) {}
            }
        }
    }
}
