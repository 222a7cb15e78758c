use std::sync::LazyLock;

use proptest::prelude::*;
use unspin_lint::{Diagnosis, Diagnostic, Document, LogOdds, Markup, Span};
use unspin_linter::Linter;

use super::{Edits, here, in_file};

/// Without the rule that speaks of what others found: it falls where these are hidden, and they show where it is.
static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    let mut linter = Linter::new();
    assert_eq!(linter.configure("rules.altered-quotation.severity = \"off\""), []);
    linter
});

/// Findings of four rules, some of them on one line, among emoji and combining marks.
const PARTS: [&str; 5] = [
    "Council keeps the ferry withinside the budget \u{1f6a2}",
    "The boats wait withinside the harbour \u{1f469}\u{200d}\u{1f692}, said Zoe\u{308} Marl. The cost is 4 billion billion crowns. \u{1f30a}\u{1f30a}",
    "The mayor of Skarvoy saw the the pier and a old shed withinside the yard. Nobody asked for more.",
    "It rained in half of the valley, and the bridge held.",
    "Cafe\u{301} owners wait withinside their kitchens until the cost of 2 million million crowns is paid.",
];

const MARKDOWN: &str = "\
---
title: Withinside the ferry
---

# Council keeps the ferry withinside the budget \u{1f6a2}

## Boats wait withinside the harbour ##

### The cost is 4 billion billion crowns {#cost}

The boats wait withinside the harbour \u{1f469}\u{200d}\u{1f692}, said Zoe\u{308} Marl.  \nThe cost is 4 billion billion crowns,\\
and *the the pier withinside* the yard is old.

Read `the
code` withinside the harbour, and `more
of it` too.

1. The mayor saw the the pier.
1. She saw a old shed withinside the yard.
   Nobody asked for more.

> Cafe\u{301} owners wait withinside
> their kitchens.

| place | cost |
|---|---|
| the harbour | 4 billion billion crowns |
| withinside the yard | nothing |

![Boats withinside the harbour](boats.png) and [a pier withinside
the yard](pier.html).

<div title=\"a
b\">The boats wait withinside the harbour.</div>

~~~
Boats withinside the code
~~~
";

const HTML: &str = "\
<!doctype html>
<html><head><title>Ferry</title>
<style>p { color: red }</style></head>
<body><article>
<h1>Council keeps the ferry withinside the budget \u{1f6a2}</h1>
<p>The boats wait withinside the harbour \u{1f469}\u{200d}\u{1f692}, said Zoe\u{308} Marl.<br>
The cost is 4 billion billion crowns, <a
  href=\"a.html\">and the the pier</a> is old, said
the <b>mayor</b> of the town, who stood withinside the yard &amp; waited.</p>
<ul><li>She saw a old shed.</li><li>It stood withinside the yard.</li></ul>
<p>The mayor then spoke of the harbour and of the boats for a long while.</p>
<img src=\"boats.png\"
  alt=\"Boats wait withinside the harbour\"
  width=\"3\">
<p>Cafe\u{301} owners wait withinside
their kitchens until the cost of 2 million million crowns is paid.</p>
</article></body></html>
";

fn said(source: &str, markup: Markup) -> Diagnosis {
    let document = Document::read(source.as_bytes(), markup);
    Diagnosis::new(&document, &LINTER.check(&document))
}

fn applied(source: &str, edits: &Edits) -> String {
    let mut text = source.to_owned();
    for (span, put) in edits.iter().rev() {
        text.replace_range(span.range(), put);
    }
    text
}

/// Where an offset of the source lies after the edits.
fn moved(offset: u32, edits: &Edits) -> u32 {
    let before = edits.iter().filter(|(span, _)| span.end <= offset);
    offset + before.map(|(span, put)| put.len() as u32 - span.len()).sum::<u32>()
}

/// What is said of a finding but for its place.
type Found = (String, u32, String, LogOdds, LogOdds);

fn found(diagnostic: &Diagnostic, edits: &Edits) -> Found {
    let start = moved(diagnostic.span.start, edits);
    let (rule, text) = (diagnostic.rule.to_string(), diagnostic.text.clone());
    (rule, start, text, diagnostic.evidence, diagnostic.posterior)
}

/// Hides each finding by itself. It must be gone, and nothing else but what the rule finds on the same lines.
#[track_caller]
fn hide_each(source: &str, markup: Markup, least: usize) {
    let before = said(source, markup);
    assert!(before.diagnostics.len() >= least, "{:#?}", before.diagnostics);
    for own in &before.diagnostics {
        let edits = here(source, markup, own.span, &own.rule);
        let text = applied(source, &edits);
        let shown = || format!("{} {:?}: {edits:?}\n{text}", own.rule, own.text);
        assert!(!edits.is_empty(), "{}", shown());
        let after = said(&text, markup);
        let left: Vec<Found> = after.diagnostics.iter().map(|d| found(d, &Edits::new())).collect();
        assert!(!left.contains(&found(own, &edits)), "{}", shown());
        let is_near = |other: &Diagnostic| {
            let between =
                Span::new(own.span.end.min(other.span.start), own.span.end.max(other.span.start));
            own.rule == other.rule && !source[between.range()].replace('\r', "").contains("\n\n")
        };
        let wanted = before.diagnostics.iter().filter(|other| !is_near(other));
        for wanted in wanted.map(|d| found(d, &edits)) {
            assert!(left.contains(&wanted), "{wanted:?} is gone: {}", shown());
        }
        let known: Vec<Found> = before.diagnostics.iter().map(|d| found(d, &edits)).collect();
        for left in left {
            assert!(known.contains(&left), "{left:?} is new: {}", shown());
        }
        let (before, after) = (before.verdict.as_ref().unwrap(), after.verdict.unwrap());
        assert_eq!((before.level, before.score), (after.level, after.score), "{}", shown());
        assert_eq!((before.marks, before.words), (after.marks, after.words), "{}", shown());
        assert_eq!(here(&text, markup, moved_span(own.span, &edits), &own.rule), [], "{}", shown());
        if source.contains("\r\n") {
            let lines = text.matches('\n').count();
            assert_eq!(lines, text.matches("\r\n").count(), "{}", shown());
        }
    }
}

fn moved_span(span: Span, edits: &Edits) -> Span {
    let start = moved(span.start, edits);
    Span::new(start, start + span.len())
}

fn windows(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// The parts with lines of some sixty bytes.
fn wrapped() -> String {
    let wrap = |part: &&str| {
        let mut lines = vec![String::new()];
        for word in part.split(' ') {
            if lines.last().is_some_and(|line| line.len() + word.len() > 60) {
                lines.push(String::new());
            }
            let line = lines.last_mut().unwrap();
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
        lines.join("\n")
    };
    PARTS.iter().map(wrap).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn each_finding_of_a_plain_text_is_hidden_and_no_other() {
    for text in
        [PARTS.join("\n\n"), PARTS.join("\n"), wrapped(), format!("\u{feff}{}\n", wrapped())]
    {
        hide_each(&text, Markup::Plain, 7);
        hide_each(&windows(&text), Markup::Plain, 7);
    }
}

#[test]
fn each_finding_of_a_marked_up_text_is_hidden_and_no_other() {
    for (text, markup, least) in [
        (PARTS.join("\n\n"), Markup::Markdown, 7),
        (wrapped(), Markup::Markdown, 7),
        (MARKDOWN.to_owned(), Markup::Markdown, 12),
        (HTML.to_owned(), Markup::Html, 8),
        (PARTS.map(|part| format!("<p>{part}</p>")).concat(), Markup::Html, 7),
    ] {
        hide_each(&text, markup, least);
        hide_each(&windows(&text), markup, least);
    }
}

/// The text after the word between square brackets was hidden for a rule.
#[track_caller]
fn hidden(marked: &str, markup: Markup) -> String {
    let (before, rest) = marked.split_once("[[").unwrap();
    let (word, after) = rest.split_once("]]").unwrap();
    let source = format!("{before}{word}{after}");
    let span = Span::new(before.len() as u32, (before.len() + word.len()) as u32);
    applied(&source, &here(&source, markup, span, "a-b"))
}

#[test]
fn plain_text_gets_a_comment_outside_its_sentences() {
    for (marked, wanted) in [
        ("An [[odd]] word. More.", "An odd word. More. [unspin-disable-line a-b]"),
        ("An [[odd]] word.\r\n\r\nMore.", "An odd word. [unspin-disable-line a-b]\r\n\r\nMore."),
        (
            "An [[odd]] headline\n\nMore.",
            "[unspin-disable-next-line a-b]\nAn odd headline\n\nMore.",
        ),
        (
            "A.\n\nAn [[odd]] word that\nends on another\nline.",
            "A.\n\n[unspin-disable-next-line a-b]\nAn odd word that\nends on another\nline.",
        ),
        (
            "The first line of a text that a typist has wrapped,\nan [[odd]] word in it, which ends upon another line\nof the same paragraph.\n\nMore.\n",
            "[unspin-disable a-b]\n\nThe first line of a text that a typist has wrapped,\nan odd word in it, which ends upon another line\nof the same paragraph.\n\n[unspin-enable a-b]\n\nMore.\n",
        ),
    ] {
        assert_eq!(hidden(marked, Markup::Plain), wanted);
    }
}

#[test]
fn markdown_gets_a_comment_where_it_breaks_nothing() {
    let comment = "<!-- unspin-disable-line a-b -->";
    for (marked, wanted) in [
        ("An [[odd]] word.\nMore.", "An odd word. COMMENT\nMore."),
        ("An [[odd\nword]] in it.\nMore.", "An odd\nword in it. COMMENT\nMore."),
        ("An [[odd]] word.  \nMore.", "An odd word. COMMENT  \nMore."),
        ("An [[odd]] word.\\\nMore.", "An odd word. COMMENT\\\nMore."),
        ("# An [[odd]] word #\n", "# An odd word COMMENT #\n"),
        ("# An [[odd]] word {#a}\n", "<!-- unspin-disable-next-line a-b -->\n# An odd word {#a}\n"),
        ("An [[odd]] word\n===\n", "An odd word COMMENT\n===\n"),
        (
            "| a | b |\n|---|---|\n| c | an [[odd]] word |\n",
            "| a | b |\n|---|---|\n| c | an odd word COMMENT |\n",
        ),
        ("| an [[odd]] word | b |\n|---|---|\n", "| an odd word | b COMMENT |\n|---|---|\n"),
        ("a | b\n-|-\n[[odd]] | d\n", "a | b\n-|-\nodd | d COMMENT\n"),
        ("- An [[odd]] word\n- More\n", "- An odd word COMMENT\n- More\n"),
        ("> An [[odd]] word\n> and more.\n", "> An odd word COMMENT\n> and more.\n"),
        (
            "More of it and\nan [[odd]] word and `some\ncode` too.",
            "More of it and\nan odd COMMENT word and `some\ncode` too.",
        ),
    ] {
        assert_eq!(hidden(marked, Markup::Markdown), wanted.replace("COMMENT", comment));
    }
}

#[test]
fn html_gets_a_comment_outside_tags_and_attributes() {
    let comment = "<!-- unspin-disable-line a-b -->";
    for (marked, wanted) in [
        ("<p>An [[odd]] word.</p>\n<p>More.</p>", "<p>An odd word.</p> COMMENT\n<p>More.</p>"),
        (
            "<p>An [[odd]] word, <a\nhref=\"#\">more</a>.</p>",
            "<!-- unspin-disable-next-line a-b -->\n<p>An odd word, <a\nhref=\"#\">more</a>.</p>",
        ),
        (
            "<p>More of it: an [[odd]] word, <a\nhref=\"#\">more</a>.</p>\n",
            "<!-- unspin-disable-next-line a-b -->\n<p>More of it: an odd word, <a\nhref=\"#\">more</a>.</p>\n",
        ),
        (
            "<p>A <a title=\"\n>\">an [[odd]] word <b title=\"\n>\">x</b></a></p>",
            "<p>A <a title=\"\n>\">an odd COMMENT word <b title=\"\n>\">x</b></a></p>",
        ),
        (
            "<p>A.</p>\n<img\n alt=\"an [[odd]] word\"\n src=\"a\">\n<p>B.</p>\n",
            "<p>A.</p>\n<!-- unspin-disable a-b -->\n<img\n alt=\"an odd word\"\n src=\"a\">\n<!-- unspin-enable a-b -->\n<p>B.</p>\n",
        ),
    ] {
        assert_eq!(hidden(marked, Markup::Html), wanted.replace("COMMENT", comment));
    }
}

#[test]
fn a_rule_joins_the_comment_that_speaks_of_its_line() {
    for (marked, markup, wanted) in [
        (
            "An [[odd]] word. [unspin-disable-line c: ours]",
            Markup::Plain,
            "An odd word. [unspin-disable-line c, a-b: ours]",
        ),
        (
            "<!-- unspin-disable-next-line c d -->\n\nAn [[odd]] word.",
            Markup::Markdown,
            "<!-- unspin-disable-next-line c d, a-b -->\n\nAn odd word.",
        ),
        (
            "<p>An [[odd]] word.</p><!--unspin-disable-line c-->\n",
            Markup::Html,
            "<p>An odd word.</p><!--unspin-disable-line c, a-b-->\n",
        ),
        // A comment on another line, one that is shown, one on a stretch of text.
        (
            "[unspin-disable c]\n\n`[unspin-disable-line c]` [unspin-disable-line c] A.\n\nAn [[odd]] word.",
            Markup::Plain,
            "[unspin-disable c]\n\n`[unspin-disable-line c]` [unspin-disable-line c] A.\n\nAn odd word. [unspin-disable-line a-b]",
        ),
    ] {
        assert_eq!(hidden(marked, markup), wanted);
    }
}

#[test]
fn nothing_is_edited_where_it_is_hidden_or_cannot_be() {
    for (source, markup) in [
        ("An odd word. [unspin-disable-line a-b]", Markup::Plain),
        ("An odd word. [unspin-disable-line]", Markup::Plain),
        ("<!-- unspin-disable a-b -->\n\nAn odd word.", Markup::Markdown),
    ] {
        let at = source.find("odd").unwrap() as u32;
        assert_eq!(here(source, markup, Span::new(at, at + 3), "a-b"), [], "{source}");
    }
    assert_eq!(here("An odd word.", Markup::Plain, Span::new(3, 6), "a]"), []);
    assert_eq!(here("An odd word.", Markup::Plain, Span::new(3, 60), "a-b"), []);
    let tag = format!("<img {}alt=\"an odd word\" {} src=\"a\">", "\n".repeat(50), "\n".repeat(50));
    let at = tag.find("odd").unwrap() as u32;
    assert_eq!(here(&tag, Markup::Html, Span::new(at, at + 3), "a-b"), []);
}

/// The text after a rule was hidden in all of it, and what is left of its findings.
#[track_caller]
fn hidden_in_file(source: &str, markup: Markup, rule: &str) -> String {
    let edits = in_file(source, markup, rule);
    let text = applied(source, &edits);
    let (before, after) = (said(source, markup), said(&text, markup));
    let others = before.diagnostics.iter().filter(|d| d.rule != rule);
    let wanted: Vec<Found> = others.map(|d| found(d, &edits)).collect();
    let left: Vec<Found> = after.diagnostics.iter().map(|d| found(d, &Edits::new())).collect();
    assert_eq!(left, wanted, "{text}");
    let (before, after) = (before.verdict.unwrap(), after.verdict.unwrap());
    assert_eq!((before.level, before.score), (after.level, after.score), "{text}");
    assert_eq!((before.marks, before.words), (after.marks, after.words), "{text}");
    assert_eq!(in_file(&text, markup, rule), [], "{text}");
    text
}

#[test]
fn a_rule_is_hidden_in_a_whole_file_and_no_other() {
    let rule = "cascade-artifact";
    for (source, markup) in [
        (PARTS.join("\n\n"), Markup::Plain),
        (wrapped(), Markup::Plain),
        (MARKDOWN.to_owned(), Markup::Markdown),
        (HTML.to_owned(), Markup::Html),
    ] {
        for source in [source.clone(), windows(&source)] {
            let text = hidden_in_file(&source, markup, rule);
            assert!(text.starts_with(&source), "the comment stands at the end");
            let last = text.lines().last().unwrap();
            assert!(last.contains("unspin-disable-file cascade-artifact"), "{last}");
            // The second rule joins the first.
            let text = hidden_in_file(&text, markup, "damaged-number");
            let last = text.lines().last().unwrap();
            assert!(
                last.contains("unspin-disable-file cascade-artifact, damaged-number"),
                "{last}"
            );
            let lines = text.matches("\r\n").count();
            assert!(lines == 0 || lines == text.matches('\n').count());
        }
    }
}

#[test]
fn the_comment_on_a_file_stands_on_a_line_of_its_own() {
    let text = |source: &str, markup| applied(source, &in_file(source, markup, "a-b"));
    let plain = |source: &str| text(source, Markup::Plain);
    assert_eq!(plain("One."), "One.\n\n[unspin-disable-file a-b]\n");
    assert_eq!(plain("One.\r\n"), "One.\r\n\r\n[unspin-disable-file a-b]\r\n");
    assert_eq!(plain("One.\n\n"), "One.\n\n[unspin-disable-file a-b]\n");
    assert_eq!(plain("One.\r\n\r\n"), "One.\r\n\r\n[unspin-disable-file a-b]\r\n");
    assert_eq!(plain(""), "[unspin-disable-file a-b]\n");
    assert_eq!(plain("One.\n[unspin-disable-file: ours]"), "One.\n[unspin-disable-file: ours]");
    assert_eq!(
        text("<p>One.</p>", Markup::Html),
        "<p>One.</p>\n<!-- unspin-disable-file a-b -->\n"
    );
    // What ends with code that is still open has no place for a comment there.
    let open = "One.\n\n```\ncode\n";
    assert_eq!(text(open, Markup::Markdown), format!("<!-- unspin-disable-file a-b -->\n\n{open}"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_span_of_any_text_is_hidden_or_left_alone(
        text in "([a-z]{1,4}|[ .|#`\\\\*<>\"=-]|\n|\r\n|<b>|<a title=|<!-- unspin-disable-line c -->|\\[unspin-disable-next-line|\\]|```|\u{1f6a2}|e\u{301}|\\| ){0,40}",
        which in 0..3usize,
        from in 0..200u32,
        len in 0..9u32,
    ) {
        let markup = [Markup::Plain, Markup::Markdown, Markup::Html][which];
        let edits = here(&text, markup, Span::new(from, from + len), "a-b");
        for pair in edits.windows(2) {
            prop_assert!(pair[0].0.end <= pair[1].0.start);
        }
        let file = in_file(&text, markup, "a-b");
        for edits in [edits, file] {
            if !edits.is_empty() {
                // What was hidden needs no more.
                let edited = applied(&text, &edits);
                let place = moved_span(Span::new(from, from + len), &edits);
                let is_file = edits[0].1.contains("-file");
                let file = || in_file(&edited, markup, "a-b");
                let again = if is_file { file() } else { here(&edited, markup, place, "a-b") };
                prop_assert_eq!(again, vec![], "{:?} in {:?}", edits, text);
            }
        }
    }
}
