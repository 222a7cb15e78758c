//! Any bytes make a document whose spans can be sliced and whose positions come back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use unspin_text::{Document, fold_key};

fuzz_target!(|bytes: &[u8]| {
    let document = Document::new(bytes);
    for token in document.tokens() {
        assert_eq!(token.key, fold_key(document.token_text(token)));
        let at = document.positions().at(document.text(), token.span.start);
        assert_eq!(document.positions().byte_of_utf16(document.text(), at.utf16), Some(token.span.start));
    }
    let covered: usize = document.sentences().iter().map(|s| document.sentence_tokens(s).len()).sum();
    assert_eq!(covered, document.tokens().len());
    for quotation in document.quotations() {
        let _ = document.slice(quotation.span);
    }
});
