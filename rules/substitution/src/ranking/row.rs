//! What the ranker knows of a repair: one row of integers.

use unspin_model::{Original, Statistics, WordFlags, WordId};

use super::pool::{Repair, Source, Survey};
use super::wide::{Elsewhere, View};
use crate::association::{association, log_add};
use crate::candidates::{FORM, NONE, prior};
use crate::context::{Surroundings, Whole, cosine_of_words, product};
use crate::features::{Rows, class_of, narrow};
use crate::written::Written;

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

/// Index of the scorer's feature that is taken over.
const SCORER_EMISSION: usize = 9;
/// Repairs of a word, by odds, that get a closer look.
const CLOSER: usize = 24;

/// A small count as a feature.
fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// How many of some values are greater than one.
fn greater(values: &[i32], than: i32) -> usize {
    values.iter().filter(|&&value| value > than).count()
}

/// Describes the repairs of a document's doubted words, to be asked in order.
pub(super) struct Describe<'d, 'w> {
    survey: &'d Survey<'d>,
    rows: &'d Rows,
    surroundings: Surroundings<'d>,
    pub(super) view: View<'d, 'w>,
}

/// The repairs of a doubted word that are worth a closer look.
pub(super) struct Described {
    pub(super) repairs: Vec<Repair>,
    /// [`COUNT`] features a repair, one row after another.
    pub(super) values: Vec<i16>,
    /// Of the vectors of each repair and of what was found.
    pub(super) products: Vec<i32>,
    /// Where the word is doubted besides.
    pub(super) places: Vec<Elsewhere>,
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
    /// Of the vectors of the repair and of what was found.
    product: i32,
}

impl Sketch {
    fn gain(&self) -> i32 {
        self.gain_left + self.gain_right
    }

    fn odds(&self) -> i32 {
        self.gain() + self.prior
    }

    fn alike(&self) -> i32 {
        cosine_of_words(self.product).into()
    }
}

impl<'d, 'w> Describe<'d, 'w> {
    pub(super) fn new(
        (rows, scores): (&'d Rows, &[i32]),
        survey: &'d Survey<'d>,
        whole: &'d mut Whole<'w>,
        doubted: &[usize],
    ) -> Self {
        let surroundings = Surroundings::new(survey.statistics, survey.units);
        let view = View::new(survey, whole, (rows, scores), doubted);
        Self { survey, rows, surroundings, view }
    }

    /// Of the repairs collected for the `word`th scored word those worth a closer look, with their rows.
    #[expect(clippy::too_many_lines, reason = "one row, in the order of `NAMES`")]
    pub(super) fn rows(&mut self, word: usize, collected: &[Repair]) -> Described {
        let at = self.rows.units[word] as usize;
        let near = self.surroundings.near(at);
        let statistics = self.survey.statistics;
        let lexicon = &statistics.lexicon;
        let vector = |id| statistics.vectors.get(id);
        let units = self.survey.units;
        let own = units[at].id;
        let own_cosine = i32::from(near.cosine(vector(own)));
        let alone = [self.pair(units[at - 1].id, own), self.pair(own, units[at + 1].id)];
        for repair in collected {
            let [before, after] = repair.around(units);
            statistics.bigrams.fetch(before, repair.original);
            statistics.bigrams.fetch(repair.original, after);
            statistics.vectors.fetch(repair.original);
        }
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
            sketch.cosine = i32::from(near.cosine(vector(repair.original)));
            sketch.product = product(&statistics.vectors, own, repair.original);
        }
        let repairs: Vec<Repair> = sketched.iter().map(|(repair, _)| **repair).collect();
        let sketches: Vec<Sketch> = sketched.into_iter().map(|(_, sketch)| sketch).collect();
        let odds: Vec<i32> = sketches.iter().map(Sketch::odds).collect();
        let cosines: Vec<i32> = sketches.iter().map(|s| s.cosine).collect();
        let shares: Vec<i32> = repairs.iter().map(|r| r.log10_share).collect();
        let most = |of: &mut dyn Iterator<Item = i32>| of.max().unwrap_or(0);
        let most_odds = most(&mut odds.iter().copied());
        let most_gain = most(&mut sketches.iter().map(Sketch::gain));
        let most_alike = most(&mut sketches.iter().map(Sketch::alike));
        let most_cosine = most(&mut cosines.iter().copied());
        let total = odds.iter().copied().reduce(log_add).unwrap_or(NONE);
        let emission = self.rows.row(word)[SCORER_EMISSION];
        let written = Written::of_unit(self.survey.document, units[at]);
        let place = self.view.place(self.rows, word);
        let found = self.view.found(&place);
        let own_spelling = lexicon.spelling_bytes(own);
        let mut values = Vec::with_capacity(repairs.len() * COUNT);
        for (repair, sketch) in repairs.iter().zip(&sketches) {
            let id = repair.original;
            let around = repair.around(units);
            let rank = greater(&odds, sketch.odds());
            let share_rank = greater(&shares, repair.log10_share);
            let cosine_rank = greater(&cosines, sketch.cosine);
            let (mended_left, mended_right, mended_gain) = self.mended(repair, sketch);
            let elsewhere = self.view.elsewhere(&place, &found, repair, sketch.prior);
            let wide = self.view.wide(&place, repair, sketch.product, elsewhere);
            let flags = |id: WordId| lexicon.flags(id).0;
            let class = |id: WordId| class_of(lexicon.flags(id), id);
            let spelling = lexicon.spelling_bytes(id);
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
                wide.cosine_whole,
                wide.cosine_whole_gain,
                sketch.alike(),
                most_alike - sketch.alike(),
                most_cosine - sketch.cosine,
                wide.here,
                wide.found_here,
                wide.here_left,
                wide.here_right,
                wide.score,
                wide.score_before,
                wide.score_after,
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
                wide.elsewhere,
                wide.elsewhere_count,
                written.case.into(),
                i32::from(units[at - 1].id == WordId::STOP),
                number(spelling.iter().zip(own_spelling).take_while(|(a, b)| a == b).count()),
                number(spelling.len()) - number(own_spelling.len()),
                i32::from(emission),
                wide.document_odds,
                i32::from(flags(id) & WordFlags::NAME != 0),
                number(share_rank),
                number(cosine_rank),
            ];
            values.extend(row.map(narrow));
        }
        let products = sketches.iter().map(|sketch| sketch.product).collect();
        Described { repairs, values, products, places: place.elsewhere }
    }

    /// What neighbours say of a repair; its cosine and its product are left at 0.
    /// `alone` holds the associations of the doubted word with its neighbours.
    fn sketch(&self, repair: &Repair, own: WordId, alone: [i32; 2]) -> Sketch {
        let Statistics { lexicon, bigrams, .. } = self.survey.statistics;
        let units = self.survey.units;
        let [before, after] = repair.around(units);
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
            product: 0,
        }
    }

    fn pair(&self, a: WordId, b: WordId) -> i32 {
        let Statistics { lexicon, bigrams, .. } = self.survey.statistics;
        association(lexicon, bigrams, a, b).score
    }

    /// Associations of a repair with what likely stood beside it, and what it gains there.
    fn mended(&self, repair: &Repair, sketch: &Sketch) -> (i32, i32, i32) {
        let units = self.survey.units;
        let stretch = repair.stretch();
        let [before, after] = repair.around(units);
        let (left, right) = (self.view.stood(stretch.start - 1), self.view.stood(stretch.end));
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features;

    #[test]
    fn what_is_taken_over_from_the_scorer_is_what_it_is_called() {
        assert_eq!(features::NAMES[SCORER_EMISSION], "emission");
    }
}
