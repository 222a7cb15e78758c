//! The layout of a table, shared by its writer and its reader.
//!
//! All numbers are little-endian. After [`MAGIC`] stand the lengths of the sections in items (one `u32` each), then
//! the sections, back to back, in the order of [`Section`].

/// First bytes of a table; the digit is the format's version.
pub(crate) const MAGIC: [u8; 8] = *b"unspinP3";

/// A part of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Section {
    /// A bit for each hash of an anchor's key: most tokens are refused here.
    Filter,
    /// Open addressing by key: key, first phrase, number of phrases (0 where the slot is empty).
    Slots,
    /// For each phrase the key of the word after its anchor (before it, where the anchor is last); 0 where that is no
    /// word. They lie apart, so that the phrases of a common anchor are refused in a cache line or two.
    Neighbours,
    /// Grouped by anchor; see [`phrase`].
    Phrases,
    /// Words of phrases and conditions: indices into `Words`, or [`WILDCARD`].
    Sequence,
    /// Key, and the folded text as offset and length in `Blob`.
    Words,
    /// Lists of numbers, each after its length: strings of suggestions; conditions as side, first item, items.
    Lists,
    /// Offset and length in `Blob`.
    Strings,
    /// See [`rule`].
    Rules,
    /// UTF-8.
    Blob,
}

/// Size of an item of each section, in bytes.
pub(crate) const ITEM: [usize; 10] = [1, 12, 4, 24, 4, 12, 4, 8, 32, 1];

/// Length of the header in bytes.
pub(crate) const HEADER: usize = MAGIC.len() + 4 * ITEM.len();

/// Stands for any one word in `Sequence`.
pub(crate) const WILDCARD: u32 = u32::MAX;

/// Stands for any one word in `Sequence` that belongs to the gap of the item before it.
pub(crate) const FURTHER: u32 = u32::MAX - 1;

/// Offsets in an item of `Phrases`.
pub(crate) mod phrase {
    /// First item in `Sequence`.
    pub(crate) const FIRST: usize = 0;
    /// Index in `Lists` of the suggestions.
    pub(crate) const SUGGESTIONS: usize = 4;
    /// Index in `Lists` of the conditions.
    pub(crate) const CONDITIONS: usize = 8;
    /// Thousandths of a nat, signed.
    pub(crate) const EVIDENCE: usize = 12;
    /// Index in `Rules`.
    pub(crate) const RULE: usize = 16;
    /// Number of words, one byte, then position of the anchor, one byte.
    pub(crate) const LENGTH: usize = 20;
    pub(crate) const ANCHOR: usize = 21;
    /// Number of the entry among those of its rule, two bytes.
    pub(crate) const ENTRY: usize = 22;
}

/// Offsets in an item of `Rules`; the first five are indices into `Strings`.
pub(crate) mod rule {
    pub(crate) const ID: usize = 0;
    pub(crate) const FAMILY: usize = 4;
    pub(crate) const MESSAGE: usize = 8;
    pub(crate) const NOTE: usize = 12;
    pub(crate) const PAGE: usize = 16;
    /// Millionths.
    pub(crate) const MIN_CONFIDENCE: usize = 20;
    /// One byte each, as are the next three.
    pub(crate) const SEVERITY: usize = 24;
    pub(crate) const SCOPE: usize = 25;
    pub(crate) const SAFETY: usize = 26;
    pub(crate) const KIND: usize = 27;
    /// The number that belongs to the kind; 0 where there is none.
    pub(crate) const LIMIT: usize = 28;
}

/// Where the bit and the slot of a key lie: the product's high bits are its best mixed (Knuth, vol. 3, 6.4).
pub(crate) const fn mix(key: u32) -> u32 {
    key.wrapping_mul(0x9e37_79b1)
}

/// The first `bits` bits of `mixed`.
pub(crate) const fn top(mixed: u32, bits: u32) -> usize {
    if bits == 0 { 0 } else { (mixed >> (32 - bits)) as usize }
}

/// The `u32` at byte offset `at`.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
