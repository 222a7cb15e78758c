//! Folders: what governs in each, and the check of all that lies in them.

use serde_json::{Value, json};

use super::check::{bare, check, expected};
use super::client::{Client, abilities, address};
use super::text::{UNITS, Unit};
use crate::unspin::folder_with;

const BAD: &str = "\u{1f6a2} Cafe\u{301}: the boats wait withinside the harbour.\r\n";
const GOOD: &str = "\u{1f6a2} Cafe\u{301}: the boats wait in the harbour.\r\n";
const CANCELLED: i64 = -32_800;

fn settings(severity: &str) -> String {
    format!("# \u{1f6a2}\r\n[rules.cascade-artifact]\r\nseverity = \"{severity}\"\r\n")
}

#[test]
fn two_folders_have_settings_of_their_own_and_come_and_go() {
    for unit in UNITS {
        let (info, off) = (settings("info"), settings("off"));
        let folder = folder_with(&[
            ("desk \u{1f6a2}/lint.toml", &info),
            ("desk \u{1f6a2}/a.txt", BAD),
            ("wire/lint.toml", &off),
            ("wire/b.txt", BAD),
            ("late/c.txt", BAD),
        ]);
        let at = |name: &str| address(&folder.path().join(name));
        let about = |name: &str| json!({ "uri": at(name), "name": name });
        let mut editor = Client::silent(folder.path());
        editor.initialize(json!({
            "processId": null,
            "rootUri": null,
            "workspaceFolders": [about("desk \u{1f6a2}"), about("wire")],
            "capabilities": abilities(unit),
        }));
        let (desk, wire, late) = (at("desk \u{1f6a2}/a.txt"), at("wire/b.txt"), at("late/c.txt"));
        for uri in [&desk, &wire, &late] {
            editor.open(uri, "plaintext", BAD);
        }
        assert_eq!(editor.rest(&desk)[0]["severity"], 3);
        assert_eq!(editor.rest(&wire), Vec::<Value>::new());
        assert_eq!(
            editor.rest(&late)[0]["severity"],
            1,
            "no folder of the workspace, and governed by nothing"
        );

        let checked = |editor: &mut Client| editor.command("unspin.checkWorkspace", json!([]));
        assert_eq!(checked(&mut editor)["files"], 2);
        let event = json!({ "added": [about("late")], "removed": [about("desk \u{1f6a2}")] });
        editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
        assert_eq!(checked(&mut editor)["files"], 2);
        assert_eq!(checked(&mut editor)["findings"], 1);
        let event = json!({ "added": [about("desk \u{1f6a2}")], "removed": [] });
        editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
        assert_eq!(checked(&mut editor)["files"], 3);

        // A term goes to the settings that govern the text.
        let range = editor.diagnostics(&desk)[0]["range"].clone();
        let menu = editor.actions(&desk, &range, None);
        let add =
            menu.iter().find(|a| a["command"]["command"] == "unspin.addToVocabulary").unwrap();
        editor.forget_verdict(&desk);
        editor.command("unspin.addToVocabulary", add["command"]["arguments"].clone());
        assert_eq!(editor.rest(&desk), Vec::<Value>::new());
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(read("desk \u{1f6a2}/lint.toml").contains("withinside"));
        assert_eq!(read("wire/lint.toml"), off);
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn all_files_are_checked_with_progress_and_closed_ones_are_told_of() {
    for unit in UNITS {
        let folder = folder_with(&[
            ("a \u{1f6a2}.txt", BAD),
            ("deep/b.md", BAD),
            ("deep/good.html", GOOD),
            ("open.txt", BAD),
            ("wire.jsonl", "{\"text\": \"The boats wait withinside the harbour.\"}\n"),
            ("code.rs", "// The boats wait withinside the harbour.\n"),
        ]);
        let at = |name: &str| address(&folder.path().join(name));
        let mut editor = Client::start(folder.path(), unit);
        // Open, unsaved and sound by now.
        let open = at("open.txt");
        editor.open(&open, "plaintext", GOOD);
        editor.rest(&open);
        let result = editor.command("unspin.checkWorkspace", json!([]));
        assert_eq!(result, json!({ "files": 4, "findings": 3, "reworded": 0, "failures": 0 }));
        for name in ["a \u{1f6a2}.txt", "deep/b.md"] {
            let told = editor.diagnostics(&at(name));
            let wanted = expected(&check(folder.path(), name, BAD), BAD, unit);
            assert_eq!(bare(&told), wanted, "{name}");
            assert_eq!(wanted.len(), 1);
        }
        assert_eq!(editor.diagnostics(&open), Vec::<Value>::new());
        assert!(!editor.published.contains_key(&at("deep/good.html")));

        // A beginning, a step for each file, an end.
        let token = &editor.heard("window/workDoneProgress/create")[0]["token"];
        let progress = editor.heard("$/progress");
        assert!(progress.iter().all(|p| p["token"] == *token), "{progress:?}");
        let kinds: Vec<&str> =
            progress.iter().filter_map(|p| p["value"]["kind"].as_str()).collect();
        assert_eq!(kinds, ["begin", "report", "report", "report", "report", "end"]);
        assert_eq!(progress[0]["value"]["cancellable"], true);
        assert_eq!(progress[4]["value"]["percentage"], 100);

        // Once a file is opened its own state is told; one that was mended or is gone is told of no more.
        let deep = at("deep/b.md");
        editor.open(&deep, "markdown", GOOD);
        assert_eq!(editor.rest(&deep), Vec::<Value>::new());
        editor.close(&deep);
        std::fs::write(folder.path().join("deep/b.md"), GOOD).unwrap();
        std::fs::write(folder.path().join("deep/good.html"), BAD).unwrap();
        std::fs::remove_file(folder.path().join("a \u{1f6a2}.txt")).unwrap();
        let result = editor.command("unspin.checkWorkspace", json!([]));
        assert_eq!(result["findings"], 2);
        for (name, findings) in [("a \u{1f6a2}.txt", 0), ("deep/b.md", 0), ("deep/good.html", 1)] {
            assert_eq!(editor.diagnostics(&at(name)).len(), findings, "{name}");
        }
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn files_that_cannot_be_read_are_counted_and_written_in_the_log() {
    let folder = folder_with(&[("a.txt", BAD)]);
    std::os::unix::fs::symlink("caf\u{e9}-nowhere", folder.path().join("b \u{1f6a2}.txt")).unwrap();
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    let result = editor.command("unspin.checkWorkspace", json!([]));
    assert_eq!(result, json!({ "files": 1, "findings": 1, "reworded": 0, "failures": 1 }));
    let logged = editor.heard("window/logMessage");
    assert_eq!(logged.len(), 1, "{logged:?}");
    assert!(
        logged[0]["message"].as_str().unwrap().contains("b \u{1f6a2}.txt: no such file"),
        "{logged:?}"
    );
    // Without a folder there is nothing to check.
    let mut lone = Client::silent(folder.path());
    lone.initialize(
        json!({ "processId": null, "rootUri": null, "capabilities": abilities(Unit::Utf8) }),
    );
    let nothing = json!({ "files": 0, "findings": 0, "reworded": 0, "failures": 0 });
    assert_eq!(lone.command("unspin.checkWorkspace", json!([])), nothing);
    assert_eq!((editor.leave(), lone.leave()), (0, 0));
}

#[test]
fn a_check_that_is_under_way_is_stopped_by_whoever_asked_for_it() {
    // So many that nobody can be done with them before the second word is heard.
    let text = format!("{}\n", BAD.repeat(400));
    let names: Vec<String> = (0..300).map(|i| format!("{i} \u{1f6a2}.txt")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), text.as_str())).collect();
    let folder = folder_with(&files);
    for how in ["$/cancelRequest", "window/workDoneProgress/cancel"] {
        let mut editor = Client::start(folder.path(), Unit::Utf16);
        let check = json!({ "command": "unspin.checkWorkspace", "arguments": [] });
        let asked = editor.ask("workspace/executeCommand", check.clone());
        editor.wait("the first step", |c| c.heard("$/progress").len() > 1);
        // Two at once are one too many; what is asked beside it is answered.
        editor.refused("workspace/executeCommand", check);
        assert_eq!(editor.command("unspin.verdict", json!(["untitled:\u{1f6a2}"])), Value::Null);
        let params = match how {
            "$/cancelRequest" => json!({ "id": asked }),
            _ => editor.heard("window/workDoneProgress/create")[0].clone(),
        };
        editor.notify(how, params);
        assert_eq!(editor.answer(asked)["error"]["code"], CANCELLED, "{how}");
        let progress = editor.heard("$/progress");
        assert_eq!(progress.last().unwrap()["value"]["kind"], "end");
        assert!(progress.len() < names.len(), "{how}: {} steps", progress.len());
        // One that goes in the middle of the next is not held.
        editor.ask("workspace/executeCommand", json!({ "command": "unspin.checkWorkspace" }));
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn what_was_told_of_a_file_is_taken_back_however_its_address_is_spelt() {
    let folder = folder_with(&[("caf\u{e9} (1).txt", BAD)]);
    let told = address(&folder.path().join("caf\u{e9} (1).txt"));
    let own = told.replace("%28", "(").replace("%29", ")");
    assert_ne!(own, told);
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    editor.command("unspin.checkWorkspace", json!([]));
    assert_eq!(editor.diagnostics(&told).len(), 1);
    editor.open(&own, "plaintext", BAD);
    assert_eq!(editor.rest(&own).len(), 1);
    assert_eq!(editor.diagnostics(&told), Vec::<Value>::new());
    assert_eq!(editor.leave(), 0);
}
