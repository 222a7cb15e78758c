//! Which words beside a replaced one belong to it.

use std::ops::Range;

use super::{Pair, Record};
use crate::block::{Block, KNOWN};
use crate::units::{Class, Units};

impl Record<'_> {
    /// Words with which a pair is a known expression, or that are joined to it by a hyphen, are its own.
    pub(super) fn claim(
        &self,
        pair: &Block,
        words: &Block,
        a: &[usize],
        b: &[usize],
    ) -> Option<u8> {
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
    pub(super) fn belong(&self, first: &Block, second: &Block, a: &[usize], b: &[usize]) -> bool {
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
