//! What a consumer knows a finding by from one run to the next.

use std::collections::HashMap;
use std::hash::Hash;

use sha2::{Digest as _, Sha256};
use unspin_lint::Diagnostic;

use crate::FileReport;

/// Fingerprints that are unique in what they are asked of.
///
/// The second and later of findings that share a fingerprint (the same words in the same surroundings) are told apart by
/// their order alone.
#[derive(Default)]
pub(crate) struct Ordinals<K>(HashMap<K, u32>);

impl<K: Eq + Hash> Ordinals<K> {
    /// How many of `key` there were, this one included.
    pub(crate) fn next(&mut self, key: K) -> u32 {
        let ordinal = self.0.entry(key).or_default();
        *ordinal += 1;
        *ordinal
    }
}

/// A finding's fingerprint within its file, in 32 hexadecimal digits: [`Diagnostic::fingerprint`], with the entry where
/// the file holds several.
pub(crate) fn in_file(file: &FileReport<'_>, found: &Diagnostic) -> String {
    match file.entry() {
        None => found.fingerprint(),
        Some(entry) => hashed(&[entry, &found.fingerprint()]),
    }
}

/// 32 hexadecimal digits that stand for these parts.
pub(crate) fn hashed(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // The length keeps two parts from passing for two others.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let half = hash.finalize().first_chunk::<16>().copied().unwrap_or_default();
    format!("{:032x}", u128::from_be_bytes(half))
}
