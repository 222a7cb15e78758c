//! What `unspin check --format json` says of a text, in the terms of an editor, so that both can be compared.

use std::path::Path;

use serde_json::{Value, json};

use super::text::Unit;
use crate::unspin::run;

/// Checks a text under a name in a folder and returns its entry among `files`.
pub(crate) fn check(folder: &Path, name: &str, text: &str) -> Value {
    let arguments = ["check", "--format", "json", "--no-cache", "--stdin-filename", name, "-"];
    let run = run(folder, &arguments, text.as_bytes());
    assert_eq!(run.stderr, "");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["errors"], json!([]));
    report["files"][0].clone()
}

/// The findings of such an entry as an editor is to have them, the verdict first where it is told.
#[track_caller]
pub(crate) fn expected(entry: &Value, text: &str, unit: Unit) -> Vec<Value> {
    let verdict = &entry["verdict"];
    let told = match verdict["level"].as_str() {
        Some("reworded") => Some(2),
        Some("doubtful") => Some(3),
        _ => None,
    };
    let first_line = text.find(['\r', '\n']).unwrap_or(text.len());
    let verdict = told.map(|severity| {
        json!({ "code": "verdict", "severity": severity, "range": unit.range(text, 0, first_line) })
    });
    let findings = entry["findings"].as_array().unwrap().iter().map(|found| {
        let byte = |end: &str| found[end]["byte"].as_u64().unwrap() as usize;
        let range = unit.range(text, byte("start"), byte("end"));
        // What the report counts for people is of the same place.
        assert_eq!(
            found["start"]["line"].as_u64().unwrap() - 1,
            range["start"]["line"].as_u64().unwrap()
        );
        let severity = match found["severity"].as_str() {
            Some("error") => 1,
            Some("warning") => 2,
            _ => 3,
        };
        let (code, message) = (&found["rule"], &found["message"]);
        json!({ "code": code, "severity": severity, "range": range, "message": message })
    });
    verdict.into_iter().chain(findings).collect()
}

/// Diagnostics without what a check does not say, or says in its own way: the wording of the verdict.
pub(crate) fn bare(diagnostics: &[Value]) -> Vec<Value> {
    let bare = |d: &Value| {
        assert_eq!(d["source"], "unspin");
        let mut bare = json!({ "code": d["code"], "severity": d["severity"], "range": d["range"] });
        if d["code"] != "verdict" {
            bare["message"] = d["message"].clone();
        }
        bare
    };
    diagnostics.iter().map(bare).collect()
}
