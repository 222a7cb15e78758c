//! XML formats by a parser, and `JUnit` by a schema.

use uppsala::{Document, NodeId, XsdValidator, parse};

use crate::{named, sample};

const JUNIT: &str = include_str!("../schemas/junit-10.xsd");

/// Well-formed XML; that of `JUnit` is valid by the schema of Jenkins.
pub(crate) fn parsed<'x>(name: &str, out: &'x str) -> Document<'x> {
    let document = parse(out).unwrap_or_else(|e| panic!("{name}: {e:?}: {out}"));
    if name == "junit" {
        let errors = junit_errors(&document);
        assert!(errors.is_empty(), "{errors:?}: {out}");
    }
    document
}

fn junit_errors(document: &Document<'_>) -> Vec<String> {
    let schema = parse(JUNIT).unwrap();
    let validator = XsdValidator::from_schema(&schema).unwrap();
    validator.validate(document).iter().map(|error| format!("{error:?}")).collect()
}

/// An attribute that must be there.
pub(crate) fn attribute<'d>(document: &'d Document<'_>, node: NodeId, name: &str) -> &'d str {
    document.get_attribute(node, name).unwrap_or_else(|| panic!("no attribute {name}"))
}

#[test]
fn the_schema_of_junit_refuses_what_is_wrong() {
    for wrong in [
        "<testsuites><testsuite name=\"a\" tests=\"1\" failures=\"0\"/></testsuites>",
        "<testsuites><testcase name=\"a\"/></testsuites>",
        "<testsuites><testsuite name=\"a\" tests=\"1\" failures=\"0\" errors=\"0\"><failed/></testsuite></testsuites>",
    ] {
        assert!(!junit_errors(&parse(wrong).unwrap()).is_empty(), "{wrong}");
    }
}

#[test]
fn junit_is_valid_and_its_counts_are_those_of_its_elements() {
    let out = sample::run(&*named("junit"));
    let document = parsed("junit", &out);
    let suites = document.get_elements_by_tag_name("testsuite");
    assert_eq!(suites.len(), 7);
    let sum = |name: &str| -> usize {
        suites
            .iter()
            .map(|suite| attribute(&document, *suite, name).parse::<usize>().unwrap())
            .sum()
    };
    for (counted, element) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")]
    {
        assert_eq!(sum(counted), document.get_elements_by_tag_name(element).len(), "{element}");
    }
    assert_eq!(document.get_elements_by_tag_name("system-out").len(), 1, "an info fails nothing");
}

#[test]
fn checkstyle_names_each_place() {
    let out = sample::run(&*named("checkstyle"));
    let document = parsed("checkstyle", &out);
    let root = document.document_element().unwrap();
    assert_eq!(attribute(&document, root, "version"), "8.0");
    let errors = document.get_elements_by_tag_name("error");
    assert_eq!(errors.len(), 9);
    for error in &errors {
        let severity = attribute(&document, *error, "severity");
        assert!(["error", "warning", "info"].contains(&severity));
        assert!(attribute(&document, *error, "line").parse::<u32>().is_ok_and(|line| line > 0));
        assert!(attribute(&document, *error, "source").starts_with("unspin."));
    }
    assert_eq!(document.get_elements_by_tag_name("file").len(), 7);
}
