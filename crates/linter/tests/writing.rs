//! Somebody writes: whatever is done to a text, what is known of it at rest is what a fresh check finds.

use proptest::prelude::*;
use unspin_lint::{Document, Finding, Held, Markup, Memory, Raw, Seen, page};
use unspin_linter::{Linter, Settled};

/// What is typed or pasted: marks of rewording, ordinary words, and what changes how the rest is read.
const PIECES: [&str; 26] = [
    "a",
    " ",
    "s",
    "\n",
    "\n\n",
    "\r\n\r\n",
    ".",
    " ,",
    "\"",
    "\u{201c}The quay is ours,\u{201d} she said. ",
    "`",
    "\n```\n",
    "> ",
    "# ",
    "<em>",
    "| a | b |\n",
    "withinside the harbour ",
    " with the aid of using ",
    "the the ",
    " a old ferry ",
    "\u{1f6a2} ",
    "e\u{301}",
    "[unspin-disable-line]",
    "<!-- unspin-disable-file doubled-word -->",
    "WASHINGTON, Jan 18 (Reuters) - ",
    "The lowest line is that 7.four boats, . withinside the the bay.\n\n",
];

/// One thing that is done: to some place of the text, how much goes, and what comes.
type Edit = (prop::sample::Index, usize, usize);

/// A text with every rule's examples in it, and an article.
fn text(linter: &Linter, seed: usize) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/corpus/");
    let article = std::fs::read_to_string(format!("{folder}ferry_spun.txt")).expect("it is there");
    let states: Vec<_> = linter.rules().states().collect();
    let examples = states.iter().skip(seed % 5).step_by(5);
    let examples = examples.flat_map(|state| page::examples(&state.rule.meta().page));
    let mut text: String = article.chars().skip(200 * (seed % 7)).collect();
    examples.for_each(|example| {
        text.push_str("\n\n");
        text.push_str(&example.text);
    });
    text
}

fn edited(text: &mut String, (at, goes, comes): &Edit) {
    let border = |mut i: usize| {
        while !text.is_char_boundary(i) {
            i -= 1;
        }
        i
    };
    let start = border(at.index(text.len() + 1));
    let end = border((start + goes).min(text.len())).max(start);
    text.replace_range(start..end, PIECES[comes % PIECES.len()]);
}

fn sorted(raw: Raw) -> (Vec<Finding>, Vec<String>) {
    let mut findings = raw.findings;
    findings.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
    let mut rest: Vec<String> = raw.adjustments.iter().map(|a| format!("{a:?}")).collect();
    rest.extend(raw.readings.iter().map(|r| format!("{r:?}")));
    rest.sort();
    (findings, rest)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn at_rest_all_is_known_that_a_fresh_check_finds(
        seed in 0_usize..35,
        markup in prop::sample::select(vec![Markup::Plain, Markup::Markdown, Markup::Html]),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, any::<usize>()), 1..12),
    ) {
        let linter = Linter::new();
        let mut text = text(&linter, seed);
        let (mut seen, memory) = (Seen::default(), Memory::default());
        let mut shown: Option<Held> = None;
        for (step, edit) in edits.iter().enumerate() {
            edited(&mut text, edit);
            let document = Document::read(text.as_bytes(), markup);
            let local = linter.glance(&document, &mut seen);
            if step % 3 == 1 {
                continue;
            }
            let settled = linter.settle(&document, &local, &memory, shown.as_ref(), &|| false);
            let Settled { rest, report, held } = settled.expect("it was not cancelled");
            prop_assert_eq!(sorted(local.with(&rest)), sorted(linter.rules().run(&document)));
            let fresh = linter.check(&document);
            prop_assert_eq!(report.verdict.score, fresh.verdict.score);
            if shown.is_none() {
                prop_assert_eq!(report, fresh);
            }
            shown = Some(held);
        }
    }
}
