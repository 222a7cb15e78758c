//! What to put where, to have the original's wording.

use std::borrow::Cow;

use unspin_lang::transfer_case;
use unspin_text::Span;

use super::{Pair, Record};
use crate::classify::Sides;
use crate::finding::one_line;
use crate::units::Units;

/// Most units that were put in whose fix is the neighbouring word without them.
const MOST_MINOR: usize = 4;

impl Record<'_> {
    /// What to put where, to have the original wording.
    pub(super) fn repair(&self, sides: &Sides) -> (Span, Option<String>) {
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
