//! Direct speech: the words that nobody but their speaker may change.
//!
//! Attribution alone would miss much of it, since an editor finds many ways round *said*, and a program that rewords
//! news rewords the verb too. So a long passage in quotation marks is taken for somebody's words as well.

use unspin_text::{Document, Quotation, QuoteKind, Span, TokenKind};

/// Attributed words of so few are a title or a term more often than speech.
const ATTRIBUTED_WORDS: usize = 4;
/// Nobody puts so many words in quotation marks but to say that another wrote or spoke them.
const QUOTED_WORDS: usize = 8;
/// So many quotations are looked at around a place.
const NEAR: usize = 256;

/// The quotations that hold `span`, innermost first, among those that open last before or with it. The walk back is
/// bounded, since text may nest marks without end.
pub(crate) fn around<'d>(
    document: &'d Document<'_>,
    span: Span,
) -> impl Iterator<Item = &'d Quotation> {
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

/// Whether `span` shares anything with words that are somebody's: attributed ones of any number, a block quote, or what
/// [`speech_around`] takes for speech. An edit of such a span changes what somebody said. O(log n).
pub fn touches_speech(document: &Document<'_>, span: Span) -> bool {
    let quotations = document.quotations();
    // What is put right before a quotation, or right after it, is not in it.
    let before = quotations.partition_point(|q| q.span.start < span.end);
    let near = quotations[..before].iter().rev().take(NEAR);
    let mut touching = near.filter(|q| span.start < q.span.end);
    touching.any(|q| is_attributed(q) || is_speech(document, q))
}

/// Whether it is somebody's words by what stands around it.
pub(crate) fn is_attributed(quotation: &Quotation) -> bool {
    match quotation.kind {
        QuoteKind::Code => false,
        QuoteKind::Block => true,
        QuoteKind::Double | QuoteKind::Single => quotation.attribution.is_some(),
    }
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
    fn an_edit_that_reaches_into_speech_touches_it_and_one_beside_it_does_not() {
        let text = "He said \"we wait\" at noon. The \"old\" pier stays.";
        let document = Document::new(text.as_bytes());
        let touched = |start, end| touches_speech(&document, Span::new(start, end));
        let (open, close) = (8, 17);
        assert!(touched(open, open + 1) && touched(3, open + 4) && touched(open + 3, close + 4));
        assert!(touched(0, 30) && touched(open + 1, open + 1));
        assert!(!touched(0, open) && !touched(open, open));
        assert!(!touched(close, close) && !touched(close, close + 5));
        let old = text.find("old").expect("it is there") as u32;
        assert!(!touched(old, old + 3));
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
            // Nobody knows where one that is never closed would end.
            ("The law is meant \"to mend all of the roads and bridges there are soon.", None),
        ] {
            let found = speech(text);
            match expected {
                Some("all") => assert!(found.is_some_and(|q| q.starts_with('"')), "{text}"),
                _ => assert_eq!(found.as_deref(), expected, "{text}"),
            }
        }
    }

    #[test]
    fn one_quotation_is_touched_by_what_shares_a_byte_with_it_or_is_put_inside() {
        let text = "He said \"we wait for the boat\" at noon.";
        let document = Document::new(text.as_bytes());
        let (open, close) = (8, 30);
        assert_eq!(&text[open as usize..close as usize], "\"we wait for the boat\"");
        for start in 0..text.len() as u32 {
            for end in start..=text.len() as u32 {
                let is_inside = start < close && end > open;
                let touched = touches_speech(&document, Span::new(start, end));
                assert_eq!(touched, is_inside, "{start}..{end}");
            }
        }
    }
}
