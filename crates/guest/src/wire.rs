//! The encoding of what goes in and out: little-endian numbers, texts and lists with their lengths before them.

/// Appends a number.
pub(crate) fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Appends a text.
pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_u32(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

/// The bytes of a number as a number.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut four = [0; 4];
    four.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(four)
}

/// What is left to read of an input.
///
/// # Panics
/// Every method does where the input ends early or is not what it must be: the host keeps to the interface.
pub(crate) struct Reader<'b>(pub(crate) &'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) fn take(&mut self, length: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    pub(crate) fn u8(&mut self) -> u8 {
        self.take(1)[0]
    }

    pub(crate) fn u32(&mut self) -> u32 {
        u32_at(self.take(4), 0)
    }

    pub(crate) fn i64(&mut self) -> i64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(self.take(8));
        i64::from_le_bytes(bytes)
    }

    pub(crate) fn text(&mut self) -> &'b str {
        let length = self.u32() as usize;
        std::str::from_utf8(self.take(length)).expect("the host writes UTF-8")
    }
}
