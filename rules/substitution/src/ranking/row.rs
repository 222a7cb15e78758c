//! What the ranker knows of a repair: one row of integers.

use unspin_model::{Original, Statistics, WordFlags, WordId};

use super::pool::{Repair, Source, Survey};
use crate::association::{association, log_add};
use crate::candidates::{Candidate, FORM, NONE, alike, prior};
use crate::context::Surroundings;
use crate::features::{Rows, case_of, class_of, occurrences};

/// The features in the order of a row. `lg` is hundredths of log10; a cosine is in thousandths.
pub const NAMES: [&str; 54] = [
    "source",      // 0 channel, 1 expression, 2 second hand, 3 document
    "share",       // lg share of the original's replacements
    "prior",       // lg odds before the context is seen
    "gain-left",   // lg gain in association on the left
    "gain-right",  // and on the right
    "gain",        // their sum
    "seen-left",   // lg count of the original after the word on the left
    "seen-right",  // and before the word on the right
    "found-left",  // lg association of what was found, on the left
    "found-right", // and on the right
    "frequency",   // lg share of tokens of the original
    "found-frequency",
    "odds",         // gain and prior
    "odds-lost",    // the most of any minus odds
    "gain-lost",    // the most of any minus gain
    "rank",         // by odds, from 0
    "repairs",      // how many there are
    "odds-share",   // odds minus those of all together
    "cosine",       // of the original with the words near
    "cosine-gain",  // that minus the cosine of what was found
    "cosine-whole", // of the original with the document
    "cosine-whole-gain",
    "alike",        // cosine of the original with what was found
    "alike-lost",   // the most of any minus that
    "cosine-lost",  // the most of any minus cosine
    "here",         // occurrences of the original in the document
    "found-here",   // of what was found
    "here-left",    // the document has the original after the word on the left
    "here-right",   // and before the word on the right
    "score",        // of the word found, hundredths of a nat
    "score-1",      // of the word before
    "score+1",      // and after
    "mended-left",  // lg association with the best candidate of the word before
    "mended-right", // and of the word after
    "mended-gain",  // gain beside the best candidates
    "form",         // the original has the same form
    "kinds",        // classes that both can be, as bits
    "class",        // of the original
    "class-found",
    "class-1",
    "class+1",
    "length",    // units that it takes the place of
    "function",  // the original is a function word
    "elsewhere", // mean odds where what was found stands besides
    "elsewhere-count",
    "case",          // of what was found: 0 lower, 1 title, 2 other
    "start",         // of a sentence
    "prefix",        // bytes at the start that both share
    "bytes",         // of the original minus those of what was found
    "emission",      // lg odds of the word in reworded against clean text
    "document-odds", // mean total odds of the document's words
    "name",          // the original is a name
    "share-rank",    // by share, from 0
    "cosine-rank",   // by cosine, from 0
];

/// Number of features.
pub const COUNT: usize = NAMES.len();

/// Indices of the scorer's features that are taken over.
const SCORER_EMISSION: usize = 9;
const SCORER_DOCUMENT_ODDS: usize = 65;
/// Repairs of a word, by odds, that get a closer look.
const CLOSER: usize = 24;
/// Other places of the same word that are asked.
const ELSEWHERE: usize = 4;

/// A small count as a feature.
fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Describes the repairs of a document's doubted words, to be asked in order.
pub(super) struct Describe<'d> {
    survey: &'d Survey<'d>,
    rows: &'d Rows,
    scores: &'d [i32],
    surroundings: Surroundings<'d>,
    /// Occurrences in the document by id.
    occurrences: Vec<u8>,
    /// Neighbours in the document, sorted.
    pairs: Vec<(WordId, WordId)>,
    /// Doubted words with the index of their unit, sorted.
    doubted: Vec<(WordId, u32)>,
}

/// What is known of a repair before it is compared with the others.
struct Sketch {
    found_left: i32,
    found_right: i32,
    gain_left: i32,
    gain_right: i32,
    seen_left: i32,
    seen_right: i32,
    prior: i32,
    cosine: i32,
    cosine_whole: i32,
    alike: i32,
}

impl Sketch {
    fn gain(&self) -> i32 {
        self.gain_left + self.gain_right
    }

    fn odds(&self) -> i32 {
        self.gain() + self.prior
    }
}

impl<'d> Describe<'d> {
    pub(super) fn new(
        rows: &'d Rows,
        scores: &'d [i32],
        survey: &'d Survey<'d>,
        doubted: &[usize],
    ) -> Self {
        let Survey { statistics, units, .. } = *survey;
        let occurrences = occurrences(units);
        let mut pairs: Vec<_> = units.windows(2).map(|w| (w[0].id, w[1].id)).collect();
        pairs.sort_unstable();
        let mut doubted: Vec<_> =
            doubted.iter().map(|&i| (units[rows.units[i] as usize].id, rows.units[i])).collect();
        doubted.sort_unstable();
        let surroundings = Surroundings::new(&statistics.lexicon, statistics.vectors, units);
        Self { survey, rows, scores, surroundings, occurrences, pairs, doubted }
    }

    /// Of the repairs collected for the `word`th scored word those worth a closer look, with their rows.
    #[expect(clippy::too_many_lines, reason = "one row, in the order of `NAMES`")]
    pub(super) fn rows(&mut self, word: usize, collected: &[Repair]) -> (Vec<Repair>, Vec<i16>) {
        let at = self.rows.units[word] as usize;
        let (near, whole) = self.surroundings.advance(at);
        let (near_length, whole_length) = (near.length(), whole.length());
        let statistics = self.survey.statistics;
        let vector = |id| statistics.vectors.get(id);
        let own = self.survey.units[at].id;
        let own_cosine = i32::from(near.cosine(near_length, vector(own)));
        let own_whole = i32::from(whole.cosine(whole_length, vector(own)));
        let units = self.survey.units;
        let alone = [self.pair(units[at - 1].id, own), self.pair(own, units[at + 1].id)];
        let places = self.places(at, own);
        let mut sketched: Vec<(&Repair, Sketch)> =
            collected.iter().map(|repair| (repair, self.sketch(repair, own, alone))).collect();
        if sketched.len() > CLOSER {
            sketched.sort_by_key(|(_, sketch)| -sketch.odds());
            let mut at = 0;
            sketched.retain(|(repair, _)| {
                at += 1;
                at <= CLOSER || matches!(repair.source, Source::Expression | Source::Document)
            });
        }
        for (repair, sketch) in &mut sketched {
            let id = repair.original;
            sketch.cosine = i32::from(near.cosine(near_length, vector(id)));
            sketch.cosine_whole = i32::from(whole.cosine(whole_length, vector(id)));
            sketch.alike = i32::from(alike(statistics, own, id));
        }
        let repairs: Vec<Repair> = sketched.iter().map(|(repair, _)| **repair).collect();
        let sketches: Vec<Sketch> = sketched.into_iter().map(|(_, sketch)| sketch).collect();
        let most = |of: &dyn Fn(&Sketch) -> i32| sketches.iter().map(of).max().unwrap_or(0);
        let most_odds = most(&Sketch::odds);
        let most_gain = most(&Sketch::gain);
        let most_alike = most(&|s| s.alike);
        let most_cosine = most(&|s| s.cosine);
        let total = sketches.iter().map(Sketch::odds).reduce(log_add).unwrap_or(NONE);
        let scorer = self.rows.row(word);
        let token = &self.survey.document.tokens()[self.survey.units[at].token as usize];
        let lexicon = &statistics.lexicon;
        let mut values = Vec::with_capacity(repairs.len() * COUNT);
        for (repair, sketch) in repairs.iter().zip(&sketches) {
            let id = repair.original;
            let around = self.around(repair);
            let rank = sketches.iter().filter(|s| s.odds() > sketch.odds()).count();
            let share_rank = repairs.iter().filter(|r| r.log10_share > repair.log10_share).count();
            let cosine_rank = sketches.iter().filter(|s| s.cosine > sketch.cosine).count();
            let (mended_left, mended_right, mended_gain) = self.mended(repair, sketch);
            let (elsewhere, count) = self.elsewhere(&places, repair, sketch.prior);
            let flags = |id: WordId| lexicon.flags(id).0;
            let class = |id: WordId| class_of(lexicon.flags(id), id);
            let score = |unit: usize| self.score_of(unit) / 10;
            let here = |a, b| i32::from(self.pairs.binary_search(&(a, b)).is_ok());
            let (spelling, found) = (lexicon.spelling(id), lexicon.spelling(own));
            let row: [i32; COUNT] = [
                match repair.source {
                    Source::Channel => 0,
                    Source::Expression => 1,
                    Source::SecondHand => 2,
                    Source::Document => 3,
                },
                repair.log10_share,
                sketch.prior,
                sketch.gain_left,
                sketch.gain_right,
                sketch.gain(),
                sketch.seen_left,
                sketch.seen_right,
                sketch.found_left,
                sketch.found_right,
                lexicon.log10_hundredths(id),
                lexicon.log10_hundredths(own),
                sketch.odds(),
                most_odds - sketch.odds(),
                most_gain - sketch.gain(),
                number(rank),
                number(repairs.len()),
                sketch.odds() - total,
                sketch.cosine,
                sketch.cosine - own_cosine,
                sketch.cosine_whole,
                sketch.cosine_whole - own_whole,
                sketch.alike,
                most_alike - sketch.alike,
                most_cosine - sketch.cosine,
                i32::from(self.occurrences[id.index()]).min(20),
                i32::from(self.occurrences[own.index()]).min(20),
                here(around[0], id),
                here(id, around[1]),
                score(at),
                score(repair.stretch().start - 1),
                score(repair.stretch().end),
                mended_left,
                mended_right,
                mended_gain,
                i32::from(flags(id) & FORM == flags(own) & FORM),
                i32::from(flags(id) & flags(own) & 0x1F),
                class(id),
                class(own),
                class(around[0]),
                class(around[1]),
                i32::from(repair.length),
                i32::from(flags(id) & WordFlags::FUNCTION != 0),
                elsewhere,
                count,
                case_of(token),
                i32::from(self.survey.units[at - 1].id == WordId::STOP),
                number(spelling.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count()),
                number(spelling.len()) - number(found.len()),
                i32::from(scorer[SCORER_EMISSION]),
                i32::from(scorer[SCORER_DOCUMENT_ODDS]),
                i32::from(flags(id) & WordFlags::NAME != 0),
                number(share_rank),
                number(cosine_rank),
            ];
            values.extend(row.iter().map(|&v| v.clamp(i16::MIN.into(), i16::MAX.into()) as i16));
        }
        (repairs, values)
    }

    /// What neighbours say of a repair; its cosines are left at 0.
    /// `alone` holds the associations of the doubted word with its neighbours.
    fn sketch(&self, repair: &Repair, own: WordId, alone: [i32; 2]) -> Sketch {
        let Statistics { lexicon, bigrams, .. } = self.survey.statistics;
        let units = self.survey.units;
        let [before, after] = self.around(repair);
        let id = repair.original;
        let stretch = repair.stretch();
        let left = association(lexicon, bigrams, before, id);
        let right = association(lexicon, bigrams, id, after);
        let original = Original { id, log10_share: repair.log10_share };
        let ([found_left, found_right], prior) = if repair.length == 1 {
            (alone, prior(lexicon, original, own))
        } else {
            let words = &units[stretch];
            // The frequency of an expression: that of its words, and how they hold together.
            let joins: i32 = words.windows(2).map(|w| self.pair(w[0].id, w[1].id)).sum();
            let found = words.iter().map(|u| lexicon.log10_hundredths(u.id)).sum::<i32>() + joins;
            let ends = [words[0].id, words[words.len() - 1].id];
            let around = [self.pair(before, ends[0]), self.pair(ends[1], after)];
            (around, lexicon.log10_hundredths(id) + original.log10_share - found)
        };
        Sketch {
            found_left,
            found_right,
            gain_left: left.score - found_left,
            gain_right: right.score - found_right,
            seen_left: left.seen,
            seen_right: right.seen,
            prior,
            cosine: 0,
            cosine_whole: 0,
            alike: 0,
        }
    }

    /// The words on both sides of what a repair takes the place of.
    fn around(&self, repair: &Repair) -> [WordId; 2] {
        let stretch = repair.stretch();
        [self.survey.units[stretch.start - 1].id, self.survey.units[stretch.end].id]
    }

    fn pair(&self, a: WordId, b: WordId) -> i32 {
        let Statistics { lexicon, bigrams, .. } = self.survey.statistics;
        association(lexicon, bigrams, a, b).score
    }

    /// Index of the scored word that is the unit `at`.
    fn scored(&self, at: usize) -> Option<usize> {
        self.rows.units.binary_search(&(at as u32)).ok()
    }

    fn score_of(&self, at: usize) -> i32 {
        self.scored(at).map_or(-9_990, |i| self.scores[i])
    }

    /// Associations of a repair with the best candidates of its neighbours, and what it gains beside them.
    fn mended(&self, repair: &Repair, sketch: &Sketch) -> (i32, i32, i32) {
        let stretch = repair.stretch();
        let [before, after] = self.around(repair);
        let best = |at: usize, found: WordId| {
            let doubted = self.scored(at).filter(|&i| self.scores[i] >= -1_500);
            doubted.map(|i| self.rows.best[i]).filter(Candidate::is_known).map_or(found, |b| b.id)
        };
        let (left, right) = (best(stretch.start - 1, before), best(stretch.end, after));
        let units = self.survey.units;
        let (mended_left, gain_left) = if left == before {
            (sketch.gain_left + sketch.found_left, sketch.gain_left)
        } else {
            let mended = self.pair(left, repair.original);
            (mended, mended - self.pair(left, units[stretch.start].id))
        };
        let (mended_right, gain_right) = if right == after {
            (sketch.gain_right + sketch.found_right, sketch.gain_right)
        } else {
            let mended = self.pair(repair.original, right);
            (mended, mended - self.pair(units[stretch.end - 1].id, right))
        };
        (mended_left, mended_right, gain_left + gain_right)
    }

    /// Where a word stands besides among the doubted ones.
    fn places(&self, at: usize, own: WordId) -> Vec<Elsewhere> {
        let from = self.doubted.partition_point(|&(id, _)| id < own);
        let units = self.survey.units;
        let places = self.doubted[from..].iter().take_while(|(id, _)| *id == own);
        let others = places.map(|&(_, unit)| unit as usize).filter(|&unit| unit != at);
        let mut found: Vec<Elsewhere> = Vec::new();
        for place in others.take(ELSEWHERE) {
            let (before, after) = (units[place - 1].id, units[place + 1].id);
            let same = |e: &&mut Elsewhere| (e.before, e.after) == (before, after);
            if let Some(same) = found.iter_mut().find(same) {
                same.times += 1;
            } else {
                let found_there = self.pair(before, own) + self.pair(own, after);
                found.push(Elsewhere { before, after, found: found_there, times: 1 });
            }
        }
        found
    }

    /// Mean odds of a repair at the other places of a doubted word, and at how many places.
    fn elsewhere(&self, places: &[Elsewhere], repair: &Repair, prior: i32) -> (i32, i32) {
        if repair.length > 1 {
            return (0, 0);
        }
        let id = repair.original;
        let odds = |e: &Elsewhere| {
            e.times * (self.pair(e.before, id) + self.pair(id, e.after) - e.found + prior)
        };
        let count: i32 = places.iter().map(|e| e.times).sum();
        (places.iter().map(odds).sum::<i32>() / count.max(1), count)
    }
}

/// Other places of a word with the same neighbours.
struct Elsewhere {
    before: WordId,
    after: WordId,
    /// Association of the word with both.
    found: i32,
    /// How many places.
    times: i32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features;

    #[test]
    fn what_is_taken_over_from_the_scorer_is_what_it_is_called() {
        assert_eq!(features::NAMES[SCORER_EMISSION], "emission");
        assert_eq!(features::NAMES[SCORER_DOCUMENT_ODDS], "document-odds");
    }
}
