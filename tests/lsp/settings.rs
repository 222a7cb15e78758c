//! Settings as they are written: what may stand there, what it means, what is wrong with it, and what it governs.

use serde_json::{Value, json};

use super::check::{bare, check, expected};
use super::client::{Client, abilities, address};
use super::text::{UNITS, Unit};
use crate::unspin::folder_with;

const TEXT: &str = "\u{1f6a2} Cafe\u{301}: the boats wait withinside the harbour.\r\n";

/// What is said about a byte of an open text.
fn hover(editor: &mut Client, uri: &str, byte: usize) -> Value {
    let position = editor.unit.place(&editor.open[uri].text, byte);
    let params = json!({ "textDocument": { "uri": uri }, "position": position });
    editor.request("textDocument/hover", params)
}

/// What an editor offers at a byte of an open text.
fn offered(editor: &mut Client, uri: &str, byte: usize) -> Vec<Value> {
    let position = editor.unit.place(&editor.open[uri].text, byte);
    let params = json!({ "textDocument": { "uri": uri }, "position": position });
    editor.request("textDocument/completion", params).as_array().unwrap().clone()
}

#[test]
fn a_finding_is_explained_where_it_stands() {
    for unit in UNITS {
        let folder = folder_with(&[]);
        let uri = address(&folder.path().join("a.txt"));
        let mut editor = Client::start(folder.path(), unit);
        editor.open(&uri, "plaintext", TEXT);
        editor.rest(&uri);
        let at = TEXT.find("withinside").unwrap();
        let about = hover(&mut editor, &uri, at + 3);
        assert_eq!(about["range"], unit.range(TEXT, at, at + 10));
        assert_eq!(about["contents"]["kind"], "markdown");
        let text = about["contents"]["value"].as_str().unwrap();
        for part in ["**cascade-artifact** (error)", "evidence 6.00 nats", "% sure", "# Why"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(hover(&mut editor, &uri, 2 + "\u{1f6a2}".len()), Value::Null);
        // Where it stands by now, at once.
        editor.replace(&uri, 0, 0, "\u{1f30a}\u{1f30a} ");
        let text = editor.open[&uri].text.clone();
        let at = text.find("withinside").unwrap();
        assert_eq!(hover(&mut editor, &uri, at)["range"], unit.range(&text, at, at + 10));
        assert_eq!(offered(&mut editor, &uri, at), Vec::<Value>::new());
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn keys_and_rules_are_completed_and_explained_in_lint_toml() {
    for unit in UNITS {
        let folder = folder_with(&[]);
        let toml = address(&folder.path().join("lint.toml"));
        let mut editor = Client::start(folder.path(), unit);
        editor.open(&toml, "toml", "# \u{1f6a2} cafe\u{301}\r\n");
        // A rule, its key, its value: each is chosen from what is offered.
        for (typed, chosen) in
            [("[rules.casc", "cascade-artifact"), ("\r\nsev", "severity"), ("in", "info")]
        {
            let at = editor.open[&toml].text.len();
            editor.replace(&toml, at, at, typed);
            let at = editor.open[&toml].text.len();
            let offered = offered(&mut editor, &toml, at);
            let labels: Vec<&Value> = offered.iter().map(|item| &item["label"]).collect();
            let item = offered.iter().find(|item| item["label"].as_str().unwrap().contains(chosen));
            let item = item.unwrap_or_else(|| panic!("{chosen} is not among {labels:?}"));
            assert!(item["documentation"]["value"].is_string(), "{item}");
            let edit = json!({ "changes": { &toml: [item["textEdit"]] } });
            editor.apply(&edit);
        }
        editor.wait("it to be sound", |c| {
            c.published.get(&toml).is_some_and(|p| p["version"] == c.open[&toml].version)
        });
        let text = editor.open[&toml].text.clone();
        assert!(text.contains("[rules.cascade-artifact]\r\nseverity = \"info\""), "{text:?}");
        assert_eq!(editor.diagnostics(&toml), Vec::<Value>::new());
        let at = text.find("severity").unwrap();
        let about = hover(&mut editor, &toml, at + 1);
        assert_eq!(about["range"], unit.range(&text, at, at + "severity".len()));
        let at = text.find("cascade").unwrap();
        let page = hover(&mut editor, &toml, at)["contents"]["value"].to_string();
        assert!(page.contains("A connective that was replaced"), "{page}");
        // It governs.
        let uri = address(&folder.path().join("a.txt"));
        editor.open(&uri, "plaintext", TEXT);
        editor.wait("its severity", |c| {
            c.diagnostics(&uri).first().is_some_and(|d| d["severity"] == 3)
        });
        assert_eq!(editor.leave(), 0);
    }
}

/// Settings with a mistake behind letters of all widths.
const WRONG: &str =
    "# \u{1f6a2}\r\nrules = { \"garbled-name\" = { severty = \"off\" } } # cafe\u{301}\r\n";

#[test]
fn mistakes_in_settings_are_shown_in_them_on_the_disk_and_as_they_are_written() {
    for unit in UNITS {
        let folder = folder_with(&[("lint.toml", WRONG)]);
        let (uri, toml) =
            (address(&folder.path().join("a.txt")), address(&folder.path().join("lint.toml")));
        let at = WRONG.find("severty").unwrap();
        let range = unit.range(WRONG, at, at + "severty".len());
        let mut editor = Client::start(folder.path(), unit);
        // On the disk: told as soon as they govern something.
        editor.open(&uri, "plaintext", TEXT);
        editor.rest(&uri);
        let told = editor.diagnostics(&toml);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0]["range"], range);
        assert_eq!(told[0]["severity"], 1);
        assert!(
            told[0]["message"].as_str().unwrap().contains("did you mean `severity`?"),
            "{told:?}"
        );
        // The same, open and then edited.
        editor.open(&toml, "toml", WRONG);
        let is_at = |editor: &Client, version: i64| {
            editor.published.get(&toml).is_some_and(|p| p["version"] == version)
        };
        editor.wait("them as they stand", |c| is_at(c, 1));
        assert_eq!(editor.diagnostics(&toml)[0]["range"], range);
        editor.replace(&toml, at + 5, at + 5, "i");
        editor.wait("them repaired", |c| is_at(c, 2));
        assert_eq!(editor.diagnostics(&toml), Vec::<Value>::new());
        // Closed unsaved, the mistake is there again; mended on the disk, it is not.
        editor.close(&toml);
        editor.wait("the file", |c| c.diagnostics(&toml).len() == 1);
        std::fs::write(folder.path().join("lint.toml"), WRONG.replace("severty", "severity"))
            .unwrap();
        editor.changed_on_disk(&toml);
        editor.wait("the mended file", |c| c.diagnostics(&toml).is_empty());
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn an_editor_that_pulls_is_told_of_mistakes_once() {
    let folder = folder_with(&[("lint.toml", WRONG)]);
    let (uri, toml) =
        (address(&folder.path().join("a.txt")), address(&folder.path().join("lint.toml")));
    let mut abilities = abilities(Unit::Utf16);
    abilities["textDocument"]["diagnostic"] = json!({});
    let mut editor = Client::with(folder.path(), &abilities, Value::Null);
    editor.open(&uri, "plaintext", TEXT);
    editor.wait("the mistake", |c| c.diagnostics(&toml).len() == 1);
    // What it pulls of an open file stands in the place of what it was sent.
    editor.open(&toml, "toml", WRONG);
    let pull = json!({ "textDocument": { "uri": toml } });
    let pulled = editor.request("textDocument/diagnostic", pull);
    assert_eq!(pulled["items"].as_array().unwrap().len(), 1, "{pulled}");
    assert_eq!(editor.diagnostics(&toml), Vec::<Value>::new());
    assert_eq!(editor.leave(), 0);
}

#[test]
fn settings_with_mistakes_that_are_not_saved_change_nothing() {
    let folder = folder_with(&[("lint.toml", "[rules.cascade-artifact]\nseverity = \"info\"\n")]);
    let (uri, toml) =
        (address(&folder.path().join("a.txt")), address(&folder.path().join("lint.toml")));
    let mut editor = Client::start(folder.path(), Unit::Utf8);
    editor.open(&uri, "plaintext", TEXT);
    assert_eq!(editor.rest(&uri)[0]["severity"], 3);
    editor.open(&toml, "toml", "[rules.cascade-artifact]\r\nseverity = \"off\" \u{1f6a2}\r\n");
    editor.wait("the mistake", |c| !c.diagnostics(&toml).is_empty());
    editor.replace(&uri, 0, 0, "e\u{301} ");
    assert_eq!(editor.rest(&uri)[0]["severity"], 3);
    assert_eq!(editor.leave(), 0);
}

const PACK: &str = "\
# \u{1f6a2} cafe\u{301}
[pack]
name = \"harbour-desk\"
version = \"1.0.0\"
license = \"CC0-1.0\"
unspin = \"0.1\"
description = \"How the harbour desk writes\"

[[rule]]
id = \"desk-words\"
kind = \"substitution\"
message = 'the desk writes \"{suggestion}\" for \"{found}\"'

[rule.phrases]
\"at this point in time\" = \"now\"

[[rule.examples]]
bad = \"The pier is shut [[at this point in time]].\"
fixed = \"The pier is shut now.\"

[[rule.examples]]
good = \"The pier is of use.\"
";

#[test]
fn a_pack_governs_and_its_mistakes_are_shown_in_it() {
    let wrong = PACK.replace("kind = \"substitution\"", "kind = \"substitoution\"");
    for unit in UNITS {
        let folder =
            folder_with(&[("lint.toml", "packs = [\"house.toml\"]\n"), ("house.toml", PACK)]);
        let (uri, pack) =
            (address(&folder.path().join("a.txt")), address(&folder.path().join("house.toml")));
        let text = "\u{1f6a2} Cafe\u{301}: the pier is shut at this point in time.\r\n";
        let mut editor = Client::start(folder.path(), unit);
        editor.open(&uri, "plaintext", text);
        let told = editor.rest(&uri);
        assert_eq!(told[0]["code"], "desk-words", "{told:?}");
        assert_eq!(bare(&told), expected(&check(folder.path(), "a.txt", text), text, unit));
        let explained = editor.command("unspin.explainRule", json!(["desk-words", uri]));
        assert_eq!(explained["rule"], "desk-words");

        std::fs::write(folder.path().join("house.toml"), &wrong).unwrap();
        editor.forget_verdict(&uri);
        editor.changed_on_disk(&pack);
        editor.rest(&uri);
        editor.wait("the mistake", |c| !c.diagnostics(&pack).is_empty());
        let told = editor.diagnostics(&pack);
        let at = wrong.find("\"substitoution\"").unwrap();
        assert_eq!(told[0]["range"]["start"]["line"], unit.place(&wrong, at)["line"], "{told:?}");
        assert_eq!(editor.diagnostics(&uri), Vec::<Value>::new(), "its rules are not there");

        std::fs::write(folder.path().join("house.toml"), PACK).unwrap();
        editor.forget_verdict(&uri);
        editor.changed_on_disk(&pack);
        assert_eq!(editor.rest(&uri).len(), 1);
        editor.wait("nothing more of it", |c| c.diagnostics(&pack).is_empty());
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn who_asks_right_after_a_key_is_told_of_the_settings_as_they_stand() {
    let folder = folder_with(&[]);
    let toml = address(&folder.path().join("lint.toml"));
    let mut abilities = abilities(Unit::Utf16);
    abilities["textDocument"]["diagnostic"] = json!({});
    let mut editor = Client::with(folder.path(), &abilities, Value::Null);
    let text = "# \u{1f6a2} cafe\u{301}\r\n[rules.cascade-artifact]\r\nseverity = \"info\"\r\n";
    editor.open(&toml, "toml", text);
    let at = text.find("info").unwrap();
    let asked = editor.in_one_breath(|editor| {
        editor.replace(&toml, at, at + 1, "\u{1f30a}");
        editor.replace(&toml, 0, 0, "# e\u{301}\r\n");
        editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": toml } }))
    });
    let items = editor.answer(asked)["result"]["items"].clone();
    assert_eq!(items.as_array().map(Vec::len), Some(1), "{items}");
    assert_eq!(items[0]["range"]["start"]["line"], 3);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn packs_plugins_and_models_of_a_folder_that_nobody_trusts_are_left_out() {
    let pack = "[pack]\nname = \"q\"\nversion = \"0.1.0\"\nlicense = \"CC0-1.0\"\nunspin = \"0.1\"\n[[rule]]\n\
        id = \"q-rule\"\nkind = \"existence\"\nseverity = \"error\"\nevidence = 6.0\nsummary = \"S.\"\n\
        message = \"m\"\n[rule.phrases]\n\"the harbour\" = {}\n[[rule.examples]]\nbad = \"See [[the harbour]].\"\n";
    let outside = folder_with(&[("desk.toml", "[rules.cascade-artifact]\nseverity = \"off\"\n")]);
    let settings = format!(
        "extends = {:?}\npacks = [\"q.toml\"]\nmodel = \"m.model\"\nplugins.x = \"x.wasm\"\n",
        outside.path().join("desk.toml")
    );
    let folder = folder_with(&[("q.toml", pack), ("lint.toml", &settings)]);
    let (uri, toml) = (folder.path().join("a.txt"), folder.path().join("lint.toml"));
    let (uri, toml) = (address(&uri), address(&toml));
    let codes = |found: Vec<Value>| {
        let mut codes: Vec<String> = found.iter().map(|d| d["code"].to_string()).collect();
        codes.sort();
        codes
    };
    // Settings that cannot be read do not make it trusted.
    for options in [json!({ "trusted": false }), json!({ "trusted": false, "delay": "soon" })] {
        let mut editor = Client::with(folder.path(), &abilities(Unit::Utf8), options);
        editor.open(&uri, "plaintext", TEXT);
        assert_eq!(codes(editor.rest(&uri)), ["\"cascade-artifact\""]);
        let told = editor.diagnostics(&toml);
        assert_eq!(told.len(), 4, "{told:?}");
        for problem in told {
            let message = problem["message"].as_str().unwrap();
            assert!(message.contains("holds the folder for untrusted"), "{message}");
        }
        // Nor do others that say nothing of it.
        editor.settings = json!({ "delay": 50 });
        editor.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        editor.forget_verdict(&uri);
        editor.replace(&uri, 0, 0, "\u{1f30a} ");
        editor.wait("the verdict on the change", |c| {
            c.verdicts.get(&uri).is_some_and(|v| v["version"] == c.open[&uri].version)
        });
        assert_eq!(codes(editor.diagnostics(&uri)), ["\"cascade-artifact\""]);

        editor.settings = json!({ "trusted": true });
        editor.forget_verdict(&uri);
        editor.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        assert_eq!(codes(editor.rest(&uri)), ["\"q-rule\""]);
        assert_eq!(editor.leave(), 0);
    }
}
