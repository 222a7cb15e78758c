//! Ranking the repairs of doubted words, and taking over from an earlier state of the text what the ranker cannot tell
//! from what it ranked there.
//!
//! The row of a repair is made of what stands near, which is the same where the units are, and of what the whole document
//! says. The latter changes a little with every edit, but the trees ask few questions about it: a row on which they
//! answer all of them alike keeps its odds.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use unspin_lint::LogOdds;
use unspin_model::{Borders, Phrases, Statistics, Trees, WordId};
use unspin_text::Document;

use super::pool::{Changes, Repair, Survey};
use super::row::{COUNT, Describe, Described};
use super::wide::Elsewhere;
use crate::Unit;
use crate::alignment::Alignment;
use crate::candidates::All;
use crate::context::Whole;
use crate::features::Rows;
use crate::repair::Offer;

/// Offers kept of a word.
const KEPT: usize = 6;
/// Rows that are ranked together at least, but for the last: the trees score many at once.
const BATCH: usize = 512;
/// Doubted words between two pauses.
const STRETCH: usize = 16;

/// What may be put back for a doubted word.
pub(crate) struct Offers {
    /// Index into the units.
    pub(crate) unit: usize,
    /// The likeliest, best first.
    pub(crate) offers: Vec<Offer>,
}

impl Offers {
    /// The same where so many units stand before those that were counted.
    pub(crate) fn moved(mut self, units: usize) -> Self {
        self.unit += units;
        self.offers.iter_mut().for_each(|offer| offer.repair.first += units as u32);
        self
    }
}

/// A pool with the odds of its repairs.
struct Ranked {
    /// The unit, where the pool was made.
    at: usize,
    repairs: Vec<Repair>,
    /// [`COUNT`] features a repair, one row after another, or others that the ranker does not tell from them.
    values: Vec<i16>,
    /// Of the vectors of each repair and of what was found.
    products: Vec<i32>,
    /// Where the word is doubted besides.
    places: Vec<Elsewhere>,
    odds: Vec<LogOdds>,
    /// The likeliest repairs by index, best first.
    best: Vec<u8>,
}

impl Ranked {
    fn new(at: usize, Described { repairs, values, products, places }: Described) -> Self {
        let odds = vec![LogOdds::EVEN; repairs.len()];
        Self { at, repairs, values, products, places, odds, best: Vec::new() }
    }

    /// The repair `i` for the word, which stands `at` now.
    fn repair(&self, i: usize, at: usize) -> Repair {
        let repair = self.repairs[i];
        Repair { first: (repair.first as usize + at - self.at) as u32, ..repair }
    }

    fn sort(&mut self) {
        let mut best: Vec<u8> = (0..self.repairs.len()).map(|i| i as u8).collect();
        best.sort_by_key(|&i| {
            let (odds, repair) = (self.odds[usize::from(i)], &self.repairs[usize::from(i)]);
            (Reverse(odds), repair.original, repair.first)
        });
        best.truncate(KEPT);
        self.best = best;
    }

    /// What is offered for the word, which stands `at` now.
    fn offers(&self, at: usize) -> Offers {
        let best = self.best.iter().map(|&i| usize::from(i));
        let offers = best.map(|i| Offer { repair: self.repair(i, at), odds: self.odds[i] });
        Offers { unit: at, offers: offers.collect() }
    }
}

/// The pools of a document, for the next state of it.
#[derive(Default)]
pub(crate) struct Pools {
    /// The document's words that each doubted one is compared with, sorted.
    words: Vec<WordId>,
    /// By unit, what likely stood there.
    stood: Vec<WordId>,
    /// By unit.
    ranked: Vec<(u32, Arc<Ranked>)>,
}

/// An earlier state of a document, and where its units stand now.
#[derive(Clone, Copy)]
pub(crate) struct Before<'b> {
    pub(crate) pools: &'b Pools,
    /// Made for the reach of a row of features.
    pub(crate) alignment: &'b Alignment,
}

/// Pools whose rows wait for the trees.
#[derive(Default)]
struct Batch {
    pools: Vec<(u32, Ranked)>,
    values: Vec<i16>,
    /// Of each row the pool and the repair.
    of: Vec<(u32, u32)>,
}

impl Batch {
    /// Adds a pool of which the `rows` are to be ranked.
    fn add(&mut self, at: usize, pool: Ranked, rows: impl Iterator<Item = usize>) {
        for row in rows {
            self.values.extend_from_slice(&pool.values[row * COUNT..(row + 1) * COUNT]);
            self.of.push((self.pools.len() as u32, row as u32));
        }
        self.pools.push((at as u32, pool));
    }

    /// Ranks what waits and empties the batch.
    fn rank(&mut self, ranker: &Trees<'_>) -> impl Iterator<Item = (u32, Ranked)> + use<'_> {
        let mut odds = vec![0; self.of.len()];
        ranker.score(&self.values, &mut odds);
        self.values.clear();
        for ((pool, repair), odds) in self.of.drain(..).zip(odds) {
            self.pools[pool as usize].1.odds[repair as usize] = LogOdds::from_milli(odds);
        }
        self.pools.drain(..).map(|(at, mut pool)| {
            pool.sort();
            (at, pool)
        })
    }
}

/// The likeliest repairs of those scored words that are `doubted`, given by ascending index into the rows; `scores` are
/// those of the rows. `is_kept` tells whether there is to be something for the next state. `pause` is called now and then.
#[expect(clippy::too_many_arguments, reason = "one document as far as it is known, and its past")]
pub(crate) fn offers(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    (units, whole): (&[Unit], &mut Whole<'_>),
    (rows, scores): (&Rows, &[i32]),
    doubted: &[usize],
    ranker: &Trees<'_>,
    before: Option<Before<'_>>,
    is_kept: bool,
    pause: &dyn Fn(),
) -> (Vec<Offers>, Pools) {
    if doubted.is_empty() {
        return Default::default();
    }
    let survey = Survey::new(document, statistics, units);
    let mut describe = Describe::new((rows, scores), &survey, whole, doubted);
    let mut earlier = before.map(|before| Earlier {
        before,
        changes: Changes::between(&survey, &before.pools.words),
        borders: Borders::of(ranker),
        values: Vec::new(),
    });
    let mut known = HashMap::new();
    let mut batch = Batch::default();
    let mut ranked = Vec::with_capacity(doubted.len());
    let mut pools = Vec::new();
    let take = |batch: &mut Batch, pools: &mut Vec<_>, ranked: &mut Vec<Offers>| {
        for (at, pool) in batch.rank(ranker) {
            ranked.push(pool.offers(at as usize));
            if is_kept {
                pools.push((at, Arc::new(pool)));
            }
        }
    };
    for (done, &word) in doubted.iter().enumerate() {
        if done.is_multiple_of(STRETCH) {
            pause();
        }
        let at = rows.units[word] as usize;
        match earlier.as_mut().and_then(|e| e.renewed(&mut describe, rows, word)) {
            Some(Renewed::Same(pool)) => {
                ranked.push(pool.offers(at));
                pools.push((at as u32, Arc::clone(pool)));
            }
            Some(Renewed::Changed(pool, rows)) => batch.add(at, pool, rows.into_iter()),
            None => {
                let collected = survey.repairs(at, &All, &mut known);
                let pool = Ranked::new(at, describe.rows(word, &collected));
                let all = 0..pool.repairs.len();
                batch.add(at, pool, all);
            }
        }
        if batch.of.len() >= BATCH {
            take(&mut batch, &mut pools, &mut ranked);
        }
    }
    take(&mut batch, &mut pools, &mut ranked);
    ranked.sort_unstable_by_key(|offers| offers.unit);
    pools.sort_unstable_by_key(|(at, _)| *at);
    let pools = if is_kept {
        Pools { words: survey.sorted_words(), stood: describe.view.into_stood(), ranked: pools }
    } else {
        Pools::default()
    };
    (ranked, pools)
}

/// What the pools of an earlier state need to be taken over.
struct Earlier<'e> {
    before: Before<'e>,
    changes: Changes<'e>,
    borders: Borders,
    /// The rows of the last pool asked about.
    values: Vec<i16>,
}

/// A pool of an earlier state, brought up to date.
enum Renewed<'e> {
    /// The ranker does not tell it from what it was.
    Same(&'e Arc<Ranked>),
    /// Some rows are to be ranked again.
    Changed(Ranked, Vec<usize>),
}

impl<'e> Earlier<'e> {
    /// The pool that the `word`th scored word had, if it still has these repairs and they stand among the same words.
    fn renewed(
        &mut self,
        describe: &mut Describe<'_, '_>,
        rows: &Rows,
        word: usize,
    ) -> Option<Renewed<'e>> {
        let Before { pools, alignment } = self.before;
        let at = rows.units[word] as usize;
        let was = alignment.of(at)?;
        let held = pools.ranked.binary_search_by_key(&(was as u32), |(at, _)| *at).ok()?;
        let pool = &pools.ranked[held].1;
        let is_same = describe.view.stood_alike(at, (&pools.stood, was), Phrases::LONGEST);
        let place = describe.view.place(rows, word);
        if !is_same || self.changes.concern(place.own) {
            return None;
        }
        let values = &mut self.values;
        values.clone_from(&pool.values);
        let repairs = (0..pool.repairs.len()).map(|i| (pool.repair(i, at), pool.products[i]));
        describe.view.renew(&place, &pool.places, repairs, values);
        let pairs = values.chunks_exact(COUNT).zip(pool.values.chunks_exact(COUNT)).enumerate();
        let told_apart = pairs.filter(|(_, (now, then))| self.borders.tell_apart(now, then));
        let changed: Vec<usize> = told_apart.map(|(row, _)| row).collect();
        if changed.is_empty() && place.elsewhere == pool.places {
            return Some(Renewed::Same(pool));
        }
        let repairs = (0..pool.repairs.len()).map(|i| pool.repair(i, at)).collect();
        let products = pool.products.clone();
        let described =
            Described { repairs, values: values.clone(), products, places: place.elsewhere };
        let renewed = Ranked { odds: pool.odds.clone(), ..Ranked::new(at, described) };
        Some(Renewed::Changed(renewed, changed))
    }
}
