//! How the scores of a document's words come to a judgement on the whole.
//!
//! The statistic of a stretch of text is the mean over its words of what their scores count for, times the square root
//! of the number of words (up to a bound: what is peculiar to a text does not average out). Repeats of a word share one
//! vote. What a score counts for is a table made when the model is built, so that judging adds integers alone.
//!
//! Section `GATE`: `i32` lowest word score of the table, in thousandths of a nat; `u32` its step; `i32` the statistic
//! that one clean text in a thousand reaches; `i32` thousandths of a nat of evidence for each thousandth of the
//! statistic, times 1000; `i32` screen threshold; `u32` entries `n`; `n` times `i16`, what a score counts for, in thousandths.

use crate::bytes::{take, take_u32};

/// Tag of the section.
pub(crate) const TAG: [u8; 4] = *b"GATE";
/// Words beyond which a longer text is no surer: thousandths of a nat would pile up from its subject alone.
const MOST_WORDS: i64 = 400;

/// Judges documents by the scores of their words.
#[derive(Debug, Clone, Copy)]
pub struct Gate<'a> {
    lowest: i32,
    step: i32,
    threshold: i32,
    slope: i32,
    screen: i32,
    counts: &'a [u8],
}

/// Sums over the words of a stretch of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    counts: i64,
    weights: i64,
    words: i64,
}

/// Weights are in units of this, so that a third of a vote is a number.
const VOTE: i64 = 840;

impl Tally {
    /// What this tally has more than `before`, which lies in it.
    #[must_use]
    pub fn since(self, before: Self) -> Self {
        Self {
            counts: self.counts - before.counts,
            weights: self.weights - before.weights,
            words: self.words - before.words,
        }
    }
}

impl<'a> Gate<'a> {
    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        let mut number = || take_u32(&mut rest).map(u32::cast_signed);
        let (lowest, step, threshold, slope, screen) =
            (number()?, number()?, number()?, number()?, number()?);
        let n = number()?.cast_unsigned();
        let counts = take(&mut rest, n, 2)?;
        (step > 0 && n > 0).then_some(Self { lowest, step, threshold, slope, screen, counts })
    }

    /// Adds a word with `score` (thousandths of a nat) that occurs `occurrences` times in the document.
    pub fn add(&self, tally: &mut Tally, score: i32, occurrences: u8) {
        let last = self.counts.len() / 2 - 1;
        let at = ((score.saturating_sub(self.lowest) / self.step).max(0) as usize).min(last) * 2;
        let count = i16::from_le_bytes([self.counts[at], self.counts[at + 1]]);
        let vote = VOTE / i64::from(occurrences.clamp(1, 8));
        tally.counts += i64::from(count) * vote;
        tally.weights += vote;
        tally.words += 1;
    }

    /// The statistic of a stretch of text, in thousandths.
    pub fn statistic(&self, tally: Tally) -> i32 {
        let mean = tally.counts / tally.weights.max(1);
        // Ten bits of the root's fraction.
        let root = (tally.words.clamp(0, MOST_WORDS) << 20).cast_unsigned().isqrt().cast_signed();
        ((mean * root) >> 10) as i32
    }

    /// The evidence that a statistic is, in thousandths of a nat: `at_threshold` for a text that scores as one clean
    /// text in a thousand does.
    pub fn evidence(&self, statistic: i32, at_threshold: i32) -> i32 {
        let above = i64::from(statistic) - i64::from(self.threshold);
        let above = above * i64::from(self.slope) / 1000;
        at_threshold.saturating_add(above.clamp(-100_000, 100_000) as i32)
    }

    /// The statistic that one clean text in a thousand reaches, in thousandths.
    pub fn threshold(&self) -> i32 {
        self.threshold
    }

    /// Mean screening score a word below which a text is not looked at again.
    pub fn screen(&self) -> i32 {
        self.screen
    }

    /// The section with another threshold.
    pub(crate) fn with_threshold(&self, threshold: i32) -> Vec<u8> {
        let (counts, _) = self.counts.as_chunks::<2>();
        encode(&GateTable {
            lowest: self.lowest,
            step: self.step,
            threshold,
            slope: self.slope,
            screen: self.screen,
            counts: counts.iter().map(|count| i16::from_le_bytes(*count)).collect(),
        })
    }
}

/// What a gate is made of; see the section.
#[derive(Debug, Clone)]
pub struct GateTable {
    /// Lowest word score of the table, in thousandths of a nat.
    pub lowest: i32,
    /// Thousandths of a nat between entries.
    pub step: i32,
    /// The statistic that one clean text in a thousand reaches.
    pub threshold: i32,
    /// Thousandths of a nat of evidence for 1000 thousandths of the statistic.
    pub slope: i32,
    /// Mean screening score a word below which a text is not looked at again.
    pub screen: i32,
    /// What a score counts for, in thousandths.
    pub counts: Vec<i16>,
}

pub(crate) fn encode(table: &GateTable) -> Vec<u8> {
    let numbers = [table.lowest, table.step, table.threshold, table.slope, table.screen];
    let mut out: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
    out.extend((table.counts.len() as u32).to_le_bytes());
    out.extend(table.counts.iter().flat_map(|r| r.to_le_bytes()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes() -> Vec<u8> {
        encode(&GateTable {
            lowest: -1000,
            step: 1000,
            threshold: 500,
            slope: 4000,
            screen: 7,
            counts: vec![-30, 0, 1200],
        })
    }

    #[test]
    fn repeats_share_a_vote_and_length_counts_up_to_a_bound() {
        let bytes = bytes();
        let gate = Gate::open(&bytes).expect("well formed");
        let tally = |words: i32, score, occurrences| {
            let mut tally = Tally::default();
            (0..words).for_each(|_| gate.add(&mut tally, score, occurrences));
            tally
        };
        assert_eq!(gate.statistic(tally(100, 1500, 1)), 12_000);
        assert_eq!(gate.statistic(tally(400, 1500, 1)), gate.statistic(tally(4000, 1500, 1)));
        let mut mixed = tally(4, 1500, 4);
        (0..3).for_each(|_| gate.add(&mut mixed, -1000, 1));
        // One type of four speaks for damage, three against.
        assert_eq!(mixed.counts / mixed.weights, (1200 - 3 * 30) / 4);
        assert_eq!(mixed.since(tally(4, 1500, 4)), tally(3, -1000, 1));
    }

    #[test]
    fn evidence_is_a_line_through_the_threshold() {
        let bytes = bytes();
        let gate = Gate::open(&bytes).expect("well formed");
        assert_eq!(gate.evidence(500, 11_500), 11_500);
        assert_eq!(gate.evidence(1500, 11_500), 15_500);
        assert_eq!(gate.screen(), 7);
        let raised = gate.with_threshold(1500);
        let raised = Gate::open(&raised).expect("well formed");
        assert_eq!((raised.threshold(), raised.screen()), (1500, 7));
        assert_eq!(raised.evidence(1500, 11_500), 11_500);
        // Files of others may hold any numbers.
        gate.evidence(i32::MIN, 0);
        gate.add(&mut Tally::default(), i32::MAX, 1);
    }
}
