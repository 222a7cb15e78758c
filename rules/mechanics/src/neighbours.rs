//! A token seen with what stands beside it: most rules here look at two or three tokens in a row.

use std::ops::Range;

use unspin_text::{Document, Token, TokenKind};

/// A run of tokens of a document, by their indices in it. Beyond its ends there is nothing, so that a rule that looks to
/// both sides needs no bounds of its own.
#[derive(Clone)]
pub(crate) struct Neighbours<'d> {
    document: &'d Document<'d>,
    range: Range<usize>,
}

impl<'d> Neighbours<'d> {
    /// The sentences of a document, one by one.
    pub(crate) fn sentences(document: &'d Document<'d>) -> impl Iterator<Item = Self> {
        document.sentences().iter().map(move |sentence| Self {
            document,
            range: sentence.tokens.start as usize..sentence.tokens.end as usize,
        })
    }

    /// The paragraphs of a document, one by one.
    pub(crate) fn paragraphs(document: &'d Document<'d>) -> impl Iterator<Item = Self> {
        document.paragraphs().iter().map(move |paragraph| {
            let sentences = &document.sentences()
                [paragraph.sentences.start as usize..paragraph.sentences.end as usize];
            let start = sentences.first().map_or(0, |s| s.tokens.start as usize);
            let end = sentences.last().map_or(start, |s| s.tokens.end as usize);
            Self { document, range: start..end }
        })
    }

    /// The document they are of.
    pub(crate) fn document(&self) -> &'d Document<'d> {
        self.document
    }

    /// Their indices.
    pub(crate) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// All of them.
    pub(crate) fn tokens(&self) -> &'d [Token] {
        &self.document.tokens()[self.range.clone()]
    }

    /// The token `at`, if it is one of them.
    pub(crate) fn token(&self, at: usize) -> Option<&'d Token> {
        if self.range.contains(&at) { self.document.tokens().get(at) } else { None }
    }

    /// The text of token `at`; empty beyond the ends, which no token's text is.
    pub(crate) fn text(&self, at: usize) -> &'d str {
        self.token(at).map_or("", |token| self.document.token_text(token))
    }

    /// The text of the token before `at`.
    pub(crate) fn text_before(&self, at: usize) -> &'d str {
        self.text(at.wrapping_sub(1))
    }

    /// Whether token `at` is of this kind.
    pub(crate) fn kind_is(&self, at: usize, kind: TokenKind) -> bool {
        self.token(at).is_some_and(|token| token.kind == kind)
    }

    /// Whether token `at` touches the one before it.
    pub(crate) fn touches(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !token.spaced)
    }

    /// Whether the hyphen of a compound stands right before or after token `at`.
    pub(crate) fn is_in_compound(&self, at: usize) -> bool {
        self.kind_is(at + 1, TokenKind::Hyphen)
            || self.kind_is(at.wrapping_sub(1), TokenKind::Hyphen)
    }
}
