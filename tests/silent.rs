//! Texts that are none of unspin's business, and single damaged phrases in clean ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unspin_lint::{Document, Level};
use unspin_linter::Linter;

use crate::unspin::{expect_file, root};

#[test]
fn other_languages_code_tables_verse_and_dialect_yield_next_to_nothing() {
    let texts = std::fs::read_to_string(root().join("tests/corpus/silent/texts.txt")).unwrap();
    let linter = Linter::new();
    let (mut checked, mut hit, mut loud) = (0, 0, String::new());
    for text in texts.split("\n### ") {
        let (title, body) = text.split_once('\n').unwrap();
        let document = Document::new(body.as_bytes());
        let report = linter.check(&document);
        for finding in &report.findings {
            let _ = writeln!(loud, "{title}: {} {:?}", finding.rule, document.slice(finding.span));
        }
        assert_ne!(report.verdict.level, Level::Reworded, "{title}");
        hit += u32::from(!report.findings.is_empty());
        checked += 1;
    }
    assert!(checked >= 200, "{checked} texts");
    // What is written there is a fault of ours that we know of: a sea voyage in the English of the 1790s.
    assert!(hit <= 1, "{loud}");
    expect_file(&root().join("tests/corpus/silent/loud.txt"), &loud);
}

/// One odd word is never enough, so most single phrases are passed over; the figures say how many are not.
#[test]
fn single_damaged_phrases_are_found_as_often_as_is_written() {
    let table = std::fs::read_to_string(root().join("tests/corpus/inserted.tsv")).unwrap();
    let linter = Linter::new();
    let mut classes: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
    for row in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = row.split('\t');
        let (class, marked) = (columns.next().unwrap(), columns.next().unwrap());
        let start = marked.find("[[").unwrap() as u32;
        let end = marked.find("]]").unwrap() as u32 - 2;
        let text = marked.replace("[[", "").replace("]]", "");
        let report = linter.check(&Document::new(text.as_bytes()));
        let hit = |f: &&unspin_lint::Finding| f.span.start < end && f.span.end > start;
        let counts = classes.entry(class).or_default();
        counts[0] += 1;
        counts[1] += u32::from(report.findings.iter().any(|f| hit(&f)));
        counts[2] += report.findings.iter().filter(|f| !hit(f)).count() as u32;
    }
    let mut out = String::from("class\tpassages\tfound\tfindings elsewhere\n");
    for (class, [all, found, elsewhere]) in &classes {
        let _ = writeln!(out, "{class}\t{all}\t{found}\t{elsewhere}");
    }
    expect_file(&root().join("tests/corpus/inserted.found"), &out);
}
