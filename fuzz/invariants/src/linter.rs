//! All shipped rules over any text.

use std::sync::LazyLock;

use unspin_apply::fix::{Policy, repair};
use unspin_lint::{Diagnosis, Document, Explanation, Markup, Span, Subject};
use unspin_linter::Linter;

use crate::choices::Choices;
use crate::findings;

/// The shipped rules under their defaults.
pub(crate) static LINTER: LazyLock<Linter> = LazyLock::new(Linter::new);

/// The first bytes decide about markup, about what somebody asks and about repairs; the rest is the text.
pub fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let markup = choices.one(&[Markup::Plain, Markup::Markdown, Markup::Html]);
    let how = choices.byte();
    let asked = choices.below(400);
    let bytes = choices.rest();
    let document = Document::read(bytes, markup);
    let report = LINTER.check(&document);
    let said = findings::report(&document, &report);
    findings::fixes(&document, &report);
    assert_eq!(report, LINTER.check(&document), "not the same twice");
    if how & 1 == 1 {
        explains(&document, asked);
    }
    if how & 2 == 2 {
        repairs(bytes, markup, &said, how & 4 == 4);
    }
}

/// Whatever words are asked about, the answer is about words of the text and changes nothing of what is found.
fn explains(document: &Document<'_>, asked: usize) {
    let tokens = document.tokens();
    let Some(token) = tokens.get(asked % tokens.len().max(1)) else { return };
    let explained = LINTER.explain(document, token.span);
    assert_eq!(explained.report, LINTER.check(document), "asking changed what is found");
    let is_inside = |span: Span| document.text().get(span.range()).is_some();
    for Explanation { subject, alternatives, .. } in &explained.explanations {
        assert!(!matches!(subject, Subject::Words(span) if !is_inside(*span)), "{subject:?}");
        assert!(alternatives.iter().all(|a| is_inside(a.replaces)), "{alternatives:?}");
    }
}

/// Repairing ends, says what it did, and leaves alone what the policy does not allow.
fn repairs(bytes: &[u8], markup: Markup, found: &Diagnosis, is_bold: bool) {
    let policy = Policy { unsafe_fixes: is_bold, quotations: is_bold };
    let done = repair(bytes, policy, |text, first| {
        let document = Document::read(text, markup);
        let (report, held) = LINTER.check_held(&document, first);
        (findings::report(&document, &report), held)
    });
    assert_eq!(&done.found, found, "found otherwise before a repair");
    assert_eq!(done.made.is_empty(), done.text == bytes, "made nothing and changed something");
    assert!(done.rounds <= unspin_apply::fix::MOST_ROUNDS);
    let unreadable = |bytes: &[u8]| -> Vec<u8> {
        bytes.utf8_chunks().flat_map(|chunk| chunk.invalid().to_vec()).collect()
    };
    assert_eq!(unreadable(&done.text), unreadable(bytes), "a repair of what cannot be read");
    let repaired = Document::read(&done.text, markup);
    findings::diagnosis(repaired.source(), &done.left);
}
