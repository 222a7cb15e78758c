//! Diagnostics and rules made up for a test.

use unspin_apply::fix::{Policy, Repair, repair};
use unspin_lint::{Diagnosis, Diagnostic, Edit, LogOdds, Safety, Severity, SourceFix};
use unspin_text::Span;

/// Fixes that are made in tests of how they are made.
pub(crate) const ANY: Policy = Policy { unsafe_fixes: true, quotations: true };

pub(crate) fn edit(start: u32, end: u32, text: &str) -> Edit {
    Edit { span: Span::new(start, end), text: text.into() }
}

pub(crate) fn fix(safety: Safety, edits: Vec<Edit>) -> SourceFix {
    SourceFix { title: "mend it".into(), safety, edits }
}

/// A finding of the rule `rule` and its family, as sure as `milli` thousandths of a nat; its sentence is the line.
pub(crate) fn finding(
    text: &str,
    rule: &str,
    (start, end): (usize, usize),
    milli: i32,
    fixes: Vec<SourceFix>,
) -> Diagnostic {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let span = |start: usize, end: usize| Span::new(start as u32, end as u32);
    Diagnostic {
        rule: rule.to_owned().into(),
        family: rule.to_owned().into(),
        severity: Severity::Warning,
        evidence: LogOdds::from_milli(milli),
        posterior: LogOdds::from_milli(milli),
        span: span(start, end),
        text: text[start..end].into(),
        locator: None,
        surroundings: Default::default(),
        sentence: span(line_start, line_end),
        message: format!("{rule} is here"),
        notes: Vec::new(),
        suggestions: Vec::new(),
        fixes,
    }
}

/// Rules that replace what they find: what, by what, how sure.
pub(crate) struct Replacements(pub(crate) Vec<(String, String, i32)>);

impl Replacements {
    pub(crate) fn of(rules: &[(&str, &str, i32)]) -> Self {
        let owned = rules.iter().map(|&(a, b, sure)| (a.into(), b.into(), sure));
        Self(owned.collect())
    }

    pub(crate) fn check(&self, bytes: &[u8]) -> Diagnosis {
        let text = std::str::from_utf8(bytes).expect("tests of rules are of text");
        let mut diagnostics = Vec::new();
        for (nth, (from, to, sure)) in self.0.iter().enumerate() {
            for (at, _) in text.match_indices(from.as_str()) {
                let span = (at, at + from.len());
                let edits = vec![edit(at as u32, span.1 as u32, to)];
                let fixes = vec![fix(Safety::Unsafe, edits)];
                diagnostics.push(finding(text, &format!("rule-{nth}"), span, *sure, fixes));
            }
        }
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        Diagnosis { verdict: None, diagnostics }
    }

    pub(crate) fn repair(&self, text: &str) -> Repair {
        repair(text.as_bytes(), ANY, |text, _: Option<&()>| (self.check(text), ()))
    }
}

pub(crate) fn text(repair: &Repair) -> &str {
    std::str::from_utf8(&repair.text).expect("text stays text")
}
