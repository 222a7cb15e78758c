//! The reference page: every pack in it compiles, and does what its examples say.

use std::sync::Arc;

use unspin_lint::{Rule, RuleSet, page};
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

#[test]
fn every_pack_of_the_reference_passes_its_examples() {
    let packs = packs();
    assert!(packs.len() > 20, "{}", packs.len());
    for toml in packs {
        for rule in rules(toml) {
            let id = &rule.meta().id;
            let outcome = page::run(&RuleSet::new([Arc::clone(&rule)]), rule.as_ref());
            assert!(outcome.examples > 0, "{id}: {outcome:?}");
            let wrong: Vec<String> = outcome.failures.iter().map(ToString::to_string).collect();
            assert!(wrong.is_empty(), "{id}: {}", wrong.join("\n"));
        }
    }
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
