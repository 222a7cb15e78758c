//! How often two words stand side by side, as fingerprints with quantised counts.
//!
//! A bucket is one cache line of 32 slots: a question costs one miss, whatever the answer. What does not fit into its
//! bucket is left out, the least telling first, so that no directory is needed and no slot points elsewhere.
//!
//! Section `BIGR`: `u32` number of pairs counted, in hundredths of log10; `u32` number of buckets `b`; `b` times 32
//! `u16` slots, each a fingerprint of 12 bits above a count code of 4; 0 is an empty slot.

use crate::WordId;
use crate::bytes::{take, take_u32};

/// Tag of the section.
pub(crate) const TAG: [u8; 4] = *b"BIGR";
const SLOTS: usize = 32;
/// Count codes are steps of log10 of this many hundredths, from [`LEAST`].
const STEP: i32 = 32;
/// Hundredths of log10 of the count that code 1 stands for.
const LEAST: i32 = 20;

/// Counts of word pairs.
#[derive(Debug, Clone, Copy)]
pub struct Bigrams<'a> {
    total: i32,
    buckets: u32,
    slots: &'a [u8],
}

impl<'a> Bigrams<'a> {
    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        let total = i32::try_from(take_u32(&mut rest)?).ok()?;
        let buckets = take_u32(&mut rest)?;
        let slots = take(&mut rest, buckets, SLOTS * 2)?;
        Some(Self { total, buckets, slots })
    }

    /// Hundredths of log10 of how often `second` follows `first`; `None` if that was not seen, or not often enough to
    /// be kept. A pair that is not kept is mistaken for one that is with a probability of about 1 in 150.
    #[inline]
    pub fn log10_count(&self, first: WordId, second: WordId) -> Option<i32> {
        let hash = mix(first, second);
        let at = bucket(hash, self.buckets) * SLOTS * 2;
        let line: &[u8; SLOTS * 2] = self.slots.get(at..at + SLOTS * 2)?.try_into().ok()?;
        let wanted = fingerprint(hash);
        // Without a branch a slot, so that the compiler compares many at once; at most one slot is equal.
        let mut code = 0_u16;
        for slot in line.chunks_exact(2) {
            let slot = u16::from_le_bytes([slot[0], slot[1]]);
            let equal = u16::from(slot >> 4 == wanted).wrapping_neg();
            code |= slot & 15 & equal;
        }
        (code > 0).then(|| LEAST + STEP * (i32::from(code) - 1))
    }

    /// Hundredths of log10 of the number of pairs counted.
    pub fn log10_total(&self) -> i32 {
        self.total
    }
}

fn mix(first: WordId, second: WordId) -> u64 {
    let pair = (u64::from(first.code()) << 16) | u64::from(second.code());
    let mut hash = pair.wrapping_add(1);
    hash = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash ^ (hash >> 32)
}

/// The bucket of a hash among `buckets` (Lemire 2019, "Fast random integer generation in an interval").
fn bucket(hash: u64, buckets: u32) -> usize {
    (((hash & 0xFFFF_FFFF) * u64::from(buckets)) >> 32) as usize
}

/// Twelve bits, never 0.
fn fingerprint(hash: u64) -> u16 {
    ((hash >> 48) as u16 & 0xFFF).max(1)
}

/// A pair to be written.
#[derive(Clone, Copy, Debug)]
pub struct BigramCount {
    /// The word before.
    pub first: WordId,
    /// The word after.
    pub second: WordId,
    /// Hundredths of log10 of the count.
    pub log10_count: i32,
}

/// The section for `pairs`, most telling first, in `buckets` cache lines.
pub(crate) fn encode(log10_total: i32, pairs: &[BigramCount], buckets: u32) -> (Vec<u8>, usize) {
    let mut lines = vec![[0_u16; SLOTS]; buckets as usize];
    let mut kept = 0;
    for pair in pairs {
        let hash = mix(pair.first, pair.second);
        let line = &mut lines[bucket(hash, buckets)];
        let print = fingerprint(hash);
        // Of two pairs with one fingerprint the more telling stays.
        if line.iter().any(|slot| slot >> 4 == print) {
            continue;
        }
        if let Some(free) = line.iter_mut().find(|slot| **slot == 0) {
            let code = ((pair.log10_count - LEAST + STEP / 2).div_euclid(STEP) + 1).clamp(1, 15);
            *free = print << 4 | code as u16;
            kept += 1;
        }
    }
    let mut out = (log10_total as u32).to_le_bytes().to_vec();
    out.extend(buckets.to_le_bytes());
    for line in &mut lines {
        // Sorted slots compress a little better, and the order says nothing.
        line.sort_unstable();
        out.extend(line.iter().flat_map(|slot| slot.to_le_bytes()));
    }
    (out, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_pairs_come_back_to_half_a_step_and_few_others() {
        let id = |i: usize| WordId::from_index(i).expect("small");
        let pairs: Vec<BigramCount> = (0..20_000)
            .map(|i| BigramCount {
                first: id(i % 997),
                second: id(i / 7 + 5),
                log10_count: i32::try_from(30 + i % 400).expect("small"),
            })
            .collect();
        let (bytes, kept) = encode(750, &pairs, 1000);
        assert!(kept > 19_000, "{kept}");
        let table = Bigrams::open(&bytes).expect("well formed");
        let right = pairs
            .iter()
            .filter(|p| {
                table
                    .log10_count(p.first, p.second)
                    .is_some_and(|c| (c - p.log10_count).abs() <= STEP / 2 + 1)
            })
            .count();
        assert!(right > 18_500, "{right}");
        let wrong =
            (0..20_000).filter(|&i| table.log10_count(id(i % 991 + 2000), id(i)).is_some()).count();
        assert!(wrong < 200, "{wrong}");
    }
}
