//! From matched units to what was changed: stretches of the original and of the reworded text that stand for each other.

use std::ops::Range;

use crate::likeness::Likeness;
use crate::matching::Match;

/// Most units that are put in or left out beside a replaced word and belong to it: "business enterprise" for "company".
const MOST_BESIDE: usize = 4;

/// What a [`Claim`] says of words that are one expression with the pair.
pub(crate) const KNOWN: u8 = 2;

/// How surely words belong to a pair beside them; not at all where punctuation stands between.
pub(crate) type Claim<'c> = dyn Fn(&Block, &Block) -> Option<u8> + 'c;

/// How two stretches stand for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// One is put for the other, or one of them is empty.
    Replaced,
    /// The same word in another form.
    Inflected,
    /// The same words elsewhere.
    Moved,
}

/// A stretch of a passage's units in the original (`a`) and of those in the reworded text (`b`); an empty one is the
/// place where they would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub a: Range<usize>,
    pub b: Range<usize>,
    pub tie: Tie,
}

/// What was changed between `original` units of a passage and those that were `matched`. Indices are those of the
/// passage's lists; `matched` names units of the original by such an index too. In the order of the reworded text.
pub(crate) fn blocks(original: usize, matched: &[Option<Match>], claim: &Claim<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    let mut taken = vec![false; original];
    matched.iter().flatten().for_each(|m| taken[m.original] = true);
    moved(matched, &mut out);
    // Between two units that were kept in their order.
    let (mut i, mut j) = (0, 0);
    let kept = |m: &Match| !m.moved && m.likeness >= Likeness::Inflected;
    for (at, found) in matched.iter().enumerate() {
        let Some(found) = found.filter(kept) else { continue };
        gap(i..found.original, j..at, matched, claim, &mut taken, &mut out);
        if found.likeness == Likeness::Inflected {
            let (a, b) = (found.original..found.original + 1, at..at + 1);
            out.push(Block { a, b, tie: Tie::Inflected });
        }
        (i, j) = (found.original + 1, at + 1);
    }
    gap(i..original, j..matched.len(), matched, claim, &mut taken, &mut out);
    out.sort_by_key(|block| (block.b.start, block.a.start, block.b.end));
    out
}

/// Puts replaced stretches that follow on each other on both sides together where `belong` says so of the two.
pub(crate) fn merge(blocks: Vec<Block>, belong: impl Fn(&Block, &Block) -> bool) -> Vec<Block> {
    let mut merged: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        if let Some(last) = merged.last_mut()
            && [last.tie, block.tie] == [Tie::Replaced; 2]
            && last.a.end == block.a.start
            && last.b.end == block.b.start
            && belong(last, &block)
        {
            (last.a.end, last.b.end) = (block.a.end, block.b.end);
        } else {
            merged.push(block);
        }
    }
    merged
}

fn moved(matched: &[Option<Match>], out: &mut Vec<Block>) {
    let mut at = 0;
    while at < matched.len() {
        let from = at;
        let Some(first) = matched[at].filter(|m| m.moved) else {
            at += 1;
            continue;
        };
        let follows = |m: &Match, n: usize| m.moved && m.original == first.original + n;
        while at < matched.len() && matched[at].is_some_and(|m| follows(&m, at - from)) {
            at += 1;
        }
        let a = first.original..first.original + (at - from);
        out.push(Block { a, b: from..at, tie: Tie::Moved });
    }
}

/// What stands between two kept units on each side.
fn gap(
    a: Range<usize>,
    b: Range<usize>,
    matched: &[Option<Match>],
    claim: &Claim<'_>,
    taken: &mut [bool],
    out: &mut Vec<Block>,
) {
    let first = out.len();
    let (mut i, mut j) = (a.start, b.start);
    let mut pairs: Vec<usize> = Vec::new();
    for at in b.clone() {
        let Some(found) = matched[at].filter(|m| !m.moved) else { continue };
        // The words of an expression share what they stand for.
        if let Some(&pair) = pairs.last()
            && out[pair].a.start == found.original
        {
            (out[pair].b.end, j) = (at + 1, at + 1);
            continue;
        }
        between(i..found.original, j..at, matched, taken, out);
        pairs.push(out.len());
        let (a, b) = (found.original..found.original + 1, at..at + 1);
        out.push(Block { a, b, tie: Tie::Replaced });
        (i, j) = (found.original + 1, at + 1);
    }
    between(i..a.end, j..b.end, matched, taken, out);
    join(first, &pairs, claim, out);
}

/// What stands between two pairs: free units on both sides stand for each other, and what was moved cuts them.
fn between(
    a: Range<usize>,
    b: Range<usize>,
    matched: &[Option<Match>],
    taken: &mut [bool],
    out: &mut Vec<Block>,
) {
    let places = (a.start..a.start, b.end..b.end);
    let mut left: Vec<Range<usize>> = runs(a, |i| !taken[i]);
    let right = runs(b, |j| matched[j].is_none());
    let mut unpaired = Vec::new();
    for b in right {
        // What follows on or goes before words that were moved was moved with them.
        let beside = |j: usize, step: isize| {
            let found = matched.get(j).copied().flatten().filter(|m| m.moved)?;
            let next = found.original.checked_add_signed(step)?;
            (next < taken.len() && !taken[next]).then_some(next)
        };
        let next = b.start.checked_sub(1).and_then(|j| beside(j, 1));
        let run = next.or_else(|| beside(b.end, -1)).map(|at| around(at, taken));
        match run {
            Some(run) => {
                run.clone().for_each(|i| taken[i] = true);
                left.retain(|other| other.end <= run.start || run.end <= other.start);
                out.push(Block { a: run, b, tie: Tie::Replaced });
            }
            None => unpaired.push(b),
        }
    }
    let mut left = left.into_iter();
    for b in unpaired {
        let a = left.next().unwrap_or_else(|| places.0.clone());
        a.clone().for_each(|i| taken[i] = true);
        out.push(Block { a, b, tie: Tie::Replaced });
    }
    for a in left {
        a.clone().for_each(|i| taken[i] = true);
        out.push(Block { a, b: places.1.clone(), tie: Tie::Replaced });
    }
}

fn runs(range: Range<usize>, is_free: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in range.filter(|&at| is_free(at)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The free units around one.
fn around(at: usize, taken: &[bool]) -> Range<usize> {
    let start = taken[..at].iter().rposition(|&taken| taken).map_or(0, |before| before + 1);
    let end = taken[at..].iter().position(|&taken| taken).map_or(taken.len(), |n| at + n);
    start..end
}

/// Has the few words that are put in or left out right beside a pair belong to it. Between two pairs, the one that
/// `claim` says they belong to more; of equals the one after, since English puts what describes a word before it.
fn join(first: usize, pairs: &[usize], claim: &Claim<'_>, out: &mut Vec<Block>) {
    let mut gone = vec![false; out.len()];
    for at in first..out.len() {
        let words = out[at].clone();
        let is_one_sided = words.a.is_empty() != words.b.is_empty();
        if !pairs.contains(&at) && !is_one_sided && at > first && pairs.contains(&(at - 1)) {
            // What is one expression with the pair before it stands for nothing else.
            let own = Block { a: words.a.start..words.a.start, ..words.clone() };
            if out[at - 1].b.end == words.b.start && claim(&out[at - 1], &own) == Some(KNOWN) {
                out[at - 1].b.end = words.b.end;
                out[at].b.start = words.b.end;
            }
            continue;
        }
        if pairs.contains(&at) || !is_one_sided || words.a.len() + words.b.len() > MOST_BESIDE {
            continue;
        }
        let touches = |pair: &usize| {
            let pair = &out[*pair];
            let meets = |a: &Range<usize>, b: &Range<usize>| {
                b.is_empty() || a.end == b.start || b.end == a.start
            };
            meets(&pair.a, &words.a) && meets(&pair.b, &words.b)
        };
        let beside = |pair: Option<usize>| {
            let pair = pair.filter(|pair| pairs.contains(pair)).filter(touches)?;
            Some((claim(&out[pair], &words)?, pair))
        };
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let claims = |pair: Option<(u8, usize)>| pair.map(|(claim, _)| claim);
        let pair = if claims(before) > claims(after) { before } else { after.or(before) };
        let Some((_, pair)) = pair else { continue };
        let block = &mut out[pair];
        for (own, other) in [(&mut block.a, &words.a), (&mut block.b, &words.b)] {
            if !other.is_empty() {
                *own = own.start.min(other.start)..own.end.max(other.end);
            }
        }
        gone[at] = true;
    }
    let mut at = 0;
    out.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn matched(original: usize, likeness: Likeness) -> Match {
        Match { original, likeness, moved: false }
    }

    fn told(blocks: &[Block]) -> Vec<(Range<usize>, Range<usize>)> {
        blocks.iter().map(|block| (block.a.clone(), block.b.clone())).collect()
    }

    #[test]
    fn what_stands_between_kept_words_stands_for_each_other() {
        let same = |at| Some(matched(at, Likeness::Same));
        let found = blocks(5, &[same(0), None, None, same(2), same(4)], &|_, _| Some(0));
        assert_eq!(told(&found), [(1..2, 1..3), (3..4, 4..4)]);
    }

    #[test]
    fn a_pair_takes_what_is_put_in_before_it() {
        let same = |at| Some(matched(at, Likeness::Same));
        let found =
            blocks(3, &[same(0), None, Some(matched(1, Likeness::Related)), same(2)], &|_, _| {
                Some(0)
            });
        assert_eq!(told(&found), [(1..2, 1..3)]);
    }

    #[test]
    fn words_beside_moved_words_were_moved_with_them() {
        let moved = |original| Some(Match { original, likeness: Likeness::Same, moved: true });
        let same = |at| Some(matched(at, Likeness::Same));
        // a b c D x y -> x z | a b c
        let found = blocks(6, &[moved(4), None, same(0), same(1), same(2)], &|_, _| Some(0));
        assert_eq!(told(&found), [(4..5, 0..1), (5..6, 1..2), (3..4, 5..5)]);
    }
}
