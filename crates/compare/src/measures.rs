//! Published measures of how much of one text is in another.

use std::collections::HashMap;

use crate::units::Units;

/// Longest n-gram of the containment.
pub const LONGEST_NGRAM: usize = 5;
/// Most words of a text whose longest common subsequence is looked for: the time grows with the product of both.
const MOST_WORDS: usize = 200_000;

/// For n from 1 to [`LONGEST_NGRAM`], the share of the reworded text's n-grams that the original holds, each as often as
/// it does: containment, as Broder has it for documents ("On the resemblance and containment of documents", 1997) and
/// Clough and Stevenson for reused text ("Developing a corpus of plagiarised short answers", 2011). 0 for a text with
/// fewer words.
pub(crate) fn containment(original: &Units<'_>, reworded: &Units<'_>) -> [f64; LONGEST_NGRAM] {
    std::array::from_fn(|n| {
        let mut grams: HashMap<Vec<u32>, u32> = HashMap::new();
        let forms = |units: &Units<'_>| units.all.iter().map(|unit| unit.form).collect::<Vec<_>>();
        for gram in forms(original).windows(n + 1) {
            *grams.entry(gram.to_vec()).or_insert(0) += 1;
        }
        let reworded = forms(reworded);
        let (mut held, mut all) = (0_u32, 0_u32);
        for gram in reworded.windows(n + 1) {
            all += 1;
            if let Some(left) = grams.get_mut(gram).filter(|left| **left > 0) {
                *left -= 1;
                held += 1;
            }
        }
        if all == 0 { 0.0 } else { f64::from(held) / f64::from(all) }
    })
}

/// The length of the longest common subsequence of words, over the words of the reworded text (Clough and Stevenson, as
/// above). By bit vectors, 64 words at a time: Hyyrö, "Bit-parallel LCS-length computation revisited", 2004. `None`
/// for texts with more than 200,000 words.
pub(crate) fn common_subsequence(original: &Units<'_>, reworded: &Units<'_>) -> Option<f64> {
    let (a, b) = (&original.all, &reworded.all);
    if a.len().max(b.len()) > MOST_WORDS {
        return None;
    }
    if b.is_empty() {
        return Some(0.0);
    }
    let blocks = a.len().div_ceil(64);
    // Where each word stands in the original, in its blocks.
    let mut places: HashMap<u32, Vec<(usize, u64)>> = HashMap::new();
    for (at, unit) in a.iter().enumerate() {
        let list = places.entry(unit.form).or_default();
        match list.last_mut() {
            Some((block, bits)) if *block == at / 64 => *bits |= 1 << (at % 64),
            _ => list.push((at / 64, 1 << (at % 64))),
        }
    }
    let mut row = vec![u64::MAX; blocks];
    for unit in b {
        let Some(places) = places.get(&unit.form) else { continue };
        let mut places = places.iter().copied().peekable();
        let mut carry = false;
        for (block, bits) in row.iter_mut().enumerate() {
            let here = places.next_if(|(at, _)| *at == block).map_or(0, |(_, bits)| bits);
            let both = *bits & here;
            let (sum, first) = bits.overflowing_add(both);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *bits = sum | (*bits & !here);
        }
    }
    let zeros: u32 = row.iter().map(|bits| bits.count_zeros()).sum();
    Some(f64::from(zeros) / b.len() as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unspin_text::Document;

    use super::*;
    use crate::units::Interner;

    fn measured(a: &str, b: &str) -> ([f64; LONGEST_NGRAM], Option<f64>) {
        let mut interner = Interner::default();
        let (a, b) = (Document::new(a.as_bytes()), Document::new(b.as_bytes()));
        let a = Units::new(&a, &mut interner, None);
        let b = Units::new(&b, &mut interner, None);
        (containment(&a, &b), common_subsequence(&a, &b))
    }

    #[test]
    fn containment_counts_each_gram_as_often_as_it_stands() {
        let (containment, lcs) = measured("the old pier fell", "the old pier and the pier");
        let hundredths = containment.map(|share| (share * 100.0).round() as u32);
        assert_eq!(hundredths, [50, 40, 25, 0, 0]);
        assert_eq!(lcs, Some(3.0 / 6.0));
    }

    proptest! {
        #[test]
        fn the_subsequence_is_that_of_the_table(
            a in prop::collection::vec(0..6_usize, 0..150),
            b in prop::collection::vec(0..6_usize, 1..150),
        ) {
            const WORDS: [&str; 6] = ["pier", "boat", "storm", "net", "crew", "tide"];
            let text = |list: &[usize]| list.iter().map(|&w| WORDS[w]).collect::<Vec<_>>().join(" ");
            let mut row = vec![0_usize; b.len() + 1];
            for x in &a {
                let mut diagonal = 0;
                for (j, y) in b.iter().enumerate() {
                    let above = row[j + 1];
                    row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
                    diagonal = above;
                }
            }
            let expected = row[b.len()] as f64 / b.len() as f64;
            prop_assert_eq!(measured(&text(&a), &text(&b)).1, Some(expected));
        }
    }
}
