//! What version 0.1.0 wrote and took, this version reads: the promises of `STABILITY.md`. The files and the commands that
//! wrote them are told in `first_version/README.md`; none of them is ever written anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::read_to_string;
use std::path::PathBuf;

use serde_json::Value;

use crate::unspin::{Run, root, run};

/// Rules of the packs and plugins in the folder. What shipped rules find may differ from version to version; what these
/// find may not.
const OWN: [&str; 17] = [
    "base-rule",
    "first-word",
    "heading-case",
    "letter-case",
    "listed-terms",
    "long-words",
    "one-spelling",
    "plain-words",
    "rejected-term",
    "said-twice",
    "too-many",
    "two-stops",
    "unexplained",
    "unused-suppression",
    "which-bank",
    "wordy-phrase",
    "worn-phrase",
];

fn folder() -> PathBuf {
    root().join("tests/first_version")
}

fn unspin(args: &[&str]) -> Run {
    run(&folder(), args, b"")
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e} in\n{text}"))
}

/// A file of the folder, as JSON.
fn first(name: &str) -> Value {
    parse(&read_to_string(folder().join(name)).unwrap())
}

/// The report of today on what `report.json` is of.
fn report() -> Value {
    let paths = ["articles", "articles/none.txt"];
    let got = unspin(&[&["check", "--no-cache", "--format", "json"], &paths[..]].concat());
    assert_eq!(got.code, 2, "a path that is not there: {got:?}");
    parse(&got.stdout)
}

/// Path, entry, rule, text and fixes of what [`OWN`] rules find.
fn found_by_own(report: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in report["files"].as_array().unwrap() {
        for finding in file["findings"].as_array().unwrap() {
            let rule = finding["rule"].as_str().unwrap();
            if OWN.contains(&rule) {
                let (path, entry) = (&file["path"], &file["entry"]);
                let (start, text) = (&finding["start"], &finding["text"]);
                let (severity, fixes) = (&finding["severity"], &finding["fixes"]);
                found.insert(format!("{path} {entry} {start} {severity}[{rule}] {text} {fixes}"));
            }
        }
    }
    found
}

#[test]
fn settings_of_the_first_version_are_taken_without_a_complaint() {
    let rules = unspin(&["rules"]);
    assert_eq!((rules.code, rules.stderr.as_str()), (0, ""));
    for rule in OWN {
        assert!(rules.stdout.contains(rule), "there is no rule {rule}:\n{}", rules.stdout);
    }
    for file in ["articles/harbour.txt", "opinion/a.txt", "archive/b.txt"] {
        let shown = unspin(&["config", "show", file]);
        assert_eq!((shown.code, shown.stderr.as_str()), (0, ""), "{file}");
    }
    // A mistake in settings is a finding in them.
    let settings: Vec<Value> = report()["files"].as_array().unwrap().clone();
    let told = settings.iter().filter(|file| !file["path"].as_str().unwrap().contains("articles/"));
    assert_eq!(told.collect::<Vec<_>>(), Vec::<&Value>::new());
}

#[test]
fn what_settings_of_the_first_version_say_still_holds() {
    let shown = unspin(&["config", "show", "archive/b.txt"]).stdout;
    let settings: toml::Table = shown.parse().unwrap();
    assert_eq!(settings["rules"]["rejected-term"]["severity"].as_str(), Some("off"), "{shown}");
    assert_eq!(settings["rules"]["stitched-text"]["severity"].as_str(), Some("off"), "{shown}");
    assert_eq!(settings["rules"]["first-word"]["least"].as_integer(), Some(7), "{shown}");
    assert_eq!(settings["gate"]["findings"].as_integer(), Some(1_000), "{shown}");
    let explained = unspin(&["check", "--no-cache", "--explain-exit", "articles/wire.jsonl"]);
    assert_eq!(explained.code, 1, "{explained:?}");
    assert!(explained.stderr.contains("`gate.severity = \"error\"`"), "{}", explained.stderr);
}

#[test]
fn packs_of_the_first_version_pass_their_own_examples() {
    for (pack, rules) in [("packs/every_kind.toml", 14), ("packs/house", 4)] {
        let got = unspin(&["test", "--no-cache", "--no-config", pack]);
        assert_eq!((got.code, got.stderr.as_str()), (0, ""), "{}", got.stdout);
        assert!(got.stdout.starts_with(&format!("{rules} rules, ")), "{}", got.stdout);
    }
}

#[test]
fn packs_plugins_and_vocabulary_find_what_they_found() {
    let (then, now) = (found_by_own(&first("report.json")), found_by_own(&report()));
    for rule in OWN {
        assert!(then.iter().any(|found| found.contains(&format!("[{rule}]"))), "{rule}");
    }
    assert_eq!(then, now);
}

#[test]
fn a_plugin_of_the_first_version_explains_itself() {
    let now = explanation();
    let said = now["explain"]["explanations"].as_array().unwrap();
    let own = said.iter().find(|one| one["rule"] == "first-word").expect("of the plugin");
    assert_eq!(own["notes"][0], "nothing else is looked at");
}

fn explanation() -> Value {
    let place = ["--explain", "articles/harbour.txt:3:33"];
    let got = unspin(&[&["check", "--no-cache", "--format", "json"], &place[..]].concat());
    assert_eq!(got.code, 0, "{got:?}");
    parse(&got.stdout)
}

#[test]
fn a_baseline_of_the_first_version_hides_what_it_hid() {
    let args = ["check", "--no-cache", "--format", "json", "--baseline", "news.baseline"];
    let got = unspin(&[&args[..], &["articles"]].concat());
    assert_eq!(got.stderr, "", "no entry is said to be gone");
    let left = found_by_own(&parse(&got.stdout));
    assert_eq!(left, BTreeSet::new());
    let entries = first("news.baseline")["entries"].as_array().unwrap().len();
    assert!(entries > 30, "and it hides much: {entries}");
}

#[test]
fn fingerprints_outlive_the_version() {
    let got = unspin(&["check", "--no-cache", "--format", "gitlab", "articles"]);
    let fingerprints = |report: &Value| -> BTreeMap<String, String> {
        let found = report.as_array().unwrap().iter();
        found
            .filter(|one| OWN.contains(&one["check_name"].as_str().unwrap()))
            .map(|one| (one["fingerprint"].to_string(), one["check_name"].to_string()))
            .collect()
    };
    let (then, now) =
        (fingerprints(&first("report.gitlab.json")), fingerprints(&parse(&got.stdout)));
    assert!(then.len() > 25, "{then:?}");
    assert_eq!(then, now);
}

#[test]
fn reports_have_every_member_that_they_had() {
    for (then, now) in
        [(first("report.json"), report()), (first("explanation.json"), explanation())]
    {
        assert_eq!(then["schema"], now["schema"], "a promise ends: see first_version/README.md");
        let (mut old, mut new) = (BTreeSet::new(), BTreeSet::new());
        members("", &then, &mut old);
        members("", &now, &mut new);
        assert!(old.len() > 50, "{old:?}");
        let gone: Vec<_> = old.difference(&new).collect();
        assert!(gone.is_empty(), "members are gone, or of another type: {gone:?}");
    }
}

/// Every path of members down to a value, with the value's type.
fn members(path: &str, value: &Value, out: &mut BTreeSet<String>) {
    let kind = match value {
        // What may be absent is of the type that it has elsewhere.
        Value::Null => return,
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(items) => {
            for item in items {
                members(&format!("{path}[]"), item, out);
            }
            "list"
        }
        Value::Object(all) => {
            for (key, value) in all {
                members(&format!("{path}.{key}"), value, out);
            }
            "object"
        }
    };
    out.insert(format!("{path}: {kind}"));
}

#[test]
fn every_line_of_jsonl_is_a_member_of_the_report() {
    let got = unspin(&["check", "--no-cache", "--format", "jsonl", "articles"]);
    let lines: Vec<Value> = got.stdout.lines().map(parse).collect();
    assert_eq!(report()["files"], Value::Array(lines));
}

#[test]
fn every_flag_is_still_known() {
    let flags = read_to_string(folder().join("flags.txt")).unwrap();
    let mut helps: BTreeMap<&str, String> = BTreeMap::new();
    for line in flags.lines() {
        let (command, flag) = line.rsplit_once(' ').unwrap();
        let help = helps.entry(command).or_insert_with(|| {
            let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
            unspin(&words).stdout
        });
        let known = help.split([' ', ',', '=', '\n']).any(|word| word == flag);
        assert!(known, "unspin {command} does not know {flag}");
    }
    assert!(helps.len() > 8);
}

#[test]
fn every_format_is_still_written() {
    for format in [
        "text",
        "concise",
        "markdown",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "rdjsonl",
    ] {
        let got = unspin(&["check", "--no-cache", "--format", format, "articles/wire.jsonl"]);
        assert_eq!((got.code, got.stderr.as_str()), (1, ""), "{format}");
        assert!(got.stdout.contains("withinside"), "{format}: {}", got.stdout);
    }
}
