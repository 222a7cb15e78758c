//! Files that hold many texts, through the built binary: each finding is told with the entry it stands in. How each
//! format is read, and every hostile form of it, is tested in `crates/containers/tests`.

use serde_json::Value;

use crate::unspin::run;

const DAMAGE: &str = "The boats wait withinside the harbour.";

/// Findings of a file: entry, locator, byte where it starts, what was found.
fn found(name: &str, text: &str, args: &[&str]) -> Vec<(String, Option<String>, u64, String)> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), text).unwrap();
    let args = [&["check", "--no-config", "--format", "json", name], args].concat();
    let got = run(folder.path(), &args, b"");
    let json: Value = serde_json::from_str(&got.stdout).unwrap_or_else(|e| panic!("{e}: {got:?}"));
    assert_eq!(json["errors"], serde_json::json!([]), "{got:?}");
    let mut all = Vec::new();
    for file in json["files"].as_array().unwrap() {
        assert_eq!((&file["path"], &file["offsets"]), (&name.into(), &"entry".into()));
        for finding in file["findings"].as_array().unwrap() {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            all.push((
                text(&file["entry"]).expect("an entry has a name"),
                text(&finding["locator"]),
                finding["start"]["byte"].as_u64().unwrap(),
                text(&finding["text"]).unwrap(),
            ));
        }
    }
    all
}

fn one(
    entry: &str,
    locator: Option<&str>,
    start: u64,
) -> Vec<(String, Option<String>, u64, String)> {
    vec![(entry.into(), locator.map(Into::into), start, "withinside".into())]
}

#[test]
fn records_of_json_lines() {
    let text = format!(
        "{{\"id\": 1, \"body\": \"All is well.\"}}\n{{\"id\": 2, \"body\": \"{DAMAGE}\"}}\n"
    );
    assert_eq!(found("a.jsonl", &text, &[]), one("line 2 /body", None, 15));
    let text = format!("{{\"a\": {{\"b\": [\"x\", \"caf\\u00e9. {DAMAGE}\"]}}}}\n");
    assert_eq!(found("a.jsonl", &text, &["--field", "/a/b/1"]), one("line 1 /a/b/1", None, 22));
}

#[test]
fn rows_of_tables() {
    let text = format!("id,story\n1,All is well.\n2,\"{DAMAGE}\"\n");
    assert_eq!(found("a.csv", &text, &["--field", "story"]), one("row 3 story", None, 15));
    let text = text.replace(',', "\t");
    assert_eq!(found("a.tsv", &text, &["--field", "2"]), one("row 3 story", None, 15));
}

#[test]
fn items_of_feeds_and_stories_of_agencies() {
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>News</title><item><title>Fine</title></item><item><title>Boats</title>\
         <description>&lt;p&gt;{DAMAGE}&lt;/p&gt;</description></item></channel></rss>"
    );
    assert_eq!(found("a.rss", &feed, &[]), one("item[2]/description", None, 18));
    let story = format!(
        "<nitf><body><body.head><hedline><hl1>Boats</hl1></hedline></body.head><body.content><p>All is well.</p>\
         <p>{DAMAGE}</p></body.content></body></nitf>"
    );
    let got = found("a.nitf", &story, &[]);
    assert_eq!(
        (got.len(), got[0].1.as_deref(), got[0].3.as_str()),
        (1, Some("p[2]"), "withinside"),
        "{got:?}"
    );
}

#[test]
fn people_are_told_the_paragraph_too() {
    let folder = tempfile::tempdir().unwrap();
    let story = format!(
        "<nitf><body><body.content><p>All is well.</p><p>{DAMAGE}</p></body.content></body></nitf>"
    );
    std::fs::write(folder.path().join("a.nitf"), story).unwrap();
    for (format, place) in [("concise", "a.nitf (nitf p[2]):"), ("text", "a.nitf (nitf p[2]):")] {
        let got = run(folder.path(), &["check", "--no-config", "--format", format, "."], b"");
        assert!(got.stdout.contains(place), "{got:?}");
    }
}

#[test]
fn a_bad_record_is_told_and_the_others_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{{\"body\": \n{{\"body\": \"{DAMAGE}\"}}\n");
    std::fs::write(folder.path().join("a.jsonl"), text).unwrap();
    let got = run(folder.path(), &["check", "--no-config", "--format", "concise", "."], b"");
    assert_eq!(got.code, 2);
    assert!(
        got.stdout.starts_with("a.jsonl (line 2 /body):1:16: error[cascade-artifact]"),
        "{got:?}"
    );
    assert!(got.stderr.starts_with("a.jsonl: error: line 1: "), "{got:?}");
}

#[test]
fn what_lies_in_a_container_is_not_repaired_and_not_explained() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{{\"body\": \"{DAMAGE}\"}}\n");
    std::fs::write(folder.path().join("a.jsonl"), &text).unwrap();
    let got = run(folder.path(), &["fix", "--unsafe-fixes", "a.jsonl"], b"");
    assert_eq!(got.code, 2);
    assert!(got.stderr.contains("a.jsonl: it holds texts that cannot be edited in it"), "{got:?}");
    assert_eq!(std::fs::read_to_string(folder.path().join("a.jsonl")).unwrap(), text);
    let got = run(folder.path(), &["check", "--explain", "a.jsonl:1"], b"");
    assert_eq!(got.code, 2, "{got:?}");
}

#[test]
fn a_baseline_knows_records_by_what_was_found_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |text: &str| std::fs::write(folder.path().join("a.jsonl"), text).unwrap();
    let check = |args: &[&str]| {
        let all =
            ["check", "--no-config", "--format", "concise", "--quiet", "--baseline", "known", "."];
        run(folder.path(), &[&all, args].concat(), b"")
    };
    let old = format!("{{\"body\": \"{DAMAGE}\"}}\n");
    write(&old);
    assert_eq!(check(&["--update-baseline"]).code, 0);
    // A record that cannot be read takes nothing out of the baseline.
    let taken = std::fs::read(folder.path().join("known")).unwrap();
    write("{\"body\": \n");
    assert_eq!(check(&["--update-baseline"]).code, 2);
    assert_eq!(std::fs::read(folder.path().join("known")).unwrap(), taken);
    write(&format!(
        "{{\"body\": \"Fresh.\"}}\n{{\"body\": \"The week withinside which it rained.\"}}\n{old}"
    ));
    let got = check(&[]);
    assert_eq!(got.stdout.lines().count(), 1, "{got:?}");
    assert!(got.stdout.starts_with("a.jsonl (line 2 /body):1:10: "), "{got:?}");
}

#[test]
fn standard_input_may_be_a_container() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{{\"body\": \"{DAMAGE}\"}}\n");
    let args = ["check", "--no-config", "--format", "concise", "--stdin-filename", "a.jsonl", "-"];
    let got = run(folder.path(), &args, text.as_bytes());
    assert!(got.stdout.starts_with("a.jsonl (line 1 /body):1:16: "), "{got:?}");
    let got = run(
        folder.path(),
        &["fix", "--unsafe-fixes", "--stdin-filename", "a.jsonl", "-"],
        text.as_bytes(),
    );
    assert_eq!((got.code, got.stdout.as_str()), (2, ""), "{got:?}");
}
