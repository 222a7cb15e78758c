//! Whole outputs of the run in `sample.rs`; `UNSPIN_BLESS=1 cargo test` rewrites them.

use std::fs;
use std::path::Path;

use unspin_report::formats;

use crate::{named, sample};

#[test]
fn the_whole_output_of_each_format_is_what_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ci/snapshots");
    for format in formats() {
        let out = sample::run(&*named(format.name));
        let path = folder.join(format!("{}.out", format.name));
        if std::env::var_os("UNSPIN_BLESS").is_some() {
            fs::write(&path, &out).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(out == expected, "{} is now\n{out}", path.display());
    }
}

#[test]
fn no_output_holds_a_control_character() {
    for format in formats() {
        let out = sample::run(&*named(format.name));
        assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{}", format.name);
    }
}

#[test]
fn every_sample_in_the_guide_stands_in_a_snapshot() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(root.join("FORMATS.md")).unwrap();
    for format in formats() {
        let heading = format!("\n## `{}`", format.name);
        let (_, section) = guide.split_once(&heading).unwrap_or_else(|| panic!("no {heading}"));
        let section = section.split("\n## ").next().unwrap_or_default();
        let (_, sample) = section
            .split_once("\n````text\n")
            .unwrap_or_else(|| panic!("{} has no sample", format.name));
        let (sample, _) = sample.split_once("\n````").expect("the sample ends");
        let path = root.join(format!("tests/ci/snapshots/{}.out", format.name));
        let snapshot = fs::read_to_string(path).unwrap();
        // `...` stands for what is left out.
        let mut rest = snapshot.as_str();
        for part in sample.split("...").map(|part| part.trim_matches('\n')) {
            let at = rest.find(part).unwrap_or_else(|| panic!("{}: no {part}", format.name));
            rest = &rest[at + part.len()..];
        }
    }
}
