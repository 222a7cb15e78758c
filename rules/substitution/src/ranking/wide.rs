//! What the ranker takes from the whole document: the features of a repair that may change wherever the text does.

use unspin_model::{Statistics, WordId};

use super::pool::{Repair, Survey};
use super::row::COUNT;
use crate::Unit;
use crate::association::association;
use crate::candidates::Candidate;
use crate::context::Whole;
use crate::features::{Rows, narrow};

/// Index of the scorer's feature that is taken over.
const SCORER_DOCUMENT_ODDS: usize = 65;
/// Other places of the same word that are asked.
const ELSEWHERE: usize = 4;
/// Score of a word from which its best candidate counts as what stood there, in thousandths of a nat.
const DOUBTED: i32 = -1_500;
/// Score of what is no scored word.
const UNSCORED: i32 = -9_990;

/// A document as a whole.
pub(super) struct View<'v, 'w> {
    statistics: &'v Statistics<'v>,
    units: &'v [Unit],
    whole: &'v mut Whole<'w>,
    pairs: Pairs,
    /// Doubted words with the index of their unit, sorted.
    doubted: Vec<(WordId, u32)>,
    /// By unit.
    scores: Vec<i32>,
    /// By unit, what likely stood there: the best candidate of a word that may have been put in, else what stands there.
    stood: Vec<WordId>,
}

/// Words that stand side by side in a document.
struct Pairs {
    /// Sorted.
    all: Vec<u32>,
    /// A bit for some of the bits of a pair's hash: most pairs that are asked about are none of the document's, and need no
    /// search.
    hashed: Vec<u64>,
}

impl Pairs {
    /// Bits of a hash.
    const BITS: u32 = 18;

    fn of(units: &[Unit]) -> Self {
        let mut all: Vec<u32> = units.windows(2).map(|w| Self::pair(w[0].id, w[1].id)).collect();
        all.sort_unstable();
        let mut hashed = vec![0; 1 << (Self::BITS - 6)];
        for &pair in &all {
            let (word, bit) = Self::hash(pair);
            hashed[word] |= bit;
        }
        Self { all, hashed }
    }

    fn pair(a: WordId, b: WordId) -> u32 {
        (a.index() as u32) << 16 | b.index() as u32
    }

    /// Where the bit of a pair is (Knuth's multiplicative hashing).
    fn hash(pair: u32) -> (usize, u64) {
        let hash = pair.wrapping_mul(0x9E37_79B1) >> (32 - Self::BITS);
        (hash as usize >> 6, 1 << (hash & 63))
    }

    fn have(&self, a: WordId, b: WordId) -> bool {
        let pair = Self::pair(a, b);
        let (word, bit) = Self::hash(pair);
        self.hashed[word] & bit != 0 && self.all.binary_search(&pair).is_ok()
    }
}

/// Other places of a word with the same neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Elsewhere {
    before: WordId,
    after: WordId,
    /// How many places.
    times: i32,
}

/// A doubted word in its document.
pub(super) struct Place {
    at: usize,
    pub(super) own: WordId,
    cosine_whole: i32,
    document_odds: i32,
    pub(super) elsewhere: Vec<Elsewhere>,
}

/// The features of a repair that depend on all of the document.
pub(super) struct Wide {
    pub(super) cosine_whole: i32,
    pub(super) cosine_whole_gain: i32,
    pub(super) here: i32,
    pub(super) found_here: i32,
    pub(super) here_left: i32,
    pub(super) here_right: i32,
    pub(super) score: i32,
    pub(super) score_before: i32,
    pub(super) score_after: i32,
    pub(super) elsewhere: i32,
    pub(super) elsewhere_count: i32,
    pub(super) document_odds: i32,
}

impl Wide {
    /// Where they stand in a row.
    const AT: [usize; 12] = [20, 21, 25, 26, 27, 28, 29, 30, 31, 43, 44, 50];

    fn write(&self, row: &mut [i16]) {
        let values = [
            self.cosine_whole,
            self.cosine_whole_gain,
            self.here,
            self.found_here,
            self.here_left,
            self.here_right,
            self.score,
            self.score_before,
            self.score_after,
            self.elsewhere,
            self.elsewhere_count,
            self.document_odds,
        ];
        for (at, value) in Self::AT.into_iter().zip(values) {
            row[at] = narrow(value);
        }
    }
}

/// The feature `prior`.
const PRIOR: usize = 2;
/// The features `elsewhere` and `elsewhere-count`.
const FOUND_ELSEWHERE: [usize; 2] = [43, 44];

impl<'v, 'w> View<'v, 'w> {
    pub(super) fn new(
        survey: &Survey<'v>,
        whole: &'v mut Whole<'w>,
        (rows, scored): (&Rows, &[i32]),
        doubted: &[usize],
    ) -> Self {
        let Survey { statistics, units, .. } = *survey;
        let pairs = Pairs::of(units);
        let mut doubted: Vec<_> =
            doubted.iter().map(|&i| (units[rows.units[i] as usize].id, rows.units[i])).collect();
        doubted.sort_unstable();
        let mut scores = vec![UNSCORED; units.len()];
        let mut stood: Vec<WordId> = units.iter().map(|unit| unit.id).collect();
        for ((&unit, best), &score) in rows.units.iter().zip(&rows.best).zip(scored) {
            scores[unit as usize] = score;
            if score >= DOUBTED && Candidate::is_known(best) {
                stood[unit as usize] = best.id;
            }
        }
        Self { statistics, units, whole, pairs, doubted, scores, stood }
    }

    /// What likely stood at a unit.
    pub(super) fn stood(&self, unit: usize) -> WordId {
        self.stood[unit]
    }

    /// The same of all units.
    pub(super) fn into_stood(self) -> Vec<WordId> {
        self.stood
    }

    /// Whether the same likely stood within `reach` of the unit `at` as within that of another in an earlier state.
    pub(super) fn stood_alike(&self, at: usize, earlier: (&[WordId], usize), reach: usize) -> bool {
        let around = |stood: &[WordId], at: usize| {
            let end = (at + reach + 1).min(stood.len());
            at.saturating_sub(reach)..end
        };
        let (earlier, was) = earlier;
        self.stood[around(&self.stood, at)] == earlier[around(earlier, was)]
    }

    /// The `word`th scored word, which is doubted.
    pub(super) fn place(&mut self, rows: &Rows, word: usize) -> Place {
        let at = rows.units[word] as usize;
        let own = self.units[at].id;
        Place {
            at,
            own,
            cosine_whole: self.whole.cosine(own).into(),
            document_odds: rows.row(word)[SCORER_DOCUMENT_ODDS].into(),
            elsewhere: self.elsewhere_of(at, own),
        }
    }

    /// Where a word stands besides among the doubted ones.
    fn elsewhere_of(&self, at: usize, own: WordId) -> Vec<Elsewhere> {
        let from = self.doubted.partition_point(|&(id, _)| id < own);
        let places = self.doubted[from..].iter().take_while(|(id, _)| *id == own);
        let others = places.map(|&(_, unit)| unit as usize).filter(|&unit| unit != at);
        let mut found: Vec<Elsewhere> = Vec::new();
        for place in others.take(ELSEWHERE) {
            let (before, after) = (self.units[place - 1].id, self.units[place + 1].id);
            let same = |e: &&mut Elsewhere| (e.before, e.after) == (before, after);
            if let Some(same) = found.iter_mut().find(same) {
                same.times += 1;
            } else {
                found.push(Elsewhere { before, after, times: 1 });
            }
        }
        found
    }

    fn pair(&self, a: WordId, b: WordId) -> i32 {
        let Statistics { lexicon, bigrams, .. } = self.statistics;
        association(lexicon, bigrams, a, b).score
    }

    /// Associations of a word with both its neighbours, at each of its other places.
    pub(super) fn found(&self, place: &Place) -> Vec<i32> {
        let found = |e: &Elsewhere| self.pair(e.before, place.own) + self.pair(place.own, e.after);
        place.elsewhere.iter().map(found).collect()
    }

    /// Mean odds of a repair at the other places of a doubted word, and at how many places.
    pub(super) fn elsewhere(
        &self,
        place: &Place,
        found: &[i32],
        repair: &Repair,
        prior: i32,
    ) -> (i32, i32) {
        if repair.length > 1 {
            return (0, 0);
        }
        let id = repair.original;
        let odds = |(e, found): (&Elsewhere, &i32)| {
            e.times * (self.pair(e.before, id) + self.pair(id, e.after) - found + prior)
        };
        let count: i32 = place.elsewhere.iter().map(|e| e.times).sum();
        (place.elsewhere.iter().zip(found).map(odds).sum::<i32>() / count.max(1), count)
    }

    /// The features of a repair that depend on all of the document; `product` is that of the vectors of the repair and of
    /// what was found.
    pub(super) fn wide(
        &mut self,
        place: &Place,
        repair: &Repair,
        product: i32,
        (elsewhere, elsewhere_count): (i32, i32),
    ) -> Wide {
        let id = repair.original;
        let [before, after] = repair.around(self.units);
        let cosine_whole = self.whole.cosine_without(place.own, id, product).into();
        let stretch = repair.stretch();
        let times = self.whole.occurrences(id);
        // Most repairs stand nowhere in the document, so that nothing stands beside them.
        let is_pair = |a, b| i32::from(times > 0 && self.pairs.have(a, b));
        Wide {
            cosine_whole,
            cosine_whole_gain: cosine_whole - place.cosine_whole,
            here: i32::from(times).min(20),
            found_here: i32::from(self.whole.occurrences(place.own)).min(20),
            here_left: is_pair(before, id),
            here_right: is_pair(id, after),
            score: self.scores[place.at] / 10,
            score_before: self.scores[stretch.start - 1] / 10,
            score_after: self.scores[stretch.end] / 10,
            elsewhere,
            elsewhere_count,
            document_odds: place.document_odds,
        }
    }

    /// Brings the rows of repairs up to date with the document. They were made where the same stood around the place; then
    /// the word was doubted `elsewhere`, too.
    pub(super) fn renew(
        &mut self,
        place: &Place,
        elsewhere: &[Elsewhere],
        repairs: impl Iterator<Item = (Repair, i32)>,
        values: &mut [i16],
    ) {
        // What a word is doubted beside elsewhere rarely changes, and asking the model is what costs.
        let found = (place.elsewhere != elsewhere).then(|| self.found(place));
        for ((repair, product), row) in repairs.zip(values.chunks_exact_mut(COUNT)) {
            let elsewhere = match &found {
                // A prior is a sum of a few logarithms of 10 and less, so that a row holds all of it.
                Some(found) => self.elsewhere(place, found, &repair, row[PRIOR].into()),
                None => FOUND_ELSEWHERE.map(|at| row[at].into()).into(),
            };
            self.wide(place, &repair, product, elsewhere).write(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features;
    use crate::ranking::NAMES;

    #[test]
    fn what_is_taken_over_from_the_scorer_is_what_it_is_called() {
        assert_eq!(features::NAMES[SCORER_DOCUMENT_ODDS], "document-odds");
    }

    #[test]
    fn what_the_whole_document_says_is_written_where_it_belongs() {
        let names = [
            "cosine-whole",
            "cosine-whole-gain",
            "here",
            "found-here",
            "here-left",
            "here-right",
            "score",
            "score-1",
            "score+1",
            "elsewhere",
            "elsewhere-count",
            "document-odds",
        ];
        assert_eq!(Wide::AT.map(|at| NAMES[at]), names);
        assert_eq!(FOUND_ELSEWHERE.map(|at| NAMES[at]), ["elsewhere", "elsewhere-count"]);
        assert_eq!(NAMES[PRIOR], "prior");
    }
}
