//! The figures of a comparison.

use std::collections::BTreeSet;
use std::ops::Range;

use unspin_text::Span;

use crate::changes::{Aligned, Pair};
use crate::likeness::Likeness;
use crate::measures::{self, LONGEST_NGRAM};
use crate::units::{Class, Unit, Units};
use crate::{Change, Kind, quotations};

/// What a comparison comes to in figures. Shares are 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Words, numbers and signs of the original.
    pub original_words: usize,
    /// Those of the reworded text.
    pub reworded_words: usize,
    /// Share of the original's words that the reworded text has in the same place or moved.
    pub kept: f64,
    /// How many changes there are of each kind, in the order of [`Kind::ALL`].
    pub changes: [usize; Kind::ALL.len()],
    /// Replaced wordings in 1,000 words of the reworded text, those within quotations and of names among them.
    pub substitutions_per_1000: f64,
    /// Quotations of the original.
    pub quotations: Tally,
    /// Numbers of the original, each place counted.
    pub numbers: Tally,
    /// Names of the original, each place counted.
    pub names: Tally,
    /// For n = 1 to 5, the share of the reworded text's n-grams that the original has: containment (Broder, "On the
    /// resemblance and containment of documents", 1997; Clough and Stevenson, "Developing a corpus of plagiarised short
    /// answers", 2011).
    pub containment: [f64; LONGEST_NGRAM],
    /// Longest common subsequence of words over the words of the reworded text (Clough and Stevenson); `None` for texts
    /// of more than 200,000 words.
    pub common_subsequence: Option<f64>,
    /// Share of the original's distinct names, numbers and quotations, which no rewording needs to touch, that the
    /// reworded text has: immutables kept. `None` where the original has none.
    pub immutables_kept: Option<f64>,
}

/// What became of quotations, numbers or names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In the original.
    pub all: usize,
    /// Of them, those that the reworded text has with other words, or cut.
    pub changed: usize,
    /// Of them, those in what the reworded text leaves out.
    pub dropped: usize,
}

impl Figures {
    /// How many changes there are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.changes[Kind::ALL.iter().position(|k| *k == kind).expect("all are listed")]
    }
}

pub(crate) fn figures(pair: &Pair<'_>, aligned: &[Aligned], changes: &[Change]) -> Figures {
    let Pair { original, reworded } = *pair;
    let mut kept = vec![false; original.all.len()];
    let same = aligned.iter().flat_map(|aligned| aligned.matched.iter().flatten());
    same.filter(|m| m.likeness == Likeness::Same).for_each(|m| kept[m.original] = true);
    let count = |kind: &Kind| changes.iter().filter(|change| change.kind == *kind).count();
    let worded = |change: &&Change| {
        let kinds = [Kind::Substitution, Kind::Quotation, Kind::Name];
        kinds.contains(&change.kind) && change.is_in_reworded() && change.is_in_original()
    };
    let (a, b) = (original.all.len(), reworded.all.len());
    let of_number = |unit: &Unit| unit.class == Class::Number;
    let of_name = |unit: &Unit| unit.is_name;
    Figures {
        original_words: a,
        reworded_words: b,
        kept: share(kept.iter().filter(|kept| **kept).count(), a),
        changes: std::array::from_fn(|at| count(&Kind::ALL[at])),
        substitutions_per_1000: 1_000.0 * share(changes.iter().filter(worded).count(), b),
        quotations: of_quotations(original, changes, &kept),
        numbers: tally(original, changes, &kept, of_number),
        names: tally(original, changes, &kept, of_name),
        containment: measures::containment(original, reworded),
        common_subsequence: measures::common_subsequence(original, reworded),
        immutables_kept: immutables(original, reworded),
    }
}

/// 0 of nothing.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The units of the original that a change is about.
fn about(units: &Units<'_>, span: Span) -> Range<usize> {
    let start = units.all.partition_point(|unit| unit.span.end <= span.start);
    let end = units.all.partition_point(|unit| unit.span.start < span.end);
    start..end.max(start)
}

fn tally(
    units: &Units<'_>,
    changes: &[Change],
    kept: &[bool],
    of: impl Fn(&Unit) -> bool,
) -> Tally {
    let mut changed = vec![None; units.all.len()];
    for change in changes.iter().filter(|change| change.kind != Kind::Reordering) {
        for at in about(units, change.original) {
            changed[at] = Some(change.is_in_reworded());
        }
    }
    let of_kind = |at: &usize| of(&units.all[*at]);
    let count = |what: Option<bool>| {
        (0..units.all.len()).filter(of_kind).filter(|&at| !kept[at] && changed[at] == what).count()
    };
    let all = (0..units.all.len()).filter(of_kind).count();
    Tally { all, changed: count(Some(true)), dropped: count(Some(false)) }
}

/// A quotation is changed if some word of it is not kept, and dropped if none is.
fn of_quotations(units: &Units<'_>, changes: &[Change], kept: &[bool]) -> Tally {
    let mut tally = Tally::default();
    for span in quotations::outermost(units.document) {
        let range = about(units, span);
        if range.is_empty() {
            continue;
        }
        tally.all += 1;
        let touched = changes.iter().any(|change| {
            change.kind == Kind::Quotation
                && change.original.start < span.end
                && span.start < change.original.end.max(change.original.start + 1)
        });
        if !kept[range].contains(&true) {
            tally.dropped += 1;
        } else if touched {
            tally.changed += 1;
        }
    }
    tally
}

/// Of the distinct names, numbers and quotations of the original, those that the reworded text has.
fn immutables(original: &Units<'_>, reworded: &Units<'_>) -> Option<f64> {
    let fixed = |unit: &&Unit| unit.is_name || unit.class == Class::Number;
    let here: BTreeSet<u32> = reworded.all.iter().map(|unit| unit.form).collect();
    let wanted: BTreeSet<u32> = original.all.iter().filter(fixed).map(|unit| unit.form).collect();
    let forms = |units: &Units<'_>, range: Range<usize>| -> Vec<u32> {
        units.all[range].iter().map(|unit| unit.form).collect()
    };
    let quoted = |units: &Units<'_>| -> BTreeSet<Vec<u32>> {
        let spans = quotations::outermost(units.document);
        let quoted = spans.map(|span| forms(units, about(units, span)));
        quoted.filter(|quoted| !quoted.is_empty()).collect()
    };
    let (old, new) = (quoted(original), quoted(reworded));
    let all = wanted.len() + old.len();
    let kept = wanted.intersection(&here).count() + old.intersection(&new).count();
    (all > 0).then(|| share(kept, all))
}
