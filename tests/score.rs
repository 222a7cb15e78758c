//! `unspin score` through the built binary: the verdicts of a check, rows that are bad, and runs that are killed.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::unspin::{Run, folder_with, root, run};

/// Texts of every kind: whole articles, clean and reworded, short ones, HTML, another language, nothing.
fn texts() -> Vec<Value> {
    let read =
        |name: &str| std::fs::read_to_string(root().join("tests/corpus").join(name)).unwrap();
    let (clean, spun) = (read("ferry_clean.txt"), read("ferry_spun.txt"));
    let mut texts = vec![
        json!(spun),
        json!(clean),
        json!("The boats wait withinside the harbour."),
        json!("<p>The boats wait <b>with the aid of</b> using ropes &amp; luck.</p>"),
        json!(
            "\u{feff}Die Boote liegen im Hafen, und der Wind weht seit Tagen aus Norden her über die See."
        ),
        json!(null),
        json!(" \n\t"),
        json!("🚢 The café’s boats wait withinside the harbour, “with the aid of using” ropes."),
    ];
    // Articles made of paragraphs of both, so that no two verdicts are alike.
    let paragraphs: Vec<&str> = spun.split("\n\n").chain(clean.split("\n\n")).collect();
    texts.extend((1..12).map(|step| {
        let own: Vec<&str> = paragraphs.iter().copied().step_by(step).collect();
        json!(own.join("\n\n"))
    }));
    texts
}

fn lines(texts: &[Value]) -> String {
    let rows = texts.iter().enumerate();
    rows.map(|(id, text)| json!({ "id": id, "body": text }).to_string() + "\n").collect()
}

fn score(folder: &Path, args: &[&str]) -> Run {
    run(folder, &[&["score", "--no-config"], args].concat(), b"")
}

fn rows(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn verdicts_and_findings_are_those_of_a_check() {
    let folder = folder_with(&[("in.jsonl", &lines(&texts()))]);
    let args = ["check", "--no-config", "--format", "jsonl", "in.jsonl"];
    let checked = run(folder.path(), &args, b"");
    let scored = score(folder.path(), &["--findings", "in.jsonl"]);
    assert_eq!(scored.code, 0, "{}", scored.stderr);
    let scored = rows(&scored.stdout);
    assert_eq!(scored.len(), texts().len());
    let (mut compared, mut found) = (0, 0);
    for said in rows(&checked.stdout) {
        let entry = said["entry"].as_str().unwrap();
        let line: usize = entry.split(' ').nth(1).unwrap().parse().unwrap();
        let (row, verdict) = (&scored[line - 1], &said["verdict"]);
        for figure in ["score", "rarity", "level", "marks", "reason"] {
            assert_eq!(row[format!("unspin_{figure}")], verdict[figure], "{entry}: {figure}");
        }
        assert_eq!(row["unspin_findings"], said["findings"], "{entry}");
        let findings = said["findings"].as_array().unwrap();
        let mut rules: Vec<&str> = findings.iter().map(|f| f["rule"].as_str().unwrap()).collect();
        rules.sort_unstable();
        rules.dedup();
        assert_eq!(row["unspin_rules"], json!(rules), "{entry}");
        (compared, found) = (compared + 1, found + findings.len());
    }
    let empty = scored.iter().filter(|row| row["unspin_reason"] == "empty").count();
    assert_eq!(compared + empty, scored.len());
    assert!(found > 50 && empty == 2, "{found} findings, {empty} empty");
}

#[test]
fn every_format_of_rows_gives_the_same() {
    let texts: Vec<Value> = texts().into_iter().filter(Value::is_string).collect();
    let all = lines(&texts);
    let quoted = |text: &Value| format!("\"{}\"", text.as_str().unwrap().replace('"', "\"\""));
    let rows_of = texts.iter().enumerate().map(|(id, text)| format!("{id},{}\n", quoted(text)));
    let csv: String = std::iter::once("id,body\n".to_owned()).chain(rows_of).collect();
    let folder = folder_with(&[("in.jsonl", &all), ("in.csv", &csv)]);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(all.as_bytes()).unwrap();
    std::fs::write(folder.path().join("in.jsonl.gz"), gz.finish().unwrap()).unwrap();
    // Nothing but the rows themselves in Parquet: CSV without what was added.
    let verdicts = |name: &str| {
        let got = score(folder.path(), &[name]);
        assert_eq!(got.code, 0, "{}", got.stderr);
        let mut rows = rows(&got.stdout);
        for row in &mut rows {
            row.as_object_mut().unwrap().retain(|name, _| name.starts_with("unspin_"));
        }
        rows
    };
    let of_lines = verdicts("in.jsonl");
    assert_eq!(of_lines.len(), texts.len());
    assert_eq!(verdicts("in.csv"), of_lines);
    assert_eq!(verdicts("in.jsonl.gz"), of_lines);
}

#[test]
fn threads_change_no_byte() {
    let folder = folder_with(&[("in.jsonl", &lines(&texts()))]);
    for out in ["jsonl", "parquet"] {
        let bytes = |threads: &str| {
            let name = format!("{threads}.{out}");
            let got = score(folder.path(), &["in.jsonl", "--threads", threads, "--out", &name]);
            assert_eq!(got.code, 0, "{}", got.stderr);
            std::fs::read(folder.path().join(name)).unwrap()
        };
        assert!(bytes("1") == bytes("8"), "{out}");
    }
}

#[test]
fn bad_rows_are_told_and_kept() {
    let input =
        "{\"body\":\"One.\"}\nno JSON\n\n{\"text\":\"x\"}\n[1]\n{\"body\":7}\n{\"body\":\"Two.\"}";
    let folder = folder_with(&[("in.jsonl", input), ("in.csv", "id,body\n1,One.\n2\n3,Two.\n")]);
    let got = score(folder.path(), &["--text", "body", "in.jsonl"]);
    assert_eq!(got.code, 2);
    let told: Vec<&str> = got.stderr.lines().collect();
    assert_eq!(told[0], "in.jsonl: error: line 2: not a JSON object: one is needed on each line");
    assert!(told[1].starts_with("in.jsonl: error: line 4: there is no `/body`"), "{told:?}");
    assert!(told[2].starts_with("in.jsonl: error: line 5: not a JSON object"), "{told:?}");
    assert!(told[3].starts_with("in.jsonl: error: line 6 /body is a number"), "{told:?}");
    assert!(told[4].ends_with("2 unknown, 4 bad"), "{told:?}");
    let rows_out = rows(&got.stdout);
    assert_eq!(rows_out.len(), 6);
    assert_eq!(rows_out[1]["unspin_row"], "no JSON");
    assert_eq!(rows_out[2]["text"], "x");
    assert_eq!(rows_out[5]["unspin_level"], "unknown");
    let got = score(folder.path(), &["in.csv"]);
    assert_eq!(got.code, 2);
    assert!(got.stderr.starts_with("in.csv: error: row 3: 1 columns where"), "{}", got.stderr);
    let rows_out = rows(&got.stdout);
    assert_eq!((rows_out.len(), &rows_out[1]["id"]), (3, &Value::Null));
}

#[test]
fn what_is_no_table_of_texts_says_so_and_leaves_nothing_behind() {
    let hopeless = "no JSON\n".repeat(150);
    let files = [
        ("hopeless.jsonl", hopeless.as_str()),
        ("taken.jsonl", "{\"body\":\"x\",\"unspin_score\":1}\n"),
        ("no.csv", "id,name\n1,2\n"),
        ("broken.parquet", "PAR1 is not all of it"),
        ("mixed.jsonl", "{\"body\":\"x\",\"a\":1}\n{\"body\":\"x\",\"a\":{\"b\":1}}\n"),
        ("story.txt", "One."),
        ("empty.jsonl", ""),
    ];
    let folder = folder_with(&files);
    let wrong = [
        ("hopeless.jsonl", "o.jsonl", "none of the first"),
        ("taken.jsonl", "o.parquet", "there is a column `unspin_score` already"),
        ("no.csv", "o.jsonl", "there is no field of the usual names"),
        ("broken.parquet", "o.jsonl", "fetch or write the file again"),
        ("mixed.jsonl", "o.parquet", "line 2: a member is an object"),
        ("story.txt", "o.jsonl", "cannot read rows from story.txt"),
        ("gone.jsonl", "o.jsonl", "no such file"),
        ("empty.jsonl", "o.txt", "give it the ending .jsonl or .parquet"),
        ("empty.jsonl", "empty.jsonl", "it would be written over"),
    ];
    let before = std::fs::read_dir(folder.path()).unwrap().count();
    for (from, to, why) in wrong {
        let got = score(folder.path(), &[from, "--out", to]);
        assert_eq!(got.code, 2, "{from}: {}", got.stderr);
        assert!(got.stderr.contains(why), "{from}: {}", got.stderr);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), before, "{from}");
    }
    for out in ["o.jsonl", "o.parquet"] {
        let got = score(folder.path(), &["empty.jsonl", "--out", out]);
        assert_eq!(got.code, 0, "{}", got.stderr);
        assert!(folder.path().join(out).is_file());
    }
}

#[test]
fn a_folder_becomes_a_folder_of_the_same_shape() {
    let texts = texts();
    let (one, two) = (lines(&texts[..3]), lines(&texts[3..5]));
    let folder = folder_with(&[
        ("in/day=1/a.jsonl", &one),
        ("in/day=2/a.jsonl", &two),
        ("in/_SUCCESS.jsonl", "no row"),
        ("in/.hidden/a.jsonl", "no row"),
    ]);
    let got = score(folder.path(), &["in", "--out", "out"]);
    assert_eq!(got.code, 0, "{}", got.stderr);
    assert!(got.stderr.lines().last().unwrap().starts_with("2 files: 5 rows: "), "{}", got.stderr);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(rows(&read("out/day=1/a.jsonl")).len(), 3);
    assert_eq!(read("out/day=2/a.jsonl"), score(folder.path(), &["in/day=2/a.jsonl"]).stdout);
    let got = score(folder.path(), &["in/day=1/a.jsonl", "in/day=2/a.jsonl", "--out", "flat"]);
    assert!(got.stderr.contains("would both be written to"), "{}", got.stderr);
}

/// Rows that are long beside their texts, so that a few make a part.
fn long_rows(count: usize) -> String {
    let texts = texts();
    let padding = "x".repeat(60_000);
    let row = |id: usize| json!({ "id": id, "body": texts[id % texts.len()], "rest": padding });
    (0..count).map(|id| row(id).to_string() + "\n").collect()
}

#[cfg(unix)]
#[test]
fn killed_runs_go_on_to_the_same_bytes() {
    let folder = folder_with(&[("in.jsonl", &long_rows(200))]);
    for out in ["out.jsonl", "out.parquet"] {
        let args = ["score", "--no-config", "--part-size", "1", "in.jsonl", "--out"];
        let whole = format!("whole.{out}");
        let got = run(folder.path(), &[&args[..], &[&whole]].concat(), b"");
        assert_eq!(got.code, 0, "{}", got.stderr);
        let (mut kills, mut resumed) = (0, 0);
        for delay in (0..).map(|n| 40 + n * 37 % 200) {
            let mut child = Command::new(env!("CARGO_BIN_EXE_unspin"))
                .args(args)
                .arg(out)
                .current_dir(folder.path())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            std::thread::sleep(std::time::Duration::from_millis(delay));
            // A run may end before it is killed.
            let _ = child.kill();
            let ended = child.wait_with_output().unwrap();
            resumed +=
                usize::from(String::from_utf8_lossy(&ended.stderr).contains("going on after"));
            if ended.status.success() {
                break;
            }
            kills += 1;
            // It may have been killed when all was done but the folder of parts.
            if let Ok(bytes) = std::fs::read(folder.path().join(out)) {
                assert!(bytes == std::fs::read(folder.path().join(&whole)).unwrap(), "{out}");
            }
        }
        assert!(kills > 0 && resumed > 0, "{kills} kills, {resumed} resumed");
        let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
        assert!(read(out) == read(&whole), "{out} after {kills} kills");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 5, "no parts are left");
}

#[test]
fn of_a_folder_only_what_is_not_done_is_done_again() {
    let (good, texts) = (lines(&texts()[..3]), texts());
    let folder =
        folder_with(&[("in/a.jsonl", &good), ("in/b.jsonl", "no JSON\n".repeat(150).as_str())]);
    let path = |name: &str| folder.path().join(name);
    let got = score(folder.path(), &["in", "--out", "out"]);
    assert_eq!((got.code, path("out/.unspin-score").exists()), (2, true), "{}", got.stderr);
    // What is there as the run left it is not written again; what is not, is.
    let written = |name: &str| std::fs::metadata(path(name)).unwrap().modified().unwrap();
    let before = written("out/a.jsonl");
    std::fs::write(path("in/b.jsonl"), lines(&texts[3..5])).unwrap();
    let got = score(folder.path(), &["in", "--out", "out"]);
    assert_eq!((got.code, path("out/.unspin-score").exists()), (0, false), "{}", got.stderr);
    assert!(got.stderr.lines().last().unwrap().starts_with("2 files: 5 rows: "), "{}", got.stderr);
    assert_eq!(written("out/a.jsonl"), before);
    // All was done, so that the same command does all anew.
    let got = score(folder.path(), &["in", "--out", "out"]);
    assert_eq!(got.code, 0, "{}", got.stderr);
    assert_ne!(written("out/a.jsonl"), before);
}

#[test]
fn a_file_that_breaks_off_keeps_what_was_done() {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    gz.write_all(long_rows(60).as_bytes()).unwrap();
    let whole = gz.finish().unwrap();
    let folder = folder_with(&[]);
    let path = folder.path().join("in.jsonl.gz");
    std::fs::write(&path, &whole[..whole.len() * 2 / 3]).unwrap();
    let args = ["--part-size", "1", "in.jsonl.gz", "--out", "out.jsonl"];
    let got = score(folder.path(), &args);
    assert_eq!(got.code, 2);
    assert!(got.stderr.contains("gzip data is damaged"), "{}", got.stderr);
    assert!(!folder.path().join("out.jsonl").exists());
    assert!(folder.path().join(".out.jsonl.unspin-parts/000000").is_file());
    // The file that was fetched again is another: nothing of the first is taken over.
    std::fs::write(&path, &whole).unwrap();
    let got = score(folder.path(), &args);
    assert_eq!((got.code, got.stderr.contains("going on")), (0, false), "{}", got.stderr);
    let out = std::fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert_eq!(rows(&out).len(), 60);
    assert!(!folder.path().join(".out.jsonl.unspin-parts").exists());
}
