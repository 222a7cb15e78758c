//! Two texts side by side: what was kept, what was changed, and which original a text comes from.
//!
//! [`compare`] links each sentence of a reworded text to the sentences of the original that it comes from, moved, merged
//! or split as they may be, aligns their words, and classifies what differs. The result is a record of changes: places in
//! both texts, and for each the original's wording. It says nothing of who changed what, or why.

mod block;
mod change;
mod changes;
mod classify;
mod facts;
mod figures;
mod finding;
pub mod learn;
mod likeness;
mod matching;
mod measures;
mod number;
mod passages;
mod quotations;
mod rules;
pub mod search;
mod units;
mod verify;

use unspin_model::Model;
use unspin_text::{Document, Span};

pub use change::{Change, Kind};
pub use figures::{Figures, Tally};
pub use finding::{Findings, Text};
pub use measures::LONGEST_NGRAM;
pub use rules::{FAMILY, meta, rules};

use changes::{Aligned, Pair};
use likeness::{Comparer, Likeness};
use passages::Passage;
use units::{Interner, Units};

/// How two texts are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same words in the same order.
    Same,
    /// One comes from the other, or both from a third.
    Derived,
    /// They share too little for one to come from the other. Both may tell of one thing.
    NotDerived,
}

impl Relation {
    /// The name used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Derived => "derived",
            Self::NotDerived => "not-derived",
        }
    }
}

/// A stretch of the reworded text and what of the original it comes from, in bytes of the documents' texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Sentences of the original, in its order; none where the stretch comes from none.
    pub original: Vec<Span>,
    /// One sentence, or several that one was split into.
    pub reworded: Span,
}

/// What two texts have to do with each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// In one word.
    pub relation: Relation,
    /// Share of the reworded text's telling words (names, numbers, open classes) that stand in sentences linked to the
    /// original and are kept there: what [`Relation`] is told by. 0 to 1.
    pub common: f64,
    /// All changes, by their place in the reworded text; none of texts that are not related.
    pub changes: Vec<Change>,
    /// What they come to.
    pub figures: Figures,
    /// All sentences of the reworded text, in order.
    pub links: Vec<Link>,
}

/// Least [common](Comparison::common) share of texts that are related.
const RELATED: f64 = 0.25;

/// Compares a reworded text with its original. The model tells which words are put for which; any model will do, one
/// without statistics too. Linear in the lengths of the texts but for sentences, whose product counts.
pub fn compare(original: &Document<'_>, reworded: &Document<'_>, model: &Model<'_>) -> Comparison {
    let mut interner = Interner::default();
    let statistics = model.statistics();
    let original = Units::new(original, &mut interner, statistics);
    let reworded = Units::new(reworded, &mut interner, statistics);
    let pair = Pair { original: &original, reworded: &reworded };
    let comparer = Comparer::new(statistics);
    let is_same = !original.all.is_empty()
        && original.all.iter().map(|u| u.form).eq(reworded.all.iter().map(|u| u.form));
    let (passages, aligned) = if is_same {
        // However often a sentence stands in it, a text is its own original word for word.
        (vec![Passage::whole(&original, &reworded)], vec![Aligned::identity(original.all.len())])
    } else {
        let passages = passages::passages(&comparer, &original, &reworded, interner.len());
        verify::align(&pair, &comparer, passages)
    };
    let mut changes = pair.changes(&comparer, &passages, &aligned);
    let common = common(&reworded, &aligned);
    let figures = figures::figures(&pair, &aligned, &changes);
    let relation = if is_same && changes.is_empty() {
        Relation::Same
    } else if is_same || common >= RELATED {
        Relation::Derived
    } else {
        Relation::NotDerived
    };
    if relation == Relation::NotDerived {
        changes.clear();
    }
    let links = passages.iter().map(|passage| {
        let sentences = reworded.document.sentences();
        let [first, last] = [passage.reworded.start, passage.reworded.end - 1];
        Link {
            original: passage
                .original
                .iter()
                .map(|&s| original.document.sentences()[s].span)
                .collect(),
            reworded: sentences[first].span.cover(sentences[last].span),
        }
    });
    let links = links.collect();
    Comparison { relation, common, changes, figures, links }
}

fn common(reworded: &Units<'_>, aligned: &[Aligned]) -> f64 {
    let kept = aligned.iter().flat_map(|aligned| aligned.b.iter().zip(&aligned.matched));
    let kept = kept.filter(|(at, found)| {
        reworded.all[**at].is_telling()
            && found.is_some_and(|found| found.likeness >= Likeness::Inflected)
    });
    figures::share(kept.count(), units::telling(&reworded.all))
}
