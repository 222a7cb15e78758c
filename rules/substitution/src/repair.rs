//! What to suggest for words that stand side by side: the likeliest repairs of each that go together.

use unspin_lang::transfer_case;
use unspin_lint::{LogOdds, Span};
use unspin_model::Lexicon;
use unspin_text::Document;

use crate::Unit;
use crate::ranking::Repair;

/// A repair with how likely it is right.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    pub(crate) repair: Repair,
    /// Log-odds that it is right.
    pub(crate) odds: LogOdds,
}

/// Offers of a word that are joined with those of its neighbours.
const CHOICES: usize = 5;
/// Suggestions that are followed from one word to the next.
const WIDTH: usize = 12;
/// Most suggestions.
const MOST: usize = 3;
/// What leaving a doubted word as it stands is worth: thousandths of the logarithm of its share.
const LEFT: i32 = -2_300;

/// Repairs that do not overlap, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Suggestion {
    pub(crate) repairs: Vec<Repair>,
    /// Thousandths of the natural logarithm of how likely all of it is right.
    pub(crate) log_share: i32,
}

/// The likeliest suggestions for words given by unit, with the offers of each, best first. None is surer than the one
/// before; the empty suggestion is not among them.
pub(crate) fn suggestions<'o>(
    words: impl Iterator<Item = (usize, &'o [Offer])>,
) -> Vec<Suggestion> {
    let mut beam = vec![Suggestion::default()];
    // Which to follow, and what is put in next, if anything: most are dropped again before they are made.
    let mut next: Vec<(i32, usize, Option<Repair>)> = Vec::new();
    for (unit, offers) in words {
        let shared: Vec<(i32, Repair)> =
            offers.iter().map(|offer| (log_share(offer.odds), offer.repair)).collect();
        next.clear();
        for (at, so_far) in beam.iter().enumerate() {
            let covered = so_far.repairs.last().map_or(0, |r| r.stretch().end);
            if unit < covered {
                next.push((so_far.log_share, at, None));
                continue;
            }
            let joins = shared.iter().filter(|(_, repair)| repair.stretch().start >= covered);
            next.extend(
                joins
                    .take(CHOICES)
                    .map(|&(log_share, repair)| (so_far.log_share + log_share, at, Some(repair))),
            );
            next.push((so_far.log_share + LEFT, at, None));
        }
        next.sort_by_key(|&(log_share, ..)| -log_share);
        next.truncate(WIDTH);
        beam = next
            .iter()
            .map(|&(log_share, at, repair)| {
                let repairs = beam[at].repairs.iter().copied().chain(repair).collect();
                Suggestion { repairs, log_share }
            })
            .collect();
    }
    beam.retain(|s| !s.repairs.is_empty());
    beam.truncate(MOST);
    beam
}

/// Thousandths of the natural logarithm of the probability with these odds.
fn log_share(odds: LogOdds) -> i32 {
    (-1000.0 * (-f64::from(odds.milli()) / 1000.0).exp().ln_1p()).round() as i32
}

/// What the suggestion makes of the units from `first` to `last`; repairs that reach beyond are left out.
pub(crate) fn apply(
    suggestion: &Suggestion,
    document: &Document<'_>,
    lexicon: &Lexicon<'_>,
    units: &[Unit],
    (first, last): (usize, usize),
) -> String {
    let span = |unit: usize| document.tokens()[units[unit].token as usize].span;
    let mut out = String::new();
    let mut copied = span(first).start;
    for repair in &suggestion.repairs {
        let stretch = repair.stretch();
        if stretch.start < first || stretch.end > last + 1 {
            continue;
        }
        let replaced = span(stretch.start).cover(span(stretch.end - 1));
        out.push_str(document.slice(Span::new(copied, replaced.start)));
        out.push_str(&transfer_case(document.slice(replaced), lexicon.spelling(repair.original)));
        copied = replaced.end;
    }
    out.push_str(document.slice(Span::new(copied, span(last).end)));
    out
}

#[cfg(test)]
mod tests {
    use unspin_model::WordId;

    use super::*;
    use crate::ranking::Source;

    fn offer(first: u32, length: u8, original: usize, odds: i32) -> Offer {
        let original = WordId::from_index(original).expect("small");
        let repair = Repair { first, length, original, log10_share: 0, source: Source::Channel };
        Offer { repair, odds: LogOdds::from_milli(odds) }
    }

    #[test]
    fn neighbours_are_mended_together_and_the_likeliest_comes_first() {
        let first = [offer(4, 1, 10, 1_000), offer(4, 1, 11, -500)];
        let second = [offer(5, 1, 20, 2_000)];
        let words = [(4, &first[..]), (5, &second[..])];
        let found = suggestions(words.into_iter());
        let originals: Vec<Vec<usize>> =
            found.iter().map(|s| s.repairs.iter().map(|r| r.original.index()).collect()).collect();
        assert_eq!(originals, [vec![10, 20], vec![11, 20], vec![20]]);
        assert!(found[0].log_share > found[1].log_share);
    }

    #[test]
    fn an_expression_takes_the_place_of_all_its_words() {
        let long = offer(4, 3, 30, 500);
        let offers = [long, offer(4, 1, 10, -1_000)];
        let later = [long, offer(6, 1, 20, -900)];
        let words = [(4, &offers[..]), (6, &later[..])];
        assert_eq!(suggestions(words.into_iter())[0].repairs, [long.repair]);
    }

    #[test]
    fn shares_are_probabilities() {
        assert_eq!(log_share(LogOdds::EVEN), -693);
        assert_eq!(log_share(LogOdds::from_milli(-20_000)), -20_000);
        assert_eq!(log_share(LogOdds::from_milli(20_000)), 0);
    }
}
