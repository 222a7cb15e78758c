//! What the sources together say of a word, before it becomes an entry.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::corpus::Counts;

/// All that is known of one folded word.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, one a source")]
pub(crate) struct Evidence {
    /// From the corpora.
    pub(crate) counts: Counts,
    /// log10 probability in the trigram model, which has no case.
    pub(crate) language_model: Option<f64>,
    /// Rank by frequency in the large vocabulary, from 1, which has no case.
    pub(crate) rank: Option<u32>,
    /// A dictionary has it in lower case.
    pub(crate) dictionary_word: bool,
    /// A dictionary has it capitalised.
    pub(crate) dictionary_name: bool,
    /// A dictionary kept up to date has it capitalised, so it is in today's use though older
    /// sources never counted it.
    pub(crate) current_name: bool,
    /// A long list of places, surnames or companies has it.
    pub(crate) gazetteer: bool,
    /// A dictionary or the gazetteer writes it so, where that is more than a capital.
    pub(crate) written: Option<String>,
}

/// Evidence by folded word.
#[derive(Debug, Default)]
pub(crate) struct Words(pub(crate) BTreeMap<String, Evidence>);

impl Words {
    /// The evidence of `word`, folded.
    pub(crate) fn of(&mut self, word: &str) -> &mut Evidence {
        self.0.entry(fold(word)).or_default()
    }

    /// Adds a word as a dictionary writes it: a capital makes it a name.
    pub(crate) fn dictionary(&mut self, word: &str) {
        if !is_wordlike(word) {
            return;
        }
        if word.starts_with(char::is_uppercase) {
            self.name(word, |evidence| evidence.dictionary_name = true);
        } else {
            self.of(word).dictionary_word = true;
        }
    }

    /// Adds the capitalised words of a (perhaps long) name from a gazetteer.
    pub(crate) fn gazetteer(&mut self, name: &str) {
        for word in name.split(|c: char| c.is_whitespace() || "()/,".contains(c)) {
            if word.chars().count() > 2 && word.starts_with(char::is_uppercase) && is_wordlike(word)
            {
                self.name(word, |evidence| evidence.gazetteer = true);
            }
        }
    }

    /// Newspapers drop the marks of foreign names, so *Malmö* is also entered as *Malmo*.
    fn name(&mut self, word: &str, mark: impl Fn(&mut Evidence)) {
        let plain: String = word.nfd().filter(|&c| !is_combining_mark(c)).collect();
        for form in [word, plain.as_str()] {
            let evidence = self.of(form);
            mark(evidence);
            if form.chars().skip(1).any(char::is_uppercase) {
                evidence.written.get_or_insert_with(|| form.to_owned());
            }
        }
    }
}

/// Lower case, with plain apostrophes, as the vocabulary folds.
pub(crate) fn fold(word: &str) -> String {
    word.to_lowercase().replace('\u{2019}', "'")
}

/// Letters with apostrophes and hyphens inside, no longer than any English word.
pub(crate) fn is_wordlike(word: &str) -> bool {
    word.chars().count() <= 32
        && word.starts_with(char::is_alphabetic)
        && word.ends_with(char::is_alphabetic)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gazetteer_gives_the_capitalised_words_with_and_without_marks() {
        let mut words = Words::default();
        words.gazetteer("Río de la Plata (Norte)");
        let known: Vec<&str> = words.0.keys().map(String::as_str).collect();
        assert_eq!(known, ["norte", "plata", "rio", "río"]);
    }

    #[test]
    fn unusual_capitals_are_remembered() {
        let mut words = Words::default();
        words.dictionary("McCain");
        words.dictionary("Biden");
        assert_eq!(words.of("mccain").written.as_deref(), Some("McCain"));
        assert_eq!(words.of("biden").written, None);
    }
}
