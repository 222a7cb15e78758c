//! Which words are known, how common they are in lower case, and which of them are names.
//!
//! Being unknown is a reason to look at a word, never evidence by itself: the sources are mostly
//! older than the news they are asked about.
//!
//! Section `VOCA`: the filter of the commonest words, then a fingerprint table of all; the value holds flags above a
//! quantised probability.

use std::collections::HashMap;

use crate::common_words::{self, CommonWords};
use crate::fold::hash_word;
use crate::table::{self, Table};

/// Tag of the section.
pub(crate) const TAG: [u8; 4] = *b"VOCA";

/// Words in the filter of the commonest; two to a bucket, a fifth finds no room.
const COMMON: usize = 65_536;

/// A hundredth of log10 a step: 4, so that a byte reaches 10^-10.
const STEP: i32 = 4;
/// The code of a word whose frequency no source gives.
const UNCOUNTED: u8 = u8::MAX;

/// Quantises `hundredths` of log10 of a probability (0 or less), to steps of 0.04.
pub(crate) fn quantise(hundredths: Option<i16>) -> u8 {
    hundredths.map_or(UNCOUNTED, |h| {
        ((-i32::from(h) + STEP / 2) / STEP).clamp(0, i32::from(UNCOUNTED) - 1) as u8
    })
}

/// The inverse of [`quantise`].
pub(crate) fn hundredths(code: u8) -> Option<i16> {
    (code != UNCOUNTED).then(|| -i16::from(code) * STEP as i16)
}

/// The same as a sum wants it: a word that nobody counted is as rare as the rarest one counted.
#[inline]
pub(crate) fn hundredths_at_least(code: u8) -> i32 {
    -STEP * i32::from(code.min(UNCOUNTED - 1))
}

/// What the vocabulary knows of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry(u16);

impl Entry {
    const WORD: u16 = 1 << 8;
    const NAME: u16 = 1 << 9;
    const LISTED: u16 = 1 << 10;

    /// An entry with no flags. `log10_hundredths`: hundredths of log10 of the probability of the
    /// word in lower case, a token; kept to steps of 0.04 between 0 and -10.16.
    pub fn new(log10_hundredths: Option<i16>) -> Self {
        Self(u16::from(quantise(log10_hundredths)))
    }

    /// Sets whether the word is used in lower case. See [`Entry::is_word`].
    #[must_use]
    pub fn word(self, yes: bool) -> Self {
        self.with(Self::WORD, yes)
    }

    /// Sets whether the word is a name. See [`Entry::is_name`].
    #[must_use]
    pub fn name(self, yes: bool) -> Self {
        self.with(Self::NAME, yes)
    }

    /// Sets whether a word list holds the word. See [`Entry::is_listed`].
    #[must_use]
    pub fn listed(self, yes: bool) -> Self {
        self.with(Self::LISTED, yes)
    }

    fn with(self, flag: u16, yes: bool) -> Self {
        Self(if yes { self.0 | flag } else { self.0 & !flag })
    }

    /// Known as an ordinary word: dictionaries or running text have it in lower case.
    pub fn is_word(self) -> bool {
        self.0 & Self::WORD != 0
    }

    /// Known as a name: usually capitalised inside sentences, or in a list of names. A word can be
    /// both (*bush*), or neither: then it is only attested in a large vocabulary without cases.
    pub fn is_name(self) -> bool {
        self.0 & Self::NAME != 0
    }

    /// A dictionary or gazetteer holds it, so it is no misspelling that slipped into a corpus.
    pub fn is_listed(self) -> bool {
        self.0 & Self::LISTED != 0
    }

    /// Hundredths of log10 of the probability that a token is this word in lower case; `None` for
    /// a word that is listed but that no source counted.
    pub fn log10_hundredths(self) -> Option<i16> {
        hundredths((self.0 & 0xFF) as u8)
    }
}

/// The known words.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary<'a> {
    common: CommonWords<'a>,
    table: Table<'a>,
}

impl<'a> Vocabulary<'a> {
    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        Some(Self { common: CommonWords::take(&mut rest)?, table: Table::take(&mut rest)? })
    }

    /// Looks up one word, whatever its case. A possessive answers for its owner (*Kremlin's*,
    /// *ministers'*). Hyphenated compounds are mostly not stored: ask for their parts.
    ///
    /// Words are kept as fingerprints: one that is not stored gets a false entry with probability
    /// 1 in 16,000.
    pub fn get(&self, word: &str) -> Option<Entry> {
        self.stored(word).or_else(|| self.stored(owner(word)?))
    }

    /// Whether the word with this key is one of the commonest words or names, and so known. The key is the 32-bit
    /// FNV-1a hash of its folded UTF-8 bytes. Wrong for about 1 uncommon word in 40,000; a common one may be missing.
    pub fn is_common(&self, key: u32) -> bool {
        self.common.holds(key)
    }

    fn stored(&self, word: &str) -> Option<Entry> {
        self.table.values(hash_word(word)).next().map(Entry)
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether it knows no word at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The word before a possessive ending, if it has one.
fn owner(word: &str) -> Option<&str> {
    let apostrophe = ['\'', '\u{2019}'];
    let bare = word.strip_suffix(['s', 'S']).unwrap_or(word);
    bare.strip_suffix(apostrophe).filter(|owner| !owner.is_empty())
}

/// The section for `entries`. Of two words with one fingerprint the first wins. `names` are those of the gazetteer
/// with their weights: some are commoner than most words.
pub(crate) fn encode<'w>(
    entries: impl IntoIterator<Item = (&'w str, Entry)>,
    names: &[(&str, i16)],
) -> Vec<u8> {
    let entries: Vec<(&str, Entry)> = entries.into_iter().collect();
    let weights: HashMap<u64, u8> =
        names.iter().map(|&(name, weight)| (hash_word(name), quantise(Some(weight)))).collect();
    let mut common: Vec<(u8, &str)> = entries
        .iter()
        .map(|&(word, entry)| {
            let as_name = weights.get(&hash_word(word)).copied().unwrap_or(UNCOUNTED);
            (((entry.0 & 0xFF) as u8).min(as_name), word)
        })
        .collect();
    // Ties fall by the word, so that the same words give the same bytes in whatever order they come.
    common.sort_unstable();
    common.truncate(COMMON);
    let mut out = Vec::new();
    common_words::encode(common.into_iter().map(|(_, word)| word), &mut out);
    let pairs: Vec<(u64, u16)> =
        entries.into_iter().map(|(word, entry)| (hash_word(word), entry.0)).collect();
    table::encode(&pairs, &mut out);
    out
}

/// The section of `base` with `words` besides, and how many found room. They are not put into the filter of the
/// commonest words, which has no room: it only saves look-ups.
pub(crate) fn extend(base: &Vocabulary<'_>, words: &[(&str, Entry)]) -> (Vec<u8>, usize) {
    let mut out = base.common.bytes().to_vec();
    let pairs: Vec<(u64, u16)> =
        words.iter().map(|&(word, entry)| (hash_word(word), entry.0)).collect();
    let added = table::extend(&base.table, &pairs, &mut out);
    (out, added)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_survive_to_half_a_step() {
        for h in -1016..=0 {
            let back = hundredths(quantise(Some(h))).expect("counted");
            assert!((back - h).abs() <= 2, "{h} came back as {back}");
        }
        assert_eq!(hundredths(quantise(None)), None);
        assert_eq!(hundredths(quantise(Some(-3000))), Some(-1016));
    }

    #[test]
    fn flags_are_independent() {
        let entry = Entry::new(Some(-400)).word(true).listed(true);
        assert!(entry.is_word() && entry.is_listed() && !entry.is_name());
        assert!(!entry.word(false).is_word());
        assert_eq!(entry.name(true).log10_hundredths(), Some(-400));
    }

    #[test]
    fn a_possessive_answers_for_its_owner() {
        let bytes =
            encode([("kremlin", Entry::new(None).name(true)), ("let's", Entry::new(None))], &[]);
        let vocabulary = Vocabulary::open(&bytes).expect("well formed");
        for word in ["Kremlin's", "kremlin\u{2019}s", "KREMLIN'S", "kremlins'", "kremlin'"] {
            let found = vocabulary.get(word).is_some();
            assert_eq!(found, word != "kremlins'", "{word}");
        }
        assert!(vocabulary.get("let's").is_some());
        assert_eq!(vocabulary.get("let"), None);
        assert_eq!(vocabulary.get("'s"), None);
    }
}
