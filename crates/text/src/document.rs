//! The document: one text and everything that is read off it in a single pass.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use crate::markup::{Comment, Prose, Region};
use crate::source::{Encoding, Fault};
use crate::{Markup, Positions, Roles, Span, Token, TokenKind};

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
    /// Code inside a sentence, and in plain text what stands in back-ticks or a fence: mention, not speech.
    Code,
    /// A block quote of Markdown or HTML, or HTML's `q`: marked by the format, not by marks of its own.
    Block,
}

/// A passage between quotation marks: direct speech, a title, or a phrase that is mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening mark to the closing mark, both included where there are any, in bytes. A quotation that runs over paragraphs is
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
/// Made by [`Document::new`] or [`Document::read`] from any bytes; this never fails. It borrows from the bytes where they
/// are plain UTF-8.
///
/// Of a marked-up file the text is its prose alone, and the bytes that it came from are its [source](Document::source).
/// Of plain text both are the same. Rules look at the text; who reports or repairs asks [`Document::in_source`] and
/// [`Document::source_edit`].
#[derive(Debug)]
pub struct Document<'a> {
    pub(crate) text: Cow<'a, str>,
    /// `None` for plain text.
    pub(crate) prose: Option<Box<Prose<'a>>>,
    pub(crate) encoding: Encoding,
    pub(crate) faults: Vec<Fault>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) positions: OnceLock<Positions>,
}

impl<'a> Document<'a> {
    /// Reads `bytes` as plain prose. Linear in their length; see [`crate::source`] for what happens to bytes that are not
    /// UTF-8, and to more than 4 GiB of them.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::read(bytes, Markup::Plain)
    }

    /// Reads the prose of `bytes` in a format. Linear in their length.
    pub fn read(bytes: &'a [u8], markup: Markup) -> Self {
        let (source, encoding, faults) = crate::source::decode(bytes);
        if markup == Markup::Plain {
            let tokens = crate::tokenize::tokenize(&source);
            let mut document = Self::of_tokens(source, tokens);
            let fences = crate::fence::find(&document.text, &document.tokens);
            crate::fence::merge(&mut document.quotations, fences);
            return Self { encoding, faults, ..document };
        }
        let mut extract = crate::markup::extract(&source, markup);
        let prose = Prose::new(source, markup, &mut extract);
        let mut tokens = crate::tokenize::tokenize(&extract.text);
        crate::tokenize::join(&extract.text, &mut tokens, &extract.opaque);
        let mut document = Self::of_tokens(Cow::Owned(extract.text), tokens);
        let blocks = crate::fence::blocks(&extract.quoted, QuoteKind::Block, &document.tokens);
        crate::fence::merge(&mut document.quotations, blocks);
        let code = crate::fence::blocks(&extract.opaque, QuoteKind::Code, &document.tokens);
        crate::fence::merge(&mut document.quotations, code);
        Self { prose: Some(Box::new(prose)), encoding, faults, ..document }
    }

    fn of_tokens(text: Cow<'a, str>, tokens: Vec<Token>) -> Self {
        let (paragraphs, sentences) = crate::sentence::split(&text, &tokens);
        let quotations = crate::quotation::find(&text, &tokens, &sentences, &paragraphs);
        Self {
            text,
            prose: None,
            encoding: Encoding::Utf8,
            faults: Vec::new(),
            tokens,
            sentences,
            paragraphs,
            quotations,
            positions: OnceLock::new(),
        }
    }

    /// The text that all spans index.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The format that it was read in.
    pub fn markup(&self) -> Markup {
        self.prose.as_ref().map_or(Markup::Plain, |prose| prose.markup)
    }

    /// The decoded file: the text itself for plain text, else the text with its markup.
    pub fn source(&self) -> &str {
        self.prose.as_ref().map_or(&self.text, |prose| &prose.source)
    }

    /// The bytes of the source from the first to the last of `span`; markup between them is included, markup around
    /// them is not. O(log n).
    pub fn in_source(&self, span: Span) -> Span {
        self.prose.as_ref().map_or(span, |prose| prose.in_source(span))
    }

    /// The edit of the source that replaces `span` by `text`, or `None` where none leaves the markup whole. What it
    /// replaces may be less than [`Document::in_source`] of the span, and what it puts in is written as the format
    /// wants it.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries of this document.
    pub fn source_edit(&self, span: Span, text: &str) -> Option<(Span, String)> {
        match &self.prose {
            None => Some((span, text.to_owned())),
            Some(prose) => prose.edit(&self.text, span, text),
        }
    }

    /// The stretches of text that are more than plain running text to the format, in order and disjoint; none in plain
    /// text.
    pub fn regions(&self) -> &[Region] {
        self.prose.as_ref().map_or(&[], |prose| &prose.regions)
    }

    /// What the format says that the byte at `offset` belongs to. O(log n).
    pub fn roles_at(&self, offset: u32) -> Roles {
        self.prose.as_ref().map_or(Roles::NONE, |prose| prose.roles_at(offset))
    }

    /// The comments of the format, in order; none in plain text.
    pub fn comments(&self) -> &[Comment] {
        self.prose.as_ref().map_or(&[], |prose| &prose.comments)
    }

    /// How the bytes were read. Spans are offsets into the original bytes for [`Encoding::Utf8`] only.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What was wrong with the bytes, in order. Their spans are those of the [source](Document::source).
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
        self.tokens.iter().filter(|t| t.kind == TokenKind::Word).count()
    }

    /// Lines, code points and UTF-16 units of byte offsets of the [source](Document::source); built at the first call.
    pub fn positions(&self) -> &Positions {
        self.positions.get_or_init(|| Positions::new(self.source()))
    }
}
