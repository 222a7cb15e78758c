//! From passages to the record of all changes.

use std::borrow::Cow;
use std::ops::Range;

use unspin_lang::transfer_case;
use unspin_text::{Document, Span};

use crate::block::{Block, KNOWN, Tie, blocks, merge};
use crate::classify::{self, Sides};
use crate::likeness::{Comparer, Likeness};
use crate::matching::{Match, increasing, matches};
use crate::passages::Passage;
use crate::units::{Class, Units};
use crate::{Change, Kind};

/// Most units that were put in or left out whose fix is the neighbouring word with or without them.
const MOST_MINOR: usize = 4;

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
            for piece in self.pieces(&block, a, b) {
                self.block(block.tie, &piece, b);
            }
        }
        self.capitals(matched, b);
    }

    /// Words with which a pair is a known expression, or that are joined to it by a hyphen, are its own.
    fn claim(&self, pair: &Block, words: &Block, a: &[usize], b: &[usize]) -> Option<u8> {
        let Pair { original, reworded } = self.pair;
        if words.b.is_empty() {
            let between = between(original, a, &pair.a, &words.a);
            return (!between.contains(is_stop)).then_some(0);
        }
        let between = between(reworded, b, &pair.b, &words.b);
        if between.contains(is_stop) {
            return None;
        }
        let first = b[pair.b.start.min(words.b.start)];
        let last = b[pair.b.end.max(words.b.end) - 1];
        let expression = self.comparer.originals(reworded.all[first..=last].iter());
        let is_known = expression.contains(&original.all[a[pair.a.start]].known);
        let is_joined = !between.contains(char::is_whitespace);
        Some(if is_known { KNOWN } else { u8::from(is_joined) })
    }

    /// Whether the second of two neighbours is a word that goes with the first: "according" and "to", an article and
    /// what it stands before.
    fn belong(&self, first: &Block, second: &Block, a: &[usize], b: &[usize]) -> bool {
        let Pair { original, reworded } = self.pair;
        let is_function = |units: &Units<'_>, list: &[usize], range: &Range<usize>| {
            list[range.clone()].iter().all(|&at| units.all[at].class == Class::Function)
        };
        let text =
            |units: &Units<'_>, at: usize| units.document.slice(units.all[at].span).to_lowercase();
        let is_article = |units: &Units<'_>, list: &[usize], range: &Range<usize>| {
            range.len() == 1 && matches!(&*text(units, list[range.start]), "a" | "an")
        };
        let is_apart = between(original, a, &first.a, &second.a).contains(is_stop)
            || between(reworded, b, &first.b, &second.b).contains(is_stop);
        let goes_before = is_article(original, a, &first.a) && is_article(reworded, b, &first.b);
        let goes_after = is_function(original, a, &second.a) && is_function(reworded, b, &second.b);
        !is_apart && (goes_before || (goes_after && !second.a.is_empty() && !second.b.is_empty()))
    }

    /// A block, cut where the sentences of the original that it is in do not follow on each other.
    fn pieces(&self, block: &Block, a: &[usize], b: &[usize]) -> Vec<Sides> {
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
        let (kind, is_quoted) = match tie {
            Tie::Replaced => (classify::kind(original, reworded, sides), false),
            Tie::Inflected => {
                let kind = classify::kind(original, reworded, sides);
                (if kind == Kind::Quotation { kind } else { Kind::Inflection }, false)
            }
            Tie::Moved => (Kind::Reordering, true),
        };
        let span = reworded.span(sides.b.clone());
        let (repair, wording) = if is_quoted { (span, None) } else { self.repair(sides) };
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

    /// What to put where, to have the original wording.
    fn repair(&self, sides: &Sides) -> (Span, Option<String>) {
        let Pair { original, reworded } = self.pair;
        let span = reworded.span(sides.b.clone());
        if !sides.a.is_empty() {
            let wording = one_line(original.text(sides.a.clone()));
            let (old, new) = (&original.all[sides.a.start], &reworded.all[sides.b.start]);
            let wording = if old.shouts && !new.shouts {
                transfer_case(reworded.text(sides.b.clone()), &wording.to_lowercase()).into_owned()
            } else if starts_a_sentence(reworded, sides.b.start) {
                capitalised(&wording)
            } else {
                wording
            };
            return (span, Some(wording));
        }
        if sides.b.len() > MOST_MINOR {
            return (span, None);
        }
        // Words that were put in go, with the white space on one side; a neighbour is replaced by itself.
        let at = sides.b.start;
        let sentence = reworded.all[at].sentence;
        let is_beside =
            |other: usize| reworded.all.get(other).is_some_and(|unit| unit.sentence == sentence);
        if let Some(before) = at.checked_sub(1).filter(|&before| is_beside(before)) {
            let neighbour = reworded.all[before].span;
            return (neighbour.cover(span), Some(reworded.document.slice(neighbour).to_owned()));
        }
        if is_beside(sides.b.end) {
            let neighbour = reworded.all[sides.b.end].span;
            let wording = capitalised(reworded.document.slice(neighbour));
            return (span.cover(neighbour), Some(wording));
        }
        (span, None)
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

    fn added_sentences(&mut self, passage: &Passage) {
        let reworded = self.pair.reworded;
        let ranges = &reworded.sentences[passage.reworded.clone()];
        let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return };
        if first.start == last.end {
            return;
        }
        let span = reworded.span(first.start..last.end);
        // The place is where the sentence before comes from; one place serves, and nobody reads it.
        let end = self.pair.original.document.text().len() as u32;
        self.changes.push(Change {
            kind: Kind::Addition,
            original: Span::new(end, end),
            reworded: span,
            wording: None,
            repair: span,
        });
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
            let quoted = |at: usize| classify::quotation_around(units.document, units.all[at].span);
            let own = quoted(from);
            let end = (from..range.end).find(|&at| quoted(at) != own).unwrap_or(range.end);
            let kind = classify::kind(units, self.pair.reworded, &Sides { a: from..end, b: 0..0 });
            self.changes.push(Change {
                kind,
                original: units.span(from..end),
                reworded: Span::new(place, place),
                wording: None,
                repair: Span::new(place, place),
            });
            from = end;
        }
    }

    /// Sentences that no passage comes from; neighbours are told as one within a paragraph.
    fn dropped_sentences(&mut self, passages: &[Passage]) {
        let Pair { original, reworded } = self.pair;
        let mut used = vec![None; original.sentences.len()];
        for passage in passages {
            for &sentence in &passage.original {
                used[sentence] = Some(passage.reworded.end - 1);
            }
        }
        let mut place = 0;
        for (sentence, used) in used.into_iter().enumerate() {
            let range = original.sentences[sentence].clone();
            match used {
                Some(at) => place = reworded.document.sentences()[at].span.end,
                None if !range.is_empty() => {
                    let sides = Sides { a: range.clone(), b: 0..0 };
                    let telling =
                        original.all[range.clone()].iter().filter(|u| u.is_telling()).count();
                    let kind = match classify::kind(original, reworded, &sides) {
                        Kind::Quotation => Kind::Quotation,
                        _ if telling < 2 => Kind::DroppedWords,
                        _ => Kind::DroppedClause,
                    };
                    self.changes.push(Change {
                        kind,
                        original: original.document.sentences()[sentence].span,
                        reworded: Span::new(place, place),
                        wording: None,
                        repair: Span::new(place, place),
                    });
                }
                None => {}
            }
        }
    }

    /// Sentences that stand in another order: those outside the longest chain that kept its order.
    fn moved_sentences(&mut self, passages: &[Passage]) {
        let Pair { original, reworded } = self.pair;
        let firsts: Vec<(usize, usize)> = passages
            .iter()
            .filter_map(|passage| Some((passage.reworded.start, *passage.original.first()?)))
            .collect();
        let kept = increasing(&firsts);
        let mut said = std::collections::HashSet::new();
        kept.iter().for_each(|&(_, from)| {
            said.insert(from);
        });
        for pair in firsts.iter().filter(|pair| kept.binary_search(pair).is_err()) {
            let (at, from) = *pair;
            // A sentence that is said again was not moved.
            if !said.insert(from) {
                continue;
            }
            let span = reworded.document.sentences()[at].span;
            self.changes.push(Change {
                kind: Kind::Reordering,
                original: original.document.sentences()[from].span,
                reworded: span,
                wording: None,
                repair: span,
            });
        }
    }
}

/// Where units of the original would stand: before a unit of the reworded text, or after the last of its passage.
fn place(reworded: &Units<'_>, at: usize, passage: &[usize]) -> u32 {
    match passage.last() {
        Some(&last) if at > last => reworded.all[last].span.end,
        _ => reworded.all.get(at).map_or(0, |unit| unit.span.start),
    }
}

/// The text between two stretches of a passage's units, whichever comes first; nothing where either is empty.
fn between<'u>(
    units: &'u Units<'_>,
    list: &[usize],
    one: &Range<usize>,
    other: &Range<usize>,
) -> &'u str {
    if one.is_empty() || other.is_empty() {
        return "";
    }
    let (left, right) = if one.start < other.start { (one, other) } else { (other, one) };
    let from = units.all[list[left.end - 1]].span.end;
    let to = units.all[list[right.start]].span.start.max(from);
    &units.document.text()[from as usize..to as usize]
}

/// Whether a mark keeps what stands before it from what stands after it.
fn is_stop(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '"' | '“' | '”')
}

fn starts_a_sentence(units: &Units<'_>, at: usize) -> bool {
    at == 0 || units.all[at - 1].sentence != units.all[at].sentence
}

fn capitalised(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    // A word that has capitals of its own keeps them.
    if first.chars().any(char::is_uppercase) {
        return text.to_owned();
    }
    match transfer_case("The", first) {
        Cow::Borrowed(_) => text.to_owned(),
        Cow::Owned(changed) => changed + &text[first.len()..],
    }
}

/// White space within is one blank: a line of the original may end where one of the reworded text does not.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Quotations of speech or phrases of a document: those that are compared.
pub(crate) fn quotations(document: &Document<'_>) -> impl Iterator<Item = Span> {
    let all = document.quotations().iter();
    all.filter(|quotation| {
        quotation.closed
            && quotation.depth == 0
            && matches!(
                quotation.kind,
                unspin_text::QuoteKind::Double | unspin_text::QuoteKind::Block
            )
    })
    .map(|quotation| quotation.span)
}
