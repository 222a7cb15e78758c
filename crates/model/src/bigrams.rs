//! How often two words stand side by side, as fingerprints with quantised counts.
//!
//! A bucket is one cache line of 32 slots: a question costs one miss, whatever the answer. What does not fit into its
//! bucket is left out, the least telling first, so that no directory is needed and no slot points elsewhere.
//!
//! Section `BIGR`: `u32` number of pairs counted, in hundredths of log10; `u32` number of buckets `b`; `b` times 32
//! `u16` slots, each a fingerprint of 12 bits above a count code of 4; 0 is an empty slot.

use std::hint;

use crate::WordId;
use crate::build::hundredths;
use crate::bytes::{take, take_u32};

/// Tag of the section.
pub(crate) const TAG: [u8; 4] = *b"BIGR";
const SLOTS: usize = 32;
/// Count codes are steps of log10 of this many hundredths, from [`LEAST`].
const STEP: i32 = 32;
/// Hundredths of log10 of the count that code 1 stands for.
const LEAST: i32 = 20;
/// Codes that a pair of the base may be above a new one and still give way to it: texts that somebody adds are nearer to
/// what they will ask about than the base is.
const FAVOUR: u16 = 1;
/// Hundredths of log10 of more pairs than anybody counts: a total beyond it is damage, and sums with it would overflow.
const MOST_TOTAL: i32 = 2_000;

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
        let total =
            i32::try_from(take_u32(&mut rest)?).ok().filter(|&total| total <= MOST_TOTAL)?;
        let buckets = take_u32(&mut rest)?;
        let slots = take(&mut rest, buckets, SLOTS * 2)?;
        Some(Self { total, buckets, slots })
    }

    /// Number of [codes](Self::code).
    pub const CODES: usize = 16;

    /// Hundredths of log10 of how often `second` follows `first`; `None` if that was not seen, or not often enough to
    /// be kept. A pair that is not kept is mistaken for one that is with a probability of about 1 in 150.
    #[inline]
    pub fn log10_count(&self, first: WordId, second: WordId) -> Option<i32> {
        Self::log10_of(self.code(first, second))
    }

    /// Hundredths of log10 of the count that a code stands for; `None` for 0.
    #[inline]
    pub const fn log10_of(code: u8) -> Option<i32> {
        if code > 0 { Some(LEAST + STEP * (code as i32 - 1)) } else { None }
    }

    /// How often `second` follows `first`, as a number below [`CODES`](Self::CODES): for those who work with a table of
    /// them. Whether a pair was seen is as good as random, and a processor cannot foresee it.
    #[inline]
    pub fn code(&self, first: WordId, second: WordId) -> u8 {
        let hash = mix(first, second);
        let at = bucket(hash, self.buckets) * SLOTS * 2;
        let Some(line) =
            self.slots.get(at..).and_then(|slots| slots.first_chunk::<{ SLOTS * 2 }>())
        else {
            return 0;
        };
        let wanted = fingerprint(hash);
        // Without a branch a slot, so that the compiler compares many at once; at most one slot is equal.
        let mut code = 0_u16;
        for slot in line.as_chunks::<2>().0 {
            let slot = u16::from_le_bytes(*slot);
            let equal = u16::from(slot >> 4 == wanted).wrapping_neg();
            code |= slot & equal;
        }
        (code & 15) as u8
    }

    /// Asks memory for what [`log10_count`](Self::log10_count) of this pair will read. The table is larger than a cache, so
    /// that a question waits for memory; questions that are announced a dozen at a time wait together.
    #[inline]
    pub fn fetch(&self, first: WordId, second: WordId) {
        let at = bucket(mix(first, second), self.buckets) * SLOTS * 2;
        hint::black_box(self.slots.get(at).copied());
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
            *free = print << 4 | code_of(pair.log10_count);
            kept += 1;
        }
    }
    (write(log10_total, &mut lines), kept)
}

/// The code of a count given in hundredths of log10.
fn code_of(log10_count: i32) -> u16 {
    ((log10_count - LEAST + STEP / 2).div_euclid(STEP) + 1).clamp(1, 15) as u16
}

fn write(log10_total: i32, lines: &mut [[u16; SLOTS]]) -> Vec<u8> {
    let mut out = (log10_total as u32).to_le_bytes().to_vec();
    out.extend((lines.len() as u32).to_le_bytes());
    for line in lines {
        // Sorted slots compress a little better, and the order says nothing.
        line.sort_unstable();
        out.extend(line.iter().flat_map(|slot| slot.to_le_bytes()));
    }
    out
}

/// How often a pair was counted in texts that are added to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairCount {
    /// The word before.
    pub first: WordId,
    /// The word after.
    pub second: WordId,
    /// How often it was counted.
    pub count: u32,
}

/// What became of pairs that were added to a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairChanges {
    /// Pairs that the table had; the counts were added.
    pub raised: usize,
    /// Pairs that the table had not, and now has.
    pub added: usize,
    /// Of those added, how many took the place of another pair.
    pub displaced: usize,
    /// Pairs that found no room among others counted clearly more often.
    pub left_out: usize,
}

/// The section with `pairs` added to those of `base`. A new pair takes a free slot of its bucket, or else that of the
/// least count, unless that is clearly more than its own; no pair of this call displaces another.
pub(crate) fn add(
    base: &Bigrams<'_>,
    log10_total: i32,
    pairs: &[PairCount],
) -> (Vec<u8>, PairChanges) {
    let (slots, _) = base.slots.as_chunks::<2>();
    let (buckets, _) = slots.as_chunks::<SLOTS>();
    let mut lines: Vec<[u16; SLOTS]> =
        buckets.iter().map(|line| line.map(u16::from_le_bytes)).collect();
    // One bit a slot: what this call wrote stays.
    let mut written = vec![0_u32; lines.len()];
    let mut changes = PairChanges::default();
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable_by_key(|p| (std::cmp::Reverse(p.count), p.first, p.second));
    for pair in pairs {
        let hash = mix(pair.first, pair.second);
        let at = bucket(hash, base.buckets);
        let (Some(line), Some(written)) = (lines.get_mut(at), written.get_mut(at)) else {
            changes.left_out += 1;
            continue;
        };
        let print = fingerprint(hash);
        let (own, slot) = if let Some(held) = line.iter().position(|slot| slot >> 4 == print) {
            changes.raised += 1;
            (line[held] & 15, held)
        } else {
            let open = (0..SLOTS).filter(|i| *written & (1 << i) == 0);
            let least = open.min_by_key(|&i| line[i] & 15);
            let code = code_of(hundredths(f64::from(pair.count)));
            let Some(least) = least.filter(|&i| line[i] & 15 <= code + FAVOUR) else {
                changes.left_out += 1;
                continue;
            };
            changes.added += 1;
            changes.displaced += usize::from(line[least] != 0);
            (0, least)
        };
        let before = match own {
            0 => 0.0,
            code => 10f64.powf(f64::from(LEAST + STEP * (i32::from(code) - 1)) / 100.0),
        };
        // A pair that was counted is never less than it was, whatever rounding does.
        let code = code_of(hundredths(before + f64::from(pair.count))).max(own);
        line[slot] = print << 4 | code;
        *written |= 1 << slot;
    }
    (write(log10_total, &mut lines), changes)
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

    #[test]
    fn added_pairs_are_summed_or_take_the_place_of_the_rarest() {
        let id = |i: usize| WordId::from_index(i).expect("small");
        // One bucket, full: counts of 10^0.2, 10^0.52 and so on to 10^3.08, in turn.
        let held = |i: usize| BigramCount {
            first: id(i),
            second: id(i + 7),
            log10_count: LEAST + STEP * i32::try_from(i % 10).expect("small"),
        };
        let (bytes, kept) = encode(500, &(0..SLOTS).map(held).collect::<Vec<_>>(), 1);
        assert_eq!(kept, SLOTS);
        let base = Bigrams::open(&bytes).expect("well formed");
        let pair = |first, second, count| PairCount { first: id(first), second: id(second), count };
        let news = [pair(9, 16, 1_200), pair(900, 901, 40), pair(902, 903, 2)];
        let (bytes, changes) = add(&base, 510, &news);
        let wanted = PairChanges { raised: 1, added: 2, displaced: 2, left_out: 0 };
        assert_eq!(changes, wanted);
        let table = Bigrams::open(&bytes).expect("well formed");
        assert_eq!(table.log10_total(), 510);
        // 10^3.08 and 1,200 are 2,402, or 10^3.38.
        assert_eq!(table.log10_count(id(9), id(16)), Some(LEAST + STEP * 10));
        assert_eq!(table.log10_count(id(900), id(901)), Some(LEAST + STEP * 4));
        assert_eq!(table.log10_count(id(902), id(903)), Some(LEAST));
        let lost: Vec<usize> =
            (0..SLOTS).filter(|&i| table.log10_count(id(i), id(i + 7)).is_none()).collect();
        assert!(lost.len() == 2 && lost.iter().all(|i| i % 10 == 0), "{lost:?}");
        let mut reversed = news;
        reversed.reverse();
        assert_eq!(add(&base, 510, &reversed).0, bytes, "the order of the pairs says nothing");
    }

    #[test]
    fn a_rare_pair_does_not_displace_common_ones() {
        let id = |i: usize| WordId::from_index(i).expect("small");
        let held = |i: usize| BigramCount {
            first: id(i),
            second: id(i + 7),
            log10_count: LEAST + 2 * STEP,
        };
        let (bytes, _) = encode(500, &(0..SLOTS).map(held).collect::<Vec<_>>(), 1);
        let base = Bigrams::open(&bytes).expect("well formed");
        let rare = PairCount { first: id(900), second: id(901), count: 2 };
        assert_eq!(add(&base, 500, &[rare]).1, PairChanges { left_out: 1, ..Default::default() });
    }
}
