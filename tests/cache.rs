//! What is kept between runs: as fast a run as can be, and never a stale word.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const SPUN: &str =
    "The boats wait withinside the harbour until noon, and pay with the aid of using a card.\n";

/// More files than it takes for the cache to be worth asking.
const FILES: usize = 40;

struct Desk {
    folder: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Desk {
    /// A folder of texts, clean and reworded, each of its own.
    fn new() -> Self {
        let desk =
            Self { folder: tempfile::tempdir().unwrap(), cache: tempfile::tempdir().unwrap() };
        for number in 0..FILES {
            let text = if number % 4 == 0 { SPUN } else { "The boats wait in the harbour.\n" };
            // Long enough to be worth keeping.
            let rest = "The wind came from the west and stayed for the week.\n\n".repeat(12);
            desk.write(
                &format!("{number:03}.txt"),
                &format!("Boat {number} is new.\n\n{text}\n{rest}"),
            );
        }
        desk
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unspin"));
        command.args(["check", "--format", "json", "."]).args(args);
        command.current_dir(self.folder.path()).env("UNSPIN_CACHE", self.cache.path());
        command
    }

    fn json(&self, args: &[&str]) -> String {
        String::from_utf8(self.command(args).output().unwrap().stdout).unwrap()
    }

    /// Runs with what is kept and without: both say the same.
    #[track_caller]
    fn expect_fresh(&self, args: &[&str]) -> String {
        let kept = self.json(args);
        assert_eq!(kept, self.json(&[args, &["--no-cache"]].concat()), "{args:?}");
        kept
    }

    /// Entries by path, with their bytes.
    fn entries(&self) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
        fn walk(folder: &Path, found: &mut BTreeMap<std::path::PathBuf, Vec<u8>>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    walk(&entry.path(), found);
                } else {
                    found.insert(entry.path(), std::fs::read(entry.path()).unwrap());
                }
            }
        }
        let mut found = BTreeMap::new();
        walk(&self.cache.path().join("check"), &mut found);
        found
    }
}

#[test]
fn a_second_run_says_the_same_and_adds_nothing() {
    let desk = Desk::new();
    let cold = desk.expect_fresh(&[]);
    let entries = desk.entries();
    assert_eq!(entries.len(), FILES);
    assert_eq!(desk.json(&[]), cold);
    assert_eq!(desk.entries(), entries);
}

#[test]
fn nothing_that_changed_is_remembered_as_it_was() {
    let desk = Desk::new();
    let mut before = desk.expect_fresh(&[]);
    let mut expect_change = |what: &str, args: &[&str]| {
        let after = desk.expect_fresh(args);
        assert_ne!(after, before, "{what}");
        before = after;
    };
    desk.write("001.txt", SPUN);
    expect_change("a text", &[]);
    desk.write("lint.toml", "[rules.cascade-artifact]\nseverity = \"info\"\n");
    expect_change("settings", &[]);
    desk.write("desk.toml", "[rules.cascade-artifact]\nseverity = \"warning\"\n");
    desk.write("lint.toml", "extends = \"desk.toml\"\n");
    expect_change("settings that others extend", &[]);
    desk.write("desk.toml", "[rules.cascade-artifact]\nseverity = \"error\"\n");
    expect_change("what they say", &[]);
    let pack = |word: &str| {
        format!(
            "[pack]\nname = \"house\"\nversion = \"1.0.0\"\n\n[[rule]]\nid = \"house-word\"\nkind = \"existence\"\n\
             [rule.phrases]\n\"{word}\" = {{}}\n"
        )
    };
    desk.write("house.toml", &pack("boats"));
    desk.write("lint.toml", "packs = \"house.toml\"\n");
    expect_change("a pack", &[]);
    desk.write("house.toml", &pack("harbour"));
    expect_change("what it holds", &[]);
    expect_change("the command line", &["--severity", "house-word=error"]);
    expect_change("what is selected", &["--select", "house-word"]);
    expect_change("what is not", &["--ignore", "house-word"]);
    desk.write(
        "lint.toml",
        "[[override]]\nfiles = \"00*.txt\"\nrules.cascade-artifact.severity = \"off\"\n",
    );
    expect_change("an override", &[]);
}

#[test]
fn another_program_another_model_and_another_plugin_share_nothing() {
    let desk = Desk::new();
    let first = desk.json(&[]);
    // The same program with a byte more behind its end is another one.
    let other = desk.cache.path().join("unspin");
    std::fs::copy(env!("CARGO_BIN_EXE_unspin"), &other).unwrap();
    let mut bytes = std::fs::OpenOptions::new().append(true).open(&other).unwrap();
    std::io::Write::write_all(&mut bytes, b"x").unwrap();
    drop(bytes);
    let mut command = Command::new(&other);
    command.args(["check", "--format", "json", "."]).current_dir(desk.folder.path());
    let out = command.env("UNSPIN_CACHE", desk.cache.path()).output().unwrap();
    assert_eq!(String::from_utf8(out.stdout).unwrap(), first);
    assert_eq!(desk.entries().len(), 2 * FILES);

    let model = desk.cache.path().join("house.model");
    let build = ["model", "build", "--text", ".", "--out", model.to_str().unwrap()];
    let built = crate::unspin::run(desk.folder.path(), &build, b"");
    assert_eq!(built.code, 0, "{built:?}");
    desk.json(&["--model", model.to_str().unwrap()]);
    assert_eq!(desk.entries().len(), 3 * FILES);

    let plugin = crate::unspin::root().join("examples/three_ways/wordy_phrase.wasm");
    std::fs::copy(plugin, desk.folder.path().join("wordy.wasm")).unwrap();
    desk.write("lint.toml", "[plugins]\nwordy = \"wordy.wasm\"\n");
    desk.expect_fresh(&[]);
    assert_eq!(desk.entries().len(), 4 * FILES);
    std::fs::write(desk.folder.path().join("wordy.wasm"), b"no module").unwrap();
    desk.expect_fresh(&[]);
    assert_eq!(desk.entries().len(), 5 * FILES, "the settings are as they were, the plugin is not");
}

#[test]
fn what_was_damaged_is_worked_out_again() {
    let desk = Desk::new();
    let cold = desk.json(&[]);
    for (at, (path, bytes)) in desk.entries().into_iter().enumerate() {
        let damaged = match at % 4 {
            0 => Vec::new(),
            1 => bytes[..bytes.len() / 2].to_vec(),
            2 => bytes.iter().map(|byte| byte ^ 1).collect(),
            _ => [&bytes[..], b"x"].concat(),
        };
        std::fs::write(path, damaged).unwrap();
    }
    assert_eq!(desk.json(&[]), cold);
    assert_eq!(desk.json(&[]), cold, "and mended");
}

#[test]
fn runs_at_the_same_time_share_it() {
    let desk = Desk::new();
    let alone = desk.json(&["--no-cache"]);
    let start = || {
        let mut command = desk.command(&[]);
        command.stdout(std::process::Stdio::piped()).spawn().unwrap()
    };
    let runs: Vec<_> = (0..6).map(|_| start()).collect();
    for run in runs {
        let out = run.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(out.stdout).unwrap(), alone);
    }
    assert_eq!(desk.json(&[]), alone);
    assert_eq!(desk.entries().len(), FILES);
}

#[cfg(unix)]
#[test]
fn a_cache_that_cannot_be_written_costs_time_and_nothing_else() {
    let desk = Desk::new();
    let wanted = desk.json(&["--no-cache"]);
    let mut command = desk.command(&[]);
    let out = command.env("UNSPIN_CACHE", "/dev/null/none").output().unwrap();
    assert_eq!(String::from_utf8(out.stdout).unwrap(), wanted);
    assert_eq!(String::from_utf8(out.stderr).unwrap(), "");
}
