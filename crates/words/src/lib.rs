//! What rules ask of the language model about every word of a document, looked up once for all of them.
//!
//! A look-up waits for memory more than it computes, and half the families want the number of each word. So the first
//! that asks pays, and the others read an array that lies beside the tokens.

use unspin_lint::{Analysis, Context};
use unspin_model::{Model, Statistics, WordFlags, WordId};
use unspin_text::{Token, TokenKind};

/// The model that rules ask: the one that the rule set provides, else the embedded one.
///
/// # Panics
/// If the rule set provides none, and none is embedded (cargo feature `embedded-model`).
pub fn model(cx: &Context<'_>) -> Model<'static> {
    cx.resource().copied().unwrap_or_else(embedded)
}

#[cfg(feature = "embedded-model")]
fn embedded() -> Model<'static> {
    Model::embedded()
}

#[cfg(not(feature = "embedded-model"))]
fn embedded() -> Model<'static> {
    panic!("whoever builds without an embedded model provides one")
}

/// A word as the lexicon has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KnownWord {
    /// Its number; [`WordId::UNKNOWN`] for what is no word, or none that the lexicon holds.
    pub id: WordId,
    /// What it can be; nothing for what has no number.
    pub flags: WordFlags,
}

/// The words of a document by their number in the lexicon of its [`model`].
#[derive(Debug)]
pub struct KnownWords(Vec<KnownWord>);

impl Analysis for KnownWords {
    fn analyse(cx: &Context<'_>) -> Self {
        let tokens = cx.document().tokens();
        let Some(Statistics { lexicon, .. }) = model(cx).statistics() else {
            return Self(vec![KnownWord::default(); tokens.len()]);
        };
        let known = |token: &Token| match token.kind {
            TokenKind::Word | TokenKind::Clitic => lexicon
                .get(token.key)
                .map_or_else(KnownWord::default, |id| KnownWord { id, flags: lexicon.flags(id) }),
            _ => KnownWord::default(),
        };
        Self(tokens.iter().map(known).collect())
    }
}

impl KnownWords {
    /// All of them, as many as the document has tokens: words and clitics, whatever their case.
    pub fn all(&self) -> &[KnownWord] {
        &self.0
    }

    /// The number of a token, by its index, if it is a word or a clitic that the lexicon holds.
    #[inline]
    pub fn id(&self, token: usize) -> Option<WordId> {
        self.0.get(token).map(|word| word.id).filter(|id| id.is_word())
    }
}

#[cfg(all(test, feature = "embedded-model"))]
mod tests {
    use unspin_text::Document;

    use super::*;

    #[test]
    fn words_and_clitics_have_the_numbers_of_the_lexicon() {
        let document = Document::new(b"The council's withinsidexx, 40 km off.");
        let cx = Context::new(&document);
        let words = cx.get::<KnownWords>();
        let lexicon = model(&cx).statistics().expect("the embedded model has them").lexicon;
        let tokens = 0..document.tokens().len();
        let spelt: Vec<&str> =
            tokens.filter_map(|at| words.id(at)).map(|id| lexicon.spelling(id)).collect();
        assert_eq!(spelt, ["the", "council", "'s", "km", "off"]);
        assert_eq!(words.all().len(), document.tokens().len());
        assert_eq!(words.all()[3], KnownWord::default(), "no word of English");
        assert_ne!(words.all()[1].flags.0 & WordFlags::NOUN, 0);
    }
}
