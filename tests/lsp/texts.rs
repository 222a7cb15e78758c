//! Texts that are no common file: never saved, very long, containers of others, in no known language.

use serde_json::{Value, json};

use super::check::{bare, check, expected};
use super::client::{Client, address};
use super::text::{UNITS, Unit};
use crate::unspin::folder_with;

const TEXT: &str = "\u{1f6a2} Cafe\u{301}: the boats wait withinside the harbour.\r\n";

#[test]
fn a_text_that_was_never_saved_is_governed_by_the_folder_of_the_server() {
    for unit in UNITS {
        let folder =
            folder_with(&[("lint.toml", "[rules.cascade-artifact]\nseverity = \"info\"\n")]);
        let uri = "untitled:caf\u{e9}-1 \u{1f6a2}";
        let mut editor = Client::start(folder.path(), unit);
        editor.open(uri, "plaintext", TEXT);
        let found = editor.rest(uri);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["severity"], 3);
        let menu = editor.actions(uri, &found[0]["range"], None);
        editor.apply(&menu[0]["edit"].clone());
        assert_eq!(editor.rest(uri), Vec::<Value>::new());
        // What it is written in is told by the editor alone.
        let markdown = "untitled:2";
        let text = "`withinside \u{1f6a2}` is withinside the e\u{301}.\r\n";
        editor.open(markdown, "markdown", text);
        let found = editor.rest(markdown);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0]["range"]["start"], unit.place(text, text.rfind("withinside").unwrap()));
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn the_name_of_a_file_says_how_it_is_read_as_in_a_check() {
    let folder = folder_with(&[]);
    let text = "# \u{1f6a2} Cafe\u{301}\r\n\r\nThe boats `wait withinside` the bay, withinside the <b>harbour</b>.\r\n";
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    // The editor says something else of each.
    for (name, language) in
        [("a.txt", "markdown"), ("b.md", "plaintext"), ("c.html", "markdown"), ("d", "rust")]
    {
        let uri = address(&folder.path().join(name));
        editor.open(&uri, language, text);
        let told = editor.rest(&uri);
        let wanted = expected(&check(folder.path(), name, text), text, Unit::Utf16);
        assert!(!wanted.is_empty(), "{name}");
        assert_eq!(bare(&told), wanted, "{name}");
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_text_of_three_megabytes_is_looked_at_like_any_other() {
    let clean = "\u{1f6a2} Cafe\u{301}: the boats wait in the harbour of the old town.\r\n\r\n";
    let long = format!("{}{TEXT}", clean.repeat(3 * 1024 * 1024 / clean.len() + 1));
    assert!(long.len() > 3 * 1024 * 1024);
    let lines = long.matches('\n').count() - 1;
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    editor.open(&uri, "plaintext", &long);
    let found = editor.rest(&uri);
    let last = |found: &[Value]| found.iter().map(|d| d["range"]["start"].clone()).next_back();
    assert_eq!(last(&found), Some(json!({ "line": lines, "character": 25 })), "{found:?}");
    editor.replace(&uri, 0, 0, "\u{1f30a} He is withinside.\r\n");
    let found = editor.rest(&uri);
    assert_eq!(last(&found), Some(json!({ "line": lines + 1, "character": 25 })), "{found:?}");
    let menu = editor.actions(&uri, &found.last().unwrap()["range"], None);
    assert_eq!(menu[0]["title"], "Replace with \"in\"");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn files_that_hold_many_texts_or_settings_of_others_are_none_of_its_business() {
    let folder = folder_with(&[]);
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    let text = address(&folder.path().join("a.txt"));
    let lines = "{\"text\": \"\u{1f6a2} The boats wait withinside the harbour.\"}\r\n";
    for (name, language) in [
        ("a.jsonl", "json"),
        ("a.csv", "plaintext"),
        ("caf\u{e9} \u{1f6a2}.docx", "docx"),
        ("Cargo.toml", "toml"),
    ] {
        let uri = address(&folder.path().join(name));
        editor.open(&uri, language, lines);
        editor.replace(&uri, 0, 0, " ");
        // Nothing that is asked about it is an error.
        assert_eq!(editor.command("unspin.verdict", json!([uri])), Value::Null);
        assert_eq!(editor.command("unspin.fixFile", json!([uri])), json!({ "fixes": 0 }));
        let range = editor.unit.range(lines, 0, lines.len());
        assert_eq!(editor.actions(&uri, &range, None), Vec::<Value>::new());
        let position = json!({ "textDocument": { "uri": uri }, "position": range["start"] });
        assert_eq!(editor.request("textDocument/hover", position), Value::Null);
        editor.close(&uri);
        editor.open(&text, "plaintext", TEXT);
        assert_eq!(editor.rest(&text).len(), 1);
        editor.close(&text);
        editor.forget_verdict(&text);
        assert!(!editor.published.contains_key(&uri), "{name}");
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn empty_texts_byte_order_marks_and_lone_line_ends_have_places_too() {
    let folder = folder_with(&[]);
    for unit in UNITS {
        let mut editor = Client::start(folder.path(), unit);
        for (nth, text) in [
            "",
            "\u{feff}",
            "\r",
            "\u{feff}It is withinside the \u{1f6a2} bay.\r\rHe is withinside the e\u{301} bay.\n\r",
            "\0\u{1f6a2} withinside the bay",
        ]
        .into_iter()
        .enumerate()
        {
            let name = format!("{nth}.txt");
            let uri = address(&folder.path().join(&name));
            editor.open(&uri, "plaintext", text);
            let wanted = expected(&check(folder.path(), &name, text), text, unit);
            assert_eq!(bare(&editor.rest(&uri)), wanted, "{text:?}");
            assert_eq!(wanted.is_empty(), !text.contains("withinside"), "{wanted:?}");
        }
        assert_eq!(editor.leave(), 0);
    }
}
