//! How much is read of a file at most.

/// What bounds the memory and the work that a file can take. The defaults are far above any text that is news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one entry's text, of one line, row, tag or stretch of text between tags. At most 1 GiB.
    pub entry: usize,
    /// Bytes of a Word document, which is held whole, since its directory stands at its end.
    pub archive: usize,
    /// Bytes that one part of a Word document unpacks to.
    pub part: u64,
    /// Bytes that a compressed file unpacks to.
    pub unpacked: u64,
    /// How many times its own size a compressed file or part may unpack to, once it is over 16 MiB.
    pub ratio: u64,
    /// Bytes of the window of a Zstandard frame.
    pub window: u64,
    /// Elements inside each other, in XML.
    pub depth: usize,
    /// Columns of a row.
    pub columns: usize,
    /// Records that may be bad from the start before a file is given up.
    pub bad_records: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entry: 64 << 20,
            archive: 256 << 20,
            part: 256 << 20,
            unpacked: 1 << 40,
            ratio: 250,
            window: 128 << 20,
            depth: 256,
            columns: 10_000,
            bad_records: 100,
        }
    }
}

impl Limits {
    /// What a compressed stream may unpack to whatever its own size: short repetitive texts are no bombs.
    pub(crate) const GRACE: u64 = 16 << 20;

    /// These limits, so that offsets fit in a `u32` even where a text is measured only once it is whole.
    pub(crate) fn within_offsets(self) -> Self {
        Self { entry: self.entry.min(1 << 30), ..self }
    }
}
