//! Sentences that were added, left out or moved as a whole.

use std::collections::HashSet;

use unspin_text::Span;

use super::{Pair, Record, left_out};
use crate::classify::{self, Sides};
use crate::matching::increasing;
use crate::passages::Passage;
use crate::units::telling;
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
        // Where they would stand in the original nothing says: its end is given.
        let end = self.pair.original.document.text().len() as u32;
        self.changes.push(Change {
            kind: Kind::Addition,
            original: Span::new(end, end),
            reworded: span,
            wording: None,
            repair: span,
        });
    }

    /// Sentences that no passage comes from, each by itself.
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
                    let kind = match classify::kind(original, reworded, &sides) {
                        Kind::Quotation => Kind::Quotation,
                        _ if telling(&original.all[range]) < 2 => Kind::DroppedWords,
                        _ => Kind::DroppedClause,
                    };
                    let span = original.document.sentences()[sentence].span;
                    self.changes.push(left_out(kind, span, place));
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
