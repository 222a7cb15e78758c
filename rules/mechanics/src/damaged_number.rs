//! Numbers, amounts and shares that a word-for-word replacement broke.
//!
//! To a thesaurus "third" is a fraction, the "5" of "$2.5 billion" a word, and "percent" a synonym of "percentage". What
//! comes out is a number that nobody writes, so most of these marks may stand alone.

use unspin_lint::{Context, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, rule};
use unspin_text::{Span, TokenKind};

use crate::neighbours::Neighbours;

rule! {
    /// A number, an amount or a share that no hand writes so.
    ///
    /// # Why
    ///
    /// Rewording tools treat numbers as words: half of "2.5" is spelled out ("2 point five million", "$7.four billion"),
    /// a scale is put in twice ("4 billion billion"), *third* becomes a fraction ("the 1/3 quarter"), *percent*
    /// becomes *percentage*. A sign with the name of another currency ("£3bn dollars") and odd grouping of digits are slips of
    /// writers too, and show only in a text that bears other marks.
    ///
    /// # Examples
    ///
    /// ```bad
    /// It made $4 [[billion billion]] in the [[1/3]] quarter and sold [[2 point five]] million phones.
    /// ```
    /// ```fixed
    /// It made $4 billion in the third quarter and sold 2.5 million phones.
    /// ```
    /// ```bad
    /// Sales rose 20 [[percentage]], or $[[7.four]] billion, in [[twenty-4]] markets, and costs fell 5% [[percent]].
    /// ```
    /// ```good
    /// Sales rose 20 percentage points to a 1/3 share; a one-third stake costs $7.4 billion, or 740 thousand million cents.
    /// ```
    /// ```good
    /// They won 3-1 after 20-odd minutes, the 2 point lead gone, and ran a 1/4 mile in 20-one-minute spells.
    /// ```
    ///
    /// # When not to use
    ///
    /// On transcripts of speech that write numbers as they are said; there, set it to `off`.
    pub(crate) META: "damaged-number" in "mechanics", Warning, min_confidence 0.8, scope Sentence
}

/// Evidence in thousandths of a nat. In a million words of clean news the strong ones do not occur.
mod weight {
    /// No hand writes this.
    pub(super) const DAMAGE: i32 = 5_000;
    /// Nearly so, but for a slip or a way of speech.
    pub(super) const ODD: i32 = 4_000;
    /// Writers slip so too: a hint, since slips must neither show each other nor carry a verdict.
    pub(super) const SLIP: i32 = 500;
}

const DIGITS: &[&str] =
    &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TENS: &[&str] =
    &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// Scales that are never put after themselves: "a million million" has been, by way of explanation.
const SCALES: &[&str] = &["million", "billion", "trillion", "mln", "bln", "bn"];
/// Nouns that are counted off, so that a share before them stands for an ordinal.
const COUNTED_OFF: &[&str] = &[
    "anniversary",
    "birthday",
    "century",
    "consecutive",
    "day",
    "floor",
    "game",
    "generation",
    "grade",
    "match",
    "month",
    "part",
    "party",
    "person",
    "place",
    "quarter",
    "round",
    "season",
    "straight",
    "term",
    "time",
    "week",
    "world",
    "year",
];

/// See the page in [`META`].
pub(crate) struct DamagedNumber;

/// One fault: its span, its weight, what to say, and what should stand there.
struct Fault {
    span: Span,
    evidence: i32,
    message: String,
    right: Option<String>,
}

impl Rule for DamagedNumber {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        for sentence in Neighbours::sentences(cx.document()) {
            // Every fault has a figure beside it, and most sentences have none.
            let tokens = sentence.range().zip(sentence.tokens());
            for (at, _) in tokens.filter(|(_, token)| token.kind == TokenKind::Number) {
                let fault = mixed_figure(&sentence, at)
                    .or_else(|| doubled_scale(&sentence, at))
                    .or_else(|| share_for_ordinal(&sentence, at))
                    .or_else(|| broken_share(&sentence, at))
                    .or_else(|| wrong_currency(&sentence, at))
                    .or_else(|| odd_grouping(&sentence, at));
                let Some(Fault { span, evidence, message, right }) = fault else { continue };
                let finding = Finding::new(&META, span, LogOdds::from_milli(evidence), message);
                out.push(match right {
                    Some(right) => finding.fix(Fix::replace(span, right, Safety::Unsafe)),
                    None => finding,
                });
            }
        }
    }
}

fn position(list: &[&str], word: &str) -> Option<usize> {
    list.iter().position(|entry| entry.eq_ignore_ascii_case(word))
}

/// From token `from` to token `to`, both included.
fn cover(near: &Neighbours<'_>, from: usize, to: usize) -> Option<Span> {
    Some(near.token(from)?.span.cover(near.token(to)?.span))
}

fn half_spelled(near: &Neighbours<'_>, from: usize, to: usize, right: String) -> Option<Fault> {
    let span = cover(near, from, to)?;
    let message = format!("\"{}\" is a number half in figures", near.document().slice(span));
    Some(Fault { span, evidence: weight::DAMAGE, message, right: Some(right) })
}

/// "7.four", "2 point five", "twenty-4", "20-five", "two,500".
fn mixed_figure(near: &Neighbours<'_>, at: usize) -> Option<Fault> {
    let figure = near.text(at);
    let plain = figure.bytes().all(|b| b.is_ascii_digit());
    let after = position(DIGITS, near.text(at + 2)).filter(|_| !near.is_in_compound(at + 2));
    let touching = near.touches(at + 1) && near.touches(at + 2);
    match near.text(at + 1) {
        "." if touching && plain => {
            return half_spelled(near, at, at + 2, format!("{figure}.{}", after?));
        }
        "point" if !near.touches(at + 1) && plain => {
            return half_spelled(near, at, at + 2, format!("{figure}.{}", after?));
        }
        "-" if touching
            && figure.len() == 2
            && figure.ends_with('0')
            && !figure.starts_with('0') =>
        {
            let unit = position(DIGITS, near.text(at + 2)).filter(|digit| *digit > 0)?;
            let alone = !near.kind_is(at + 3, TokenKind::Hyphen)
                && !near.kind_is(at.wrapping_sub(1), TokenKind::Hyphen);
            let right = format!("{}{unit}", &figure[..1]);
            return if alone { half_spelled(near, at, at + 2, right) } else { None };
        }
        _ => {}
    }
    let (mark, word) = (at.wrapping_sub(1), at.wrapping_sub(2));
    if !plain || !near.touches(at) || !near.touches(mark) {
        return None;
    }
    match near.text(mark) {
        "-" if figure.len() == 1 && figure != "0" && !near.kind_is(at + 1, TokenKind::Hyphen) => {
            let tens = position(TENS, near.text(word))?;
            half_spelled(near, word, at, format!("{}{figure}", tens + 2))
        }
        "." if figure.len() <= 2 => {
            let whole = position(DIGITS, near.text(word))?;
            half_spelled(near, word, at, format!("{whole}.{figure}"))
        }
        "," if figure.len() == 3 => {
            let whole = position(DIGITS, near.text(word)).filter(|digit| *digit > 0)?;
            half_spelled(near, word, at, format!("{whole},{figure}"))
        }
        _ => None,
    }
}

/// "4 billion billion", "3 million billion".
fn doubled_scale(near: &Neighbours<'_>, at: usize) -> Option<Fault> {
    let (first, second) = (near.text(at + 1), near.text(at + 2));
    position(SCALES, first)?;
    position(SCALES, second)?;
    if near.is_in_compound(at + 2) {
        return None;
    }
    let same = first.eq_ignore_ascii_case(second);
    let evidence = if same && first == "million" { weight::ODD } else { weight::DAMAGE };
    let span = cover(near, at + 1, at + 2)?;
    let message = format!("\"{first} {second}\" gives the scale of one number twice");
    Some(Fault { span, evidence, message, right: same.then(|| first.to_owned()) })
}

/// "the 1/3 quarter", "in 1/3 place", "the 0.33 time".
fn share_for_ordinal(near: &Neighbours<'_>, at: usize) -> Option<Fault> {
    let (last, ordinal) = match (near.text(at), near.text(at + 1), near.text(at + 2)) {
        ("0.33" | "0.333", ..) => (at, "third"),
        ("1", "/", "3") if near.touches(at + 2) => (at + 2, "third"),
        ("1", "/", "4") if near.touches(at + 2) => (at + 2, "fourth"),
        ("1", "/", "5") if near.touches(at + 2) => (at + 2, "fifth"),
        ("1", "/", "6") if near.touches(at + 2) => (at + 2, "sixth"),
        _ => return None,
    };
    let noun = near.text(last + 1);
    position(COUNTED_OFF, noun)?;
    if near.touches(last + 1) || near.kind_is(last + 2, TokenKind::Hyphen) {
        return None;
    }
    let before = near.text_before(at);
    let determined =
        ["the", "his", "her", "its", "their", "our", "my", "'s", "\u{2019}s", "this", "that"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(before));
    let placed = matches!(noun, "place" | "grade" | "party" | "consecutive" | "straight");
    if !determined && !placed {
        return None;
    }
    let span = cover(near, at, last)?;
    let share = near.document().slice(span);
    let message = format!("\"{share}\" is a share where \"{noun}\" wants an ordinal");
    Some(Fault { span, evidence: weight::DAMAGE, message, right: Some(ordinal.to_owned()) })
}

/// "20 percentage", "5% per cent".
fn broken_share(near: &Neighbours<'_>, at: usize) -> Option<Fault> {
    let sign = near.text(at + 1) == "%";
    let word = at + 1 + usize::from(sign);
    let unit = near.text(word);
    if unit == "percentage" && !sign {
        let next = near.text(word + 1);
        let pointed = next.starts_with("point") || next.starts_with("pt");
        if pointed || near.is_in_compound(word) {
            return None;
        }
        let message = "a figure takes \"percent\" or \"percentage points\"".to_owned();
        let span = near.token(word)?.span;
        return Some(Fault { span, evidence: weight::ODD, message, right: Some("percent".into()) });
    }
    if !sign || near.touches(word) {
        return None;
    }
    let last = match (unit, near.text(word + 1)) {
        ("percent" | "percentage" | "pct", _) => word,
        ("per", "cent") => word + 1,
        _ => return None,
    };
    let message = "the sign and the word both say \"percent\"".to_owned();
    Some(Fault { span: cover(near, word, last)?, evidence: weight::ODD, message, right: None })
}

/// "$5 greenbacks", "$5 million euros". "$5 million dollars" is a habit of many a press officer.
fn wrong_currency(near: &Neighbours<'_>, at: usize) -> Option<Fault> {
    let sign = near.text_before(at);
    if !matches!(sign, "$" | "\u{a3}" | "\u{20ac}") || !near.touches(at) {
        return None;
    }
    let word = at + 1 + usize::from(position(SCALES, near.text(at + 1)).is_some());
    let name = near.text(word);
    let wrong = match name {
        "dollars" => sign != "$",
        "pounds" => sign != "\u{a3}",
        "euros" => sign != "\u{20ac}",
        "bucks" | "greenbacks" | "quid" => true,
        _ => false,
    };
    if !wrong || near.touches(word) {
        return None;
    }
    let message = format!("\"{sign}\" and \"{name}\" both name a currency");
    Some(Fault { span: near.token(word)?.span, evidence: weight::SLIP, message, right: None })
}

/// "$1,23,4": groups of three, or of two before a last group of three as in India, and no others.
fn odd_grouping(near: &Neighbours<'_>, at: usize) -> Option<Fault> {
    let figure = near.text(at);
    let commas = figure.bytes().filter(|b| *b == b',').count();
    if commas < 2
        || !matches!(near.text_before(at), "$" | "\u{a3}" | "\u{20ac}")
        || !near.touches(at)
    {
        return None;
    }
    let whole = figure.split('.').next()?;
    if whole.rsplit(',').next()?.len() == 3
        || !whole.bytes().all(|b| b.is_ascii_digit() || b == b',')
    {
        return None;
    }
    let message = format!("the digits of \"{figure}\" are grouped as nobody groups them");
    Some(Fault { span: near.token(at)?.span, evidence: weight::SLIP, message, right: None })
}

#[cfg(test)]
mod tests {
    use unspin_lint::{Document, page};

    use super::DamagedNumber;

    fn marked(text: &str) -> Vec<&str> {
        let document = Document::new(text.as_bytes());
        let found = page::raw(&DamagedNumber, &document);
        found.iter().map(|f| &text[f.span.range()]).collect()
    }

    #[test]
    fn halves_of_numbers_are_found_either_way_round() {
        for (text, found) in [
            ("It cost seven.4 billion.", "seven.4"),
            ("Some two,500 people came.", "two,500"),
            ("Some 30-five people came.", "30-five"),
            ("Some forty-8 people came.", "forty-8"),
            ("They own 3.five% of it.", "3.five"),
            ("He came in 1/3 place.", "1/3"),
            ("She won for the 0.33 time.", "0.33"),
            ("They hold 3 million billion euros.", "million billion"),
            ("It rose 5% per cent.", "per cent"),
            ("It saved \u{a3}3bn euros.", "euros"),
            ("It lost $1,23,4 in May.", "1,23,4"),
        ] {
            assert_eq!(marked(text), [found], "{text}");
        }
    }

    #[test]
    fn numbers_of_every_day_are_left_alone() {
        for text in [
            "The score was 20-9, and 20-one-minute spells followed.",
            "It rose 6% per year and 5 pct by 1/3 of a point.",
            "He paid $1,234,567 or \u{20b9}1,23,456, then 10,00 more.",
            "They were one-third owners in the third quarter, up 1/3 time out.",
            "He scored 2 points. Five more followed, 2 point six-monthly.",
            "It cost $5 million dollars.",
            "A trillion is a million million, or 1 thousand billion.",
            "A one percentage rule, and 3 percentage-point cuts.",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
    }
}
