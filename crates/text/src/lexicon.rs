//! Word lists that are searched in place.
//!
//! A list is a sorted TSV file in `data/`, embedded as it is: nothing is parsed at start-up, and the file a person edits
//! is the file the program reads. Most words are on no list, so a filter built by the compiler turns them away by their
//! [`fold_key`](crate::fold_key) before any text is compared.

use std::cmp::Ordering;

use crate::key::{OFFSET, extend, fold_key};

/// Bits of the filter; a power of two, so that bits of the key choose one.
const BITS: usize = 1 << 13;

/// A sorted table of lower-case ASCII words, one a row, with further columns after a tab. Rows that start with `#` are
/// its header; since `#` sorts before letters and digits, the search needs no exception for them.
pub(crate) struct Lexicon {
    table: &'static str,
    filter: [u64; BITS / 64],
    /// Where the rows of each first letter begin, after those of none, and where the last end.
    starts: [u32; 28],
}

impl Lexicon {
    pub(crate) const fn new(table: &'static str) -> Self {
        let bytes = table.as_bytes();
        let mut filter = [0; BITS / 64];
        let (mut starts, mut filled) = ([0; 28], 0);
        let mut at = 0;
        while at < bytes.len() {
            while filled < letter(bytes[at]) {
                filled += 1;
                starts[filled] = at as u32;
            }
            let is_header = bytes[at] == b'#';
            let mut key = OFFSET;
            while at < bytes.len() && bytes[at] != b'\t' && bytes[at] != b'\n' {
                key = extend(key, bytes[at]);
                at += 1;
            }
            if !is_header {
                let (first, second) = bits(key);
                filter[first / 64] |= 1 << (first % 64);
                filter[second / 64] |= 1 << (second % 64);
            }
            while at < bytes.len() && bytes[at] != b'\n' {
                at += 1;
            }
            at += 1;
        }
        while filled < 27 {
            filled += 1;
            starts[filled] = bytes.len() as u32;
        }
        Self { table, filter, starts }
    }

    /// Whether the table may have the word with this `fold_key`; of others, hardly any.
    #[inline]
    pub(crate) fn may_have(&self, key: u32) -> bool {
        let (first, second) = bits(key);
        (self.filter[first / 64] >> (first % 64)) & (self.filter[second / 64] >> (second % 64)) & 1
            == 1
    }

    /// The columns after the word, where the table has it in any letter case. `key` is the word's `fold_key`.
    #[inline]
    pub(crate) fn get(&self, key: u32, word: &str) -> Option<&'static str> {
        if self.may_have(key) { self.search(word) } else { None }
    }

    #[inline(never)]
    fn search(&self, word: &str) -> Option<&'static str> {
        let bytes = self.table.as_bytes();
        let first = letter(word.bytes().next()?);
        let (mut low, mut high) = (self.starts[first] as usize, self.starts[first + 1] as usize);
        while low < high {
            let middle = low.midpoint(high);
            let start =
                bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
            let end =
                bytes[middle..high].iter().position(|&b| b == b'\n').map_or(high, |at| middle + at);
            let entry = bytes[start..end].split(|&b| b == b'\t').next().unwrap_or_default();
            match entry.iter().copied().cmp(word.bytes().map(|byte| byte.to_ascii_lowercase())) {
                Ordering::Equal => {
                    return Some(self.table[start + entry.len()..end].trim_start_matches('\t'));
                }
                Ordering::Less => low = end + 1,
                Ordering::Greater => high = start,
            }
        }
        None
    }

    /// [`Lexicon::get`] for a word without a token.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.get(fold_key(word), word).is_some()
    }
}

/// The place of a letter in the alphabet, from 1, in either case; 0 for all else, which is sorted before letters.
const fn letter(byte: u8) -> usize {
    match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => (letter - b'a') as usize + 1,
        _ => 0,
    }
}

/// The two bits of the filter that a key sets: one word in a thousand passes both by chance.
const fn bits(key: u32) -> (usize, usize) {
    (key as usize % BITS, (key >> 16) as usize % BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: [&str; 5] = [
        include_str!("../data/abbreviations.tsv"),
        include_str!("../data/address_tails.tsv"),
        include_str!("../data/elisions.tsv"),
        include_str!("../data/reporting_verbs.tsv"),
        include_str!("../data/sentence_openers.tsv"),
    ];

    #[test]
    fn every_row_is_found_and_no_other_word() {
        for table in TABLES {
            let lexicon = Lexicon::new(table);
            for row in table.lines().filter(|row| !row.starts_with('#')) {
                let (word, columns) = row.split_once('\t').unwrap_or((row, ""));
                assert_eq!(lexicon.get(fold_key(word), word), Some(columns), "{word}");
                assert!(lexicon.has(&word.to_ascii_uppercase()), "{word}");
                assert!(!lexicon.has(&format!("{word}zz")), "{word}");
            }
            assert!(!lexicon.has("zebra") && !lexicon.has("0") && !lexicon.has(""));
        }
    }

    #[test]
    fn tables_are_sorted_lower_case_and_headed() {
        for table in TABLES {
            assert!(
                table.starts_with("# source: ")
                    && table.contains("\n# licence: ")
                    && table.contains("\n# columns: ")
            );
            assert!(table.lines().is_sorted_by(
                |a, b| a.split('\t').next() < b.split('\t').next() || b.starts_with('#')
            ));
            assert!(
                table
                    .lines()
                    .filter(|row| !row.starts_with('#'))
                    .all(|row| *row == row.to_ascii_lowercase())
            );
        }
    }
}
