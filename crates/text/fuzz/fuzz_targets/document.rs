//! Any bytes make a document whose spans can be sliced and whose positions come back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use unspin_text::{Document, Markup, fold_key};

fuzz_target!(|bytes: &[u8]| {
    for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
        check(&Document::read(bytes, markup));
    }
});

fn check(document: &Document<'_>) {
    let (source, positions) = (document.source(), document.positions());
    for token in document.tokens() {
        assert_eq!(token.key, fold_key(document.token_text(token)));
        let place = document.in_source(token.span);
        let at = positions.at(source, place.start);
        assert_eq!(positions.byte_of_utf16(source, at.utf16), Some(place.start));
    }
    let covered: usize = document.sentences().iter().map(|s| document.sentence_tokens(s).len()).sum();
    assert_eq!(covered, document.tokens().len());
    for quotation in document.quotations() {
        let _ = document.slice(quotation.span);
    }
}
