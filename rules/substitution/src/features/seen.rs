//! What is known of a word from the words near it.

use unspin_model::Statistics;

use crate::Unit;
use crate::association::Association;
use crate::candidates::{self, Place, Summary, Visible};
use crate::context::{Surroundings, product};

/// Words between two pauses.
const STRETCH: usize = 256;

/// What a word and those within the reach of a context say of each other.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) left: Association,
    pub(super) right: Association,
    pub(super) summary: Summary,
    pub(super) cosine: i16,
    pub(super) cosine_best: i16,
    /// The product of its vector with that of its best candidate.
    pub(super) product: i32,
}

/// Looks at each word among the units; `pairs[i]` is the association of the units `i` and `i + 1`. What is `known`
/// already of a unit is not looked at again.
pub(super) fn seen(
    statistics: &Statistics<'_>,
    units: &[Unit],
    pairs: &[Association],
    visible: &impl Visible,
    known: impl Fn(usize) -> Option<Option<Seen>>,
    pause: &dyn Fn(),
) -> Vec<Option<Seen>> {
    let vectors = &statistics.vectors;
    let mut surroundings = Surroundings::new(statistics, units);
    let mut looked_at = 0_usize;
    let mut look = |at: usize| {
        let unit = units[at];
        if !unit.id.is_word() || at == 0 || at + 1 == units.len() {
            return None;
        }
        looked_at += 1;
        if looked_at.is_multiple_of(STRETCH) {
            pause();
        }
        let near = surroundings.near(at);
        let (left, right) = (pairs[at - 1], pairs[at]);
        let summary =
            candidates::weigh(statistics, &Place { units, at, left, right, near: &near }, visible);
        Some(Seen {
            left,
            right,
            summary,
            cosine: near.cosine(vectors.get(unit.id)),
            cosine_best: near.cosine(vectors.get(summary.best.id)),
            product: product(vectors, unit.id, summary.best.id),
        })
    };
    (0..units.len()).map(|at| known(at).unwrap_or_else(|| look(at))).collect()
}

/// Sums over the words seen so far, for means over a range in constant time.
pub(super) struct Sums {
    total: Vec<i32>,
    left: Vec<i32>,
    words: Vec<i32>,
}

impl Sums {
    pub(super) fn of(seen: &[Option<Seen>]) -> Self {
        let mut sums = Self { total: vec![0], left: vec![0], words: vec![0] };
        let (mut total, mut left, mut words) = (0, 0, 0);
        for one in seen {
            if let Some(one) = one {
                total += one.summary.total.max(-300);
                left += one.left.score;
                words += 1;
            }
            sums.total.push(total);
            sums.left.push(left);
            sums.words.push(words);
        }
        sums
    }

    /// Means of total odds and of associations in a range, without those given.
    pub(super) fn means(&self, from: usize, to: usize, less: &Seen) -> (i32, i32) {
        let words = (self.words[to] - self.words[from] - 1).max(1);
        (
            (self.total[to] - self.total[from] - less.summary.total.max(-300)) / words,
            (self.left[to] - self.left[from] - less.left.score) / words,
        )
    }

    /// Mean total odds of all words but the one given.
    pub(super) fn document_mean(&self, less: &Seen) -> i32 {
        self.means(0, self.total.len() - 1, less).0
    }
}
