//! What an editor is told at rest is what a check of the same text finds: pushed and pulled, in every format, after any
//! edits.

use serde_json::{Value, json};

use super::check::{bare, check, expected};
use super::client::{Client, abilities, address};
use super::text::{UNITS, Unit};
use crate::unspin::{folder_with, root, run};

/// A reworded article of the project's, with letters of all widths and two kinds of line ends put into it.
fn article() -> String {
    let text = std::fs::read_to_string(root().join("tests/corpus/ferry_spun.txt")).unwrap();
    let text =
        text.replace("Okoro", "Oko\u{308}ro").replace("islands", "islands \u{1f3dd}\u{fe0f}");
    format!("\u{1f6a2} Cafe\u{301} wire\r\n\r\n{}", text.replacen('\n', "\r\n", 5))
}

/// The article in each format, by file name and language.
fn articles() -> [(&'static str, &'static str, String); 3] {
    let plain = article();
    let (first, rest) = plain.split_once("\r\n\r\n").unwrap();
    let markdown = format!(
        "---\r\ntitle: withinside\r\n---\r\n\r\n# {first}\r\n\r\n`withinside \u{1f6a2}` is [no word](a.html \"withinside\").\r\n\r\n{}\n\n```\nwithinside\n```\n",
        rest.replacen("harbour", "*har*bour \u{1f30a}", 2)
    );
    let paragraphs: Vec<&str> = rest.split("\n\n").collect();
    let html = format!(
        "<!DOCTYPE html>\r\n<html><head><title>\u{1f6a2}</title><script>withinside</script></head>\r\n<body><h1>{first}</h1>\n<p title=\"withinside\">{}</p></body></html>\n",
        paragraphs.join("</p>\n<p>caf&eacute; <b>\u{1f30a}</b> ")
    );
    [("a.txt", "plaintext", plain), ("a.md", "markdown", markdown), ("a.html", "html", html)]
}

#[test]
fn pushed_findings_are_those_of_a_check_in_every_format_and_unit() {
    let folder = folder_with(&[("lint.toml", "[rules.garbled-word]\nmin-confidence = 0.7\n")]);
    for unit in UNITS {
        let mut editor = Client::start(folder.path(), unit);
        for (name, language, text) in articles() {
            let uri = address(&folder.path().join(name));
            editor.open(&uri, language, &text);
            let told = editor.rest(&uri);
            let entry = check(folder.path(), name, &text);
            assert!(told.len() > 15, "{name}: {told:?}");
            assert_eq!(bare(&told), expected(&entry, &text, unit), "{name} {unit:?}");
        }
        assert_eq!(editor.leave(), 0);
    }
}

/// Numbers that look like chance and are the same each time (a linear congruential generator, Knuth's constants).
struct Chance(u64);

impl Chance {
    /// A number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// A place in a text where an editor can put its cursor.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at)
            || (text[..at].ends_with('\r') && text[at..].starts_with('\n'))
        {
            at -= 1;
        }
        at
    }
}

/// What is put in: words, damage, quotation marks, paragraphs, markup, whole and torn.
const PIECES: [&str; 22] = [
    " withinside the shed",
    "with the aid of using ",
    "\u{1f6a2}",
    "e\u{301}",
    "\r\n\r\n",
    "\n",
    "\r",
    "\u{201c}",
    "\u{201d}",
    "\"",
    ". The ",
    " the the ",
    "\n\n# A head\n\n",
    "`",
    "<b>",
    "</p>",
    "<!-- unspin-disable-line cascade-artifact -->",
    "[unspin-disable-file garbled-word]",
    " \u{1f468}\u{200d}\u{2708}\u{fe0f} ",
    "x",
    " beneath neath the pier",
    "\n> ",
];

#[test]
fn after_any_edits_pushed_findings_at_rest_are_those_of_a_check() {
    let folder = folder_with(&[]);
    for (seed, unit) in (1..).zip(UNITS) {
        let mut editor = Client::start(folder.path(), unit);
        for (name, language, text) in articles() {
            let mut chance = Chance(seed);
            let uri = address(&folder.path().join(name));
            editor.open(&uri, language, &text);
            for round in 0..12 {
                for _ in 0..=chance.below(8) {
                    let text = editor.open[&uri].text.clone();
                    let start = chance.place(&text);
                    let mut end = start;
                    if chance.below(3) == 0 {
                        let reach = text[start..].char_indices().nth(chance.below(60));
                        end = reach.map_or(start, |(at, _)| start + at);
                        if text[..end].ends_with('\r') && text[end..].starts_with('\n') {
                            end += 1;
                        }
                    }
                    let new =
                        if chance.below(4) == 0 { "" } else { PIECES[chance.below(PIECES.len())] };
                    if chance.below(4) == 0 {
                        // Two replacements in one change, the second at the start of the text.
                        editor.replace_all(&uri, &[(start, end, new), (0, 0, "\u{1f30a} ")]);
                    } else {
                        editor.replace(&uri, start, end, new);
                    }
                }
                if chance.below(3) == 0 {
                    // Somebody thinks for a while, and goes on.
                    editor.rest(&uri);
                }
                if round % 3 == 2 {
                    let told = editor.rest(&uri);
                    let text = editor.open[&uri].text.clone();
                    let entry = check(folder.path(), name, &text);
                    let wanted = expected(&entry, &text, unit);
                    assert_eq!(bare(&told), wanted, "{name}, seed {seed}, round {round}: {text:?}");
                }
            }
        }
        assert_eq!(editor.leave(), 0);
    }
}

/// An editor that pulls.
fn pulling(unit: Unit) -> Value {
    let mut abilities = abilities(unit);
    abilities["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
    abilities
}

#[test]
fn pulled_findings_are_those_of_a_check_and_nothing_is_pushed() {
    for unit in UNITS {
        let folder = folder_with(&[]);
        for (name, _, text) in articles() {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let mut editor = Client::with(folder.path(), &pulling(unit), Value::Null);
        assert!(editor.about["capabilities"]["diagnosticProvider"].is_object());
        for (name, language, text) in articles() {
            let uri = address(&folder.path().join(name));
            let refreshed = editor.heard("workspace/diagnostic/refresh").len();
            editor.open(&uri, language, &text);
            // An editor asks at once, and once more when it is told that there is more to be had.
            let pull = json!({ "textDocument": { "uri": uri }, "identifier": "unspin" });
            assert_eq!(editor.request("textDocument/diagnostic", pull.clone())["kind"], "full");
            editor.wait("a refresh", |c| c.heard("workspace/diagnostic/refresh").len() > refreshed);
            let pulled = editor.request("textDocument/diagnostic", pull);
            let arguments = ["check", "--format", "json", "--no-cache", name];
            let report: Value =
                serde_json::from_str(&run(folder.path(), &arguments, b"").stdout).unwrap();
            let wanted = expected(&report["files"][0], &text, unit);
            assert_eq!(bare(pulled["items"].as_array().unwrap()), wanted, "{name} {unit:?}");
            assert!(wanted.len() > 15);
        }
        assert!(editor.published.is_empty(), "{:?}", editor.published);
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn an_editor_that_pulls_and_cannot_be_told_to_pull_again_is_sent_findings() {
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let mut deaf = pulling(Unit::Utf16);
    deaf["workspace"]["diagnostics"] = json!({});
    let mut editor = Client::with(folder.path(), &deaf, Value::Null);
    assert_eq!(editor.about["capabilities"].get("diagnosticProvider"), None);
    editor.open(&uri, "plaintext", &article());
    assert!(editor.rest(&uri).len() > 15);
    assert_eq!(editor.heard("workspace/diagnostic/refresh").len(), 0);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn the_verdict_is_on_the_first_line_in_a_notification_and_to_be_asked_for() {
    for unit in UNITS {
        let folder = folder_with(&[]);
        let (uri, text) = (address(&folder.path().join("a.txt")), article());
        let mut editor = Client::start(folder.path(), unit);
        editor.open(&uri, "plaintext", &text);
        let told = editor.rest(&uri);
        let first = &told[0];
        assert_eq!(first["code"], "verdict");
        assert_eq!(first["severity"], 2);
        assert_eq!(first["range"], unit.range(&text, 0, text.find('\r').unwrap()));
        let message = first["message"].as_str().unwrap();
        assert!(message.contains("marks of automatic rewording"), "{message}");

        let entry = check(folder.path(), "a.txt", &text);
        let heard = editor.verdicts[&uri].clone();
        assert_eq!(heard["version"], 1);
        for key in ["level", "score", "reason", "marks", "words"] {
            assert_eq!(heard[key], entry["verdict"][key], "{key}");
        }
        let mut asked = editor.command("unspin.verdict", json!([uri]));
        asked["uri"] = json!(uri);
        asked["version"] = json!(1);
        assert_eq!(asked, heard);

        // A text that is repaired wholly is told to be so.
        editor.rewrite(&uri, "\u{1f6a2} The boats wait in the cafe\u{301}.\r\n");
        assert_eq!(editor.rest(&uri), Vec::<Value>::new());
        assert_eq!(editor.verdicts[&uri]["level"], "unknown");
        assert_eq!(editor.verdicts[&uri]["reason"], "short");
        assert_eq!(editor.command("unspin.verdict", json!(["file:///no\u{eb}"])), Value::Null);
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn the_verdict_is_no_diagnostic_for_whoever_does_not_want_it() {
    let folder = folder_with(&[]);
    let uri = address(&folder.path().join("a.txt"));
    let options = json!({ "verdictDiagnostic": false });
    let mut silent = abilities(Unit::Utf8);
    silent["workspace"]["configuration"] = json!(false);
    let mut editor = Client::with(folder.path(), &silent, options);
    editor.open(&uri, "plaintext", &article());
    let told = editor.rest(&uri);
    assert!(told.len() > 15 && told.iter().all(|d| d["code"] != "verdict"), "{told:?}");
    assert_eq!(editor.verdicts[&uri]["level"], "reworded");
    assert_eq!(editor.leave(), 0);
}
