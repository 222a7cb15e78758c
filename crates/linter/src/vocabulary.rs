//! What a word of a house's vocabulary stands for.

use unspin_lang::Form;

/// The forms of a word that are meant with it, in lower case: plurals and verb forms. Not degrees, since what one word
/// class makes of another's letters is a word of its own ("inform", "informer"); and none of function words.
pub(crate) fn inflections(word: &str) -> Vec<String> {
    if unspin_lang::is_function_word(word) || !word.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    unspin_lang::forms(word)
        .filter(|(form, _)| !matches!(form, Form::Comparative | Form::Superlative))
        .map(|(_, word)| word)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::inflections;

    #[test]
    fn nouns_and_verbs_are_inflected_and_function_words_are_not() {
        let forms = inflections("utilise");
        for wanted in ["utilises", "utilised", "utilising"] {
            assert!(forms.iter().any(|form| form == wanted), "{wanted}");
        }
        assert!(!inflections("inform").iter().any(|form| form == "informer"));
        assert!(inflections("of").is_empty());
    }
}
