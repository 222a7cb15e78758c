//! The key under which words that differ only in case are found.

/// The key of the empty text.
pub(crate) const OFFSET: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// The key of a text and one more byte, which is lower-case already.
#[inline]
pub(crate) const fn extend(key: u32, byte: u8) -> u32 {
    (key ^ byte as u32).wrapping_mul(PRIME)
}

/// A 32-bit FNV-1a hash of the lower-cased text, with U+2019 and U+02BC read as `'`.
///
/// Stable across machines and versions of unspin's data files. Lower-casing is Unicode's simple default
/// (`char::to_lowercase`). Source of the hash: Fowler, Noll and Vo, draft-eastlake-fnv.
pub fn fold_key(text: &str) -> u32 {
    let mut hash = OFFSET;
    for (i, byte) in text.bytes().enumerate() {
        if !byte.is_ascii() {
            return fold_unicode(hash, &text[i..]);
        }
        hash = extend(hash, byte.to_ascii_lowercase());
    }
    hash
}

/// [`fold_key`] of ASCII text, for tables of words that the compiler makes.
///
/// # Panics
/// If a byte is not ASCII; at compile time, where the result is a constant.
pub const fn fold_key_of_ascii(text: &str) -> u32 {
    assert!(text.is_ascii(), "this word needs `fold_key`");
    let bytes = text.as_bytes();
    let (mut hash, mut i) = (OFFSET, 0);
    while i < bytes.len() {
        hash = extend(hash, bytes[i].to_ascii_lowercase());
        i += 1;
    }
    hash
}

#[cold]
fn fold_unicode(mut hash: u32, rest: &str) -> u32 {
    let mut utf8 = [0; 4];
    for c in rest.chars().flat_map(char::to_lowercase) {
        let c = if matches!(c, '\u{2019}' | '\u{2bc}') { '\'' } else { c };
        for byte in c.encode_utf8(&mut utf8).bytes() {
            hash = extend(hash, byte);
        }
    }
    hash
}

/// A few words, from which most others are told by their keys alone.
///
/// The compiler makes it: each word sets one of 1,024 bits. What it lets through may still be another word, so that a
/// match is verified on the text.
#[derive(Clone, Copy, Debug)]
pub struct KeyFilter([u64; 16]);

impl KeyFilter {
    /// A filter that lets nothing through.
    pub const EMPTY: Self = Self([0; 16]);

    /// A filter that lets these words through, in any case.
    ///
    /// # Panics
    /// If one is not ASCII; at compile time, where the result is a constant.
    pub const fn of(words: &[&str]) -> Self {
        let (mut filter, mut i) = (Self::EMPTY, 0);
        while i < words.len() {
            filter = filter.with(fold_key_of_ascii(words[i]));
            i += 1;
        }
        filter
    }

    /// The filter that lets the word with this key through besides.
    #[must_use]
    pub const fn with(mut self, key: u32) -> Self {
        self.0[key as usize / 64 % 16] |= 1 << (key % 64);
        self
    }

    /// Whether the word with this key may be among those put in.
    #[inline]
    pub const fn may_hold(&self, key: u32) -> bool {
        self.0[key as usize / 64 % 16] >> (key % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyFilter, fold_key, fold_key_of_ascii};

    #[test]
    fn a_filter_lets_its_words_through_and_few_others() {
        static FILTER: KeyFilter = KeyFilter::of(&["the", "an", "with"]);
        for word in ["the", "An", "WITH"] {
            assert!(FILTER.may_hold(fold_key(word)), "{word}");
        }
        let others = (0..1_000).filter(|i| FILTER.may_hold(fold_key(&format!("w{i}")))).count();
        assert!(others < 20, "{others} of 1,000, expected about 3");
        assert!(!KeyFilter::EMPTY.may_hold(fold_key("the")));
    }

    #[test]
    fn case_and_apostrophes_fold() {
        assert_eq!(fold_key("Cloud"), fold_key("cLOUD"));
        assert_eq!(fold_key("O\u{2019}BRIEN"), fold_key("o'brien"));
        assert_eq!(fold_key("\u{c9}TUDE"), fold_key("\u{e9}tude"));
        assert_ne!(fold_key("cloud"), fold_key("clouds"));
        assert_eq!(fold_key_of_ascii("Cloud"), fold_key("cloud"));
    }
}
