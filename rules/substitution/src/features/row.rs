//! Putting a row together.

use unspin_model::{Statistics, WordFlags, WordId};
use unspin_text::Document;

use super::seen::{Seen, Sums};
use super::{COUNT, Rows, class_of, narrow};
use crate::Unit;
use crate::association::association;
use crate::candidates::{self, Visible};
use crate::context::{Whole, cosine_of_words};
use crate::inversions::Inversion;
use crate::written::Written;

/// Rows between two pauses.
const STRETCH: usize = 1024;
/// Occurrences beyond which a feature does not count.
const OFTEN: u8 = 20;

/// What rows are made of, by unit.
pub(super) struct Parts<'p> {
    pub(super) written: &'p [Written],
    pub(super) inversions: &'p [Inversion],
    pub(super) seen: &'p [Option<Seen>],
}

/// The rows of the words that were seen; `whole` is that of their document. `known` gives a row that an earlier state had at the same place: only what the
/// whole document says is asked again for it.
pub(super) fn rows<'k>(
    document: &Document<'_>,
    statistics: &Statistics<'_>,
    units: &[Unit],
    (parts, whole): (&Parts<'_>, &mut Whole<'_>),
    visible: &impl Visible,
    known: impl Fn(usize) -> Option<&'k [i16]>,
    pause: &dyn Fn(),
) -> Rows {
    let words = parts.seen.iter().flatten().count();
    let mut rows = Rows {
        units: Vec::with_capacity(words),
        values: Vec::with_capacity(words * COUNT),
        best: Vec::with_capacity(words),
    };
    let row = Row { statistics, units, parts, sums: Sums::of(parts.seen) };
    let mut candidates_of = Candidates::new(statistics, visible);
    let quotations = document.quotations();
    let (mut quotation, mut quoted_to) = (first_quotation(document, units), 0);
    for (at, one) in parts.seen.iter().enumerate() {
        let Some(one) = one else { continue };
        if rows.units.len().is_multiple_of(STRETCH) {
            pause();
        }
        let (id, best) = (units[at].id, &one.summary.best);
        let start = document.tokens()[units[at].token as usize].span.start;
        while quotation < quotations.len() && quotations[quotation].span.start <= start {
            quoted_to = quoted_to.max(quotations[quotation].span.end);
            quotation += 1;
        }
        let wide = Wide {
            cosine_whole: whole.cosine(id).into(),
            cosine_whole_best: whole.cosine_without(id, best.id, one.product).into(),
            occurrences: whole.occurrences(id).min(OFTEN).into(),
            best_elsewhere: if best.prior > candidates::NONE {
                whole.occurrences(best.id).min(OFTEN).into()
            } else {
                0
            },
            most_elsewhere: candidates_of.most(id, whole),
            quoted: (start < quoted_to).into(),
            document_odds: row.sums.document_mean(one),
        };
        rows.units.push(at as u32);
        rows.best.push(*best);
        if let Some(known) = known(at) {
            let from = rows.values.len();
            rows.values.extend_from_slice(known);
            wide.write(&mut rows.values[from..]);
        } else {
            rows.values.extend(row.of(at, one, &wide).map(narrow));
        }
    }
    rows
}

/// Index of the first quotation that may hold one of the units, which may be those of a section.
fn first_quotation(document: &Document<'_>, units: &[Unit]) -> usize {
    let first = units.first().and_then(|unit| document.tokens().get(unit.token as usize));
    let start = first.map_or(0, |token| token.span.start);
    let quotations = document.quotations();
    let mut at = quotations.partition_point(|q| q.span.start < start);
    while at > 0 && quotations[at - 1].span.end > start {
        at -= 1;
    }
    at
}

/// How often the candidates for words stand in a document, as far as a feature counts.
struct Candidates<'s, V> {
    statistics: &'s Statistics<'s>,
    visible: &'s V,
    /// One more than the most of any, by id; 0 before it is worked out.
    most: Vec<u8>,
}

impl<'s, V: Visible> Candidates<'s, V> {
    fn new(statistics: &'s Statistics<'s>, visible: &'s V) -> Self {
        Self { statistics, visible, most: vec![0; usize::from(u16::MAX) + 1] }
    }

    /// The occurrences of the candidate for `id` that has the most.
    fn most(&mut self, id: WordId, whole: &Whole<'_>) -> i32 {
        let Self { statistics, visible, most } = self;
        let known = &mut most[id.index()];
        if *known == 0 {
            let originals = statistics.channel.originals(id).filter(|o| visible.visible(o.id, id));
            let most = originals.map(|o| whole.occurrences(o.id)).max().unwrap_or(0);
            *known = most.min(OFTEN) + 1;
        }
        i32::from(*known) - 1
    }
}

/// The features that depend on all of the document.
struct Wide {
    cosine_whole: i32,
    cosine_whole_best: i32,
    occurrences: i32,
    best_elsewhere: i32,
    most_elsewhere: i32,
    quoted: i32,
    document_odds: i32,
}

impl Wide {
    /// Where they stand in a row.
    const AT: [usize; 7] = [27, 28, super::OCCURRENCES, 31, 32, 62, 65];

    fn write(&self, row: &mut [i16]) {
        let values = [
            self.cosine_whole,
            self.cosine_whole_best,
            self.occurrences,
            self.best_elsewhere,
            self.most_elsewhere,
            self.quoted,
            self.document_odds,
        ];
        for (at, value) in Self::AT.into_iter().zip(values) {
            row[at] = narrow(value);
        }
    }
}

/// What one row needs.
struct Row<'r> {
    statistics: &'r Statistics<'r>,
    units: &'r [Unit],
    parts: &'r Parts<'r>,
    sums: Sums,
}

impl Row<'_> {
    /// The row of the unit `at`, in the order of [`NAMES`](super::NAMES).
    #[expect(clippy::too_many_lines, reason = "one row, in the order of `NAMES`")]
    fn of(&self, at: usize, one: &Seen, wide: &Wide) -> [i32; COUNT] {
        let (units, statistics, seen) = (self.units, self.statistics, self.parts.seen);
        let lexicon = &statistics.lexicon;
        let (unit, written) = (units[at], &self.parts.written[at]);
        let side = |offset: isize| {
            let there = at.checked_add_signed(offset).filter(|&i| i < units.len());
            (there.map(|i| units[i].id), there.and_then(|i| seen[i].as_ref()))
        };
        let frequency = |offset| side(offset).0.map_or(0, |id| lexicon.log10_hundredths(id));
        let class = |offset| side(offset).0.map_or(0, |id| class_of(lexicon.flags(id), id));
        let emission = |offset| side(offset).1.map_or(candidates::NONE, |s| s.summary.emission);
        let odds = |offset| side(offset).1.map_or(candidates::NONE, |s| s.summary.best.odds());
        let cosine = |offset| side(offset).1.map_or(0, |s| i32::from(s.cosine));
        let best = &one.summary.best;
        let inversion = &self.parts.inversions[at];
        let known = best.prior > candidates::NONE;
        let best_frequency = if known { lexicon.log10_hundredths(best.id) } else { -1016 };
        let flags = lexicon.flags(unit.id);
        let has = |bit: u8| i32::from(flags.0 & bit != 0);
        let best_flags = if known { lexicon.flags(best.id) } else { WordFlags(0) };
        let (near_total, near_left) =
            self.sums.means(at.saturating_sub(5), (at + 6).min(seen.len()), one);
        let own_frequency = lexicon.log10_hundredths(unit.id);
        // A neighbour that was itself put in makes an innocent word look odd; so look at what stood there, too.
        let mend = |offset| {
            side(offset)
                .1
                .filter(|s| s.summary.best.prior > candidates::NONE)
                .map(|s| s.summary.best.id)
        };
        let pair = |a, b| association(lexicon, &statistics.bigrams, a, b).score;
        let mended_left = mend(-1).map_or(one.left.score, |c| pair(c, unit.id));
        let mended_right = mend(1).map_or(one.right.score, |c| pair(unit.id, c));
        let best_mended_left = mend(-1)
            .filter(|_| known)
            .map_or(one.left.score + best.gain_left, |c| pair(c, best.id));
        let best_mended_right = mend(1)
            .filter(|_| known)
            .map_or(one.right.score + best.gain_right, |c| pair(best.id, c));
        let start = units[at - 1].id == WordId::STOP;
        [
            own_frequency,
            one.left.score,
            one.right.score,
            one.left.seen,
            one.right.seen,
            frequency(-1),
            frequency(1),
            side(-1).1.map_or(0, |s| s.left.score),
            side(1).1.map_or(0, |s| s.right.score),
            one.summary.emission,
            one.summary.count,
            one.summary.better,
            one.summary.most_gain,
            best.odds(),
            best.prior,
            best.gain,
            best.gain_left,
            best.gain_right,
            best.seen_left,
            best.seen_right,
            best_frequency,
            one.summary.second,
            one.summary.total,
            i32::from(one.cosine),
            i32::from(one.cosine_best),
            i32::from(one.summary.most_near),
            i32::from(one.cosine_best) - i32::from(one.cosine),
            wide.cosine_whole,
            wide.cosine_whole_best,
            i32::from(cosine_of_words(one.product)),
            wide.occurrences,
            wide.best_elsewhere,
            wide.most_elsewhere,
            written.case.into(),
            i32::from(start),
            written.length.into(),
            has(WordFlags::NOUN),
            has(WordFlags::VERB),
            has(WordFlags::ADJECTIVE),
            has(WordFlags::ADVERB),
            has(WordFlags::FUNCTION),
            has(WordFlags::S_FORM),
            has(WordFlags::OTHER_FORM),
            class(-1),
            class(1),
            class_of(best_flags, best.id),
            class(-2),
            class(2),
            written.has_wrong_article.into(),
            emission(-1),
            emission(1),
            emission(-2),
            emission(2),
            odds(-1),
            odds(1),
            odds(-2),
            odds(2),
            near_total,
            near_left,
            cosine(-1),
            cosine(1),
            written.is_compounded.into(),
            wide.quoted,
            best_frequency - own_frequency,
            i32::from(flags.0 & best_flags.0 & 0x1F != 0),
            wide.document_odds,
            mended_left,
            mended_right,
            best_mended_left,
            best_mended_right,
            inversion.odds(),
            inversion.gain,
            inversion.prior,
            inversion.length.into(),
            i32::from(inversion.length > 0 && inversion.first as usize == at),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::NAMES;

    #[test]
    fn what_the_whole_document_says_is_written_where_it_belongs() {
        let names = [
            "cosine-whole",
            "cosine-whole-best",
            "occurrences",
            "best-elsewhere",
            "most-elsewhere",
            "quoted",
            "document-odds",
        ];
        assert_eq!(Wide::AT.map(|at| NAMES[at]), names);
    }
}
