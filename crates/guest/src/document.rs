//! The document as the host gives it: its text, and what was read off it.

use std::ops::Range;

use crate::list::{List, Record};
use crate::wire::{Reader, u32_at};

/// A half-open range of bytes of the text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span as a range, to index a `str`.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub(crate) fn read(bytes: &[u8], at: usize) -> Self {
        Self { start: u32_at(bytes, at), end: u32_at(bytes, at + 4) }
    }

    fn optional(bytes: &[u8], at: usize) -> Option<Self> {
        Some(Self::read(bytes, at)).filter(|span| span.start != u32::MAX)
    }
}

/// The format of a text. Of a marked-up file the text is its prose alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Markup {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, possibly with digits after them; a hyphenated compound is several words.
    Word,
    /// The split-off end of a contraction or possessive: `'s`, `n't`.
    Clitic,
    /// Starts with a digit.
    Number,
    /// A hyphen inside a compound.
    Hyphen,
    /// Sentence punctuation.
    Punct,
    /// Other signs.
    Symbol,
    /// An address, a handle, a path: never prose.
    Address,
}

/// The letters' case pattern of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// `cloud`
    Lower,
    /// `Cloud`
    Title,
    /// `IBM`
    Upper,
    /// `iPhone`
    Mixed,
    /// no cased letter
    Caseless,
}

/// The smallest piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Its case pattern.
    pub case: Case,
    /// Whether white space, or the start of the text, stands right before it.
    pub spaced: bool,
}

impl Record for Token {
    const SIZE: usize = 12;

    fn read(bytes: &[u8]) -> Self {
        let kind = match bytes[8] {
            0 => TokenKind::Word,
            1 => TokenKind::Clitic,
            2 => TokenKind::Number,
            3 => TokenKind::Hyphen,
            4 => TokenKind::Punct,
            6 => TokenKind::Address,
            _ => TokenKind::Symbol,
        };
        let case = match bytes[9] {
            0 => Case::Lower,
            1 => Case::Title,
            2 => Case::Upper,
            3 => Case::Mixed,
            _ => Case::Caseless,
        };
        Self { span: Span::read(bytes, 0), kind, case, spaced: bytes[10] != 0 }
    }
}

/// A sentence, never across paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Places in [`Document::tokens`].
    pub tokens: Range<usize>,
}

impl Record for Sentence {
    const SIZE: usize = 16;

    fn read(bytes: &[u8]) -> Self {
        Self { span: Span::read(bytes, 0), tokens: Span::read(bytes, 8).range() }
    }
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// From its first to its last token.
    pub span: Span,
    /// Places in [`Document::sentences`].
    pub sentences: Range<usize>,
    /// Place, date and agency that it opens with, if it does.
    pub dateline: Option<Span>,
}

impl Record for Paragraph {
    const SIZE: usize = 24;

    fn read(bytes: &[u8]) -> Self {
        let (span, sentences) = (Span::read(bytes, 0), Span::read(bytes, 8).range());
        Self { span, sentences, dateline: Span::optional(bytes, 16) }
    }
}

/// What kind of marks enclose a [`Quotation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// Double quotation marks.
    Double,
    /// Single quotation marks.
    Single,
    /// Code.
    Code,
    /// A block quote of the format.
    Block,
}

/// A passage between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks, where there are any.
    pub span: Span,
    /// Places in [`Document::tokens`] of what lies between the marks.
    pub tokens: Range<usize>,
    /// The reporting verb near it, which makes it speech.
    pub attribution: Option<Span>,
    /// The marks.
    pub kind: QuoteKind,
    /// 0 for the outermost.
    pub depth: u8,
    /// Whether a closing mark was found.
    pub closed: bool,
}

impl Record for Quotation {
    const SIZE: usize = 28;

    fn read(bytes: &[u8]) -> Self {
        Self {
            span: Span::read(bytes, 0),
            tokens: Span::read(bytes, 8).range(),
            attribution: Span::optional(bytes, 16),
            kind: match bytes[24] {
                0 => QuoteKind::Double,
                1 => QuoteKind::Single,
                2 => QuoteKind::Code,
                _ => QuoteKind::Block,
            },
            depth: bytes[25],
            closed: bytes[26] != 0,
        }
    }
}

/// What the format says of a stretch of text, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Roles(u32);

impl Roles {
    /// A heading.
    pub const HEADING: Self = Self(1);
    /// A block quote.
    pub const QUOTE: Self = Self(1 << 1);
    /// The caption of a figure or a table.
    pub const CAPTION: Self = Self(1 << 2);
    /// The alternative text of an image.
    pub const ALT_TEXT: Self = Self(1 << 3);
    /// An item of a list.
    pub const LIST_ITEM: Self = Self(1 << 4);
    /// A cell of a table.
    pub const TABLE_CELL: Self = Self(1 << 5);

    /// Whether all of `roles` are among these.
    pub const fn contains(self, roles: Self) -> bool {
        self.0 & roles.0 == roles.0
    }
}

/// A stretch of text that is more than plain running text to the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Where.
    pub span: Span,
    /// What it is.
    pub roles: Roles,
}

impl Record for Region {
    const SIZE: usize = 12;

    fn read(bytes: &[u8]) -> Self {
        Self { span: Span::read(bytes, 0), roles: Roles(u32_at(bytes, 8)) }
    }
}

/// A text with its tokens, sentences, paragraphs, quotations and regions; all spans are bytes of [`Document::text`].
pub struct Document<'a> {
    markup: Markup,
    text: &'a str,
    tokens: List<'a, Token>,
    sentences: List<'a, Sentence>,
    paragraphs: List<'a, Paragraph>,
    quotations: List<'a, Quotation>,
    regions: List<'a, Region>,
}

impl<'a> Document<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Self {
        Self {
            markup: match reader.u8() {
                0 => Markup::Plain,
                1 => Markup::Markdown,
                _ => Markup::Html,
            },
            text: reader.text(),
            tokens: List::take(reader),
            sentences: List::take(reader),
            paragraphs: List::take(reader),
            quotations: List::take(reader),
            regions: List::take(reader),
        }
    }

    /// The format that it was read in.
    pub fn markup(&self) -> Markup {
        self.markup
    }

    /// The text that all spans index.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// All tokens, in order.
    pub fn tokens(&self) -> List<'a, Token> {
        self.tokens
    }

    /// All sentences, in order.
    pub fn sentences(&self) -> List<'a, Sentence> {
        self.sentences
    }

    /// All paragraphs, in order.
    pub fn paragraphs(&self) -> List<'a, Paragraph> {
        self.paragraphs
    }

    /// All quotations, by their opening mark.
    pub fn quotations(&self) -> List<'a, Quotation> {
        self.quotations
    }

    /// The stretches that are more than running text, in order and disjoint; none in plain text.
    pub fn regions(&self) -> List<'a, Region> {
        self.regions
    }

    /// The tokens of a sentence.
    pub fn sentence_tokens(&self, sentence: &Sentence) -> List<'a, Token> {
        self.tokens.range(sentence.tokens.clone())
    }

    /// The text of a span.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries.
    pub fn slice(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    /// The text of a span with every run of white space as one space.
    ///
    /// # Panics
    /// As [`Document::slice`].
    pub fn one_line(&self, span: Span) -> String {
        self.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
