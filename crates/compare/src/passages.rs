//! Which sentences of the original a stretch of the reworded text comes from.
//!
//! A sentence is linked to the sentences whose rare words it holds: each word weighs what it says of where it stands,
//! `ln(1 + N / df)` for a word in `df` of `N` sentences (inverse document frequency: Spärck Jones, "A statistical
//! interpretation of term specificity", 1972), and what counts is the share of the lighter sentence's weight that both
//! have (the overlap coefficient). So a merged or split sentence is linked as surely as one that kept its borders.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use unspin_model::WordId;

use crate::likeness::Comparer;
use crate::units::{Class, Unit, Units};

/// Share of the lighter sentence that makes a link.
const SURE: f64 = 0.34;
/// Share that makes one where the sentences around are linked to its neighbours.
const LIKELY: f64 = 0.16;
/// Share of the lighter of a sentence and of what a reworded one has beside what it is linked to, for it to be merged in.
const MERGED: f64 = 0.22;
/// What a word counts that is known to be put for one of the original's.
const MEANT: f64 = 0.5;
/// Most sentences a word may stand in to lead to candidates; commoner ones weigh, and lead nowhere.
const RARE: usize = 24;
/// Most sentences of the original in one reworded sentence.
const MOST_MERGED: usize = 4;

/// A stretch of the reworded text and what it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Sentences of the original, in its order; none where it comes from none.
    pub original: Vec<usize>,
    /// Sentences of the reworded text: one, or several that one was split into.
    pub reworded: Range<usize>,
}

impl Passage {
    /// All of one text for all of the other.
    pub(crate) fn whole(original: &Units<'_>, reworded: &Units<'_>) -> Self {
        Self {
            original: (0..original.sentences.len()).collect(),
            reworded: 0..reworded.sentences.len(),
        }
    }
}

/// The weights of a sentence's words, by lemma, each as often as it stands there.
#[derive(Clone)]
struct Bag {
    /// By lemma.
    counts: Vec<(u32, u32)>,
    /// Of a reworded sentence, the lemmas that its words are known to be put for, sorted.
    meant: Vec<u32>,
    weight: f64,
}

struct Weights {
    of: Vec<f64>,
    /// What about three rare words weigh: who shares less may do so by chance.
    enough: f64,
}

impl Weights {
    fn new(original: &Units<'_>, reworded: &Units<'_>, words: usize) -> Self {
        let mut frequency = vec![0_u32; words];
        let mut last = vec![usize::MAX; words];
        let (mut sentences, mut telling) = (0_usize, vec![0.0_f64; words]);
        for units in [original, reworded] {
            for range in &units.sentences {
                for unit in &units.all[range.clone()] {
                    let lemma = unit.lemma as usize;
                    if last[lemma] != sentences {
                        (last[lemma], frequency[lemma]) = (sentences, frequency[lemma] + 1);
                    }
                    telling[lemma] = telling[lemma].max(standing(unit));
                }
                sentences += 1;
            }
        }
        let weight = |(frequency, telling): (u32, f64)| {
            telling * (1.0 + sentences as f64 / f64::from(frequency.max(1))).ln()
        };
        let of = frequency.into_iter().zip(telling).map(weight).collect();
        Self { of, enough: 3.0 * (1.0 + sentences as f64 / 2.0).ln() }
    }

    fn of(&self, lemma: u32) -> f64 {
        self.of[lemma as usize]
    }

    fn bag(&self, units: &[Unit]) -> Bag {
        let mut lemmas: Vec<u32> = units.iter().map(|unit| unit.lemma).collect();
        lemmas.sort_unstable();
        let runs = lemmas.chunk_by(|a, b| a == b);
        let counts: Vec<(u32, u32)> = runs.map(|run| (run[0], run.len() as u32)).collect();
        let weight = self.sum(&counts);
        Bag { counts, meant: Vec::new(), weight }
    }

    fn sum(&self, counts: &[(u32, u32)]) -> f64 {
        counts.iter().map(|&(lemma, count)| f64::from(count) * self.of(lemma)).sum()
    }
}

/// How much a unit counts beside its rarity: rewording leaves names and numbers, and puts in function words.
fn standing(unit: &Unit) -> f64 {
    match unit.class {
        Class::Number => 1.2,
        Class::Content if unit.is_name => 1.3,
        Class::Content => 1.0,
        Class::Function | Class::Sign => 0.1,
    }
}

impl Bag {
    /// How often it has a lemma, looked for from `at` on, which moves along; lemmas are asked about in their order.
    fn count(&self, lemma: u32, at: &mut usize) -> u32 {
        while self.counts.get(*at).is_some_and(|(own, _)| *own < lemma) {
            *at += 1;
        }
        self.counts.get(*at).filter(|(own, _)| *own == lemma).map_or(0, |(_, count)| *count)
    }

    /// The weight of an original sentence's words that this one has, or has a known replacement of.
    fn shared(&self, original: &Self, weights: &Weights) -> f64 {
        let (mut at, mut of, mut sum) = (0, 0, 0.0);
        for &(lemma, count) in &original.counts {
            let same = self.count(lemma, &mut at).min(count);
            while self.meant.get(of).is_some_and(|own| *own < lemma) {
                of += 1;
            }
            let meant = same == 0 && self.meant.get(of) == Some(&lemma);
            sum += (f64::from(same) + if meant { MEANT } else { 0.0 }) * weights.of(lemma);
        }
        sum
    }

    fn without(&mut self, other: &Self, weights: &Weights) {
        let mut at = 0;
        self.counts.retain_mut(|(lemma, count)| {
            *count = count.saturating_sub(other.count(*lemma, &mut at));
            *count > 0
        });
        let mut at = 0;
        self.meant.retain(|lemma| other.count(*lemma, &mut at) == 0);
        self.weight = weights.sum(&self.counts);
    }
}

/// The passages of the reworded text, one a sentence, in its order. `words` is the number of lemmas.
pub(crate) fn passages(
    comparer: &Comparer<'_>,
    original: &Units<'_>,
    reworded: &Units<'_>,
    words: usize,
) -> Vec<Passage> {
    let weights = Weights::new(original, reworded, words);
    let bags = |units: &Units<'_>| -> Vec<Bag> {
        units.sentences.iter().map(|range| weights.bag(&units.all[range.clone()])).collect()
    };
    let (from, mut to) = (bags(original), bags(reworded));
    let known: HashMap<WordId, u32> =
        original.all.iter().filter(|u| u.known.is_word()).map(|u| (u.known, u.lemma)).collect();
    for (bag, range) in to.iter_mut().zip(&reworded.sentences) {
        let meant = comparer.meant(&reworded.all[range.clone()]);
        bag.meant.extend(meant.filter_map(|id| known.get(&id)));
        bag.meant.sort_unstable();
        bag.meant.dedup();
    }
    let postings = postings(original, words);
    let scored: Vec<Vec<(usize, f64)>> =
        to.iter().map(|bag| candidates(bag, &from, &postings, &weights)).collect();
    let mut links: Vec<Vec<usize>> = Vec::with_capacity(to.len());
    for (bag, scored) in to.iter().zip(&scored) {
        links.push(sure(bag, scored, &from, &weights, links.last()));
    }
    fill(&mut links, &from, &to, &weights);
    extend(&mut links, &from, &to, &weights, |a, b| begins_or_ends(original, a, reworded, b));
    let passage = |(at, original)| Passage { original, reworded: at..at + 1 };
    links.into_iter().enumerate().map(passage).collect()
}

/// The sentences of the original that hold a word, by lemma, of words that are rare enough.
fn postings(original: &Units<'_>, words: usize) -> Vec<Vec<usize>> {
    let mut postings = vec![Vec::new(); words];
    for (sentence, range) in original.sentences.iter().enumerate() {
        for unit in &original.all[range.clone()] {
            let list: &mut Vec<usize> = &mut postings[unit.lemma as usize];
            if unit.is_telling() && list.len() <= RARE && list.last() != Some(&sentence) {
                list.push(sentence);
            }
        }
    }
    postings.iter_mut().filter(|list| list.len() > RARE).for_each(Vec::clear);
    postings
}

/// The sentences of the original that share a rare word, by how much of the lighter of both they share.
fn candidates(
    bag: &Bag,
    from: &[Bag],
    postings: &[Vec<usize>],
    weights: &Weights,
) -> Vec<(usize, f64)> {
    let lemmas = bag.counts.iter().map(|(lemma, _)| lemma).chain(&bag.meant);
    let mut near: Vec<usize> =
        lemmas.flat_map(|lemma| postings[*lemma as usize].iter().copied()).collect();
    near.sort_unstable();
    near.dedup();
    let mut scored: Vec<(usize, f64)> =
        near.into_iter().map(|at| (at, overlap(bag, &from[at], weights))).collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    scored
}

/// The share of the lighter one's weight that both have; less where that is a word or two, which many sentences have.
fn overlap(reworded: &Bag, original: &Bag, weights: &Weights) -> f64 {
    let lighter = reworded.weight.min(original.weight);
    let heavier = reworded.weight.max(original.weight);
    if lighter <= 0.0 {
        return 0.0;
    }
    let shared = reworded.shared(original, weights);
    let enough = (shared / weights.enough).min(1.0);
    enough * shared / lighter + (1.0 - enough) * shared / heavier
}

/// What a sentence comes from beyond doubt: the best candidate, and those that hold what it leaves. Of candidates that
/// are as good, the one that follows on what the sentence before comes from.
fn sure(
    bag: &Bag,
    scored: &[(usize, f64)],
    from: &[Bag],
    weights: &Weights,
    before: Option<&Vec<usize>>,
) -> Vec<usize> {
    let Some(&(_, best)) = scored.first().filter(|(_, score)| *score >= SURE) else {
        return Vec::new();
    };
    // A short sentence is in many whole; the one that shares most is meant.
    let follows =
        |at: usize| before.and_then(|b| b.last()).is_some_and(|last| at == last + 1 || at == *last);
    let shared = |at: usize| bag.shared(&from[at], weights);
    let first = scored
        .iter()
        .take_while(|(_, score)| *score >= SURE.max(best * 0.7))
        .map(|&(at, _)| at)
        .max_by(|&a, &b| {
            let rank = |at| shared(at) * if follows(at) { 1.1 } else { 1.0 };
            rank(a).total_cmp(&rank(b)).then(b.cmp(&a))
        })
        .expect("the best is among them");
    let mut linked = vec![first];
    let mut left = bag.clone();
    left.without(&from[first], weights);
    for &(at, _) in scored {
        if linked.len() == MOST_MERGED {
            break;
        }
        if !linked.contains(&at) && overlap(&left, &from[at], weights) >= MERGED {
            linked.push(at);
            left.without(&from[at], weights);
        }
    }
    linked.sort_unstable();
    linked
}

/// Links sentences whose neighbours are linked to neighbours, on less evidence.
fn fill(links: &mut [Vec<usize>], from: &[Bag], to: &[Bag], weights: &Weights) {
    let mut taken = vec![false; from.len()];
    links.iter().flatten().for_each(|&at| taken[at] = true);
    for at in 0..links.len() {
        if !links[at].is_empty() {
            continue;
        }
        let before = links[..at].iter().rev().find_map(|l| l.last().copied());
        let after = links[at + 1..].iter().find_map(|l| l.first().copied());
        let first = before.map_or(0, |before| before + 1);
        let end = after.unwrap_or(from.len()).max(first);
        // Between the same two neighbours there are few; a stretch that was dropped is no neighbourhood.
        let near = (first..end.min(first + MOST_MERGED))
            .chain((end.saturating_sub(MOST_MERGED).max(first + MOST_MERGED))..end);
        let best = near
            .filter(|&i| !taken[i])
            .map(|i| (i, overlap(&to[at], &from[i], weights)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((i, _)) = best.filter(|(_, score)| *score >= LIKELY) {
            links[at].push(i);
            taken[i] = true;
        }
    }
}

/// Links sentences that nothing comes from to the passages of their neighbours, where these have something of them beside:
/// a sentence that was merged into another, or cut in two by the original's layout.
fn extend(
    links: &mut [Vec<usize>],
    from: &[Bag],
    to: &[Bag],
    weights: &Weights,
    is_whole: impl Fn(usize, usize) -> bool,
) {
    let mut taken = vec![false; from.len()];
    links.iter().flatten().for_each(|&at| taken[at] = true);
    for (sentence, (linked, bag)) in links.iter_mut().zip(to).enumerate() {
        let beside = |&at: &usize| [at.checked_sub(1), Some(at + 1)];
        let near = linked.iter().flat_map(beside).flatten();
        let near: BTreeSet<usize> =
            near.filter(|at| *at < from.len() && !linked.contains(at)).collect();
        let mut left = bag.clone();
        for &at in linked.iter() {
            left.without(&from[at], weights);
        }
        for at in near {
            let is_likely = || overlap(&left, &from[at], weights) >= LIKELY;
            // Whoever else has it, perhaps by chance: word for word is no chance.
            if is_whole(at, sentence) || (!taken[at] && is_likely()) {
                linked.push(at);
                left.without(&from[at], weights);
                taken[at] = true;
            }
        }
        linked.sort_unstable();
    }
}

/// Whether a sentence of the original, a heading perhaps, is the beginning or the end of a reworded one, word for word.
fn begins_or_ends(original: &Units<'_>, a: usize, reworded: &Units<'_>, b: usize) -> bool {
    let forms = |units: &Units<'_>, at: usize| -> Vec<u32> {
        units.all[units.sentences[at].clone()].iter().map(|unit| unit.form).collect()
    };
    let (a, b) = (forms(original, a), forms(reworded, b));
    a.len() > 1 && (b.starts_with(&a) || b.ends_with(&a))
}

#[cfg(test)]
mod tests {
    use unspin_text::Document;

    use super::*;
    use crate::units::Interner;

    fn linked(original: &str, reworded: &str) -> Vec<(Vec<usize>, Range<usize>)> {
        let mut interner = Interner::default();
        let (a, b) = (Document::new(original.as_bytes()), Document::new(reworded.as_bytes()));
        let a = Units::new(&a, &mut interner, None);
        let b = Units::new(&b, &mut interner, None);
        passages(&Comparer::new(None), &a, &b, interner.len())
            .into_iter()
            .map(|p| (p.original, p.reworded))
            .collect()
    }

    const ORIGINAL: &str = "The ferry to Harmouth was stuck for nine hours. Divers freed its rudder from a net at \
                            dawn. The company will refund 212 passengers. Nobody was hurt.";

    #[test]
    fn moved_merged_and_split_sentences_are_linked() {
        let moved = "The company will refund 212 passengers. The ferry to Harmouth was stuck for nine hours.";
        assert_eq!(linked(ORIGINAL, moved), [(vec![2], 0..1), (vec![0], 1..2)]);
        let merged = "The ferry to Harmouth was stuck for nine hours until divers freed its rudder from a net at dawn.";
        assert_eq!(linked(ORIGINAL, merged), [(vec![0, 1], 0..1)]);
        let split = "Divers freed its rudder. It was caught in a net at dawn.";
        assert_eq!(linked(ORIGINAL, split), [(vec![1], 0..1), (vec![1], 1..2)]);
    }

    #[test]
    fn a_sentence_from_elsewhere_comes_from_none() {
        let strange =
            "The ferry to Harmouth was stuck for nine hours. Bakers in the valley sell more rye.";
        assert_eq!(linked(ORIGINAL, strange), [(vec![0], 0..1), (vec![], 1..2)]);
    }

    #[test]
    fn what_is_said_twice_comes_from_one_sentence_twice() {
        let twice = "Divers freed its rudder from a net at dawn. Divers freed its rudder from a net at dawn.";
        assert_eq!(linked(ORIGINAL, twice), [(vec![1], 0..1), (vec![1], 1..2)]);
    }

    #[test]
    fn a_text_is_its_own_original() {
        let own = linked(ORIGINAL, ORIGINAL);
        assert_eq!(own, [(vec![0], 0..1), (vec![1], 1..2), (vec![2], 2..3), (vec![3], 3..4)]);
    }
}
