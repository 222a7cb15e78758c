//! Gradient-boosted trees over integer features, with integer leaves.
//!
//! A threshold is an integer and a leaf is in thousandths of a nat, so a score is the same on every machine.
//!
//! Section of trees: `u32` number of features, `i32` base score, `u32` trees `t`, `u32` nodes `n`, `u32` leaves `l`;
//! `t` times `u32` first node, `t` times `u32` first leaf; `n` nodes of 8 bytes: `u16` feature, `i16` threshold, `i16`
//! child if the feature is at most the threshold, `i16` child otherwise (a node of the same tree if 0 or more, else
//! leaf `-1 - child`); `l` times `i16` value.

use crate::bytes::{take, take_u32, u32_at};

const NODE: usize = 8;
/// Rows that are walked at once.
const BLOCK: usize = 8;

/// An ensemble of trees.
#[derive(Debug, Clone, Copy)]
pub struct Trees<'a> {
    features: usize,
    base: i32,
    first_nodes: &'a [u8],
    first_leaves: &'a [u8],
    nodes: &'a [u8],
    leaves: &'a [u8],
}

impl<'a> Trees<'a> {
    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        let features = take_u32(&mut rest)? as usize;
        let base = take_u32(&mut rest)?.cast_signed();
        let trees = take_u32(&mut rest)?;
        let nodes = take_u32(&mut rest)?;
        let leaves = take_u32(&mut rest)?;
        Some(Self {
            features,
            base,
            first_nodes: take(&mut rest, trees, 4)?,
            first_leaves: take(&mut rest, trees, 4)?,
            nodes: take(&mut rest, nodes, NODE)?,
            leaves: take(&mut rest, leaves, 2)?,
        })
    }

    /// How many features a row must have.
    pub fn features(&self) -> usize {
        self.features
    }

    /// Scores `out.len()` rows of `width` features each: the base and the sum of the leaves that a row falls into, in
    /// thousandths of a nat. Features beyond a row are 0.
    pub fn score(&self, rows: &[i16], width: usize, out: &mut [i32]) {
        for (block, sums) in out.chunks_mut(BLOCK).enumerate() {
            let rows = rows.get(block * BLOCK * width..).unwrap_or(&[]);
            sums.fill(self.base);
            for tree in 0..self.first_nodes.len() / 4 {
                self.add_tree(tree, rows, width, sums);
            }
        }
    }

    /// Walks one tree for several rows at once: each step of a walk waits for the one before, so that one row alone
    /// leaves the processor idle.
    fn add_tree(&self, tree: usize, rows: &[i16], width: usize, sums: &mut [i32]) {
        let first = |firsts: &[u8]| u32_at(firsts, tree * 4).unwrap_or(u32::MAX) as usize;
        let nodes = self.nodes.as_chunks::<NODE>().0;
        let nodes = nodes.get(first(self.first_nodes)..).unwrap_or(&[]);
        let leaves = self.leaves.as_chunks::<2>().0;
        let leaves = leaves.get(first(self.first_leaves)..).unwrap_or(&[]);
        let mut at = [0_i16; BLOCK];
        // No tree of ours is deeper; the bound holds for files of others, whose walks might not end.
        for _ in 0..64 {
            let mut walking = false;
            for (row, at) in at.iter_mut().enumerate().take(sums.len()) {
                let here = (*at).max(0) as usize;
                let node = nodes.get(here).copied().unwrap_or([0, 0, 0, 0, 255, 255, 255, 255]);
                let number = |i: usize| i16::from_le_bytes([node[i], node[i + 1]]);
                let feature = usize::from(u16::from_le_bytes([node[0], node[1]]));
                let value = rows.get(row * width + feature.min(width - 1)).copied().unwrap_or(0);
                let next = if value <= number(2) { number(4) } else { number(6) };
                *at = if *at < 0 { *at } else { next };
                walking |= *at >= 0;
            }
            if !walking {
                break;
            }
        }
        for (sum, at) in sums.iter_mut().zip(at) {
            let leaf = leaves.get((-1 - i32::from(at)).max(0) as usize);
            *sum += leaf.map_or(0, |&leaf| i32::from(i16::from_le_bytes(leaf)));
        }
    }
}

/// A node to be written; children as in the section.
#[derive(Clone, Copy, Debug)]
pub struct TreeNode {
    /// Index into the row.
    pub feature: u16,
    /// At most this goes to `lower`.
    pub threshold: i16,
    /// Child for values at most the threshold.
    pub lower: i16,
    /// Child for the others.
    pub higher: i16,
}

/// One tree: its nodes, the root first, and its leaves in thousandths of a nat. A tree needs a node.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Inner nodes.
    pub nodes: Vec<TreeNode>,
    /// Values of the leaves.
    pub leaves: Vec<i16>,
}

/// The section for `trees`.
pub(crate) fn encode(features: usize, base: i32, trees: &[Tree]) -> Vec<u8> {
    let mut out = Vec::new();
    let total = |count: fn(&Tree) -> usize| trees.iter().map(count).sum::<usize>() as u32;
    out.extend((features as u32).to_le_bytes());
    out.extend(base.to_le_bytes());
    out.extend((trees.len() as u32).to_le_bytes());
    out.extend(total(|t| t.nodes.len()).to_le_bytes());
    out.extend(total(|t| t.leaves.len()).to_le_bytes());
    for count in [(|t| t.nodes.len()) as fn(&Tree) -> usize, |t| t.leaves.len()] {
        let mut first = 0_u32;
        for tree in trees {
            out.extend(first.to_le_bytes());
            first += count(tree) as u32;
        }
    }
    for node in trees.iter().flat_map(|t| &t.nodes) {
        out.extend(node.feature.to_le_bytes());
        for number in [node.threshold, node.lower, node.higher] {
            out.extend(number.to_le_bytes());
        }
    }
    out.extend(trees.iter().flat_map(|t| &t.leaves).flat_map(|leaf| leaf.to_le_bytes()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_fall_into_their_leaves() {
        let stump = |feature, threshold, leaves| Tree {
            nodes: vec![TreeNode { feature, threshold, lower: -1, higher: -2 }],
            leaves,
        };
        let deep = Tree {
            nodes: vec![
                TreeNode { feature: 0, threshold: 5, lower: 1, higher: -1 },
                TreeNode { feature: 1, threshold: -3, lower: -2, higher: -3 },
            ],
            leaves: vec![100, 20, 3],
        };
        let bytes = encode(2, -1000, &[stump(1, 0, vec![-7, 7]), deep]);
        let trees = Trees::open(&bytes).expect("well formed");
        let rows = [[6, 1], [5, -3], [5, 0]];
        let wanted = [-1000 + 7 + 100, -1000 - 7 + 20, -1000 - 7 + 3];
        let mut out = [0; 21];
        trees.score(&rows.repeat(7).concat(), 2, &mut out);
        assert_eq!(out.to_vec(), wanted.repeat(7));
    }
}
