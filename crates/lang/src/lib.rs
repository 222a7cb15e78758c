//! What English does to words, without statistics: lemma, inflection, case, `a` or `an`, and the closed word classes.
//!
//! Regular spelling is code, and what the rules get wrong is a sorted table under `data/`, searched in place. The
//! tables hold nothing that the rules already get right, so each stays small enough to read, and a word in neither
//! the tables nor any dictionary still gets the regular analysis.
//!
//! Nothing here knows a sentence. A word with several readings ("found", "left") gets all of them, and the caller
//! chooses.

pub mod article;
pub mod case;
mod form;
pub mod function_word;
pub mod inflect;
pub mod lemma;
pub mod spelling;
mod syllables;
mod table;
pub mod transfer;

pub use article::{Article, article};
pub use case::transfer_case;
pub use form::{Form, Forms};
pub use function_word::{WordClass, is_function_word, word_class};
pub use inflect::{forms, inflect};
pub use lemma::{Analysis, Lemma, Lemmas, lemmas};
pub use syllables::syllables;
pub use table::Table;
pub use transfer::Occurrence;

/// Splits a possessive ending (`'s`, or `'` after `s`, straight or curly) from `word`.
///
/// Returns the word and the ending as written, which is empty where there is none: "it's" cannot be told from a
/// possessive here and is split too.
pub fn split_possessive(word: &str) -> (&str, &str) {
    for ending in ["'s", "\u{2019}s", "'S", "\u{2019}S"] {
        if let Some(stem) = word.strip_suffix(ending)
            && !stem.is_empty()
        {
            return word.split_at(stem.len());
        }
    }
    for ending in ["'", "\u{2019}"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.ends_with(['s', 'S'])
        {
            return word.split_at(stem.len());
        }
    }
    (word, "")
}

#[cfg(test)]
mod tests {
    use super::split_possessive;

    #[test]
    fn possessive_endings_are_split_as_written() {
        assert_eq!(split_possessive("ministry's"), ("ministry", "'s"));
        assert_eq!(split_possessive("ministry\u{2019}s"), ("ministry", "\u{2019}s"));
        assert_eq!(split_possessive("voters'"), ("voters", "'"));
        assert_eq!(split_possessive("rockin'"), ("rockin'", ""));
        assert_eq!(split_possessive("'s"), ("'s", ""));
        assert_eq!(split_possessive(""), ("", ""));
    }
}
