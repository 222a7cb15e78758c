//! Modules that are refused before they see a document.

use proptest::prelude::*;
use unspin_plugins::Limits;

use crate::guest::{Wat, put};

/// Changes a description.
type Edit = fn(&mut Vec<u8>);
/// Name of an option, and its type and default in bytes.
type Declared<'d> = (&'d [u8], &'d [u8]);

fn refused(wasm: &[u8]) -> String {
    match unspin_plugins::load("bad", "bad.wasm", wasm) {
        Ok(_) => "it was loaded".into(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_module_that_is_fine_is_loaded() {
    assert_eq!(Wat::default().refusal(), "it was loaded");
    assert_eq!(Wat::default().findings(), []);
}

#[test]
fn what_is_no_module_is_refused() {
    let not = "the plugin `bad` is not a WebAssembly module that can run here: ";
    for bytes in [&b""[..], b"#!/bin/sh\n", b"\0asm", b"\0asm\x02\0\0\0"] {
        assert!(refused(bytes).starts_with(not), "{bytes:?}: {}", refused(bytes));
    }
    // The text format is for people; a plugin is pinned by the hash of its module.
    assert!(refused(Wat::default().text().as_bytes()).starts_with(not));
    let whole = Wat::default().wasm();
    assert_eq!(refused(&whole), "it was loaded");
    for length in 8..whole.len() {
        let said = refused(&whole[..length]);
        assert!(said.starts_with("the plugin `bad` "), "{length}: {said}");
    }
}

#[test]
fn a_large_module_is_refused() {
    let wasm = Wat::default().wasm();
    let limits = Limits { module: wasm.len() - 1, ..Limits::default() };
    let error = unspin_plugins::load_within("bad", "bad.wasm", &wasm, limits).err().unwrap();
    let (bytes, most) = (wasm.len(), wasm.len() - 1);
    assert_eq!(
        error.to_string(),
        format!("the plugin `bad` has {bytes} bytes, and at most {most} are loaded")
    );
}

#[test]
fn a_function_with_very_many_locals_is_refused() {
    let before = format!("(func (local {}))", "i64 ".repeat(1_001));
    assert_eq!(
        Wat { before, ..Wat::default() }.refusal(),
        "the plugin `bad` is not a WebAssembly module that can run here: a function has 1001 local variables, and 1000 \
         are the limit"
    );
}

#[test]
fn an_import_is_refused() {
    for (import, named) in [
        (r#"(import "env" "now" (func))"#, "env.now"),
        (
            r#"(import "wasi_snapshot_preview1" "fd_write" (func))"#,
            "wasi_snapshot_preview1.fd_write",
        ),
        (r#"(import "e\1bnv" "g" (global i32))"#, "e\\u{1b}nv.g"),
    ] {
        assert_eq!(
            Wat { before: import.into(), ..Wat::default() }.refusal(),
            format!(
                "the plugin `bad` imports `{named}`, and a plugin may import nothing: build it for \
                 wasm32-unknown-unknown, without WASI"
            )
        );
    }
}

#[test]
fn another_version_is_told() {
    let text = Wat::default().text().replace("unspin_v1_", "unspin_v2_");
    assert_eq!(
        refused(&wat::parse_str(text).unwrap()),
        "the plugin `bad` was made for version 2 of the interface, and this unspin speaks version 1"
    );
    // One that speaks both is loaded.
    let both = r#"(func (export "unspin_v2_check"))"#;
    assert_eq!(Wat { before: both.into(), ..Wat::default() }.refusal(), "it was loaded");
}

#[test]
fn a_missing_export_is_named() {
    let memory = "(memory 20)".into();
    assert_eq!(
        Wat { memory, ..Wat::default() }.refusal(),
        "the plugin `bad` does not export `memory` as a memory"
    );
    for (export, wanted) in [
        ("unspin_v1_alloc", "(i32) -> i32"),
        ("unspin_v1_describe", "() -> i64"),
        ("unspin_v1_check", "(i32, i32) -> i64"),
    ] {
        let text = Wat::default().text().replace(export, "other");
        assert_eq!(
            refused(&wat::parse_str(text).unwrap()),
            format!("the plugin `bad` does not export `{export}` as a function {wanted}")
        );
    }
    let before = r#"(func (export "unspin_v1_explain") (result i64) (i64.const 0))"#.into();
    assert_eq!(
        Wat { before, ..Wat::default() }.refusal(),
        "the plugin `bad` does not export `unspin_v1_explain` as a function (i32, i32) -> i64"
    );
    assert!(refused(&wat::parse_str("(module)").unwrap()).contains("does not export `memory`"));
}

#[test]
fn what_a_plugin_may_not_be_at_the_start_is_told() {
    let failed = "the plugin `bad` failed while it described itself: ";
    for (before, memory, how) in [
        ("", "(memory 65536)", "it asked for more than its 16777216 bytes of memory"),
        (
            "(func $s (loop (br 0))) (start $s)",
            "(memory 20)",
            "it did not end within its 2000000 units of fuel",
        ),
        (
            "(func $s unreachable) (start $s)",
            "(memory 20)",
            "it stopped with a trap (wasm `unreachable` instruction executed)",
        ),
        ("(table 20000 funcref)", "(memory 20)", "it stopped with a trap ("),
    ] {
        let memory = memory.replace("(memory", r#"(memory (export "memory")"#);
        let said = Wat { before: before.into(), memory, ..Wat::default() }.refusal();
        assert!(said.starts_with(&format!("{failed}{how}")), "{said}");
    }
}

#[test]
fn a_wrong_description_is_told() {
    let of = |edit: Edit| {
        let mut wat = Wat::default();
        edit(&mut wat.description);
        wat.refusal()
    };
    let wrong = "the plugin `bad` describes itself wrongly: ";
    let cases: [(Edit, &str); 9] = [
        (|d| d.truncate(9), "it ends within its licence"),
        (|d| d.push(0), "1 bytes follow its end"),
        (|d| d[5] = 0xff, "its version is not UTF-8"),
        (|d| d[0] = 0xff, "it ends within its version"),
        (|d| d[18] = 0, "it has no rule"),
        (|d| d[26] = b'O', "the id of a rule, `Odd`, is not kebab-case"),
        (|d| d[29] = 9, "`odd`: 9 is no severity"),
        (|d| d[30] = 4, "`odd`: 4 is no scope"),
        (|d| d[39] = 0x1b, "`odd`: its page holds the control character \\u{1b}"),
    ];
    for (edit, what) in cases {
        assert_eq!(of(edit), format!("{wrong}{what}"));
    }
    let mut twice = Wat::default();
    twice.description[18] = 2;
    let rule = twice.description[22..].to_vec();
    twice.description.extend(rule);
    assert_eq!(twice.refusal(), format!("{wrong}two of its rules are called `odd`"));
}

#[test]
fn a_wrong_option_is_told() {
    let with = |options: &[Declared<'_>]| {
        let mut wat = Wat::default();
        wat.description.truncate(wat.description.len() - 4);
        wat.description.extend((options.len() as u32).to_le_bytes());
        for (name, kind) in options {
            put(&mut wat.description, name);
            wat.description.extend(*kind);
            put(&mut wat.description, b"does something");
        }
        wat.refusal()
    };
    let bounds: Vec<u8> =
        [1_u8].into_iter().chain([7_i64, 1, 5].iter().flat_map(|n| n.to_le_bytes())).collect();
    assert_eq!(with(&[(b"loud", &[0, 1])]), "it was loaded");
    let wrong = "the plugin `bad` describes itself wrongly: `odd`: ";
    let cases: [(&[Declared<'_>], &str); 5] = [
        (&[(b"loud", &[0, 2])], "2 is no truth value"),
        (&[(b"loud", &[3])], "3 is no type of an option"),
        (&[(b"loud", &bounds)], "the default 7 of `loud` is not from 1 to 5"),
        (&[(b"severity", &[0, 1])], "`severity` is a key of every rule and can be no option"),
        (&[(b"loud", &[0, 1]), (b"loud", &[0, 1])], "two of its options are called `loud`"),
    ];
    for (options, what) in cases {
        assert_eq!(with(options), format!("{wrong}{what}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_change_of_a_byte_is_loaded_or_refused(at in 0_usize..400, byte: u8) {
        let mut wasm = Wat::default().wasm();
        let at = at % wasm.len();
        wasm[at] = byte;
        if let Ok(rules) = unspin_plugins::load("bad", "bad.wasm", &wasm) {
            crate::guest::run(rules);
        }
    }

    #[test]
    fn any_bytes_of_a_description_are_taken_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = unspin_plugins::load_native("bad", move |_, _| Some(bytes.clone()));
    }
}
