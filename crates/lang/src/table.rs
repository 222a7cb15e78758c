//! A sorted TSV searched where it lies.
//!
//! Bisection over line starts needs no parsing, no allocation and no start-up, and the file stays one that a person
//! can read and a diff can show. The compiler notes where each pair of first letters starts, which leaves a look-up a
//! handful of comparisons.

use std::cmp::Ordering;

/// One number for each value of the first byte of a key and one for each of the second, and an end.
const BUCKETS: usize = 32 * 32 + 1;

/// A sorted table: lines of `key TAB value`, in byte order of the key, after header lines that start with `#`.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    text: &'static str,
    /// Byte offset of the first row of each bucket, and of the end of the text.
    starts: &'static [u32; BUCKETS],
}

impl Table {
    /// Lemmas with an inflection that the regular rules get wrong.
    pub const INFLECTIONS: Self = {
        const TEXT: &str = include_str!("../data/inflections.tsv");
        static STARTS: [u32; BUCKETS] = bucket_starts(TEXT);
        Self { text: TEXT, starts: &STARTS }
    };
    /// Words whose lemma the regular rules get wrong.
    pub const LEMMAS: Self = {
        const TEXT: &str = include_str!("../data/lemmas.tsv");
        static STARTS: [u32; BUCKETS] = bucket_starts(TEXT);
        Self { text: TEXT, starts: &STARTS }
    };
    /// Words whose indefinite article the rules get wrong, or that take either.
    pub const ARTICLES: Self = {
        const TEXT: &str = include_str!("../data/articles.tsv");
        static STARTS: [u32; BUCKETS] = bucket_starts(TEXT);
        Self { text: TEXT, starts: &STARTS }
    };
    /// Abbreviations in capitals whose reading (as a word or letter by letter) their spelling does not tell.
    pub const ABBREVIATIONS: Self = {
        const TEXT: &str = include_str!("../data/abbreviations.tsv");
        static STARTS: [u32; BUCKETS] = bucket_starts(TEXT);
        Self { text: TEXT, starts: &STARTS }
    };
    /// The closed word classes.
    pub const FUNCTION_WORDS: Self = {
        const TEXT: &str = include_str!("../data/function_words.tsv");
        static STARTS: [u32; BUCKETS] = bucket_starts(TEXT);
        Self { text: TEXT, starts: &STARTS }
    };

    /// The value of `key`, which is compared without regard to ASCII case.
    pub fn get(self, key: &str) -> Option<&'static str> {
        let bytes = self.text.as_bytes();
        let bucket = bucket(key.as_bytes(), 0);
        let (mut low, mut high) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        // Invariant: `low` and `high` are line starts (or the end), and the row, if any, starts within low..high.
        while low < high {
            let middle = usize::midpoint(low, high);
            let start =
                bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
            let end =
                bytes[middle..high].iter().position(|&b| b == b'\n').map_or(high, |at| middle + at);
            match compare(&bytes[start..end], key.as_bytes()) {
                Ordering::Less => low = (end + 1).min(high),
                Ordering::Greater => high = start,
                Ordering::Equal => return self.text.get(start + key.len() + 1..end),
            }
        }
        None
    }

    /// The rows as (key, value), without the header.
    pub fn rows(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
    }
}

/// The bucket of the key at `at`, by its first two bytes; the buckets are in the order of the keys.
const fn bucket(text: &[u8], at: usize) -> usize {
    const fn rank(text: &[u8], at: usize) -> usize {
        if at >= text.len() {
            return 0;
        }
        match text[at].to_ascii_lowercase() {
            letter @ b'a'..=b'z' => (letter - b'a') as usize + 2,
            byte if byte > b'z' => 28,
            b'\'' => 1,
            _ => 0,
        }
    }
    match rank(text, at) {
        0 => 0,
        first => first * 32 + rank(text, at + 1),
    }
}

/// Where each bucket of the sorted `text` starts. Header lines fall into bucket 0, which no key of a row has.
const fn bucket_starts(text: &str) -> [u32; BUCKETS] {
    let bytes = text.as_bytes();
    let mut starts = [0; BUCKETS];
    let mut filled = 0;
    let mut at = 0;
    while at < bytes.len() {
        let bucket = bucket(bytes, at);
        while filled < bucket {
            filled += 1;
            starts[filled] = at as u32;
        }
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    while filled + 1 < BUCKETS {
        filled += 1;
        starts[filled] = bytes.len() as u32;
    }
    starts
}

/// Orders the key of `line` against `key`; header lines come first.
fn compare(line: &[u8], key: &[u8]) -> Ordering {
    if line.first() == Some(&b'#') {
        return Ordering::Less;
    }
    for (i, wanted) in key.iter().enumerate() {
        match line.get(i) {
            None | Some(b'\t') => return Ordering::Less,
            Some(found) => match found.cmp(&wanted.to_ascii_lowercase()) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
    if matches!(line.get(key.len()), None | Some(b'\t')) {
        Ordering::Equal
    } else {
        Ordering::Greater
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# columns: key, value\na\t0\nape\t1\napes\t2\nbe\t3\nwolf's\t4\n";
    static STARTS: [u32; BUCKETS] = bucket_starts(TEXT);
    const SMALL: Table = Table { text: TEXT, starts: &STARTS };

    #[test]
    fn every_row_is_found_and_nothing_else() {
        for (key, value) in SMALL.rows() {
            assert_eq!(SMALL.get(key), Some(value));
        }
        for absent in
            ["", "ap", "é", "aé", "a ", "apf", "b", "bee", "zebra", "# columns: key, value", "#"]
        {
            assert_eq!(SMALL.get(absent), None, "{absent:?}");
        }
    }

    #[test]
    fn case_is_ignored() {
        assert_eq!(SMALL.get("APES"), Some("2"));
        assert_eq!(SMALL.get("Be"), Some("3"));
    }

    #[test]
    fn the_empty_table_holds_nothing() {
        static NONE: [u32; BUCKETS] = bucket_starts("");
        assert_eq!(Table { text: "", starts: &NONE }.get("be"), None);
    }
}
