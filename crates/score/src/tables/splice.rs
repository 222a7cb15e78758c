//! A line of JSON with members added, all that it had staying byte by byte as it was.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::columns::names;
use crate::{Asked, Outcome};

/// The members, in the order of the columns.
#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "they are the names that are written")]
struct Members<'a> {
    unspin_score: Option<f64>,
    unspin_rarity: Option<f64>,
    unspin_level: Option<&'a str>,
    unspin_marks: Option<usize>,
    unspin_rules: Option<&'a [String]>,
    unspin_reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unspin_findings: Option<&'a RawValue>,
}

/// A line that is no JSON object.
#[derive(Serialize)]
struct Broken<'a> {
    /// The line as text; null if it was too long to be held.
    unspin_row: Option<Cow<'a, str>>,
    #[serde(flatten)]
    members: Members<'a>,
}

/// Why a line has no members to add to.
pub(super) fn refusal(line: &[u8]) -> Option<String> {
    let line = line.trim_ascii();
    if std::str::from_utf8(line).is_err() {
        return Some("bytes that are not UTF-8: save the file as UTF-8".into());
    }
    if !line.starts_with(b"{") {
        return Some("not a JSON object: one is needed on each line".into());
    }
    // What looks like one of our names may stand inside a text.
    if memchr::memmem::find(line, b"\"unspin_").is_some() {
        let members: Result<serde_json::Map<String, serde_json::Value>, _> =
            serde_json::from_slice(line);
        let taken = members.ok()?.into_iter().map(|(name, _)| name);
        let taken = taken.into_iter().find(|name| names().contains(&name.as_str()))?;
        return Some(format!("there is a member `{taken}` already: take it out or rename it"));
    }
    None
}

/// Writes the line with its members and a line end. `is_whole` says that it is a JSON object.
pub(super) fn splice(
    line: &[u8],
    is_whole: bool,
    outcome: &Outcome,
    asked: Asked,
    out: &mut Vec<u8>,
) {
    let scored = match outcome {
        Outcome::Scored(scored) => Some(scored),
        Outcome::Empty | Outcome::Bad(_) => None,
    };
    let findings = scored.and_then(|scored| scored.findings.as_deref());
    let findings = findings
        .map(|json| serde_json::from_str::<&RawValue>(json).expect("findings are written as JSON"));
    let members = Members {
        unspin_score: scored.map(|scored| scored.score),
        unspin_rarity: scored.and_then(|scored| scored.rarity),
        unspin_level: scored.map(|scored| scored.level),
        unspin_marks: scored.map(|scored| scored.marks),
        unspin_rules: scored.map(|scored| &scored.rules[..]),
        unspin_reason: outcome.reason(),
        unspin_findings: asked.findings.then(|| findings.unwrap_or(RawValue::NULL)),
    };
    let line = line.trim_ascii();
    if !is_whole {
        let unspin_row = (!line.is_empty()).then(|| String::from_utf8_lossy(line));
        write(&Broken { unspin_row, members }, out);
        out.push(b'\n');
        return;
    }
    let head = line.strip_suffix(b"}").unwrap_or(line);
    out.extend_from_slice(head);
    if !head.trim_ascii_end().ends_with(b"{") {
        out.push(b',');
    }
    let at = out.len();
    write(&members, out);
    // Its members alone, without the bracket that opens an object of their own.
    out.remove(at);
    out.push(b'\n');
}

fn write(value: &impl Serialize, out: &mut Vec<u8>) {
    serde_json::to_writer(out, value)
        .expect("a Vec takes every byte, and no map has keys but names");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spliced(line: &str, outcome: &Outcome) -> String {
        let mut out = Vec::new();
        splice(
            line.as_bytes(),
            refusal(line.as_bytes()).is_none(),
            outcome,
            Asked::default(),
            &mut out,
        );
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_keeps_what_it_had() {
        let nulls = "\"unspin_score\":null,\"unspin_rarity\":null,\"unspin_level\":null,\
                     \"unspin_marks\":null,\"unspin_rules\":null,\"unspin_reason\":\"empty\"}\n";
        for (line, head) in [
            ("{\"a\": 1.50, \"b\":{} }", "{\"a\": 1.50, \"b\":{} ,"),
            (" {\"a\":\"}\"} ", "{\"a\":\"}\","),
            ("{}", "{"),
            ("{ }", "{ "),
        ] {
            assert_eq!(spliced(line, &Outcome::Empty), format!("{head}{nulls}"));
        }
        let broken = spliced("[\"x\"]", &Outcome::Empty);
        assert_eq!(broken, format!("{{\"unspin_row\":\"[\\\"x\\\"]\",{nulls}"));
        assert!(spliced("", &Outcome::Empty).starts_with("{\"unspin_row\":null,"));
    }

    #[test]
    fn a_member_of_our_name_is_not_written_twice() {
        assert!(refusal(b"{\"text\":\"say \\\"unspin_score\\\"\"}").is_none());
        assert!(refusal(b"{\"x\":{\"unspin_score\":1}}").is_none());
        assert!(refusal(b"{\"unspin_score\":1}").is_some());
        assert!(refusal(b"{\"a\":\"\xff\"}").is_some());
    }
}
