//! What reaches a terminal: no control character but line feeds and our own colours, whoever wrote what is printed.

use proptest::prelude::*;

use crate::unspin::{Run, folder_with, run};

/// A sentence that four rules may speak of, with room for something between its words.
const PACK: &str = "[pack]\nname = \"q\"\nversion = \"0.1.0\"\nlicense = \"CC0-1.0\"\nunspin = \"0.1\"\n\
    [[rule]]\nid = \"q-rule\"\nkind = \"substitution\"\nseverity = \"error\"\nevidence = 6.0\nsummary = \"S EVIL.\"\n\
    message = \"M EVIL {found} {suggestion}\"\n[rule.phrases]\n\"the harbour\" = \"the EVIL port\"\n\
    [[rule.examples]]\nbad = \"See [[the harbour]] EVIL.\"\n";
const SETTINGS: &str = "packs = [\"q.toml\"]\n\"k EVIL\" = 1\n[vocabulary]\n\
    reject = [{ term = \"noon\", suggest = \"mid EVIL\" }]\naccept = [\"a EVIL b\"]\n";

/// Whether a terminal may obey or hide a character that stands in an output.
fn is_raw(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The text without the colours that unspin itself writes: `ESC [`, digits and semicolons, `m`.
fn without_colours(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\x1b[") {
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';');
        out.push_str(before);
        if let Some(end) = end.filter(|end| after[*end..].starts_with('m')) {
            rest = &after[end + 1..];
        } else {
            out.push('\x1b');
            rest = after;
        }
    }
    out + rest
}

#[track_caller]
fn is_harmless(got: &Run, what: &str) {
    for text in [&got.stdout, &got.stderr] {
        let own = if what.contains("always") { without_colours(text) } else { text.clone() };
        assert_eq!(own.chars().find(|c| is_raw(*c)), None, "{what}: {text:?}");
    }
}

/// A basic string of TOML holds it, written out where TOML forbids it raw.
fn in_toml(evil: &str) -> String {
    let written = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    evil.chars().map(written).collect()
}

/// Runs every command that prints for people in a folder where everything holds `evil`.
fn everything_is_harmless(evil: &str) {
    let in_name: String = evil.chars().filter(|c| !matches!(c, '/' | '\0')).collect();
    // Without colours the only escapes would be those of somebody else.
    let name = format!("n {in_name}.txt");
    let article = format!("The boats{evil} wait withinside {evil}the harbour until noon {evil}.\n");
    let fill = |text: &str| text.replace("EVIL", &in_toml(evil));
    // Raw, as TOML forbids most of it: the error points into the line.
    let broken = format!("[vocabulary]\naccept = [\"x {evil}\n");
    let folder = folder_with(&[
        (&name, &article),
        ("q.toml", &fill(PACK)),
        ("lint.toml", &fill(SETTINGS)),
        ("broken/lint.toml", &broken),
        ("broken/a.txt", &article),
        ("extending/lint.toml", &format!("extends = \"{}.toml\"\n", in_toml(evil))),
        ("extending/a.txt", &article),
        ("known.json", &format!("{{\"schema\": 1, \"entries\": [{{{evil}: 1}}]}}")),
        (
            "rows.csv",
            &format!("id,body\n\"{}\",\"{}\"\n", evil.replace('"', ""), article.replace('"', "")),
        ),
    ]);
    let explained = format!("{name}:1");
    for command in [
        &["check", "--color", "never", "."][..],
        &["check", "--color", "always", "."],
        &["check", "--format", "concise", "."],
        &["check", "--format", "github", "."],
        &["check", "--format", "markdown", "."],
        &["check", "--explain-exit", "--format", "concise", "."],
        &["check", "--explain", &explained],
        &["check", "--baseline", "known.json", "."],
        &["check", "--since", &in_name, "."],
        &["check", "--select", &in_name, "."],
        &["check", "--fail-on", &in_name, "."],
        &["check", &in_name],
        &["fix", "--dry-run", "--unsafe-fixes", "."],
        &["rules"],
        &["explain", "q-rule"],
        &["explain", &in_name],
        &["test"],
        &["test", "q.toml"],
        &["config", "show", "--origin", &name],
        &["config", "show", "--origin", "broken/a.txt"],
        &["model", "info", "--model", &name],
        &["new", "a-rule", "--folder", &in_name],
        &["init", &in_name],
        &["packs", "import", "tsv", &name],
        &[&in_name],
    ] {
        is_harmless(&run(folder.path(), command, b"s\nq\n"), &format!("{command:?}"));
    }
    // What is asked goes out beside a terminal, answers to it come in.
    is_harmless(
        &run(
            folder.path(),
            &["fix", "--interactive", "."],
            format!("e\n{evil}\ns\nq\n").as_bytes(),
        ),
        "fix --interactive",
    );
    let made = folder.path().join(format!("d{in_name}"));
    std::fs::create_dir(&made).unwrap();
    let made = made.to_str().unwrap().to_owned();
    is_harmless(&run(folder.path(), &["init", &made], b""), "init");
    is_harmless(&run(folder.path(), &["new", "a-rule", "--folder", &made], b""), "new");
}

#[test]
fn escapes_overrides_and_line_ends_in_everything_that_is_printed() {
    for evil in [
        "\x1b]8;;http://example.org\x07",
        "\x1b[2J\x1b[1;1H",
        "\r\x1b[K",
        "\n::error::x",
        "\u{9b}31m\u{90}q\u{9c}",
        "\u{202e}\u{2066}\u{200b}\u{2028}\u{feff}",
        "\x7f\x08\x0c\x0b",
        "%0A::warning::x",
    ] {
        everything_is_harmless(evil);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters_in_everything_that_is_printed(
        evil in "[\\x01-\\x1f\\x7f-\\u{9f}\\u{200b}-\\u{200f}\\u{2028}-\\u{202e}\\u{2066}-\\u{2069}a\"\\\\:\\[\\]#]{1,12}"
    ) {
        everything_is_harmless(&evil);
    }
}

#[test]
fn our_own_colours_are_told_from_those_of_others() {
    assert_eq!(without_colours("\x1b[0m\x1b[1;31ma\x1b[2Jb\x1b]0;x"), "a\x1b2Jb\x1b]0;x");
}
