//! Fenced code, as Markdown writes it: shown, not said.
//!
//! Prose arrives as Markdown under many names, and no news text begins a line with three back-ticks for another reason,
//! so fences are seen in every text.

use memchr::memmem;

use crate::{Quotation, QuoteKind, Span, Token};

/// The fenced blocks of `text`, opening and closing fence included, in order. An unclosed fence is none.
pub(crate) fn find(text: &str, tokens: &[Token]) -> Vec<Quotation> {
    let mut found = Vec::new();
    for mark in ["```", "~~~"] {
        let mut open = None;
        let mut line = None;
        for at in memmem::find_iter(text.as_bytes(), mark) {
            let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            // A longer run of marks is met several times on its line.
            if at - start > 3 || line == Some(start) || !text[start..at].bytes().all(|b| b == b' ')
            {
                continue;
            }
            line = Some(start);
            match open.take() {
                None => open = Some(start),
                Some(first) => {
                    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
                    found.push(block(Span::new(first as u32, end as u32), tokens));
                }
            }
        }
    }
    found.sort_by_key(|quotation| quotation.span);
    found
}

fn block(span: Span, tokens: &[Token]) -> Quotation {
    let first = tokens.partition_point(|t| t.span.start < span.start) as u32;
    let last = tokens.partition_point(|t| t.span.end <= span.end) as u32;
    let tokens = first..last.max(first);
    Quotation { span, tokens, kind: QuoteKind::Code, depth: 0, closed: true, attribution: None }
}

#[cfg(test)]
mod tests {
    use crate::{Document, QuoteKind};

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
