//! Whole articles written for the project: what is found in the reworded ones, and silence on the clean ones.
//!
//! `NAME.txt` is an article; one whose name ends in `_clean` must yield nothing at all, of the others `NAME.findings`
//! holds what is found.

use unspin_lint::{Document, Safety, page};
use unspin_linter::Linter;

use crate::unspin::{expect_file, root, run};

/// Articles about reworded text print such phrases as examples. Those are mentions, which only a whole check knows.
const WITH_MENTIONS: [&str; 2] = ["language_lesson_clean", "tortured_phrases_clean"];

/// `unspin fix` applies safe fixes without a look, so in clean prose no rule may offer one, even to a document that was
/// called reworded by mistake.
#[test]
fn no_rule_has_a_safe_fix_for_clean_prose() {
    let linter = Linter::new();
    let mut checked = 0;
    for path in crate::unspin::files(&root().join("tests/corpus")) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        if !stem.ends_with("_clean") || WITH_MENTIONS.contains(&stem) {
            continue;
        }
        let text = std::fs::read(&path).unwrap();
        let document = Document::new(&text);
        for state in linter.rules().states() {
            for finding in page::raw(state.rule.as_ref(), &document) {
                let safe = finding.fixes.iter().any(|fix| fix.safety == Safety::Safe);
                assert!(!safe, "{stem}: {finding:?}");
            }
        }
        checked += 1;
    }
    assert!(checked >= 3);
}

#[test]
fn articles_yield_what_is_written_beside_them() {
    let corpus = root().join("tests/corpus");
    let mut checked = 0;
    for entry in std::fs::read_dir(&corpus).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let got = run(
            &corpus,
            &["check", "--no-config", "--format", "concise", "--fail-on", "info", name],
            b"",
        );
        if path.file_stem().unwrap().to_str().unwrap().ends_with("_clean") {
            assert_eq!((got.stdout.as_str(), got.code), ("", 0), "{name} is clean");
        } else {
            assert_eq!(got.code, 1, "{name} is reworded");
            expect_file(&path.with_extension("findings"), &got.stdout);
        }
        checked += 1;
    }
    assert!(checked >= 2);
}
