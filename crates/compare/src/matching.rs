//! Which units of a passage were kept: the alignment of its units with those of the sentences it comes from.
//!
//! First what stands in the same order, by the best global alignment with affine gaps (Gotoh, "An improved algorithm for
//! matching biological sequences", 1982), so that a dropped clause is one gap; then, of what is left, what was moved, by
//! the longest common run, again and again (greedy string tiling: Wise, "YAP3", 1996).

use std::collections::{HashMap, HashSet};

use unspin_model::{Phrases, WordId};

use crate::likeness::{Comparer, Known, Likeness};
use crate::units::{Class, Unit, Units};

/// Most cells of one table; longer sentences are cut at words that both hold once.
const MOST_CELLS: usize = 4 << 20;
/// Least telling units of a run that was moved.
const LEAST_MOVED: usize = 2;

/// What became of a unit of the reworded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// Index of the unit of the original; the units of an expression that stands for one word share it.
    pub original: usize,
    pub likeness: Likeness,
    /// Whether it stands elsewhere in its passage.
    pub moved: bool,
}

/// Gap open and gap extension, per unit, in tenths as all scores.
const OPEN: i32 = -14;
const EXTEND: i32 = -3;

/// Score of a known expression for a word.
const EXPRESSION: i32 = 56;

fn score(a: &Unit, b: &Unit, likeness: Likeness) -> i32 {
    let weak = a.class == Class::Function || b.class == Class::Function;
    match likeness {
        Likeness::Same if weak || a.class == Class::Sign => 60,
        Likeness::Same => 100,
        Likeness::Inflected => 85,
        Likeness::Related if a.class == b.class && !weak => 50,
        Likeness::Related => 22,
        // One strange word for another is no worse than dropping the one and adding the other.
        Likeness::Strange if a.class == b.class => -6,
        Likeness::Strange => -20,
    }
}

/// What each unit of `b` (indices into `reworded`) is matched with, of `a` (indices into `original`).
pub(crate) fn matches(
    comparer: &Comparer<'_>,
    (original, a): (&Units<'_>, &[usize]),
    (reworded, b): (&Units<'_>, &[usize]),
) -> Vec<Option<Match>> {
    let mut found = vec![None; b.len()];
    let table = Table { comparer, original, reworded };
    for (a, b, at) in pieces(original, a, reworded, b) {
        table.align(a, b, &mut found[at..at + b.len()]);
    }
    moved(original, a, reworded, b, &mut found);
    found
}

struct Table<'t> {
    comparer: &'t Comparer<'t>,
    original: &'t Units<'t>,
    reworded: &'t Units<'t>,
}

/// Which of the three tables of Gotoh's a best score came from.
const PAIR: u8 = 0;
const DROP: u8 = 1;
const ADD: u8 = 2;
const UNREACHED: i32 = i32::MIN / 2;

impl Table<'_> {
    fn align(&self, a: &[usize], b: &[usize], found: &mut [Option<Match>]) {
        let width = b.len() + 1;
        let known: Vec<Known<'_>> =
            b.iter().map(|&j| self.comparer.known(&self.reworded.all[j])).collect();
        let pairs =
            a.iter().flat_map(|&i| b.iter().zip(&known).map(move |(&j, known)| (i, j, known)));
        let likeness: Vec<Likeness> = pairs
            .map(|(i, j, known)| {
                let (x, y) = (&self.original.all[i], &self.reworded.all[j]);
                self.comparer.compare((self.original, x), (self.reworded, y), known)
            })
            .collect();
        // Of each cell and table, the table that its best score came from; of its pair, how many units of `b` it has.
        let mut back = vec![[PAIR; 3]; (a.len() + 1) * width];
        let mut several = vec![1_u8; (a.len() + 1) * width];
        let expressions = self.expressions(b);
        let gap = |n: usize| OPEN + EXTEND * i32::try_from(n).expect("a table has 2^22 cells");
        let first = |j: usize| {
            if j == 0 { [0, UNREACHED, UNREACHED] } else { [UNREACHED, UNREACHED, gap(j)] }
        };
        let mut above: Vec<[i32; 3]> = (0..width).map(first).collect();
        let mut pair = Vec::with_capacity(width);
        (1..width).for_each(|j| back[j] = [ADD; 3]);
        for (i, &at) in a.iter().enumerate() {
            let mut row = Vec::with_capacity(width);
            row.push([UNREACHED, gap(i + 1), UNREACHED]);
            back[(i + 1) * width] = [DROP; 3];
            pair.clear();
            for (j, &bt) in b.iter().enumerate() {
                let (x, y) = (&self.original.all[at], &self.reworded.all[bt]);
                let one = best(above[j]);
                let mut paired = (one.0 + score(x, y, likeness[i * b.len() + j]), one.1, 1);
                for (length, originals) in &expressions[j] {
                    if originals.contains(&x.known) {
                        let (before, from) = best(above[j + 1 - length]);
                        if before + EXPRESSION > paired.0 {
                            paired = (before + EXPRESSION, from, *length as u8);
                        }
                    }
                }
                pair.push(paired);
            }
            for (j, &(paired, from_pair, length)) in pair.iter().enumerate() {
                let open = |from: [i32; 3], own: u8| {
                    let costs = [PAIR, DROP, ADD].map(|table| {
                        from[usize::from(table)] + if table == own { EXTEND } else { OPEN + EXTEND }
                    });
                    best(costs)
                };
                let (dropped, from_drop) = open(above[j + 1], DROP);
                let (added, from_add) = open(row[j], ADD);
                row.push([paired, dropped, added]);
                back[(i + 1) * width + j + 1] = [from_pair, from_drop, from_add];
                several[(i + 1) * width + j + 1] = length;
            }
            above = row;
        }
        let (mut i, mut j) = (a.len(), b.len());
        let mut table = best(above[j]).1;
        while i > 0 || j > 0 {
            let from = back[i * width + j][usize::from(table)];
            match table {
                PAIR => {
                    let length = usize::from(several[i * width + j]);
                    (i, j) = (i - 1, j - length);
                    let likeness =
                        if length > 1 { Likeness::Related } else { likeness[i * b.len() + j] };
                    if likeness > Likeness::Strange {
                        let of = Match { original: a[i], likeness, moved: false };
                        found[j..j + length].fill(Some(of));
                    }
                }
                DROP => i -= 1,
                _ => j -= 1,
            }
            table = if i == 0 && j > 0 {
                ADD
            } else if j == 0 && i > 0 {
                DROP
            } else {
                from
            };
        }
    }
}

impl Table<'_> {
    /// For each unit, the known expressions that end with it: how many units they have, and what they stand for.
    fn expressions(&self, b: &[usize]) -> Vec<Vec<(usize, Vec<WordId>)>> {
        let of = |end: usize| {
            let lengths = (2..=Phrases::LONGEST).filter(|length| *length <= end + 1);
            let known = lengths.filter_map(|length| {
                let units = &b[end + 1 - length..=end];
                let originals =
                    self.comparer.originals(units.iter().map(|&at| &self.reworded.all[at]));
                (!originals.is_empty()).then_some((length, originals))
            });
            known.collect()
        };
        (0..b.len()).map(of).collect()
    }
}

/// The best score and the table it is of, the first of equals.
fn best(scores: [i32; 3]) -> (i32, u8) {
    let mut best = (scores[0], PAIR);
    for (score, table) in [(scores[1], DROP), (scores[2], ADD)] {
        if score > best.0 {
            best = (score, table);
        }
    }
    best
}

/// Pieces of two long lists that are aligned each by itself, with where the second begins in its list: cut at words that
/// both hold once and in the same order. Lists that have none and would take too large a table are left unaligned.
fn pieces<'u>(
    original: &Units<'_>,
    a: &'u [usize],
    reworded: &Units<'_>,
    b: &'u [usize],
) -> Vec<(&'u [usize], &'u [usize], usize)> {
    let mut pieces = Vec::new();
    let mut rest = vec![(a, b, 0)];
    while let Some((a, b, at)) = rest.pop() {
        if (a.len() + 1) * (b.len() + 1) <= MOST_CELLS {
            pieces.push((a, b, at));
            continue;
        }
        let cuts = anchors(original, a, reworded, b);
        let (mut i, mut j) = (0, 0);
        for &(x, y) in cuts.iter().chain(&[(a.len(), b.len())]) {
            // What is still too long has no anchor within, and another round would find none either.
            let (left, right) = (&a[i..x], &b[j..y]);
            if (left.len() + 1) * (right.len() + 1) <= MOST_CELLS {
                pieces.push((left, right, at + j));
            }
            (i, j) = (x, y);
        }
    }
    pieces
}

/// Places of words that stand once in each list, in the same order in both: a longest increasing chain of them.
fn anchors(
    original: &Units<'_>,
    a: &[usize],
    reworded: &Units<'_>,
    b: &[usize],
) -> Vec<(usize, usize)> {
    let mut once: HashMap<u32, [Option<usize>; 2]> = HashMap::new();
    let mut twice = HashSet::new();
    for (side, units, list) in [(0, original, a), (1, reworded, b)] {
        for (at, &unit) in list.iter().enumerate() {
            let places = once.entry(units.all[unit].form).or_default();
            if places[side].replace(at).is_some() {
                twice.insert(units.all[unit].form);
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = once
        .into_iter()
        .filter(|(form, _)| !twice.contains(form))
        .filter_map(|(_, [x, y])| x.zip(y))
        .collect();
    pairs.sort_unstable();
    increasing(&pairs)
}

/// A longest chain of pairs, sorted by their first member, whose second members increase too. O(n log n).
pub(crate) fn increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The last pair of the best chain of each length, and before each pair the one it follows.
    let (mut ends, mut before) = (Vec::<usize>::new(), vec![usize::MAX; pairs.len()]);
    for (at, &(_, y)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < y);
        before[at] = length.checked_sub(1).map_or(usize::MAX, |shorter| ends[shorter]);
        ends.truncate(length.max(ends.len()));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        chain.push(pairs[at]);
        at = before[at];
    }
    chain.reverse();
    chain
}

/// Matches runs that stand in both and are matched with nothing, the longest first.
fn moved(
    original: &Units<'_>,
    a: &[usize],
    reworded: &Units<'_>,
    b: &[usize],
    found: &mut [Option<Match>],
) {
    if a.len() * b.len() > MOST_CELLS {
        return;
    }
    let mut taken = vec![false; original.all.len()];
    found.iter().flatten().for_each(|m| taken[m.original] = true);
    loop {
        let mut longest = (0, 0, 0);
        let mut lengths = vec![0_usize; b.len() + 1];
        for (i, &at) in a.iter().enumerate() {
            let mut diagonal = 0;
            for (j, &bt) in b.iter().enumerate() {
                let above = lengths[j + 1];
                let same = !taken[at]
                    && found[j].is_none()
                    && original.all[at].form == reworded.all[bt].form;
                lengths[j + 1] = if same { diagonal + 1 } else { 0 };
                diagonal = above;
                let length = lengths[j + 1];
                if length > longest.0 && tells(&original.all, &a[i + 1 - length..=i]) {
                    longest = (length, i + 1 - length, j + 1 - length);
                }
            }
        }
        let (length, i, j) = longest;
        if length == 0 {
            return;
        }
        for n in 0..length {
            let original = a[i + n];
            taken[original] = true;
            found[j + n] = Some(Match { original, likeness: Likeness::Same, moved: true });
        }
    }
}

fn tells(units: &[Unit], run: &[usize]) -> bool {
    run.iter().filter(|&&at| units[at].is_telling()).count() >= LEAST_MOVED
}

#[cfg(test)]
mod tests {
    use unspin_text::Document;

    use super::*;
    use crate::units::Interner;

    /// For each unit of the second text, what it is matched with.
    fn aligned(original: &str, reworded: &str) -> Vec<String> {
        let mut interner = Interner::default();
        let texts = [original, reworded].map(|text| Document::new(text.as_bytes()));
        let [old, new] = texts.each_ref().map(|text| Units::new(text, &mut interner, None));
        let [from, to] = [&old, &new].map(|units| (0..units.all.len()).collect::<Vec<_>>());
        let found = matches(&Comparer::new(None), (&old, &from), (&new, &to));
        let told = |found: Option<Match>| match found {
            None => "-".to_owned(),
            Some(found) => {
                let word = old.document.slice(old.all[found.original].span);
                format!("{}{word}", if found.moved { "~" } else { "" })
            }
        };
        found.into_iter().map(told).collect()
    }

    #[test]
    fn a_dropped_clause_is_one_gap() {
        let found = aligned(
            "The ferry, which the council bought in May, sank off the old pier.",
            "The ferry sank off the old pier.",
        );
        assert_eq!(found, ["The", "ferry", "sank", "off", "the", "old", "pier"]);
    }

    #[test]
    fn words_around_a_swap_are_kept() {
        let found = aligned("He paid the fine at once.", "He settled the penalty at once.");
        assert_eq!(found, ["He", "-", "the", "-", "at", "once"]);
    }

    #[test]
    fn what_was_moved_is_found() {
        let found = aligned(
            "The ferry of the council sank off the pier, according to two pilots.",
            "According to two pilots, the vessel of the council sank off the pier.",
        );
        let expected = ["~according", "~to", "~two", "~pilots", "The", "-", "of", "the", "council"];
        assert_eq!(found[..9], expected);
    }

    #[test]
    fn chains_increase_in_both() {
        let pairs = [(0, 4), (1, 1), (2, 2), (3, 0), (4, 3)];
        assert_eq!(increasing(&pairs), [(1, 1), (2, 2), (4, 3)]);
        assert_eq!(increasing(&[]), []);
    }
}
