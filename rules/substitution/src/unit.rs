//! A document as the statistics see it: words by number, with sentence ends and pauses between them.
//!
//! The builder counts exactly these sequences, so that a pair means the same in the model and in the text under the
//! linter. Quotation marks and the hyphens inside compounds are left out: they do not change what stands beside what.

use unspin_model::{Lexicon, WordId};
use unspin_text::{Case, Document, Token, TokenKind, control_comment};
use unspin_words::KnownWords;

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its number in the lexicon, or its class.
    pub id: WordId,
    /// Index of its token; of a sentence end, that of the next token.
    pub token: u32,
}

/// The units of a document. Begins and ends with a sentence end, so that every word has neighbours.
pub fn units(document: &Document<'_>, lexicon: &Lexicon<'_>) -> Vec<Unit> {
    collect(document, |_, token| lexicon.get(token.key))
}

/// The same of a document whose words were looked up.
pub(crate) fn units_of(document: &Document<'_>, words: &KnownWords) -> Vec<Unit> {
    collect(document, |at, _| words.id(at as usize))
}

/// The units, given the number that the lexicon has for a word, by its index.
fn collect(document: &Document<'_>, held: impl Fn(u32, &Token) -> Option<WordId>) -> Vec<Unit> {
    let tokens = document.tokens();
    let mut units = Vec::with_capacity(tokens.len() + document.sentences().len() + 2);
    for sentence in document.sentences() {
        units.push(Unit { id: WordId::STOP, token: sentence.tokens.start });
        for (token, this) in sentence.tokens.clone().zip(document.sentence_tokens(sentence)) {
            let Some(id) = id_of(document, this, held(token, this)) else { continue };
            let again = id == WordId::PAUSE
                && units.last().is_some_and(|u| matches!(u.id, WordId::PAUSE | WordId::STOP));
            if !again {
                units.push(Unit { id, token });
            }
        }
    }
    units.push(Unit { id: WordId::STOP, token: tokens.len() as u32 });
    units
}

fn id_of(document: &Document<'_>, token: &Token, held: Option<WordId>) -> Option<WordId> {
    Some(match token.kind {
        TokenKind::Word | TokenKind::Clitic => held.unwrap_or(match token.case {
            Case::Lower | Case::Caseless => WordId::UNKNOWN,
            Case::Title | Case::Upper | Case::Mixed => WordId::NAME,
        }),
        TokenKind::Number => WordId::NUMBER,
        // A comment to the linter is no word: what it asks for must not change what the words around it are.
        TokenKind::Address if is_comment(document.token_text(token)) => return None,
        TokenKind::Address => WordId::NAME,
        TokenKind::Symbol => WordId::PAUSE,
        TokenKind::Hyphen => return None,
        TokenKind::Punct => match document.token_text(token) {
            "\"" | "'" | "\u{201c}" | "\u{201d}" | "\u{2018}" | "\u{2019}" | "." => return None,
            _ => WordId::PAUSE,
        },
    })
}

/// Whether an address is a comment to the linter, which opens with a bracket of one kind or the other.
fn is_comment(text: &str) -> bool {
    text.starts_with(['[', '<']) && text.contains(control_comment::MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_to_the_linter_is_no_unit() {
        let lexicon = unspin_model::Model::embedded().statistics().expect("it has them").lexicon;
        let ids = |text: &str| {
            let document = Document::new(text.as_bytes());
            units(&document, &lexicon).iter().map(|unit| unit.id).collect::<Vec<_>>()
        };
        let plain = ids("The ferry waits at the pier.");
        assert_eq!(ids("The ferry [unspin-disable-line x: why] waits at the pier."), plain);
        assert_ne!(ids("The ferry example.org waits at the pier."), plain);
    }
}
