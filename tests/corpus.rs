//! Whole articles written for the project: what is found in the reworded ones, and silence on the clean ones.
//!
//! `NAME.txt` is an article; one whose name ends in `_clean` must yield nothing at all, of the others `NAME.findings`
//! holds what is found.

use crate::unspin::{expect_file, root, run};

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
