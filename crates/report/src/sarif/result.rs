//! Findings.

use std::collections::HashMap;

use serde::Serialize;
use unspin_lint::{Diagnostic, SourceFix, Span};

use super::region::{Region, context};
use super::rules::{level, plain};
use super::{ArtifactLocation, OwnedText, Text};
use crate::FileReport;
use crate::advice::{applicable, told};
use crate::identity::{Ordinals, in_file};
use crate::json::{PositionMember, probability, rounded, serialize};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultMember<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: OwnedText,
    locations: [Location<'a>; 1],
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
    rank: f64,
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation,
    /// Not for an entry, whose lines are not lines of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context_region: Option<Region<'a>>,
}

/// The entry of a container.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "unspin/v1")]
    own: String,
    /// The one that GitHub's code scanning compares.
    #[serde(rename = "primaryLocationLineHash")]
    github: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: OwnedText,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region<'a>,
    inserted_content: Text<'a>,
}

#[derive(Serialize)]
struct Properties<'a> {
    family: &'a str,
    severity: &'static str,
    confidence: f64,
    evidence: f64,
    text: &'a str,
    suggestions: &'a [String],
    notes: &'a [String],
    /// Where it is in the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<EntryPlace<'a>>,
}

#[derive(Serialize)]
struct EntryPlace<'a> {
    name: &'a str,
    start: PositionMember,
    end: PositionMember,
}

pub(super) fn results(file: &FileReport<'_>, indices: &HashMap<String, usize>, out: &mut Vec<u8>) {
    let mut ordinals = Ordinals::default();
    for (nth, found) in file.diagnostics().iter().enumerate() {
        if nth > 0 {
            out.extend_from_slice(b",\n");
        }
        let fingerprint = in_file(file, found);
        let ordinal = ordinals.next(fingerprint.clone());
        let fingerprint = format!("{fingerprint}:{ordinal}");
        let rule_index = indices.get(found.rule.as_ref()).copied();
        serialize(&result(file, found, rule_index, fingerprint), out);
    }
}

fn result<'a>(
    file: &FileReport<'a>,
    found: &'a Diagnostic,
    rule_index: Option<usize>,
    fingerprint: String,
) -> ResultMember<'a> {
    let entry = file.entry();
    let own = |span: Span| entry.is_none().then(|| Region::new(file, span));
    // An edit of an entry is none of the file.
    let fixes = applicable(found).filter(|_| entry.is_none());
    ResultMember {
        rule_id: &found.rule,
        rule_index,
        level: level(found.severity),
        message: OwnedText { text: plain(&told(found)) },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation::of(file.path()),
                region: own(found.span).map(|region| region.with_snippet(file, found.span)),
                context_region: match entry {
                    None => context(file, found.span, found.sentence),
                    Some(_) => None,
                },
            },
            logical_locations: entry
                .map(|name| LogicalLocation { fully_qualified_name: name, kind: "member" })
                .into_iter()
                .collect(),
        }],
        partial_fingerprints: Fingerprints { own: fingerprint.clone(), github: fingerprint },
        fixes: fixes.map(|fix| Fix::new(file, fix)).collect(),
        rank: rounded(found.confidence() * 100.0, 1),
        properties: Properties {
            family: &found.family,
            severity: found.severity.as_str(),
            confidence: probability(found.posterior, 3),
            evidence: found.evidence.nats(),
            text: &found.text,
            suggestions: &found.suggestions,
            notes: &found.notes,
            entry: entry.map(|name| EntryPlace {
                name,
                start: file.position(found.span.start).into(),
                end: file.position(found.span.end).into(),
            }),
        },
    }
}

impl<'a> Fix<'a> {
    fn new(file: &FileReport<'a>, fix: &'a SourceFix) -> Self {
        let replacements = fix.edits.iter().map(|edit| Replacement {
            deleted_region: Region::new(file, edit.span),
            inserted_content: Text { text: &edit.text },
        });
        Self {
            description: OwnedText {
                text: plain(&format!("{} ({})", fix.title, fix.safety.as_str())),
            },
            artifact_changes: [Change {
                artifact_location: ArtifactLocation::of(file.path()),
                replacements: replacements.collect(),
            }],
        }
    }
}
