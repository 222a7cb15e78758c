//! What a plugin may use.

/// What one call of a plugin may use. Time is fuel: about one unit for a WebAssembly instruction, the same on every
/// machine, so that a plugin that is cut off on one is cut off on all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Fuel of a call, whatever it is given.
    pub fuel: u64,
    /// Fuel for each byte of the document's text, besides.
    pub fuel_per_byte: u64,
    /// Bytes of memory, whatever it is given.
    pub memory: u64,
    /// Bytes of memory for each byte of input, besides.
    pub memory_per_byte: u64,
    /// Bytes of output.
    pub output: u32,
    /// Findings, or explanations, in one output.
    pub findings: u32,
    /// Bytes of the module itself.
    pub module: usize,
}

impl Default for Limits {
    /// Fuel ends an endless loop on an article of 5 kB in about 0.1 s at most; what that took is in `ABI.md`.
    fn default() -> Self {
        Self {
            fuel: 2_000_000,
            fuel_per_byte: 7_000,
            memory: 16 << 20,
            memory_per_byte: 4,
            output: 4 << 20,
            findings: 10_000,
            module: 4 << 20,
        }
    }
}

impl Limits {
    /// Units of fuel for a call on a text of so many bytes.
    pub(crate) fn fuel_for(&self, text: usize) -> u64 {
        self.fuel.saturating_add(self.fuel_per_byte.saturating_mul(text as u64))
    }

    /// Bytes of memory for a call with so many bytes of input.
    pub(crate) fn memory_for(&self, input: usize) -> u64 {
        let bytes = self.memory.saturating_add(self.memory_per_byte.saturating_mul(input as u64));
        bytes.min(u64::from(u32::MAX))
    }
}
