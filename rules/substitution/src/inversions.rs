//! Expressions that may stand for one word, and how much better that word would fit.

use unspin_model::{Phrases, Statistics};

use crate::Unit;
use crate::association::{Association, association};
use crate::candidates::{NONE, Visible};

/// The best reading of a place as part of an expression that was put in for one word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inversion {
    /// How much better the word that may have stood there fits between the neighbours of the expression than the expression
    /// does: hundredths of log10.
    pub(crate) gain: i32,
    /// How much likelier it is, before looking at the context, that it was replaced than that the expression was
    /// written: hundredths of log10.
    pub(crate) prior: i32,
    /// Index of the expression's first unit.
    pub(crate) first: u32,
    /// Number of its words, 0 if there is no expression.
    pub(crate) length: u8,
}

impl Inversion {
    pub(crate) const NONE: Self = Self { gain: 0, prior: NONE, first: 0, length: 0 };

    pub(crate) fn odds(&self) -> i32 {
        self.gain + self.prior
    }

    /// The same of a unit that stood at `was` and now stands `at`.
    pub(crate) fn moved(self, was: usize, at: usize) -> Self {
        let first = if self.length == 0 { 0 } else { self.first as usize + at - was };
        Self { first: first as u32, ..self }
    }
}

/// The best inversion that covers each unit that `is_wanted`; of the others it may be any. `pairs[i]` is the association
/// of the units `i` and `i + 1`.
pub(crate) fn inversions(
    statistics: &Statistics<'_>,
    units: &[Unit],
    pairs: &[Association],
    visible: &impl Visible,
    is_wanted: impl Fn(usize) -> bool,
) -> Vec<Inversion> {
    let Statistics { lexicon, bigrams, phrases, .. } = statistics;
    let mut best = vec![Inversion::NONE; units.len()];
    let mut wanted = 0;
    for first in 1..units.len().saturating_sub(1) {
        wanted = wanted.max(first);
        while wanted < units.len() && !is_wanted(wanted) {
            wanted += 1;
        }
        if wanted >= first + Phrases::LONGEST {
            continue;
        }
        // The expression's own frequency: that of its words, and how they hold together.
        let mut own = lexicon.log10_hundredths(units[first].id);
        for length in 2..=Phrases::LONGEST {
            let Some(last) = units.get(first + length - 1).filter(|u| u.id.is_word()) else {
                break;
            };
            if !units[first].id.is_word() || first + length == units.len() {
                break;
            }
            own += lexicon.log10_hundredths(last.id) + pairs[first + length - 2].score;
            let words = &units[first..first + length];
            for original in phrases.originals(words.iter().map(|u| u.id)) {
                if !visible.visible_phrase(original.id, words) {
                    continue;
                }
                let (before, after) = (units[first - 1].id, units[first + length].id);
                let inversion = Inversion {
                    gain: association(lexicon, bigrams, before, original.id).score
                        + association(lexicon, bigrams, original.id, after).score
                        - pairs[first - 1].score
                        - pairs[first + length - 1].score,
                    prior: lexicon.log10_hundredths(original.id) + original.log10_share - own,
                    first: first as u32,
                    length: length as u8,
                };
                for held in &mut best[first..first + length] {
                    if inversion.odds() > held.odds() {
                        *held = inversion;
                    }
                }
            }
        }
    }
    best
}
