//! Rule pages: documentation whose fences are the rule's tests.
//!
//! Under *Examples* a page holds fences named `bad` (the marked spans, and only those, are found), `fixed` (the `bad`
//! text before it after its first fixes), `expect` (a line for each of its findings: severity, a colon, message), `good`
//! (nothing is found) and `article` (a text of 150 words or more, judged as a document). A span is marked `[[so]]`. After
//! `bad` and `good` may stand `markdown` or `html`: the text is read as that. The rule is run alone, but one that only
//! [concludes](crate::Rule::conclude) from what others found: with them, and judged. A rule that
//! [adjusts](crate::Rule::adjust) finds what it adjusts. What stands in a fence named `settings` is put over the rules as if it
//! were `lint.toml`, for the examples after it.

mod run;

use unspin_text::{Markup, Span};

use crate::Finding;

pub use run::{Failure, Outcome, check, raw, run};

/// Length of `raw` after [`unindent`], in bytes.
pub const fn unindented_len(raw: &str) -> usize {
    let bytes = raw.as_bytes();
    let (mut i, mut len) = (0, 0);
    while i < bytes.len() {
        if !(bytes[i] == b' ' && (i == 0 || bytes[i - 1] == b'\n')) {
            len += 1;
        }
        i += 1;
    }
    len
}

/// `raw` without the first space of each line; `LEN` is [`unindented_len`] of it.
pub const fn unindent<const LEN: usize>(raw: &str) -> [u8; LEN] {
    let bytes = raw.as_bytes();
    let mut out = [0; LEN];
    let (mut i, mut len) = (0, 0);
    while i < bytes.len() {
        if !(bytes[i] == b' ' && (i == 0 || bytes[i - 1] == b'\n')) {
            out[len] = bytes[i];
            len += 1;
        }
        i += 1;
    }
    out
}

/// What an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The marked spans are found in it.
    Bad,
    /// What the `bad` example before it becomes.
    Fixed,
    /// What is said of the `bad` example before it.
    Expect,
    /// Nothing is found in it.
    Good,
    /// A whole text: after adjudication the marked spans are found in it.
    Article,
    /// Settings of the examples after it.
    Settings,
}

/// A fence of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it shows.
    pub kind: Kind,
    /// What its text is read as.
    pub markup: Markup,
    /// Its text, marks taken out.
    pub text: String,
    /// The marked spans, in bytes of `text` (the source, where it is marked up).
    pub spans: Vec<Span>,
    /// Line of its opening fence in the page, from 1.
    pub line: usize,
}

/// The first paragraph of a page, on one line.
pub fn summary(page: &str) -> String {
    page.trim()
        .split("\n\n")
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The examples of a page, in order.
pub fn examples(page: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let Some(info) = line.trim().strip_prefix("```") else { continue };
        let (name, markup) = match info.split_once(' ') {
            Some((name, "markdown")) => (name, Markup::Markdown),
            Some((name, "html")) => (name, Markup::Html),
            Some(_) => continue,
            None => (info, Markup::Plain),
        };
        let kind = match name {
            "bad" => Kind::Bad,
            "fixed" => Kind::Fixed,
            "expect" => Kind::Expect,
            "good" => Kind::Good,
            "article" => Kind::Article,
            "settings" => Kind::Settings,
            _ => continue,
        };
        let body: Vec<&str> =
            lines.by_ref().map(|(_, l)| l).take_while(|l| l.trim() != "```").collect();
        let body = body.join("\n");
        let is_marked = matches!(kind, Kind::Bad | Kind::Good | Kind::Article);
        // In settings `[[` begins an override.
        let (text, spans) = if is_marked { unmark(&body) } else { (body, Vec::new()) };
        examples.push(Example { kind, markup, text, spans, line: at + 1 });
    }
    examples
}

/// A text without its marks, and the marked spans.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once("[[") {
        text.push_str(before);
        let Some((inside, after)) = after.split_once("]]") else {
            // It stays in the text, so that it is seen and can be told.
            text.push_str("[[");
            rest = after;
            break;
        };
        let start = text.len() as u32;
        text.push_str(inside);
        spans.push(Span::new(start, text.len() as u32));
        rest = after;
    }
    text.push_str(rest);
    (text, spans)
}

/// `text` after the first fix of each finding; a fix that overlaps one already applied is left out.
pub fn apply(text: &str, findings: &[Finding]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for fix in findings.iter().filter_map(|f| f.fixes.first()) {
        if fix.edits()[0].span.start < at {
            continue;
        }
        for edit in fix.edits() {
            out.push_str(&text[at as usize..edit.span.start as usize]);
            out.push_str(&edit.text);
            at = edit.span.end;
        }
    }
    out.push_str(&text[at as usize..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_become_examples() {
        let page =
            "A fault.\n\n# Examples\n\n```bad\nIt is [[odd]].\n```\n```fixed\nIt is even.\n```\n";
        let found = examples(page);
        assert_eq!(
            found.iter().map(|e| (e.kind, e.text.as_str(), e.line)).collect::<Vec<_>>(),
            [(Kind::Bad, "It is odd.", 5), (Kind::Fixed, "It is even.", 8)]
        );
        assert_eq!(found[0].spans, [Span::new(6, 9)]);
        assert_eq!(summary(page), "A fault.");
    }

    crate::rule! {
        /// A page with a list.
        ///
        ///     indented
        PAGED: "paged" in "tests", Info, min_confidence 0.5, scope Word
    }

    #[test]
    fn a_doc_comment_becomes_the_page_without_its_first_spaces() {
        assert_eq!(PAGED.page, "A page with a list.\n\n    indented\n");
    }
}
