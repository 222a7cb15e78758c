//! A document as a guest is given it. Every record has a fixed size, so that a guest may read it in place.

use unspin_lint::{Analysis, Context};
use unspin_text::{Case, Document, Markup, QuoteKind, Span, TokenKind};

use crate::options::Value;
use crate::wire::{put_text, put_u32};

/// Stands for no span in both of its numbers.
const NONE: u32 = u32::MAX;

/// The part of the input that is the same for all rules of a document.
pub(crate) struct Encoded(pub(crate) Vec<u8>);

impl Analysis for Encoded {
    fn analyse(cx: &Context<'_>) -> Self {
        Self(document(cx.document()))
    }
}

/// What comes before the document: which rule is meant, and under which options.
pub(crate) fn head(rule: u32, options: &[Value]) -> Vec<u8> {
    let mut out = Vec::new();
    put_u32(&mut out, rule);
    put_u32(&mut out, options.len() as u32);
    for value in options {
        match value {
            Value::Boolean(value) => out.extend([0, u8::from(*value)]),
            Value::Integer(value) => {
                out.push(1);
                out.extend(value.to_le_bytes());
            }
            Value::Texts(texts) => {
                out.push(2);
                put_u32(&mut out, texts.len() as u32);
                for text in texts {
                    put_text(&mut out, text);
                }
            }
        }
    }
    out
}

fn document(document: &Document<'_>) -> Vec<u8> {
    let size = document.text().len() + 12 * document.tokens().len() + 1_000;
    let mut out = Vec::with_capacity(size);
    out.push(match document.markup() {
        Markup::Plain => 0,
        Markup::Markdown => 1,
        Markup::Html => 2,
    });
    put_text(&mut out, document.text());
    put_u32(&mut out, document.tokens().len() as u32);
    for token in document.tokens() {
        put_span(&mut out, token.span);
        out.extend([kind(token.kind), case(token.case), u8::from(token.spaced), 0]);
    }
    put_u32(&mut out, document.sentences().len() as u32);
    for sentence in document.sentences() {
        put_span(&mut out, sentence.span);
        put_u32(&mut out, sentence.tokens.start);
        put_u32(&mut out, sentence.tokens.end);
    }
    put_u32(&mut out, document.paragraphs().len() as u32);
    for paragraph in document.paragraphs() {
        put_span(&mut out, paragraph.span);
        put_u32(&mut out, paragraph.sentences.start);
        put_u32(&mut out, paragraph.sentences.end);
        put_optional(&mut out, paragraph.dateline);
    }
    put_u32(&mut out, document.quotations().len() as u32);
    for quotation in document.quotations() {
        put_span(&mut out, quotation.span);
        put_u32(&mut out, quotation.tokens.start);
        put_u32(&mut out, quotation.tokens.end);
        put_optional(&mut out, quotation.attribution);
        let kind = match quotation.kind {
            QuoteKind::Double => 0,
            QuoteKind::Single => 1,
            QuoteKind::Code => 2,
            QuoteKind::Block => 3,
        };
        out.extend([kind, quotation.depth, u8::from(quotation.closed), 0]);
    }
    put_u32(&mut out, document.regions().len() as u32);
    for region in document.regions() {
        put_span(&mut out, region.span);
        let bits = ROLES.iter().enumerate();
        let bits = bits.filter(|(_, role)| region.roles.contains(**role));
        put_u32(&mut out, bits.fold(0, |all, (bit, _)| all | 1 << bit));
    }
    out
}

/// The roles in the order of their bits.
const ROLES: [unspin_text::Roles; 6] = [
    unspin_text::Roles::HEADING,
    unspin_text::Roles::QUOTE,
    unspin_text::Roles::CAPTION,
    unspin_text::Roles::ALT_TEXT,
    unspin_text::Roles::LIST_ITEM,
    unspin_text::Roles::TABLE_CELL,
];

fn put_span(out: &mut Vec<u8>, span: Span) {
    put_u32(out, span.start);
    put_u32(out, span.end);
}

fn put_optional(out: &mut Vec<u8>, span: Option<Span>) {
    let (start, end) = span.map_or((NONE, NONE), |span| (span.start, span.end));
    put_u32(out, start);
    put_u32(out, end);
}

/// The numbers are part of the interface, so they do not follow the order of the variants.
const fn kind(kind: TokenKind) -> u8 {
    match kind {
        TokenKind::Word => 0,
        TokenKind::Clitic => 1,
        TokenKind::Number => 2,
        TokenKind::Hyphen => 3,
        TokenKind::Punct => 4,
        TokenKind::Symbol => 5,
        TokenKind::Address => 6,
    }
}

const fn case(case: Case) -> u8 {
    match case {
        Case::Lower => 0,
        Case::Title => 1,
        Case::Upper => 2,
        Case::Mixed => 3,
        Case::Caseless => 4,
    }
}
