//! The reference page: every pack in it compiles, and does what its examples say.

use std::sync::Arc;

use unspin_lint::{Document, Finding, Markup, Rule, page};
use unspin_packs::{Compiled, Pack, PackFile, PackSource, compile_pack, pack_rules};

const REFERENCE: &str = include_str!("../REFERENCE.md");

/// The TOML fences of the page.
fn packs() -> Vec<&'static str> {
    let fences = REFERENCE.split("\n```toml\n").skip(1);
    fences.filter_map(|rest| rest.split_once("\n```").map(|(toml, _)| toml)).collect()
}

fn rules(toml: &str) -> Vec<Arc<dyn Rule>> {
    let file = PackFile { path: "pack.toml".into(), text: toml.into() };
    let Compiled { table, faults } = compile_pack(&PackSource { files: vec![file] });
    assert!(faults.is_empty(), "{}", faults[0].error.render("REFERENCE.md", toml));
    pack_rules(Pack::from_bytes(table).expect("just written"), "pack.toml")
}

/// A fence of a rule's page: its name, its format, its text without marks, the marked texts.
struct Fence {
    name: String,
    markup: Markup,
    text: String,
    marked: Vec<String>,
}

fn fences(page: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(word) = line.strip_prefix("```") else { continue };
        let (name, markup) = word.split_once(' ').unwrap_or((word, ""));
        let markup = if markup == "markdown" { Markup::Markdown } else { Markup::Plain };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let body = body.join("\n");
        let marked = body.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
        let marked = marked.map(|(text, _)| text.to_owned()).collect();
        let text = body.replace("[[", "").replace("]]", "");
        found.push(Fence { name: name.to_owned(), markup, text, marked });
    }
    found
}

/// What was found, as it stands in the source.
fn texts(document: &Document<'_>, found: &[Finding]) -> Vec<String> {
    let text = |f: &Finding| document.source()[document.in_source(f.span).range()].to_owned();
    found.iter().map(text).collect()
}

/// The source after the first fixes.
fn fixed(document: &Document<'_>, found: &[Finding]) -> String {
    let mut source = document.source().to_owned();
    let fixes = found.iter().filter_map(|finding| finding.fixes.first());
    let edits: Vec<_> = fixes.flat_map(unspin_lint::Fix::edits).collect();
    for edit in edits.into_iter().rev() {
        let (span, text) = document.source_edit(edit.span, &edit.text).expect("no markup inside");
        source.replace_range(span.range(), &text);
    }
    source
}

#[test]
fn every_pack_of_the_reference_passes_its_examples() {
    let packs = packs();
    assert!(packs.len() > 20, "{}", packs.len());
    for toml in packs {
        for rule in rules(toml) {
            let id = &rule.meta().id;
            let mut bad: Option<Fence> = None;
            let fences = fences(&rule.meta().page);
            assert!(fences.iter().any(|fence| fence.name == "good"), "{id}");
            for fence in fences {
                let of = bad.as_ref().filter(|_| fence.name != "bad").unwrap_or(&fence);
                let document = Document::read(of.text.as_bytes(), of.markup);
                let found = page::raw(rule.as_ref(), &document);
                match fence.name.as_str() {
                    "bad" => assert_eq!(texts(&document, &found), fence.marked, "{id}"),
                    "fixed" => assert_eq!(fixed(&document, &found), fence.text, "{id}"),
                    "expect" => {
                        let told: Vec<_> = found
                            .iter()
                            .map(|f| format!("{}: {}", f.severity, f.message))
                            .collect();
                        assert_eq!(told.join("\n"), fence.text, "{id}");
                    }
                    "good" => {
                        let document = Document::read(fence.text.as_bytes(), fence.markup);
                        let found = page::raw(rule.as_ref(), &document);
                        assert_eq!(texts(&document, &found), [""; 0], "{id}");
                    }
                    other => panic!("{id}: the test does not know the fence `{other}`"),
                }
                if fence.name == "bad" {
                    bad = Some(fence);
                }
            }
        }
    }
}

/// Runs the examples of plain text through the harness that runs those of all rules.
#[test]
fn the_examples_are_those_of_the_harness() {
    let toml = packs()[0];
    let rule = &rules(toml)[0];
    let examples = page::examples(&rule.meta().page);
    let kinds: Vec<_> = examples.iter().map(|example| example.kind).collect();
    for kind in [page::Kind::Bad, page::Kind::Fixed, page::Kind::Good] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    let wrong = page::check(&unspin_lint::RuleSet::new([Arc::clone(rule)]), rule.as_ref());
    let wrong: Vec<_> = wrong.iter().filter(|line| !line.contains("at least 2")).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_reference_names_every_kind_formula_and_condition() {
    for name in [
        "existence",
        "substitution",
        "repetition",
        "consistency",
        "occurrence",
        "adjust",
        "capitalization",
        "conditional",
        "metric",
        "sentence-words",
        "paragraph-sentences",
        "paragraph-words",
        "document-words",
        "flesch-reading-ease",
        "flesch-kincaid-grade",
        "gunning-fog",
        "coleman-liau",
        "automated-readability",
        "at-start",
        "except",
        "order",
        "within",
        "lists",
        "sets",
        "summary",
        "min-confidence",
    ] {
        assert!(
            REFERENCE.contains(&format!("`{name}")) || REFERENCE.contains(&format!("rule.{name}]")),
            "{name}"
        );
    }
}
