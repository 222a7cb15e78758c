//! Every shipped rule has a page that tells the truth.

use std::collections::BTreeSet;

use unspin_lint::{RuleState, page};
use unspin_linter::Linter;

/// The rules that find something in a text alone. Those that need an original have pages of another form, which
/// `crates/compare/src/rules.rs` tests.
fn rules(linter: &Linter) -> impl Iterator<Item = &RuleState> {
    linter.rules().states().filter(|state| state.rule.meta().family != "comparison")
}

#[test]
fn every_rule_page_passes_its_own_examples() {
    let linter = Linter::new();
    let wrong: Vec<String> =
        rules(&linter).flat_map(|state| page::check(linter.rules(), state.rule.as_ref())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_are_lower_case_sentences_without_a_final_stop() {
    let linter = Linter::new();
    for state in linter.rules().states() {
        for example in page::examples(&state.rule.meta().page) {
            let document = unspin_lint::Document::new(example.text.as_bytes());
            for finding in page::raw(state.rule.as_ref(), &document) {
                for text in finding.notes.iter().chain([&finding.message]) {
                    assert!(!text.starts_with(char::is_uppercase), "{text}");
                    assert!(!text.ends_with('.') && !text.contains('\n'), "{text}");
                    assert!(!text.to_lowercase().contains("plagiar"), "{text}");
                }
            }
        }
    }
}

#[test]
fn a_rule_lies_in_the_file_that_bears_its_id() {
    let linter = Linter::new();
    let metas: Vec<_> = rules(&linter).map(|s| s.rule.meta().clone()).collect();
    let mut expected = BTreeSet::new();
    for meta in &metas {
        let folder = crate::unspin::root().join("rules").join(meta.family.as_ref());
        let stem = meta.id.replace('-', "_");
        let native = folder.join("src").join(format!("{stem}.rs"));
        let declarative = folder.join(format!("{stem}.toml"));
        assert!(
            native.is_file() != declarative.is_file(),
            "{}: neither or both of {native:?}, {declarative:?}",
            meta.id
        );
        expected.insert(if native.is_file() { native } else { declarative });
    }
    // And the other way about: a file that declares a rule is on its family's list.
    for path in crate::unspin::files(&crate::unspin::root().join("rules")) {
        let is_toml =
            path.extension().is_some_and(|e| e == "toml") && !path.ends_with("Cargo.toml");
        // What a module of tests declares never leaves it.
        let declares = path.extension().is_some_and(|e| e == "rs")
            && !path.ends_with("tests.rs")
            && std::fs::read_to_string(&path).unwrap().lines().any(|l| l.trim_start() == "rule! {");
        if is_toml || declares {
            assert!(expected.contains(&path), "{} is no shipped rule", path.display());
        }
    }
}
