//! What can be done about a finding: every action is carried out, and what comes of it is looked at.

use std::path::Path;

use serde_json::{Value, json};

use super::client::{Client, abilities, address};
use super::text::{UNITS, Unit};
use crate::unspin::{folder_with, root, run};

/// Damage of three rules, on lines of both kinds.
const TEXT: &str = "\u{1f6a2} Cafe\u{301} news\r\n\r\nZo\u{eb} \u{1f30a} says the boats wait withinside the bay.\r\nNobody \u{1f6a2} asked.\n\nThe nets lie withinside the bay, and the the talks went on.\r\n";

/// The range of the nth damaged word.
fn bad(text: &str, unit: Unit, nth: usize) -> Value {
    let (start, word) = text.match_indices("withinside").nth(nth).unwrap();
    unit.range(text, start, start + word.len())
}

#[track_caller]
fn titled<'m>(menu: &'m [Value], title: &str) -> &'m Value {
    let titles: Vec<&Value> = menu.iter().map(|action| &action["title"]).collect();
    menu.iter()
        .find(|action| action["title"] == title)
        .unwrap_or_else(|| panic!("{title} is not among {titles:?}"))
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|d| d["code"].as_str()).filter(|&code| code != "verdict").collect()
}

#[test]
fn each_of_three_suggestions_takes_the_place_of_the_damage() {
    for unit in UNITS {
        let folder = folder_with(&[]);
        let uri = address(&folder.path().join("a.txt"));
        let mut editor = Client::start(folder.path(), unit);
        editor.open(&uri, "plaintext", TEXT);
        for word in ["in", "within", "inside"] {
            editor.rewrite(&uri, TEXT);
            let before = editor.rest(&uri).len();
            let range = bad(TEXT, unit, 0);
            let menu = editor.actions(&uri, &range, Some("quickfix"));
            let action = titled(&menu, &format!("Replace with \"{word}\""));
            assert_eq!(action["kind"], "quickfix");
            assert_eq!(action["diagnostics"][0]["range"], range, "it says what it is about");
            assert_eq!(action["diagnostics"][0]["code"], "cascade-artifact");
            // Nothing is said to be right that is not safe.
            assert_eq!(action.get("isPreferred"), None);
            editor.apply(&action["edit"].clone());
            assert_eq!(editor.open[&uri].text, TEXT.replacen("withinside", word, 1));
            assert!(editor.rest(&uri).len() < before, "{word}");
        }
        // Elsewhere there is nothing to be done, and of other kinds neither.
        let elsewhere = unit.range(TEXT, 0, 4);
        assert_eq!(editor.actions(&uri, &elsewhere, None), Vec::<Value>::new());
        let range = bad(&editor.open[&uri].text.clone(), unit, 0);
        assert_eq!(editor.actions(&uri, &range, Some("refactor")), Vec::<Value>::new());
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn a_safe_repair_is_preferred() {
    let text = "\u{1f6a2} The cafe\u{301} lies beneath neath the pier.\r\n";
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let mut editor = Client::start(folder.path(), Unit::Utf8);
    editor.open(&uri, "plaintext", text);
    let found = editor.rest(&uri);
    let menu = editor.actions(&uri, &found[0]["range"], None);
    assert_eq!(menu[0]["isPreferred"], true, "{menu:?}");
    editor.apply(&menu[0]["edit"]);
    assert_eq!(editor.open[&uri].text, "\u{1f6a2} The cafe\u{301} lies under the pier.\r\n");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn somebodys_words_are_changed_with_a_warning_and_never_all_at_once() {
    let text = "\u{201c}The nets \u{1f30a} lie withinside the shed,\u{201d} Rene\u{301}e Okoro told reporters.\r\nThe boats wait withinside the bay.\r\nThe boats wait withinside the bar.\r\n";
    for unit in UNITS {
        let folder = folder_with(&[]);
        let uri = address(&folder.path().join("a.txt"));
        let mut editor = Client::start(folder.path(), unit);
        editor.open(&uri, "plaintext", text);
        let found = editor.rest(&uri);
        let quoted = found.iter().find(|d| d["code"] == "altered-quotation").unwrap();
        let menu = editor.actions(&uri, &quoted["range"], None);
        let action = titled(&menu, "Replace with \"in\" (somebody's words: check the source)");
        assert_eq!(action.get("isPreferred"), None);
        let all = action["edit"].clone();
        editor.apply(&all);
        assert_eq!(editor.open[&uri].text, text.replacen("withinside", "in", 1));
        // The others of its rule are not quoted, and go together.
        editor.rewrite(&uri, text);
        editor.rest(&uri);
        let menu = editor.actions(&uri, &bad(text, unit, 1), None);
        editor.apply(&titled(&menu, "Repair all 2 findings of cascade-artifact")["edit"].clone());
        let wanted = text.replace("wait withinside", "wait in");
        assert_eq!(editor.open[&uri].text, wanted);
        assert_eq!(editor.leave(), 0);
    }
}

/// The text as plain text, Markdown and HTML.
fn kinds() -> [(&'static str, &'static str, String); 3] {
    let markdown = TEXT.replacen("\u{1f6a2} Cafe", "# \u{1f6a2} Cafe", 1);
    let paragraphs = TEXT.replace("\r\n\r\n", "</p>\r\n\r\n<p>").replace("\n\n", "</p>\n\n<p>");
    let html = format!("<!DOCTYPE html>\n<title>\u{1f6a2}</title>\n<p>{paragraphs}</p>\r\n");
    [("a.txt", "plaintext", TEXT.into()), ("a.md", "markdown", markdown), ("a.html", "html", html)]
}

#[test]
fn a_rule_is_silenced_at_one_place_or_in_the_whole_file() {
    let folder = folder_with(&[]);
    for (unit, (name, language, text)) in UNITS.into_iter().zip(kinds()) {
        let uri = address(&folder.path().join(name));
        let mut editor = Client::start(folder.path(), unit);
        editor.open(&uri, language, &text);
        assert_eq!(
            codes(&editor.rest(&uri)).iter().filter(|&&c| c == "cascade-artifact").count(),
            2
        );
        let menu = editor.actions(&uri, &bad(&text, unit, 0), None);
        editor.apply(&titled(&menu, "Suppress cascade-artifact here")["edit"].clone());
        let found = editor.rest(&uri);
        let left: Vec<&Value> = found.iter().filter(|d| d["code"] == "cascade-artifact").collect();
        let here = editor.open[&uri].text.clone();
        assert_eq!(left.len(), 1, "{name}: {here:?}");
        assert_eq!(left[0]["range"], bad(&here, unit, 1), "{name}: the other one stays");
        assert!(codes(&found).iter().all(|&code| code != "unused-suppression"), "{found:?}");

        editor.rewrite(&uri, &text);
        editor.rest(&uri);
        let menu = editor.actions(&uri, &bad(&text, unit, 1), None);
        editor.apply(&titled(&menu, "Suppress cascade-artifact in this file")["edit"].clone());
        let found = editor.rest(&uri);
        assert!(codes(&found).iter().all(|&code| code != "cascade-artifact"), "{name}: {found:?}");
        assert!(codes(&found).iter().all(|&code| code != "unused-suppression"), "{found:?}");
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn all_safe_repairs_are_those_that_a_command_line_writes() {
    let spun = std::fs::read_to_string(root().join("tests/corpus/ferry_spun.txt")).unwrap();
    let spun = spun.replacen('\n', " \u{1f6a2} cafe\u{301}\r\n", 1);
    let small = "\u{1f6a2} The shed is beneath neath the pier, and the talks end as soon as and for all.\r\n\r\nZo\u{eb} waits withinside the hall for a month-lengthy talk.\r\n";
    for (unit, text) in UNITS.into_iter().zip([small, spun.as_str(), small]) {
        let folder = folder_with(&[("a.txt", text)]);
        assert_eq!(run(folder.path(), &["fix", "--quiet", "a.txt"], b"").stderr, "");
        let wanted = std::fs::read_to_string(folder.path().join("a.txt")).unwrap();
        assert_ne!(wanted, text);
        let uri = address(&folder.path().join("b.txt"));
        let mut editor = Client::start(folder.path(), unit);
        editor.open(&uri, "plaintext", text);
        editor.rest(&uri);
        let all = unit.range(text, 0, text.len());
        for kind in ["source.fixAll.unspin", "source.fixAll", "source"] {
            editor.rewrite(&uri, text);
            // At once, before anybody rests: it is asked for as a file is saved.
            let menu = editor.actions(&uri, &all, Some(kind));
            assert_eq!(menu.len(), 1, "{kind}: {menu:?}");
            assert_eq!(menu[0]["kind"], "source.fixAll.unspin");
            editor.apply(&menu[0]["edit"]);
            assert_eq!(editor.open[&uri].text, wanted, "{kind}");
        }
        editor.rewrite(&uri, text);
        let made = editor.command("unspin.fixFile", json!([uri]))["fixes"].as_u64().unwrap();
        editor.wait("the edit", |c| c.open[&uri].text != text);
        assert_eq!(editor.open[&uri].text, wanted);
        assert_eq!(made > 1, text == small, "{made} repairs");
        // Then nothing is left to be done.
        editor.rest(&uri);
        let all = unit.range(&wanted, 0, wanted.len());
        assert_eq!(editor.actions(&uri, &all, Some("source.fixAll")), Vec::<Value>::new());
        assert_eq!(editor.command("unspin.fixFile", json!([uri])), json!({ "fixes": 0 }));
        assert_eq!(editor.leave(), 0);
    }
}

/// The menu's command, carried out.
#[track_caller]
fn carry_out(editor: &mut Client, menu: &[Value], title: &str) -> Value {
    let command = &titled(menu, title)["command"];
    editor.command(command["command"].as_str().unwrap(), command["arguments"].clone())
}

const ADD: &str = "Add \"withinside\" to the vocabulary";

#[test]
fn a_term_is_added_to_the_settings_on_the_disk_or_in_the_editor() {
    let folder = folder_with(&[]);
    let lint_toml = folder.path().join("lint.toml");
    let (uri, toml) = (address(&folder.path().join("\u{1f6a2}/a.txt")), address(&lint_toml));
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    let add = |editor: &mut Client| {
        editor.rest(&uri);
        let menu = editor.actions(&uri, &bad(TEXT, Unit::Utf16, 0), None);
        editor.forget_verdict(&uri);
        carry_out(editor, &menu, ADD);
        assert!(!codes(&editor.rest(&uri)).contains(&"cascade-artifact"));
    };
    // There is no file yet: it is made in the folder of the workspace.
    editor.open(&uri, "plaintext", TEXT);
    add(&mut editor);
    let made = std::fs::read_to_string(&lint_toml).unwrap();
    assert!(made.contains("[vocabulary]") && made.contains("\"withinside\""), "{made}");

    // There is one, and it is closed.
    let desk =
        "# \u{1f6a2} cafe\u{301}\r\n[vocabulary]\r\naccept = [\"r\u{ed}ng-fence\"]  # ours\r\n";
    std::fs::write(&lint_toml, desk).unwrap();
    editor.forget_verdict(&uri);
    editor.changed_on_disk(&toml);
    add(&mut editor);
    let wanted = desk.replace("fence\"]", "fence\", \"withinside\"]");
    assert_eq!(std::fs::read_to_string(&lint_toml).unwrap(), wanted);

    // It is open: the editor is asked to change it, and nothing is written.
    std::fs::write(&lint_toml, desk).unwrap();
    editor.forget_verdict(&uri);
    editor.open(&toml, "toml", desk);
    add(&mut editor);
    assert_eq!(editor.open[&toml].text, wanted);
    assert_eq!(std::fs::read_to_string(&lint_toml).unwrap(), desk);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn settings_that_cannot_be_changed_are_left_alone_and_that_is_told() {
    let broken = "[vocabulary\r\naccept = [\"cafe\u{301} \u{1f6a2}\"]\r\n";
    let folder = folder_with(&[("lint.toml", broken)]);
    let uri = address(&folder.path().join("a.txt"));
    let mut editor = Client::start(folder.path(), Unit::Utf32);
    editor.open(&uri, "plaintext", TEXT);
    editor.rest(&uri);
    let params = json!({ "command": "unspin.addToVocabulary", "arguments": ["withinside", uri] });
    editor.refused("workspace/executeCommand", params);
    assert_eq!(editor.heard("window/showMessage").len(), 1);
    assert_eq!(std::fs::read_to_string(folder.path().join("lint.toml")).unwrap(), broken);
    // A text that was never saved has no folder.
    let mut lone = abilities(Unit::Utf32);
    lone["workspace"]["workspaceFolders"] = json!(false);
    let mut other = Client::silent(folder.path());
    other.initialize(json!({ "processId": null, "rootUri": null, "capabilities": lone }));
    other.open("untitled:\u{1f6a2}", "plaintext", TEXT);
    let params =
        json!({ "command": "unspin.addToVocabulary", "arguments": ["x", "untitled:\u{1f6a2}"] });
    other.refused("workspace/executeCommand", params);
    assert_eq!((editor.leave(), other.leave()), (0, 0));
}

/// Opens the page of the first finding in an editor of these abilities.
fn open_page(folder: &Path, abilities: &Value) -> Client {
    let uri = address(&folder.join("caf\u{e9} \u{1f6a2}.txt"));
    let mut editor = Client::with(folder, abilities, Value::Null);
    editor.open(&uri, "plaintext", TEXT);
    editor.wait("findings", |c| !c.diagnostics(&uri).is_empty());
    let menu = editor.actions(&uri, &bad(TEXT, editor.unit, 0), None);
    assert_eq!(carry_out(&mut editor, &menu, "Open the page of cascade-artifact"), Value::Null);
    editor
}

#[test]
fn the_page_of_a_rule_is_opened_as_well_as_an_editor_can() {
    let folder = folder_with(&[]);
    // One that shows pages itself.
    let mut editor = open_page(folder.path(), &abilities(Unit::Utf8));
    editor.wait("the page", |c| !c.heard("unspin/rulePage").is_empty());
    let page = editor.heard("unspin/rulePage")[0].clone();
    assert_eq!(page["rule"], "cascade-artifact");
    let text = page["page"].as_str().unwrap();
    assert!(text.starts_with("# cascade-artifact\n\n") && text.contains("# Why"), "{text}");
    // What is explained by command is the same page.
    let asked = editor.command("unspin.explainRule", json!(["cascade-artifact", null]));
    assert_eq!(asked["family"], "phrases");
    assert!(text.ends_with(asked["page"].as_str().unwrap()), "{asked}");
    assert_eq!(editor.command("unspin.explainRule", json!(["\u{1f6a2}", null])), Value::Null);
    let params = json!({ "command": "unspin.openRule", "arguments": ["\u{1f6a2}"] });
    editor.refused("workspace/executeCommand", params);
    assert_eq!(editor.leave(), 0);

    // One that opens files.
    let opens = json!({ "window": { "showDocument": { "support": true } } });
    let mut editor = open_page(folder.path(), &opens);
    editor.wait("the file", |c| !c.heard("window/showDocument").is_empty());
    let uri = editor.heard("window/showDocument")[0]["uri"].as_str().unwrap().to_owned();
    assert!(uri.ends_with("/cascade-artifact.md"), "{uri}");
    let path = uri.strip_prefix("file://").unwrap();
    assert_eq!(std::fs::read_to_string(path).unwrap(), text);
    assert_eq!(editor.leave(), 0);

    // One that shows messages.
    let mut editor = open_page(folder.path(), &json!({}));
    editor.wait("a message", |c| !c.heard("window/showMessage").is_empty());
    let shown = editor.heard("window/showMessage")[0]["message"].to_string();
    assert!(shown.starts_with("\"cascade-artifact: A connective"), "{shown}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn the_menu_of_a_whole_text_speaks_of_the_first_findings() {
    let line = "\u{1f6a2} Cafe\u{301}: the boats wait withinside the harbour.\r\n\r\n";
    let text = line.repeat(40);
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let mut editor = Client::start(folder.path(), Unit::Utf16);
    editor.open(&uri, "plaintext", &text);
    editor.rest(&uri);
    let all = Unit::Utf16.range(&text, 0, text.len());
    let menu = editor.actions(&uri, &all, None);
    let here = menu.iter().filter(|a| a["title"] == "Suppress cascade-artifact here");
    assert_eq!(here.count(), 8);
    editor.apply(&titled(&menu, "Repair all 40 findings of cascade-artifact")["edit"].clone());
    assert!(!editor.open[&uri].text.contains("withinside"));
    assert_eq!(editor.leave(), 0);
}
