//! Whatever is typed, at rest all is known that a fresh check finds.

use gen_lsp_types::{Position, Range};
use proptest::prelude::*;
use serde_json::json;
use unspin_lint::{Finding, Memory};
use unspin_linter::Linter;

use super::*;
use crate::worker;

const PIECES: [&str; 14] = [
    "x",
    " ",
    "\n\n",
    "\r\n",
    "\u{1f6a2}",
    "e\u{301} ",
    "withinside the ",
    "with the aid of using ",
    "\u{201c}So it is,\u{201d} he said. ",
    "a old ",
    "[unspin-disable-line]",
    "```\n",
    "The the quay . , opened.\n\n",
    "# ",
];

fn draft(linter: &Arc<Linter>, text: &str, markup: Markup, encoding: Encoding) -> Draft {
    let governed = Governed { linter: Arc::clone(linter), lint_toml: None, digest: [0; 32] };
    let form = Form { encoding, tells_verdict: true };
    let uri = Uri("file:///a".to_owned());
    Draft::new(uri, None, markup, governed, OpenText::new(1, text.to_owned()), form)
}

fn sorted(raw: Raw) -> Vec<Finding> {
    let mut findings = raw.findings;
    findings.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
    findings
}

/// Has all of it looked at, as the worker does.
fn settle(draft: &mut Draft, memory: &Memory) -> bool {
    let done = worker::settle(&draft.job(), memory).expect("nobody typed meanwhile");
    draft.accept(done)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn at_rest_a_draft_knows_what_a_fresh_check_finds(
        markup in prop::sample::select(vec![Markup::Plain, Markup::Markdown, Markup::Html]),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]),
        edits in prop::collection::vec((0_u32..40, 0_u32..90, 0_u32..2, 0_u32..30, 0..PIECES.len(), 0_u8..4), 1..20),
    ) {
        let article = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/corpus/ferry_spun.txt");
        let article = std::fs::read_to_string(article).expect("it is there");
        let linter = Arc::new(Linter::new());
        let mut draft = draft(&linter, &article, markup, encoding);
        let memory = Memory::default();
        prop_assert!(settle(&mut draft, &memory));
        for (version, (line, column, lines, columns, piece, rests)) in edits.into_iter().enumerate() {
            let start = Position { line, character: column };
            let end = Position { line: line + lines, character: columns + if lines == 0 { column } else { 0 } };
            let change = json!({ "range": Range { start, end }, "text": PIECES[piece] });
            let change = serde_json::from_value(change).expect("it is a change");
            draft.change(i32::try_from(version).unwrap_or(0), vec![change], Duration::ZERO);
            if rests > 0 {
                draft.glance();
                prop_assert!(draft.diagnosis().is_some());
            }
            if rests == 3 {
                prop_assert!(settle(&mut draft, &memory));
            }
        }
        prop_assert!(settle(&mut draft, &memory));
        let text = draft.text.as_str().to_owned();
        let document = Document::read(text.as_bytes(), markup);
        let settled = draft.settled.as_ref().expect("it was looked at whole");
        prop_assert_eq!(&settled.prose, document.text());
        let fresh = linter.rules().run(&document);
        prop_assert_eq!(sorted(draft.local.with(&settled.rest)), sorted(fresh));
        let verdict = draft.diagnosis.as_ref().and_then(|d| d.verdict.clone());
        prop_assert_eq!(verdict.map(|v| v.score), Some(linter.check(&document).verdict.score));
    }
}

#[test]
fn a_look_at_an_earlier_state_is_not_taken() {
    let linter = Arc::new(Linter::new());
    let mut early =
        draft(&linter, "The the quay \u{1f6a2} opened.\r\n", Markup::Plain, Encoding::Utf16);
    let memory = Memory::default();
    let job = early.job();
    let whole = gen_lsp_types::TextDocumentContentChangeWholeDocument { text: "e\u{301}".into() };
    let whole = TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole);
    let done = worker::settle(&job, &memory).expect("nobody typed yet");
    early.change(2, vec![whole], Duration::ZERO);
    assert!(!early.accept(done));
    assert!(worker::settle(&job, &memory).is_none(), "nobody waits for it");
    // One that was closed and is open again is another, though it was changed as often.
    let mut closed = draft(&linter, "The the quay.", Markup::Plain, Encoding::Utf16);
    let done = worker::settle(&closed.job(), &memory).expect("nobody typed");
    let mut again = draft(&linter, "The quay.", Markup::Plain, Encoding::Utf16);
    assert!(!again.accept(done));
}
