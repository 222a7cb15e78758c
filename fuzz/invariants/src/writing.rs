//! Somebody writes: whatever is done to a text, what is known of it at rest is what a fresh check finds.

use unspin_lint::{Document, Finding, Held, Markup, Memory, Raw, Seen};
use unspin_linter::Settled;

use crate::choices::Choices;
use crate::linter::LINTER;

/// What is typed or pasted besides letters of the input itself.
const PIECES: [&str; 16] = [
    "",
    " ",
    "\n",
    "\n\n",
    ".",
    " the",
    "\"",
    "\u{201c}",
    "`",
    "\n```\n",
    "> ",
    "# ",
    "withinside ",
    " with the aid of using ",
    "\u{1f6a2} e\u{301}",
    "<!-- unspin-disable-file doubled-word -->",
];

/// Of the input, the head is a script of edits and the rest the text: markup, number of edits, and three numbers each.
pub fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let markup = choices.one(&[Markup::Plain, Markup::Markdown, Markup::Html]);
    let edits = 1 + choices.byte() % 6;
    let script: Vec<_> = (0..edits)
        .map(|_| (choices.below(usize::from(u16::MAX)), choices.byte(), choices.one(&PIECES)))
        .collect();
    let mut text = String::from_utf8_lossy(choices.rest()).into_owned();
    let (mut seen, memory) = (Seen::default(), Memory::default());
    let mut shown: Option<Held> = None;
    for (step, (at, goes, comes)) in script.into_iter().enumerate() {
        if step > 0 {
            replace(&mut text, at, usize::from(goes % 40), comes);
        }
        let document = Document::read(text.as_bytes(), markup);
        let local = LINTER.glance(&document, &mut seen);
        // Not every key is followed by a rest.
        if step % 3 == 1 {
            continue;
        }
        let settled = LINTER.settle(&document, &local, &memory, shown.as_ref(), &|| false);
        let Settled { rest, report, held } = settled.expect("it was not cancelled");
        assert_eq!(sorted(local.with(&rest)), sorted(LINTER.rules().run(&document)));
        let fresh = LINTER.check(&document);
        assert_eq!(report.verdict.score, fresh.verdict.score);
        crate::findings::report(&document, &report);
        if shown.is_none() {
            assert_eq!(report, fresh);
        }
        shown = Some(held);
    }
}

/// Replaces so many bytes at a place, or rather the characters that they are part of.
fn replace(text: &mut String, at: usize, goes: usize, comes: &str) {
    let border = |text: &str, mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = border(text, at % (text.len() + 1));
    let end = border(text, (start + goes).min(text.len())).max(start);
    text.replace_range(start..end, comes);
}

fn sorted(raw: Raw) -> (Vec<Finding>, Vec<String>) {
    let mut findings = raw.findings;
    findings.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
    let mut rest: Vec<String> = raw.adjustments.iter().map(|a| format!("{a:?}")).collect();
    rest.extend(raw.readings.iter().map(|reading| format!("{reading:?}")));
    rest.sort();
    (findings, rest)
}
