//! A stretch of a text as a phrase that a pack can say.

use std::collections::BTreeSet;

use unspin_lang::is_function_word;
use unspin_text::{Case, Document, Span, TokenKind};

/// Words on one line, without marks and figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// In small letters, with straight apostrophes, one blank between words.
    pub folded: String,
    /// As it would be written inside a sentence.
    pub written: String,
    /// Whether the letter case of `written` is a guess, since it begins a sentence or stands in a heading in capitals.
    pub is_guess: bool,
    /// Whether a word is written with a capital for another reason than its place.
    pub is_name: bool,
    /// How many words it has.
    pub words: usize,
}

impl Phrase {
    /// The phrase that a stretch is, if it is one: words of one sentence and nothing between them but hyphens, cut from
    /// no compound.
    pub(super) fn new(document: &Document<'_>, span: Span) -> Option<Self> {
        let tokens = document.tokens();
        let range = document.tokens_in(span);
        let own = &tokens[range.clone()];
        let (first, last) = (own.first()?, own.last()?);
        let is_word =
            |kind| matches!(kind, TokenKind::Word | TokenKind::Clitic | TokenKind::Hyphen);
        let is_cut = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at)).is_some_and(|t| t.kind == TokenKind::Hyphen)
        };
        if first.kind != TokenKind::Word
            || !own.iter().all(|token| is_word(token.kind))
            || is_cut(range.start.checked_sub(1))
            || is_cut(Some(range.end))
            || document.sentence_at(first.span.start) != document.sentence_at(last.span.start)
        {
            return None;
        }
        let text = document.slice(first.span.cover(last.span));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // They mean something in patterns and suggestions, and marks in examples.
        if text.contains(|c: char| "<>()|*?@{}[]".contains(c) || c.is_control()) {
            return None;
        }
        let sentence = &document.sentences()[document.sentence_at(first.span.start)?];
        let all = document.sentence_tokens(sentence);
        let shouts = !all.iter().any(|t| t.kind == TokenKind::Word && t.case == Case::Lower);
        let begins =
            all.iter().find(|t| t.kind == TokenKind::Word).map(|t| t.span) == Some(first.span);
        let is_guess = shouts || (begins && first.case == Case::Title);
        let is_name = !shouts
            && own.iter().enumerate().any(|(at, token)| {
                let capital = matches!(token.case, Case::Title | Case::Upper | Case::Mixed);
                capital && !(at == 0 && is_guess) && document.token_text(token) != "I"
            });
        let written = if shouts {
            text.to_lowercase()
        } else if is_guess {
            uncapitalised(&text)
        } else {
            text.clone()
        };
        let words = own.iter().filter(|token| token.kind == TokenKind::Word).count();
        Some(Self { folded: fold(&text), written, is_guess, is_name, words })
    }

    /// Whether it has a word of an open class.
    pub(super) fn is_telling(&self) -> bool {
        is_telling(&self.folded)
    }
}

/// Whether a folded phrase has a word of an open class.
pub(super) fn is_telling(folded: &str) -> bool {
    let words = folded.split([' ', '-']).map(|word| unspin_lang::split_possessive(word).0);
    words.into_iter().any(|word| word.chars().count() > 1 && !is_function_word(word))
}

/// In small letters, with straight apostrophes.
pub(super) fn fold(text: &str) -> String {
    text.to_lowercase().replace(['\u{2019}', '\u{2bc}'], "'")
}

fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// What a phrase with at most one `<lemma>` matches.
pub(super) fn written_out(phrase: &str) -> Vec<String> {
    let split = phrase.split_once('<').and_then(|(before, rest)| {
        let (lemma, after) = rest.split_once('>')?;
        Some((before, lemma, after))
    });
    match split {
        Some((before, lemma, after)) => unspin_lang::forms(lemma)
            .map(|(_, form)| format!("{before}{form}{after}"))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        None => vec![phrase.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str, of: &str) -> Option<Phrase> {
        let document = Document::new(text.as_bytes());
        let at = text.find(of).expect("it is there");
        Phrase::new(&document, Span::new(at as u32, (at + of.len()) as u32))
    }

    #[test]
    fn words_are_phrases_and_marks_and_figures_are_not() {
        let text = "Boats of the Pink  Sox, who took 40 off-shore nets, left.";
        assert_eq!(phrase(text, "Pink  Sox").map(|p| p.written).as_deref(), Some("Pink Sox"));
        assert_eq!(phrase(text, "off-shore nets").map(|p| p.words), Some(3));
        for odd in ["Sox, who", "took 40", "off", "shore nets"] {
            assert_eq!(phrase(text, odd), None, "{odd}");
        }
    }

    #[test]
    fn the_place_of_a_word_is_not_its_spelling() {
        let text = "Boats of the Pink Sox left.\n\nTHE OLD PIER";
        let told = |of: &str| phrase(text, of).map(|p| (p.written, p.is_guess, p.is_name));
        assert_eq!(told("Boats"), Some(("boats".into(), true, false)));
        assert_eq!(told("Sox"), Some(("Sox".into(), false, true)));
        assert_eq!(told("OLD PIER"), Some(("old pier".into(), true, false)));
    }

    #[test]
    fn a_phrase_of_closed_classes_tells_nothing() {
        assert!(!is_telling("as to the"));
        assert!(is_telling("withinside the"));
    }
}
