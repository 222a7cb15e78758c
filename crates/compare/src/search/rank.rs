//! How strongly what a candidate shares with the query speaks for it, once the whole archive has been seen.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::query::{Feature, Kind, Query, Sketch};

/// What is known of a kind of feature before any archive is seen.
struct Habit {
    /// The share of the features of a reworded text that its original holds.
    kept: f64,
    /// The share of other texts that hold one.
    usual: f64,
}

/// By [`Kind`]. Measured (`benches/search/README.md`): `kept` between what a thesaurus leaves and what heavy damage
/// leaves, near to real pairs.
const HABITS: [Habit; Kind::COUNT] = [
    Habit { kept: 0.85, usual: 0.04 },
    Habit { kept: 0.75, usual: 0.01 },
    Habit { kept: 0.90, usual: 0.07 },
    Habit { kept: 0.35, usual: 0.001 },
    Habit { kept: 0.60, usual: 0.09 },
    Habit { kept: 0.45, usual: 0.006 },
    Habit { kept: 0.35, usual: 0.001 },
];

/// A text that is shorter than this share of a usual one counts as so long: a headline proves nothing.
const SHORTEST: f64 = 0.25;

/// As many texts as [`Habit::usual`] counts for beside those of the archive.
const PRIOR_TEXTS: f64 = 2.0;

/// A word whose sharing says less is not told, in thousandths of a nat: more than one text in thirty-odd has it.
const RARE: i64 = 3_000;

/// Parts of the reworded text that are looked at by themselves. A later story on the subject shares whole passages and
/// nothing between them; what was reworded shares something everywhere.
const MOST_PARTS: usize = 10;
/// Features of a part: fewer say little.
const LEAST_FEATURES: usize = 12;
/// In so many tenths of the parts there must be more evidence for the candidate than against it.
const LEAST_PARTS: usize = 8;
/// The least evidence for a likely candidate, in thousandths of a nat a feature.
const LEAST_MEAN: i64 = 600;
/// The least evidence in all beside the logarithm of the number of texts, in thousandths of a nat: odds of 20 to 1.
const LEAST_ODDS: i64 = 3_000;

/// A candidate, as likely as the archive makes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Its place among the sketches.
    pub candidate: usize,
    /// The evidence for it, in thousandths of a nat.
    pub score: i64,
    /// Whether the evidence is more than a common subject gives, and lies all over the reworded text.
    pub is_likely: bool,
    /// Whether its words are those of the reworded text itself.
    pub is_identical: bool,
    /// What it shares with the reworded text.
    pub shared: Shared,
}

/// What two texts have in common, as the reworded one writes it, the rarest in the archive first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Words with capitals, and where two stand together, both.
    pub names: Vec<String>,
    /// Numbers, in digits or words.
    pub numbers: Vec<String>,
    /// Quotations of four words and more, half of whose runs of three words are held.
    pub quotations: Vec<String>,
    /// Other words that few texts of the archive hold.
    pub words: Vec<String>,
}

/// The candidates in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The most likely first; at equal evidence in the order of the sketches. Texts that are the reworded one itself
    /// stand before all others.
    pub ranked: Vec<Ranked>,
    /// How many candidates there were.
    pub documents: usize,
}

/// Ranks the texts of an archive by how likely `query` comes from them, and tells the first `most` with the reasons.
///
/// The evidence for a text is the logarithm of a likelihood ratio: how much more probable it is that it holds just these
/// features of the query if it is the original than if it is any text of the archive. A feature that is held counts
/// ln(p / q), one that is not ln((1 - p) / (1 - q)), where p is the share that survives rewording (by [`Kind`]) and q
/// the share of the other texts that hold it: the relevance weights of Robertson and Spärck Jones, Relevance weighting
/// of search terms, JASIS 27 (1976), which turn into the inverse document frequency where p is the same for all (Croft
/// and Harper, J. Documentation 35, 1979). In a text that is r times as long as a usual one of the archive things are
/// held by chance r times as often, so that ln(r) is taken off what each counts, down to nothing; a pile of texts holds
/// everything and wins nothing by it. Features are taken for independent, which they are not, so the score ranks and is
/// no probability.
///
/// # Panics
/// If a sketch is one of another query.
pub fn rank(query: &Query, sketches: &[Sketch], most: usize) -> Ranking {
    let archive = Archive::of(query, sketches);
    let weights = archive.weights(query);
    let none: i64 = weights.iter().map(|weight| weight.missing).sum();
    let mut order: Vec<(bool, i64, usize)> = sketches
        .iter()
        .enumerate()
        .map(|(at, sketch)| {
            let longer = archive.longer(sketch);
            let held = sketch
                .held()
                .map(|feature| weights[feature].of(true, longer) - weights[feature].missing);
            (sketch.is_identical(), none + held.sum::<i64>(), at)
        })
        .collect();
    order.sort_unstable_by_key(|&(is_identical, score, at)| (Reverse((is_identical, score)), at));
    order.truncate(most);
    let ranked = order.into_iter().map(|(is_identical, score, candidate)| {
        let sketch = &sketches[candidate];
        Ranked {
            candidate,
            score,
            is_likely: is_identical || archive.is_likely(sketch, &weights, score),
            is_identical,
            shared: shared(query, sketch, &weights),
        }
    });
    Ranking { ranked: ranked.collect(), documents: sketches.len() }
}

/// What a feature says, in thousandths of a nat: whole numbers, so that no order falls differently on another machine.
#[derive(Clone, Copy)]
struct Weight {
    held: i64,
    missing: i64,
}

impl Weight {
    /// Of a candidate that holds it or not and is so much longer than usual.
    fn of(self, is_held: bool, longer: i64) -> i64 {
        match (is_held, self.held) {
            (false, _) => self.missing,
            (true, 0) => 0,
            (true, held) => (held - longer).max(0),
        }
    }
}

/// What was seen of an archive. Texts that are the reworded one itself say nothing about how rare a thing is.
struct Archive {
    texts: u32,
    /// Words of a usual text.
    usual: f64,
    /// How many texts hold each feature.
    frequencies: Vec<u32>,
}

impl Archive {
    fn of(query: &Query, sketches: &[Sketch]) -> Self {
        let mut frequencies = vec![0; query.features.len()];
        let mut lengths = Vec::with_capacity(sketches.len());
        for sketch in sketches.iter().filter(|sketch| !sketch.is_identical()) {
            lengths.push(sketch.words());
            sketch.held().for_each(|feature| frequencies[feature] += 1);
        }
        let texts = lengths.len() as u32;
        // The median: a few piles of texts would move the mean.
        let middle = lengths.len() / 2;
        let usual = if lengths.is_empty() { 0 } else { *lengths.select_nth_unstable(middle).1 };
        let usual = usual.max(1) as f64;
        Self { texts, usual, frequencies }
    }

    fn weights(&self, query: &Query) -> Vec<Weight> {
        let features = query.features.iter().zip(&self.frequencies);
        features.map(|(feature, frequency)| self.weight(feature.kind, *frequency)).collect()
    }

    fn weight(&self, kind: Kind, frequency: u32) -> Weight {
        let Habit { kept, usual } = HABITS[kind as usize];
        // The candidate in question is none of the others: it is left out of both counts.
        let others = self.texts.saturating_sub(1);
        let share = |texts: u32| {
            (f64::from(texts) + PRIOR_TEXTS * usual) / (f64::from(others) + PRIOR_TEXTS)
        };
        let (if_held, if_missing) =
            (share(frequency.saturating_sub(1)), share(frequency.min(others)));
        if if_held >= kept || if_missing >= kept {
            // As common as in originals.
            return Weight { held: 0, missing: 0 };
        }
        Weight { held: nats(kept / if_held), missing: nats((1.0 - kept) / (1.0 - if_missing)) }
    }

    /// How many nats a candidate is longer than a usual text; less than none if it is shorter.
    fn longer(&self, sketch: &Sketch) -> i64 {
        nats((sketch.words() as f64 / self.usual).max(SHORTEST))
    }

    fn is_likely(&self, sketch: &Sketch, weights: &[Weight], score: i64) -> bool {
        let longer = self.longer(sketch);
        let mut parts = vec![0; (weights.len() / LEAST_FEATURES).clamp(1, MOST_PARTS)];
        for (feature, weight) in weights.iter().enumerate() {
            let is_held = sketch.holds(feature as u32);
            let part = feature * parts.len() / weights.len();
            parts[part] += weight.of(is_held, longer);
        }
        let speaking = parts.iter().filter(|part| **part > 0).count();
        10 * speaking >= LEAST_PARTS * parts.len()
            && score >= weights.iter().map(|_| LEAST_MEAN).sum()
            && score >= LEAST_ODDS + nats(f64::from(self.texts.max(1)))
    }
}

/// The logarithm of a ratio, in thousandths of a nat.
fn nats(ratio: f64) -> i64 {
    (ratio.ln() * 1e3).round() as i64
}

/// What a candidate shares, by how much each thing says.
fn shared(query: &Query, sketch: &Sketch, weights: &[Weight]) -> Shared {
    let mut held: Vec<usize> = sketch.held().collect();
    held.sort_by_key(|feature| Reverse(weights[*feature].held));
    let labels = |kind: Kind, least: i64| {
        let of_kind = held.iter().filter(move |feature| query.features[**feature].kind == kind);
        let told = of_kind.filter(move |feature| weights[**feature].held >= least);
        told.map(|feature| query.features[*feature].label.clone())
    };
    let quotations = query.speeches.iter().filter(|speech| {
        let held = speech.features.iter().filter(|feature| sketch.holds(**feature)).count();
        2 * held >= speech.features.len()
    });
    // What opens a sentence may be a name, and is told as one if it is one elsewhere, too.
    let is_plain = |word: &String| word.chars().all(char::is_lowercase);
    Shared {
        names: names(query, &held, weights),
        numbers: labels(Kind::Number, 1).collect(),
        quotations: quotations.map(|speech| speech.label.clone()).collect(),
        words: labels(Kind::Word, RARE).filter(is_plain).collect(),
    }
}

/// The names among the features that are held: words that stand together are one, `Mayor Anna Holt`, and no word of it
/// is told again.
fn names(query: &Query, held: &[usize], weights: &[Weight]) -> Vec<String> {
    let says = |feature: usize| weights[feature].held;
    let of_kind = |kind: Kind| {
        let is_told =
            move |feature: &usize| query.features[*feature].kind == kind && says(*feature) > 0;
        let mut all: Vec<usize> = held.iter().copied().filter(is_told).collect();
        all.sort_by_key(|feature| query.features[*feature].start);
        all
    };
    // Each with what its best part says, and where its last pair begins.
    let mut names: Vec<(String, i64, usize)> = Vec::new();
    for pair in of_kind(Kind::Pair) {
        let Feature { start, label, .. } = &query.features[pair];
        match names.last_mut() {
            Some((name, best, last)) if *last + 1 == *start => {
                name.push(' ');
                name.push_str(label.rsplit(' ').next().unwrap_or(label));
                (*best, *last) = (says(pair).max(*best), *start);
            }
            _ => names.push((label.clone(), says(pair), *start)),
        }
    }
    let told: HashSet<String> =
        names.iter().flat_map(|(name, ..)| name.split(' ')).map(str::to_owned).collect();
    for word in of_kind(Kind::Name) {
        let Feature { start, label, .. } = &query.features[word];
        if !told.contains(label) {
            names.push((label.clone(), says(word), *start));
        }
    }
    names.sort_by_key(|(_, best, _)| Reverse(*best));
    names.into_iter().map(|(name, ..)| name).collect()
}

#[cfg(test)]
mod tests;
