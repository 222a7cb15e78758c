//! Which units of a text stood in an earlier state of it, with the same units around them.
//!
//! What lies before the first edit and after the last one is found from both ends. Between the two, runs of units are
//! found by anchors (Tridgell 1999, the `rsync` algorithm): stretches of the earlier state that are looked up by a
//! rolling hash. All is compared before it is believed, and the time is linear whatever was edited.

use std::collections::HashMap;

use crate::written::Written;

/// Units of an anchor.
const ANCHOR: usize = 16;
/// Factor of the rolling hash: odd, so that no unit is lost from it (the constant of `splitmix64`).
const FACTOR: u64 = 0xBF58_476D_1CE4_E5B9;

/// For each unit, where it stood.
#[derive(Debug)]
pub(crate) struct Alignment(Vec<Option<u32>>);

/// A stretch that both states have.
#[derive(Clone, Copy, Debug)]
struct Run {
    old: usize,
    new: usize,
    length: usize,
}

impl Alignment {
    /// Aligns two states, so that the `reach` units on both sides of an aligned unit are the same, too, and where there
    /// are fewer, so are the ends of the text.
    pub(crate) fn between(old: &[Written], new: &[Written], reach: usize) -> Self {
        let mut from = vec![None; new.len()];
        for run in runs(old, new, 2 * reach + 1) {
            let begins = run.old == 0 && run.new == 0;
            let ends = run.old + run.length == old.len() && run.new + run.length == new.len();
            let first = if begins { 0 } else { reach };
            let last = if ends { run.length } else { run.length.saturating_sub(reach) };
            for at in first..last {
                from[run.new + at] = Some((run.old + at) as u32);
            }
        }
        Self(from)
    }

    /// Where the unit stood, if it is aligned.
    pub(crate) fn of(&self, unit: usize) -> Option<usize> {
        self.0[unit].map(|old| old as usize)
    }
}

/// Stretches that both states have, by place in `new`; between the first edit and the last only those of `least` units.
fn runs(old: &[Written], new: &[Written], least: usize) -> Vec<Run> {
    let same = |(a, b): &(&Written, &Written)| a == b;
    let prefix = old.iter().zip(new).take_while(same).count();
    let (rest_old, rest_new) = (&old[prefix..], &new[prefix..]);
    let suffix = rest_old.iter().rev().zip(rest_new.iter().rev()).take_while(same).count();
    let mut runs = vec![Run { old: 0, new: 0, length: prefix }];
    let middle = &rest_new[..rest_new.len() - suffix];
    let anchored = &rest_old[..rest_old.len() - suffix];
    if middle.len() >= least && anchored.len() >= least {
        let found = anchored_runs(anchored, middle, least);
        runs.extend(found.map(|run| Run { old: run.old + prefix, new: run.new + prefix, ..run }));
    }
    runs.push(Run { old: old.len() - suffix, new: new.len() - suffix, length: suffix });
    runs
}

/// Stretches of `least` units and more that both have.
fn anchored_runs(
    old: &[Written],
    new: &[Written],
    least: usize,
) -> impl Iterator<Item = Run> + use<> {
    let hash = |units: &[Written]| {
        units.iter().fold(0_u64, |hash, unit| hash.wrapping_mul(FACTOR).wrapping_add(unit.code()))
    };
    let (anchors, _) = old.as_chunks::<ANCHOR>();
    let anchors: HashMap<u64, usize> =
        anchors.iter().enumerate().map(|(i, anchor)| (hash(anchor), i * ANCHOR)).collect();
    // What the unit that leaves the window still counts for.
    let leaving = (0..ANCHOR).fold(1_u64, |power, _| power.wrapping_mul(FACTOR));
    let mut runs = Vec::new();
    let (mut at, mut free) = (0, 0);
    let mut rolled: Option<u64> = None;
    while let Some(window) = new.get(at..at + ANCHOR) {
        let hashed = rolled.unwrap_or_else(|| hash(window));
        let there = anchors.get(&hashed).filter(|&&there| old[there..there + ANCHOR] == *window);
        if let Some(&there) = there {
            let pairs = |old: &[Written], new: &[Written]| {
                old.iter().zip(new).take_while(|(a, b)| a == b).count()
            };
            let after = pairs(&old[there..], &new[at..]);
            let (before_old, before_new) = (old[..there].iter().rev(), new[free..at].iter().rev());
            let before = before_old.zip(before_new).take_while(|(a, b)| a == b).count();
            if before + after >= least {
                let run = Run { old: there - before, new: at - before, length: before + after };
                runs.push(run);
                free = at + after;
            }
            at += after;
            rolled = None;
        } else {
            rolled = new.get(at + ANCHOR).map(|next| {
                let next = hashed.wrapping_mul(FACTOR).wrapping_add(next.code());
                next.wrapping_sub(leaving.wrapping_mul(new[at].code()))
            });
            at += 1;
        }
    }
    runs.into_iter()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unspin_model::WordId;

    use super::*;

    const REACH: usize = 3;

    fn text(words: impl IntoIterator<Item = usize>) -> Vec<Written> {
        let written =
            |i| Written { id: WordId::from_index(i).expect("small"), ..Written::default() };
        words.into_iter().map(written).collect()
    }

    fn aligned(alignment: &Alignment, of: impl IntoIterator<Item = usize>) -> Vec<Option<usize>> {
        of.into_iter().map(|unit| alignment.of(unit)).collect()
    }

    #[test]
    fn one_edit_costs_its_reach() {
        let old = text(0..100);
        let new = text((0..50).chain([900, 901]).chain(51..100));
        let alignment = Alignment::between(&old, &new, REACH);
        assert_eq!(aligned(&alignment, 0..47), (0..47).map(Some).collect::<Vec<_>>());
        assert_eq!(aligned(&alignment, 47..55), vec![None; 8]);
        assert_eq!(aligned(&alignment, 55..101), (54..100).map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn what_lies_between_edits_and_what_was_moved_is_found() {
        let old = text(0..200);
        let new = text([900].into_iter().chain(110..190).chain([901]).chain(10..100).chain([902]));
        let alignment = Alignment::between(&old, &new, REACH);
        assert_eq!(aligned(&alignment, [4, 77, 85, 168]), [113, 186, 13, 96].map(Some));
        assert_eq!(aligned(&alignment, [0, 3, 79, 81, 84, 172]), [None; 6]);
    }

    #[test]
    fn the_ends_of_a_text_are_part_of_what_stands_around() {
        let old = text(0..100);
        let alignment = Alignment::between(&old, &old, REACH);
        assert_eq!(aligned(&alignment, 0..100), (0..100).map(Some).collect::<Vec<_>>());
        let alignment = Alignment::between(&old, &old[..90], REACH);
        assert_eq!(aligned(&alignment, [86, 87]), [Some(86), None]);
    }

    proptest! {
        #[test]
        fn aligned_units_have_the_same_around_them(
            old in prop::collection::vec(0_usize..4, 0..120),
            pieces in prop::collection::vec((0_usize..120, 0_usize..80, prop::option::of(0_usize..4)), 0..5),
        ) {
            let mut new = Vec::new();
            for (start, length, between) in pieces {
                let start = start.min(old.len());
                new.extend(&old[start..(start + length).min(old.len())]);
                new.extend(between);
            }
            let (old, new) = (text(old), text(new));
            let alignment = Alignment::between(&old, &new, REACH);
            let around = |units: &[Written], at: usize| {
                let reach = REACH.cast_signed();
                let there = (-reach..=reach).map(|by| at.checked_add_signed(by));
                there.map(|at| at.and_then(|at| units.get(at).copied())).collect::<Vec<_>>()
            };
            for at in 0..new.len() {
                if let Some(there) = alignment.of(at) {
                    prop_assert_eq!(around(&old, there), around(&new, at));
                }
            }
        }
    }
}
