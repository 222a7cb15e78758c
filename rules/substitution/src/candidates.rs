//! The words that may have stood where a word stands, and how much better they would fit.

use unspin_model::{Channel, Lexicon, Original, Statistics, WordFlags, WordId};

use crate::Unit;
use crate::association::{Association, association, log_add};
use crate::context::{NarrowTopic, cosine_of_words, product};

/// Which substitutions the scorer may know of. The linter knows all; training hides some, or the model learns that the
/// truth is always among the candidates.
pub trait Visible {
    /// Whether it may know that `replacement` is put for `original`.
    fn visible(&self, original: WordId, replacement: WordId) -> bool;

    /// Whether it may know that `expression` is put for `original`.
    fn visible_phrase(&self, original: WordId, expression: &[Unit]) -> bool;
}

/// Everything is visible.
pub struct All;

impl Visible for All {
    #[inline]
    fn visible(&self, _: WordId, _: WordId) -> bool {
        true
    }

    #[inline]
    fn visible_phrase(&self, _: WordId, _: &[Unit]) -> bool {
        true
    }
}

/// A word that may have stood there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Candidate {
    /// The word.
    pub id: WordId,
    /// How much better it fits its two neighbours: hundredths of log10.
    pub gain: i32,
    /// Of that, on the left.
    pub gain_left: i32,
    /// And on the right.
    pub gain_right: i32,
    /// How much likelier it is, before looking at the context, that it was replaced than that the word found was
    /// written: hundredths of log10.
    pub prior: i32,
    /// How often it is seen after the word on the left: hundredths of log10, -30 if never.
    pub seen_left: i32,
    /// How often it is seen before the word on the right.
    pub seen_right: i32,
}

impl Candidate {
    /// Whether there is a candidate at all.
    pub(crate) fn is_known(&self) -> bool {
        self.id != WordId::UNKNOWN
    }

    pub(crate) fn odds(&self) -> i32 {
        self.gain + self.prior
    }
}

/// What the candidates of one place come to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Summary {
    /// The candidate with the highest odds.
    pub(crate) best: Candidate,
    /// Odds of the second.
    pub(crate) second: i32,
    /// The greatest gain of any.
    pub(crate) most_gain: i32,
    /// Log of the summed odds.
    pub(crate) total: i32,
    /// Log of the summed priors: how much likelier the word is in reworded text than in clean text.
    pub(crate) emission: i32,
    /// Number of candidates.
    pub(crate) count: i32,
    /// Number with a gain over 0.6 (four times the odds).
    pub(crate) better: i32,
    /// Thousandths of the greatest cosine of a candidate with the words near.
    pub(crate) most_near: i16,
}

/// The odds where there is no candidate: hundredths of log10.
pub(crate) const NONE: i32 = -600;

/// The flags of inflected forms.
pub(crate) const FORM: u8 = WordFlags::S_FORM | WordFlags::OTHER_FORM;
/// What an original of another form loses: rewording mostly keeps the form. Hundredths of log10.
const OTHER_FORM: i32 = 70;

/// What stands around a place.
pub(crate) struct Place<'p> {
    pub(crate) units: &'p [Unit],
    pub(crate) at: usize,
    pub(crate) left: Association,
    pub(crate) right: Association,
    pub(crate) near: &'p NarrowTopic,
}

/// How much likelier it is, before looking at the context, that `original` was replaced by `replacement` than that the
/// latter was written: hundredths of log10.
#[inline]
pub fn prior(lexicon: &Lexicon<'_>, original: Original, replacement: WordId) -> i32 {
    let form = |id| lexicon.flags(id).0 & FORM;
    let other = if form(original.id) == form(replacement) { 0 } else { OTHER_FORM };
    lexicon.log10_hundredths(original.id) + original.log10_share
        - lexicon.log10_hundredths(replacement)
        - other
}

/// Weighs the candidates for the word at `place`.
pub(crate) fn weigh(
    statistics: &Statistics<'_>,
    place: &Place<'_>,
    visible: &impl Visible,
) -> Summary {
    let Statistics { lexicon, bigrams, channel, vectors, .. } = statistics;
    let unit = place.units[place.at];
    let (before, after) = (place.units[place.at - 1].id, place.units[place.at + 1].id);
    let mut summary = Summary {
        best: Candidate { prior: NONE, ..Candidate::default() },
        second: NONE,
        most_gain: -200,
        total: NONE,
        emission: NONE,
        ..Summary::default()
    };
    // No candidate is no reason to think that one would be out of place.
    let mut most_near = 0;
    let expected_before = lexicon.log10_hundredths(before) + bigrams.log10_total();
    let expected_after = lexicon.log10_hundredths(after) + bigrams.log10_total();
    // All of them are announced before the first is looked up.
    let (mut originals, mut known) = ([Original::default(); Channel::USUAL], 0);
    for original in channel.originals(unit.id).filter(|o| visible.visible(o.id, unit.id)) {
        bigrams.fetch(before, original.id);
        bigrams.fetch(original.id, after);
        vectors.fetch(original.id);
        originals[known] = original;
        known += 1;
    }
    for original in originals[..known].iter().copied() {
        let left = bigrams.code(before, original.id);
        let right = bigrams.code(original.id, after);
        let frequency = lexicon.log10_hundredths(original.id);
        let left = Association::of(left, expected_before + frequency);
        let right = Association::of(right, expected_after + frequency);
        let gain_left = left.score - place.left.score;
        let gain_right = right.score - place.right.score;
        let candidate = Candidate {
            id: original.id,
            gain: gain_left + gain_right,
            gain_left,
            gain_right,
            prior: prior(lexicon, original, unit.id),
            seen_left: left.seen,
            seen_right: right.seen,
        };
        let odds = candidate.odds();
        if odds > summary.best.odds() {
            summary.second = summary.best.odds();
            summary.best = candidate;
        } else {
            summary.second = summary.second.max(odds);
        }
        summary.most_gain = summary.most_gain.max(candidate.gain);
        summary.total = log_add(summary.total, odds);
        summary.emission = log_add(summary.emission, candidate.prior);
        summary.count += 1;
        summary.better += i32::from(candidate.gain > 60);
        most_near = most_near.max(place.near.product(vectors.get(original.id)));
    }
    summary.most_near = place.near.cosine_of(most_near);
    summary
}

/// Thousandths of the cosine between the words themselves.
pub(crate) fn alike(statistics: &Statistics<'_>, a: WordId, b: WordId) -> i16 {
    cosine_of_words(product(&statistics.vectors, a, b))
}

/// How much better `original` fits between two words than a replacement does, of which the first and the last word are
/// given: hundredths of log10.
pub fn fit_gain(
    statistics: &Statistics<'_>,
    [before, after]: [WordId; 2],
    original: WordId,
    [first, last]: [WordId; 2],
) -> i32 {
    let pair = |a, b| association(&statistics.lexicon, &statistics.bigrams, a, b).score;
    pair(before, original) + pair(original, after) - pair(before, first) - pair(last, after)
}
