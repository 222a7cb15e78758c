//! What a repository names and links to: nothing outside of it is shown or written, and nothing is waited for.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::unspin::{Run, folder_with, run};

const SPUN: &str = "The boats wait withinside the harbour until noon.\n";
/// What must never be seen: a key, a token and a line of accounts.
const SECRET: &str = "s3cr3t";
/// A rule that would show every line.
const ALL_LINES: &str = "[pack]\nname = \"all\"\nversion = \"0.1.0\"\nlicense = \"CC0-1.0\"\nunspin = \"0.1\"\n\
    [[rule]]\nid = \"all-lines\"\nkind = \"existence\"\nseverity = \"error\"\nevidence = 6.0\nsummary = \"A line.\"\n\
    message = 'it says {found}'\n[rule.regex]\n'[a-z0-9].*' = {}\n[[rule.examples]]\nbad = '[[abc]]'\n";

/// A home with keys in it, and a repository beside it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = folder_with(&[
            ("home/key", "-----BEGIN KEY-----\ns3cr3t\n-----END-----\n"),
            ("home/accounts", "s3cr3t:x:0:0:/root:/bin/sh\n"),
            ("home/token.toml", "[s3cr3t]\ns3cr3t = \"s3cr3t\"\n"),
            ("home/pack/pack.toml", "[pack]\nname = \"s3cr3t\"\ns3cr3t = \"s3cr3t\"\n"),
            ("home/notes.txt", "The s3cr3t lies withinside the drawer.\n"),
            ("home/known.json", "{\"s3cr3t\": \"s3cr3t\"}"),
            ("repository/a.txt", SPUN),
            ("repository/all.toml", ALL_LINES),
        ]);
        // As actions/checkout leaves it, unless it is told not to.
        let config = folder.path().join("repository/.git/config");
        std::fs::create_dir(config.parent().unwrap()).unwrap();
        std::fs::write(config, "[http]\n\textraheader = AUTHORIZATION: basic s3cr3t\n").unwrap();
        Self { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    fn settings(&self, text: &str) {
        let path = self.root().join("lint.toml");
        let _ = std::fs::remove_file(&path);
        std::fs::write(path, text).unwrap();
    }

    fn run(&self, args: &[&str]) -> Run {
        run(&self.root(), args, b"")
    }
}

#[track_caller]
fn keeps_the_secret(got: &Run, what: &str) {
    for text in [&got.stdout, &got.stderr] {
        assert!(!text.contains(SECRET), "{what}: {text}");
    }
}

#[test]
fn nothing_of_a_file_outside_of_the_repository_is_shown_as_settings() {
    let desk = Desk::new();
    let outside = ["key", "accounts", "token.toml", "pack", "pack/pack.toml", "notes.txt"];
    for file in outside
        .map(|file| format!("../home/{file}"))
        .iter()
        .map(String::as_str)
        .chain([".git/config"])
    {
        for key in ["extends = ", "packs = [", "model = ", "plugins.x = "] {
            let end = if key.ends_with('[') { "]" } else { "" };
            desk.settings(&format!("{key}\"{file}\"{end}\n"));
            for command in [
                &["check", "--color", "never", "."][..],
                &["check", "--format", "json", "."],
                &["check", "--format", "sarif", "."],
                &["config", "show", "--origin", "a.txt"],
                &["rules"],
                &["test"],
                &["fix", "--diff", "."],
            ] {
                let got = desk.run(command);
                keeps_the_secret(&got, &format!("{key}{file} {command:?}"));
                // What would be repaired is told, and nothing of settings.
                let is_told = got.code != 0 || command.contains(&"--diff");
                assert!(is_told, "{key}{file} {command:?}: that it is of no use");
            }
        }
    }
}

#[test]
fn settings_that_are_a_link_out_of_the_repository_are_not_shown() {
    let desk = Desk::new();
    for file in ["key", "accounts", "token.toml"] {
        let link = desk.root().join("lint.toml");
        let _ = std::fs::remove_file(&link);
        symlink(desk.folder.path().join("home").join(file), &link).unwrap();
        let got = desk.run(&["check", "--color", "never", "."]);
        keeps_the_secret(&got, file);
        assert!(got.stdout.contains("so that its text is not shown"), "{}", got.stdout);
        assert!(got.stdout.contains("withinside"), "texts are checked all the same");
    }
}

#[test]
fn mistakes_inside_the_repository_are_shown_and_outside_where_they_are_asked_for() {
    let desk = Desk::new();
    std::fs::create_dir(desk.root().join("news")).unwrap();
    std::fs::write(desk.root().join("desk.toml"), "colour = 1\n").unwrap();
    std::fs::write(desk.root().join("news/lint.toml"), "extends = \"../desk.toml\"\n").unwrap();
    std::fs::write(desk.root().join("news/b.txt"), SPUN).unwrap();
    let got = desk.run(&["check", "--format", "concise", "news"]);
    assert!(got.stdout.contains("desk.toml:1:1: error[settings] unknown key `colour`"), "{got:?}");
    // Whoever names a pack on the command line may read it.
    let got = desk.run(&["test", "../home/pack"]);
    assert!(got.stderr.contains(SECRET), "{got:?}");
}

#[test]
fn a_link_out_of_the_tree_is_neither_read_nor_written() {
    let desk = Desk::new();
    desk.settings("packs = [\"all.toml\"]\n");
    let notes = desk.folder.path().join("home/notes.txt");
    symlink(&notes, desk.root().join("link.txt")).unwrap();
    symlink("../home/known.json", desk.root().join("link.jsonl")).unwrap();
    symlink(".git/config", desk.root().join("config.txt")).unwrap();
    symlink("a.txt", desk.root().join("inside.txt")).unwrap();
    for command in [
        &["check", "--format", "concise", "."][..],
        &["check", "--format", "concise", "*.txt"],
        &["check", "--format", "sarif", "."],
        &["fix", "--unsafe-fixes", "."],
        &["fix", "--diff", "--unsafe-fixes", "."],
        &["test", "--corpus", ".", "all-lines"],
        &["model", "build", "--text", ".", "--out", "m.model"],
    ] {
        let got = desk.run(command);
        keeps_the_secret(&got, &format!("{command:?}"));
        assert_eq!(got.code, 2, "{command:?}: it is told: {got:?}");
    }
    assert!(std::fs::read_to_string(&notes).unwrap().contains("withinside"));
    let got = desk.run(&["check", "--format", "concise", "."]);
    assert!(got.stderr.contains("link.txt: error: it is a link that leads out"), "{got:?}");
    assert!(got.stdout.contains("inside.txt:1:"), "links inside are read: {got:?}");
    // Who names a link means what it leads to.
    assert!(desk.run(&["check", "--format", "concise", "link.txt"]).stdout.contains(SECRET));
}

#[test]
fn no_report_is_written_through_a_link_out_of_the_repository() {
    let desk = Desk::new();
    let notes = desk.folder.path().join("home/notes.txt");
    let before = std::fs::read(&notes).unwrap();
    symlink(&notes, desk.root().join("report")).unwrap();
    for command in [
        &["check", "--output", "sarif=report", "a.txt"][..],
        &["check", "--baseline", "report", "--update-baseline", "a.txt"],
        &["check", "--baseline", "report", "a.txt"],
        &["model", "build", "--text", "a.txt", "--out", "report"],
    ] {
        let got = desk.run(command);
        assert_eq!(got.code, 2, "{command:?}: {got:?}");
        keeps_the_secret(&got, &format!("{command:?}"));
        assert!(got.stderr.contains("it is a link that leads out"), "{command:?}: {got:?}");
    }
    assert_eq!(std::fs::read(&notes).unwrap(), before);
    assert!(desk.root().join("report").is_symlink());
}

/// Makes a pipe that nobody writes to: whoever opens it waits for ever.
fn pipe(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
    assert!(made.success());
}

#[test]
fn pipes_and_devices_that_settings_name_are_refused_and_not_waited_for() {
    let desk = Desk::new();
    for at in ["pipe.toml", "pack/rules.toml"] {
        let path = desk.root().join(at);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        pipe(&path);
    }
    symlink("/dev/zero", desk.root().join("zero.toml")).unwrap();
    symlink("/dev/zero", desk.root().join("zero.json")).unwrap();
    for key in ["extends = ", "packs = [", "model = ", "plugins.x = "] {
        for file in ["pipe.toml", "zero.toml", "pack"] {
            let end = if key.ends_with('[') { "]" } else { "" };
            desk.settings(&format!("{key}\"{file}\"{end}\n"));
            let got = desk.run(&["check", "--format", "concise", "a.txt"]);
            assert!(got.stdout.contains("withinside"), "{key}{file}: {got:?}");
            assert!(got.stdout.contains("error[settings]"), "{key}{file}: {got:?}");
        }
    }
    for path in ["pipe.toml", "zero.json"] {
        let got = desk.run(&["check", "--baseline", path, "a.txt"]);
        assert_eq!(got.code, 2, "{path}: {got:?}");
    }
    for name in ["lint.toml", "texts.jsonl", "b.txt"] {
        let path = desk.root().join(name);
        let _ = std::fs::remove_file(&path);
        pipe(&path);
    }
    let got = desk.run(&["check", "--format", "concise", "."]);
    assert!(got.stdout.contains("a.txt:1:"), "{got:?}");
    assert!(got.stderr.contains("lint.toml: error: it is no regular file"), "{got:?}");
}

#[test]
fn an_ignore_file_that_never_ends_leaves_out_its_folder_and_no_other() {
    let desk = Desk::new();
    for name in [".ignore", ".gitignore"] {
        let folder = desk.root().join(name.replace('.', "in"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("b.txt"), SPUN).unwrap();
        symlink("/dev/zero", folder.join(name)).unwrap();
        let got = desk.run(&["check", "--format", "concise", "."]);
        assert!(got.stdout.starts_with("a.txt:1:"), "{got:?}");
        assert!(got.stderr.contains(&format!("{name}: error: it is no regular file")), "{got:?}");
        assert!(!got.stdout.contains("b.txt"), "{got:?}");
        std::fs::remove_dir_all(folder).unwrap();
        pipe(&desk.root().join(name));
        let got = desk.run(&["check", "--format", "concise", "."]);
        assert_eq!((got.code, got.stdout.as_str()), (2, ""), "{got:?}");
        std::fs::remove_file(desk.root().join(name)).unwrap();
    }
    let long = std::fs::File::create(desk.root().join(".ignore")).unwrap();
    long.set_len(1 << 40).unwrap();
    let got = desk.run(&["check", "--format", "concise", "."]);
    assert!(got.stderr.contains(".ignore: error: it has more than 1 MiB"), "{got:?}");
}

#[test]
fn files_that_are_too_large_are_told_and_not_read() {
    let desk = Desk::new();
    for (name, keys) in [("big.txt", ""), ("big.model", "model = \"big.model\"")] {
        desk.settings(keys);
        let file = std::fs::File::create(desk.root().join(name)).unwrap();
        // Takes no room on the disk.
        file.set_len(1 << 40).unwrap();
        let got = desk.run(&["check", "--format", "concise", "."]);
        let told = format!("{}{}", got.stdout, got.stderr);
        assert!(told.contains(name) && told.contains("it has more than"), "{name}: {got:?}");
        assert!(got.stdout.contains("a.txt:1:"), "{name}: {got:?}");
        std::fs::remove_file(desk.root().join(name)).unwrap();
    }
    let file = std::fs::File::create(desk.root().join("lint.toml")).unwrap();
    file.set_len(1 << 40).unwrap();
    let got = desk.run(&["check", "--format", "concise", "."]);
    assert!(got.stderr.contains("lint.toml: error: it has more than 16 MiB"), "{got:?}");
    // A device that is named on purpose ends where a text would.
    desk.settings("");
    let got = desk.run(&["check", "--format", "concise", "/dev/zero"]);
    assert!(got.stderr.contains("/dev/zero: error: it has more than 256 MiB"), "{got:?}");
}

#[test]
fn settings_nested_deep_are_an_error_and_no_crash() {
    let desk = Desk::new();
    let deep = 200_000;
    for text in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}1{}", "[".repeat(deep), "]".repeat(deep)),
        format!("a = {}", "{a=".repeat(deep)),
        format!("a{} = 1", ".a".repeat(deep)),
        format!("[{}a]", "a.".repeat(deep)),
    ] {
        desk.settings(&text);
        let got = desk.run(&["check", "--format", "concise", "a.txt"]);
        assert_eq!(got.code, 1, "{}", got.stderr);
        assert!(got.stdout.contains("error[settings]"), "{}", &text[..20]);
        assert!(got.stdout.contains("a.txt:1:"), "{}", &text[..20]);
    }
}
