//! The language server under Neovim's own client: `neovim/trial.lua` is what the editor does.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::unspin::{folder_with, root};

const TEXT: &str = "Cafe\u{301} \u{1f6a2} news\n\n\u{1f6a2}\u{1f468}\u{200d}\u{2708}\u{fe0f} Zo\u{eb} says the boats wait withinside the harbour.\n";

#[test]
fn neovim_shows_a_finding_where_it_is_and_repairs_it() {
    let nvim = std::env::var("UNSPIN_NVIM").unwrap_or_else(|_| "nvim".to_owned());
    let is_there = Command::new(&nvim).arg("--version").stdout(Stdio::null()).status();
    if !is_there.is_ok_and(|status| status.success()) {
        // Written past the test harness, which keeps what a passing test prints to itself.
        let _ =
            writeln!(std::io::stderr(), "SKIPPED: the trial under Neovim: there is no `{nvim}`");
        return;
    }
    let settings = "[rules.cascade-artifact]\nseverity = \"warning\"\n";
    let folder =
        folder_with(&[("desk \u{1f6a2}/b.txt", TEXT), ("desk \u{1f6a2}/lint.toml", settings)]);
    let (file, seen) =
        (folder.path().join("desk \u{1f6a2}/b.txt"), folder.path().join("seen.json"));
    let output = Command::new(&nvim)
        .args(["--headless", "--clean", "-u", "NONE", "-S"])
        .arg(root().join("tests/neovim/trial.lua"))
        .env("UNSPIN", env!("CARGO_BIN_EXE_unspin"))
        .env("UNSPIN_FILE", &file)
        .env("UNSPIN_SEEN", &seen)
        // Neither settings nor state of whoever runs the test.
        .env("HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path().join("config"))
        .env("XDG_STATE_HOME", folder.path().join("state"))
        .env("XDG_CACHE_HOME", folder.path().join("cache"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let seen = std::fs::read_to_string(&seen).unwrap_or_default();
    assert!(output.status.success(), "{seen}\n{errors}");
    let seen: serde_json::Value = serde_json::from_str(&seen).unwrap();

    let line = TEXT.lines().nth(2).unwrap();
    let at = line.find("withinside").unwrap();
    assert_eq!(seen["diagnostics"], 1, "{seen}");
    assert_eq!(seen["place"], serde_json::json!([2, at, 2, at + "withinside".len()]), "{seen}");
    assert_eq!(seen["code"], "cascade-artifact", "{seen}");
    assert_eq!(seen["source"], "unspin", "{seen}");
    assert!(seen["titles"][0].as_str().unwrap().contains("Replace with \"in\""), "{seen}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), TEXT.replace("withinside", "in"));
}
