//! Where a match is no finding.

mod desk;

use std::ops::Range;
use std::sync::Arc;

use desk::{adjusted, fault, findings, fixed, found, rule};
use unspin_lint::{Context, Document, Expectation, Expected, Markup, RuleSet};

/// A rule about "bank" under a condition of the rule.
fn bank(condition: &str) -> String {
    format!("kind = \"existence\"\n{condition}\n[rule.phrases]\n\"<bank>\" = {{}}")
}

#[test]
fn conditions_of_a_rule_and_of_an_entry_both_hold() {
    let cases: [(&str, &str, &[&str]); 14] = [
        (
            "unless = [\"river <bank>\", \"bank holiday\"]",
            "The river banks, a bank holiday, the bank.",
            &["bank"],
        ),
        ("unless-before = \"river\"", "The river bank and the bank.", &["bank"]),
        ("unless-after = [\"of\", \"-\"]", "The bank of sand, the bank.", &["bank"]),
        ("in-quotes = true", "The bank said: \"The bank is shut.\"", &["bank"]),
        ("in-quotes = false", "A bank said: \"The banks are shut.\"", &["bank"]),
        (
            "near = { any = [\"money\", \"<loan>\"], words = 2 }",
            "Loans of the bank. A bank by the old loan. Their money, bank.",
            &["bank", "bank"],
        ),
        ("near = { any = \"money\", words = 5 }", "The bank.\n\nMoney was short.", &[]),
        ("near = { any = \"bank\", words = 5 }", "The bank.", &[]),
        ("document-contains = [\"<loan>\"]", "The bank.\n\nTwo loans.", &["bank"]),
        ("document-contains = [\"<loan>\"]", "The bank.\n\nTwo gifts.", &[]),
        ("document-lacks = [\"<loan>\"]", "The bank.\n\nTwo loans.", &[]),
        ("document-lacks = [\"<loan>\"]", "The bank.\n\nTwo gifts.", &["bank"]),
        ("in-headings = true", "The bank.", &[]),
        ("language-model = -2", "The bank.", &[]),
    ];
    for (condition, text, expected) in cases {
        assert_eq!(found(&bank(condition), text), expected, "{condition}: {text}");
        let entry = format!("kind = \"existence\"\n[rule.phrases]\n\"<bank>\" = {{ {condition} }}");
        assert_eq!(found(&entry, text), expected, "of the entry: {condition}: {text}");
        let regex =
            format!("kind = \"existence\"\n[rule.regex]\n'\\bbanks?\\b' = {{ {condition} }}");
        assert_eq!(found(&regex, text), expected, "of a regex: {condition}: {text}");
        let adjust = format!(
            "kind = \"adjust\"\nset = \"off\"\n{condition}\n[rule.phrases]\n\"<bank>\" = {{}}"
        );
        assert_eq!(adjusted(&adjust, text).len(), expected.len(), "{condition}: {text}");
    }
    let both = "kind = \"existence\"\nin-quotes = false\n[rule.phrases]\n\"bank\" = { document-contains = \"loan\" }\n\"quay\" = {}";
    assert_eq!(found(both, "A bank, a quay, \"a bank\"."), ["quay"]);
    assert_eq!(found(both, "A bank, a loan, \"a quay\"."), ["bank"]);
}

#[test]
fn headings_are_told_by_the_format() {
    let text = "# The bank\n\nThe banks.";
    let of = |condition| findings(&bank(condition), text, Markup::Markdown);
    let spans = |condition| of(condition).iter().map(|f| f.span.start).collect::<Vec<_>>();
    assert_eq!(spans("in-headings = true"), [4]);
    assert_eq!(spans("in-headings = false").len(), 1);
    assert!(spans("in-headings = false")[0] > 8);
}

#[test]
fn a_shorter_phrase_stands_where_a_longer_one_may_not() {
    let toml = "kind = \"existence\"\n[rule.phrases]\n\"bank\" = {}\n\"bank holiday\" = { in-quotes = true }";
    assert_eq!(found(toml, "A bank holiday."), ["bank"]);
    assert_eq!(found(toml, "\"A bank holiday.\""), ["bank holiday"]);
}

#[test]
fn letter_case_counts_where_the_rule_says_so() {
    let toml = "kind = \"existence\"\n[rule.phrases]\n\"US\" = { match-case = true }\n\"Gulf Stream\" = {}";
    assert_eq!(found(toml, "Let us see the US and the gulf stream."), ["US", "gulf stream"]);
    let fix = "kind = \"substitution\"\n[rule.phrases]\n\"US\" = { suggest = \"U.S.\", match-case = true }";
    assert_eq!(fixed(fix, "The US told us.", Markup::Plain), "The U.S. told us.");
    let all = "kind = \"existence\"\nmatch-case = true\n[rule.phrases]\n\"Gulf Stream\" = {}\n\"US\" = { in-quotes = false }";
    assert_eq!(
        found(all, "Us, US, gulf stream, Gulf\u{a0}Stream, \"US\"."),
        ["US", "Gulf\u{a0}Stream"]
    );
    let lemma = "kind = \"existence\"\nmatch-case = true\n[rule.phrases]\n\"<Go>\" = {}";
    assert_eq!(fault(lemma).0, "`<Go>` is more than words, whose letter case is known");
}

/// Every word is so likely.
struct Flat(i32);

impl Expectation for Flat {
    fn log10_hundredths(&self, cx: &Context<'_>, tokens: Range<usize>) -> Option<i32> {
        assert!(tokens.end <= cx.document().tokens().len() && !tokens.is_empty());
        Some(self.0)
    }
}

#[test]
fn a_language_model_is_asked_where_there_is_one() {
    for (mean, expected) in [(-350, 0), (-400, 0), (-401, 1)] {
        let mut set = RuleSet::new([rule(&bank("language-model = -4.0"))]);
        set.provide(Expected(Arc::new(Flat(mean))));
        let raw = set.run(&Document::new(b"They sat at the bank."));
        assert_eq!(raw.findings.len(), expected, "{mean}");
    }
}

#[test]
fn faults_of_conditions_come_with_a_way_out() {
    for (condition, message, help) in [
        ("in-quotes = \"yes\"", "`in-quotes` must be true or false", ""),
        (
            "near = [\"a\"]",
            "`near` is no table",
            "write `near = { any = [\"bank\", \"money\"], words = 10 }`",
        ),
        (
            "near = { any = \"a\" }",
            "`words` is missing",
            "write `near = { any = [\"bank\", \"money\"], words = 10 }`",
        ),
        ("near = { any = \"a\", words = 1.5 }", "`words` is a whole number up to 1000", ""),
        ("near = { any = \"a\", wrods = 1 }", "unknown key `wrods`", "did you mean `words`?"),
        (
            "unless = [\"*\"]",
            "`*` can match without any word of its own",
            "at least one word must not be optional or `*`",
        ),
        ("unless = [\"a (b\"]", "`(` is never closed", ""),
        ("in-qoutes = true", "unknown key `in-qoutes`", "did you mean `in-quotes`?"),
        (
            "language-model = 4",
            "`language-model` lies between -20 and 0",
            "it is a mean log10 probability: -4.0 means 1 in 10,000 a word",
        ),
        ("document-contains = 3", "a string or an array of strings is needed", ""),
    ] {
        assert_eq!(fault(&bank(condition)), (message.to_owned(), help.to_owned()), "{condition}");
        let entry = format!("kind = \"existence\"\n[rule.phrases]\n\"bank\" = {{ {condition} }}");
        assert_eq!(fault(&entry).0, message, "of the entry: {condition}");
    }
}

#[test]
fn an_ending_alone_is_that_of_the_word_before_it() {
    let toml = "kind = \"existence\"\nunless-after = [\"'s\"]\n[rule.phrases]\n\"quay\" = {}";
    assert_eq!(found(toml, "The quay's end, the quay\u{2019}s lamp, the quay."), ["quay"]);
    let plain = "kind = \"existence\"\n[rule.phrases]\n\"<be> the quay\" = {}";
    assert_eq!(found(plain, "This is the quay's end."), ["is the quay"]);
}
