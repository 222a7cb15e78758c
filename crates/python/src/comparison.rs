//! What a comparison of two texts came to, for Python.

use pyo3::prelude::*;
use unspin_compare::{Comparison, Text};
use unspin_lint::{Diagnosis, Document, Finding, Markup, Span};
use unspin_linter::Linter;
use unspin_report::{Compared, ComparisonReport, Offsets};
use unspin_text::source::decode;

use crate::report::Report;

/// A record of the changes between two texts.
#[derive(IntoPyObject)]
pub(crate) struct ComparisonParts {
    /// The member `comparison` of a JSON report.
    json: String,
    changes: Vec<ChangeParts>,
    links: Vec<Link>,
    original: Report,
    reworded: Report,
}

#[derive(IntoPyObject)]
struct ChangeParts {
    kind: &'static str,
    original: Place,
    reworded: Place,
}

/// Start and end in code points.
type Stretch = (u32, u32);

/// Sentences of the original, and the stretch of the reworded text that comes from them.
type Link = (Vec<Stretch>, Stretch);

/// Start and end in code points, line, column, and the words.
type Place = (u32, u32, u32, u32, String);

/// A text with its name and format.
pub(crate) struct Named<'t> {
    pub(crate) name: &'t str,
    pub(crate) bytes: &'t [u8],
    pub(crate) markup: Markup,
}

/// Compares a reworded text with its original, as `unspin compare` does with files of which both obey the same settings.
pub(crate) fn compare(
    linter: &Linter,
    original: &Named<'_>,
    reworded: &Named<'_>,
    model: Option<&str>,
) -> ComparisonParts {
    let a = Document::read(original.bytes, original.markup);
    let b = Document::read(reworded.bytes, reworded.markup);
    let comparison = unspin_compare::compare(&a, &b, &linter.model().model());
    let report = ComparisonReport {
        comparison: &comparison,
        original: Compared::new(original.name, original.bytes, &a),
        reworded: Compared::new(reworded.name, reworded.bytes, &b),
    };
    let findings = comparison.findings(
        Text { name: original.name, document: &a },
        Text { name: reworded.name, document: &b },
    );
    let json = String::from_utf8(report.json()).expect("JSON is UTF-8");
    let said = |text: &Named<'_>, document: &Document<'_>, findings: Vec<Finding>| {
        let mut said = linter.check(document);
        said.findings = linter.under_policy(findings);
        let said = Diagnosis::new(document, &said);
        let (_, encoding, _) = decode(text.bytes);
        Report::new(document.source(), Offsets::of(encoding), &said, model)
    };
    let (changes, links) = (changes(&comparison, &a, &b), links(&comparison, &a, &b));
    ComparisonParts {
        json,
        changes,
        links,
        original: said(original, &a, findings.original),
        reworded: said(reworded, &b, findings.reworded),
    }
}

fn changes(comparison: &Comparison, a: &Document<'_>, b: &Document<'_>) -> Vec<ChangeParts> {
    let changes = comparison.changes.iter().map(|change| ChangeParts {
        kind: change.kind.as_str(),
        original: place(a, change.original),
        reworded: place(b, change.reworded),
    });
    changes.collect()
}

fn links(comparison: &Comparison, a: &Document<'_>, b: &Document<'_>) -> Vec<Link> {
    let chars = |document: &Document<'_>, span| {
        let (start, end, ..) = place(document, span);
        (start, end)
    };
    let links = comparison.links.iter().map(|link| {
        let original = link.original.iter().map(|span| chars(a, *span)).collect();
        (original, chars(b, link.reworded))
    });
    links.collect()
}

fn place(document: &Document<'_>, span: Span) -> Place {
    let source = document.in_source(span);
    let at = |byte| document.positions().at(document.source(), byte);
    let (start, end) = (at(source.start), at(source.end));
    (start.char, end.char, start.line, start.column, document.slice(span).to_owned())
}
