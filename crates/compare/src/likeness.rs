//! How much one unit is like another: the same, an inflection of it, or a word that rewording puts for it.

use unspin_model::{Phrases, Statistics, WordId};

use crate::units::{Class, Unit, Units};

/// Product of two word vectors, each of length 127, from which one is taken to stand for the other: a cosine of 0.5.
const NEAR: i32 = 127 * 127 / 2;
/// Most edits between a name and what became of it.
const MOST_EDITS: usize = 2;
/// A shorter word is within two edits of too many others.
const LEAST_NAME: usize = 4;

/// What a unit of the reworded text is to a unit of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Nothing is known of it.
    Strange,
    /// A word that stands for it, as a channel of substitutions, word vectors or its letters say.
    Related,
    /// Another form of the same word.
    Inflected,
    /// The same.
    Same,
}

/// What is known of a word that may stand for another.
#[derive(Default)]
pub(crate) struct Known<'m> {
    /// Sorted.
    originals: Vec<WordId>,
    vector: Option<&'m [u8]>,
}

/// Compares units of an original with units of a reworded text.
pub(crate) struct Comparer<'m> {
    statistics: Option<Statistics<'m>>,
}

impl<'m> Comparer<'m> {
    pub(crate) fn new(statistics: Option<Statistics<'m>>) -> Self {
        Self { statistics }
    }

    /// What is known of a unit of the reworded text, looked up once for all that it is compared with.
    pub(crate) fn known(&self, b: &Unit) -> Known<'m> {
        let Some(statistics) = self.statistics.filter(|_| b.known.is_word()) else {
            return Known::default();
        };
        let mut originals: Vec<WordId> =
            statistics.channel.all_originals(b.known).map(|original| original.id).collect();
        originals.sort_unstable();
        Known { originals, vector: statistics.vectors.get(b.known) }
    }

    /// What `b`, of which this is `known`, is to `a`.
    pub(crate) fn compare(
        &self,
        (original, a): (&Units<'_>, &Unit),
        (reworded, b): (&Units<'_>, &Unit),
        known: &Known<'_>,
    ) -> Likeness {
        if a.form == b.form {
            return Likeness::Same;
        }
        if a.lemma == b.lemma {
            return Likeness::Inflected;
        }
        let is_number = |unit: &Unit| unit.class == Class::Number;
        if (is_number(a) && is_number(b))
            || self.is_replaced(a.known, known)
            || is_misspelt(original.document.slice(a.span), reworded.document.slice(b.span), a)
        {
            Likeness::Related
        } else {
            Likeness::Strange
        }
    }

    fn is_replaced(&self, original: WordId, known: &Known<'_>) -> bool {
        let Some(statistics) = self.statistics.filter(|_| original.is_word()) else { return false };
        if known.originals.binary_search(&original).is_ok() {
            return true;
        }
        let Some((a, b)) = statistics.vectors.get(original).zip(known.vector) else { return false };
        let product =
            |(x, y): (&u8, &u8)| i32::from(i16::from(x.cast_signed()) * i16::from(y.cast_signed()));
        a.iter().zip(b).map(product).sum::<i32>() >= NEAR
    }

    /// The words that an expression may stand for: "human beings" for "people".
    pub(crate) fn originals<'u>(&self, expression: impl Iterator<Item = &'u Unit>) -> Vec<WordId> {
        let words: Vec<WordId> = expression.map(|unit| unit.known).collect();
        match self.statistics {
            Some(statistics) if words.iter().all(|word| word.is_word()) => {
                let known = statistics.phrases.originals(words.into_iter());
                known.map(|original| original.id).filter(|id| id.is_word()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Everything that the words of a sentence, and its expressions, are known to be put for.
    pub(crate) fn meant(&self, sentence: &[Unit]) -> impl Iterator<Item = WordId> {
        let words = sentence.iter().map(|unit| unit.known).filter(|word| word.is_word());
        let of_word = |word| self.statistics.map(|statistics| statistics.channel.originals(word));
        let of_words = words.filter_map(of_word).flatten().map(|original| original.id);
        let lengths = 2..=Phrases::LONGEST;
        let of_expressions =
            lengths.flat_map(|n| sentence.windows(n)).flat_map(|e| self.originals(e.iter()));
        of_words.chain(of_expressions)
    }
}

/// Whether a name lost or changed a letter or two.
pub(crate) fn is_misspelt(original: &str, reworded: &str, unit: &Unit) -> bool {
    let letters = original.chars().count();
    unit.is_name
        && letters >= LEAST_NAME
        && original.len().abs_diff(reworded.len()) <= MOST_EDITS
        && strsim::damerau_levenshtein(&original.to_lowercase(), &reworded.to_lowercase())
            <= MOST_EDITS.min(letters / 3)
}
