//! A day at a desk: a phrase goes wrong while it is typed, is repaired, and the house changes its mind.

use serde_json::json;

use super::client::{Client, address};
use super::text::UNITS;
use crate::unspin::folder_with;

/// What stands before the damaged words on their line, and the lines before: letters of one to four bytes, combining
/// marks, carriage returns.
const BEFORE: &str = "Cafe\u{301} news \u{1f6a2}\u{1f468}\u{200d}\u{2708}\u{fe0f}\r\n\r\n\u{1f6a2} Zo\u{eb} sai\u{308}d \u{201c}oui\u{201d}: the boats wait ";
const BAD: &str = "withinside";
const AFTER: &str = " the harbour \u{1f30a}.\r\n";

#[test]
fn a_damaged_phrase_is_found_as_it_is_typed_repaired_and_judged_by_changing_settings() {
    for unit in UNITS {
        let settings = |severity| format!("[rules.cascade-artifact]\nseverity = \"{severity}\"\n");
        let folder = folder_with(&[("lint.toml", &settings("error"))]);
        let lint_toml = folder.path().join("lint.toml");
        let (toml, uri) =
            (address(&lint_toml), address(&folder.path().join("F\u{e4}hre \u{1f6a2}.txt")));
        let mut editor = Client::start(folder.path(), unit);
        assert_eq!(editor.unit, unit, "as it was offered");

        // Typed, character by character.
        editor.open(&uri, "plaintext", &format!("{BEFORE}{AFTER}"));
        assert_eq!(editor.rest(&uri), Vec::<serde_json::Value>::new());
        let mut at = BEFORE.len();
        for c in BAD.chars() {
            let mut letter = [0; 4];
            let letter = c.encode_utf8(&mut letter);
            editor.replace(&uri, at, at, letter);
            at += letter.len();
        }
        let text = editor.open[&uri].text.clone();
        let found = editor.rest(&uri);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0]["range"], unit.range(&text, BEFORE.len(), at), "{unit:?}");
        assert_eq!(found[0]["code"], "cascade-artifact");
        assert_eq!(found[0]["source"], "unspin");
        assert_eq!(found[0]["severity"], 1);

        // Repaired by the menu.
        let menu = editor.actions(&uri, &found[0]["range"], None);
        let repair = menu.iter().find(|a| a["title"] == "Replace with \"in\"");
        let repair = repair.unwrap_or_else(|| panic!("{menu:?}"))["edit"].clone();
        editor.apply(&repair);
        assert_eq!(editor.open[&uri].text, format!("{BEFORE}in{AFTER}"));
        assert_eq!(editor.rest(&uri), Vec::<serde_json::Value>::new());

        // Damaged again; the settings on the disk change.
        let at = BEFORE.len();
        editor.replace(&uri, at, at + 2, BAD);
        assert_eq!(editor.rest(&uri)[0]["severity"], 1);
        std::fs::write(&lint_toml, settings("info")).unwrap();
        editor.forget_verdict(&uri);
        editor.changed_on_disk(&toml);
        assert_eq!(editor.rest(&uri)[0]["severity"], 3);

        // They are opened, and govern unsaved as soon as nothing is wrong in them.
        let (head, tail) =
            ("# \u{1f6a2} cafe\u{301}\r\n[rules.cascade-artifact]\r\nseverity = \"", "\"\r\n");
        editor.open(&toml, "toml", &format!("{head}{tail}"));
        editor.wait("what is wrong in lint.toml", |c| !c.diagnostics(&toml).is_empty());
        let wrong = editor.diagnostics(&toml);
        let end = head.len() + 1;
        let text = editor.open[&toml].text.clone();
        assert_eq!(wrong[0]["range"], unit.range(&text, head.len() - 1, end), "{wrong:?}");
        for (i, c) in "warning".char_indices() {
            assert_eq!(editor.diagnostics(&uri)[0]["severity"], 3, "nothing broken governs");
            editor.forget_verdict(&uri);
            editor.replace(&toml, head.len() + i, head.len() + i, &c.to_string());
        }
        editor.wait("lint.toml to be sound", |c| c.diagnostics(&toml).is_empty());
        assert_eq!(editor.rest(&uri)[0]["severity"], 2);
        assert_eq!(std::fs::read_to_string(&lint_toml).unwrap(), settings("info"));

        // Closed unsaved: what lies on the disk governs again.
        editor.forget_verdict(&uri);
        editor.close(&toml);
        assert_eq!(editor.rest(&uri)[0]["severity"], 3);
        editor.close(&uri);
        editor.wait("nothing to be told any more", |c| c.diagnostics(&uri).is_empty());
        assert_eq!(editor.leave(), 0, "{unit:?}");
    }
}

#[test]
fn what_editors_that_know_little_are_told_is_in_utf_16() {
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let mut editor = Client::with(folder.path(), &json!({}), serde_json::Value::Null);
    assert_eq!(editor.about["capabilities"]["positionEncoding"], "utf-16");
    editor.open(&uri, "plaintext", &format!("{BEFORE}{BAD}{AFTER}"));
    editor.wait("a finding", |c| !c.diagnostics(&uri).is_empty());
    let text = editor.open[&uri].text.clone();
    let range = editor.unit.range(&text, BEFORE.len(), BEFORE.len() + BAD.len());
    assert_eq!(editor.diagnostics(&uri)[0]["range"], range);
    assert_eq!(range["start"]["character"], 35, "counted by hand");
    // Of an editor that names no abilities, nothing is asked, and its edits have no versions.
    let asked = |message: &&serde_json::Value| message.get("id").is_some();
    assert_eq!(editor.heard.iter().filter(asked).count(), 0);
    let menu = editor.actions(&uri, &range, None);
    assert!(menu[0]["edit"]["changes"][&uri].is_array(), "{menu:?}");
    editor.apply(&menu[0]["edit"]);
    editor.wait("the repair", |c| c.diagnostics(&uri).is_empty());
    assert_eq!(editor.open[&uri].text, format!("{BEFORE}in{AFTER}"));
    assert_eq!(editor.leave(), 0);
}
