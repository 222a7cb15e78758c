//! The search for originals through the built binary: what it finds in files and in files that hold many texts, what it
//! says where there is nothing to find, and what it does about what it cannot read.

use std::path::Path;

use serde_json::Value;

use crate::unspin::{Run, folder_with, root, run};

const ORIGINAL: &str = "The council of Fernby voted on Tuesday to close the Marsh Lane library after 112 years.\n\n\
    Mayor Anna Holt said the roof alone would cost 40,000 crowns to mend. \"We have put this off for as long as we \
    could,\" she told reporters. Campaigners led by Peter Quill gathered 3,100 signatures against the closure.\n";
const REWORDED: &str = "The board of Fernby voted on Tuesday to shut the Marsh Lane library after 112 years.\n\n\
    Mayor Anna Holt stated the rooftop alone might price forty thousand crowns to repair. \"We have put this off for \
    as long as we could,\" she informed newshounds. Campaigners led through Peter Quill accumulated 3,100 signatures \
    towards the closure.\n";

/// An archive of invented texts: a record a line, the original in the middle, beside a folder of files.
fn archive() -> tempfile::TempDir {
    let record = |text: &str| serde_json::json!({ "body": text }).to_string() + "\n";
    let stories =
        |from: usize, to: usize| (from..to).map(|n| record(&story(n))).collect::<String>();
    let lines = stories(0, 60) + &record(ORIGINAL) + &stories(60, 120);
    let folder = folder_with(&[("old/1.jsonl", &lines), ("reworded.txt", REWORDED)]);
    for name in ["ferry_clean.txt", "ferry_spun.txt", "comedy_clean.txt", "fiction_clean.txt"] {
        let from = root().join("tests/corpus").join(name);
        std::fs::copy(from, folder.path().join("old").join(name)).unwrap();
    }
    folder
}

/// A story like many others: the same kind of words, its own names and numbers.
fn story(n: usize) -> String {
    let town = ["Osk", "Linholt", "Marby", "Tarn", "Wexley"][n % 5];
    format!(
        "The council of {town} voted on Monday to open a school in Mill Street {n}. Mayor Josef Rudd{n} said the roof \
         would cost {} crowns. Parents told reporters that they had waited for {} years.",
        1_000 + 7 * n,
        n % 9 + 2
    )
}

fn search(folder: &Path, args: &[&str]) -> Run {
    run(folder, &[&["compare"], args].concat(), b"")
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let got = search(folder, &[args, &["--format", "json"]].concat());
    serde_json::from_str(&got.stdout).unwrap_or_else(|error| panic!("{error}: {got:?}"))
}

#[test]
fn an_original_is_found_among_records_with_the_reasons() {
    let archive = archive();
    let got = search(archive.path(), &["--search", "old", "reworded.txt"]);
    assert_eq!((got.code, got.stderr.as_str()), (0, ""), "{got:?}");
    let lines: Vec<&str> = got.stdout.lines().collect();
    assert!(
        lines[0].starts_with(" 1 ") && lines[0].ends_with("  old/1.jsonl (line 61 /body)"),
        "{got:?}"
    );
    let names = lines.iter().find(|line| line.contains("names: ")).expect("names are told");
    assert!(names.contains("Marsh Lane") && names.contains("Peter Quill"), "{names}");
    assert!(got.stdout.contains("forty thousand"), "{got:?}");
    assert!(got.stdout.contains("1 quotation: \"We have put this off"), "{got:?}");
    assert_eq!(*lines.last().unwrap(), "searched 125 texts");
    assert!(!got.stdout.contains("\n 2 "), "nothing else is likely: {got:?}");
}

#[test]
fn json_tells_the_same_and_other_texts_only_if_asked_for() {
    let archive = archive();
    let got = json(archive.path(), &["--search", "old", "reworded.txt"]);
    assert_eq!((&got["schema"], &got["errors"]), (&1.into(), &serde_json::json!([])));
    let search = &got["search"];
    assert_eq!((&search["query"], &search["documents"]), (&"reworded.txt".into(), &125.into()));
    let ranked = search["ranked"].as_array().unwrap();
    assert_eq!(ranked.len(), 1);
    assert_eq!(ranked[0]["entry"], "line 61 /body");
    assert_eq!((&ranked[0]["likely"], &ranked[0]["identical"]), (&true.into(), &false.into()));
    assert!(ranked[0]["score"].as_f64().unwrap() > 0.0);
    assert!(ranked[0]["shared"]["numbers"].as_array().unwrap().contains(&"3,100".into()));

    let all =
        json(archive.path(), &["--search", "old", "--unlikely", "--most", "3", "reworded.txt"]);
    let all = all["search"]["ranked"].as_array().unwrap();
    assert_eq!((all.len(), &all[0], &all[2]["likely"]), (3, &ranked[0], &false.into()));
}

#[test]
fn a_real_pair_of_the_corpus_is_found_both_ways() {
    let archive = archive();
    for (query, wanted) in
        [("ferry_spun.txt", "old/ferry_clean.txt"), ("ferry_clean.txt", "old/ferry_spun.txt")]
    {
        let query = format!("old/{query}");
        let got = json(archive.path(), &["--search", "old", &query]);
        let ranked = &got["search"]["ranked"];
        assert_eq!((&ranked[0]["path"], &ranked[0]["identical"]), (&query.into(), &true.into()));
        assert_eq!((&ranked[1]["path"], &ranked[1]["identical"]), (&wanted.into(), &false.into()));
        assert_eq!(ranked.as_array().unwrap().len(), 2);
    }
}

#[test]
fn where_nothing_is_likely_nothing_is_named() {
    let archive = archive();
    std::fs::write(archive.path().join("other.txt"), story(500).replace("council", "board"))
        .unwrap();
    let got = search(archive.path(), &["--search", "old/fiction_clean.txt", "reworded.txt"]);
    assert_eq!(
        (got.stdout.as_str(), got.code),
        ("no likely original among 1 text\n", 1),
        "{got:?}"
    );
    std::fs::create_dir(archive.path().join("empty")).unwrap();
    let got = search(archive.path(), &["--search", "empty", "reworded.txt"]);
    assert_eq!(
        (got.stdout.as_str(), got.code),
        ("no likely original among 0 texts\n", 1),
        "{got:?}"
    );
}

#[test]
fn what_cannot_be_read_is_told_and_the_others_are_ranked() {
    let archive = archive();
    std::fs::write(archive.path().join("old/broken.docx"), "no such thing").unwrap();
    std::fs::write(
        archive.path().join("old/mixed.jsonl"),
        "{\"body\": \"All is well.\"}\nnot json\n",
    )
    .unwrap();
    let args = ["--search", "old", "--search", "gone", "reworded.txt"];
    let got = search(archive.path(), &args);
    assert_eq!(got.code, 2, "{got:?}");
    assert!(
        got.stdout.contains("(line 61 /body)") && got.stdout.contains("searched 126 texts"),
        "{got:?}"
    );
    let told: Vec<&str> = got.stderr.lines().collect();
    for name in ["error: gone: ", "error: old/broken.docx: ", "error: old/mixed.jsonl: "] {
        assert!(told.iter().any(|line| line.starts_with(name)), "{name}: {got:?}");
    }
    assert_eq!(told.len(), 3);
    let got = json(archive.path(), &args);
    assert_eq!(got["errors"].as_array().unwrap().len(), 3);
    assert_eq!(got["errors"][0]["path"], "gone");
}

#[test]
fn a_query_that_is_no_one_text_is_refused() {
    let archive = archive();
    std::fs::write(archive.path().join("empty.txt"), " \n").unwrap();
    for (query, why) in
        [("empty.txt", "no words"), ("gone.txt", "no such file"), ("old/1.jsonl", "several texts")]
    {
        let got = search(archive.path(), &["--search", "old", query]);
        assert_eq!((got.code, got.stdout.as_str()), (2, ""), "{got:?}");
        assert!(got.stderr.contains(why), "{got:?}");
    }
    let got = run(archive.path(), &["compare", "--search", "old", "-"], REWORDED.as_bytes());
    assert!(got.code == 0 && got.stdout.contains("(line 61 /body)"), "{got:?}");
}

#[test]
fn one_thread_and_eight_say_the_same_and_nothing_moves_a_cursor() {
    let archive = archive();
    let hostile = REWORDED.replace("Marsh Lane", "Marsh\u{9b}2J Lane \u{202e}Road");
    std::fs::write(archive.path().join("old/a\u{1b}[2J.txt"), &hostile).unwrap();
    std::fs::write(archive.path().join("hostile.txt"), hostile.replace("closure", "closing"))
        .unwrap();
    let args = ["--search", "old", "hostile.txt", "--unlikely", "--threads"];
    let one = search(archive.path(), &[&args[..], &["1"]].concat());
    assert_eq!(one, search(archive.path(), &[&args[..], &["8"]].concat()));
    assert!(one.stdout.contains("a\u{241b}[2J.txt"), "{one:?}");
    assert!(!one.stdout.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{one:?}");
}
