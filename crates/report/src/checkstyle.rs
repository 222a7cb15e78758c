//! The XML of Checkstyle, which many CI servers read from any linter.

use unspin_lint::{Diagnostic, Severity};

use crate::advice::told_with_entry;
use crate::place::repository_path;
use crate::xml::attribute;
use crate::{Ending, Failure, FileReport, Format};

/// Version of Checkstyle whose output this is like.
const VERSION: &str = "8.0";

/// One `file` element a text, one `error` element a finding.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checkstyle;

impl Format for Checkstyle {
    fn begin(&self, out: &mut Vec<u8>) {
        let head = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"{VERSION}\">\n"
        );
        out.extend_from_slice(head.as_bytes());
    }

    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        let mut element = open(file.path());
        for found in file.diagnostics() {
            error(&mut element, file, found);
        }
        element.push_str("</file>\n");
        out.extend_from_slice(element.as_bytes());
    }

    fn failed_file(&self, failure: &Failure, out: &mut Vec<u8>) {
        let mut element = open(&failure.path);
        element.push_str("<error line=\"1\" severity=\"error\"");
        attribute(&mut element, "message", &format!("not checked: {}.", failure.message));
        element.push_str(" source=\"unspin.not-checked\"/>\n</file>\n");
        out.extend_from_slice(element.as_bytes());
    }

    fn end(&self, _ending: &Ending<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</checkstyle>\n");
    }
}

fn open(path: &str) -> String {
    let mut element = String::from("<file");
    attribute(&mut element, "name", &repository_path(path));
    element.push_str(">\n");
    element
}

fn error(out: &mut String, file: &FileReport<'_>, found: &Diagnostic) {
    out.push_str("<error");
    if file.entry().is_some() {
        // Lines of an entry are not lines of the file, and consumers want one.
        attribute(out, "line", "1");
    } else {
        let at = file.position(found.span.start);
        attribute(out, "line", &at.line.to_string());
        attribute(out, "column", &at.column.to_string());
    }
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "info",
    };
    attribute(out, "severity", severity);
    attribute(out, "message", &told_with_entry(file, found));
    attribute(out, "source", &format!("unspin.{}.{}", found.family, found.rule));
    out.push_str("/>\n");
}
