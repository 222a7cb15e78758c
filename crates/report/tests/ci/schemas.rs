//! JSON formats against their schemas.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::{named, sample};

static SARIF: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| validator(include_str!("../schemas/sarif-2.1.0.schema.json")));
static RDFORMAT: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| validator(include_str!("../schemas/rdformat.schema.json")));

fn validator(schema: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

fn check(validator: &jsonschema::Validator, out: &str) -> Value {
    let value: Value = serde_json::from_str(out).unwrap_or_else(|e| panic!("{e}: {out}"));
    let errors: Vec<_> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    value
}

/// By the schema of OASIS. The run's one tool and its results.
pub(crate) fn sarif(out: &str) -> Value {
    check(&SARIF, out)["runs"][0].take()
}

/// By a schema of reviewdog's format.
pub(crate) fn rdjson(out: &str) -> Value {
    check(&RDFORMAT, out)
}

/// By the same schema, each line.
pub(crate) fn rdjsonl(out: &str) -> Vec<Value> {
    out.lines().map(|line| check(&RDFORMAT, line)).collect()
}

/// By what GitLab's documentation asks of an issue. The schema is ours: no registry has one.
pub(crate) fn gitlab(out: &str) -> Vec<Value> {
    let schema = json!({"type": "array", "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": false,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object", "required": ["path", "lines"], "additionalProperties": false,
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^\\./"}},
                    "lines": {
                        "type": "object", "required": ["begin"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    }});
    let value = check(&jsonschema::validator_for(&schema).unwrap(), out);
    let issues = value.as_array().unwrap().clone();
    let distinct: BTreeSet<_> = issues.iter().map(|issue| issue["fingerprint"].as_str()).collect();
    assert_eq!(distinct.len(), issues.len(), "fingerprints are unique: {out}");
    issues
}

#[test]
fn the_schemas_refuse_what_is_wrong() {
    for (validator, wrong) in [
        (&*SARIF, json!({"version": "2.1.0", "runs": [{"tool": {}}]})),
        (&*RDFORMAT, json!({"diagnostics": [{"message": "m", "location": {"file": "a"}}]})),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn sarif_is_valid_and_its_parts_agree() {
    let run = sarif(&sample::run(&*named("sarif")));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut seen = BTreeSet::new();
    for result in run["results"].as_array().unwrap() {
        if let Some(at) = result["ruleIndex"].as_u64() {
            assert_eq!(rules[at as usize]["id"], result["ruleId"]);
        }
        let place = &result["locations"][0]["physicalLocation"];
        let key = (
            place["artifactLocation"]["uri"].to_string(),
            result["partialFingerprints"]["unspin/v1"].to_string(),
        );
        assert!(seen.insert(key), "{result}");
    }
    assert_eq!(seen.len(), 8);
    assert_eq!(rules[0]["fullDescription"]["text"].as_str().unwrap().lines().count(), 1);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let artifacts = run["artifacts"].as_array().unwrap();
    let entries = artifacts.iter().filter(|artifact| artifact["parentIndex"].is_u64());
    for entry in entries.clone() {
        let parent = &artifacts[entry["parentIndex"].as_u64().unwrap() as usize];
        assert_eq!(parent["location"]["uri"], "wire.jsonl");
    }
    assert_eq!((entries.count(), artifacts.len()), (2, 7));
}

#[test]
fn a_run_without_files_is_valid_everywhere() {
    let empty = |name: &str| crate::report(&*named(name), |_| Ok(()));
    let run = sarif(&empty("sarif"));
    assert_eq!(run["results"], json!([]));
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    assert_eq!(rdjson(&empty("rdjson"))["diagnostics"], json!([]));
    assert_eq!(gitlab(&empty("gitlab")).len(), 0);
    for name in ["jsonl", "rdjsonl", "github"] {
        assert_eq!(empty(name), "");
    }
    for name in ["junit", "checkstyle"] {
        crate::xml::parsed(name, &empty(name));
    }
}

#[test]
fn rdjson_is_valid_and_counts_bytes() {
    let value = rdjson(&sample::run(&*named("rdjson")));
    let found = &value["diagnostics"][0];
    assert_eq!(
        found["location"]["range"],
        json!({"start": {"line": 2, "column": 24}, "end": {"line": 2, "column": 38}})
    );
    assert_eq!(found["suggestions"].as_array().unwrap().len(), 2, "a quoted fix is not offered");
    let lines = rdjsonl(&sample::run(&*named("rdjsonl")));
    assert_eq!(&Value::Array(lines), &value["diagnostics"]);
}

#[test]
fn gitlab_is_as_its_documentation_says() {
    let issues = gitlab(&sample::run(&*named("gitlab")));
    assert_eq!(issues.len(), 9);
    assert_eq!(issues[0]["location"]["path"], "news/a b,\"1\".txt");
}

#[test]
fn a_line_of_jsonl_is_a_member_of_json() {
    let json: Value = serde_json::from_str(&sample::run(&*named("json"))).unwrap();
    let lines = sample::run(&*named("jsonl"));
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (failed, files): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.get("error").is_some());
    assert_eq!(Value::Array(files), json["files"]);
    assert_eq!(failed.len(), 1);
    assert_eq!(
        (&failed[0]["path"], &failed[0]["error"]),
        (&json["errors"][0]["path"], &json["errors"][0]["message"])
    );
}
