//! Fixes that may be applied unseen: whatever stands around a phrase, what comes of it is in order.

use std::collections::BTreeSet;

use unspin_lint::{Finding, Safety, page};
use unspin_packs::RuleSource;
use unspin_text::Document;

/// Places of a phrase: in a sentence, at its start, at its end, between commas, in capitals' company.
const PLACES: [&str; 5] = [
    "Nobody knew why {} boats were late.",
    "{} boats were late.",
    "Nobody knew why boats were {}.",
    "Boats, {}, were late.",
    "Nobody in Leith knew why {} Ellis boats were late.",
];

/// The phrases of all entries of the shipped rules whose fix is safe; `*` becomes a word.
fn safe_phrases() -> Vec<String> {
    let folder = std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).expect("the crate's own folder");
    let paths = folder.map(|entry| entry.expect("readable").path());
    let rules = paths.filter(|p| p.extension().is_some_and(|e| e == "toml"));
    let rules = rules.filter(|p| !p.ends_with("Cargo.toml"));
    let sources = rules.map(|path| {
        RuleSource::parse(&std::fs::read_to_string(path).expect("readable")).expect("compiled")
    });
    let entries = sources.flat_map(|source| source.entries);
    let safe = entries.filter(|entry| entry.safety == Safety::Safe);
    safe.flat_map(|entry| {
        assert_eq!(
            entry.suggestions.len(),
            1,
            "{:?}: one is right, or none is safe",
            entry.pattern
        );
        entry.parsed.phrases().collect::<Vec<_>>()
    })
    .map(|phrase| phrase.replace('*', "cloud"))
    .collect()
}

/// What the rules of the family find, whatever the rest of the text.
fn found(text: &str) -> Vec<Finding> {
    let document = Document::new(text.as_bytes());
    let rules = unspin_rules_phrases::rules();
    let all: Vec<Finding> =
        rules.iter().flat_map(|rule| page::raw(rule.as_ref(), &document)).collect();
    // Of findings of two rules that overlap the longer is reported.
    let length = |finding: &Finding| finding.span.end - finding.span.start;
    let is_within = |a: &Finding, b: &Finding| {
        a.span.start < b.span.end && b.span.start < a.span.end && length(a) < length(b)
    };
    all.iter().filter(|a| !all.iter().any(|b| is_within(a, b))).cloned().collect()
}

fn capitalised(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

#[test]
fn what_a_safe_fix_leaves_is_no_finding_wherever_it_stands() {
    let phrases = safe_phrases();
    assert!(phrases.len() > 500, "{} phrases", phrases.len());
    let mut wrong = BTreeSet::new();
    for phrase in &phrases {
        for place in PLACES {
            let at_start = place.starts_with('{');
            let phrase = if at_start { capitalised(phrase) } else { phrase.clone() };
            // An abbreviation ends its sentence with its own stop.
            let text = place.replace("{}", &phrase).replace("..", ".");
            let findings = found(&text);
            let safeties: Vec<Safety> =
                findings.iter().flat_map(|finding| &finding.fixes).map(|fix| fix.safety).collect();
            let fixed = page::apply(&text, &findings);
            if findings.len() != 1
                || safeties != [Safety::Safe]
                || !found(&fixed).is_empty()
                || !fixed.starts_with(char::is_uppercase)
                || fixed.contains("  ")
            {
                wrong.insert(format!("{text} {safeties:?} became {fixed}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Sentences, what the safe fixes make of them, and `-` where nothing may be changed unseen.
const SENTENCES: &str = include_str!("safe.tsv");

#[test]
fn safe_fixes_read_right_and_what_has_two_remedies_is_left() {
    let (mut count, mut wrong) = (0, Vec::new());
    for line in SENTENCES.lines().filter(|line| !line.starts_with('#')) {
        let (text, expected) = line.split_once('\t').expect(line);
        let mut findings = found(text);
        findings.retain(|finding| finding.fixes.iter().all(|fix| fix.safety == Safety::Safe));
        let fixed = page::apply(text, &findings);
        if fixed != if expected == "-" { text } else { expected } {
            wrong.push(format!("{text} became {fixed}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 100);
}
