//! What a change is, from the words on both sides.

use std::collections::BTreeSet;
use std::ops::Range;

use unspin_text::{Case, Document, Span, TokenKind};

use crate::Kind;
use crate::facts::{Fact, fact, is_year};
use crate::likeness;
use crate::quotations;
use crate::units::{Class, Unit, Units, telling};

/// Telling units that one side has more, so that it lost or gained a clause rather than was worded otherwise.
const CLAUSE: usize = 4;
/// Units of a clause, at least.
const CLAUSE_UNITS: usize = 4;
/// Units that name a source, at least.
const SOURCE_UNITS: usize = 3;

/// Units of both texts that stand for each other; not both are empty.
#[derive(Clone, Debug)]
pub(crate) struct Sides {
    pub a: Range<usize>,
    pub b: Range<usize>,
}

/// The kind of a change.
pub(crate) fn kind(original: &Units<'_>, reworded: &Units<'_>, sides: &Sides) -> Kind {
    let (a, b) = (&original.all[sides.a.clone()], &reworded.all[sides.b.clone()]);
    if is_quoted(original, &sides.a) || is_quoted(reworded, &sides.b) {
        return Kind::Quotation;
    }
    if a.is_empty() {
        return Kind::Addition;
    }
    if b.is_empty() {
        return dropped(original, &sides.a);
    }
    let (old, new) = (facts(original, &sides.a), facts(reworded, &sides.b));
    if let Some(kind) = changed_fact(&old, &new) {
        return kind;
    }
    if old.is_number && new.is_number {
        return Kind::Inflection;
    }
    let (old, new) = (joined(original, a), joined(reworded, b));
    if old == new || short_name(&old).is_some_and(|short| short_name(&new) == Some(short)) {
        return Kind::Inflection;
    }
    if telling(a) >= telling(b) + CLAUSE {
        return dropped(original, &sides.a);
    }
    if telling(b) >= telling(a) + CLAUSE {
        return Kind::Addition;
    }
    if names(a).difference(&names(b)).next().is_some() && is_for_a_name(original, reworded, sides) {
        return Kind::Name;
    }
    Kind::Substitution
}

/// The initials of what is as often written out, for letters without spaces.
fn short_name(letters: &str) -> Option<&'static str> {
    let letters = letters.strip_prefix("the").unwrap_or(letters);
    Some(match letters {
        "us" | "usa" | "unitedstates" | "unitedstatesofamerica" | "america" => "us",
        "uk" | "unitedkingdom" | "britain" | "greatbritain" => "uk",
        "un" | "unitednations" => "un",
        "eu" | "europeanunion" => "eu",
        _ => return None,
    })
}

/// Whether what stands for a name is a name too, or one with a letter wrong; a common noun is other wording.
fn is_for_a_name(original: &Units<'_>, reworded: &Units<'_>, sides: &Sides) -> bool {
    let (a, b) = (&original.all[sides.a.clone()], &reworded.all[sides.b.clone()]);
    let is_capital = |unit: &Unit| unit.class == Class::Content && unit.case != Case::Lower;
    let is_misspelt = a.len() == 1
        && b.len() == 1
        && likeness::is_misspelt(
            original.text(sides.a.clone()),
            reworded.text(sides.b.clone()),
            &a[0],
        );
    is_misspelt || b.iter().any(is_capital)
}

/// Whether a name that is written with a capital in the original has none in the reworded text.
pub(crate) fn lost_capital(a: &Unit, b: &Unit) -> bool {
    b.case == Case::Lower && a.is_name && a.class == Class::Content
}

/// Whether all of it lies between quotation marks.
fn is_quoted(units: &Units<'_>, range: &Range<usize>) -> bool {
    !range.is_empty() && quotations::around(units.document, units.span(range.clone())).is_some()
}

/// What was left out: a source, a clause or a few words.
fn dropped(original: &Units<'_>, range: &Range<usize>) -> Kind {
    let units = &original.all[range.clone()];
    if units.len() < SOURCE_UNITS || telling(units) < 2 {
        return Kind::DroppedWords;
    }
    if names_a_source(original.document, original.span(range.clone())) {
        return Kind::DroppedAttribution;
    }
    if units.len() < CLAUSE_UNITS { Kind::DroppedWords } else { Kind::DroppedClause }
}

/// "according to", or a verb of saying.
fn names_a_source(document: &Document<'_>, span: Span) -> bool {
    const SAYING: [&str; 14] = [
        "said",
        "says",
        "told",
        "tells",
        "added",
        "reported",
        "reports",
        "announced",
        "confirmed",
        "stated",
        "claimed",
        "warned",
        "argued",
        "citing",
    ];
    let tokens = &document.tokens()[document.tokens_in(span)];
    let words: Vec<String> = tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Word)
        .map(|token| document.token_text(token).to_lowercase())
        .collect();
    // A short stretch with such a verb tells who says it; a long one is a statement of its own.
    words.windows(2).any(|pair| pair == ["according", "to"])
        || (words.len() <= 8 && words.iter().any(|word| SAYING.contains(&word.as_str())))
}

/// The number, date, currency or unit that the sides differ in.
fn changed_fact(old: &Facts, new: &Facts) -> Option<Kind> {
    let differ = |of: fn(&Facts) -> &BTreeSet<String>| {
        let (old, new) = (of(old), of(new));
        !old.is_empty() && !new.is_empty() && old != new
    };
    if differ(|facts| &facts.dates) {
        Some(Kind::Date)
    } else if differ(|facts| &facts.numbers) {
        Some(Kind::Number)
    } else if differ(|facts| &facts.currencies) {
        Some(Kind::Currency)
    } else if differ(|facts| &facts.units) {
        Some(Kind::Unit)
    } else {
        None
    }
}

#[derive(Default)]
struct Facts {
    numbers: BTreeSet<String>,
    dates: BTreeSet<String>,
    currencies: BTreeSet<String>,
    units: BTreeSet<String>,
    /// Whether a number is all there is.
    is_number: bool,
}

fn facts(units: &Units<'_>, range: &Range<usize>) -> Facts {
    let mut facts = Facts::default();
    let text = |at: usize| units.document.slice(units.all[at].span);
    let is_number = |at: usize| units.all.get(at).is_some_and(|unit| unit.class == Class::Number);
    if range.is_empty() {
        return facts;
    }
    facts.is_number = true;
    let all = units.span(range.clone());
    let first = units.long_numbers.partition_point(|(span, _)| span.start < all.start);
    let inside = units.long_numbers[first..].iter().take_while(|(span, _)| span.end <= all.end);
    let long: Vec<(Span, f64)> = inside.copied().collect();
    facts.numbers.extend(long.iter().map(|(_, value)| value.to_string()));
    for at in range.clone() {
        let unit = &units.all[at];
        if long.iter().any(|(span, _)| span.start <= unit.span.start && unit.span.end <= span.end) {
            continue;
        }
        if unit.class == Class::Number {
            let written = crate::number::value(&text(at).to_lowercase());
            let value = written.unwrap_or_else(|| text(at).to_lowercase());
            let list = if is_year(&value) { &mut facts.dates } else { &mut facts.numbers };
            list.insert(value);
            continue;
        }
        facts.is_number = false;
        let by_number =
            is_number(at + 1) || (1..=2).any(|back| at.checked_sub(back).is_some_and(is_number));
        let list = match fact(text(at), unit.case != Case::Lower, by_number) {
            Some(Fact::Date) => &mut facts.dates,
            Some(Fact::Currency) => &mut facts.currencies,
            Some(Fact::Unit) => &mut facts.units,
            None => continue,
        };
        list.insert(text(at).to_lowercase());
    }
    facts
}

fn names(units: &[Unit]) -> BTreeSet<u32> {
    units.iter().filter(|unit| unit.is_name).map(|unit| unit.lemma).collect()
}

/// The letters and digits alone.
fn joined(units: &Units<'_>, of: &[Unit]) -> String {
    let text = of.iter().flat_map(|unit| units.document.slice(unit.span).chars());
    text.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
