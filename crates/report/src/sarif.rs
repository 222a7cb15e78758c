//! SARIF 2.1.0, which code scanning services and editors read: one run.
//!
//! Results are written as they come. What is said of each file (its verdict) and of the run stands behind them, since an
//! object's members may come in any order, and only that much is held until the end.

mod artifact;
mod region;
mod result;
mod rules;

use std::collections::HashMap;

use serde::Serialize;

use crate::advice::ended;
use crate::json::serialize;
use crate::place::Uri;
use crate::{Ending, Failure, FileReport, Format, RuleInfo, Tool};

/// Name of the folder that relative paths start from.
const ROOT: &str = "%SRCROOT%";

/// The SARIF format.
#[derive(Clone, Debug)]
pub struct Sarif {
    tool: Tool,
    rules: Vec<RuleInfo>,
    /// Where each rule stands in `rules`.
    indices: HashMap<String, usize>,
}

impl Sarif {
    /// A report made by `tool`, whose results are by these rules or by none of them.
    pub fn new(tool: Tool, mut rules: Vec<RuleInfo>) -> Self {
        for extra in RuleInfo::of_no_rule() {
            if rules.iter().all(|rule| rule.id != extra.id) {
                rules.push(extra);
            }
        }
        let indices = rules.iter().enumerate().map(|(at, rule)| (rule.id.clone(), at)).collect();
        Self { tool, rules, indices }
    }
}

impl Format for Sarif {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(
            b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\
            \"version\":\"2.1.0\",\"runs\":[{\"tool\":",
        );
        serialize(&rules::ToolMember::new(&self.tool, &self.rules), out);
        // The folder is not told, so that reports of the same texts are the same wherever they lie.
        out.extend_from_slice(
            b",\"language\":\"en\",\"columnKind\":\"unicodeCodePoints\",\
            \"newlineSequences\":[\"\\r\\n\",\"\\n\",\"\\r\"],\
            \"originalUriBaseIds\":{\"%SRCROOT%\":{\"description\":\
            {\"text\":\"The folder in which unspin was started.\"}}},\
            \"results\":[\n",
        );
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        result::results(file, &self.indices, out);
    }

    fn kept(&self, file: &FileReport<'_>) -> Vec<Vec<u8>> {
        artifact::kept(file)
    }

    fn end(&self, ending: &Ending<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n],\"artifacts\":[");
        artifact::artifacts(ending.kept, out);
        out.extend_from_slice(b"],\"invocations\":[");
        serialize(&Invocation::new(ending.failures), out);
        out.extend_from_slice(b"]}]}\n");
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

impl ArtifactLocation {
    fn of(path: &str) -> Self {
        match Uri::of(path) {
            Uri::Relative(uri) => Self { uri, uri_base_id: Some(ROOT) },
            Uri::Absolute(uri) => Self { uri, uri_base_id: None },
        }
    }
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: OwnedText,
    locations: [FailedLocation; 1],
}

#[derive(Serialize)]
struct OwnedText {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FailedLocation {
    physical_location: FailedPlace,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FailedPlace {
    artifact_location: ArtifactLocation,
}

impl Invocation {
    fn new(failures: &[Failure]) -> Self {
        let notification = |failure: &Failure| Notification {
            level: "error",
            message: OwnedText {
                text: rules::plain(&ended(&format!("not checked: {}", failure.message))),
            },
            locations: [FailedLocation {
                physical_location: FailedPlace {
                    artifact_location: ArtifactLocation::of(&failure.path),
                },
            }],
        };
        Self {
            execution_successful: failures.is_empty(),
            tool_execution_notifications: failures.iter().map(notification).collect(),
        }
    }
}
