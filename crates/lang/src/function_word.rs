//! The closed word classes: the words that English adds almost none to.
//!
//! A caller leaves these out where it looks for names or for content, and uses them to find the head of a phrase.

use crate::table::Table;

/// The class of a closed-class word, by its commonest use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// "the", "this", "every", "my".
    Determiner,
    /// "she", "whom", "themselves", "nobody".
    Pronoun,
    /// "of", "between", "despite"; also adverb particles ("up", "away").
    Preposition,
    /// "and", "because", "although".
    Conjunction,
    /// "is", "had", "would", and their contractions.
    Auxiliary,
    /// "not", "very", "also", "however": adverbs of a closed set.
    Adverb,
    /// "two", "hundred".
    Number,
}

/// The class of `word`, without regard to ASCII case, or `None` for an open-class word. Contractions are listed with
/// a straight apostrophe.
pub fn word_class(word: &str) -> Option<WordClass> {
    Some(match Table::FUNCTION_WORDS.get(word)? {
        "determiner" => WordClass::Determiner,
        "pronoun" => WordClass::Pronoun,
        "preposition" => WordClass::Preposition,
        "conjunction" => WordClass::Conjunction,
        "auxiliary" => WordClass::Auxiliary,
        "adverb" => WordClass::Adverb,
        "number" => WordClass::Number,
        _ => return None,
    })
}

/// Whether `word` belongs to a closed class; see [`word_class`].
pub fn is_function_word(word: &str) -> bool {
    word_class(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_classes_are_known_in_any_case() {
        assert_eq!(word_class("The"), Some(WordClass::Determiner));
        assert_eq!(word_class("WITH"), Some(WordClass::Preposition));
        assert_eq!(word_class("don't"), Some(WordClass::Auxiliary));
        assert_eq!(word_class("administration"), None);
        assert!(!is_function_word(""));
    }

    #[test]
    fn every_row_names_a_class() {
        for (word, class) in Table::FUNCTION_WORDS.rows() {
            assert!(word_class(word).is_some(), "{word}: {class}");
        }
    }
}
