//! Expressions that rewording puts in place of one word, from the expression to the words it may stand for.
//!
//! *People* becomes *human beings*, *algorithm* a *set of rules*: each word of it may sit well beside the next, and only
//! the whole is out of place. A bucket is one cache line, as in the table of pairs.
//!
//! Section `PHRA`: `u32` number of buckets `b`; `b` times 64 bytes: 12 slots of 5 bytes and 4 bytes zero. A slot is a
//! fingerprint of 16 bits, the `u16` id of the original and the `u8` code of its share; fingerprint 0 is an empty slot.

use crate::bytes::{take, take_u32};
use crate::{Original, WordId};

/// Tag of the section.
pub(crate) const TAG: [u8; 4] = *b"PHRA";
const LINE: usize = 64;
const SLOT: usize = 5;
const SLOTS: usize = 12;

/// Expressions by their words.
#[derive(Debug, Clone, Copy)]
pub struct Phrases<'a> {
    lines: &'a [[u8; LINE]],
}

impl<'a> Phrases<'a> {
    /// Most words of an expression.
    pub const LONGEST: usize = 4;

    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        let buckets = take_u32(&mut rest)?;
        let lines = take(&mut rest, buckets, LINE)?.as_chunks().0;
        Some(Self { lines })
    }

    /// The words that the expression of these words may stand for, at most twelve. Of expressions that are not in the
    /// table, about one in 5,000 is mistaken for one that is.
    #[inline]
    pub fn originals(&self, words: impl Iterator<Item = WordId>) -> impl Iterator<Item = Original> {
        let hash = hash(words);
        let line = self.lines.get(bucket(hash, self.lines.len())).map_or(&[][..], |line| line);
        let wanted = fingerprint(hash).to_le_bytes();
        line.chunks_exact(SLOT).filter(move |slot| slot[..2] == wanted).map(|slot| Original {
            id: WordId::from_code(u16::from_le_bytes([slot[2], slot[3]])),
            log10_share: -2 * i32::from(slot[4]),
        })
    }
}

/// Multiplies and rotates (Bernstein 2005 in spirit; the constants are those of `splitmix64`).
fn hash(words: impl Iterator<Item = WordId>) -> u64 {
    let mut hash = 0x9E37_79B9_7F4A_7C15_u64;
    for word in words {
        hash = (hash ^ u64::from(word.code())).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        hash ^= hash >> 29;
    }
    hash = hash.wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

fn bucket(hash: u64, buckets: usize) -> usize {
    (((hash & 0xFFFF_FFFF) * buckets as u64) >> 32) as usize
}

/// Sixteen bits, never 0.
fn fingerprint(hash: u64) -> u16 {
    ((hash >> 48) as u16).max(1)
}

/// An expression to be written, with a word that it stands for.
#[derive(Clone, Debug)]
pub struct PhraseOriginal {
    /// Two to [`Phrases::LONGEST`] words.
    pub words: Vec<WordId>,
    /// The word that may have stood there.
    pub original: Original,
}

/// The section for `phrases`, the most wanted first, and how many found room.
pub(crate) fn encode(phrases: &[PhraseOriginal]) -> (Vec<u8>, usize) {
    // Two of three slots taken leave at most one expression in twenty without room, the rarest.
    let buckets = (phrases.len() * 3).div_ceil(SLOTS * 2).max(1);
    let mut lines = vec![[0_u8; LINE]; buckets];
    let mut kept = 0;
    for phrase in phrases {
        let hash = hash(phrase.words.iter().copied());
        let line = &mut lines[bucket(hash, buckets)];
        if let Some(slot) =
            line[..SLOT * SLOTS].chunks_exact_mut(SLOT).find(|slot| slot[..2] == [0, 0])
        {
            slot[..2].copy_from_slice(&fingerprint(hash).to_le_bytes());
            slot[2..4].copy_from_slice(&phrase.original.id.code().to_le_bytes());
            slot[4] = (-phrase.original.log10_share / 2).clamp(0, 255) as u8;
            kept += 1;
        }
    }
    let mut out = (buckets as u32).to_le_bytes().to_vec();
    out.extend(lines.iter().flatten());
    (out, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_come_back_with_all_their_originals_and_few_others_do() {
        let id = |i: usize| WordId::from_index(i).expect("small");
        let phrase = |a: usize, b: usize, original: usize| PhraseOriginal {
            words: vec![id(a), id(b)],
            original: Original { id: id(original), log10_share: -40 },
        };
        let phrases: Vec<_> =
            (0..5000).flat_map(|i| [phrase(i, i + 1, 7), phrase(i, i + 1, i)]).collect();
        let (bytes, kept) = encode(&phrases);
        assert!(kept > 9_500, "{kept}");
        let table = Phrases::open(&bytes).expect("well formed");
        let found = |a: usize, b: usize| -> Vec<Original> {
            table.originals([id(a), id(b)].into_iter()).collect()
        };
        let right = phrases
            .iter()
            .filter(|p| found(p.words[0].index(), p.words[1].index()).contains(&p.original));
        assert_eq!(right.count(), kept);
        let wrong = (0..20_000).filter(|&i| !found(i + 1, i).is_empty()).count();
        assert!(wrong < 20, "{wrong}");
    }
}
