//! What may be put back where a word was put in, and how likely each is right.
//!
//! The scorer asks of every word whether something else stood there; the ranker asks of the few that it doubts what. It
//! can afford more: all known substitutions, those of second hand (a replacement that was replaced), expressions, and
//! words of the document itself, where the original often survives. The builder calls the same code on simulated
//! rewording, of which the truth is known.

mod pool;
mod ranked;
mod row;
mod wide;

use std::cmp::Reverse;
use std::collections::HashMap;

use unspin_lint::{Document, LogOdds};
use unspin_model::{Statistics, Trees};

use crate::Unit;
use crate::candidates::Visible;
use crate::context::Whole;
use crate::features::Rows;
use row::Described;

pub use pool::{Repair, Source};
pub(crate) use ranked::{Before, Offers, Pools, offers};
pub use row::{COUNT, NAMES};

/// What may be put back for one doubted word.
pub struct Pool {
    /// Index into [`Rows::units`].
    pub word: usize,
    /// What may be put back, in no order.
    pub repairs: Vec<Repair>,
    /// [`COUNT`] features a repair, one row after another.
    pub values: Vec<i16>,
}

impl Pool {
    /// The repairs by index with the log-odds that each is right, the likeliest first.
    pub(crate) fn rank(&self, ranker: &Trees<'_>) -> Vec<(usize, LogOdds)> {
        let mut odds = vec![0; self.repairs.len()];
        ranker.score(&self.values, &mut odds);
        let mut ranked: Vec<_> = odds.into_iter().map(LogOdds::from_milli).enumerate().collect();
        ranked.sort_by_key(|&(i, odds)| {
            (Reverse(odds), self.repairs[i].original, self.repairs[i].first)
        });
        ranked
    }

    /// The feature `name` of the `i`th repair.
    pub(crate) fn value(&self, i: usize, name: &str) -> i16 {
        NAMES.iter().position(|n| *n == name).map_or(0, |at| self.values[i * COUNT + at])
    }
}

/// Visits the pools of those scored words of a document that are `doubted`, given by ascending index into `rows`; `scores`
/// are those of the `rows`, in thousandths of a nat. One pool is held at a time.
pub fn pools(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    units: &[Unit],
    (rows, scores): (&Rows, &[i32]),
    doubted: &[usize],
    visible: &impl Visible,
    mut visit: impl FnMut(Pool),
) {
    if doubted.is_empty() {
        return;
    }
    let survey = pool::Survey::new(document, statistics, units);
    let mut whole = Whole::new(statistics, units);
    let mut describe = row::Describe::new((rows, scores), &survey, &mut whole, doubted);
    let mut known = HashMap::new();
    for &word in doubted {
        let collected = survey.repairs(rows.units[word] as usize, visible, &mut known);
        let Described { repairs, values, .. } = describe.rows(word, &collected);
        if !repairs.is_empty() {
            visit(Pool { word, repairs, values });
        }
    }
}
