//! What context-blind rewording makes of words, read backwards: from a word to those it may stand for.
//!
//! Section `CHAN`: `u32` number of ids `n` (classes included); `n` times `u8` emission code; `n` times `u8` number of
//! originals; one `u32` a block of 64 ids, the first of its originals; 3 bytes an original: `u16` id, `u8` weight.

use crate::WordId;
use crate::bytes::{take, take_u32, u32_at};

/// Tag of the section.
pub(crate) const TAG: [u8; 4] = *b"CHAN";
const BLOCK: usize = 64;
const BYTES: usize = 3;

/// A word that rewording may have replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Original {
    /// The word that may have stood there.
    pub id: WordId,
    /// How readily it is replaced by the word asked about: hundredths of log10 of the share of its replacements, 0 or
    /// less, in steps of 2.
    pub log10_share: i32,
}

/// Substitutions, by the word that came in.
#[derive(Debug, Clone, Copy)]
pub struct Channel<'a> {
    emissions: &'a [u8],
    counts: &'a [u8],
    blocks: &'a [u8],
    originals: &'a [u8],
}

impl<'a> Channel<'a> {
    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        let n = take_u32(&mut rest)?;
        Some(Self {
            emissions: take(&mut rest, n, 1)?,
            counts: take(&mut rest, n, 1)?,
            blocks: take(&mut rest, n.div_ceil(BLOCK as u32), 4)?,
            originals: rest,
        })
    }

    /// How many originals of a word are [`originals`](Self::originals): looking at more of them costs every word of every
    /// text, and hardly changes what a score makes of it.
    pub const USUAL: usize = 16;

    /// Words that `id` may stand for: the [`USUAL`](Self::USUAL) ones, the likeliest first.
    #[inline]
    pub fn originals(&self, id: WordId) -> impl ExactSizeIterator<Item = Original> + use<'a> {
        self.all_originals(id).take(Self::USUAL)
    }

    /// All words known that `id` may stand for, the likeliest first: who wants to put one back looks at more of them
    /// than who only asks whether something stood there.
    #[inline]
    pub fn all_originals(&self, id: WordId) -> impl ExactSizeIterator<Item = Original> + use<'a> {
        self.range(id.index()).chunks_exact(BYTES).map(|bytes| Original {
            id: WordId::from_code(u16::from_le_bytes([bytes[0], bytes[1]])),
            log10_share: -2 * i32::from(bytes[2]),
        })
    }

    fn range(&self, index: usize) -> &'a [u8] {
        let Some(&count) = self.counts.get(index) else { return &[] };
        // Sums of 63 bytes fit into 16 bits, of which the compiler adds many at once.
        let before: u16 =
            self.counts[index / BLOCK * BLOCK..index].iter().map(|&n| u16::from(n)).sum();
        let block = u32_at(self.blocks, index / BLOCK * 4).unwrap_or(0) as usize;
        let start = (block + usize::from(before)) * BYTES;
        self.originals.get(start..start + usize::from(count) * BYTES).unwrap_or(&[])
    }

    /// Hundredths of log10 of how much likelier the word is as a replacement than in clean text, were every word
    /// replaced: the sum over its originals of their frequency times its share, over its own frequency. -400 and less
    /// for a word that replaces none.
    #[inline]
    pub fn emission(&self, id: WordId) -> i32 {
        self.emissions.get(id.index()).map_or(-400, |&code| 3 * i32::from(code) - 400)
    }
}

/// The section. `rows[id.index()]` holds the originals of each id, the likeliest first; 255 are kept.
pub(crate) fn encode(rows: &[Vec<Original>], emissions: &[i32]) -> Vec<u8> {
    let mut out = (rows.len() as u32).to_le_bytes().to_vec();
    let code = |&e: &i32| ((e + 400 + 1) / 3).clamp(0, 255) as u8;
    out.extend(emissions.iter().map(code));
    let kept: Vec<&[Original]> = rows.iter().map(|row| &row[..row.len().min(255)]).collect();
    out.extend(kept.iter().map(|row| row.len() as u8));
    let mut start = 0_u32;
    for (index, row) in kept.iter().enumerate() {
        if index % BLOCK == 0 {
            out.extend(start.to_le_bytes());
        }
        start += row.len() as u32;
    }
    for original in kept.iter().copied().flatten() {
        out.extend(original.id.code().to_le_bytes());
        out.push((-original.log10_share / 2).clamp(0, 255) as u8);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn originals_come_back_likeliest_first() {
        let id = |i| WordId::from_index(i).expect("small");
        let mut rows = vec![Vec::new(); 300];
        rows[7] = vec![
            Original { id: id(250), log10_share: -20 },
            Original { id: id(9), log10_share: -100 },
        ];
        rows[8] = (0..300).map(|i| Original { id: id(i), log10_share: 0 }).collect();
        rows[200] = vec![Original { id: id(7), log10_share: 0 }];
        let mut emissions = vec![-400; 300];
        emissions[7] = 125;
        let bytes = encode(&rows, &emissions);
        let channel = Channel::open(&bytes).expect("well formed");
        assert_eq!(channel.originals(id(7)).map(|o| o.id).collect::<Vec<_>>(), [id(250), id(9)]);
        assert_eq!(channel.originals(id(200)).collect::<Vec<_>>(), rows[200]);
        assert_eq!((channel.originals(id(8)).len(), channel.all_originals(id(8)).len()), (16, 255));
        assert_eq!(channel.originals(id(9)).len(), 0);
        assert!((channel.emission(id(7)) - 125).abs() <= 2);
        assert_eq!(channel.emission(id(9)), -400);
    }
}
