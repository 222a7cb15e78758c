//! From a word to what a dictionary would list it under, in every reading.
//!
//! A lemma is a view: a part of the word as given plus an ending, or a cell of the table. Looking at every word of a
//! long document therefore allocates nothing.

use crate::form::{Form, Forms};
use crate::function_word::is_function_word;
use crate::spelling;
use crate::table::Table;
use std::fmt;

/// A dictionary form, in two parts; it reads as ASCII lower case whatever the case of the word it came from.
#[derive(Debug, Clone, Copy)]
pub struct Lemma<'w> {
    stem: &'w str,
    ending: &'static str,
}

impl Lemma<'_> {
    /// The bytes of the lemma, lower-cased.
    pub fn bytes(self) -> impl Iterator<Item = u8> {
        self.stem.bytes().chain(self.ending.bytes()).map(|byte| byte.to_ascii_lowercase())
    }

    /// Appends the lemma to `buffer`.
    pub fn write_to(self, buffer: &mut String) {
        let start = buffer.len();
        buffer.push_str(self.stem);
        buffer.push_str(self.ending);
        buffer[start..].make_ascii_lowercase();
    }

    /// Whether this is the lemma `other`, without regard to ASCII case.
    pub fn is(self, other: &str) -> bool {
        other.len() == self.stem.len() + self.ending.len()
            && self.bytes().eq(other.bytes().map(|byte| byte.to_ascii_lowercase()))
    }
}

impl fmt::Display for Lemma<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stem
            .chars()
            .chain(self.ending.chars())
            .try_for_each(|c| fmt::Write::write_char(f, c.to_ascii_lowercase()))
    }
}

/// One reading of a word: a lemma and the forms of it that the word may be.
#[derive(Debug, Clone, Copy)]
pub struct Analysis<'w> {
    /// The dictionary form.
    pub lemma: Lemma<'w>,
    /// Never empty.
    pub forms: Forms,
}

/// The readings of `word`, inflected ones first: "found" is *find* (past, participle), then *found*. Never empty: a
/// word that is no inflection of anything is its own lemma.
///
/// Ignores ASCII case, and takes possessives as they stand: split them off first with [`crate::split_possessive`].
pub fn lemmas(word: &str) -> Lemmas<'_> {
    Lemmas {
        word,
        source: Table::LEMMAS.get(word).map_or(Source::Rules(Step::Inflected), Source::Row),
    }
}

/// The readings that the regular rules alone give, for deriving and testing the table.
pub fn lemmas_by_rule(word: &str) -> Lemmas<'_> {
    Lemmas { word, source: Source::Rules(Step::Inflected) }
}

/// The readings of one word; see [`lemmas`].
#[derive(Debug, Clone)]
pub struct Lemmas<'w> {
    word: &'w str,
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Row(&'static str),
    Rules(Step),
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Inflected,
    Base,
    Done,
}

impl<'w> Iterator for Lemmas<'w> {
    type Item = Analysis<'w>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.source {
            Source::Row(row) => {
                let (reading, rest) = row.split_once(' ').unwrap_or((row, ""));
                *row = rest;
                let (lemma, letters) = reading.split_once(':')?;
                Some(Analysis {
                    lemma: Lemma { stem: "", ending: lemma },
                    forms: Forms::from_letters(letters),
                })
            }
            Source::Rules(step) => {
                let base = || Analysis {
                    lemma: Lemma { stem: self.word, ending: "" },
                    forms: Forms::of(&[Form::Base]),
                };
                match *step {
                    Step::Done => None,
                    Step::Base => {
                        *step = Step::Done;
                        Some(base())
                    }
                    Step::Inflected => {
                        let regular =
                            spelling::analyse(self.word).filter(|_| !is_function_word(self.word));
                        let Some((kept, ending, forms)) = regular else {
                            *step = Step::Done;
                            return Some(base());
                        };
                        // Any gerund can be a noun of its own ("the building"), so -ing keeps its second reading.
                        *step = if forms.contains(Form::Gerund) { Step::Base } else { Step::Done };
                        Some(Analysis { lemma: Lemma { stem: &self.word[..kept], ending }, forms })
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(word: &str) -> Vec<(String, Forms)> {
        lemmas(word).map(|reading| (reading.lemma.to_string(), reading.forms)).collect()
    }

    fn reading(lemma: &str, letters: &str) -> (String, Forms) {
        (lemma.to_owned(), Forms::from_letters(letters))
    }

    #[test]
    fn regular_words_are_read_by_rule() {
        assert_eq!(readings("properties"), [reading("property", "ps")]);
        assert_eq!(readings("Walked"), [reading("walk", "dn")]);
        assert_eq!(readings("making"), [reading("make", "g"), reading("making", "b")]);
        assert_eq!(readings("table"), [reading("table", "b")]);
    }

    #[test]
    fn irregular_and_ambiguous_words_are_read_by_table() {
        assert_eq!(readings("found"), [reading("find", "dn"), reading("found", "b")]);
        assert_eq!(readings("Left"), [reading("leave", "dn"), reading("left", "b")]);
        assert_eq!(readings("saw"), [reading("see", "d"), reading("saw", "b")]);
        assert!(readings("better").contains(&reading("good", "c")));
        assert_eq!(readings("children"), [reading("child", "p")]);
        assert_eq!(readings("people"), [reading("person", "p"), reading("people", "b")]);
        assert_eq!(readings("went"), [reading("go", "d")]);
        assert_eq!(readings("bigger"), [reading("big", "c")]);
    }

    #[test]
    fn forms_of_be_have_do_lead_to_them() {
        for (word, lemma) in [
            ("is", "be"),
            ("am", "be"),
            ("were", "be"),
            ("been", "be"),
            ("has", "have"),
            ("had", "have"),
            ("did", "do"),
        ] {
            assert!(lemmas(word).any(|reading| reading.lemma.is(lemma)), "{word}");
        }
    }

    #[test]
    fn words_that_only_look_inflected_stay_whole() {
        for word in [
            "news", "this", "always", "hundred", "during", "bus", "species", "princess", "teacher",
            "forest",
        ] {
            assert_eq!(readings(word), [reading(word, "b")]);
        }
    }

    #[test]
    fn a_lemma_compares_and_writes_in_lower_case() {
        let reading = lemmas("PROPERTIES").next().expect("never empty");
        assert!(reading.lemma.is("Property"));
        assert!(!reading.lemma.is("propert"));
        let mut buffer = String::from("x ");
        reading.lemma.write_to(&mut buffer);
        assert_eq!(buffer, "x property");
    }

    #[test]
    fn any_word_has_a_reading() {
        for word in ["", "é", "naïve", "ÉLITES", "12", "'s", "\u{2019}", "co-operated"] {
            assert!(lemmas(word).next().is_some(), "{word:?}");
        }
    }
}
