//! What a word's surroundings are about: weighted sums of word vectors.

use unspin_model::{Lexicon, Vectors, WordId};

use crate::Unit;

/// Units on each side that a context reaches.
const REACH: usize = 12;

/// A sum of weighted vectors.
#[derive(Clone)]
pub(crate) struct Topic {
    sum: [i32; Vectors::DIMENSIONS],
}

impl Topic {
    pub(crate) const EMPTY: Self = Self { sum: [0; Vectors::DIMENSIONS] };

    fn add(&mut self, vector: &[u8], weight: i32) {
        for (sum, &coordinate) in self.sum.iter_mut().zip(vector) {
            *sum += weight * i32::from(coordinate.cast_signed());
        }
    }

    /// Length, at least 1.
    pub(crate) fn length(&self) -> i64 {
        let square: i64 = self.sum.iter().map(|&c| i64::from(c) * i64::from(c)).sum();
        square.cast_unsigned().isqrt().max(1).cast_signed()
    }

    /// The sum over a few words in 16 bits.
    pub(crate) fn narrow(&self) -> NarrowTopic {
        // At most 24 words of weight 6, times 127: 18,288.
        NarrowTopic { sum: self.sum.map(|c| c as i16) }
    }

    /// Thousandths of the cosine for a [`product`](Self::product) with a sum whose length is given.
    pub(crate) fn cosine_of(product: i64, length: i64) -> i16 {
        (product * 1000 / (length * 127)).clamp(-1000, 1000) as i16
    }

    /// Thousandths of the cosine between the sum, whose length is given, and a word's vector; 0 for a word without.
    pub(crate) fn cosine(&self, length: i64, vector: Option<&[u8]>) -> i16 {
        let Some(vector) = vector else { return 0 };
        let dot: i64 = self
            .sum
            .iter()
            .zip(vector)
            .map(|(&s, &c)| i64::from(s) * i64::from(c.cast_signed()))
            .sum();
        Self::cosine_of(dot, length)
    }
}

/// A sum of vectors in 16 bits, which a processor multiplies and adds eight at a time.
pub(crate) struct NarrowTopic {
    sum: [i16; Vectors::DIMENSIONS],
}

impl NarrowTopic {
    /// The dot product with a word's vector. Of the vectors compared with one sum the greatest product has the greatest
    /// cosine, so that one division does for many.
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
}

/// Thousandths of the cosine between two words.
pub(crate) fn cosine(a: Option<&[u8]>, b: Option<&[u8]>) -> i16 {
    let (Some(a), Some(b)) = (a, b) else { return 0 };
    let dot: i32 = a
        .iter()
        .zip(b)
        .map(|(&x, &y)| i32::from(x.cast_signed()) * i32::from(y.cast_signed()))
        .sum();
    (dot * 1000 / (127 * 127)).clamp(-1000, 1000) as i16
}

/// How much a word says about its surroundings: nothing for the commonest, more for rarer ones.
fn weight(lexicon: &Lexicon<'_>, id: WordId) -> i32 {
    if id.is_word() { ((-lexicon.log10_hundredths(id) - 280) / 40).clamp(0, 6) } else { 0 }
}

/// The surroundings of each unit in turn, and of the whole document.
pub(crate) struct Surroundings<'s> {
    units: &'s [Unit],
    vectors: Vectors<'s>,
    weights: Vec<u8>,
    near: Topic,
    whole: Topic,
    next: usize,
}

impl<'s> Surroundings<'s> {
    pub(crate) fn new(lexicon: &Lexicon<'_>, vectors: Vectors<'s>, units: &'s [Unit]) -> Self {
        let weights: Vec<u8> = units.iter().map(|u| weight(lexicon, u.id) as u8).collect();
        let mut this =
            Self { units, vectors, weights, near: Topic::EMPTY, whole: Topic::EMPTY, next: 0 };
        for i in 0..units.len() {
            this.change(i, 1, true);
            if i < REACH {
                this.change(i, 1, false);
            }
        }
        this
    }

    fn change(&mut self, i: usize, sign: i32, whole: bool) {
        let weight = i32::from(self.weights[i]) * sign;
        if weight != 0
            && let Some(vector) = self.vectors.get(self.units[i].id)
        {
            if whole { &mut self.whole } else { &mut self.near }.add(vector, weight);
        }
    }

    /// The words near unit `i` without itself, and those of the document without itself. To be asked in order.
    pub(crate) fn advance(&mut self, i: usize) -> (Topic, Topic) {
        while self.next <= i {
            if self.next + REACH < self.units.len() {
                self.change(self.next + REACH, 1, false);
            }
            if let Some(gone) = self.next.checked_sub(REACH + 1) {
                self.change(gone, -1, false);
            }
            self.next += 1;
        }
        let (mut near, mut whole) = (self.near.clone(), self.whole.clone());
        let own = i32::from(self.weights[i]);
        if own != 0
            && let Some(vector) = self.vectors.get(self.units[i].id)
        {
            near.add(vector, -own);
            whole.add(vector, -own);
        }
        (near, whole)
    }
}
