//! What holds of everything that is found in a text.

use unspin_apply::fix::make;
use unspin_lint::{Diagnosis, Document, Finding, INTERNAL_ERROR, Markup, Report, SourceFix};

/// Panics unless a finding lies in its document and its fixes beside each other.
pub(crate) fn finding(document: &Document<'_>, finding: &Finding) {
    let text = document.text();
    assert!(text.get(finding.span.range()).is_some(), "{finding:?}");
    assert!(!finding.message.trim().is_empty(), "{finding:?}");
    assert!((0.0..=1.0).contains(&finding.confidence()), "{finding:?}");
    for fix in &finding.fixes {
        assert!(fix.edits().iter().all(|edit| text.get(edit.span.range()).is_some()), "{fix:?}");
    }
}

/// Panics unless a report is sound and none of the rules failed; what is said of the source by it.
pub(crate) fn report(document: &Document<'_>, report: &Report) -> Diagnosis {
    for found in &report.findings {
        assert_ne!(found.rule, INTERNAL_ERROR, "{}", found.message);
        finding(document, found);
    }
    let said = Diagnosis::new(document, report);
    diagnosis(document.source(), &said);
    said
}

/// Panics unless every place that is spoken of lies in the source.
pub(crate) fn diagnosis(source: &str, said: &Diagnosis) {
    for found in &said.diagnostics {
        assert!(source.get(found.span.range()).is_some(), "{found:?}");
        assert!(source.get(found.sentence.range()).is_some(), "{found:?}");
        assert!(found.fixes.iter().all(|fix| fits(source, fix)), "{found:?}");
    }
    let windows = said.verdict.iter().flat_map(|verdict| &verdict.windows);
    for window in windows {
        assert!(source.get(window.span.range()).is_some(), "{window:?}");
    }
}

fn fits(source: &str, fix: &SourceFix) -> bool {
    let edits = &fix.edits;
    edits.iter().all(|edit| source.get(edit.span.range()).is_some())
        && edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start)
}

/// Panics if making a fix changes anything but the prose that it is about: no fix touches markup.
///
/// Not of whole pages: which part of one is its article depends on how much text is where, so that a fix may bring other
/// parts into view.
pub(crate) fn fixes(document: &Document<'_>, found: &Report) {
    const MOST: usize = 6;
    let source = document.source().to_ascii_lowercase();
    let page = ["<!doctype", "<html", "<head", "<body", "<main", "<article"];
    if document.markup() == Markup::Html && page.iter().any(|tag| source.contains(tag)) {
        return;
    }
    let fixes = found.findings.iter().flat_map(|found| &found.fixes);
    for fix in fixes.take(MOST) {
        let edits: Option<Vec<_>> = fix
            .edits()
            .iter()
            .map(|edit| {
                let (span, text) = document.source_edit(edit.span, &edit.text)?;
                Some(unspin_lint::Edit { span, text })
            })
            .collect();
        let Some((made, _)) = edits.and_then(|edits| make(document.source().as_bytes(), &edits))
        else {
            continue;
        };
        let mut expected = document.text().to_owned();
        for edit in fix.edits().iter().rev() {
            expected.replace_range(edit.span.range(), &edit.text);
        }
        let made = String::from_utf8(made).expect("text in text is text");
        let repaired = Document::read(made.as_bytes(), document.markup());
        assert_eq!(words(repaired.text()), words(&expected), "{fix:?} made {made:?}");
    }
}

/// The words of a text, whatever white space stands between them.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
