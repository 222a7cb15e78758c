//! The files, with their verdicts.

use serde::Serialize;

use super::ArtifactLocation;
use crate::FileReport;
use crate::json::{VerdictMember, serialize};
use crate::place::encoded;

#[derive(Serialize)]
struct Artifact<'a> {
    location: ArtifactLocation,
    roles: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties<'a>>,
}

#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
    offsets: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    verdict: VerdictMember,
}

/// What is held of a file until the end: its artifact, or that of its container and its own.
pub(super) fn kept(file: &FileReport<'_>) -> Vec<Vec<u8>> {
    let properties = Properties {
        entry: file.entry(),
        offsets: file.offsets().as_str(),
        model: file.model(),
        verdict: file.verdict().map_or(VerdictMember::SETTINGS, VerdictMember::new),
    };
    let location = ArtifactLocation::of(file.path());
    let Some(entry) = file.entry() else {
        return vec![json(location, Some(properties))];
    };
    // The location of what lies in another artifact is a path in that, without the slash that would make it absolute.
    let uri = encoded(entry.trim_start_matches('/'));
    let within = ArtifactLocation { uri, uri_base_id: None };
    vec![json(location, None), json(within, Some(properties))]
}

fn json(location: ArtifactLocation, properties: Option<Properties<'_>>) -> Vec<u8> {
    let mut out = Vec::new();
    serialize(&Artifact { location, roles: ["analysisTarget"], properties }, &mut out);
    out
}

/// All artifacts, each container once, before its entries.
pub(super) fn artifacts(kept: &[Vec<Vec<u8>>], out: &mut Vec<u8>) {
    let mut count = 0;
    let mut container: Option<(usize, &[u8])> = None;
    let mut push = |member: &[u8], out: &mut Vec<u8>| {
        out.extend_from_slice(if count > 0 { b",\n" } else { b"\n" });
        out.extend_from_slice(member);
        count += 1;
        count - 1
    };
    for pieces in kept {
        match pieces.as_slice() {
            [whole] => {
                push(whole, out);
            }
            [around, own] => {
                let parent = match container {
                    Some((at, last)) if last == around => at,
                    _ => push(around, out),
                };
                container = Some((parent, around));
                push(own.strip_suffix(b"}").unwrap_or(own), out);
                out.extend_from_slice(format!(",\"parentIndex\":{parent}}}").as_bytes());
            }
            _ => {}
        }
    }
}
