//! Zstandard, frame after frame.

use std::error::Error as _;
use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::error::Error;

/// Reads all frames of a file and passes over those that are to be skipped. Holds one window and one block.
pub(crate) struct ZstdReader<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> ZstdReader<R> {
    /// `window` is the most bytes that a frame may have kept at hand.
    pub(crate) fn new(source: R, window: u64) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(window);
        Self { source, decoder, in_frame: false }
    }

    fn start_frame(&mut self) -> io::Result<()> {
        let Err(error) = self.decoder.reset(&mut self.source) else {
            self.in_frame = true;
            return Ok(());
        };
        let Some(length) = skipped(&error) else { return Err(damaged(&error)) };
        io::copy(&mut (&mut self.source).take(length), &mut io::sink())?;
        Ok(())
    }

    fn end_frame(&mut self) -> io::Result<()> {
        self.in_frame = false;
        let told = self.decoder.get_checksum_from_data();
        if told.is_some() && told != self.decoder.get_calculated_checksum() {
            let why = "its checksum is another".to_owned();
            return Err(Error::Damaged { what: "Zstandard", why }.into());
        }
        Ok(())
    }
}

impl<R: BufRead> Read for ZstdReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.in_frame {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.start_frame()?;
                continue;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                let result = self.decoder.decode_blocks(&mut self.source, one);
                result.map_err(|error| damaged(&error))?;
            }
            let count = self.decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.end_frame()?;
        }
    }
}

/// How many bytes to pass over, if that is what the error says.
fn skipped(error: &FrameDecoderError) -> Option<u64> {
    let FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. }) =
        error
    else {
        return None;
    };
    Some(u64::from(*length))
}

fn damaged(error: &FrameDecoderError) -> io::Error {
    // A fault of the reader below stands at the end of the chain.
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<io::Error>()
            && !matches!(io.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::Other)
        {
            return io::Error::new(io.kind(), io.to_string());
        }
        cause = error.source();
    }
    if let FrameDecoderError::WindowSizeTooBig { requested, max } = error {
        return Error::Window { wanted: *requested, most: *max }.into();
    }
    let why = "it is cut off or not Zstandard".to_owned();
    Error::Damaged { what: "Zstandard", why }.into()
}
