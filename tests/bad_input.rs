//! Input that is broken, missing or hostile: one clear message, the other files still checked.

use std::path::Path;

use crate::unspin::{Run, run};

const SPUN: &str = "The boats wait withinside the harbour until noon.\n";

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn check(folder: &Path, args: &[&str]) -> Run {
    run(folder, &[&["check", "--no-config", "--format", "concise"], args].concat(), b"")
}

#[track_caller]
fn finds_withinside(run: &Run, file: &str) {
    let found = run
        .stdout
        .lines()
        .any(|l| l.starts_with(&format!("{file}:1:")) && l.contains("withinside"));
    assert!(found, "{file} is still checked:\n{}\n{}", run.stdout, run.stderr);
}

#[test]
fn invalid_utf8_is_named_and_the_rest_of_the_file_checked() {
    let folder = folder_with(&[(
        "a.txt",
        &[b"caf\xe9 and \xff\xfe too. ".as_slice(), SPUN.as_bytes()].concat(),
    )]);
    let got = check(folder.path(), &["a.txt"]);
    finds_withinside(&got, "a.txt");
    assert!(got.stdout.contains("UTF-8"), "{}", got.stdout);
    assert_eq!(got.code, 1);
    let json =
        run(folder.path(), &["check", "--no-config", "--format", "json", "a.txt"], b"").stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let found = &value["files"][0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["rule"] == "cascade-artifact")
        .unwrap()["start"];
    assert_eq!(found["byte"], 32, "bytes are those of the file");
}

#[test]
fn utf16_with_a_mark_is_read() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(SPUN.encode_utf16().flat_map(u16::to_le_bytes));
    let mut big = vec![0xfe, 0xff];
    big.extend(SPUN.encode_utf16().flat_map(u16::to_be_bytes));
    let folder = folder_with(&[("big.txt", &big), ("little.txt", &bytes)]);
    let got = check(folder.path(), &["."]);
    finds_withinside(&got, "big.txt");
    finds_withinside(&got, "little.txt");
    let json = run(folder.path(), &["check", "--no-config", "--format", "json", "."], b"").stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["files"][0]["offsets"], "entry");
}

#[test]
fn what_is_no_text_does_not_pass_for_clean() {
    let unmarked: Vec<u8> = SPUN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = folder_with(&[("a.txt", &unmarked)]);
    let got = check(folder.path(), &["a.txt"]);
    assert!(
        got.stdout.contains("a.txt:1:1: warning[encoding]") && got.stdout.contains("UTF-16"),
        "{}",
        got.stdout
    );
    assert_eq!(got.code, 1);
}

#[test]
fn nuls_empty_files_and_binaries_do_no_harm() {
    let nuls = [b"\0\0".as_slice(), SPUN.as_bytes(), b"\0"].concat();
    let binary: Vec<u8> =
        (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let folder = folder_with(&[("empty.txt", b""), ("nuls.txt", &nuls), ("noise.txt", &binary)]);
    let got = check(folder.path(), &["."]);
    finds_withinside(&got, "nuls.txt");
    assert_eq!(got.code, 1);
    assert!(!got.stdout.contains('\0'));
}

#[test]
fn missing_and_unreadable_paths_are_errors_and_the_others_are_checked() {
    let folder = folder_with(&[("a.txt", SPUN.as_bytes())]);
    let got = check(folder.path(), &["missing.txt", "a.txt", "none*.txt"]);
    finds_withinside(&got, "a.txt");
    assert_eq!(got.code, 2);
    assert!(got.stderr.contains("missing.txt: error: no such file or folder"), "{}", got.stderr);
    assert!(got.stderr.contains("none*.txt: error: no file matches"), "{}", got.stderr);
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_named_and_traps_nothing() {
    use std::os::unix::fs::symlink;
    let folder = folder_with(&[("a.txt", SPUN.as_bytes()), ("sub/b.txt", SPUN.as_bytes())]);
    symlink("loop.txt", folder.path().join("loop.txt")).unwrap();
    symlink("..", folder.path().join("sub/up")).unwrap();
    let got = check(folder.path(), &["."]);
    finds_withinside(&got, "a.txt");
    finds_withinside(&got, "sub/b.txt");
    assert_eq!(got.stdout.lines().count(), 2, "no file is checked twice: {}", got.stdout);
    assert!(
        got.stderr.contains("loop.txt: error: the link leads back to itself"),
        "{}",
        got.stderr
    );
    assert_eq!(got.code, 2);
}

#[cfg(unix)]
#[test]
fn a_file_without_read_permission_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder_with(&[("a.txt", SPUN.as_bytes()), ("secret.txt", SPUN.as_bytes())]);
    let secret = folder.path().join("secret.txt");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&secret).is_ok() {
        return; // This user reads every file, so there is nothing to see.
    }
    let got = check(folder.path(), &["."]);
    finds_withinside(&got, "a.txt");
    assert!(got.stderr.contains("secret.txt: error: permission denied"), "{}", got.stderr);
    assert_eq!(got.code, 2);
}

#[test]
fn nothing_that_could_drive_a_terminal_is_printed_raw() {
    let evil = "\u{1b}[31m The boats \u{9b}2J wait withinside the \u{202e}harbour.\u{7}\n";
    let folder = folder_with(&[("a\u{1b}[2J.txt", evil.as_bytes())]);
    for format in ["text", "concise", "json"] {
        let got = run(folder.path(), &["check", "--no-config", "--format", format, "."], b"");
        assert!(got.stdout.contains("withinside"), "{format}");
        let raw = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!got.stdout.chars().any(raw), "{format}: {:?}", got.stdout);
        let got = run(folder.path(), &["check", "\u{1b}]0;x\u{7}.txt"], b"");
        assert!(!got.stderr.chars().any(raw), "{:?}", got.stderr);
    }
}

#[test]
fn wrong_settings_are_pointed_at_in_lint_toml_and_files_still_checked() {
    let settings = b"[rules.cascade-artefact]\nseverity = \"off\"\n".as_slice();
    let folder = folder_with(&[("a/b/c.txt", SPUN.as_bytes()), ("a/lint.toml", settings)]);
    let got = run(folder.path(), &["check", "--format", "concise", "a/b/c.txt"], b"");
    finds_withinside(&got, "a/b/c.txt");
    let line = got
        .stdout
        .lines()
        .find(|l| l.starts_with("a/lint.toml:1:8:"))
        .unwrap_or_else(|| panic!("{}", got.stdout));
    assert!(line.contains("did you mean `cascade-artifact`?"), "{line}");
    assert_eq!(got.code, 1);
}

#[test]
fn the_nearest_settings_upward_from_the_file_govern_it() {
    let off = b"[rules.cascade-artifact]\nseverity = \"off\"\n".as_slice();
    let info = b"[rules.cascade-artifact]\nseverity = \"info\"\n".as_slice();
    let files = [
        ("a/lint.toml", off),
        ("a/x.txt", SPUN.as_bytes()),
        ("b/c/x.txt", SPUN.as_bytes()),
        ("b/lint.toml", info),
    ];
    let folder = folder_with(&files);
    let got = run(folder.path(), &["check", "--format", "concise", "."], b"");
    assert_eq!(got.stdout.lines().count(), 1, "{}", got.stdout);
    assert!(
        got.stdout.starts_with("b/c/x.txt:1:") && got.stdout.contains("info[cascade-artifact]"),
        "{}",
        got.stdout
    );
    assert_eq!(got.code, 0);
    let bare = run(folder.path(), &["check", "--format", "concise", "--no-config", "."], b"");
    assert_eq!((bare.stdout.lines().count(), bare.code), (2, 1));
}

#[test]
fn a_long_line_is_shown_in_part() {
    let line = format!(
        "{}withinside the harbour {}",
        "the boats wait and ".repeat(60_000),
        "and wait again ".repeat(60_000)
    );
    let folder = folder_with(&[("a.txt", line.as_bytes())]);
    let got = run(folder.path(), &["check", "--no-config", "--color", "never", "a.txt"], b"");
    assert!(got.stdout.contains("withinside"));
    assert!(got.stdout.lines().all(|l| l.chars().count() < 200), "lines fit a terminal");
    assert!(got.stdout.contains("a.txt:1:1140001"), "the column is the true one: {}", got.stdout);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..3_000 {
        std::fs::write(folder.path().join(format!("{i}.txt")), SPUN).unwrap();
    }
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_unspin"))
        .args(["check", "--no-config", "."])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_ne!(output.status.code(), Some(2));
}

#[test]
fn the_folder_that_the_command_runs_in_governs_nothing() {
    let off = b"[rules.cascade-artifact]\nseverity = \"off\"\n".as_slice();
    let folder = folder_with(&[("a.txt", SPUN.as_bytes()), ("sub/lint.toml", off)]);
    let inside = folder.path().join("sub");
    for path in ["../a.txt", "../sub/../a.txt", "../*.txt"] {
        let got = run(&inside, &["check", "--format", "concise", path], b"");
        assert_eq!((got.stdout.lines().count(), got.code), (1, 1), "{path}: {}", got.stderr);
    }
}

#[test]
fn a_file_named_in_several_ways_is_checked_once() {
    let folder = folder_with(&[("a.txt", SPUN.as_bytes())]);
    let got = check(folder.path(), &["a.txt", "./a.txt", "./*.txt", "."]);
    assert_eq!((got.stdout.lines().count(), got.stderr.as_str()), (1, ""), "{}", got.stdout);
}

#[cfg(unix)]
#[test]
fn settings_that_are_linked_to_nowhere_are_told() {
    let folder = folder_with(&[("a.txt", SPUN.as_bytes())]);
    std::os::unix::fs::symlink("gone.toml", folder.path().join("lint.toml")).unwrap();
    let got = run(folder.path(), &["check", "--format", "concise", "a.txt"], b"");
    finds_withinside(&got, "a.txt");
    assert!(got.stderr.contains("lint.toml: error: there is no such file"), "{}", got.stderr);
    assert_eq!(got.code, 2);
}

#[test]
fn a_text_too_long_to_compare_is_refused_before_the_work() {
    let long = SPUN.repeat((16 << 20) / SPUN.len() + 1);
    let folder = folder_with(&[("long.txt", long.as_bytes()), ("a.txt", SPUN.as_bytes())]);
    for texts in [["long.txt", "a.txt"], ["a.txt", "long.txt"]] {
        let got = run(folder.path(), &["compare", texts[0], texts[1]], b"");
        assert_eq!((got.code, got.stdout.as_str()), (2, ""));
        let why = "error: long.txt: its text has more than 16 MiB; compare a part of it\n";
        assert_eq!(got.stderr, why);
    }
}
