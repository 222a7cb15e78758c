//! Fenced code, as Markdown writes it: shown, not said.
//!
//! Prose arrives as Markdown under many names, and no news text begins a line with three back-ticks for another reason,
//! so fences are seen in every text.

use std::cmp::Reverse;

use memchr::memmem;

use crate::{Quotation, QuoteKind, Span, Token};

/// What opens a fence, and what closes it again.
const MARKS: [&str; 2] = ["```", "~~~"];

/// The fenced blocks of `text`, opening and closing fence included, in order and apart from one another. An unclosed
/// fence is none.
pub(crate) fn find(text: &str, tokens: &[Token]) -> Vec<Quotation> {
    let mut found = Vec::new();
    if !MARKS.iter().any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some()) {
        return found;
    }
    let mut open: Option<(usize, &str)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        let mark = MARKS
            .into_iter()
            .find(|mark| line.len() - content.len() <= 3 && content.starts_with(mark));
        match (mark, open) {
            (Some(mark), None) => open = Some((start, mark)),
            (Some(mark), Some((first, opening))) if mark == opening => {
                let end = start + line.trim_end().len();
                let span = Span::new(first as u32, end as u32);
                found.push(block(span, QuoteKind::Code, tokens));
                open = None;
            }
            _ => {}
        }
        start += line.len();
    }
    found
}

/// Puts blocks among the quotations. A block begins and ends where its lines do, whatever marks are in it, so a quotation
/// that runs over either end of one is none.
pub(crate) fn merge(quotations: &mut Vec<Quotation>, fences: Vec<Quotation>) {
    if fences.is_empty() {
        return;
    }
    quotations.retain(|q| {
        let before =
            |end: u32| fences.partition_point(|fence| fence.span.start < end).checked_sub(1);
        let clear = |at: Option<usize>| {
            at.is_none_or(|i| {
                let fence = &fences[i];
                let is_inside = fence.kind == QuoteKind::Block && fence.span.contains(q.span);
                is_inside || !fence.span.overlaps(q.span) || q.span.contains(fence.span)
            })
        };
        clear(before(q.span.start + 1)) && clear(before(q.span.end))
    });
    quotations.extend(fences);
    quotations.sort_by_key(|q| (q.span.start, Reverse(q.span.end)));
    let mut ends: Vec<u32> = Vec::new();
    for quotation in quotations {
        while ends.last().is_some_and(|end| *end <= quotation.span.start) {
            ends.pop();
        }
        quotation.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        ends.push(quotation.span.end);
    }
}

/// The quotations that a format marks at these places, which are sorted by start and nest.
pub(crate) fn blocks(spans: &[Span], kind: QuoteKind, tokens: &[Token]) -> Vec<Quotation> {
    spans.iter().map(|span| block(*span, kind, tokens)).collect()
}

fn block(span: Span, kind: QuoteKind, tokens: &[Token]) -> Quotation {
    let first = tokens.partition_point(|t| t.span.start < span.start) as u32;
    let last = tokens.partition_point(|t| t.span.end <= span.end) as u32;
    let tokens = first..last.max(first);
    Quotation { span, tokens, kind, depth: 0, closed: true, attribution: None }
}

#[cfg(test)]
mod tests {
    use crate::{Document, QuoteKind};

    #[test]
    fn a_quotation_and_a_fence_never_cross() {
        let speech = "word ".repeat(10);
        for text in [
            format!("\u{201c}{speech}x\n```\nx\u{201d} y\n\n```\nend"),
            format!("```\n\u{201c}{speech}x\n```\nx\u{201d} y"),
            "```\na\n~~~\nb\n```\nc\n~~~\n".to_owned(),
        ] {
            let document = Document::new(text.as_bytes());
            let spans: Vec<_> = document.quotations().iter().map(|q| q.span).collect();
            for (a, b) in spans
                .iter()
                .enumerate()
                .flat_map(|(i, a)| spans[i + 1..].iter().map(move |b| (a, b)))
            {
                assert!(!a.overlaps(*b) || a.contains(*b) || b.contains(*a), "{text:?}: {spans:?}");
            }
        }
    }

    #[test]
    fn fences_are_code_and_what_stands_between_them_is_not() {
        let text = "One.\n\n```console\n$ two\n```\n\nThree.\n\n~~~\nfour\n~~~\n\n```\nfive";
        let document = Document::new(text.as_bytes());
        let code: Vec<&str> = document
            .quotations()
            .iter()
            .filter(|q| q.kind == QuoteKind::Code)
            .map(|q| document.slice(q.span))
            .filter(|code| code.contains('\n'))
            .collect();
        assert_eq!(code, ["```console\n$ two\n```", "~~~\nfour\n~~~"]);
    }
}
