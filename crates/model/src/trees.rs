//! Gradient-boosted oblivious trees over integer features, with integer leaves.
//!
//! All nodes of one depth ask the same question (Prokhorenkova et al. 2018, `CatBoost`), so a tree is a handful of
//! comparisons whose answers are the bits of a leaf's number: no branch, and as many rows at once as the processor has
//! lanes. A threshold is an integer and a leaf is in thousandths of a nat, so a score is the same on every machine.
//!
//! Section of trees: `u32` number of features, `i32` base score, `u32` trees `t`, `u32` depth `d`; `t` times `d` splits
//! of 4 bytes: `u16` feature, `i16` threshold; `t` times `2^d` times `i16` value. A feature above the threshold of
//! split `i` sets bit `i` of the leaf's number.

use crate::bytes::{take, take_u32};

const SPLIT: usize = 4;
/// Rows that are scored at once: enough that the sums of one tree are done before the next one needs them.
const BLOCK: usize = 64;
/// Greatest depth, which keeps a leaf's number in 16 bits.
const DEEPEST: u32 = 12;

/// An ensemble of trees.
#[derive(Debug, Clone, Copy)]
pub struct Trees<'a> {
    features: usize,
    base: i32,
    depth: usize,
    splits: &'a [u8],
    leaves: &'a [u8],
}

impl<'a> Trees<'a> {
    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        let features = take_u32(&mut rest)? as usize;
        let base = take_u32(&mut rest)?.cast_signed();
        let trees = take_u32(&mut rest)?;
        let depth = take_u32(&mut rest)?;
        if !(1..=DEEPEST).contains(&depth) {
            return None;
        }
        let splits = take(&mut rest, trees, SPLIT * depth as usize)?;
        let asks = |split: &[u8; SPLIT]| usize::from(u16::from_le_bytes([split[0], split[1]]));
        if splits.as_chunks().0.iter().any(|split| asks(split) >= features) {
            return None;
        }
        let leaves = take(&mut rest, trees, 2 << depth)?;
        Some(Self { features, base, depth: depth as usize, splits, leaves })
    }

    /// How many features a row must have.
    pub fn features(&self) -> usize {
        self.features
    }

    /// The questions of all trees.
    pub(crate) fn splits(&self) -> impl Iterator<Item = Split> {
        self.splits.as_chunks::<SPLIT>().0.iter().map(|split| Split {
            feature: u16::from_le_bytes([split[0], split[1]]),
            threshold: i16::from_le_bytes([split[2], split[3]]),
        })
    }

    /// Scores `out.len()` rows of [`features`](Self::features) each: the base and the sum of the leaves that a row
    /// falls into, in thousandths of a nat.
    ///
    /// # Panics
    /// If there are not as many rows as scores.
    pub fn score(&self, rows: &[i16], out: &mut [i32]) {
        assert_eq!(rows.len(), out.len() * self.features, "a row for each score");
        let mut columns = vec![[0_i16; BLOCK]; self.features];
        for (rows, out) in rows.chunks(BLOCK * self.features.max(1)).zip(out.chunks_mut(BLOCK)) {
            for (i, row) in rows.chunks_exact(self.features).enumerate() {
                for (column, &value) in columns.iter_mut().zip(row) {
                    column[i] = value;
                }
            }
            out.copy_from_slice(&self.score_block(&columns)[..out.len()]);
        }
    }

    /// For each feature, what its value does to the score of `row`: the score less that of the same row with this one
    /// feature as in `reference`, in thousandths of a nat (ablation of one feature at a time). No parts of a sum:
    /// features that trees ask about together share what they do.
    ///
    /// # Panics
    /// If one of the rows has not as many features as the trees.
    pub fn ablate(&self, row: &[i16], reference: &[i16]) -> Vec<i32> {
        assert_eq!(reference.len(), self.features, "a reference value for each feature");
        let mut rows = row.repeat(self.features + 1);
        for (feature, &value) in reference.iter().enumerate() {
            rows[feature * self.features + feature] = value;
        }
        let mut scores = vec![0; self.features + 1];
        self.score(&rows, &mut scores);
        // The last row is the word itself.
        let own = scores.pop().unwrap_or(self.base);
        scores.into_iter().map(|without| own - without).collect()
    }

    fn score_block(&self, columns: &[[i16; BLOCK]]) -> [i32; BLOCK] {
        let mut sums = [self.base; BLOCK];
        let trees = self.splits.chunks_exact(SPLIT * self.depth);
        for (splits, leaves) in trees.zip(self.leaves.chunks_exact(2 << self.depth)) {
            let mut numbers = [0_i16; BLOCK];
            for (bit, split) in splits.as_chunks::<SPLIT>().0.iter().enumerate() {
                let threshold = i16::from_le_bytes([split[2], split[3]]);
                let column = &columns[usize::from(u16::from_le_bytes([split[0], split[1]]))];
                for (number, &value) in numbers.iter_mut().zip(column) {
                    *number |= i16::from(value > threshold) << bit;
                }
            }
            let leaves = leaves.as_chunks::<2>().0;
            for (sum, number) in sums.iter_mut().zip(numbers) {
                *sum += i32::from(i16::from_le_bytes(leaves[number as usize]));
            }
        }
        sums
    }
}

/// A question of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// Index into the row.
    pub feature: u16,
    /// More than this sets the bit.
    pub threshold: i16,
}

/// One tree: its splits, the lowest bit first, and two to the power of their number leaves in thousandths of a nat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// One for each level.
    pub splits: Vec<Split>,
    /// Values by the bits of the answers.
    pub leaves: Vec<i16>,
}

/// The section for `trees`, of which the shallow ones get questions that nothing answers with more.
pub(crate) fn encode(features: usize, base: i32, trees: &[Tree]) -> Vec<u8> {
    let depth = trees.iter().map(|t| t.splits.len()).max().unwrap_or(0).max(1);
    let mut out = Vec::new();
    out.extend((features as u32).to_le_bytes());
    out.extend(base.to_le_bytes());
    out.extend((trees.len() as u32).to_le_bytes());
    out.extend((depth as u32).to_le_bytes());
    let never = Split { feature: 0, threshold: i16::MAX };
    for split in trees.iter().flat_map(|t| {
        t.splits.iter().copied().chain(std::iter::repeat_n(never, depth - t.splits.len()))
    }) {
        out.extend(split.feature.to_le_bytes());
        out.extend(split.threshold.to_le_bytes());
    }
    for tree in trees {
        for leaf in 0..1 << depth {
            out.extend(tree.leaves.get(leaf).copied().unwrap_or(0).to_le_bytes());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(feature: u16, threshold: i16) -> Split {
        Split { feature, threshold }
    }

    #[test]
    fn rows_fall_into_their_leaves() {
        let stump = Tree { splits: vec![split(1, 0)], leaves: vec![-7, 7] };
        let deep = Tree { splits: vec![split(0, 5), split(1, -3)], leaves: vec![20, 100, 3, 1000] };
        let bytes = encode(2, -1000, &[stump, deep]);
        let trees = Trees::open(&bytes).expect("well formed");
        let rows = [[6, 1], [5, -3], [5, 0], [6, -4]];
        let wanted = [-1000 + 7 + 1000, -1000 - 7 + 20, -1000 - 7 + 3, -1000 - 7 + 100];
        let mut out = [0; 4 * 9];
        trees.score(&rows.repeat(9).concat(), &mut out);
        assert_eq!(out.to_vec(), wanted.repeat(9));
    }

    #[test]
    fn a_feature_is_credited_with_what_the_score_loses_without_it() {
        let stump = Tree { splits: vec![split(1, 0)], leaves: vec![-7, 7] };
        let both = Tree { splits: vec![split(0, 5), split(1, -3)], leaves: vec![20, 100, 3, 1000] };
        let either = Tree { splits: vec![split(2, 0), split(3, 0)], leaves: vec![0, 50, 50, 50] };
        let bytes = encode(4, -1000, &[stump, both, either]);
        let trees = Trees::open(&bytes).expect("well formed");
        let reference = [0, -9, 0, 0];
        // Of the tree that wants both, each takes the leaf with it; of the one that either satisfies, none does.
        assert_eq!(trees.ablate(&[6, 1, 1, 1], &reference), [1000 - 3, 14 + 1000 - 100, 0, 0]);
        assert_eq!(trees.ablate(&[6, 1, 1, 0], &reference), [1000 - 3, 14 + 1000 - 100, 50, 0]);
        assert_eq!(trees.ablate(&reference, &reference), [0; 4]);
    }

    #[test]
    fn a_question_about_a_feature_that_is_not_there_is_refused() {
        let tree = Tree { splits: vec![split(2, 0)], leaves: vec![-7, 7] };
        assert!(Trees::open(&encode(2, 0, std::slice::from_ref(&tree))).is_none());
        assert!(Trees::open(&encode(3, 0, &[tree])).is_some());
    }
}
