//! The rules of a linter, and their examples.

use serde::Serialize;
use unspin_lint::page;
use unspin_report::printable;

use crate::engine::Engine;

/// A rule under the present settings.
#[derive(Serialize)]
struct RuleMember<'r> {
    id: &'r str,
    family: &'r str,
    severity: &'static str,
    min_confidence: f64,
    evidence: bool,
    scope: String,
    summary: String,
    page: &'r str,
    formerly: &'r [&'static str],
    options: Vec<OptionMember<'r>>,
    /// The pack that brought it.
    provenance: Option<String>,
}

#[derive(Serialize)]
struct OptionMember<'r> {
    name: &'r str,
    /// As it stands in `lint.toml`.
    default: String,
    expected: String,
    doc: &'r str,
}

/// What came of the examples of a rule.
#[derive(Serialize)]
struct TestMember<'r> {
    rule: &'r str,
    examples: usize,
    failures: Vec<FailureMember>,
}

#[derive(Serialize)]
struct FailureMember {
    example: usize,
    line: usize,
    message: String,
    expected: Vec<String>,
    found: Vec<String>,
}

impl Engine {
    /// The rules, by id.
    pub fn rules(&self) -> String {
        let states = self.linter().rules().states();
        let rules: Vec<_> = states
            .map(|state| {
                let meta = state.rule.meta();
                let options = meta.options.iter().map(|option| OptionMember {
                    name: &option.name,
                    default: option.kind.default(),
                    expected: option.kind.expected(),
                    doc: &option.doc,
                });
                RuleMember {
                    id: &meta.id,
                    family: &meta.family,
                    severity: state.severity.as_str(),
                    min_confidence: (state.min_confidence.probability() * 1000.0).round() / 1000.0,
                    evidence: state.counts,
                    scope: format!("{:?}", meta.scope).to_lowercase(),
                    summary: page::summary(&meta.page),
                    page: meta.page.trim(),
                    formerly: meta.formerly,
                    options: options.collect(),
                    provenance: meta.provenance.as_ref().map(ToString::to_string),
                }
            })
            .collect();
        serde_json::to_string(&rules).expect("no map has keys but names")
    }

    /// Runs the examples of the rules that packs brought.
    pub fn test(&self) -> String {
        let rules = self.linter().rules();
        let lines = |lines: &[String]| lines.iter().map(|l| printable(l).into_owned()).collect();
        let states = rules.states().filter(|state| self.is_brought(&state.rule.meta().id));
        let tests: Vec<_> = states
            .map(|state| {
                let outcome = page::run(rules, state.rule.as_ref());
                let failures = outcome.failures.iter().map(|failure| FailureMember {
                    example: failure.number,
                    line: failure.line,
                    message: printable(&failure.what).into_owned(),
                    expected: lines(&failure.expected),
                    found: lines(&failure.found),
                });
                TestMember {
                    rule: &state.rule.meta().id,
                    examples: outcome.examples,
                    failures: failures.collect(),
                }
            })
            .collect();
        serde_json::to_string(&tests).expect("no map has keys but names")
    }
}
