//! What does not go as it should: unknown and broken messages, the wrong order, goodbyes that are missing, requests that
//! are taken back.

use serde_json::{Value, json};

use super::client::{Client, abilities, address};
use super::text::Unit;
use crate::unspin::folder_with;

const METHOD_NOT_FOUND: i64 = -32_601;
const INVALID_PARAMS: i64 = -32_602;
const INVALID_REQUEST: i64 = -32_600;
const NOT_INITIALIZED: i64 = -32_002;
const CANCELLED: i64 = -32_800;

const TEXT: &str = "\u{1f6a2} Cafe\u{301}: the boats wait withinside the harbour.\r\n";

#[test]
fn requests_that_nobody_knows_or_that_are_broken_are_refused_and_the_next_is_answered() {
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    editor.open(&uri, "plaintext", TEXT);
    assert_eq!(editor.rest(&uri).len(), 1);
    for method in ["textDocument/rename", "$/unknown", "\u{1f6a2}"] {
        assert_eq!(editor.refused(method, json!({})), METHOD_NOT_FOUND, "{method}");
    }
    for method in ["diagnostic", "codeAction", "hover", "completion"] {
        let method = format!("textDocument/{method}");
        for params in [json!({}), Value::Null, json!([1]), json!({ "textDocument": { "uri": 7 } })]
        {
            assert_eq!(
                editor.refused(&method, params.clone()),
                INVALID_PARAMS,
                "{method} {params}"
            );
        }
    }
    for params in [json!({}), json!({ "command": "unspin.fly", "arguments": [] }), Value::Null] {
        assert_eq!(editor.refused("workspace/executeCommand", params), INVALID_PARAMS);
    }
    // Notifications have no answer.
    let about = json!({ "uri": uri, "version": 9 });
    for (method, params) in [
        (
            "textDocument/didChange",
            json!({ "textDocument": about, "contentChanges": [{ "text": 1 }] }),
        ),
        ("textDocument/didOpen", json!({})),
        ("textDocument/didClose", json!(["\u{1f6a2}"])),
        ("workspace/didChangeWatchedFiles", Value::Null),
        ("workspace/didChangeWorkspaceFolders", json!({ "event": 3 })),
        ("window/workDoneProgress/cancel", json!({ "token": 5 })),
        ("$/cancelRequest", json!({ "id": "\u{1f6a2}" })),
        ("$/cancelRequest", json!({})),
        ("$/setTrace", json!({ "value": "off" })),
        ("nobody/knows", json!({})),
    ] {
        editor.notify(method, params);
    }
    // Answers to what was never asked.
    editor.send(&json!({ "jsonrpc": "2.0", "id": 77, "result": [] }));
    editor.send(&json!({ "jsonrpc": "2.0", "id": 78, "error": { "code": 1, "message": "no" } }));
    let range = Unit::Utf16.range(TEXT, 0, TEXT.len());
    assert_eq!(editor.actions(&uri, &range, None)[0]["title"], "Replace with \"in\"");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn places_that_no_text_has_are_the_nearest_that_it_has() {
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    editor.open(&uri, "plaintext", TEXT);
    editor.rest(&uri);
    let far = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": far });
    assert!(!editor.actions(&uri, &all, None).is_empty());
    // Backwards, inside a surrogate pair.
    let inside = json!({ "start": far, "end": { "line": 0, "character": 1 } });
    assert!(editor.actions(&uri, &inside, None).is_empty());
    let about = json!({ "uri": uri, "version": 2 });
    let changes = json!([{ "range": all, "text": "\u{1f30a} It is withinside the bag.\r\n" }]);
    editor.open.get_mut(&uri).unwrap().version = 2;
    editor.notify(
        "textDocument/didChange",
        json!({ "textDocument": about, "contentChanges": changes }),
    );
    assert_eq!(editor.rest(&uri)[0]["range"]["start"], json!({ "line": 0, "character": 9 }));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_request_before_the_beginning_is_refused_and_one_after_the_end_too() {
    let folder = folder_with(&[]);
    let mut editor = Client::silent(folder.path());
    assert_eq!(editor.refused("textDocument/hover", json!({})), NOT_INITIALIZED);
    assert_eq!(editor.refused("shutdown", Value::Null), NOT_INITIALIZED);
    editor.notify("textDocument/didOpen", json!({}));
    editor.initialize(
        json!({ "processId": null, "rootUri": null, "capabilities": abilities(Unit::Utf8) }),
    );
    editor.request("shutdown", Value::Null);
    assert_eq!(editor.refused("textDocument/hover", json!({})), INVALID_REQUEST);
    // What was on its way meanwhile is nothing that a server may fall over.
    editor
        .notify("textDocument/didClose", json!({ "textDocument": { "uri": "file:///caf\u{e9}" } }));
    editor.send(&json!({ "jsonrpc": "2.0", "id": 77, "result": null }));
    editor.notify("exit", Value::Null);
    assert_eq!(editor.end(), (0, String::new()));
}

#[test]
fn a_goodbye_in_one_breath_is_understood() {
    let folder = folder_with(&[]);
    let mut editor = Client::start(folder.path(), Unit::Utf32);
    let shutdown = editor.in_one_breath(|editor| {
        let shutdown = editor.ask("shutdown", Value::Null);
        editor.notify("exit", Value::Null);
        shutdown
    });
    assert_eq!(editor.answer(shutdown)["result"], Value::Null);
    assert_eq!(editor.end(), (0, String::new()));
}

#[test]
fn who_goes_without_a_goodbye_leaves_exit_status_1() {
    let folder = folder_with(&[]);
    let started = || Client::start(folder.path(), Unit::Utf16);
    let mut exits = started();
    exits.notify("exit", Value::Null);
    let mut closes = started();
    closes.open("untitled:\u{1f6a2}", "plaintext", TEXT);
    let mut raves = started();
    raves.send_bytes("Content-Length: 12\r\n\r\n{\"caf\u{e9}\": \u{1f6a2}".as_bytes());
    let mut never_begins = Client::silent(folder.path());
    let mut exits_first = Client::silent(folder.path());
    exits_first.notify("exit", Value::Null);
    for editor in [&mut exits, &mut closes, &mut raves, &mut never_begins, &mut exits_first] {
        let (status, errors) = editor.end();
        assert_eq!(status, 1, "{errors}");
        assert!(errors.starts_with("error: ") && errors.lines().count() == 1, "{errors}");
    }
    // Of one that said goodbye and then closes its end nothing more is expected.
    let mut hangs_up = started();
    hangs_up.request("shutdown", Value::Null);
    assert_eq!(hangs_up.end(), (0, String::new()));
}

/// A text that takes the server a while, in which the messages behind it arrive.
fn long() -> String {
    "\u{1f6a2} Cafe\u{301}: the boats wait in the harbour of the town.\r\n\r\n".repeat(20_000)
}

#[test]
fn a_request_that_waits_is_taken_back() {
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    editor.open(&uri, "plaintext", TEXT);
    editor.rest(&uri);
    // The look at the long text is what the request waits for; it is asked for by another.
    let here = json!({ "line": 0, "character": 28 });
    let hover = |uri: &str| json!({ "textDocument": { "uri": uri }, "position": here });
    let [first, unwanted, wanted] = editor.in_one_breath(|editor| {
        editor.open("untitled:long", "plaintext", &long());
        let asked = ["untitled:long", &uri, &uri];
        let asked = asked.map(|uri| editor.ask("textDocument/hover", hover(uri)));
        editor.notify("$/cancelRequest", json!({ "id": asked[1] }));
        asked
    });
    assert!(editor.answer(first).get("error").is_none());
    assert_eq!(editor.answer(unwanted)["error"]["code"], CANCELLED);
    assert!(editor.answer(wanted)["result"].is_object());
    // One that was answered already is not answered twice.
    editor.notify("$/cancelRequest", json!({ "id": wanted }));
    assert_eq!(editor.refused("no/such", json!({})), METHOD_NOT_FOUND);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn an_editor_that_writes_much_before_it_reads_is_not_waited_for() {
    let folder = folder_with(&[]);
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    let uris: Vec<String> = (0..40).map(|i| format!("untitled:\u{1f6a2}{i}")).collect();
    let text = TEXT.repeat(400);
    for uri in &uris {
        editor.open(uri, "plaintext", &text);
    }
    for uri in &uris {
        assert!(editor.rest(uri).len() >= 400);
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn settings_of_an_editor_govern_and_wrong_ones_are_told() {
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let options = json!({ "ignore": ["cascade-artifact"] });
    let mut editor = Client::with(folder.path(), &abilities(Unit::Utf8), options);
    // It is asked for its settings, has none, and those that it began with hold.
    editor.open(&uri, "plaintext", TEXT);
    assert_eq!(editor.rest(&uri), Vec::<Value>::new());
    assert_eq!(editor.heard("workspace/configuration").len(), 1);

    editor.settings = json!({ "select": ["cascade-artifact"], "ignore": null });
    editor.forget_verdict(&uri);
    editor.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    assert_eq!(editor.rest(&uri).len(), 1);

    for (wrong, name) in [
        (json!({ "delay": "soon" }), "unspin"),
        (json!({ "select": ["\u{1f6a2}-rule"] }), "\u{1f6a2}-rule"),
    ] {
        let before = editor.heard("window/showMessage").len();
        editor.settings = wrong;
        editor.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        editor.wait("a word on it", |c| c.heard("window/showMessage").len() > before);
        let told = editor.heard("window/showMessage")[before]["message"].to_string();
        assert!(told.contains(name), "{told}");
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn settings_of_other_servers_leave_those_of_this_one() {
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let mut abilities = abilities(Unit::Utf8);
    abilities["workspace"]["configuration"] = json!(false);
    let options = json!({ "ignore": ["cascade-artifact"] });
    let mut editor = Client::with(folder.path(), &abilities, options);
    editor.open(&uri, "plaintext", TEXT);
    for settings in [json!({}), json!({ "python": { "select": ["\u{1f6a2}"] } })] {
        editor.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    }
    editor.replace(&uri, 0, 0, "\u{1f30a} ");
    editor.wait("the verdict on the change", |c| {
        c.verdicts.get(&uri).is_some_and(|verdict| verdict["version"] == c.open[&uri].version)
    });
    assert_eq!(editor.diagnostics(&uri), Vec::<Value>::new());
    editor.forget_verdict(&uri);
    let settings = json!({ "settings": { "unspin": {} } });
    editor.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(editor.rest(&uri).len(), 1);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn settings_that_cannot_be_obeyed_at_the_beginning_do_not_stand_against_others() {
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let options = json!({ "model": folder.path().join("caf\u{e9} \u{1f6a2}.model") });
    let mut editor = Client::with(folder.path(), &abilities(Unit::Utf16), options);
    editor.open(&uri, "plaintext", TEXT);
    assert_eq!(editor.rest(&uri).len(), 1);
    let lint_toml = folder.path().join("lint.toml");
    std::fs::write(&lint_toml, "[rules.cascade-artifact]\r\nseverity = \"off\"\r\n").unwrap();
    editor.forget_verdict(&uri);
    editor.changed_on_disk(&address(&lint_toml));
    assert_eq!(editor.rest(&uri), Vec::<Value>::new());
    assert_eq!(editor.heard("window/showMessage").len(), 1, "said once");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_check_that_a_goodbye_ends_is_answered() {
    let folder = folder_with(&[("\u{1f6a2}.txt", &long()), ("cafe\u{301}.txt", TEXT)]);
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    let command = json!({ "command": "unspin.checkWorkspace", "arguments": [] });
    let [check, shutdown] = editor.in_one_breath(|editor| {
        let check = editor.ask("workspace/executeCommand", command);
        [check, editor.ask("shutdown", Value::Null)]
    });
    assert_eq!(editor.answer(check)["error"]["code"], CANCELLED);
    assert_eq!(editor.answer(shutdown)["result"], Value::Null);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.end(), (0, String::new()));
}
