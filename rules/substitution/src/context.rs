//! What a word's surroundings are about: weighted sums of word vectors.

use unspin_model::{Lexicon, Statistics, Vectors, WordId};

use crate::Unit;

/// Units on each side that a context reaches.
pub(crate) const REACH: usize = 12;

/// A sum of weighted vectors.
#[derive(Clone)]
struct Topic {
    sum: [i32; Vectors::DIMENSIONS],
}

impl Topic {
    const EMPTY: Self = Self { sum: [0; Vectors::DIMENSIONS] };

    fn add(&mut self, vector: &[u8], weight: i32) {
        // A product of 6 and 127 at most: in 16 bits a processor multiplies eight at a time.
        let weight = weight as i16;
        for (sum, &coordinate) in self.sum.iter_mut().zip(vector) {
            *sum += i32::from(weight * i16::from(coordinate.cast_signed()));
        }
    }

    /// The square of the length.
    fn square(&self) -> i64 {
        self.sum.iter().map(|&c| i64::from(c) * i64::from(c)).sum()
    }

    fn product(&self, vector: &[u8]) -> i64 {
        self.sum.iter().zip(vector).map(|(&s, &c)| i64::from(s) * i64::from(c.cast_signed())).sum()
    }
}

/// The root of the square of a length, at least 1.
fn length(square: i64) -> i64 {
    square.cast_unsigned().isqrt().max(1).cast_signed()
}

/// Thousandths of the cosine for a product of a sum whose length is given with a word's vector.
fn cosine_of(product: i64, length: i64) -> i16 {
    (product * 1000 / (length * 127)).clamp(-1000, 1000) as i16
}

/// What the words near a place are about: a sum in 16 bits, which a processor multiplies and adds eight at a time.
pub(crate) struct NarrowTopic {
    sum: [i16; Vectors::DIMENSIONS],
    length: i64,
}

impl NarrowTopic {
    fn new(topic: &Topic) -> Self {
        // At most 24 words of weight 6, times 127: 18,288.
        Self { sum: topic.sum.map(|c| c as i16), length: length(topic.square()) }
    }

    /// The dot product with a word's vector, 0 for a word without. Of the vectors compared with one sum the greatest
    /// product has the greatest cosine, so that one division does for many.
    #[inline]
    pub(crate) fn product(&self, vector: Option<&[u8]>) -> i32 {
        let add = |sum: i32, (&s, &c): (&i16, &u8)| {
            sum + i32::from(s) * i32::from(i16::from(c.cast_signed()))
        };
        // Blocks of a fixed length, or the compiler does not see that it may take eight at a time.
        let (vectors, rest) = vector.unwrap_or(&[]).as_chunks::<8>();
        let (sums, last) = self.sum.as_chunks::<8>();
        let blocks = sums.iter().zip(vectors).map(|(s, v)| s.iter().zip(v).fold(0, add));
        let at = vectors.len();
        blocks.sum::<i32>()
            + sums.get(at).map_or(&last[..0], |s| &s[..]).iter().zip(rest).fold(0, add)
    }

    /// Thousandths of the cosine with a word's vector, given their product.
    pub(crate) fn cosine_of(&self, product: i32) -> i16 {
        cosine_of(i64::from(product), self.length)
    }

    /// Thousandths of the cosine with a word's vector, 0 for a word without.
    pub(crate) fn cosine(&self, vector: Option<&[u8]>) -> i16 {
        self.cosine_of(self.product(vector))
    }
}

/// The dot product of the vectors of two words, 0 if one has none.
pub(crate) fn product(vectors: &Vectors<'_>, a: WordId, b: WordId) -> i32 {
    let (Some(a), Some(b)) = (vectors.get(a), vectors.get(b)) else { return 0 };
    a.iter()
        .zip(b)
        .map(|(&x, &y)| i32::from(i16::from(x.cast_signed()) * i16::from(y.cast_signed())))
        .sum()
}

/// Thousandths of the cosine between two words, given the product of their vectors.
pub(crate) fn cosine_of_words(product: i32) -> i16 {
    (product * 1000 / (127 * 127)).clamp(-1000, 1000) as i16
}

/// How much a word says about its surroundings: nothing for the commonest, more for rarer ones.
fn weight(lexicon: &Lexicon<'_>, id: WordId) -> i32 {
    if id.is_word() { ((-lexicon.log10_hundredths(id) - 280) / 40).clamp(0, 6) } else { 0 }
}

/// The surroundings of each unit in turn.
pub(crate) struct Surroundings<'s> {
    units: &'s [Unit],
    vectors: Vectors<'s>,
    weights: Vec<u8>,
    /// The units within reach of the last place asked about, and itself.
    near: Topic,
    last: Option<usize>,
}

impl<'s> Surroundings<'s> {
    pub(crate) fn new(statistics: &Statistics<'s>, units: &'s [Unit]) -> Self {
        let weights = units.iter().map(|u| weight(&statistics.lexicon, u.id) as u8).collect();
        Self { units, vectors: statistics.vectors, weights, near: Topic::EMPTY, last: None }
    }

    fn change(&self, topic: &mut Topic, i: usize, sign: i32) {
        let weight = self.weights.get(i).map_or(0, |&weight| i32::from(weight) * sign);
        if weight != 0
            && let Some(vector) = self.vectors.get(self.units[i].id)
        {
            topic.add(vector, weight);
        }
    }

    /// The words near unit `i` without itself. Costs least if asked in order.
    pub(crate) fn near(&mut self, i: usize) -> NarrowTopic {
        let mut near = self.near.clone();
        match self.last {
            Some(last) if (last..last + REACH).contains(&i) => {
                for at in last + 1..=i {
                    self.change(&mut near, at + REACH, 1);
                    if let Some(gone) = at.checked_sub(REACH + 1) {
                        self.change(&mut near, gone, -1);
                    }
                }
            }
            _ => {
                near = Topic::EMPTY;
                for at in i.saturating_sub(REACH)..=i + REACH {
                    self.change(&mut near, at, 1);
                }
            }
        }
        (self.near, self.last) = (near.clone(), Some(i));
        self.change(&mut near, i, -1);
        NarrowTopic::new(&near)
    }
}

/// A whole document: what it is about, seen from each of its words without that word, and how often it has a word.
pub(crate) struct Whole<'s> {
    lexicon: Lexicon<'s>,
    vectors: Vectors<'s>,
    sum: Topic,
    square: i64,
    /// By id, 255 at most.
    occurrences: Vec<u8>,
    /// Index into what is known, by id; 0 before it is worked out. A few thousand words of all are asked about, so that
    /// what is known of them lies close together.
    index: Vec<u16>,
    known: Vec<Known>,
}

/// What is known of a word beside a document.
#[derive(Clone, Copy, Default)]
struct Known {
    /// With all of the document.
    product: i64,
    /// Of the document without the word, at one place.
    length: i64,
    weight: i32,
    /// Thousandths, with the document without the word.
    cosine: i16,
}

impl<'s> Whole<'s> {
    pub(crate) fn new(statistics: &Statistics<'s>, units: &[Unit]) -> Self {
        let Statistics { lexicon, vectors, .. } = *statistics;
        let ids = usize::from(u16::MAX) + 1;
        let (mut sum, mut occurrences) = (Topic::EMPTY, vec![0_u8; ids]);
        for unit in units {
            let count = &mut occurrences[unit.id.index()];
            *count = count.saturating_add(1);
            let weight = weight(&lexicon, unit.id);
            if weight != 0
                && let Some(vector) = vectors.get(unit.id)
            {
                sum.add(vector, weight);
            }
        }
        let (index, known) = (vec![0; ids], vec![Known::default()]);
        Self { lexicon, vectors, square: sum.square(), sum, occurrences, index, known }
    }

    /// How often a word occurs, at most 255.
    pub(crate) fn occurrences(&self, id: WordId) -> u8 {
        self.occurrences[id.index()]
    }

    fn known(&mut self, id: WordId) -> Known {
        let index = self.index[id.index()];
        if index > 0 { self.known[usize::from(index)] } else { self.work_out(id) }
    }

    #[cold]
    fn work_out(&mut self, id: WordId) -> Known {
        let weight = weight(&self.lexicon, id);
        let w = i64::from(weight);
        // Of a difference: |S - wv|² is |S|² - 2w Sv + w² |v|², and all of it is whole numbers.
        let own = i64::from(product(&self.vectors, id, id));
        let product = self.vectors.get(id).map_or(0, |vector| self.sum.product(vector));
        let length = length(self.square - 2 * w * product + w * w * own);
        let known = Known { product, length, weight, cosine: cosine_of(product - w * own, length) };
        // Where damage brings more ids than a lexicon has, the last ones are worked out again each time.
        if let Ok(index) = u16::try_from(self.known.len()) {
            self.index[id.index()] = index;
            self.known.push(known);
        }
        known
    }

    /// Thousandths of the cosine of a word of the document with the rest of it, 0 for a word without a vector.
    pub(crate) fn cosine(&mut self, own: WordId) -> i16 {
        self.known(own).cosine
    }

    /// The same of `other`, with the document without `own`; `product` is that of the two words.
    pub(crate) fn cosine_without(&mut self, own: WordId, other: WordId, product: i32) -> i16 {
        let own = self.known(own);
        let product = i64::from(own.weight) * i64::from(product);
        cosine_of(self.known(other).product - product, own.length)
    }
}
