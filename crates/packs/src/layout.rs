//! The layout of a table, shared by its writer and its reader.
//!
//! All numbers are little-endian. After [`MAGIC`] stand the lengths of the sections in items (one `u32` each), then
//! the sections, back to back, in the order of [`Section`].

use unspin_lint::Safety;

/// Version of the table: a table of another is not read.
pub const FORMAT: u32 = 6;

/// First bytes of a table; the digit is [`FORMAT`].
pub(crate) const MAGIC: [u8; 8] = *b"unspinP6";

/// A part of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Section {
    /// A bit for each hash of an anchor's key: most tokens are refused here.
    Filter,
    /// A bit for each hash of an anchor's key and the key beside it (see `Neighbours`), in the order of the text: of the
    /// tokens that are anchors nearly all are refused here, without a look at the table.
    Pairs,
    /// Open addressing by key: key, first phrase, number of phrases (0 where the slot is empty).
    Slots,
    /// For each phrase the key of the word after its anchor (before it, where the anchor is last); 0 where that is no
    /// word. They lie apart, so that the phrases of a common anchor are refused in a cache line or two.
    Neighbours,
    /// Grouped by anchor; see [`phrase`].
    Phrases,
    /// Those of rules in their order, then one for each context group: patterns that only conditions look for, as if
    /// they were of rules with numbers above those of the rules. See [`entry`].
    Entries,
    /// Grouped by rule; see [`regex`].
    Regexes,
    /// Words of phrases and conditions: indices into `Words`, or [`WILDCARD`].
    Sequence,
    /// Key, and the folded text as offset and length in `Blob`.
    Words,
    /// Lists of numbers, each after its length: strings; conditions as [`condition`], two numbers each.
    Lists,
    /// Offset and length in `Blob`.
    Strings,
    /// See [`rule`].
    Rules,
    /// None, or one; see [`manifest`].
    Manifest,
    /// UTF-8.
    Blob,
}

/// Size of an item of each section, in bytes.
pub(crate) const ITEM: [usize; 14] = [1, 1, 12, 4, 16, 20, 16, 4, 12, 4, 8, 60, 20, 1];

/// Length of the header in bytes.
pub(crate) const HEADER: usize = MAGIC.len() + 4 * ITEM.len();

/// How far fixes may be trusted, as a table numbers it.
pub(crate) const SAFETIES: [Safety; 3] = [Safety::Safe, Safety::Unsafe, Safety::Display];

/// Stands for any one word in `Sequence`.
pub(crate) const WILDCARD: u32 = u32::MAX;

/// Stands for any one word in `Sequence` that belongs to the gap of the item before it.
pub(crate) const FURTHER: u32 = u32::MAX - 1;

/// The empty list: the first.
pub(crate) const EMPTY: u32 = 0;

/// Stands for a number that is absent.
pub(crate) const NONE: u32 = u32::MAX;

/// Offsets in an item of `Phrases`.
pub(crate) mod phrase {
    /// First item in `Sequence`.
    pub(crate) const FIRST: usize = 0;
    /// Index in `Lists` of the suggestions.
    pub(crate) const SUGGESTIONS: usize = 4;
    /// Index in `Entries`.
    pub(crate) const ENTRY: usize = 8;
    /// Number of words, one byte, then position of the anchor, one byte.
    pub(crate) const LENGTH: usize = 12;
    pub(crate) const ANCHOR: usize = 13;
}

/// Offsets in an item of `Entries`.
pub(crate) mod entry {
    /// Index in `Rules`, or beyond them the number of a context group.
    pub(crate) const RULE: usize = 0;
    /// Thousandths of a nat, signed.
    pub(crate) const EVIDENCE: usize = 4;
    /// Index in `Lists` of the conditions.
    pub(crate) const CONDITIONS: usize = 8;
    /// Of a conditional rule: the context group of what it needs; of one about capitals: the string as it is written.
    pub(crate) const OWN: usize = 12;
    /// Place in [`SAFETIES`](super::SAFETIES), one byte.
    pub(crate) const SAFETY: usize = 16;
}

/// Offsets in an item of `Regexes`.
pub(crate) mod regex {
    /// Index in `Strings`.
    pub(crate) const PATTERN: usize = 0;
    /// Index in `Lists` of the suggestions, strings.
    pub(crate) const SUGGESTIONS: usize = 4;
    /// Index in `Lists` of the regexes that it needs, strings.
    pub(crate) const NEEDS: usize = 8;
    /// Index in `Entries`.
    pub(crate) const ENTRY: usize = 12;
}

/// Numbers of the conditions in a list, each before two numbers.
pub(crate) mod condition {
    /// First item and items in `Sequence`.
    pub(crate) const UNLESS_BEFORE: u32 = 0;
    /// Likewise.
    pub(crate) const UNLESS_AFTER: u32 = 1;
    /// A context group.
    pub(crate) const UNLESS: u32 = 2;
    /// 1 for inside, 0 for outside.
    pub(crate) const IN_QUOTES: u32 = 3;
    /// Likewise.
    pub(crate) const IN_HEADINGS: u32 = 4;
    /// A context group, and words.
    pub(crate) const NEAR: u32 = 5;
    /// A context group.
    pub(crate) const DOCUMENT_CONTAINS: u32 = 6;
    /// Likewise.
    pub(crate) const DOCUMENT_LACKS: u32 = 7;
    /// Hundredths, signed.
    pub(crate) const LANGUAGE_MODEL: u32 = 8;
    /// A string.
    pub(crate) const MATCH_CASE: u32 = 9;
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
    /// One byte each, as are the next two.
    pub(crate) const SEVERITY: usize = 24;
    pub(crate) const SCOPE: usize = 25;
    pub(crate) const KIND: usize = 26;
    /// Three numbers that belong to the kind; 0 where there is none.
    pub(crate) const OWN: [usize; 3] = [28, 32, 36];
    /// Index in `Lists` of names that belong to the kind, strings.
    pub(crate) const NAMES: usize = 40;
    /// Index in `Lists` of the conditions of all entries.
    pub(crate) const CONDITIONS: usize = 44;
    /// Its first item in `Entries`, its first in `Regexes`, and how many of those it has.
    pub(crate) const FIRST_ENTRY: usize = 48;
    pub(crate) const FIRST_REGEX: usize = 52;
    pub(crate) const REGEXES: usize = 56;
}

/// Offsets in the item of `Manifest`: indices into `Strings`, the last into `Lists`.
pub(crate) mod manifest {
    pub(crate) const NAME: usize = 0;
    pub(crate) const VERSION: usize = 4;
    pub(crate) const LICENSE: usize = 8;
    pub(crate) const DESCRIPTION: usize = 12;
    pub(crate) const EXTENDS: usize = 16;
}

/// Where the bit and the slot of a key lie: the product's high bits are its best mixed (Knuth, vol. 3, 6.4).
pub(crate) const fn mix(key: u32) -> u32 {
    key.wrapping_mul(0x9e37_79b1)
}

/// [`mix`] of two keys in a row; 0 stands for what is no word.
pub(crate) const fn mix_pair(first: u32, second: u32) -> u32 {
    mix(mix(first).rotate_left(15) ^ second)
}

/// The first `bits` bits of `mixed`.
pub(crate) const fn top(mixed: u32, bits: u32) -> usize {
    if bits == 0 { 0 } else { (mixed >> (32 - bits)) as usize }
}

/// The `u32` at byte offset `at`.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
