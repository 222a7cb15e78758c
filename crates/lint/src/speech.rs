//! Direct speech: the words that nobody but their speaker may change.
//!
//! Attribution alone would miss much of it, since an editor finds many ways round *said*, and a program that rewords
//! news rewords the verb too. So a long passage in quotation marks is taken for somebody's words as well.

use unspin_text::{Document, Quotation, QuoteKind, Span, TokenKind};

/// Attributed words of so few are a title or a term more often than speech.
const ATTRIBUTED_WORDS: usize = 4;
/// Nobody puts so many words in quotation marks but to say that another wrote or spoke them.
const QUOTED_WORDS: usize = 8;

/// The quotations that hold `span`, innermost first, among those that open last before or with it. The walk back is
/// bounded, since text may nest marks without end.
pub(crate) fn around<'d>(
    document: &'d Document<'_>,
    span: Span,
) -> impl Iterator<Item = &'d Quotation> {
    const NEAR: usize = 256;
    let quotations = document.quotations();
    // What a format marks as quoted has no mark of its own to begin with.
    let before = quotations.partition_point(|q| q.span.start <= span.start);
    quotations[..before].iter().rev().take(NEAR).filter(move |q| q.span.contains(span))
}

/// The outermost quotation that holds `span`, in bytes, and is somebody's words: one of four words that a reporting
/// verb attributes, or one of eight in double quotation marks that are closed. O(log n).
pub fn speech_around<'d>(document: &'d Document<'_>, span: Span) -> Option<&'d Quotation> {
    around(document, span).filter(|quotation| is_speech(document, quotation)).last()
}

fn is_speech(document: &Document<'_>, quotation: &Quotation) -> bool {
    let least = match (quotation.attribution, quotation.kind) {
        (_, QuoteKind::Code) => return false,
        (_, QuoteKind::Block) | (Some(_), _) => ATTRIBUTED_WORDS,
        (None, QuoteKind::Double) if quotation.closed => QUOTED_WORDS,
        (None, _) => return false,
    };
    let inside = quotation.tokens.start as usize..quotation.tokens.end as usize;
    let words = document.tokens()[inside].iter().filter(|t| t.kind == TokenKind::Word);
    words.take(least).count() == least
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech(text: &str) -> Option<String> {
        let document = Document::new(text.as_bytes());
        let at = text.find("roads").expect("every text speaks of roads") as u32;
        speech_around(&document, Span::new(at, at + 5)).map(|q| document.slice(q.span).to_owned())
    }

    #[test]
    fn attributed_or_long_quotations_are_speech_and_short_ones_are_terms() {
        for (text, expected) in [
            ("She said: \"We mended all roads.\"", Some("\"We mended all roads.\"")),
            ("She said the \"good roads\" law is old.", None),
            ("The law on \"all new roads\" is old.", None),
            (
                "The law is meant \"to mend all of the roads and bridges there are\" soon.",
                Some("\"to mend all of the roads and bridges there are\""),
            ),
            ("He said \"she told us that \u{2018}roads are mended\u{2019} now\".", Some("all")),
            ("He said: `mend all of the roads now`.", None),
        ] {
            let found = speech(text);
            match expected {
                Some("all") => assert!(found.is_some_and(|q| q.starts_with('"')), "{text}"),
                _ => assert_eq!(found.as_deref(), expected, "{text}"),
            }
        }
    }
}
