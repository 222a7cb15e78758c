//! Gives a replacement phrase the inflection of the phrase it replaces.
//!
//! A lexicon pairs phrases in their dictionary form ("highbrow property", "intellectual property"); the text has any
//! inflection of them. The form of the word that differs from the pattern is carried over to the word of the
//! replacement that plays its part: the same word, else the verb at the front, else the head of the noun phrase.

use crate::case::transfer_case;
use crate::form::{Form, Forms};
use crate::function_word::{WordClass, word_class};
use crate::inflect::inflect;
use crate::lemma::lemmas;
use crate::split_possessive;

/// A phrase as found in a text, beside the pattern that it matched.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence<'a> {
    /// The word before the phrase, if it is in the same sentence: it tells "had gone" from "went", and "they change"
    /// from "the change".
    pub before: Option<&'a str>,
    /// The words as they stand in the text.
    pub found: &'a [&'a str],
    /// The words as the lexicon lists them; as many as in `found`.
    pub pattern: &'a [&'a str],
}

impl Occurrence<'_> {
    /// The text that should replace the occurrence: `replacement`, one space between words, with the inflection, the
    /// possessive ending and the capitals of what was found. Without an inflection to carry over, or without a word
    /// to take it, `replacement` is left as it is but for its capitals.
    pub fn replace(&self, replacement: &str) -> String {
        let words = replacement.split_whitespace().collect::<Vec<_>>();
        let changed = self.inflection().and_then(|(at, forms)| {
            let form = self.choose(at, forms, &words);
            let target = self.target(at, form, &words)?;
            Some((target, inflect_word(words[target], form)))
        });
        let mut text = String::with_capacity(replacement.len() + 4);
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                text.push(' ');
            }
            match &changed {
                Some((target, inflected)) if *target == at => text.push_str(inflected),
                _ => text.push_str(word),
            }
        }
        let mut text = transfer_case(&self.found.join(" "), &text).into_owned();
        if let (Some(found), Some(pattern)) = (self.found.last(), self.pattern.last()) {
            let ending = split_possessive(found).1;
            if split_possessive(pattern).1.is_empty() && split_possessive(&text).1.is_empty() {
                // "voters'" for "people": a bare apostrophe stays only after an s.
                let bare = ending.chars().count() == 1 && !text.ends_with(['s', 'S']);
                text.push_str(ending);
                text.push_str(if bare { "s" } else { "" });
            }
        }
        text
    }

    /// The first word that differs from the pattern by inflection, and the forms it may be in.
    fn inflection(&self) -> Option<(usize, Forms)> {
        if self.found.len() != self.pattern.len() {
            return None;
        }
        self.found.iter().zip(self.pattern).enumerate().find_map(|(at, (found, pattern))| {
            let (found, _) = split_possessive(found);
            if found.eq_ignore_ascii_case(split_possessive(pattern).0) {
                return None;
            }
            let reading = lemmas(found).find(|reading| reading.lemma.is(pattern))?;
            Some((at, reading.forms))
        })
    }

    /// One form out of an ambiguous set, by the word before and the shape of the replacement.
    fn choose(&self, at: usize, forms: Forms, words: &[&str]) -> Form {
        let has_tail = |words: &[&str]| {
            words.get(1..).is_some_and(|tail| tail.iter().any(|word| word_class(word).is_some()))
        };
        if forms.contains_all(Forms::S) {
            let before =
                if at == 0 { self.before } else { Some(self.found[at - 1]) }.and_then(word_class);
            // A verb phrase keeps its verb in front and something small after it: "take a look", "make use of".
            let small_tail =
                at == 0 && (has_tail(self.pattern) || self.pattern.len() == 1 && has_tail(words));
            return match before {
                Some(WordClass::Pronoun) => Form::ThirdSingular,
                Some(WordClass::Determiner) => Form::Plural,
                _ if small_tail => Form::ThirdSingular,
                _ => Form::Plural,
            };
        }
        if forms.contains_all(Forms::ED) {
            let perfect = self.before.is_some_and(|word| {
                lemmas(word).any(|reading| {
                    ["be", "have", "get"].into_iter().any(|verb| reading.lemma.is(verb))
                })
            });
            return if perfect { Form::Participle } else { Form::Past };
        }
        forms.iter().next().unwrap_or(Form::Base)
    }

    /// The index of the word of the replacement that takes `form` from word `at` of the pattern.
    fn target(&self, at: usize, form: Form, words: &[&str]) -> Option<usize> {
        let last = words.len().checked_sub(1)?;
        if let Some(same) =
            words.iter().position(|word| word.eq_ignore_ascii_case(self.pattern[at]))
        {
            return Some(same);
        }
        if form == Form::Plural {
            // The head stands before the first preposition: "member of parliament".
            let preposition =
                words.iter().position(|word| word_class(word) == Some(WordClass::Preposition));
            return Some(preposition.filter(|&index| index > 0).map_or(last, |index| index - 1));
        }
        let open = |index: &usize| {
            word_class(words[*index]).is_none_or(|class| class == WordClass::Auxiliary)
        };
        if words.len() == self.pattern.len() {
            return Some(at).filter(open);
        }
        (0..words.len()).find(open)
    }
}

/// Inflects a word of a replacement, unless it is in that form already ("rights" as a plural).
fn inflect_word(word: &str, form: Form) -> String {
    let base = lemmas(word).any(|reading| reading.forms.contains(Form::Base));
    let already = !base && lemmas(word).any(|reading| reading.forms.contains(form));
    if already { word.to_owned() } else { inflect(word, form) }
}

#[cfg(test)]
mod tests {
    use super::Occurrence;

    fn replace(before: Option<&str>, found: &str, pattern: &str, replacement: &str) -> String {
        let found = found.split(' ').collect::<Vec<_>>();
        let pattern = pattern.split(' ').collect::<Vec<_>>();
        Occurrence { before, found: &found, pattern: &pattern }.replace(replacement)
    }

    #[test]
    fn nouns_keep_their_number() {
        for (found, pattern, replacement, wanted) in [
            (
                "highbrow properties",
                "highbrow property",
                "intellectual property",
                "intellectual properties",
            ),
            (
                "Highbrow Properties",
                "highbrow property",
                "intellectual property",
                "Intellectual Properties",
            ),
            (
                "highbrow property",
                "highbrow property",
                "intellectual property",
                "intellectual property",
            ),
            ("kids", "kid", "child", "children"),
            (
                "parliament individuals",
                "parliament individual",
                "member of parliament",
                "members of parliament",
            ),
            ("mind powers", "mind power", "human rights", "human rights"),
            ("guidances", "guidance", "advice", "advice"),
        ] {
            assert_eq!(replace(None, found, pattern, replacement), wanted, "{found}");
        }
    }

    #[test]
    fn verbs_keep_their_tense() {
        for (before, found, pattern, replacement, wanted) in [
            (None, "utilised", "utilise", "make use of", "made use of"),
            (Some("she"), "utilises", "utilise", "use", "uses"),
            (None, "utilising", "utilise", "make use of", "making use of"),
            (Some("they"), "noticed", "notice", "see", "saw"),
            (Some("had"), "noticed", "notice", "see", "seen"),
            (Some("was"), "noticed", "notice", "see", "seen"),
            (None, "took a peek", "take a peek", "take a look", "took a look"),
            (None, "takes a peek", "take a peek", "glance at", "glances at"),
            (Some("he"), "transports", "transport", "carry", "carries"),
            (Some("the"), "utilises", "utilise", "child", "children"),
        ] {
            assert_eq!(replace(before, found, pattern, replacement), wanted, "{found}");
        }
    }

    #[test]
    fn adjectives_keep_their_degree() {
        assert_eq!(replace(None, "greater", "great", "large",), "larger");
        assert_eq!(replace(None, "biggest", "big", "significant"), "most significant");
    }

    #[test]
    fn possessives_and_capitals_are_carried_over() {
        assert_eq!(
            replace(None, "diden management's", "diden management", "Biden administration"),
            "Biden administration's"
        );
        assert_eq!(
            replace(
                None,
                "Highbrow property\u{2019}s",
                "highbrow property",
                "intellectual property"
            ),
            "Intellectual property\u{2019}s"
        );
        assert_eq!(replace(None, "kids'", "kid", "child"), "children's");
        assert_eq!(replace(None, "lads'", "lad", "boy"), "boys'");
    }

    #[test]
    fn a_phrase_that_does_not_line_up_is_replaced_as_it_is() {
        assert_eq!(replace(None, "With the aid of using", "with the aid of using", "by"), "By");
        assert_eq!(replace(None, "more words than listed", "two words", "one"), "one");
        assert_eq!(Occurrence { before: None, found: &[], pattern: &[] }.replace("x"), "x");
        assert_eq!(replace(None, "kids", "kid", ""), "");
    }
}
