//! A reader that gives out so many bytes and no more, and counts lines.

use std::io::{self, BufRead, Read};

/// The parser collects a whole tag, text or comment before it hands it over. This is what bounds it.
pub(super) struct Metered<R> {
    inner: R,
    left: u64,
    is_spent: bool,
    line: u64,
}

impl<R> Metered<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, left: 0, is_spent: false, line: 1 }
    }

    /// Lets so many more bytes be read.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.left = bytes;
    }

    /// Whether more was asked for than allowed.
    pub(super) fn is_spent(&self) -> bool {
        self.is_spent
    }

    /// The line of the next byte, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            self.is_spent = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        // What is consumed lies in the buffer already, so nothing is read here.
        if let Ok(bytes) = self.inner.fill_buf() {
            self.line += memchr::memchr_iter(b'\n', &bytes[..count]).count() as u64;
        }
        self.left = self.left.saturating_sub(count as u64);
        self.inner.consume(count);
    }
}
