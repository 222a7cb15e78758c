//! A first look at a page, so that the full scorer runs only where it can matter.

use unspin_model::{Bigrams, Gate, Lexicon, Statistics, WordId};

use crate::Unit;
use crate::association::association;

/// Words in half a stretch; stretches are screened by themselves.
const HALF: usize = 150;
/// What a word must have to count at all: hundredths of log10.
const LEAST: i32 = 50;

/// What a text of 100 words is let off, times 100; the same for shorter ones.
const SLACK: i32 = 12_000;
const LEAST_WORDS: usize = 100;

/// Words whose neighbours are looked up in one go, once all of them are announced.
const BLOCK: usize = 16;

/// A word that may count: its number among the words, the word before it, and its emission.
#[derive(Clone, Copy, Default)]
struct Suspect {
    number: usize,
    before: WordId,
    id: WordId,
    emission: i32,
}

/// The screening scores of all words, summed up by half stretches.
struct Sums<'s> {
    lexicon: &'s Lexicon<'s>,
    bigrams: &'s Bigrams<'s>,
    /// Of each half stretch that was begun.
    halves: Vec<u64>,
}

impl Sums<'_> {
    /// Adds the screening scores of some words: how much likelier each is as a replacement than as itself, less how well
    /// it goes with the word before it, as far as that is above [`LEAST`]. Hundredths of log10.
    fn add(&mut self, suspects: &[Suspect]) {
        for word in suspects {
            let fit = association(self.lexicon, self.bigrams, word.before, word.id).score;
            let score = (word.emission - fit.clamp(-150, 150) - LEAST).max(0);
            let half = word.number / HALF;
            if self.halves.len() <= half {
                self.halves.resize(half + 1, 0);
            }
            self.halves[half] += u64::from(score.cast_unsigned());
        }
    }
}

/// The mean screening score of the oddest stretch of a text, in hundredths of hundredths of log10.
pub fn screening_score(statistics: &Statistics<'_>, units: &[Unit]) -> i32 {
    let Statistics { lexicon, bigrams, channel, .. } = statistics;
    let mut sums = Sums { lexicon, bigrams, halves: Vec::new() };
    let (mut some, mut length, mut words) = ([Suspect::default(); BLOCK], 0, 0_usize);
    for pair in units.windows(2) {
        let (before, id) = (pair[0].id, pair[1].id);
        if !id.is_word() {
            continue;
        }
        let emission = channel.emission(id).clamp(-200, 300);
        // Words that replace nothing cannot reach it, and cost no look at their neighbours.
        if emission + 150 > LEAST {
            bigrams.fetch(before, id);
            some[length] = Suspect { number: words, before, id, emission };
            length += 1;
            if length == BLOCK {
                sums.add(&some);
                length = 0;
            }
        }
        words += 1;
    }
    sums.add(&some[..length]);
    let mut halves = sums.halves;
    let whole = 100 * halves.iter().sum::<u64>() / (words as u64).max(1);
    // A stretch that the text does not fill is not judged by itself.
    halves.resize(words / HALF, 0);
    let stretch = halves.windows(2).map(|s| 100 * (s[0] + s[1]) / (2 * HALF as u64)).max();
    whole.max(stretch.unwrap_or(0)) as i32
}

/// What a text is let off by its length: a mean over few words strays further, and a short text costs little.
fn slack(words: usize) -> i32 {
    i32::try_from(words.max(LEAST_WORDS)).map_or(0, |words| SLACK / words)
}

/// Whether a text is odd enough for the full scorer.
pub(crate) fn may_pass(statistics: &Statistics<'_>, gate: &Gate<'_>, units: &[Unit]) -> bool {
    screening_score(statistics, units) + slack(units.len()) >= gate.screen()
}
