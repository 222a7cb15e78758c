//! Numbers by what they say: `3`, `three`, `3,000`, `3 thousand` and `three thousand` are told by their values.

mod word;

use std::ops::Range;

use unspin_text::{Document, TokenKind};

pub(crate) use word::value;

/// A number of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// What it comes to.
    pub(crate) value: f64,
}

/// What a word does in a number.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// `seven`, `twelve`
    Unit(f64),
    /// `forty`
    Ten(f64),
    /// `hundred`
    Hundred,
    /// `million`
    Scale(f64),
}

fn part(word: &str) -> Option<Part> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] =
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    // The longest is `seventeen`.
    if !(2..=9).contains(&word.len()) {
        return None;
    }
    if let Some(unit) = UNITS.iter().position(|name| word.eq_ignore_ascii_case(name)) {
        return Some(Part::Unit(unit as f64));
    }
    if let Some(ten) = TENS.iter().position(|name| word.eq_ignore_ascii_case(name)) {
        return Some(Part::Ten((ten + 2) as f64 * 10.0));
    }
    if word.eq_ignore_ascii_case("hundred") {
        return Some(Part::Hundred);
    }
    scale(word).map(Part::Scale)
}

/// `million`, and as agencies and prices shorten it.
fn scale(word: &str) -> Option<f64> {
    const SCALES: [(&str, f64); 9] = [
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
        ("mln", 1e6),
        ("bln", 1e9),
        ("mn", 1e6),
        ("bn", 1e9),
        ("tn", 1e12),
    ];
    SCALES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

/// `10,000`, `9.2`, `21st`, `1.5m`: the digits that it begins with and what a letter after them makes of them.
fn digits(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number: String = number.chars().filter(|c| *c != ',').collect();
    let value: f64 = number.trim_end_matches('.').parse().ok()?;
    Some(match unit {
        "k" | "K" => value * 1e3,
        "m" | "M" => value * 1e6,
        unit => scale(unit).map_or(value, |scale| value * scale),
    })
}

/// The numbers of a document, in order. `one` alone is left out, being a pronoun as often, and so are `hundreds` and
/// `millions`.
pub(crate) fn numbers(document: &Document<'_>) -> Vec<Number> {
    let tokens = document.tokens();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let number = match token.kind {
            TokenKind::Number => {
                digits(document.token_text(token)).map(|value| scaled(document, at, value))
            }
            TokenKind::Word => in_words(document, at),
            _ => None,
        };
        at = number.as_ref().map_or(at + 1, |number| number.tokens.end);
        found.extend(number);
    }
    found
}

/// `3` with the `million` after it, if there is one.
fn scaled(document: &Document<'_>, at: usize, value: f64) -> Number {
    let tokens = document.tokens();
    let mut next = at + 1;
    if tokens.get(next).is_some_and(|token| token.kind == TokenKind::Hyphen) {
        next += 1;
    }
    let word = tokens.get(next).filter(|token| token.kind == TokenKind::Word);
    match word.and_then(|token| part(document.token_text(token))) {
        Some(Part::Scale(scale)) => Number { tokens: at..next + 1, value: value * scale },
        Some(Part::Hundred) => Number { tokens: at..next + 1, value: value * 100.0 },
        _ => Number { tokens: at..at + 1, value },
    }
}

/// A number that begins with the word at `start`: `two hundred and fifty thousand`.
fn in_words(document: &Document<'_>, start: usize) -> Option<Number> {
    let tokens = document.tokens();
    // What is closed by a scale, what is not yet, and the last part.
    let (mut total, mut open, mut last) = (0.0, 0.0, None);
    let (mut end, mut at) = (start, start);
    while let Some(token) = tokens.get(at) {
        let text = document.token_text(token);
        let joins = token.kind == TokenKind::Hyphen
            || (text.eq_ignore_ascii_case("and")
                && matches!(last, Some(Part::Hundred | Part::Scale(_))));
        if joins && at > start {
            at += 1;
            continue;
        }
        let next = (token.kind == TokenKind::Word).then(|| part(text)).flatten();
        match (last, next) {
            (None | Some(Part::Hundred | Part::Scale(_)), Some(Part::Unit(n) | Part::Ten(n))) => {
                open += n;
            }
            (Some(Part::Ten(_)), Some(Part::Unit(n))) if n > 0.0 && n < 10.0 => open += n,
            (Some(Part::Unit(_) | Part::Ten(_)), Some(Part::Hundred)) => open *= 100.0,
            (Some(Part::Unit(_) | Part::Ten(_) | Part::Hundred), Some(Part::Scale(scale))) => {
                total += open * scale;
                open = 0.0;
            }
            (None, Some(Part::Hundred)) => open = 100.0,
            _ => break,
        }
        last = next;
        at += 1;
        end = at;
    }
    let is_pronoun = end == start + 1 && last == Some(Part::Unit(1.0));
    (end > start && !is_pronoun).then_some(Number { tokens: start..end, value: total + open })
}

#[cfg(test)]
mod tests {
    use unspin_text::Document;

    use super::numbers;

    fn values(text: &str) -> Vec<f64> {
        numbers(&Document::new(text.as_bytes())).iter().map(|number| number.value).collect()
    }

    #[test]
    fn digits_and_words_come_to_the_same() {
        for (digits, words) in [
            ("It took 3 days.", "It took three days."),
            ("It took 42 days.", "It took forty-two days."),
            ("It cost 3,000 crowns.", "It cost three thousand crowns."),
            ("It cost $1.5m then.", "It cost 1.5 million then."),
            ("It cost 250,000 crowns.", "It cost two hundred and fifty thousand crowns."),
            ("It cost 2bn crowns.", "It cost two billion crowns."),
            ("It cost 100 crowns.", "It cost a hundred crowns."),
            ("The 3-million scheme.", "The three million scheme."),
        ] {
            assert_eq!(values(digits).len(), 1, "{digits}");
            assert_eq!(values(digits), values(words), "{digits}");
        }
    }

    #[test]
    fn neighbours_are_numbers_of_their_own_and_a_pronoun_is_none() {
        assert_eq!(values("One of them won the 21st race, five two."), [21.0, 5.0, 2.0]);
        assert_eq!(values("Millions came, and hundreds stayed."), []);
        assert_eq!(values("Twenty and five, or twenty five?"), [20.0, 5.0, 25.0]);
        assert_eq!(values("one"), []);
        assert_eq!(values("twenty-"), [20.0]);
    }
}
