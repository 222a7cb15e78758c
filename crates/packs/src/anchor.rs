//! Which word of a phrase a scan waits for.

use std::cmp::Reverse;
use std::collections::HashMap;

use unspin_lang::is_function_word;

use crate::pattern::Element;

/// The position of the word that a text will hold most seldom: no function word, in few phrases of the table (so that
/// no list under one anchor grows long), and of the rest the longest, since rare words are long (Zipf).
///
/// `shared` tells in how many phrases of the table a word stands. `None` if the phrase has no word.
pub(crate) fn anchor(elements: &[Element], shared: &HashMap<&str, u32>) -> Option<usize> {
    let words = elements.iter().enumerate().filter_map(|(at, element)| match element {
        Element::Word(word) if word.chars().any(char::is_alphanumeric) => Some((at, word.as_str())),
        _ => None,
    });
    words
        .min_by_key(|(at, word)| {
            (
                is_function_word(word),
                shared.get(word).copied().unwrap_or(0),
                Reverse(word.len()),
                *at,
            )
        })
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor_of(phrase: &str, shared: &[(&'static str, u32)]) -> Option<usize> {
        let word = |w: &str| if w == "*" { Element::Wildcard } else { Element::Word(w.into()) };
        anchor(&phrase.split(' ').map(word).collect::<Vec<_>>(), &shared.iter().copied().collect())
    }

    #[test]
    fn the_anchor_is_the_rarest_word() {
        assert_eq!(anchor_of("with the aid of using", &[]), Some(4));
        assert_eq!(anchor_of("legal tender", &[("tender", 90), ("legal", 2)]), Some(0));
        assert_eq!(anchor_of("of the of", &[]), Some(1));
        assert_eq!(anchor_of("* - based", &[]), Some(2));
        assert_eq!(anchor_of("* *", &[]), None);
    }
}
