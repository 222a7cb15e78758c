//! What comments do to a text: what they hide, and what becomes of its words.

use unspin_lint::{Document, Markup, QuoteKind, Roles, Span, Suppression, Suppressions, TokenKind};
use unspin_text::control_comment;

use super::Edits;

/// What comments are to do.
#[derive(Clone, Copy)]
pub(super) enum Goal<'t> {
    /// Hide a rule at a place, in bytes of the source.
    Hide { rule: &'t str, span: Span },
    /// Hide a rule everywhere.
    HideAll { rule: &'t str },
}

/// What must stay as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Every sentence, paragraph and quotation with its words; a new comment stands in none.
    Sentences,
    /// The words.
    Words,
}

/// A text to which comments are to do something.
pub(super) struct Effect<'t> {
    source: &'t str,
    markup: Markup,
    goal: Goal<'t>,
    prose: Prose,
}

impl<'t> Effect<'t> {
    /// `None` if it is so already.
    pub(super) fn new(source: &'t str, markup: Markup, goal: Goal<'t>) -> Option<Self> {
        let document = Document::read(source.as_bytes(), markup);
        let is_had = Suppressions::of(&document).iter().any(|s| reaches(s, goal, 0, source.len()));
        let prose = Prose::of(&document);
        (!is_had).then_some(Self { source, markup, goal, prose })
    }

    /// Whether the text with the edits is as it should be.
    pub(super) fn is_had_by(&self, edits: &Edits, care: Care) -> bool {
        self.check(edits, care, true)
    }

    /// Whether the text with the edits has its sentences as before, whatever they hide.
    pub(super) fn is_harmless(&self, edits: &Edits) -> bool {
        self.check(edits, Care::Sentences, false)
    }

    fn check(&self, edits: &Edits, care: Care, goal: bool) -> bool {
        let mut text = String::with_capacity(self.source.len() + 100);
        let mut at = 0;
        let mut added = Vec::new();
        // By how much the finding moves.
        let mut shift = 0;
        for (span, put) in edits {
            text.push_str(&self.source[at..span.start as usize]);
            added.push(Span::new(text.len() as u32, (text.len() + put.len()) as u32));
            text.push_str(put);
            at = span.end as usize;
            if let Goal::Hide { span: place, .. } = self.goal
                && span.end <= place.start
            {
                shift += put.len() as u32 - span.len();
            }
        }
        text.push_str(&self.source[at..]);
        let document = Document::read(text.as_bytes(), self.markup);
        let is_had = || {
            let suppressions = Suppressions::of(&document);
            suppressions.iter().any(|s| reaches(s, self.goal, shift, text.len()))
        };
        if goal && !is_had() {
            return false;
        }
        let prose = Prose::of(&document);
        match care {
            Care::Words => self.prose.has_words_of(&prose) && self.are_comments(&document, &added),
            Care::Sentences => {
                self.prose == prose
                    && self.are_comments(&document, &added)
                    && are_apart(&document, &added)
            }
        }
    }

    /// Whether the format takes for comments what was added to it.
    fn are_comments(&self, document: &Document<'_>, added: &[Span]) -> bool {
        let comments = document.comments();
        self.markup == Markup::Plain
            || added
                .iter()
                .all(|added| comments.iter().any(|comment| comment.source.overlaps(*added)))
    }
}

/// Whether a comment does what it should to a finding that has moved, in a text of so many bytes.
fn reaches(suppression: &Suppression, goal: Goal<'_>, shift: u32, len: usize) -> bool {
    let names = |rule: &str| {
        suppression.fault.is_none() && suppression.name.as_deref().is_none_or(|name| name == rule)
    };
    match goal {
        Goal::Hide { rule, span } => {
            let end = span.end.max(span.start + 1);
            let place = Span::new(span.start + shift, end + shift);
            names(rule) && suppression.reach.overlaps(place)
        }
        Goal::HideAll { rule } => names(rule) && suppression.reach == Span::new(0, len as u32),
    }
}

/// Whether no word stands in a sentence with a comment that was added; one that grew stays where its writer put it.
fn are_apart(document: &Document<'_>, added: &[Span]) -> bool {
    let comments: Vec<_> = control_comment::find(document.text()).map(|c| c.span).collect();
    let is_new = |span: Span| {
        let source = document.in_source(span);
        added.iter().any(|added| added.contains(source))
    };
    comments.iter().filter(|span| is_new(**span)).all(|span| {
        document.sentence_at(span.start).is_none_or(|at| {
            let tokens = document.sentence_tokens(&document.sentences()[at]);
            tokens.iter().all(|token| comments.iter().any(|span| span.contains(token.span)))
        })
    })
}

/// The words of a text and how they hang together, comments to the linter left out.
#[derive(PartialEq, Eq)]
struct Prose {
    text: String,
    words: Vec<Word>,
    /// By the numbers of the first and the last word.
    quotations: Vec<(usize, usize, QuoteKind, u8, bool, bool)>,
}

#[derive(PartialEq, Eq)]
struct Word {
    kind: TokenKind,
    /// Where it ends in the text of the words.
    end: usize,
    /// The number of its sentence, of those with words.
    sentence: u32,
    /// The number of its paragraph, of those with words.
    paragraph: u32,
    /// Whether it stands in a dateline.
    is_dated: bool,
    roles: Roles,
    /// Line ends before it, two at most; none in plain text, where a comment may take a line.
    lines: usize,
}

impl Prose {
    fn of(document: &Document<'_>) -> Self {
        let mut comments = control_comment::find(document.text()).map(|c| c.span).peekable();
        let mut prose = Self { text: String::new(), words: Vec::new(), quotations: Vec::new() };
        // For each token how many words stand before it.
        let mut numbers = Vec::with_capacity(document.tokens().len() + 1);
        let (mut sentence, mut paragraph, mut before) = (0, 0, 0);
        for held in document.paragraphs() {
            let sentences = held.sentences.start as usize..held.sentences.end as usize;
            let first = prose.words.len();
            for own in &document.sentences()[sentences] {
                let start = prose.words.len();
                for token in document.sentence_tokens(own) {
                    numbers.push(prose.words.len());
                    while comments.next_if(|span| span.end <= token.span.start).is_some() {}
                    if comments.peek().is_some_and(|span| span.contains(token.span)) {
                        continue;
                    }
                    prose.text.push_str(document.token_text(token));
                    let gap = &document.text()[before..token.span.start as usize];
                    before = token.span.end as usize;
                    let is_plain = document.markup() == Markup::Plain;
                    let lines = if is_plain { 0 } else { gap.matches('\n').count().min(2) };
                    prose.words.push(Word {
                        kind: token.kind,
                        end: prose.text.len(),
                        sentence,
                        paragraph,
                        is_dated: held.dateline.is_some_and(|line| line.contains(token.span)),
                        roles: document.roles_at(token.span.start),
                        lines,
                    });
                }
                sentence += u32::from(prose.words.len() > start);
            }
            paragraph += u32::from(prose.words.len() > first);
        }
        numbers.push(prose.words.len());
        prose.quotations.extend(document.quotations().iter().map(|quotation| {
            let tokens = &quotation.tokens;
            let number = |at: u32| numbers[(at as usize).min(numbers.len() - 1)];
            let (kind, depth, closed) = (quotation.kind, quotation.depth, quotation.closed);
            let is_speech = quotation.attribution.is_some();
            (number(tokens.start), number(tokens.end), kind, depth, closed, is_speech)
        }));
        prose
    }

    fn has_words_of(&self, other: &Self) -> bool {
        self.text == other.text
            && self.words.len() == other.words.len()
            && self
                .words
                .iter()
                .zip(&other.words)
                .all(|(a, b)| a.end == b.end && a.roles == b.roles)
    }
}
