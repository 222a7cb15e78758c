//! Records of the input, read where they lie.

use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::ops::Range;

use crate::wire::Reader;
use crate::{Span, Token};

/// Something of a fixed size in the input; the kinds of it are those of this crate.
pub trait Record: Sized {
    /// Its size in bytes.
    #[doc(hidden)]
    const SIZE: usize;

    /// Reads one from exactly that many bytes.
    #[doc(hidden)]
    fn read(bytes: &[u8]) -> Self;
}

/// A list of the input. Nothing is read before it is asked for.
pub struct List<'a, T> {
    bytes: &'a [u8],
    of: PhantomData<T>,
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<'a, T: Record> List<'a, T> {
    pub(crate) fn take(reader: &mut Reader<'a>) -> Self {
        let length = reader.u32() as usize * T::SIZE;
        Self { bytes: reader.take(length), of: PhantomData }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.bytes.len() / T::SIZE
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The one at this place, if there are so many.
    pub fn get(&self, at: usize) -> Option<T> {
        let start = at.checked_mul(T::SIZE)?;
        self.bytes.get(start..start.checked_add(T::SIZE)?).map(T::read)
    }

    /// Those at these places.
    ///
    /// # Panics
    /// If there are not so many.
    #[must_use]
    pub fn range(&self, places: Range<usize>) -> Self {
        let bytes = &self.bytes[places.start * T::SIZE..places.end * T::SIZE];
        Self { bytes, of: PhantomData }
    }

    /// All, in order.
    pub fn iter(&self) -> Iter<'a, T> {
        Iter { chunks: self.bytes.chunks_exact(T::SIZE), of: PhantomData }
    }
}

impl<'a> List<'a, Token> {
    /// The spans of the tokens alone, for a pass that looks at nothing else of most.
    pub fn spans(&self) -> impl Iterator<Item = Span> + use<'a> {
        let (tokens, _) = self.bytes.as_chunks::<{ Token::SIZE }>();
        tokens.iter().map(|t| Span {
            start: u32::from_le_bytes([t[0], t[1], t[2], t[3]]),
            end: u32::from_le_bytes([t[4], t[5], t[6], t[7]]),
        })
    }
}

impl<'a, T: Record> IntoIterator for &List<'a, T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// Goes through a [`List`].
pub struct Iter<'a, T> {
    chunks: std::slice::ChunksExact<'a, u8>,
    of: PhantomData<T>,
}

impl<T: Record> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.chunks.next().map(T::read)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.chunks.size_hint()
    }
}

impl<T: Record> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        self.chunks.next_back().map(T::read)
    }
}

impl<T: Record> ExactSizeIterator for Iter<'_, T> {}
impl<T: Record> FusedIterator for Iter<'_, T> {}
