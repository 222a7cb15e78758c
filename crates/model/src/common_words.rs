//! The commonest words, as a filter that is asked before anything else.
//!
//! Nine words of ten in running text are common, and a caller that only looks for unknown words wants to be done with
//! them at once: one read from 256 KiB, which stay in the processor's cache, with a key that the tokeniser has computed
//! already. A full look-up hashes the word anew and waits for memory twice.
//!
//! Layout: 65,536 buckets of two 16-bit fingerprints, 0 where there is none. A word whose bucket is full is left out, so
//! a common word may be missing; a word that is not common is taken for one about once in 40,000.

use crate::bytes::take;
use crate::fold::folded;

/// Bits of the key that choose the bucket.
const BUCKET_BITS: u32 = 16;
const SLOTS: usize = 2;

/// See the module's documentation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CommonWords<'a> {
    slots: &'a [u8],
}

impl<'a> CommonWords<'a> {
    /// Takes a filter off the front of `rest`.
    pub(crate) fn take(rest: &mut &'a [u8]) -> Option<Self> {
        Some(Self { slots: take(rest, 1 << BUCKET_BITS, 2 * SLOTS)? })
    }

    /// The filter as it stands in the file.
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.slots
    }

    pub(crate) fn holds(&self, key: u32) -> bool {
        let at = bucket(key) * 2 * SLOTS;
        let Some(&[a, b, c, d]) = self.slots.get(at..at + 2 * SLOTS) else { return false };
        let fingerprint = fingerprint(key);
        u16::from_le_bytes([a, b]) == fingerprint || u16::from_le_bytes([c, d]) == fingerprint
    }
}

/// FNV leaves the bits of short words' keys poorly mixed; this is the 32-bit finaliser of `MurmurHash3` (Appleby, public
/// domain), which maps no two keys to one.
fn mixed(mut key: u32) -> u32 {
    key ^= key >> 16;
    key = key.wrapping_mul(0x85eb_ca6b);
    key ^= key >> 13;
    key = key.wrapping_mul(0xc2b2_ae35);
    key ^ (key >> 16)
}

fn bucket(key: u32) -> usize {
    (mixed(key) >> (u32::BITS - BUCKET_BITS)) as usize
}

/// Never 0, which marks an empty slot.
fn fingerprint(key: u32) -> u16 {
    (mixed(key) & 0xFFFF).max(1) as u16
}

/// 32-bit FNV-1a over the UTF-8 bytes of the folded word (Fowler, Noll, Vo; RFC 9923): the key of unspin's tokens.
fn key(word: &str) -> u32 {
    let mut key = 0x811c_9dc5_u32;
    for c in folded(word) {
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            key = (key ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    key
}

/// Appends the filter of `words` to `out`; earlier ones are placed first.
pub(crate) fn encode<'w>(words: impl IntoIterator<Item = &'w str>, out: &mut Vec<u8>) {
    let mut slots = vec![[0_u16; SLOTS]; 1 << BUCKET_BITS];
    for key in words.into_iter().map(key) {
        if let Some(free) = slots[bucket(key)].iter_mut().find(|slot| **slot == 0) {
            *free = fingerprint(key);
        }
    }
    out.extend(slots.iter().flatten().flat_map(|slot| slot.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of random letters: numbered ones are alike, and FNV makes like keys of them.
    fn random_words(seed: u64, count: usize) -> Vec<String> {
        let mut state = seed;
        let mut letter = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (b'a' + ((state >> 33) % 26) as u8) as char
        };
        (0..count).map(|i| (0..7 + i % 5).map(|_| letter()).collect()).collect()
    }

    #[test]
    fn most_words_put_in_are_held_and_few_others() {
        let words = random_words(1, 65_536);
        let mut bytes = Vec::new();
        encode(words.iter().map(String::as_str), &mut bytes);
        let filter = CommonWords::take(&mut bytes.as_slice()).expect("well formed");
        let held = words.iter().filter(|word| filter.holds(key(word))).count();
        assert!(held > 56_000, "{held} of 65,536");
        let false_ones = random_words(2, 200_000).iter().filter(|w| filter.holds(key(w))).count();
        assert!(false_ones < 15, "{false_ones} of 200,000, expected about 5");
    }

    #[test]
    fn the_key_folds_case_and_apostrophes() {
        assert_eq!(key("O\u{2019}BRIEN"), key("o'brien"));
        assert_eq!(key("a"), 0xe40c_292c, "the published value");
    }
}
