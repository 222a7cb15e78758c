//! The README and the guides to packs and to learning are true: every command in them is run and prints what they say.
//!
//! In a `console` fence a line `$ COMMAND` is run and the lines after it are its output, where a line `...` stands for any
//! lines. The README's run in the root of the repository; `cargo run --release --` runs the binary under test, and `cargo
//! test` is what runs this test. A guide's run in a folder of their own, in which every fence after a line that names a
//! file (`` `house.toml`: ``) is that file.

use std::path::Path;
use std::process::Command;

use crate::unspin::root;

#[test]
fn every_command_prints_what_the_readme_says() {
    let ran = run_all("README.md", root());
    assert!(ran >= 3, "the README shows the tool at work");
}

#[test]
fn every_command_prints_what_the_guide_to_packs_says() {
    assert!(run_guide("crates/packs/GUIDE.md") >= 5);
}

#[test]
fn every_command_prints_what_the_guide_to_learning_says() {
    assert!(run_guide("crates/compare/LEARNING.md") >= 4);
}

/// Runs the commands of a guide in a folder with the files that it shows, and returns how many there are.
fn run_guide(guide: &str) -> usize {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files(&std::fs::read_to_string(root().join(guide)).unwrap()) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    run_all(guide, folder.path())
}

/// Runs the commands of a page in a folder and returns how many there are.
pub(crate) fn run_all(page: &str, folder: &Path) -> usize {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let binary = Path::new(env!("CARGO_BIN_EXE_unspin"));
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", binary.parent().unwrap().display());
    let mut ran = 0;
    for (command, wanted) in commands(&text) {
        if command == "cargo test" {
            let gate = std::fs::read_to_string(root().join(".ci/run")).unwrap();
            assert!(gate.contains("\ncargo test\n"), "the gate runs the README's test command");
            continue;
        }
        let line = command.replace("cargo run --release --", "unspin");
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1; {line}")])
            .current_dir(folder)
            .env("PATH", &path)
            .output()
            .unwrap();
        let got = String::from_utf8(output.stdout).unwrap();
        assert!(matches(&wanted, &got), "$ {command}\nprints\n{got}\nbut {page} says\n{wanted}");
        ran += 1;
    }
    ran
}

/// The files that a page shows, by the names before their fences.
pub(crate) fn files(page: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let (mut named, mut inside) = (None, false);
    for line in page.lines() {
        let name = line.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:"));
        if line.starts_with("```") {
            inside = !inside && named.is_some();
            if inside {
                found.extend(named.take().map(|name: &str| (name.to_owned(), String::new())));
            }
        } else if inside && let Some((_, text)) = found.last_mut() {
            text.push_str(line);
            text.push('\n');
        } else if let Some(name) = name {
            named = Some(name);
        }
    }
    found
}

fn commands(readme: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            found.push((command.to_owned(), String::new()));
        } else if inside && let Some((_, output)) = found.last_mut() {
            output.push_str(line);
            output.push('\n');
        }
    }
    found
}

/// Whether `got` is `wanted`, its `...` lines standing for any lines.
fn matches(wanted: &str, got: &str) -> bool {
    let mut parts = wanted.split("...\n");
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = got.strip_prefix(first) else { return false };
    let mut open = false;
    for part in parts {
        open = part.is_empty();
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    open || rest.is_empty()
}
