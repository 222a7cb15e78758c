//! Every key of `lint.toml` that is no option of a rule: one sentence each, and what its value is.

use unspin_lint::{Level, Severity};

use super::shape::Shape;

/// A key of a table.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What it takes, to be read after a colon.
    pub(super) takes: &'static str,
    /// What holds where it is not set, as written; empty where that is nothing, or a rule's own.
    pub(super) default: &'static str,
    /// One sentence.
    pub(super) doc: &'static str,
    pub(super) shape: Shape<'static>,
}

const fn key(
    name: &'static str,
    shape: Shape<'static>,
    takes: &'static str,
    default: &'static str,
    doc: &'static str,
) -> Key {
    Key { name, takes, default, doc, shape }
}

const RULES: Key = key("rules", Shape::Rules, "a table for each rule", "", "Settings of one rule.");
const VOCABULARY: Key =
    key("vocabulary", Shape::Vocabulary, "a table", "", "The words of the house.");
const GATE: Key = key("gate", Shape::Gate, "a table", "", "What makes a check fail (exit 1).");
const TERM: Key = key(
    "term",
    Shape::Free,
    "a word or phrase in its dictionary form",
    "",
    "What is meant; a capital letter in it asks for one in the text.",
);
const INFLECT: Key = key(
    "inflect",
    Shape::Boolean,
    "true or false",
    "true",
    "Whether plurals, verb forms and possessives of its words are meant too.",
);

/// Keys of the file itself.
pub(super) static FILE: [Key; 8] = [
    key(
        "extends",
        Shape::Free,
        "a path, or a list of paths",
        "",
        "Settings files to start from, relative to this file; later ones are stronger, and this file is stronger than all.",
    ),
    key(
        "model",
        Shape::Free,
        "a path",
        "",
        "The language model in place of the one inside, made by `unspin model build`; relative to this file.",
    ),
    key(
        "packs",
        Shape::Free,
        "a path, or a list of paths",
        "",
        "Rules in TOML, a file or a folder each, relative to this file.",
    ),
    RULES,
    VOCABULARY,
    GATE,
    key(
        "override",
        Shape::Overrides,
        "a list of tables",
        "",
        "Settings for some files; later overrides are stronger.",
    ),
    key(
        "plugins",
        Shape::Plugins,
        "a table",
        "",
        "Rules in WebAssembly, by name: a path, or a table with `path` and `sha256`.",
    ),
];

/// Keys of an `[[override]]`.
pub(super) static OVERRIDE: [Key; 4] = [
    key(
        "files",
        Shape::Free,
        "a glob, or a list of globs",
        "",
        "The files that are meant, relative to the `lint.toml` that governs them; `**` crosses folders.",
    ),
    RULES,
    VOCABULARY,
    GATE,
];

/// Keys of every `[rules.<id>]`.
pub(super) static RULE: [Key; 3] = [
    key(
        "severity",
        Shape::Severity,
        "error, warning, info or off",
        "",
        "How much a finding matters.",
    ),
    key(
        "min-confidence",
        Shape::Free,
        "a number from 0 to 1",
        "",
        "Findings less sure than this, once the whole text has been weighed, are not shown.",
    ),
    key(
        "evidence",
        Shape::Boolean,
        "true or false",
        "",
        "Whether its findings count towards the verdict.",
    ),
];

/// Keys of `[vocabulary]`.
pub(super) static VOCABULARY_KEYS: [Key; 2] = [
    key(
        "accept",
        Shape::Terms { rejected: false },
        "a list of words and phrases",
        "[]",
        "Words and phrases that no rule reports, and that are no marks for the verdict; it is stronger than `reject`.",
    ),
    key(
        "reject",
        Shape::Terms { rejected: true },
        "a list of words and phrases",
        "[]",
        "Words and phrases that the rule `rejected-term` reports; never evidence.",
    ),
];

/// Keys of a term that is accepted.
pub(super) static ACCEPTED: [Key; 2] = [TERM, INFLECT];

/// Keys of a term that is rejected.
pub(super) static REJECTED: [Key; 3] = [
    TERM,
    key(
        "suggest",
        Shape::Free,
        "a string, or a list of strings",
        "",
        "What to write in its place; it takes the form of what stood there.",
    ),
    INFLECT,
];

/// Keys of `[gate]`.
pub(super) static GATE_KEYS: [Key; 5] = [
    key(
        "severity",
        Shape::GateSeverity,
        "error, warning, info or never",
        "\"warning\"",
        "A text fails that has a finding of this severity or a higher one.",
    ),
    key(
        "verdict",
        Shape::GateVerdict,
        "reworded, doubtful or never",
        "\"never\"",
        "A text fails that has a verdict of this level or a surer one; with a baseline, one that is worse than it was.",
    ),
    key(
        "findings",
        Shape::Free,
        "a whole number above 0",
        "",
        "A text fails that has so many findings or more, whatever their severity.",
    ),
    key(
        "density",
        Shape::Free,
        "a number above 0",
        "",
        "A text fails that has so many findings or more in 1,000 words; one with fewer words counts as 1,000.",
    ),
    key(
        "rules",
        Shape::Names,
        "a list of rules and families",
        "[]",
        "A text fails that has a finding of one of them, whatever its severity.",
    ),
];

/// Keys of a plugin.
pub(super) static PLUGIN: [Key; 2] = [
    key("path", Shape::Free, "a path", "", "The module, relative to this file."),
    key(
        "sha256",
        Shape::Free,
        "64 hexadecimal digits",
        "",
        "The plugin is loaded only if its bytes have this hash.",
    ),
];

/// The words that a key takes, with what each means; none where it takes anything else.
pub(super) fn words(shape: Shape<'_>) -> Vec<(&'static str, &'static str)> {
    let falling = || Severity::ALL.into_iter().rev();
    match shape {
        Shape::Severity => falling().map(|s| (s.as_str(), severity(s))).collect(),
        Shape::GateSeverity => falling().map(gate_severity).collect(),
        Shape::GateVerdict => vec![
            (Level::Reworded.as_str(), "A text fails that reads as reworded."),
            (
                Level::Doubtful.as_str(),
                "A text fails that bears a mark or two, so that a person should look, and one that reads as reworded.",
            ),
            ("never", "No text fails for its verdict."),
        ],
        Shape::Boolean => vec![("true", ""), ("false", "")],
        _ => Vec::new(),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Shown; fails a check.",
        Severity::Warning => "Shown; fails a check where `[gate]` says nothing else.",
        Severity::Info => "Shown; fails no check where `[gate]` says nothing else.",
        Severity::Off => {
            "Not shown. The rule still runs, and its findings still count towards the verdict."
        }
    }
}

fn gate_severity(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", "Errors fail a text."),
        Severity::Warning => ("warning", "Warnings and errors fail a text."),
        Severity::Info => ("info", "Every finding that is shown fails a text."),
        Severity::Off => ("never", "No text fails for the severity of a finding."),
    }
}
