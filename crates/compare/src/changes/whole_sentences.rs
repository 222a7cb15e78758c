//! Sentences that were added, left out or moved as a whole.

use std::collections::HashSet;

use unspin_text::Span;

use super::{Pair, Record};
use crate::classify::{self, Sides};
use crate::matching::increasing;
use crate::passages::Passage;
use crate::{Change, Kind};

impl Record<'_> {
    pub(super) fn added_sentences(&mut self, passage: &Passage) {
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

    /// Sentences that no passage comes from; neighbours are told as one within a paragraph.
    pub(super) fn dropped_sentences(&mut self, passages: &[Passage]) {
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
    pub(super) fn moved_sentences(&mut self, passages: &[Passage]) {
        let Pair { original, reworded } = self.pair;
        let firsts: Vec<(usize, usize)> = passages
            .iter()
            .filter_map(|passage| Some((passage.reworded.start, *passage.original.first()?)))
            .collect();
        let kept = increasing(&firsts);
        let mut said: HashSet<usize> = kept.iter().map(|&(_, from)| from).collect();
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
