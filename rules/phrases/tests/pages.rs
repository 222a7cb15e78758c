//! Every rule's page holds, and its file is in normal form.

use std::path::PathBuf;

use unspin_lint::{RuleSet, page};
use unspin_packs::RuleSource;

fn sources() -> Vec<(PathBuf, String)> {
    let folder = std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).expect("the crate's own folder");
    let paths = folder.map(|entry| entry.expect("readable").path());
    paths
        .filter(|p| p.extension().is_some_and(|e| e == "toml") && !p.ends_with("Cargo.toml"))
        .map(|p| (p.clone(), std::fs::read_to_string(p).expect("readable")))
        .collect()
}

#[test]
fn every_page_passes_its_own_examples() {
    let set = RuleSet::new(unspin_rules_phrases::rules());
    let wrong: Vec<String> =
        set.states().flat_map(|state| page::check(&set, state.rule.as_ref())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_is_a_rule() {
    assert_eq!(unspin_rules_phrases::rules().len(), sources().len());
}

#[test]
fn phrases_are_sorted_and_suggest_something_else() {
    for (path, toml) in sources() {
        let source = RuleSource::parse(&toml).expect("compiled by the build script");
        for pair in source.entries.windows(2) {
            assert!(
                pair[0].pattern < pair[1].pattern,
                "{}: {:?} stands before {:?}",
                path.display(),
                pair[0].pattern,
                pair[1].pattern
            );
        }
        for entry in &source.entries {
            let unique: std::collections::BTreeSet<_> = entry.suggestions.iter().collect();
            assert_eq!(
                unique.len(),
                entry.suggestions.len(),
                "{}: {:?} repeats itself",
                path.display(),
                entry.pattern
            );
            assert!(
                !entry.suggestions.contains(&entry.pattern),
                "{}: {:?}",
                path.display(),
                entry.pattern
            );
        }
    }
}
