//! Completion scripts, manual pages and what is drawn on a terminal.

use crate::unspin::{root, run};

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let got = run(root(), &["completions", shell], b"");
        assert_eq!((got.code, got.stderr.as_str()), (0, ""), "{shell}");
        for word in ["check", "completions", "fail-on", "origin"] {
            assert!(got.stdout.contains(word), "{shell} does not know {word}");
        }
    }
    assert_eq!(run(root(), &["completions", "cmd"], b"").code, 2);
}

#[test]
fn the_manual_pages_are_those_of_the_commands() {
    let page = run(root(), &["man"], b"").stdout;
    assert!(page.contains(".TH unspin 1"), "{page}");
    let check = run(root(), &["man", "check"], b"").stdout;
    assert!(check.contains("unspin\\-check") && check.contains("\\-\\-fail\\-on"), "{check}");
    let show = run(root(), &["man", "config", "show"], b"").stdout;
    assert!(show.contains("\\-\\-origin"), "{show}");
    let wrong = run(root(), &["man", "chek"], b"");
    assert!(wrong.stderr.contains("did you mean `check`?"), "{wrong:?}");
    assert_eq!(wrong.code, 2);
}

#[test]
fn nothing_is_drawn_where_a_program_reads() {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..600 {
        std::fs::write(folder.path().join(format!("{i}.txt")), "All is well. ".repeat(2_000))
            .unwrap();
    }
    let got = run(folder.path(), &["check", "--no-config", "."], b"");
    assert_eq!((got.stderr.as_str(), got.code), ("", 0));
}
