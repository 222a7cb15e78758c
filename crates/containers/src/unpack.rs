//! From the bytes of a file to the bytes of its format: decompression within bounds.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use crate::Compression;
use crate::error::Error;
use crate::limits::Limits;
use crate::zstd::ZstdReader;

/// What every format reads from.
pub(crate) type Input<'r> = Box<dyn BufRead + Send + 'r>;

/// Bytes that are asked of a file at once.
pub(crate) const CHUNK: usize = 64 << 10;

/// The unpacked bytes of `reader`; errors of the format of compression travel in the errors of the reader.
pub(crate) fn unpack<'r>(
    reader: impl Read + Send + 'r,
    compression: Option<Compression>,
    limits: &Limits,
) -> Input<'r> {
    let read = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: reader, read: Arc::clone(&read) };
    let packed = BufReader::with_capacity(CHUNK, counted);
    let bound = |reader: Box<dyn Read + Send + 'r>| -> Input<'r> {
        let bounded =
            Bounded { reader, read, written: 0, most: limits.unpacked, ratio: limits.ratio };
        Box::new(BufReader::with_capacity(CHUNK, bounded))
    };
    match compression {
        None => Box::new(packed),
        Some(Compression::Gzip) => bound(Box::new(Gzip(MultiGzDecoder::new(packed)))),
        Some(Compression::Zstd) => bound(Box::new(ZstdReader::new(packed, limits.window))),
    }
}

/// Tells how much of a file has been read, and reads again where a signal came between.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.inner.read(buffer) {
                Ok(count) => {
                    self.read.fetch_add(count as u64, Ordering::Relaxed);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// gzip, with the faults of its data told from those of the reader below.
struct Gzip<R>(MultiGzDecoder<R>);

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidInput
            | io::ErrorKind::InvalidData
            | io::ErrorKind::UnexpectedEof => {
                Error::Damaged { what: "gzip", why: error.to_string() }.into()
            }
            _ => error,
        })
    }
}

/// Stops what unpacks to too much.
struct Bounded<'r> {
    reader: Box<dyn Read + Send + 'r>,
    /// Bytes that went in.
    read: Arc<AtomicU64>,
    /// Bytes that came out.
    written: u64,
    most: u64,
    ratio: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.written += count as u64;
        if self.written > self.most {
            return Err(Error::Unpacked { most: self.most }.into());
        }
        let fair = self.read.load(Ordering::Relaxed).saturating_mul(self.ratio);
        if self.written > fair.max(Limits::GRACE) {
            return Err(Error::Ratio { most: self.ratio }.into());
        }
        Ok(count)
    }
}
