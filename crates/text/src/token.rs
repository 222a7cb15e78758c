//! Tokens: the smallest pieces that rules look at.

use crate::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, possibly with digits after them: `cloud`, `M10`, `U.S.`, `O'Brien`. Letter-dot sequences keep
    /// their dots; hyphenated compounds are several words with [`TokenKind::Hyphen`] between them.
    Word,
    /// The split-off end of a contraction or possessive: `'s`, `n't`, `'re` (Penn Treebank convention:
    /// `does` + `n't`, `ca` + `n't`). Touches the word before it.
    Clitic,
    /// Starts with a digit: `50`, `9.2`, `10,000`, `21st`, `4GB`.
    Number,
    /// A hyphen inside a compound (touching words on both sides): `-`, U+2010, U+2011.
    Hyphen,
    /// Sentence punctuation: stops, commas, dashes, brackets, quotation marks.
    Punct,
    /// Currency, percent, mathematical and other signs, and control characters.
    Symbol,
    /// A URL, e-mail address, domain name, file path, `@handle` or `#tag`, or a comment to the linter; never prose.
    Address,
}

/// The letters' case pattern of a word. Tokens without cased letters are `Caseless`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// `cloud`
    Lower,
    /// `Cloud` (also a single capital letter)
    Title,
    /// `IBM`, `U.S.` (two capitals or more and no lower-case letter)
    Upper,
    /// `iPhone`, `BigBasket`
    Mixed,
    /// no cased letter
    Caseless,
}

/// One token of a document, 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Span,
    /// [`fold_key`](crate::fold_key) of its text: equal for texts that differ only in letter case or in straight and
    /// curly apostrophes. Unequal texts may share a key, so a match on keys is verified on the text.
    pub key: u32,
    /// What it is.
    pub kind: TokenKind,
    /// Its case pattern.
    pub case: Case,
    /// Whether white space (or the start of the text) stands right before it.
    pub spaced: bool,
}
