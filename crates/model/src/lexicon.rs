//! The words that statistics are kept of: numbered, with their spelling and frequency.
//!
//! Every other table of the model speaks of words by these numbers, so that a document pays for hashing once a token.
//! Words are numbered by their key, which makes the sorted keys the index: a directory of the high bits leaves some
//! four keys to compare.
//!
//! Section `LEXI`: `u32` number of words `n`; `2^14 + 1` times `u16` first word of each directory entry; `n` times
//! `u32` key, ascending; `n` times `u8` frequency code; `n` times `u8` flags; `n` times `u8` length of the spelling;
//! one `u32` a block of 64 words, where its spellings start; the spellings.

use crate::bytes::{take, take_u32, u32_at};
use crate::vocabulary::{hundredths_at_least, quantise};

/// Tag of the section.
pub(crate) const TAG: [u8; 4] = *b"LEXI";
const DIRECTORY_BITS: u32 = 14;
const BLOCK: usize = 64;

/// Number of a word, or of a class of tokens that the lexicon does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(u16);

impl WordId {
    /// A word that the lexicon does not hold.
    pub const UNKNOWN: Self = Self(0);
    /// A number.
    pub const NUMBER: Self = Self(1);
    /// A capitalised word that the lexicon does not hold.
    pub const NAME: Self = Self(2);
    /// The end or the start of a sentence.
    pub const STOP: Self = Self(3);
    /// A mark inside a sentence: a comma, a dash, a bracket.
    pub const PAUSE: Self = Self(4);
    /// How many classes there are.
    const CLASSES: u16 = 5;
    /// Most words that a lexicon can number.
    pub const CAPACITY: usize = u16::MAX as usize - Self::CLASSES as usize;

    /// The number as an index, the classes first.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The id with this [`index`](Self::index).
    pub fn from_index(index: usize) -> Option<Self> {
        u16::try_from(index).ok().map(Self)
    }

    /// Whether it is a word of the lexicon and not a class.
    pub fn is_word(self) -> bool {
        self.0 >= Self::CLASSES
    }

    pub(crate) fn code(self) -> u16 {
        self.0
    }

    pub(crate) fn from_code(code: u16) -> Self {
        Self(code)
    }

    fn row(self) -> Option<usize> {
        self.0.checked_sub(Self::CLASSES).map(usize::from)
    }

    fn of_row(row: usize) -> Self {
        Self(row as u16 + Self::CLASSES)
    }
}

/// What a dictionary says a word can be, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordFlags(pub u8);

impl WordFlags {
    /// A noun, in some form.
    pub const NOUN: u8 = 1;
    /// A verb, in some form.
    pub const VERB: u8 = 2;
    /// An adjective.
    pub const ADJECTIVE: u8 = 4;
    /// An adverb.
    pub const ADVERB: u8 = 8;
    /// A word of a closed class: article, preposition, pronoun, auxiliary.
    pub const FUNCTION: u8 = 16;
    /// Mostly capitalised inside sentences.
    pub const NAME: u8 = 32;
    /// An inflected form in -s.
    pub const S_FORM: u8 = 64;
    /// An inflected form in -ed or -ing, or an irregular one.
    pub const OTHER_FORM: u8 = 128;
}

/// The numbered words.
#[derive(Debug, Clone, Copy)]
pub struct Lexicon<'a> {
    directory: &'a [u8],
    keys: &'a [u8],
    frequencies: &'a [u8],
    flags: &'a [u8],
    lengths: &'a [u8],
    blocks: &'a [u8],
    spellings: &'a [u8],
}

impl<'a> Lexicon<'a> {
    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        let n = take_u32(&mut rest)?;
        if n as usize > WordId::CAPACITY {
            return None;
        }
        Some(Self {
            directory: take(&mut rest, (1 << DIRECTORY_BITS) + 1, 2)?,
            keys: take(&mut rest, n, 4)?,
            frequencies: take(&mut rest, n, 1)?,
            flags: take(&mut rest, n, 1)?,
            lengths: take(&mut rest, n, 1)?,
            blocks: take(&mut rest, n.div_ceil(BLOCK as u32), 4)?,
            spellings: rest,
        })
    }

    /// The id of the word with this key (32-bit FNV-1a of its folded UTF-8 bytes), if the lexicon holds it.
    #[inline]
    pub fn get(&self, key: u32) -> Option<WordId> {
        let entry = (key >> (32 - DIRECTORY_BITS)) as usize * 2;
        let bounds = self.directory.get(entry..entry + 4)?;
        let from = u16::from_le_bytes([bounds[0], bounds[1]]) as usize;
        let to = u16::from_le_bytes([bounds[2], bounds[3]]) as usize;
        let at = self
            .keys
            .get(from * 4..to * 4)?
            .chunks_exact(4)
            .position(|k| k == key.to_le_bytes())?;
        Some(WordId::of_row(from + at))
    }

    /// Hundredths of log10 of the share of tokens that are this word, in lower case or not; a class counts as frequent.
    #[inline]
    pub fn log10_hundredths(&self, id: WordId) -> i32 {
        let Some(row) = id.row() else { return -200 };
        hundredths_at_least(self.frequencies.get(row).copied().unwrap_or(u8::MAX))
    }

    /// What the word can be; nothing for a class.
    #[inline]
    pub fn flags(&self, id: WordId) -> WordFlags {
        WordFlags(id.row().and_then(|row| self.flags.get(row)).copied().unwrap_or(0))
    }

    /// The spelling, in lower case; empty for a class.
    pub fn spelling(&self, id: WordId) -> &'a str {
        std::str::from_utf8(self.spelling_bytes(id)).unwrap_or("")
    }

    /// The bytes of the [`spelling`](Self::spelling), for those who compare them: a file that is read in place has to be
    /// looked through before it is text.
    pub fn spelling_bytes(&self, id: WordId) -> &'a [u8] {
        let Some(row) = id.row().filter(|&row| row < self.lengths.len()) else { return &[] };
        // Sums of 63 bytes fit into 16 bits, of which the compiler adds many at once.
        let before: u16 =
            self.lengths[row / BLOCK * BLOCK..row].iter().map(|&n| u16::from(n)).sum();
        let block = u32_at(self.blocks, row / BLOCK * 4).unwrap_or(0) as usize;
        let start = block + usize::from(before);
        self.spellings.get(start..start + usize::from(self.lengths[row])).unwrap_or(&[])
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// One more than the greatest [`index`](WordId::index) of its ids: the length of a table by id.
    pub fn id_bound(&self) -> usize {
        usize::from(WordId::CLASSES) + self.len()
    }

    /// Whether it numbers no word.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The section with other frequencies, in hundredths of log10 of the share of tokens, and the same words and ids.
    pub(crate) fn with_frequencies(&self, of: impl Fn(WordId) -> i32) -> Vec<u8> {
        let codes: Vec<u8> =
            self.ids().map(|id| quantise(Some(of(id).clamp(-1_016, 0) as i16))).collect();
        let mut out = (self.len() as u32).to_le_bytes().to_vec();
        let parts = [
            self.directory,
            self.keys,
            &codes,
            self.flags,
            self.lengths,
            self.blocks,
            self.spellings,
        ];
        out.extend(parts.into_iter().flatten());
        out
    }

    /// All ids of words, ascending.
    pub fn ids(&self) -> impl Iterator<Item = WordId> + use<> {
        (0..self.len()).map(WordId::of_row)
    }
}

/// A word to be written.
#[derive(Clone, Debug)]
pub struct LexiconWord {
    /// Folded, at most 255 bytes.
    pub spelling: String,
    /// Its key; of two words with one key the first stays.
    pub key: u32,
    /// Hundredths of log10 of its share of tokens.
    pub log10_hundredths: i16,
    /// What it can be.
    pub flags: WordFlags,
}

/// The section for `words`, in any order.
pub(crate) fn encode(words: &[LexiconWord]) -> Vec<u8> {
    let mut words: Vec<&LexiconWord> = words.iter().collect();
    words.sort_by_key(|word| word.key);
    words.dedup_by_key(|word| word.key);
    words.truncate(WordId::CAPACITY);
    let mut out = (words.len() as u32).to_le_bytes().to_vec();
    for entry in 0..=1_u64 << DIRECTORY_BITS {
        let first = words.partition_point(|w| u64::from(w.key) < entry << (32 - DIRECTORY_BITS));
        out.extend((first as u16).to_le_bytes());
    }
    out.extend(words.iter().flat_map(|w| w.key.to_le_bytes()));
    out.extend(words.iter().map(|w| quantise(Some(w.log10_hundredths))));
    out.extend(words.iter().map(|w| w.flags.0));
    out.extend(words.iter().map(|w| w.spelling.len() as u8));
    let mut start = 0_u32;
    for (row, word) in words.iter().enumerate() {
        if row % BLOCK == 0 {
            out.extend(start.to_le_bytes());
        }
        start += word.spelling.len() as u32;
    }
    out.extend(words.iter().flat_map(|w| w.spelling.bytes()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_by_key_and_by_number() {
        let words: Vec<LexiconWord> = (0..5000_u32)
            .map(|i| LexiconWord {
                spelling: format!("w{i}"),
                key: i.wrapping_mul(0x9E37_79B1),
                log10_hundredths: -((i % 900) as i16),
                flags: WordFlags((i % 256) as u8),
            })
            .collect();
        let bytes = encode(&words);
        let lexicon = Lexicon::open(&bytes).expect("well formed");
        assert_eq!(lexicon.len(), 5000);
        for word in &words {
            let id = lexicon.get(word.key).expect("held");
            assert!(id.is_word());
            assert_eq!(lexicon.spelling(id), word.spelling);
            assert!((lexicon.log10_hundredths(id) - i32::from(word.log10_hundredths)).abs() <= 2);
            assert_eq!(lexicon.flags(id), word.flags);
        }
        assert_eq!(lexicon.get(12345), None);
        assert_eq!(lexicon.spelling(WordId::NAME), "");
    }
}
