//! Which pairs are one document: evidence from two counts twice only where neither was made of the other.

use std::collections::{BTreeSet, HashMap};

use unspin_text::{Document, TokenKind};

use super::Lesson;

/// Words of a shingle.
const WORDS: usize = 4;
/// Shingles that a text is known by: those of the least hashes.
const SKETCH: usize = 128;
/// Texts that share so much of their shingles are near the same: half of each, where they are equally long.
const NEAR: f64 = 1.0 / 3.0;

/// The least hashes of a text's shingles, in order.
pub(super) fn sketch(document: &Document<'_>) -> Vec<u64> {
    let words: Vec<u32> =
        document.tokens().iter().filter(|t| t.kind == TokenKind::Word).map(|t| t.key).collect();
    let mut hashes: Vec<u64> = words.windows(WORDS.min(words.len()).max(1)).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes
}

/// FNV-1a over the keys, mixed at the end so that the least hashes are a fair sample.
fn hash(words: &[u32]) -> u64 {
    let mixed = words
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// For each lesson the number of its document, counted from 0 in the order of the lessons: pairs whose originals, or
/// whose reworded texts, are near the same have one.
pub fn independent(lessons: &[Lesson]) -> Vec<usize> {
    let mut leader: Vec<usize> = (0..lessons.len()).collect();
    for side in 0..2 {
        let sketch = |at: usize| lessons[at].sketches[side].as_slice();
        let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
        for at in 0..lessons.len() {
            let mut met = BTreeSet::new();
            for hash in sketch(at) {
                let known = holders.entry(*hash).or_default();
                met.extend(known.iter().copied());
                known.push(at);
            }
            for other in met {
                if likeness(sketch(at), sketch(other)) >= NEAR {
                    let (one, two) = (find(&leader, at), find(&leader, other));
                    leader[one.max(two)] = one.min(two);
                }
            }
        }
    }
    let mut numbers = HashMap::new();
    (0..lessons.len())
        .map(|at| {
            let next = numbers.len();
            *numbers.entry(find(&leader, at)).or_insert(next)
        })
        .collect()
}

fn find(leader: &[usize], mut at: usize) -> usize {
    while leader[at] != at {
        at = leader[at];
    }
    at
}

/// The share of the shingles of both that is in both, judged by the least hashes of the union.
fn likeness(one: &[u64], two: &[u64]) -> f64 {
    let (mut one, mut two) = (one.iter().peekable(), two.iter().peekable());
    let (mut all, mut shared) = (0, 0);
    while all < SKETCH {
        let pair = (one.peek().copied(), two.peek().copied());
        let Some(least) = pair.0.into_iter().chain(pair.1).min() else { break };
        shared += usize::from(pair.0 == pair.1);
        one.next_if(|hash| *hash == least);
        two.next_if(|hash| *hash == least);
        all += 1;
    }
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(original: &str, reworded: &str) -> Lesson {
        let of = |text: &str| sketch(&Document::new(text.as_bytes()));
        Lesson { sights: Vec::new(), unsaid: 0, sketches: [of(original), of(reworded)] }
    }

    #[test]
    fn copies_and_rewordings_of_one_text_are_one_document() {
        let ferry = "The ferry was moored at the old pier when the wind turned in the night.";
        let nets = "Nets of the northern boats were dried and mended by nine men in March.";
        let copy = ferry.to_owned() + " It was late.";
        let lessons = [
            lesson(ferry, "The vessel lay at the pier."),
            lesson(nets, "The nets were mended."),
            lesson(&copy, "A boat was there that night."),
            lesson("Nine men left.", "The nets were mended."),
            lesson("", ""),
            lesson("", ""),
        ];
        assert_eq!(independent(&lessons), [0, 1, 0, 1, 2, 3]);
    }

    #[test]
    fn likeness_is_the_share_of_both() {
        assert!((likeness(&[1, 2, 3], &[2, 3, 4]) - 0.5).abs() < 1e-9);
        assert!(likeness(&[], &[]) < 1e-9);
        let (a, b): (Vec<u64>, Vec<u64>) = ((0..300).collect(), (0..300).map(|n| n * 2).collect());
        assert!((likeness(&a, &b) - 0.5).abs() < 0.01);
    }
}
