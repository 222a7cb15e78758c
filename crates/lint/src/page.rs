//! Rule pages: documentation whose fences are the rule's tests.
//!
//! Under *Examples* a page holds fences named `bad` (the marked spans, and only those, are found), `fixed` (the `bad`
//! text before it after its first fixes), `good` (nothing is found) and `article` (a text of 150 words or more, judged
//! as a document). A span is marked `[[so]]`. The rule is run alone, but one that only
//! [concludes](Rule::conclude) from what others found: with them, and judged. What stands in a fence named `settings` is
//! put over the rules as if it were `lint.toml`, for the examples after it.

use std::fmt::Write as _;

use unspin_text::{Document, Span};

use crate::{Finding, Rule, RuleSet, SettingsFile, adjudicate};

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
    /// Its text, marks taken out.
    pub text: String,
    /// The marked spans, in bytes of `text`.
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
        let kind = match line.trim() {
            "```bad" => Kind::Bad,
            "```fixed" => Kind::Fixed,
            "```good" => Kind::Good,
            "```article" => Kind::Article,
            "```settings" => Kind::Settings,
            _ => continue,
        };
        let body: Vec<&str> =
            lines.by_ref().map(|(_, l)| l).take_while(|l| l.trim() != "```").collect();
        let body = body.join("\n");
        // `[[` begins an override there.
        let (text, spans) = if kind == Kind::Settings { (body, vec![]) } else { unmark(&body) };
        examples.push(Example { kind, text, spans, line: at + 1 });
    }
    examples
}

fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once("[[") {
        text.push_str(before);
        let Some((inside, after)) = after.split_once("]]") else {
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

/// Runs every example of a rule's page and checks the page's form. Returns what is wrong, a line or more each.
pub fn check(rules: &RuleSet, rule: &dyn Rule) -> Vec<String> {
    let meta = rule.meta();
    let mut wrong = Vec::new();
    let examples = examples(&meta.page);
    for heading in ["# Why", "# Examples"] {
        if !meta
            .page
            .lines()
            .any(|l| l.trim_start_matches('#').trim() == heading.trim_start_matches("# "))
        {
            wrong.push(format!("{}: the page has no heading \"{heading}\"", meta.id));
        }
    }
    for kind in [Kind::Bad, Kind::Good] {
        let count = examples.iter().filter(|e| e.kind == kind).count();
        if count < 2 {
            wrong.push(format!("{}: {count} {kind:?} examples, at least 2 are needed", meta.id));
        }
    }
    let mut last_bad: Option<&Example> = None;
    let mut rules = rules.clone();
    for example in &examples {
        let place = format!("{}, page line {}", meta.id, example.line);
        if example.kind == Kind::Settings {
            wrong.extend(
                configure(&mut rules, &example.text).map(|what| format!("{place}: {what}")),
            );
            continue;
        }
        let document = Document::new(example.text.as_bytes());
        let mut found = raw_in(&rules, rule, &document);
        match example.kind {
            Kind::Fixed => match last_bad {
                Some(bad) => {
                    let bad_document = Document::new(bad.text.as_bytes());
                    let fixed = apply(&bad.text, &raw_in(&rules, rule, &bad_document));
                    if fixed != example.text {
                        wrong.push(format!(
                            "{place}: the fixes give\n  {fixed:?}, not\n  {:?}",
                            example.text
                        ));
                    }
                }
                None => {
                    wrong.push(format!("{place}: a `fixed` fence without a `bad` one before it"));
                }
            },
            Kind::Article if document.word_count() < 150 => {
                wrong.push(format!(
                    "{place}: an article of {} words, at least 150 are needed",
                    document.word_count()
                ));
            }
            Kind::Article => {
                compare(example, &judged(&rules, rule, &document), &place, &mut wrong);
            }
            Kind::Bad if example.spans.is_empty() => {
                wrong.push(format!("{place}: nothing is marked `[[...]]`"));
            }
            Kind::Bad | Kind::Good | Kind::Settings => {
                if rule.concludes() {
                    found = judged(&rules, rule, &document);
                }
                compare(example, &found, &place, &mut wrong);
            }
        }
        if example.kind == Kind::Bad {
            last_bad = Some(example);
        }
    }
    wrong
}

/// What a rule alone sees, by span.
pub fn raw(rule: &dyn Rule, document: &Document<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    rule.check(&crate::Context::new(document), &mut found);
    found.sort_by_key(|f| f.span);
    found
}

/// What it finds among all `rules`, the document weighed.
fn judged(rules: &RuleSet, rule: &dyn Rule, document: &Document<'_>) -> Vec<Finding> {
    let mut found = adjudicate(document, rules, rules.run(document), None, None).findings;
    found.retain(|f| f.rule == rule.meta().id);
    found
}

/// What a rule alone sees under its settings in a set, by span.
fn raw_in(rules: &RuleSet, rule: &dyn Rule, document: &Document<'_>) -> Vec<Finding> {
    let rule = rules.state(&rule.meta().id).map_or(rule, |state| state.rule.as_ref());
    let mut found = Vec::new();
    rule.check(&rules.context(document), &mut found);
    found.sort_by_key(|f| f.span);
    found
}

/// Puts settings over the rules; what is wrong in them, a line each.
fn configure(rules: &mut RuleSet, text: &str) -> impl Iterator<Item = String> + use<> {
    let (file, problems) = SettingsFile::parse(text, rules, 0);
    let refused = file.settings.apply(rules).into_iter().map(|refused| refused.value);
    problems.into_iter().map(|problem| problem.message).chain(refused)
}

fn compare(example: &Example, found: &[Finding], place: &str, wrong: &mut Vec<String>) {
    let spans: Vec<Span> = found.iter().map(|f| f.span).collect();
    if spans != example.spans {
        let mut line = format!("{place}: expected");
        let list = |line: &mut String, spans: &[Span]| {
            for span in spans {
                let _ = write!(
                    line,
                    " [{}..{} {:?}]",
                    span.start,
                    span.end,
                    &example.text[span.range()]
                );
            }
        };
        list(&mut line, &example.spans);
        line.push_str(", found");
        list(&mut line, &spans);
        wrong.push(line);
    }
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
            [(Kind::Bad, "It is odd.", 5), (Kind::Fixed, "It is even.", 8),]
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
