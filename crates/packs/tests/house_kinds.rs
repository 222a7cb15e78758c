//! The kinds of rules that a house writes: adjustments, letter case, what a text must explain, numbers, regexes.

mod desk;

use desk::{adjusted, fault, findings, fixed, found, rule};
use unspin_lint::{Markup, Scope, Severity};

#[test]
fn an_adjustment_names_the_rules_and_the_place() {
    let toml = "kind = \"adjust\"\nrules = [\"garbled-word\", \"names\"]\nset = \"info\"\n[rule.phrases]\n\"<moor>\" = {}\n\"slack water\" = {}";
    let text = "The boats moored at slack water.";
    let adjusted = adjusted(toml, text);
    let told: Vec<_> =
        adjusted.iter().map(|a| (a.by.as_ref(), &text[a.span.range()], a.severity)).collect();
    assert_eq!(told, [("r", "moored", Severity::Info), ("r", "slack water", Severity::Info)]);
    assert_eq!(adjusted[0].rules, ["garbled-word", "names"]);
    assert_eq!(found(toml, text), [""; 0], "it reports nothing itself");
}

#[test]
fn capitals_are_as_the_rule_writes_them() {
    let toml = "kind = \"capitalization\"\n[rule.phrases]\n\"iPhone\" = {}\n\"Premier League\" = {}\n\"internet\" = {}";
    for (text, expected) in [
        ("An iphone, an IPhone, two iPhone's.", "An iPhone, an iPhone, two iPhone's."),
        ("IPhone sales rose. iPhone sales fell.", "IPhone sales rose. iPhone sales fell."),
        ("Iphone sales rose.", "iPhone sales rose."),
        (
            "\"Internet use rose,\" the Internet firm said.",
            "\"Internet use rose,\" the internet firm said.",
        ),
        (
            "The premier  League and the premier league.",
            "The Premier League and the Premier League.",
        ),
        ("THE PREMIER LEAGUE IS BACK", "THE PREMIER LEAGUE IS BACK"),
        ("The PREMIER LEAGUE is back.", "The Premier League is back."),
    ] {
        assert_eq!(fixed(toml, text, Markup::Plain), expected);
    }
    let strict = toml.replace("\n[", "\nat-start = false\n[");
    assert_eq!(found(&strict, "Internet use rose."), ["Internet"]);
    assert_eq!(
        findings(toml, "The Internet.", Markup::Plain)[0].message,
        "\"Internet\" is written \"internet\""
    );
    let lemma = "kind = \"capitalization\"\n[rule.phrases]\n\"<Phone>\" = {}";
    assert_eq!(fault(lemma).0, "`<Phone>` is more than words");
}

#[test]
fn headings_take_the_letter_case_of_the_house() {
    let fix = |style: &str, text: &str| {
        let toml = format!(
            "kind = \"capitalization\"\nstyle = \"{style}\"\nexcept = [\"iPhone\", \"Orkney\"]"
        );
        let markdown = format!("# {text}\n\nThe boats of Skye wait.");
        let all = fixed(&toml, &markdown, Markup::Markdown);
        all.lines().next().unwrap_or_default().to_owned()
    };
    for (style, text, expected) in [
        ("sentence", "The Boats of Skye and Orkney Wait", "The boats of Skye and Orkney wait"),
        ("sentence", "the NATO iphone: An Answer", "The NATO iPhone: An answer"),
        ("title", "the boats of skye wait for it", "The Boats of Skye Wait for It"),
        ("title", "what It Is All about", "What it is all About"),
        ("upper", "The boats of Skye's iphone", "THE BOATS OF SKYE'S iPhone"),
        ("lower", "The Boats of Orkney", "the boats of Orkney"),
    ] {
        assert_eq!(fix(style, text), expected, "{style}");
    }
    let toml = "kind = \"capitalization\"\nstyle = \"sentence\"";
    assert_eq!(findings(toml, "The Boats Wait\n", Markup::Plain), [], "plain text has no headings");
    let found = findings(toml, "## The Boats *Wait*\n", Markup::Markdown);
    assert_eq!(found[0].message, "the heading should be written \"The boats wait\"");
    assert_eq!(found[0].fixes[0].edits().len(), 2, "word by word, so that markup stays");
    for (toml, message) in [
        ("kind = \"capitalization\"\nstyle = \"titel\"", "`titel` is no style"),
        (
            "kind = \"capitalization\"\nstyle = \"title\"\n[rule.phrases]\n\"a\" = {}",
            "`phrases` means nothing here",
        ),
        (
            "kind = \"capitalization\"\nstyle = \"title\"\nexcept = [\"two words\"]",
            "`two words` is no word",
        ),
    ] {
        assert_eq!(fault(toml).0, message);
    }
}

#[test]
fn the_first_use_of_an_abbreviation_needs_its_name() {
    let who = "kind = \"conditional\"\n[rule.phrases]\n\"WHO\" = { needs = \"World Health Organization\" }";
    let late = "The WHO said so. The WHO is the World Health Organization.";
    for (text, expected) in [
        ("The World Health Organization (WHO) said so. The WHO left.", 0),
        ("Who said so? Those who know.", 0),
        ("The WHO said so. The WHO left.", 1),
        (late, 1),
    ] {
        assert_eq!(found(who, text).len(), expected, "{text}");
    }
    let anywhere = who.replace("\n[", "\norder = \"anywhere\"\n[");
    assert_eq!(found(&anywhere, late), [""; 0]);
    assert_eq!(findings(who, late, Markup::Plain)[0].span.start, 4);
    assert_eq!(
        findings(who, late, Markup::Plain)[0].message,
        "\"WHO\" lacks what must be said of it first"
    );
    let none = "kind = \"conditional\"\n[rule.phrases]\n\"WHO\" = {}";
    assert_eq!(fault(none).0, "`WHO` needs nothing");
}

#[test]
fn groups_of_two_regexes_must_be_the_same_text() {
    let toml = "kind = \"conditional\"\n[rule.regex]\n'\\b([A-Z]{3,5})\\b' = { needs = '\\(([A-Z]{3,5})\\)' }";
    let text =
        "The World Trade Body (WTB) and the IMF met. The WTB and the IMF left, then the EBRD.";
    assert_eq!(found(toml, text), ["IMF", "EBRD"]);
    assert_eq!(found(toml, "The IMF met. The Fund (IMF) left."), ["IMF"]);
    let bare =
        "kind = \"conditional\"\n[rule.regex]\n'\\b[A-Z]{3}\\b' = { needs = '\\(([A-Z]{3})\\)' }";
    assert_eq!(
        found(bare, "The Fund (IMF) and the EBU and the WTB."),
        [""; 0],
        "nothing to compare"
    );
    let either = "kind = \"conditional\"\n[rule.regex]\n'\\b([A-Z]{3})\\b' = { needs = ['\\(([A-Z]{3})\\)', 'glossary'] }";
    assert_eq!(found(either, "See the glossary. The IMF met."), [""; 0]);
}

#[test]
fn regexes_report_and_suggest() {
    let toml = "kind = \"substitution\"\n[rule.phrases]\n\"mister\" = \"Mr\"\n[rule.regex]\n'(\\d+) ?percent' = \"$1 %\"\n'Mrs?\\. (?<name>\\w+)' = [\"Mx $name\", \"${name}s\"]";
    assert_eq!(
        fixed(toml, "Some 5 percent of it, mister, and 6percent. Mr. Orr left.", Markup::Plain),
        "Some 5 % of it, Mr, and 6 %. Mx Orr left."
    );
    let found_in = findings(toml, "Mrs. Orr left.", Markup::Plain);
    assert_eq!(found_in[0].suggestions().collect::<Vec<_>>(), ["Mx Orr", "Orrs"]);
    assert_eq!(found_in[0].message, "\"Mrs. Orr\" for \"Mx Orr\"");
    let lines = "kind = \"existence\"\n[rule.regex]\n'boat\\s+race' = {}\n'^So\\b' = {}";
    assert_eq!(
        found(lines, "So the boat\n\nrace. So it is.\n\nSo a boat race."),
        ["So", "So", "boat race"]
    );
    let overlap = "kind = \"existence\"\n[rule.phrases]\n\"boat race\" = {}\n[rule.regex]\n'race day' = {}\n'boat' = {}";
    assert_eq!(found(overlap, "A boat race day."), ["boat race"]);
    let counted = "kind = \"occurrence\"\nmax = 1\nscope = \"document\"\n[rule.regex]\n'!' = {}";
    assert_eq!(found(counted, "So! Then! There!"), ["!", "!"]);
    for (regex, message) in [
        ("'(a' = {}", "unclosed group"),
        ("'a*' = {}", "`a*` matches nothing at all"),
        ("'(a{500}){500}' = {}", "the regex is too large when compiled"),
        ("'a' = \"b\"", "a rule of kind `existence` suggests nothing"),
        ("'a' = { match-case = true }", "a regex says its own letter case"),
        ("'a' = { needs = 'b' }", "`needs` means nothing in a rule of kind `existence`"),
    ] {
        assert_eq!(fault(&format!("kind = \"existence\"\n[rule.regex]\n{regex}")).0, message);
    }
    let group = "kind = \"substitution\"\n[rule.regex]\n'(a)' = \"$2\"";
    assert_eq!(fault(group).0, "the regex has no group `2`");
    assert_eq!(
        fault("kind = \"repetition\"\n[rule.regex]\n'a' = {}").0,
        "`regex` means nothing in a rule of kind `repetition`"
    );
}

#[test]
fn a_metric_is_compared_with_its_limits() {
    let metric = |formula: &str, limits: &str| {
        format!("kind = \"metric\"\nformula = \"{formula}\"\n{limits}")
    };
    let text = "One two three four. Five six.\n\nSeven. Eight. Nine.";
    assert_eq!(found(&metric("sentence-words", "max = 3"), text), ["One two three four."]);
    assert_eq!(found(&metric("sentence-words", "min = 2"), text), ["Seven.", "Eight.", "Nine."]);
    assert_eq!(found(&metric("paragraph-sentences", "max = 2"), text), ["Seven. Eight. Nine."]);
    assert_eq!(
        found(&metric("paragraph-words", "max = 5"), text),
        ["One two three four. Five six."]
    );
    assert_eq!(found(&metric("document-words", "max = 8"), text), ["One two three four."]);
    assert_eq!(found(&metric("document-words", "max = 9"), text), [""; 0]);
    let told = findings(&metric("sentence-words", "max = 3"), text, Markup::Plain);
    assert_eq!(told[0].message, "a sentence of 4 words, where the limit is 3");
    let quoted = metric("sentence-words", "max = 1\nin-quotes = false");
    assert_eq!(found(&quoted, "\"So it is.\" Then he left."), ["Then he left."]);
    assert_eq!(rule(&metric("sentence-words", "max = 3")).meta().scope, Scope::Sentence);
    for (toml, message) in [
        (metric("sentence-words", ""), "`max` is missing"),
        (metric("sentence-wrods", "max = 3"), "`sentence-wrods` is no formula"),
        (
            metric("sentence-words", "max = 3\nscope = \"document\""),
            "a rule of kind `metric` sees more than this",
        ),
        (
            metric("sentence-words", "max = 3\nmessage = \"{found}\""),
            "a rule of kind `metric` has no `{found}`",
        ),
        (
            metric("sentence-words", "max = 3\n[rule.phrases]\n\"a\" = {}"),
            "`phrases` means nothing here",
        ),
    ] {
        assert_eq!(fault(&toml).0, message, "{toml}");
    }
}

/// 32 words in 4 sentences, 34 syllables, 115 letters, 1 complex word ("officials"), counted by hand.
const FERRY: &str = "The first boat left the quay at dawn with mail and bread. The wind was cold. \
    Two officials stood on the wall to watch it go. They did not wave at all.";

#[test]
fn readability_is_that_of_the_formulas() {
    for (formula, expected) in [
        ("flesch-reading-ease", 206.835 - 1.015 * 8.0 - 84.6 * 34.0 / 32.0),
        ("flesch-kincaid-grade", 0.39 * 8.0 + 11.8 * 34.0 / 32.0 - 15.59),
        ("gunning-fog", 0.4 * (8.0 + 100.0 / 32.0)),
        ("coleman-liau", 0.0588 * 100.0 * 115.0 / 32.0 - 0.296 * 100.0 * 4.0 / 32.0 - 15.8),
        ("automated-readability", 4.71 * 115.0 / 32.0 + 0.5 * 8.0 - 21.43),
    ] {
        let toml = format!(
            "kind = \"metric\"\nformula = \"{formula}\"\nmin = 900.5\nmessage = \"{{value}} of {{limit}}\""
        );
        let found = findings(&toml, FERRY, Markup::Plain);
        assert_eq!(
            found[0].message,
            format!("{expected:.1} of 900.5").replace(".0 of", " of"),
            "{formula}"
        );
        assert_eq!(
            findings(&toml, "The wind was cold.", Markup::Plain),
            [],
            "too few words to judge"
        );
    }
}

#[test]
fn a_regex_that_also_matches_nothing_reports_what_holds_a_character() {
    let toml = "kind = \"existence\"\n[rule.regex]\n'\\bx*' = {}";
    assert_eq!(found(toml, "A xx ray."), ["xx"]);
}
