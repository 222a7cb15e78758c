//! What real repositories give. Without git every test says so and ends.

use std::process::Command;

use tempfile::TempDir;

use super::*;

/// A repository in a folder of its own, which sees no settings of the user's.
struct Repository(TempDir);

impl Repository {
    /// `None` where there is no git.
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            #[expect(
                clippy::print_stderr,
                reason = "a test that did not run must not pass in silence"
            )]
            {
                eprintln!("SKIPPED: git is not installed, so --since and --changed are not tested");
            }
            return None;
        }
        let repository = Self(tempfile::tempdir().expect("there is room for a folder"));
        repository.git(&["-c", "init.defaultBranch=main", "init", "--quiet"]);
        Some(repository)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(self.0.path()).args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
        ]);
        command.args([
            "-c",
            "commit.gpgSign=false",
            "-c",
            "core.autocrlf=false",
            "-c",
            "protocol.file.allow=always",
        ]);
        command.env("HOME", self.0.path()).env("GIT_CONFIG_NOSYSTEM", "1").args(arguments);
        let output = command.output().expect("git runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {arguments:?}: {said}");
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder"))
            .expect("folders are made");
        std::fs::write(path, text).expect("files are written");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "x"]);
    }

    fn since(&self, revision: &str) -> Changes {
        Changes::since(self.0.path(), revision).expect("the revision is there")
    }

    fn staged(&self) -> Changes {
        Changes::staged(self.0.path()).expect("it is a repository")
    }

    fn names(&self, changes: &Changes) -> Vec<String> {
        let root = self.0.path().canonicalize().expect("it is there");
        let name =
            |path: PathBuf| path.strip_prefix(&root).expect("it is inside").display().to_string();
        changes.files().map(name).collect()
    }
}

fn ranges(ranges: &[(u32, u32)]) -> ChangedLines {
    ChangedLines::Ranges(ranges.to_vec())
}

const TEN: &str = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

#[test]
fn lines_that_differ_from_a_revision() {
    let Some(repository) = Repository::new() else { return };
    for name in ["edited.txt", "same.txt", "deleted.txt", "shorter.txt", "old name.txt"] {
        repository.write(name, format!("{name}\n{TEN}"));
    }
    repository.write("binary.txt", [0, 1, 2, b'\n']);
    repository.write(".gitignore", "ignored.txt\n");
    repository.commit();
    repository.write(
        "edited.txt",
        format!("edited.txt\n{}end", TEN.replace('3', "three\nthree").replace("7\n", "")),
    );
    repository.write("shorter.txt", "shorter.txt\n1\n");
    repository.write("binary.txt", [0, 1, 3, b'\n']);
    repository.write("new.txt", "new\n");
    repository.write("ignored.txt", "new\n");
    repository.git(&["rm", "--quiet", "deleted.txt"]);
    repository.git(&["mv", "old name.txt", "new name.txt"]);
    repository.write("new name.txt", format!("old name.txt\n{TEN}11\n"));

    let changes = repository.since("HEAD");
    assert_eq!(repository.names(&changes), ["binary.txt", "edited.txt", "new name.txt", "new.txt"]);
    let lines = |name: &str| changes.lines(&repository.path(name)).cloned();
    assert_eq!(lines("edited.txt"), Some(ranges(&[(4, 5), (12, 12)])));
    assert_eq!(lines("new name.txt"), Some(ranges(&[(12, 12)])));
    assert_eq!(lines("binary.txt"), Some(ChangedLines::Whole));
    assert_eq!(lines("new.txt"), Some(ChangedLines::Whole));
    for unchanged in ["same.txt", "shorter.txt", "deleted.txt", "ignored.txt", "old name.txt"] {
        assert_eq!(lines(unchanged), None, "{unchanged}");
    }
    assert_eq!(
        changes.lines(&std::env::temp_dir().join("elsewhere.txt")),
        Some(&ChangedLines::Whole)
    );
    assert_eq!(changes.staged_bytes(&repository.path("edited.txt")).expect("no error"), None);
}

#[test]
fn what_is_staged_is_what_a_commit_would_hold() {
    let Some(repository) = Repository::new() else { return };
    repository.write("a.txt", "one\n");
    repository.git(&["add", "a.txt"]);
    // Nothing was committed yet.
    assert_eq!(repository.staged().lines(&repository.path("a.txt")), Some(&ChangedLines::Whole));
    repository.commit();
    assert_eq!(repository.names(&repository.staged()), [""; 0]);

    repository.write("a.txt", "one\ntwo\n");
    repository.write("gone.txt", "staged\n");
    repository.git(&["add", "--all"]);
    repository.write("a.txt", "zero\none\ntwo\nthree\n");
    repository.write("untracked.txt", "new\n");
    std::fs::remove_file(repository.path("gone.txt")).expect("it is there");
    let changes = repository.staged();
    assert_eq!(repository.names(&changes), ["a.txt", "gone.txt"]);
    assert_eq!(changes.lines(&repository.path("a.txt")).cloned(), Some(ranges(&[(2, 2)])));
    let bytes =
        |name: &str| changes.staged_bytes(&repository.path(name)).expect("it is in the index");
    assert_eq!(bytes("a.txt").as_deref(), Some(&b"one\ntwo\n"[..]));
    assert_eq!(bytes("gone.txt").as_deref(), Some(&b"staged\n"[..]));
    assert_eq!(bytes("untracked.txt"), None);
    assert_eq!(changes.lines(&std::env::temp_dir().join("elsewhere.txt")), None);
}

#[test]
fn a_revision_with_dots_means_the_common_commit() {
    let Some(repository) = Repository::new() else { return };
    repository.write("a.txt", TEN);
    repository.commit();
    repository.git(&["checkout", "--quiet", "-b", "topic"]);
    repository.write("a.txt", TEN.replace('5', "five"));
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("a.txt", TEN.replace("1\n2", "one\n2"));
    repository.commit();
    repository.git(&["checkout", "--quiet", "topic"]);
    let lines =
        |revision: &str| repository.since(revision).lines(&repository.path("a.txt")).cloned();
    assert_eq!(lines("main"), Some(ranges(&[(1, 1), (5, 5)])));
    assert_eq!(lines("main..."), Some(ranges(&[(5, 5)])));
}

#[cfg(unix)]
#[test]
fn any_name_is_found_from_any_folder() {
    use std::os::unix::ffi::OsStrExt as _;
    let Some(repository) = Repository::new() else { return };
    repository.write("sub/keep.txt", "x\n");
    repository.commit();
    let mut names: Vec<PathBuf> = [
        "two  words.txt",
        "quo\"te\\.txt",
        "caf\u{e9}.txt",
        "two\nlines.txt",
        "tab\t.txt",
        "sub/x b/x.txt",
        " -x.txt",
    ]
    .map(PathBuf::from)
    .to_vec();
    names.push(std::ffi::OsStr::from_bytes(b"latin-\xe9.txt").into());
    names.sort();
    let root = repository.0.path().canonicalize().expect("it is there");
    for name in &names {
        std::fs::create_dir_all(root.join(name).parent().expect("it has one"))
            .expect("folders are made");
        std::fs::write(root.join(name), "x\n").expect("it can be written");
    }
    let expected: Vec<PathBuf> = names.iter().map(|name| root.join(name)).collect();
    let sub = repository.path("sub");
    let untracked = Changes::since(&sub, "HEAD").expect("it is a repository");
    assert_eq!(untracked.files().collect::<Vec<_>>(), expected);
    repository.git(&["add", "--all"]);
    repository.git(&["config", "diff.relative", "true"]);
    repository.git(&["config", "diff.noprefix", "true"]);
    let staged = Changes::staged(&sub).expect("it is a repository");
    assert_eq!(staged.files().collect::<Vec<_>>(), expected);
    for path in expected {
        assert_eq!(staged.lines(&path), Some(&ChangedLines::Whole), "{path:?}");
        let bytes = staged.staged_bytes(&path).expect("it is in the index");
        assert_eq!(bytes.as_deref(), Some(&b"x\n"[..]), "{path:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_submodules_hold_no_lines() {
    let Some(repository) = Repository::new() else { return };
    let Some(inner) = Repository::new() else { return };
    inner.write("inner.txt", "x\n");
    inner.commit();
    repository.write("a.txt", "x\n");
    repository.commit();
    let inner = inner.0.path().to_str().expect("temporary folders have plain names").to_owned();
    repository.git(&["submodule", "--quiet", "add", &inner, "module"]);
    std::os::unix::fs::symlink("a.txt", repository.path("link.txt")).expect("it can be linked");
    repository.git(&["add", "--all"]);
    assert_eq!(repository.names(&repository.staged()), [".gitmodules"]);
    repository.commit();
    repository.write("module/inner.txt", "y\n");
    assert_eq!(repository.names(&repository.since("HEAD")), [""; 0]);
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_names_is_run() {
    let Some(repository) = Repository::new() else { return };
    repository.write("a.txt", "one\n");
    repository.commit();
    let trap = repository.path(".git/trap.sh");
    std::fs::write(&trap, "#!/bin/sh\ntouch \"$0.sprung\"\ncat\n").expect("it can be written");
    Command::new("chmod").arg("+x").arg(&trap).status().expect("there is chmod");
    let trap = trap.to_str().expect("temporary folders have plain names").to_owned();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.process",
        "filter.x.y z.clean",
    ] {
        repository.git(&["config", key, &trap]);
    }
    repository.git(&["config", "filter.x.required", "true"]);
    std::fs::write(repository.path(".git/info/attributes"), "*.txt diff=x filter=x\n")
        .expect("as before");
    std::fs::write(repository.path("a.txt"), "two\n").expect("as before");
    let sprung = repository.path(".git/trap.sh.sprung");
    // Setting it up may have sprung it.
    let _ = std::fs::remove_file(&sprung);
    let changes = repository.since("HEAD");
    assert_eq!(changes.lines(&repository.path("a.txt")).cloned(), Some(ranges(&[(1, 1)])));
    repository.staged();
    assert!(!sprung.exists(), "a program of the repository was run");
}

#[test]
fn errors_name_the_way_out() {
    let Some(repository) = Repository::new() else { return };
    repository.write("a.txt", "x\n");
    repository.commit();
    let said = |revision: &str| {
        let error = Changes::since(repository.0.path(), revision).expect_err("it is no revision");
        format!("{error:#}")
    };
    for revision in ["", "...", "--output=x", "-p", "a..b", "a...b"] {
        assert!(said(revision).contains("is no revision"), "{}", said(revision));
    }
    for revision in ["nowhere", "nowhere...", "HEAD:a.txt", "a.txt"] {
        assert!(said(revision).contains("git knows no revision"), "{}", said(revision));
    }
    assert!(!repository.path("x").exists());
    repository.git(&["checkout", "--quiet", "--orphan", "other"]);
    // Not the message of the other, with which it could be the same commit.
    repository.git(&["commit", "--quiet", "--message", "y"]);
    assert!(said("main...").contains("no common commit"), "{}", said("main..."));

    let folder = tempfile::tempdir().expect("there is room for a folder");
    for error in [Changes::since(folder.path(), "HEAD"), Changes::staged(folder.path())] {
        let said = format!("{:#}", error.expect_err("it is no repository"));
        assert!(said.contains("is in no git repository"), "{said}");
    }
}

#[test]
fn a_range_is_touched_where_it_shares_a_line() {
    let lines = ChangedLines::Ranges(vec![(3, 4), (9, 9)]);
    for ((first, last), expected) in [
        ((1, 2), false),
        ((1, 3), true),
        ((4, 8), true),
        ((5, 8), false),
        ((9, 9), true),
        ((10, 99), false),
        ((1, 99), true),
    ] {
        assert_eq!(lines.touches(first, last), expected, "{first} to {last}");
    }
    assert!(ChangedLines::Whole.touches(7, 7));
}

#[test]
fn a_finding_is_kept_where_a_line_of_its_sentence_changed() {
    use unspin_lint::{Problem, Span};
    let text = "one\ntwo\nthree\n";
    let problem =
        |start, end| Problem { span: Span::new(start, end), message: String::new(), help: None };
    let mut said = Diagnosis::of_settings(text, &[problem(0, 3), problem(4, 7), problem(8, 14)]);
    // The first one's sentence runs on to the second line, its break not counted.
    said.diagnostics[0].sentence = Span::new(0, 8);
    let second = ChangedLines::Ranges(vec![(2, 2)]);
    assert_eq!(second.sift(text, &mut said), 1);
    let left: Vec<&str> = said.diagnostics.iter().map(|found| found.text.as_str()).collect();
    assert_eq!(left, ["one", "two"]);
    assert_eq!(ChangedLines::Ranges(vec![(1, 1)]).sift(text, &mut said), 1);
    assert_eq!(ChangedLines::Whole.sift(text, &mut said), 0);
    assert_eq!(ChangedLines::Ranges(vec![(3, 9)]).sift(text, &mut said), 1);
    assert_eq!(said.diagnostics, []);
}

impl Changes {
    /// The changed files by their paths, links in the path of the work tree resolved; in order.
    fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.files.keys().map(|inside| self.root.join(inside))
    }
}
