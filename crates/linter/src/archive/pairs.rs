//! The second pass: neighbours that stand in two texts or more.

use std::collections::HashMap;

use unspin_lint::{Document, Markup};
use unspin_model::WordId;
use unspin_model::build::PairCount;
use unspin_rules_substitution::{Unit, units};

use super::draft::Draft;
use super::survey::Survey;
use super::{PAIR_TEXTS, PER_TEXT};

/// Which pairs may stand in two texts: most of an archive's pairs stand in one, and would fill the memory. The counts of
/// pairs that share a slot are added up, so that none is missed (Park, Chen and Yu 1995).
pub(super) struct Filter(Vec<u8>);

impl Filter {
    const BITS: u32 = 25;

    pub(super) fn new() -> Self {
        Self(vec![0; 1 << Self::BITS])
    }

    /// The slot of a pair.
    pub(super) fn slot(code: u32) -> u32 {
        // Fibonacci hashing (Knuth, volume 3, 6.4): neighbours in the code lie far apart.
        (u64::from(code).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - Self::BITS)) as u32
    }

    /// Adds the slots of one text, each once.
    pub(super) fn add(&mut self, slots: &[u32]) {
        for &slot in slots {
            let count = &mut self.0[slot as usize];
            *count = count.saturating_add(1);
        }
    }

    fn may_hold(&self, code: u32) -> bool {
        u32::from(self.0[Self::slot(code) as usize]) >= PAIR_TEXTS
    }
}

/// The pairs of neighbours of a text of which one at least is a word of the lexicon, as numbers.
pub(super) fn codes(units: &[Unit]) -> impl Iterator<Item = u32> {
    units
        .windows(2)
        .map(|pair| (pair[0].id, pair[1].id))
        .filter(|(first, second)| first.is_word() || second.is_word())
        .map(|(first, second)| (first.index() as u32) << 16 | second.index() as u32)
}

#[derive(Clone, Copy, Default)]
struct Count {
    texts: u32,
    times: u32,
}

/// What the second pass knows.
pub struct Pairs {
    survey: Survey,
    counts: HashMap<u32, Count>,
}

/// The pairs of one text, each with its count.
pub struct CountedPairs(Vec<(u32, u32)>);

impl Pairs {
    pub(super) fn new(survey: Survey) -> Self {
        Self { survey, counts: HashMap::new() }
    }

    /// Reads one text that the survey counted.
    pub fn read(&self, bytes: &[u8], markup: Markup) -> CountedPairs {
        let units = units(&Document::read(bytes, markup), &self.survey.statistics.lexicon);
        let mut codes: Vec<u32> =
            codes(&units).filter(|&code| self.survey.filter.may_hold(code)).collect();
        codes.sort_unstable();
        let count = |run: &[u32]| (run[0], (run.len() as u32).min(PER_TEXT));
        CountedPairs(codes.chunk_by(|a, b| a == b).map(count).collect())
    }

    /// Adds what was read in one text.
    pub fn add(&mut self, read: &CountedPairs) {
        for &(code, times) in &read.0 {
            let count = self.counts.entry(code).or_default();
            count.texts += 1;
            count.times += times;
        }
    }

    /// The model with everything but its gate.
    pub fn into_draft(self) -> Draft {
        let id = |code: u32| WordId::from_index(code as usize).expect("16 bits");
        let enough = |(code, count): (u32, Count)| {
            (count.texts >= PAIR_TEXTS).then(|| PairCount {
                first: id(code >> 16),
                second: id(code & 0xFFFF),
                count: count.times,
            })
        };
        let pairs: Vec<PairCount> = self.counts.into_iter().filter_map(enough).collect();
        Draft::new(&self.survey, &pairs)
    }
}
