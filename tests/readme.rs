//! The README is true: every command in it is run and prints what it says.
//!
//! In a `console` fence a line `$ COMMAND` is run in the root of the repository and the lines after it are its output,
//! where a line `...` stands for any lines. `cargo run --release --` runs the binary under test; `cargo test` is what
//! runs this test.

use std::process::Command;

use crate::unspin::root;

#[test]
fn every_command_prints_what_the_readme_says() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_unspin"));
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", binary.parent().unwrap().display());
    let mut ran = 0;
    for (command, wanted) in commands(&readme) {
        if command == "cargo test" {
            let gate = std::fs::read_to_string(root().join(".ci/run")).unwrap();
            assert!(gate.contains("\ncargo test\n"), "the gate runs the README's test command");
            continue;
        }
        let line = command.replace("cargo run --release --", "unspin");
        let output = Command::new("sh")
            .args(["-c", &line])
            .current_dir(root())
            .env("PATH", &path)
            .output()
            .unwrap();
        let got = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(matches(&wanted, &got), "$ {command}\nprints\n{got}\nbut README.md says\n{wanted}");
        ran += 1;
    }
    assert!(ran >= 3, "the README shows the tool at work");
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
