//! Word vectors of bytes: words used in like contexts point alike.
//!
//! Section `VECT`: `u32` dimensions `d`, `u32` vectors `m`, `u32` ids `n`; `n` times `u16`, one more than the vector of
//! each id, 0 for none; `m` times `d` bytes, each a signed coordinate of a vector of length 127.

use std::hint;

use crate::WordId;
use crate::bytes::{take, take_u32};

/// Tag of the section.
pub(crate) const TAG: [u8; 4] = *b"VECT";

/// Word vectors.
#[derive(Debug, Clone, Copy)]
pub struct Vectors<'a> {
    dimensions: usize,
    rows: &'a [u8],
    coordinates: &'a [u8],
}

impl<'a> Vectors<'a> {
    /// Most dimensions that a vector can have.
    pub const DIMENSIONS: usize = 64;

    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        let dimensions = take_u32(&mut rest)? as usize;
        let vectors = take_u32(&mut rest)?;
        let ids = take_u32(&mut rest)?;
        let rows = take(&mut rest, ids, 2)?;
        let coordinates = take(&mut rest, vectors, dimensions)?;
        (dimensions <= Self::DIMENSIONS).then_some(Self { dimensions, rows, coordinates })
    }

    /// The vector of a word: signed bytes, of length about 127.
    #[inline]
    pub fn get(&self, id: WordId) -> Option<&'a [u8]> {
        let at = id.index() * 2;
        let row = self.rows.get(at..at + 2)?;
        let row = usize::from(u16::from_le_bytes([row[0], row[1]])).checked_sub(1)?;
        self.coordinates.get(row * self.dimensions..(row + 1) * self.dimensions)
    }

    /// Asks memory for the vector of a word; see [`Bigrams::fetch`](crate::Bigrams::fetch).
    #[inline]
    pub fn fetch(&self, id: WordId) {
        hint::black_box(self.get(id).and_then(|vector| vector.first().copied()));
    }

    /// Number of dimensions.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }
}

/// The section; `vectors[id.index()]`, each of `dimensions` coordinates.
pub(crate) fn encode(dimensions: usize, vectors: &[Option<Vec<i8>>]) -> Vec<u8> {
    let held = vectors.iter().flatten().count();
    let mut out = Vec::new();
    for number in [dimensions, held, vectors.len()] {
        out.extend((number as u32).to_le_bytes());
    }
    let mut row = 0_u16;
    for vector in vectors {
        row += u16::from(vector.is_some());
        out.extend(if vector.is_some() { row } else { 0 }.to_le_bytes());
    }
    out.extend(vectors.iter().flatten().flatten().map(|&c| c.cast_unsigned()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_come_back() {
        let bytes = encode(3, &[None, Some(vec![1, -2, 3]), None, Some(vec![0, 0, -127])]);
        let vectors = Vectors::open(&bytes).expect("well formed");
        let id = |i| WordId::from_index(i).expect("small");
        assert_eq!(vectors.get(id(0)), None);
        assert_eq!(vectors.get(id(1)), Some(&[1_u8, 254, 3][..]));
        assert_eq!(vectors.get(id(3)), Some(&[0_u8, 0, 129][..]));
        assert_eq!(vectors.get(id(4)), None);
    }
}
