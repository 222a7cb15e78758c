//! Whole commands and their whole output: every folder of `tests/cli` is a case.
//!
//! `case.toml` holds `args`, the exit status and perhaps `stdin`; `in/` is the folder that the command runs in;
//! `stdout` and `stderr` are what it prints, absent where it prints nothing. A command that repairs runs in a copy of
//! `in/`; `fixed/` holds the files that are different afterwards.

use std::path::{Path, PathBuf};

use crate::unspin::{expect_file, files, root, run};

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
    let repairs = args.contains(&"fix") || args.contains(&"--fix");
    let copy = tempfile::tempdir().unwrap();
    let folder = match folder.is_dir() {
        true if repairs => copy_of(&folder, copy.path()),
        true => folder,
        false => case.to_owned(),
    };
    let got = run(&folder, &args, stdin.as_bytes());
    if repairs && case.join("in").is_dir() {
        expect_fixed(case, &folder);
    }
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

fn copy_of(folder: &Path, to: &Path) -> PathBuf {
    for path in files(folder) {
        let copy = to.join(path.strip_prefix(folder).unwrap());
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        std::fs::copy(&path, copy).unwrap();
    }
    to.to_owned()
}

/// Compares the files of a folder with those of a case, `fixed/` before `in/`.
fn expect_fixed(case: &Path, folder: &Path) {
    let names = |folder: &Path| -> Vec<PathBuf> {
        files(folder).iter().map(|p| p.strip_prefix(folder).unwrap().to_owned()).collect()
    };
    assert_eq!(names(folder), names(&case.join("in")), "{}: files", case.display());
    for name in names(folder) {
        let got = std::fs::read_to_string(folder.join(&name)).unwrap();
        let before = std::fs::read_to_string(case.join("in").join(&name)).unwrap();
        let fixed = case.join("fixed").join(&name);
        if got == before {
            assert!(!fixed.exists(), "{} was not made", fixed.display());
        } else {
            if std::env::var_os("UNSPIN_BLESS").is_some() {
                std::fs::create_dir_all(fixed.parent().unwrap()).unwrap();
            }
            expect_file(&fixed, &got);
        }
    }
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
