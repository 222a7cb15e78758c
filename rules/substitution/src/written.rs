//! How a unit is written: all that the scorer and the ranker take from the text at one place, the words around left out.

use unspin_lang::article;
use unspin_model::WordId;
use unspin_text::{Case, Document, Token, TokenKind};

use crate::Unit;

/// What is taken from the text of one unit. All but the number is nothing for what is no word of the lexicon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its number.
    pub(crate) id: WordId,
    /// Bytes.
    pub(crate) length: i16,
    /// 0 lower, 1 title, 2 upper or mixed.
    pub(crate) case: u8,
    /// An `a` or `an` stands before it that does not suit it.
    pub(crate) has_wrong_article: bool,
    /// A hyphen stands before or after it.
    pub(crate) is_compounded: bool,
    /// It is a word, and neither a part of a contraction (*isn't*) nor what is left of one.
    pub(crate) is_whole: bool,
}

impl Written {
    /// Of the units of a document.
    pub(crate) fn of(document: &Document<'_>, units: &[Unit]) -> Vec<Self> {
        units.iter().map(|unit| Self::of_unit(document, *unit)).collect()
    }

    /// Of one unit.
    pub(crate) fn of_unit(document: &Document<'_>, unit: Unit) -> Self {
        if !unit.id.is_word() {
            return Self { id: unit.id, ..Self::default() };
        }
        let tokens = document.tokens();
        let at = unit.token as usize;
        let token = &tokens[at];
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens.get(at + 1);
        let is_hyphen = |token: &Token| token.kind == TokenKind::Hyphen;
        let is_contracted = |next: &Token| {
            let owner = matches!(document.token_text(next), "'s" | "\u{2019}s" | "'" | "\u{2019}");
            next.kind == TokenKind::Clitic && !owner
        };
        Self {
            id: unit.id,
            length: i16::try_from(token.span.len()).unwrap_or(i16::MAX),
            case: match token.case {
                Case::Lower | Case::Caseless => 0,
                Case::Title => 1,
                Case::Upper | Case::Mixed => 2,
            },
            has_wrong_article: before.is_some_and(|before| {
                article::repair(document.token_text(before), document.token_text(token)).is_some()
            }),
            is_compounded: before.is_some_and(is_hyphen) || after.is_some_and(is_hyphen),
            is_whole: token.kind == TokenKind::Word && !after.is_some_and(is_contracted),
        }
    }

    /// A number that differs for what is written differently.
    pub(crate) fn code(self) -> u64 {
        let bits = u64::from(self.has_wrong_article)
            | u64::from(self.is_compounded) << 1
            | u64::from(self.is_whole) << 2;
        (self.id.index() as u64) << 32
            | u64::from(self.length.cast_unsigned()) << 16
            | u64::from(self.case) << 8
            | bits
    }
}
