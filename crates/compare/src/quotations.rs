//! Quotations that are compared: speech or a phrase in double marks, or a block quote.

use unspin_text::{Document, Quotation, QuoteKind, Span};

fn is_compared(quotation: &Quotation) -> bool {
    quotation.closed && matches!(quotation.kind, QuoteKind::Double | QuoteKind::Block)
}

/// The outermost ones of a document.
pub(crate) fn outermost(document: &Document<'_>) -> impl Iterator<Item = Span> {
    let all = document.quotations().iter();
    all.filter(|quotation| quotation.depth == 0 && is_compared(quotation)).map(|q| q.span)
}

/// The one that holds a stretch of text.
pub(crate) fn around(document: &Document<'_>, span: Span) -> Option<Span> {
    let quotations = document.quotations();
    let before = quotations.partition_point(|quotation| quotation.span.start <= span.start);
    // Quotations nest, and few are open at a time.
    let mut near = quotations[..before].iter().rev().take(8);
    near.find(|quotation| span.end <= quotation.span.end && is_compared(quotation)).map(|q| q.span)
}
