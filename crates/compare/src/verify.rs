//! What the words of a passage bear out of what it is linked to.
//!
//! Sentences are linked by the words that they share, wherever these stand: in a text on one subject many share some. Once
//! they are aligned, a sentence of the original that hardly any word of the passage stands for is let go.

use std::collections::BTreeSet;

use crate::changes::{Aligned, Pair};
use crate::likeness::{Comparer, Likeness};
use crate::passages::Passage;
use crate::units::telling;

/// Share of the telling words that must be matched: of the sentence, or of the passage where that has fewer.
const BORNE_OUT: f64 = 0.25;
/// Fewest of them.
const FEWEST: f64 = 1.5;

/// Aligns all passages, lets go what the alignment does not bear out, and puts neighbours together that one sentence was
/// split into.
pub(crate) fn align(
    pair: &Pair<'_>,
    comparer: &Comparer<'_>,
    passages: Vec<Passage>,
) -> (Vec<Passage>, Vec<Aligned>) {
    let mut found: Vec<(Passage, Aligned)> = Vec::with_capacity(passages.len());
    for passage in passages {
        let (passage, aligned) = proven(pair, comparer, passage);
        match found.last_mut() {
            Some((last, before)) if is_one_sentence(pair, (last, before), (&passage, &aligned)) => {
                last.reworded.end = passage.reworded.end;
                last.original.extend(passage.original);
                last.original.sort_unstable();
                last.original.dedup();
                (*last, *before) = proven(pair, comparer, last.clone());
            }
            _ => found.push((passage, aligned)),
        }
    }
    found.into_iter().unzip()
}

/// A passage with the sentences that its alignment bears out, and that alignment.
fn proven(pair: &Pair<'_>, comparer: &Comparer<'_>, mut passage: Passage) -> (Passage, Aligned) {
    loop {
        let aligned = pair.align(comparer, &passage);
        let weakest = passage
            .original
            .iter()
            .map(|&sentence| (support(pair, &aligned, sentence), sentence))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        match weakest {
            // The others may be matched with its words once it is gone.
            Some((support, sentence)) if support < 1.0 => {
                passage.original.retain(|other| *other != sentence);
            }
            _ => return (passage, aligned),
        }
    }
}

/// Whether two neighbours hold different parts of one sentence; what is said twice holds the same.
fn is_one_sentence(
    pair: &Pair<'_>,
    (first, before): (&Passage, &Aligned),
    (second, after): (&Passage, &Aligned),
) -> bool {
    let held = |aligned: &Aligned, sentence: usize| -> BTreeSet<usize> {
        let range = &pair.original.sentences[sentence];
        let matched = aligned.matched.iter().flatten().map(|found| found.original);
        matched.filter(|unit| range.contains(unit)).collect()
    };
    first.original.iter().filter(|sentence| second.original.contains(sentence)).any(|&sentence| {
        let (one, other) = (held(before, sentence), held(after, sentence));
        2 * one.intersection(&other).count() <= one.len().min(other.len())
    })
}

/// How well a sentence of the original is borne out: 1 and more is enough.
fn support(pair: &Pair<'_>, aligned: &Aligned, sentence: usize) -> f64 {
    let (original, reworded) = (pair.original, pair.reworded);
    let range = original.sentences[sentence].clone();
    let mut telling = telling(&original.all[range.clone()]);
    let mut own = aligned.b.iter().filter(|&&at| reworded.all[at].is_telling()).count();
    let mut matched = 0.0;
    if telling.min(own) == 0 {
        // Nothing but function words: all of them count.
        (telling, own) = (range.len(), aligned.b.len());
    }
    for found in aligned.matched.iter().flatten().filter(|m| range.contains(&m.original)) {
        let is_telling = original.all[found.original].is_telling() || telling == range.len();
        matched += match found.likeness {
            _ if !is_telling => 0.0,
            Likeness::Same => 1.0,
            Likeness::Inflected => 0.7,
            Likeness::Related => 0.5,
            Likeness::Strange => 0.0,
        };
    }
    let few = telling.min(own) as f64;
    matched / (BORNE_OUT * few).max(FEWEST.min(few))
}
