//! A word or a run of digits by what it counts, however it is written.

use super::{Part, part};

/// Ordinals of those that are not made by adding `th`.
const ORDINALS: &[(&str, u32)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fifth", 5),
    ("eighth", 8),
    ("ninth", 9),
    ("twelfth", 12),
    ("twentieth", 20),
];

/// What a number counts, written in one way: digits without separators, a decimal part without final zeros, `th` after
/// an ordinal and for such a part. `None` for what is no number. `text` is in small letters.
pub(crate) fn value(text: &str) -> Option<String> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(match text.strip_prefix("1/") {
            Some(part) if part.parse::<u32>().is_ok() => format!("{part}th"),
            _ => digits(text),
        });
    }
    if let Some(number) = cardinal(text) {
        return Some(number.to_string());
    }
    let listed = ORDINALS.iter().find(|(word, _)| *word == text).map(|(_, number)| *number);
    let ordinal = listed.or_else(|| cardinal(text.strip_suffix("th")?));
    ordinal.map(|number| format!("{number}th"))
}

/// Number words up to a hundred; larger ones are words of their own beside a number.
fn cardinal(word: &str) -> Option<u32> {
    match part(word)? {
        Part::Unit(number) | Part::Ten(number) => Some(number as u32),
        Part::Hundred => Some(100),
        Part::Scale(_) => None,
    }
}

fn digits(text: &str) -> String {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let number = number.replace(',', "");
    let number = match number.split_once('.') {
        Some((whole, part)) => {
            let part = part.trim_end_matches(['0', '.']);
            if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
        }
        None => number,
    };
    let rest = if matches!(rest, "st" | "nd" | "rd") { "th" } else { rest };
    number + rest
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn one_value_has_one_spelling() {
        let pairs = [
            ("1,200", "1200"),
            ("3.50", "3.5"),
            ("9.0", "9"),
            ("seven", "7"),
            ("seventh", "7th"),
            ("21st", "21th"),
            ("third", "3th"),
            ("3rd", "3th"),
            ("2020s", "2020s"),
            ("40km", "40km"),
            ("1/3", "3th"),
        ];
        for (written, expected) in pairs {
            assert_eq!(value(written).as_deref(), Some(expected), "{written}");
        }
        assert_eq!(value("million"), None);
        assert_eq!(value("bath"), None);
    }
}
