//! Gives a replacement the capitals of what it replaces.
//!
//! It is what unspin's own rules do (`unspin-lang`), said again because a plugin has no dependencies; a test of the host
//! holds the two together.

use std::borrow::Cow;

use crate::function_words::is_function_word;

/// How a phrase is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Pattern {
    Lower,
    /// The first word only, as at the start of a sentence.
    Initial,
    /// Every word but function words, as in a headline or a name.
    Title,
    Upper,
}

/// Writes `replacement` with the capitals of `found`: lower case, first letter, headline or all capitals.
///
/// Capitals that `replacement` has of itself ("Biden", "U.S.", "iPhone") are kept. `found` of a single word of two or
/// three capitals reads as an abbreviation, not as shouting, and changes nothing.
pub fn transfer_case<'r>(found: &str, replacement: &'r str) -> Cow<'r, str> {
    match pattern(found) {
        Pattern::Lower => Cow::Borrowed(replacement),
        Pattern::Upper => Cow::Owned(replacement.to_uppercase()),
        Pattern::Initial => capitalise(replacement, |index, _| index == 0),
        Pattern::Title => {
            capitalise(replacement, |index, word| index == 0 || !is_function_word(word))
        }
    }
}

fn pattern(found: &str) -> Pattern {
    let mut words = 0_usize;
    let mut letters = 0_usize;
    let mut all_upper = true;
    let mut first_capital = false;
    let (mut content, mut content_capitals) = (0_usize, 0_usize);
    for word in found.split_whitespace() {
        let Some(initial) = word.chars().find(|c| c.is_alphabetic()) else { continue };
        letters += word.chars().filter(|c| c.is_alphabetic()).count();
        all_upper &= !word.chars().any(char::is_lowercase);
        if words == 0 {
            first_capital = initial.is_uppercase();
        }
        if words > 0 && !is_function_word(word) {
            content += 1;
            content_capitals += usize::from(initial.is_uppercase());
        }
        words += 1;
    }
    let title = content > 0 && content_capitals == content;
    match (all_upper, first_capital) {
        (_, false) if !title => Pattern::Lower,
        (true, true) if words > 1 || letters > 3 => Pattern::Upper,
        (true, true) if letters > 1 => Pattern::Lower,
        _ if title => Pattern::Title,
        _ => Pattern::Initial,
    }
}

/// Capitalises the words that `wanted` (index, word) picks, of those that carry no capital yet.
fn capitalise(text: &str, wanted: impl Fn(usize, &str) -> bool) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() + 2);
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let plain = !word.chars().any(char::is_uppercase);
        match word.char_indices().find(|(_, c)| c.is_alphanumeric()) {
            Some((at, initial)) if plain && wanted(index, word) => {
                out.push_str(&word[..at]);
                out.extend(initial.to_uppercase());
                out.push_str(&word[at + initial.len_utf8()..]);
            }
            _ => out.push_str(word),
        }
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}
