//! Whole commands and their whole output: every folder of `tests/cli` is a case.
//!
//! `case.toml` holds `args`, the exit status and perhaps `stdin`; `in/` is the folder that the command runs in;
//! `stdout` and `stderr` are what it prints, absent where it prints nothing.

use std::path::Path;

use crate::unspin::{expect_file, root, run};

#[test]
fn every_case_prints_and_exits_as_written() {
    let mut cases: Vec<_> =
        std::fs::read_dir(root().join("tests/cli")).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        check(&case);
    }
}

fn check(case: &Path) {
    let text = std::fs::read_to_string(case.join("case.toml"))
        .unwrap_or_else(|e| panic!("{}: {e}", case.display()));
    let table: toml::Table = text.parse().unwrap_or_else(|e| panic!("{}: {e}", case.display()));
    let args: Vec<&str> =
        table["args"].as_array().unwrap().iter().map(|a| a.as_str().unwrap()).collect();
    let stdin = table.get("stdin").map_or("", |s| s.as_str().unwrap());
    let folder = case.join("in");
    let folder = if folder.is_dir() { folder } else { case.to_owned() };
    let got = run(&folder, &args, stdin.as_bytes());
    expect_file(&case.join("stdout"), &without_versions(&got.stdout));
    expect_file(&case.join("stderr"), &got.stderr);
    let wanted = table["exit"].as_integer().unwrap();
    assert_eq!(
        i64::from(got.code),
        wanted,
        "{}: exit status; stderr: {}",
        case.display(),
        got.stderr
    );
}

/// What changes with every release says nothing about behaviour.
fn without_versions(stdout: &str) -> String {
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let mut text = stdout.replace(&version, "\"version\":\"VERSION\"");
    if let Some(at) = text.find("\"sha256:") {
        let end = at + 1 + text[at + 1..].find('"').expect("a closed string");
        text.replace_range(at + 1..end, "DIGEST");
    }
    text
}
