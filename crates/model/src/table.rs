//! A fingerprint table: hash of a key to a 16-bit value, read in place.
//!
//! Buckets lie one after another, a directory gives the first slot of each. Against open
//! addressing this wastes no empty slots (the file is compressed into a crate, and random
//! fingerprints do not compress) and a miss reads one bucket, never a run of them.
//!
//! Layout, all `u32`: number of buckets `b`, number of slots `n`, `b + 1` first slots, `n` slots.
//! A slot holds the 16-bit fingerprint above the 16-bit value.

use crate::bytes::{take, take_u32, u32_at};

/// Mean number of slots a bucket holds. With a fingerprint of 16 bits, a key that is not in the
/// table meets an equal fingerprint with probability 4 / 65,536, about 1 in 16,000.
pub(crate) const MEAN_BUCKET: usize = 4;

/// No bucket is longer: a damaged directory must not turn a look-up into a scan of the file.
const MAX_BUCKET: u32 = 64;

/// See the module's documentation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'a> {
    directory: &'a [u8],
    slots: &'a [u8],
    buckets: u32,
}

impl<'a> Table<'a> {
    /// Takes a table off the front of `rest`; `None` if its counts exceed the bytes there.
    pub(crate) fn take(rest: &mut &'a [u8]) -> Option<Self> {
        let buckets = take_u32(rest)?;
        let slots = take_u32(rest)?;
        let directory = take(rest, buckets.checked_add(1)?, 4)?;
        Some(Self { directory, slots: take(rest, slots, 4)?, buckets })
    }

    /// Number of slots.
    pub(crate) fn len(&self) -> usize {
        self.slots.len() / 4
    }

    /// Values stored under `hash`, false matches included.
    pub(crate) fn values(&self, hash: u64) -> impl Iterator<Item = u16> + use<'a> {
        let fingerprint = fingerprint(hash);
        self.bucket(hash)
            .unwrap_or(&[])
            .chunks_exact(4)
            .filter_map(|slot| u32_at(slot, 0))
            .filter(move |slot| slot >> 16 == fingerprint)
            .map(|slot| (slot & 0xFFFF) as u16)
    }

    fn bucket(&self, hash: u64) -> Option<&'a [u8]> {
        self.slots_of(bucket_of(hash, self.buckets))
    }

    fn slots_of(&self, bucket: u32) -> Option<&'a [u8]> {
        let at = bucket as usize * 4;
        let start = u32_at(self.directory, at)?;
        let end = u32_at(self.directory, at + 4)?.min(start.checked_add(MAX_BUCKET)?);
        self.slots.get(start as usize * 4..end as usize * 4)
    }
}

/// Appends the table of `base` with `pairs` besides to `out`. The number of buckets stays, since a slot does not tell its
/// whole hash, so that buckets grow; what finds its bucket at [`MAX_BUCKET`] is left out. Returns how many were put in.
pub(crate) fn extend(base: &Table<'_>, pairs: &[(u64, u16)], out: &mut Vec<u8>) -> usize {
    let mut added: Vec<(u32, u32)> = pairs
        .iter()
        .map(|&(hash, value)| {
            (bucket_of(hash, base.buckets), fingerprint(hash) << 16 | u32::from(value))
        })
        .collect();
    added.sort_by_key(|&(bucket, slot)| (bucket, slot >> 16));
    let (mut firsts, mut slots, mut put_in) = (Vec::new(), Vec::new(), 0);
    let mut added = added.into_iter().peekable();
    for bucket in 0..base.buckets {
        firsts.push(slots.len() as u32);
        let start = slots.len();
        let (held, _) = base.slots_of(bucket).unwrap_or(&[]).as_chunks::<4>();
        slots.extend(held.iter().map(|slot| u32::from_le_bytes(*slot)));
        while let Some((_, slot)) = added.next_if(|&(b, _)| b == bucket) {
            if slots.len() - start < MAX_BUCKET as usize {
                slots.push(slot);
                put_in += 1;
            }
        }
        // Stable: of two keys with one fingerprint the one that the base had still wins.
        slots[start..].sort_by_key(|slot| slot >> 16);
    }
    firsts.push(slots.len() as u32);
    for number in [base.buckets, slots.len() as u32].into_iter().chain(firsts).chain(slots) {
        out.extend(number.to_le_bytes());
    }
    put_in
}

/// Bucket of a hash: its high half scaled to the number of buckets (Lemire, 2016).
fn bucket_of(hash: u64, buckets: u32) -> u32 {
    (((hash >> 32) * u64::from(buckets)) >> 32) as u32
}

fn fingerprint(hash: u64) -> u32 {
    (hash & 0xFFFF) as u32
}

/// Appends the table of `pairs` to `out`. Pairs of one hash keep their order, so that the first
/// of two colliding keys wins.
pub(crate) fn encode(pairs: &[(u64, u16)], out: &mut Vec<u8>) {
    let buckets = pairs.len().div_ceil(MEAN_BUCKET).max(1) as u32;
    let mut slots: Vec<(u32, u32)> = pairs
        .iter()
        .map(|&(hash, value)| {
            (bucket_of(hash, buckets), fingerprint(hash) << 16 | u32::from(value))
        })
        .collect();
    // By fingerprint alone inside a bucket: a stable sort keeps the order of equal ones.
    slots.sort_by_key(|&(bucket, slot)| (bucket, slot >> 16));
    out.extend(buckets.to_le_bytes());
    out.extend((slots.len() as u32).to_le_bytes());
    let mut at = 0;
    for bucket in 0..=buckets {
        while slots.get(at).is_some_and(|&(b, _)| b < bucket) {
            at += 1;
        }
        out.extend((at as u32).to_le_bytes());
    }
    for (_, slot) in slots {
        out.extend(slot.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::hash_word;

    #[test]
    fn every_stored_pair_is_found_and_few_others_are() {
        let pairs: Vec<(u64, u16)> =
            (0..20_000).map(|i| (hash_word(&format!("in{i}")), (i % 60_000) as u16)).collect();
        let mut bytes = Vec::new();
        encode(&pairs, &mut bytes);
        let table = Table::take(&mut bytes.as_slice()).expect("well formed");
        assert_eq!(table.len(), pairs.len());
        for (hash, value) in pairs {
            assert!(table.values(hash).any(|v| v == value));
        }
        let false_matches = (0..200_000)
            .filter(|i| table.values(hash_word(&format!("out{i}"))).next().is_some())
            .count();
        assert!(false_matches < 40, "{false_matches} of 200,000, expected about 12");
    }

    #[test]
    fn a_table_that_was_extended_holds_old_and_new() {
        let word = |i: u16| (hash_word(&format!("w{i}")), i);
        let (old, new): (Vec<_>, Vec<_>) =
            ((0..4_000).map(word).collect(), (4_000..6_000).map(word).collect());
        let (mut bytes, mut extended) = (Vec::new(), Vec::new());
        encode(&old, &mut bytes);
        let base = Table::take(&mut bytes.as_slice()).expect("well formed");
        assert_eq!(extend(&base, &new, &mut extended), new.len());
        let table = Table::take(&mut extended.as_slice()).expect("well formed");
        assert_eq!(table.len(), 6_000);
        for (hash, value) in old.iter().chain(&new) {
            assert!(table.values(*hash).any(|v| v == *value), "{value}");
        }
        for (hash, value) in &old {
            assert_eq!(table.values(*hash).next(), base.values(*hash).next(), "{value}");
        }
        let mut same = Vec::new();
        extend(&base, &[], &mut same);
        assert_eq!(same, bytes, "nothing added, nothing changed");
    }

    #[test]
    fn an_empty_table_answers_nothing() {
        let mut bytes = Vec::new();
        encode(&[], &mut bytes);
        let table = Table::take(&mut bytes.as_slice()).expect("well formed");
        assert_eq!(table.values(hash_word("x")).next(), None);
    }
}
