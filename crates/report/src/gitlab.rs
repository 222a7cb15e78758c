//! GitLab's code quality report: a JSON array, which a merge request shows by comparing fingerprints with those of the
//! branch it goes to.

use serde::Serialize;
use unspin_lint::{Diagnostic, Severity};

use crate::advice::told_with_entry;
use crate::identity::{Ordinals, hashed, in_file};
use crate::json::serialize;
use crate::place::repository_path;
use crate::{Ending, Failure, FileReport, Format};

/// The code quality report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gitlab;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    /// GitLab drops the second of two issues that share one, wherever they are.
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl Format for Gitlab {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"[\n");
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        let mut ordinals = Ordinals::default();
        for (nth, found) in file.diagnostics().iter().enumerate() {
            if nth > 0 {
                out.extend_from_slice(b",\n");
            }
            issue(file, found, &mut ordinals, out);
        }
    }

    fn failed_file(&self, failure: &Failure, out: &mut Vec<u8>) {
        let path = &*repository_path(&failure.path);
        let member = Issue {
            description: &format!("not checked: {}.", failure.message),
            check_name: "not-checked",
            fingerprint: hashed(&[path, "not-checked"]),
            severity: "major",
            location: Location { path, lines: Lines { begin: 1, end: 1 } },
        };
        serialize(&member, out);
    }

    fn end(&self, _ending: &Ending<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n]\n");
    }
}

fn issue(
    file: &FileReport<'_>,
    found: &Diagnostic,
    ordinals: &mut Ordinals<String>,
    out: &mut Vec<u8>,
) {
    let path = &*repository_path(file.path());
    let fingerprint = in_file(file, found);
    let ordinal = ordinals.next(fingerprint.clone()).to_string();
    // Lines of an entry are not lines of the file, and GitLab wants one.
    let line = |byte| if file.entry().is_some() { 1 } else { file.position(byte).line };
    let member = Issue {
        description: &told_with_entry(file, found),
        check_name: &found.rule,
        fingerprint: hashed(&[path, &fingerprint, &ordinal]),
        severity: match found.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info | Severity::Off => "info",
        },
        location: Location {
            path,
            lines: Lines { begin: line(found.span.start), end: line(found.span.end) },
        },
    };
    serialize(&member, out);
}
