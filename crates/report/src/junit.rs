//! The XML of `JUnit`, which every CI server shows as test results.
//!
//! A text is a test suite; each rule that found something in it is a test case, and a text without findings has one that
//! passes. A case is named by the text and classed by the rule, so that a server that keeps a history (Jenkins) tells
//! since when a rule finds something in a text, and groups the failures by rule. Findings of severity `info` fail
//! nothing: they are output of a test that passes.

use std::fmt::Write as _;

use unspin_lint::{Diagnostic, Severity};

use crate::advice::told;
use crate::place::repository_path;
use crate::xml::{attribute, escape};
use crate::{Ending, Failure, FileReport, Format};

/// One test suite a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Junit;

impl Format for Junit {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"unspin\">\n",
        );
    }

    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        let cases = cases(file.diagnostics());
        let failures = cases.iter().filter(|case| fails(case)).count();
        let path = repository_path(file.path());
        let name = match file.entry() {
            Some(entry) => format!("{path} ({entry})"),
            None => path.into_owned(),
        };
        let mut suite = open(&name, cases.len().max(1), failures, 0);
        if cases.is_empty() {
            suite.push_str("<testcase");
            attribute(&mut suite, "name", &name);
            suite.push_str(" classname=\"unspin\"/>\n");
        }
        for case in &cases {
            test_case(&mut suite, &name, file, case);
        }
        suite.push_str("</testsuite>\n");
        out.extend_from_slice(suite.as_bytes());
    }

    fn failed_file(&self, failure: &Failure, out: &mut Vec<u8>) {
        let path = repository_path(&failure.path);
        let mut suite = open(&path, 1, 0, 1);
        suite.push_str("<testcase");
        attribute(&mut suite, "name", &path);
        suite.push_str(" classname=\"unspin\">\n<error type=\"not-checked\"");
        attribute(&mut suite, "message", &failure.message);
        suite.push_str("/>\n</testcase>\n</testsuite>\n");
        out.extend_from_slice(suite.as_bytes());
    }

    fn end(&self, _ending: &Ending<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</testsuites>\n");
    }
}

/// The findings of each rule, by the place of the first.
fn cases(found: &[Diagnostic]) -> Vec<Vec<&Diagnostic>> {
    let mut cases: Vec<Vec<&Diagnostic>> = Vec::new();
    for finding in found {
        match cases.iter_mut().find(|case| case[0].rule == finding.rule) {
            Some(case) => case.push(finding),
            None => cases.push(vec![finding]),
        }
    }
    cases
}

fn fails(case: &[&Diagnostic]) -> bool {
    case.iter().any(|found| found.severity >= Severity::Warning)
}

fn open(name: &str, tests: usize, failures: usize, errors: usize) -> String {
    let mut suite = String::from("<testsuite");
    attribute(&mut suite, "name", name);
    let _ = write!(suite, " tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"");
    suite.push_str(" skipped=\"0\">\n");
    suite
}

fn test_case(out: &mut String, name: &str, file: &FileReport<'_>, case: &[&Diagnostic]) {
    let first = case[0];
    out.push_str("<testcase");
    attribute(out, "name", name);
    attribute(out, "classname", &format!("unspin.{}", first.rule));
    out.push_str(">\n");
    let element = if fails(case) { "failure" } else { "system-out" };
    let _ = write!(out, "<{element}");
    if fails(case) {
        let more = match case.len() - 1 {
            0 => String::new(),
            n => format!(" (and {n} more)"),
        };
        attribute(out, "message", &format!("{}{more}", told(first)));
        let highest = case.iter().map(|found| found.severity).max().unwrap_or(first.severity);
        attribute(out, "type", highest.as_str());
    }
    out.push('>');
    for (nth, found) in case.iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        let at = file.position(found.span.start);
        let _ = write!(out, "{}:{}: {}: ", at.line, at.column, found.severity);
        escape(out, &told(found));
    }
    let _ = writeln!(out, "</{element}>\n</testcase>");
}
