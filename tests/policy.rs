//! What makes a check fail, and reports in several files, through the built binary.

use std::path::Path;

use crate::unspin::{Run, folder_with, run};

const SPUN: &str = "The boats wait withinside the harbour until noon.\n";
const CLEAN: &str = "The boats wait in the harbour until noon.\n";

fn explain(folder: &Path, args: &[&str]) -> Run {
    let all = ["check", "--no-cache", "--quiet", "--format", "concise", "--explain-exit"];
    run(folder, &[&all, args].concat(), b"")
}

/// Exit status and what is said of it, for a clean and a reworded file under a `lint.toml`.
#[track_caller]
fn expect(settings: &str, args: &[&str], code: i32, said: &str) {
    let folder = folder_with(&[("lint.toml", settings), ("a.txt", CLEAN), ("b/c.txt", SPUN)]);
    let got = explain(folder.path(), &[&["."], args].concat());
    assert_eq!((got.code, got.stderr.as_str()), (code, said), "{settings} {args:?}");
}

#[test]
fn each_line_of_a_policy_can_fail_a_text_and_is_told() {
    let told = |rest: &str| format!("exit status 1\n  b/c.txt: {rest}\n");
    let default =
        told("1 finding of severity warning or above; `gate.severity = \"warning\"` (default)");
    expect("", &[], 1, &default);
    let never = "[gate]\nseverity = \"never\"\n";
    let error =
        told("1 finding of severity error or above; `gate.severity = \"error\"` (lint.toml:2)");
    expect("[gate]\nseverity = \"error\"\n", &[], 1, &error);
    let count = told("1 finding; `gate.findings = 1` (lint.toml:3)");
    expect(&format!("{never}findings = 1\n"), &[], 1, &count);
    let density = told("1 finding in 8 words; `gate.density = 1.0` (lint.toml:3)");
    expect(&format!("{never}density = 1\n"), &[], 1, &density);
    let rules = told(
        "1 finding of them, the first of cascade-artifact; `gate.rules = [\"altered-quotation\", \
         \"phrases\"]` (lint.toml:3)",
    );
    expect(&format!("{never}rules = [\"altered-quotation\", \"phrases\"]\n"), &[], 1, &rules);
}

#[test]
fn where_nothing_fails_the_policy_is_told() {
    expect(
        "[gate]\nseverity = \"never\"\nrules = [\"altered-quotation\"]\nverdict = \"reworded\"\n",
        &[],
        0,
        "exit status 0: no text reaches a line of the policy\n  `gate.rules = [\"altered-quotation\"]` \
         (lint.toml:3)\n  `gate.severity = \"never\"` (lint.toml:2)\n  `gate.verdict = \"reworded\"` \
         (lint.toml:4)\n",
    );
}

#[test]
fn the_command_line_stands_in_the_place_of_the_whole_policy() {
    let policy = "[gate]\nseverity = \"never\"\nfindings = 1\n";
    expect(
        policy,
        &["--fail-on", "never"],
        0,
        "exit status 0: no text reaches a line of the policy\n  `--fail-on never` on the command line\n",
    );
    expect(
        "[gate]\nseverity = \"never\"\n",
        &["--fail-on", "info"],
        1,
        "exit status 1\n  b/c.txt: 1 finding of severity info or above; `--fail-on info` on the command line\n",
    );
}

#[test]
fn a_policy_holds_by_path() {
    let settings = "[gate]\nseverity = \"never\"\n[[override]]\nfiles = \"wire/**\"\ngate.severity = \"error\"\n";
    let folder =
        folder_with(&[("lint.toml", settings), ("desk/a.txt", SPUN), ("wire/b.txt", SPUN)]);
    let got = explain(folder.path(), &["."]);
    assert_eq!(
        (got.code, got.stderr.as_str()),
        (
            1,
            "exit status 1\n  wire/b.txt: 1 finding of severity error or above; `gate.severity = \"error\"` \
             (lint.toml:5, override)\n"
        )
    );
    assert_eq!(explain(folder.path(), &["desk"]).code, 0);
}

#[test]
fn a_verdict_fails_where_the_policy_asks_for_it() {
    let spun =
        std::fs::read_to_string(crate::unspin::root().join("tests/corpus/ferry_spun.txt")).unwrap();
    let clean = std::fs::read_to_string(crate::unspin::root().join("tests/corpus/ferry_clean.txt"))
        .unwrap();
    let settings = "[gate]\nseverity = \"never\"\nverdict = \"reworded\"\n";
    let folder =
        folder_with(&[("lint.toml", settings), ("clean.txt", &clean), ("spun.txt", &spun)]);
    let got = explain(folder.path(), &["."]);
    assert_eq!(got.code, 1);
    assert_eq!(
        got.stderr,
        "exit status 1\n  spun.txt: the verdict is reworded; `gate.verdict = \"reworded\"` (lint.toml:3)\n"
    );
    assert_eq!(explain(folder.path(), &["clean.txt"]).code, 0);
}

#[test]
fn what_cannot_be_checked_is_told_before_any_policy() {
    let folder = folder_with(&[("a.txt", SPUN)]);
    let got = explain(folder.path(), &["a.txt", "gone.txt", "--fail-on", "never"]);
    assert_eq!(got.code, 2);
    assert!(got.stderr.ends_with(
        "exit status 2: something could not be checked\n  `--fail-on never` on the command line\n"
    ), "{got:?}");
}

#[test]
fn a_report_may_go_to_several_files_at_once() {
    let folder = folder_with(&[("a.txt", CLEAN), ("b/c.txt", SPUN)]);
    let of = |args: &[&str]| {
        run(folder.path(), &[&["check", "--no-cache", "a.txt", "b"], args].concat(), b"")
    };
    let got = of(&["--format", "concise", "--output", "json=out.json", "--output", "text=out.txt"]);
    assert_eq!(got.code, 1);
    let written = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    for (format, name) in [("json", "out.json"), ("text", "out.txt")] {
        let alone = of(&["--format", format]);
        assert_eq!(alone.stdout, written(name), "{format}");
    }
    assert_eq!(of(&["--format", "concise"]).stdout, got.stdout);
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(left.len(), 4, "no temporary file is left: {left:?}");
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_anything_is_checked() {
    let folder = folder_with(&[("a.txt", SPUN)]);
    let got = run(folder.path(), &["check", "a.txt", "--output", "json=gone/out.json"], b"");
    assert_eq!((got.code, got.stdout.as_str()), (2, ""));
    assert_eq!(
        got.stderr,
        "error: cannot write gone/out.json: there is no folder gone; make it first\n"
    );
    let got = run(folder.path(), &["check", "a.txt", "--output", "jsn=out.json"], b"");
    assert!(got.code == 2 && got.stderr.contains("jsn"), "{got:?}");
}

#[test]
fn a_report_of_an_earlier_run_is_no_text_and_two_reports_need_two_files() {
    let folder = folder_with(&[("a.txt", SPUN), ("out.md", SPUN)]);
    let of =
        |args: &[&str]| run(folder.path(), &[&["check", "--no-cache", "."], args].concat(), b"");
    let got = of(&["--format", "concise", "--output", "markdown=out.md"]);
    assert_eq!(got.stdout.lines().count(), 1, "{got:?}");
    let got = of(&["--output", "json=x", "--output", "sarif=./x"]);
    assert_eq!((got.code, got.stdout.as_str()), (2, ""));
    assert!(got.stderr.contains("a report cannot go to ./x, which is another report"), "{got:?}");
    let named = ["check", "--no-cache", "a.txt", "--output", "json=./a.txt"];
    let got = run(folder.path(), &named, b"");
    assert_eq!(got.code, 2);
    assert!(got.stderr.contains("which is a text that is checked; name another file"), "{got:?}");
    assert_eq!(std::fs::read_to_string(folder.path().join("a.txt")).unwrap(), SPUN);
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_takes_no_file_away() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..600 {
        std::fs::write(folder.path().join(format!("{number}.txt")), SPUN).unwrap();
    }
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_unspin"))
        .args(["check", "--no-cache", "--output", "json=out.json", "."])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let json = std::fs::read_to_string(folder.path().join("out.json")).unwrap();
    assert!(json.contains("\"summary\":{\"files\":600,"), "{}", json.len());
}

#[cfg(unix)]
#[test]
fn a_report_follows_a_link_and_goes_into_what_is_no_file() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = folder_with(&[("a.txt", SPUN), ("real.json", "old")]);
    std::os::unix::fs::symlink("real.json", folder.path().join("link.json")).unwrap();
    let of = |output: &str| {
        run(folder.path(), &["check", "--no-cache", "--quiet", "a.txt", "--output", output], b"")
    };
    assert_eq!(of("json=link.json").code, 1);
    assert!(folder.path().join("link.json").is_symlink());
    assert!(
        std::fs::read_to_string(folder.path().join("real.json"))
            .unwrap()
            .starts_with("{\"schema\"")
    );
    assert_eq!(of("json=/dev/null").code, 1);
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}
