//! A desk with old findings, and a change that brings one more: only the new one fails the check. Run with a real git,
//! skipped where there is none.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::unspin::{Run, run};

/// Old damage that nobody will mend today.
const OLD: &str = "The boats wait withinside the harbour until noon.\n\nThe nets are dried with the aid of using the \
                   wind, and every crew pays for it.\n\nIt rained all day.\n";
/// What the change brings.
const NEW: &str = "The new pier was opened withinside the week.\n";

/// Whether there is a git; says so where there is none.
pub(crate) fn has_git() -> bool {
    let found = Command::new("git").arg("--version").output().is_ok_and(|out| out.status.success());
    if !found {
        // Past the harness, which keeps what tests print.
        let _ = writeln!(std::io::stderr(), "skipped: there is no git here");
    }
    found
}

/// Runs git as somebody without settings; it must succeed.
pub(crate) fn git(folder: &Path, args: &[&str]) {
    let out = Command::new("git")
        .args([
            "-c",
            "user.name=Desk",
            "-c",
            "user.email=desk@example.org",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(args)
        .current_dir(folder)
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn check(folder: &Path, args: &[&str]) -> Run {
    run(folder, &[&["check", "--format", "concise", "--no-cache", "--quiet"], args].concat(), b"")
}

/// A repository with old findings, committed.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("ferry.txt", OLD);
    write("storm.txt", "The storm stayed withinside the bay.\n");
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "Old pages"]);
    folder
}

/// Puts a new paragraph above the old ones and moves those, so that no line stays where it was.
fn change(folder: &Path) {
    let mut paragraphs: Vec<&str> = OLD.split("\n\n").collect();
    paragraphs.rotate_left(1);
    let text = format!("{NEW}\n{}\n", paragraphs.join("\n\n"));
    std::fs::write(folder.join("ferry.txt"), text).unwrap();
}

const ONLY_NEW: &str = "ferry.txt:1:25: error[cascade-artifact] \"withinside\" is what automatic word replacement \
                        leaves of \"in\" (fix: \"in\")\n";

#[test]
fn with_a_baseline_only_what_is_new_fails() {
    let folder = desk();
    let folder = folder.path();
    let baseline = ["--baseline", "news.baseline", "."];
    let missing = check(folder, &baseline);
    assert_eq!(missing.code, 2);
    assert!(
        missing.stderr.contains("there is no baseline news.baseline; --update-baseline takes one")
    );

    let taken = check(folder, &["--baseline", "news.baseline", "--update-baseline", "."]);
    assert_eq!((taken.code, taken.stdout.as_str()), (0, ""), "{taken:?}");
    let kept = std::fs::read(folder.join("news.baseline")).unwrap();
    assert_eq!(check(folder, &baseline).code, 0);

    change(folder);
    let got = check(folder, &baseline);
    assert_eq!((got.code, got.stdout.as_str()), (1, ONLY_NEW), "{got:?}");
    let alone = check(folder, &["."]);
    assert_eq!(alone.stdout.lines().count(), 4, "the others are still there: {alone:?}");

    // Old damage that is mended is told, and does no harm.
    std::fs::write(folder.join("storm.txt"), "The storm stayed in the bay.\n").unwrap();
    let args = ["check", "--format", "concise", "--baseline", "news.baseline", "storm.txt"];
    let got = run(folder, &args, b"");
    assert_eq!(got.code, 0);
    assert_eq!(
        got.stderr,
        "news.baseline: 1 entry no longer occurs; --update-baseline takes it out\n  storm.txt: \
         cascade-artifact \"withinside\"\n"
    );
    let updated = check(folder, &["--baseline", "news.baseline", "--update-baseline", "."]);
    assert_eq!(updated.code, 0);
    assert_ne!(std::fs::read(folder.join("news.baseline")).unwrap(), kept);
    assert_eq!(check(folder, &baseline).code, 0);
}

#[test]
fn with_since_only_changed_sentences_fail() {
    if !has_git() {
        return;
    }
    let folder = desk();
    let folder = folder.path();
    assert_eq!(check(folder, &["--since", "HEAD", "."]).code, 0);
    let text = format!("{OLD}\n{NEW}");
    std::fs::write(folder.join("ferry.txt"), text).unwrap();
    std::fs::write(folder.join("fresh.txt"), "A fresh page lies withinside the tray.\n").unwrap();
    let got = check(folder, &["--since", "HEAD", "."]);
    let places: Vec<_> =
        got.stdout.lines().map(|line| line.split(" error").next().unwrap()).collect();
    assert_eq!(places, ["ferry.txt:7:25:", "fresh.txt:1:19:"], "{got:?}");
    assert_eq!(got.code, 1);
    // On a branch, since it left the main one.
    git(folder, &["checkout", "-q", "-b", "story"]);
    git(folder, &["commit", "-q", "-a", "-m", "A story"]);
    assert_eq!(check(folder, &["--since", "main...", "ferry.txt"]).stdout.lines().count(), 1);
    let wrong = check(folder, &["--since", "gone", "."]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
}

#[test]
fn what_is_staged_is_looked_at_as_it_would_be_committed() {
    if !has_git() {
        return;
    }
    let folder = desk();
    let folder = folder.path();
    change(folder);
    assert_eq!(check(folder, &["--changed", "."]).code, 0, "nothing is staged");
    git(folder, &["add", "ferry.txt"]);
    // The file goes on; what is staged does not.
    std::fs::write(folder.join("ferry.txt"), "All is well.\n").unwrap();
    let got = check(folder, &["--changed", "."]);
    assert!(got.stdout.starts_with(ONLY_NEW), "{got:?}");
    assert_eq!(got.code, 1);
}

#[test]
fn a_verdict_fails_only_where_it_became_worse() {
    let corpus = crate::unspin::root().join("tests/corpus");
    let read = |name: &str| std::fs::read_to_string(corpus.join(name)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(
        folder.join("lint.toml"),
        "[gate]\nseverity = \"never\"\nverdict = \"reworded\"\n",
    )
    .unwrap();
    std::fs::write(folder.join("a.txt"), read("ferry_spun.txt")).unwrap();
    std::fs::write(folder.join("b.txt"), read("ferry_clean.txt")).unwrap();
    assert_eq!(check(folder, &["."]).code, 1);
    assert_eq!(check(folder, &["--baseline", "known", "--update-baseline", "."]).code, 0);
    assert_eq!(check(folder, &["--baseline", "known", "."]).code, 0, "it was known to be so");
    std::fs::write(folder.join("b.txt"), read("ferry_spun.txt")).unwrap();
    let got = check(folder, &["--baseline", "known", "--explain-exit", "."]);
    assert_eq!(got.code, 1);
    assert!(got.stderr.starts_with("exit status 1\n  b.txt: the verdict is reworded"), "{got:?}");
}

#[cfg(unix)]
#[test]
fn what_has_no_plain_name_is_not_passed_over() {
    use std::os::unix::ffi::OsStrExt as _;
    if !has_git() {
        return;
    }
    let folder = desk();
    let folder = folder.path();
    // Staged and removed since: a commit would hold it.
    std::fs::write(folder.join("gone.txt"), NEW).unwrap();
    // No Unicode, and a repository within this one.
    let odd = folder.join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt"));
    std::fs::write(&odd, NEW).unwrap();
    std::fs::create_dir(folder.join("inner")).unwrap();
    git(&folder.join("inner"), &["init", "-q"]);
    std::fs::write(folder.join("inner/fresh.txt"), NEW).unwrap();
    let since = check(folder, &["--since", "HEAD", "."]);
    assert_eq!((since.stdout.lines().count(), since.code), (3, 1), "{since:?}");

    git(folder, &["add", "gone.txt", "caf*"]);
    std::fs::remove_file(folder.join("gone.txt")).unwrap();
    let staged = check(folder, &["--changed"]);
    let names: Vec<_> = staged.stdout.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(names, ["caf\u{fffd}.txt", "gone.txt"], "{staged:?}");
    assert_eq!(check(folder, &["--changed", "gone.txt"]).code, 1);

    // A baseline says nothing of a name that it cannot write.
    let update = check(folder, &["--baseline", "known", "--update-baseline", "."]);
    assert_eq!((update.stdout.lines().count(), update.code), (1, 1), "{update:?}");
    let known = check(folder, &["--baseline", "known", "."]);
    assert_eq!((known.stdout.lines().count(), known.code), (1, 1), "{known:?}");
}

#[test]
fn what_comes_in_by_a_pipe_is_new() {
    if !has_git() {
        return;
    }
    let folder = desk();
    let args = ["check", "--quiet", "--since", "HEAD", "--stdin-filename", "ferry.txt", "-"];
    assert_eq!(run(folder.path(), &args, NEW.as_bytes()).code, 1);
}

#[cfg(unix)]
#[test]
fn a_baseline_is_the_same_by_whatever_way_it_is_reached() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("real");
    std::fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, folder.path().join("link")).unwrap();
    std::fs::write(real.join("a.txt"), OLD).unwrap();
    let way = folder.path().join("link/known");
    let way = way.to_str().unwrap();
    assert_eq!(check(&real, &["--baseline", way, "--update-baseline", "."]).code, 0);
    let known = std::fs::read_to_string(real.join("known")).unwrap();
    assert!(known.contains("\"path\":\"a.txt\""), "{known}");
    assert_eq!(check(&real, &["--baseline", "known", "."]).code, 0);
    assert_eq!(check(folder.path(), &["--baseline", way, "link"]).code, 0);
}

#[test]
fn a_baseline_is_not_updated_under_wrong_settings() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("a.txt"), OLD).unwrap();
    assert_eq!(check(folder, &["--baseline", "known", "--update-baseline", "."]).code, 0);
    let known = std::fs::read(folder.join("known")).unwrap();
    std::fs::write(folder.join("lint.toml"), "packs = [\"gone.toml\"]\n").unwrap();
    let got = check(folder, &["--baseline", "known", "--update-baseline", "."]);
    assert_eq!(got.code, 2);
    assert!(got.stderr.contains("known is as it was, since settings are wrong"), "{got:?}");
    assert_eq!(std::fs::read(folder.join("known")).unwrap(), known);
}
