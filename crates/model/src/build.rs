//! Writing model files: the only place besides the readers that knows the layout.

use sha2::{Digest, Sha256};

use crate::container::{ALIGNMENT, DIGEST_AT, HEADER, MAGIC, RANKER, RECORD, SCORER, VERSION};
use crate::{
    Bigrams, Entry, Gate, Lexicon, Model, Original, Vocabulary, WordId, bigrams, channel, gate,
    lexicon, names, phrases, trees, vectors, vocabulary,
};

pub use crate::bigrams::{BigramCount, PairChanges, PairCount};
pub use crate::gate::GateTable;
pub use crate::lexicon::LexiconWord;
pub use crate::phrases::PhraseOriginal;
pub use crate::trees::{Split, Tree};

/// A section to be put into a model.
#[derive(Debug, Clone)]
pub struct Section {
    tag: [u8; 4],
    bytes: Vec<u8>,
}

impl Section {
    /// The numbered words, in any order; they get their ids here.
    pub fn lexicon(words: &[LexiconWord]) -> Self {
        Self { tag: lexicon::TAG, bytes: lexicon::encode(words) }
    }

    /// The words of a lexicon section as a model would give them; `None` for another section.
    pub fn as_lexicon(&self) -> Option<Lexicon<'_>> {
        (self.tag == lexicon::TAG).then(|| Lexicon::open(&self.bytes)).flatten()
    }

    /// Counts of neighbours, the most telling pairs first, in `buckets` cache lines of 64 bytes, and how many
    /// found room. `log10_total`: hundredths of log10 of the number of pairs counted.
    pub fn bigrams(log10_total: i32, pairs: &[BigramCount], buckets: u32) -> (Self, usize) {
        let (bytes, kept) = bigrams::encode(log10_total, pairs, buckets);
        (Self { tag: bigrams::TAG, bytes }, kept)
    }

    /// Substitutions: the originals of each id by its index, and its emission in hundredths of log10.
    pub fn channel(rows: &[Vec<Original>], emissions: &[i32]) -> Self {
        Self { tag: channel::TAG, bytes: channel::encode(rows, emissions) }
    }

    /// Expressions that stand for one word, the most wanted first, and how many found room.
    pub fn phrases(phrases: &[PhraseOriginal]) -> (Self, usize) {
        let (bytes, kept) = phrases::encode(phrases);
        (Self { tag: phrases::TAG, bytes }, kept)
    }

    /// Word vectors of length 127 by the index of the id.
    pub fn vectors(dimensions: usize, vectors: &[Option<Vec<i8>>]) -> Self {
        Self { tag: vectors::TAG, bytes: vectors::encode(dimensions, vectors) }
    }

    /// The trees that score words.
    pub fn scorer(features: usize, base: i32, trees: &[Tree]) -> Self {
        Self { tag: SCORER, bytes: trees::encode(features, base, trees) }
    }

    /// The trees that rank what may be put back.
    pub fn ranker(features: usize, base: i32, trees: &[Tree]) -> Self {
        Self { tag: RANKER, bytes: trees::encode(features, base, trees) }
    }

    /// What judges documents.
    pub fn gate(table: &GateTable) -> Self {
        Self { tag: gate::TAG, bytes: gate::encode(table) }
    }

    /// The known words of `base` and `words` besides, and how many of these found room. `words` should be such as the
    /// base does not know: of two with one fingerprint the one of the base wins.
    pub fn extended_vocabulary(base: &Vocabulary<'_>, words: &[(&str, Entry)]) -> (Self, usize) {
        let (bytes, added) = vocabulary::extend(base, words);
        (Self { tag: vocabulary::TAG, bytes }, added)
    }

    /// The numbered words of `base` under the same ids with other frequencies: hundredths of log10 of the share of
    /// tokens, from -1016 to 0.
    pub fn reweighted_lexicon(
        base: &Lexicon<'_>,
        log10_hundredths: impl Fn(WordId) -> i32,
    ) -> Self {
        Self { tag: lexicon::TAG, bytes: base.with_frequencies(log10_hundredths) }
    }

    /// The counts of neighbours of `base` with `pairs` added, in any order, each pair once. `log10_total`: hundredths
    /// of log10 of the number of pairs counted, those of the base included.
    pub fn raised_bigrams(
        base: &Bigrams<'_>,
        log10_total: i32,
        pairs: &[PairCount],
    ) -> (Self, PairChanges) {
        let (bytes, changes) = bigrams::add(base, log10_total, pairs);
        (Self { tag: bigrams::TAG, bytes }, changes)
    }

    /// The gate of `base` with another threshold: the statistic, in thousandths, that one clean text in a thousand
    /// reaches.
    pub fn gate_with_threshold(base: &Gate<'_>, threshold: i32) -> Self {
        Self { tag: gate::TAG, bytes: base.with_threshold(threshold) }
    }
}

/// The bytes of `base` with `sections` in place of those it has of the same kind, or after them.
pub fn with_sections(base: &Model<'_>, sections: &[Section]) -> Vec<u8> {
    let mut all: Vec<([u8; 4], Vec<u8>)> =
        base.sections().into_iter().map(|(tag, bytes)| (tag, bytes.to_vec())).collect();
    for section in sections {
        match all.iter_mut().find(|(tag, _)| *tag == section.tag) {
            Some(held) => held.1.clone_from(&section.bytes),
            None => all.push((section.tag, section.bytes.clone())),
        }
    }
    container(&all)
}

/// Hundredths of log10, rounded: how counts, frequencies and shares are written.
pub fn hundredths(x: f64) -> i32 {
    (100.0 * x.log10()).round() as i32
}

/// Why a model cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Names are numbered with 16 bits.
    #[error("{count} names do not fit, a gazetteer holds 65,536; raise the least weight of a name")]
    TooManyNames {
        /// Names given.
        count: usize,
    },
}

/// The bytes of a model. The same words and names in the same order give the same bytes.
///
/// `words`: each with its entry; give more probable ones first, since of two words with one
/// fingerprint the first wins. `names`: as usually written, with weights in hundredths of log10
/// of their share of tokens (see [`crate::NameMatch::weight`]); in any order.
///
/// # Errors
/// [`BuildError::TooManyNames`].
pub fn model<'w>(
    words: impl IntoIterator<Item = (&'w str, Entry)>,
    names: &[(&str, i16)],
) -> Result<Vec<u8>, BuildError> {
    let names_section =
        names::encode(names).ok_or(BuildError::TooManyNames { count: names.len() })?;
    Ok(container(&[
        (vocabulary::TAG, vocabulary::encode(words, names)),
        (names::TAG, names_section),
    ]))
}

fn container(sections: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    out.extend((sections.len() as u32).to_le_bytes());
    out.resize(HEADER, 0);
    let mut offset = HEADER + sections.len() * RECORD;
    for (tag, bytes) in sections {
        offset = offset.next_multiple_of(ALIGNMENT);
        out.extend(tag);
        out.extend([0; 4]);
        out.extend((offset as u64).to_le_bytes());
        out.extend((bytes.len() as u64).to_le_bytes());
        offset += bytes.len();
    }
    for (_, bytes) in sections {
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out.extend(bytes);
    }
    let length = out.len() as u64;
    out[16..24].copy_from_slice(&length.to_le_bytes());
    let digest = Sha256::digest(&out[HEADER..]);
    out[DIGEST_AT..DIGEST_AT + 32].copy_from_slice(&digest);
    out
}
