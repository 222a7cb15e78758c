//! An editor that means harm, or that has lost its mind: nothing that it sends makes the server crash, hang, take memory
//! that was not sent, or write a file by itself.

use serde_json::json;

use super::client::{Client, address};
use super::text::Unit;
use crate::unspin::folder_with;

const TEXT: &str = "The boats wait withinside the harbour.\n";

#[test]
fn frames_that_lie_end_the_server_and_nothing_of_them_is_told() {
    let folder = folder_with(&[]);
    let body = "{\"s3cr3t\": ";
    for (frame, why) in [
        ("Content-Length: 18446744073709551615\r\n\r\n{}".to_owned(), "more than 256 MiB"),
        ("Content-Length: 200000000000\r\n\r\n{}".to_owned(), "more than 256 MiB"),
        ("Content-Length: -1\r\n\r\n{}".to_owned(), "no number"),
        ("Content-Length: 1\r\n".repeat(1_000), "too long"),
        ("s".repeat(20_000), "too long"),
        ("s3cr3t\n".to_owned(), "does not end as one"),
        ("s3cr3t\r\n\r\n".to_owned(), "malformed"),
        ("A: b\r\n\r\n{}".to_owned(), "no length"),
        (format!("Content-Length: {}\r\n\r\n{body}", body.len()), "not of the protocol"),
        (format!("Content-Length: 400000\r\n\r\n{}", "[".repeat(400_000)), "not of the protocol"),
    ] {
        let mut editor = Client::start(folder.path(), Unit::Utf16);
        editor.send_bytes(frame.as_bytes());
        let (status, errors) = editor.end();
        assert_eq!(status, 1, "{errors}");
        assert!(errors.contains(why) && !errors.contains("s3cr3t"), "{why}: {errors}");
        assert_eq!(errors.lines().count(), 1, "{errors}");
    }
}

#[test]
fn places_and_addresses_that_are_none_do_no_harm() {
    let folder = folder_with(&[("a.txt", TEXT)]);
    let uri = address(&folder.path().join("a.txt"));
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    editor.open(&uri, "plaintext", TEXT);
    assert_eq!(editor.rest(&uri).len(), 1);
    let most = u64::from(u32::MAX);
    for (line, character) in [(most, most), (0, most), (most, 0), (1, 1), (0, 39)] {
        let place = json!({ "line": line, "character": character });
        let about = json!({ "uri": uri });
        let params = json!({ "textDocument": about, "position": place });
        editor.request("textDocument/hover", params);
        let range = json!({ "start": place, "end": { "line": 0, "character": 0 } });
        let params =
            json!({ "textDocument": about, "range": range, "context": { "diagnostics": [] } });
        editor.request("textDocument/codeAction", params);
    }
    for text in [
        "",
        "file:",
        "file://",
        "file:///",
        "file:///%00",
        "file:///%ff%fe",
        "file:///../../../../etc/passwd",
        "file:///dev/zero",
        "file://host/share/a.txt",
        "http://example.org/a.txt",
        "\u{1b}[2J",
        &format!("file:///{}", "a/".repeat(50_000)),
    ] {
        let item = json!({ "uri": text, "languageId": "plaintext", "version": 1, "text": TEXT });
        editor.notify("textDocument/didOpen", json!({ "textDocument": item }));
        for command in ["unspin.fixFile", "unspin.verdict", "unspin.addToVocabulary"] {
            // Whether there is an answer or a refusal depends on the system; there is one.
            let params = json!({ "command": command, "arguments": ["", text] });
            let id = editor.ask("workspace/executeCommand", params);
            editor.answer(id);
        }
        let about = json!({ "uri": text });
        editor.notify("textDocument/didClose", json!({ "textDocument": about }));
    }
    // A change far outside of the text, and one that ends before it begins.
    let range = json!({ "start": { "line": most, "character": most }, "end": { "line": 0, "character": 0 } });
    let about = json!({ "uri": uri, "version": 9 });
    let changes = json!([{ "range": range, "text": "x" }]);
    let params = json!({ "textDocument": about, "contentChanges": changes });
    editor.notify("textDocument/didChange", params);
    editor.request(
        "textDocument/hover",
        json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } }),
    );
    assert_eq!(editor.leave(), 0);
}

#[test]
fn no_command_writes_a_text_by_itself() {
    let text = "The shed is beneath neath the pier, and the talks end as soon as and for all.\n";
    let outside = folder_with(&[("b.txt", text)]);
    let folder = folder_with(&[("a.txt", text)]);
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    for path in [folder.path().join("a.txt"), outside.path().join("b.txt")] {
        let uri = address(&path);
        editor.open(&uri, "plaintext", text);
        editor.rest(&uri);
        let params = json!({ "command": "unspin.fixFile", "arguments": [uri] });
        let fixed = editor.request("workspace/executeCommand", params);
        assert_ne!(fixed["fixes"], 0);
        // The edit is the editor's to make.
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
    // A file that is not open is none that can be repaired.
    let closed = address(&outside.path().join("c.txt"));
    let params = json!({ "command": "unspin.fixFile", "arguments": [closed] });
    assert_eq!(editor.request("workspace/executeCommand", params)["fixes"], 0);
    assert_eq!(editor.leave(), 0);
}

#[cfg(unix)]
#[test]
fn settings_that_are_a_link_out_of_the_repository_are_not_written() {
    let outside = folder_with(&[("other.toml", "[tool]\n")]);
    let folder = folder_with(&[("a.txt", TEXT)]);
    let other = outside.path().join("other.toml");
    std::os::unix::fs::symlink(&other, folder.path().join("lint.toml")).unwrap();
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    let uri = address(&folder.path().join("a.txt"));
    editor.open(&uri, "plaintext", TEXT);
    editor.rest(&uri);
    let params = json!({ "command": "unspin.addToVocabulary", "arguments": ["withinside", uri] });
    let id = editor.ask("workspace/executeCommand", params);
    let refused = editor.answer(id);
    let why = refused["error"]["message"].as_str().unwrap_or_default();
    assert!(why.contains("a link that leads out"), "{refused}");
    assert_eq!(std::fs::read_to_string(other).unwrap(), "[tool]\n");
    assert_eq!(editor.leave(), 0);
}
