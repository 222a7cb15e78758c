//! The document: one text and everything that is read off it in a single pass.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use crate::source::{Encoding, Fault};
use crate::{Positions, Span, Token};

/// A block of text between blank lines (or hard line ends).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// From its first to its last token, in bytes.
    pub span: Span,
    /// Indices into [`Document::sentences`].
    pub sentences: Range<u32>,
    /// `WASHINGTON, Jan 18 (Reuters) -`, where the paragraph opens with one; in bytes.
    pub dateline: Option<Span>,
}

/// A sentence, never across paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token, in bytes.
    pub span: Span,
    /// Indices into [`Document::tokens`].
    pub tokens: Range<u32>,
}

/// What kind of marks enclose a [`Quotation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// `"..."`, `“...”`, `«...»`
    Double,
    /// `'...'`, `‘...’`
    Single,
    /// Back-ticks or a fence, as Markdown marks code: mention, not speech.
    Code,
}

/// A passage between quotation marks: direct speech, a title, or a phrase that is mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening mark to the closing mark, both included, in bytes. A quotation that runs over paragraphs is
    /// one entry; an unclosed one ends with its paragraph.
    pub span: Span,
    /// Indices into [`Document::tokens`] of what lies between the marks (marks excluded).
    pub tokens: Range<u32>,
    /// The marks.
    pub kind: QuoteKind,
    /// Nesting depth, 0 for the outermost.
    pub depth: u8,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// The reporting verb near it (`said`, `according to`), in bytes: what makes it attributed speech.
    pub attribution: Option<Span>,
}

/// A text with its tokens, sentences, paragraphs and quotations; all spans are bytes of [`Document::text`].
///
/// Made by [`Document::new`] from any bytes; this never fails. It borrows from the bytes where they are UTF-8.
#[derive(Debug)]
pub struct Document<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: Encoding,
    pub(crate) faults: Vec<Fault>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) positions: OnceLock<Positions>,
}

impl<'a> Document<'a> {
    /// Reads `bytes` as prose. Linear in their length; see [`crate::source`] for what happens to bytes that are not
    /// UTF-8, and to more than 4 GiB of them.
    pub fn new(bytes: &'a [u8]) -> Self {
        let (text, encoding, faults) = crate::source::decode(bytes);
        let tokens = crate::tokenize::tokenize(&text);
        let (paragraphs, sentences) = crate::sentence::split(&text, &tokens);
        let mut quotations = crate::quotation::find(&text, &tokens, &sentences, &paragraphs);
        crate::fence::merge(&mut quotations, crate::fence::find(&text, &tokens));
        let positions = OnceLock::new();
        Self { text, encoding, faults, tokens, sentences, paragraphs, quotations, positions }
    }

    /// The text that all spans index.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the bytes were read. Spans are offsets into the original bytes for [`Encoding::Utf8`] only.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What was wrong with the bytes, in order.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// All tokens, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// All sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// All paragraphs, in order.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// All quotations, by their opening mark (an outer one before those nested in it).
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The text of a span.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries of this document.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The text of a token.
    pub fn token_text(&self, token: &Token) -> &str {
        self.slice(token.span)
    }

    /// The tokens of a sentence.
    pub fn sentence_tokens(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]
    }

    /// The index of the sentence that holds this byte offset (or ends nearest before it). O(log n).
    pub fn sentence_at(&self, offset: u32) -> Option<usize> {
        self.sentences.partition_point(|s| s.span.start <= offset).checked_sub(1)
    }

    /// The indices of the tokens that overlap `span`. O(log n).
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }

    /// How many [`TokenKind::Word`](crate::TokenKind::Word) tokens there are.
    pub fn word_count(&self) -> usize {
        self.tokens.iter().filter(|t| t.kind == crate::TokenKind::Word).count()
    }

    /// Lines, code points and UTF-16 units of byte offsets; built at the first call.
    pub fn positions(&self) -> &Positions {
        self.positions.get_or_init(|| Positions::new(&self.text))
    }
}
