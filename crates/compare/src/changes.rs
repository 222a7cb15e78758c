//! From passages to the record of all changes.

mod belonging;
mod repair;
mod whole_sentences;

use std::ops::Range;

use unspin_text::Span;

use crate::block::{Block, Tie, blocks, merge};
use crate::classify::{self, Sides};
use crate::likeness::{Comparer, Likeness};
use crate::matching::{Match, matches};
use crate::passages::Passage;
use crate::units::Units;
use crate::{Change, Kind, quotations};

/// A passage with the units of both sides, and what each of the reworded ones is matched with.
pub(crate) struct Aligned {
    /// Indices into the units of the original.
    pub a: Vec<usize>,
    /// Indices into the units of the reworded text.
    pub b: Vec<usize>,
    /// For each of `b`; `original` is an index into the units of the original.
    pub matched: Vec<Option<Match>>,
}

impl Aligned {
    /// Of so many units, each matched with the one in its place.
    pub(crate) fn identity(units: usize) -> Self {
        let same = |original| Match { original, likeness: Likeness::Same, moved: false };
        Self {
            a: (0..units).collect(),
            b: (0..units).collect(),
            matched: (0..units).map(|at| Some(same(at))).collect(),
        }
    }
}

/// Both texts.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'p> {
    pub original: &'p Units<'p>,
    pub reworded: &'p Units<'p>,
}

impl Pair<'_> {
    /// The units of a passage, matched.
    pub(crate) fn align(&self, comparer: &Comparer<'_>, passage: &Passage) -> Aligned {
        let a: Vec<usize> =
            passage.original.iter().flat_map(|&s| self.original.sentences[s].clone()).collect();
        let b: Vec<usize> =
            passage.reworded.clone().flat_map(|s| self.reworded.sentences[s].clone()).collect();
        let matched = matches(comparer, (self.original, &a), (self.reworded, &b));
        Aligned { a, b, matched }
    }

    /// Every change, by its place in the reworded text.
    pub(crate) fn changes(
        &self,
        comparer: &Comparer<'_>,
        passages: &[Passage],
        aligned: &[Aligned],
    ) -> Vec<Change> {
        let mut record = Record {
            pair: self,
            comparer,
            accounted: vec![false; self.original.all.len()],
            dropped: Vec::new(),
            changes: Vec::new(),
        };
        for (passage, aligned) in passages.iter().zip(aligned) {
            if passage.original.is_empty() {
                record.added_sentences(passage);
            } else {
                record.passage(aligned);
            }
        }
        record.dropped_within();
        record.dropped_sentences(passages);
        record.moved_sentences(passages);
        let mut changes = record.changes;
        changes.sort_by_key(|change| (change.reworded, change.original, change.kind));
        changes
    }
}

struct Record<'r> {
    pair: &'r Pair<'r>,
    comparer: &'r Comparer<'r>,
    /// Of each unit of the original, whether something stands for it.
    accounted: Vec<bool>,
    /// Stretches of the original for which a passage has nothing, with the place in the reworded text.
    dropped: Vec<(Range<usize>, u32)>,
    changes: Vec<Change>,
}

impl Record<'_> {
    fn passage(&mut self, aligned: &Aligned) {
        let Aligned { a, b, matched } = aligned;
        for found in matched.iter().flatten() {
            self.accounted[found.original] = true;
        }
        let inside: Vec<Option<Match>> = matched
            .iter()
            .map(|found| {
                found.map(|found| Match {
                    original: a.binary_search(&found.original).expect("it is of this passage"),
                    ..found
                })
            })
            .collect();
        let claim = |pair: &Block, words: &Block| self.claim(pair, words, a, b);
        let changed =
            merge(blocks(a.len(), &inside, &claim), |one, other| self.belong(one, other, a, b));
        for block in changed {
            for piece in Self::pieces(&block, a, b) {
                self.block(block.tie, &piece, b);
            }
        }
        self.capitals(matched, b);
    }

    /// A block, cut where the sentences of the original that it is in do not follow on each other.
    fn pieces(block: &Block, a: &[usize], b: &[usize]) -> Vec<Sides> {
        let side = |list: &[usize], range: &Range<usize>| match list.get(range.clone()) {
            Some([first, .., last]) => *first..last + 1,
            Some([only]) => *only..only + 1,
            _ => {
                let at = list.get(range.start).copied();
                let at = at.unwrap_or_else(|| list.last().map_or(0, |last| last + 1));
                at..at
            }
        };
        let b = side(b, &block.b);
        let mut pieces: Vec<Sides> = Vec::new();
        for at in block.a.clone() {
            match pieces.last_mut() {
                Some(piece) if piece.a.end == a[at] => piece.a.end += 1,
                // The first stands for the words, the others were left out.
                Some(_) => pieces.push(Sides { a: a[at]..a[at] + 1, b: b.end..b.end }),
                None => pieces.push(Sides { a: a[at]..a[at] + 1, b: b.clone() }),
            }
        }
        if pieces.is_empty() {
            pieces.push(Sides { a: side(a, &block.a), b });
        }
        pieces
    }

    fn block(&mut self, tie: Tie, sides: &Sides, passage: &[usize]) {
        let Pair { original, reworded } = self.pair;
        if sides.b.is_empty() {
            // Another passage may have it.
            let place = place(reworded, sides.b.start, passage);
            self.dropped.push((sides.a.clone(), place));
            return;
        }
        self.accounted[sides.a.clone()].fill(true);
        let kind = match tie {
            Tie::Moved => Kind::Reordering,
            Tie::Replaced | Tie::Inflected => match classify::kind(original, reworded, sides) {
                kind if tie == Tie::Replaced || kind == Kind::Quotation => kind,
                _ => Kind::Inflection,
            },
        };
        let span = reworded.span(sides.b.clone());
        let (repair, wording) = if tie == Tie::Moved { (span, None) } else { self.repair(sides) };
        let original = if sides.a.is_empty() {
            let at = original
                .all
                .get(sides.a.start)
                .map_or_else(|| original.document.text().len() as u32, |unit| unit.span.start);
            Span::new(at, at)
        } else {
            original.span(sides.a.clone())
        };
        self.changes.push(Change { kind, original, reworded: span, wording, repair });
    }

    /// Names that were kept but for their capital.
    fn capitals(&mut self, matched: &[Option<Match>], b: &[usize]) {
        let Pair { original, reworded } = self.pair;
        for (found, &at) in matched.iter().zip(b) {
            let Some(found) = found.filter(|m| m.likeness == Likeness::Same) else { continue };
            let (old, new) = (&original.all[found.original], &reworded.all[at]);
            if classify::lost_capital(old, new) {
                self.changes.push(Change {
                    kind: Kind::Name,
                    original: old.span,
                    reworded: new.span,
                    wording: Some(original.document.slice(old.span).to_owned()),
                    repair: new.span,
                });
            }
        }
    }

    /// What no passage has, of sentences that some passage comes from.
    fn dropped_within(&mut self) {
        for (range, place) in std::mem::take(&mut self.dropped) {
            let mut at = range.start;
            while at < range.end {
                let from = at;
                while at < range.end && !self.accounted[at] {
                    at += 1;
                }
                if from < at {
                    self.accounted[from..at].fill(true);
                    self.drop(from..at, place);
                }
                at += 1;
            }
        }
    }

    /// A stretch of the original that has nothing in the reworded text; a quotation in it is told by itself.
    fn drop(&mut self, range: Range<usize>, place: u32) {
        let units = self.pair.original;
        let mut from = range.start;
        while from < range.end {
            let quoted = |at: usize| quotations::around(units.document, units.all[at].span);
            let own = quoted(from);
            let end = (from..range.end).find(|&at| quoted(at) != own).unwrap_or(range.end);
            let kind = classify::kind(units, self.pair.reworded, &Sides { a: from..end, b: 0..0 });
            self.changes.push(left_out(kind, units.span(from..end), place));
            from = end;
        }
    }
}

/// A change that leaves words of the original out, which would stand at `place` of the reworded text.
fn left_out(kind: Kind, original: Span, place: u32) -> Change {
    let place = Span::new(place, place);
    Change { kind, original, reworded: place, wording: None, repair: place }
}

/// Where units of the original would stand: before a unit of the reworded text, or after the last of its passage.
fn place(reworded: &Units<'_>, at: usize, passage: &[usize]) -> u32 {
    match passage.last() {
        Some(&last) if at > last => reworded.all[last].span.end,
        _ => reworded.all.get(at).map_or(0, |unit| unit.span.start),
    }
}
