//! A first look at a page, so that the full scorer runs only where it can matter.

use unspin_model::{Bigrams, Channel, Gate, Lexicon, Statistics, WordId};

use crate::Unit;
use crate::association::association;

/// Words in a stretch that is screened by itself.
const STRETCH: i64 = 300;
/// What a word must have to count at all: hundredths of log10.
const LEAST: i32 = 50;

/// What a text of 100 words is let off, times 100; the same for shorter ones.
const SLACK: i32 = 12_000;
const LEAST_WORDS: usize = 100;

/// The screening score of a word after `before`: how much likelier it is as a replacement than as itself, less how well
/// it goes with the word before it, as far as that is above [`LEAST`]. Hundredths of log10.
#[inline]
fn word_score(
    lexicon: &Lexicon<'_>,
    bigrams: &Bigrams<'_>,
    channel: &Channel<'_>,
    before: WordId,
    id: WordId,
) -> i32 {
    // Words that replace nothing cannot reach it, and cost no look at their neighbours.
    let emission = channel.emission(id).clamp(-200, 300);
    if emission + 150 <= LEAST {
        return 0;
    }
    let fit = association(lexicon, bigrams, before, id).score.clamp(-150, 150);
    (emission - fit - LEAST).max(0)
}

/// The mean screening score of the oddest stretch of a text, in hundredths of hundredths of log10.
pub fn screening_score(statistics: &Statistics<'_>, units: &[Unit]) -> i32 {
    let Statistics { lexicon, bigrams, channel, .. } = statistics;
    let (mut words, mut sum) = (0_i64, 0_i64);
    // Sums at every half stretch, so that the sum over a stretch is a difference.
    let mut sums = vec![0_i64];
    for pair in units.windows(2) {
        let id = pair[1].id;
        if id.is_word() {
            sum += i64::from(word_score(lexicon, bigrams, channel, pair[0].id, id));
            words += 1;
            if words % (STRETCH / 2) == 0 {
                sums.push(sum);
            }
        }
    }
    let whole = 100 * sum / words.max(1);
    let stretch = sums.windows(3).map(|s| 100 * (s[2] - s[0]) / STRETCH).max().unwrap_or(0);
    whole.max(stretch) as i32
}

/// What a text is let off by its length: a mean over few words strays further, and a short text costs little.
fn slack(words: usize) -> i32 {
    i32::try_from(words.max(LEAST_WORDS)).map_or(0, |words| SLACK / words)
}

/// Whether a text is odd enough for the full scorer.
pub(crate) fn may_pass(statistics: &Statistics<'_>, gate: &Gate<'_>, units: &[Unit]) -> bool {
    screening_score(statistics, units) + slack(units.len()) >= gate.screen()
}
