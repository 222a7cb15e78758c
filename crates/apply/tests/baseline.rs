//! What a baseline keeps known when a text changes, and what it does not.

use proptest::prelude::*;
use unspin_apply::baseline::{Baseline, BaselineError, Draft, relative, worsened};
use unspin_lint::{
    Diagnosis, Diagnostic, Document, Finding, Level, LogOdds, Markup, Severity, Span, Verdict,
};

unspin_lint::rule! {
    /// For tests.
    ///
    /// # Why
    ///
    /// None.
    ///
    /// # Examples
    ///
    /// ```good
    /// None.
    /// ```
    ODD: "odd" in "tests", Warning, min_confidence 0.5, scope Sentence
}

/// What a rule against "withinside" and "sum total" says of a text.
fn diagnosis(text: &str) -> Diagnosis {
    let document = Document::read(text.as_bytes(), Markup::Plain);
    let mut diagnostics = Vec::new();
    for phrase in ["withinside", "sum total", "sum\ntotal"] {
        for (at, _) in document.text().match_indices(phrase) {
            let span = Span::new(at as u32, (at + phrase.len()) as u32);
            let finding = Finding::new(&ODD, span, LogOdds::EVEN, "odd".into());
            diagnostics.push(Diagnostic::new(&document, &finding));
        }
    }
    diagnostics.sort_by_key(|found| found.span);
    Diagnosis { verdict: None, diagnostics }
}

fn judged(text: &str, level: Level) -> Diagnosis {
    let verdict = Verdict {
        level,
        reason: None,
        score: LogOdds::from_probability(0.5),
        rarity: None,
        marks: 0,
        words: 0,
        windows: Vec::new(),
    };
    Diagnosis { verdict: Some(verdict), ..diagnosis(text) }
}

fn taken(texts: &[(&str, Option<&str>, &str)]) -> Baseline {
    let mut draft = Draft::new();
    for (path, locator, text) in texts {
        draft.add(path, *locator, &diagnosis(text));
    }
    draft.finish()
}

/// The sentences of what is left of a text, and how many entries are gone, under a baseline of an older text.
fn new_in<'t>(old: &str, text: &'t str) -> (Vec<&'t str>, u32) {
    let baseline = taken(&[("a.txt", None, old)]);
    let mut now = diagnosis(text);
    let sifted = baseline.file("a.txt", None).sift(&mut now);
    let mut tally = baseline.tally();
    tally.add(&sifted);
    let gone = tally.gone().iter().map(|gone| gone.count).sum();
    (now.diagnostics.iter().map(|found| &text[found.sentence.range()]).collect(), gone)
}

const OLD: &str = "Six boats lay withinside the old harbour of Lerna.\n\nIt rained all day.";

#[test]
fn a_finding_stays_known_when_its_text_moves_or_is_edited_lightly() {
    for text in [
        OLD,
        "It rained all day.\n\nSix boats lay withinside the old harbour of Lerna.",
        "Six boats\nlay   withinside the\nold harbour of Lerna.",
        "News. Six boats lay withinside the old harbour.",
        "Six boats were withinside the old harbour of Lerna.",
        "Two big boats still lay withinside the old harbour of Lerna.",
        "Six boats lay withinside the new harbour of Lerna.",
        "Six boats lay withinside a small harbour of Lerna.",
        "Six ships lay withinside the new harbour of Lerna.",
        "SIX BOATS LAY withinside it.",
        "There lay withinside the walls a bridge.",
        "Lay withinside the old town.",
    ] {
        assert_eq!(new_in(OLD, text), (vec![], 0), "{text}");
    }
}

#[test]
fn the_same_phrase_in_another_place_is_new() {
    let other = "A museum opened withinside its walls.";
    // Beside the old one, before it or after it, and where the old one went.
    assert_eq!(new_in(OLD, &format!("{OLD}\n\n{other}")), (vec![other], 0));
    assert_eq!(new_in(OLD, &format!("{other}\n\n{OLD}")), (vec![other], 0));
    assert_eq!(new_in(OLD, other), (vec![other], 1));
    // One word on each side is the same: enough for a rewritten sentence, not for one that was added.
    let near = "There lay withinside the walls a bridge.";
    assert_eq!(new_in(OLD, &format!("{OLD}\n\n{near}")), (vec![near], 0));
    // Another text is another finding.
    assert_eq!(new_in(OLD, "Six boats lay sum total the old harbour of Lerna.").0.len(), 1);
    assert_eq!(new_in("", OLD).0.len(), 1);
}

#[test]
fn an_entry_stands_for_as_many_findings_as_it_counts() {
    let one = "Six boats lay withinside the old harbour.";
    let twice = format!("{one}\n\n{one}");
    assert_eq!(new_in(one, &twice).0.len(), 1);
    assert_eq!(new_in(&twice, one), (vec![], 1));
    assert_eq!(new_in(&twice, &twice), (vec![], 0));
    // The later one is taken for the new one.
    let mut now = diagnosis(&twice);
    taken(&[("a.txt", None, one)]).file("a.txt", None).sift(&mut now);
    assert!(now.diagnostics[0].span.start as usize > one.len());
}

#[test]
fn the_nearest_match_comes_first() {
    // Both could take the one entry; the edited one shares less.
    let edited = "Six boats were withinside the old harbour of Lerna.";
    let text = format!("{edited}\n\n{OLD}");
    assert_eq!(new_in(OLD, &text), (vec![edited], 0));
    // Each old one has its heir, though the first could take either.
    let old = "We lay withinside the old port.\n\nThey sat withinside the old port.";
    let now = "Now they sat withinside the old port.\n\nHere we lay withinside some other port.";
    assert_eq!(new_in(old, now), (vec![], 0));
}

#[test]
fn thousands_of_equal_and_of_nearly_equal_entries_are_matched() {
    let many = "Six boats lay withinside the old harbour.\n\n".repeat(5000);
    assert_eq!(new_in(&many, &many), (vec![], 0));
    let count = "boat lay withinside the old harbour.\n\n";
    let numbered = |words: &str| {
        let numbered: Vec<_> = (0..5000).map(|i| format!("{words} {i} {count}")).collect();
        numbered.concat()
    };
    assert_eq!(new_in(&numbered("A"), &numbered("The")), (vec![], 0));
    // A baseline says what it likes; nothing is made that many times.
    let line = r#"{"path":"a.txt","rule":"odd","text":"withinside","count":4294967295},"#;
    let text = format!("{{\"schema\":1,\"entries\":[\n{line}\n{line}\nnull]}}");
    let baseline = Baseline::parse(&text).expect("it is well formed");
    let mut now = diagnosis("withinside\n\nwithinside");
    assert_eq!(baseline.file("a.txt", None).sift(&mut now).known, 2);
}

#[test]
fn a_baseline_knows_nothing_of_other_files() {
    let baseline = taken(&[("a.txt", None, OLD)]);
    let mut now = diagnosis(OLD);
    assert_eq!(baseline.file("b.txt", None).sift(&mut now).known, 0);
    assert_eq!(now, diagnosis(OLD));
}

#[test]
fn a_renamed_file_stays_known_and_a_copied_one_does_not() {
    let mut baseline = taken(&[("a.txt", None, OLD), ("c.txt", None, "A sum total of two boats.")]);
    baseline.settle_renames(|path| path != "a.txt");
    let mut now = diagnosis(&format!("A sum total of two boats.\n\n{OLD}"));
    let sifted = baseline.file("b.txt", None).sift(&mut now);
    // Nothing is taken from a file that is still there.
    assert_eq!((sifted.known, now.diagnostics.len()), (1, 1));
    let mut tally = baseline.tally();
    tally.add(&sifted);
    assert_eq!(tally.renamed().collect::<Vec<_>>(), ["a.txt"]);
    assert_eq!(tally.gone(), []);
    // What is gone with its file is gone.
    assert_eq!(baseline.tally().gone()[0].path, "a.txt");
    baseline.settle_renames(|_| true);
    assert_eq!(baseline.file("b.txt", None).sift(&mut diagnosis(OLD)).known, 0);
}

#[test]
fn texts_of_a_container_are_known_when_their_lines_move() {
    let other = "A museum opened withinside its walls.";
    let baseline =
        taken(&[("a.jsonl", Some("line 1 /body"), OLD), ("a.jsonl", Some("line 2 /body"), other)]);
    let mut tally = baseline.tally();
    let fresh = "We sat withinside nothing at all.";
    for (locator, text, known) in
        [("line 1 /body", fresh, 0), ("line 2 /body", OLD, 1), ("line 3 /body", other, 1)]
    {
        let sifted = baseline.file("a.jsonl", Some(locator)).sift(&mut diagnosis(text));
        assert_eq!(sifted.known, known, "{locator}");
        tally.add(&sifted);
    }
    assert_eq!(tally.gone(), []);
    // One that was edited is known by its locator.
    let edited = "Six boats were withinside the old harbour.";
    let sifted = baseline.file("a.jsonl", Some("line 1 /body")).sift(&mut diagnosis(edited));
    assert_eq!(sifted.known, 1);
}

#[test]
fn a_baseline_names_its_files_once_and_says_whether_it_is_empty() {
    let both = taken(&[
        ("b.txt", None, "The boats wait withinside the harbour. They wait withinside the bay."),
        ("a.txt", None, "The nets dry withinside the shed."),
    ]);
    assert_eq!(both.paths().collect::<Vec<_>>(), ["a.txt", "b.txt"]);
    assert!(!both.is_empty());
    let none = taken(&[("a.txt", None, "The nets dry in the shed.")]);
    assert!(none.is_empty(), "{:?}", none.len());
}

#[test]
fn entries_that_no_longer_occur_are_told_of_files_that_were_looked_at() {
    let baseline = taken(&[("a.txt", None, OLD), ("b.txt", None, OLD)]);
    let mut tally = baseline.tally();
    tally.add(&baseline.file("b.txt", None).sift(&mut diagnosis("")));
    let gone = tally.gone();
    assert_eq!(gone.len(), 1);
    assert_eq!(
        (gone[0].path, gone[0].entry.text.as_str(), gone[0].count),
        ("b.txt", "withinside", 1)
    );
    assert_eq!(gone[0].entry.before, "Six boats lay");
}

#[test]
fn an_update_keeps_what_it_did_not_look_at() {
    let old = taken(&[("a.txt", None, OLD), ("b.txt", None, OLD), ("c.txt", None, OLD)]);
    let mut draft = Draft::new();
    draft.add("b.txt", None, &diagnosis(""));
    draft.keep(&old, |path| path != "c.txt");
    assert_eq!(draft.finish(), taken(&[("a.txt", None, OLD)]));
    let mut same = Draft::new();
    same.add("b.txt", None, &diagnosis(OLD));
    same.keep(&old, |_| true);
    assert_eq!(same.finish().to_json(), old.to_json());
}

#[test]
fn a_gate_asks_whether_a_verdict_got_worse() {
    let mut draft = Draft::new();
    for (path, level) in [("c", Level::Clean), ("d", Level::Doubtful), ("r", Level::Reworded)] {
        draft.add(path, None, &judged("", level));
    }
    let baseline = Baseline::parse(&draft.finish().to_json()).expect("it is its own");
    for (path, worse) in [
        ("c", [false, false, true, true]),
        ("d", [false, false, false, true]),
        ("r", [false; 4]),
        ("new", [false, false, true, true]),
    ] {
        for (now, worse) in
            [Level::Unknown, Level::Clean, Level::Doubtful, Level::Reworded].into_iter().zip(worse)
        {
            let mut said = judged("", now);
            let level = baseline.file(path, None).sift(&mut said).level;
            assert_eq!(worsened(now, level), worse, "{path} {now:?}");
            assert_eq!(said, judged("", now), "a baseline hides findings and nothing else");
        }
    }
}

#[test]
fn the_file_is_one_entry_a_line() {
    let mut draft = Draft::new();
    let ferry = judged("Six boats lay withinside.\n\nSum.", Level::Doubtful);
    // A name that would show in another order than it is stored.
    draft.add("news/\u{202e}ferry.txt", None, &ferry);
    draft.add("a.jsonl", Some("line 2 /body"), &diagnosis("sum total\n\nsum\ntotal"));
    let settings = Diagnosis::of_settings(
        "x = 1",
        &[unspin_lint::Problem {
            span: Span::new(0, 1),
            message: "no such key".into(),
            help: None,
        }],
    );
    assert_eq!(settings.diagnostics[0].severity, Severity::Error);
    draft.add("lint.toml", None, &settings);
    let expected = r#"{"schema": 1, "entries": [
{"path":"a.jsonl","entry":"line 2 /body","rule":"odd","text":"sum total","before":"","after":"","count":2},
{"path":"news/\u202eferry.txt","level":"doubtful","score":0.5},
{"path":"news/\u202eferry.txt","rule":"odd","text":"withinside","before":"Six boats lay","after":""},
null
]}
"#;
    assert_eq!(draft.finish().to_json(), expected);
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_line() {
    let parse = |lines: &str| {
        Baseline::parse(&format!("{{\"schema\": 1, \"entries\": [\n{lines}\nnull]}}"))
    };
    let entry = r#"{"path":"a","rule":"odd","text":"x"},"#;
    assert_eq!(
        parse(&format!("{entry}\n<<<<<<< HEAD\n{entry}")),
        Err(BaselineError::Conflict { line: 3 })
    );
    assert_eq!(parse(&format!("{entry}\n=======\n")), Err(BaselineError::Conflict { line: 3 }));
    assert_eq!(
        Baseline::parse("{\"schema\": 2, \"texts\": {}}"),
        Err(BaselineError::Newer { found: 2 })
    );
    for (lines, line, expected) in [
        (r#"{"path":"a","rule":"odd"},"#, 2, "an entry has either"),
        (&format!("{entry}\n{}", r#"{"path":"a","level":"bad","score":1},"#), 3, "unknown variant"),
        (r#"{"path":"a","level":"doubtful","score":7},"#, 2, "from 0 to 1"),
        (r#"{"path":"a","rule":"odd","text":"x","count":0},"#, 2, "nonzero"),
        (&format!("{entry}\n\n,"), 4, "expected value"),
    ] {
        match parse(lines) {
            Err(BaselineError::Malformed { line: at, what, .. }) => {
                assert_eq!(at, line, "{lines}: {what}");
                assert!(what.contains(expected) && !what.contains("at line"), "{lines}: {what}");
            }
            other => panic!("{lines}: {other:?}"),
        }
    }
    for text in ["", "[]", "{}", "{\"schema\": 1}", "<html>"] {
        assert!(matches!(Baseline::parse(text), Err(BaselineError::Malformed { .. })), "{text}");
    }
    let deep = format!("{{\"schema\": 1, \"entries\": {}", "[".repeat(1 << 20));
    assert!(matches!(Baseline::parse(&deep), Err(BaselineError::Malformed { line: 1, .. })));
}

#[test]
fn entries_of_two_branches_are_added_up() {
    let entry = r#"{"path":"a","rule":"odd","text":"x"},"#;
    let level = r#"{"path":"a","level":"reworded","score":0.9},{"path":"a","level":"doubtful","score":0.4},"#;
    let text = format!(
        "\u{feff}{{\"schema\": 1, \"entries\": [\r\n{entry}\r\n{level}\r\n{entry}\r\nnull]}}"
    );
    let merged = Baseline::parse(&text).expect("it is well formed");
    assert_eq!(merged.len(), 2);
    let written = merged.to_json();
    assert!(written.contains(r#""count":2}"#) && written.contains("doubtful"), "{written}");
    assert!(!written.contains("reworded"), "{written}");
}

/// Paragraphs in which the phrases stand among few words, so that many surroundings are alike.
fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "withinside",
        "sum total",
        "boats",
        "the",
        "old",
        "Harbour",
        "lay.",
        "of",
        "Six",
    ]);
    let paragraph = prop::collection::vec(word, 1..9).prop_map(|words| words.join(" "));
    prop::collection::vec(paragraph, 1..12)
}

/// What tells findings apart, in any order.
fn left(diagnosis: &Diagnosis) -> Vec<String> {
    let mut left: Vec<_> = diagnosis.diagnostics.iter().map(Diagnostic::fingerprint).collect();
    left.sort();
    left
}

proptest! {
    #[test]
    fn shuffled_paragraphs_stay_known(
        (old, new) in paragraphs().prop_flat_map(|old| (Just(old.clone()), Just(old).prop_shuffle()))
    ) {
        let new = new.join("\n\n");
        prop_assert_eq!(new_in(&old.join("\n\n"), &new), (vec![], 0));
    }

    #[test]
    fn an_added_paragraph_is_new(old in paragraphs(), at in any::<prop::sample::Index>()) {
        let added = "Museums everywhere opened withinside castles nobody visited.";
        let mut new = old.clone();
        new.insert(at.index(old.len() + 1), added.to_owned());
        let new = new.join("\n\n");
        prop_assert_eq!(new_in(&old.join("\n\n"), &new), (vec![added], 0));
    }

    #[test]
    fn the_order_of_paragraphs_changes_nothing(
        old in paragraphs(),
        (one, other) in paragraphs().prop_flat_map(|new| (Just(new.clone()), Just(new).prop_shuffle()))
    ) {
        let baseline = taken(&[("a", None, &old.join("\n\n"))]);
        let [one, other] = [one, other].map(|new| {
            let mut now = diagnosis(&new.join("\n\n"));
            let known = baseline.file("a", None).sift(&mut now).known;
            (known, left(&now))
        });
        prop_assert_eq!(one, other);
    }

    #[test]
    fn what_is_known_and_what_is_left_add_up(old in paragraphs(), new in paragraphs()) {
        let baseline = taken(&[("a", None, &old.join("\n\n"))]);
        let mut now = diagnosis(&new.join("\n\n"));
        let all = now.diagnostics.len();
        let sifted = baseline.file("a", None).sift(&mut now);
        prop_assert_eq!(sifted.known + now.diagnostics.len(), all);
        let mut tally = baseline.tally();
        tally.add(&sifted);
        let gone: u32 = tally.gone().iter().map(|gone| gone.count).sum();
        prop_assert_eq!(gone as usize + sifted.known, baseline.len());
    }

    #[test]
    fn what_is_written_is_read(texts in prop::collection::vec(("[a-c]", prop::option::of("[x-z]"), ".{0,200}", ".{0,8}"), 0..9)) {
        let mut drafts = [Draft::new(), Draft::new()];
        for (number, (path, locator, text, before)) in texts.iter().enumerate() {
            let mut said = judged("withinside", [Level::Doubtful, Level::Reworded][number % 2]);
            said.diagnostics[0].text.clone_from(text);
            said.diagnostics[0].surroundings[0].clone_from(before);
            drafts[number % 2].add(path, locator.as_deref(), &said);
        }
        let [mut draft, other] = drafts;
        draft.join(other);
        let baseline = draft.finish();
        let written = baseline.to_json();
        let read = Baseline::parse(&written).expect("it is its own");
        prop_assert_eq!(&read, &baseline);
        prop_assert_eq!(read.to_json(), written);
    }

    #[test]
    fn no_text_is_too_odd_to_be_refused(text in "\\PC{0,80}") {
        prop_assert!(Baseline::parse(&text).is_err());
    }
}

#[test]
fn paths_are_written_the_same_on_every_system() {
    let here = std::env::current_dir().expect("tests run somewhere");
    assert_eq!(relative(&here, &here.join("news").join("a b.txt")), "news/a b.txt");
}
