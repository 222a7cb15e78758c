//! What a house's own rules do to one another and to the others.

use std::sync::Arc;

use unspin_text::Span;

use super::tests::Marker;
use super::*;
use crate::{Context, Rule, RuleMeta};

/// Asks for a severity wherever a phrase stands.
struct HouseTerm(RuleMeta, &'static str, Severity);

impl Rule for HouseTerm {
    fn meta(&self) -> &RuleMeta {
        &self.0
    }

    fn check(&self, _: &Context<'_>, _: &mut Vec<Finding>) {}

    fn adjust(&self, cx: &Context<'_>, out: &mut Vec<crate::Adjustment>) {
        for (at, found) in cx.document().text().match_indices(self.1) {
            out.push(crate::Adjustment {
                by: self.0.id.clone(),
                span: Span::new(at as u32, (at + found.len()) as u32),
                rules: vec!["odd".into()],
                severity: self.2,
            });
        }
    }
}

#[test]
fn a_house_term_raises_lowers_and_silences_what_other_rules_find_there() {
    use Severity::{Error, Off, Warning};
    let text = "Mend the old roxds, the new roxds and the bridxe.";
    let severities = |phrase, severity| {
        let meta = RuleMeta { evidence: false, ..Marker::of("term", "").meta().clone() };
        let rules = RuleSet::new([
            Marker::of("odd", "roxds"),
            Marker::of("mad", "bridxe"),
            Arc::new(HouseTerm(meta, phrase, severity)) as Arc<dyn Rule>,
        ]);
        let document = Document::new(text.as_bytes());
        let (report, trace) =
            adjudicate_traced(&document, &rules, rules.run(&document), None, None);
        let shown: Vec<Severity> = report.findings.iter().map(|f| f.severity).collect();
        (shown, trace.dropped.into_iter().map(|d| d.reason).collect::<Vec<_>>(), report.verdict)
    };
    let (plain, _, verdict) = severities("roxds", Error);
    assert_eq!(plain, [Error, Error, Warning]);
    assert_eq!(severities("old roxds", Error).0, [Error, Warning, Warning]);
    let (silenced, reasons, same) = severities("old roxds", Off);
    assert_eq!(silenced, [Warning, Warning]);
    assert_eq!(reasons, [Reason::Adjusted { by: "term".into() }]);
    assert_eq!(same, verdict, "the verdict is no matter of display");
    assert_eq!(severities("bridxe", Off).0, [Warning; 3], "another rule's finding");
}

#[test]
fn a_house_term_wakes_no_rule_and_speaks_whatever_is_selected() {
    let meta = RuleMeta { evidence: false, ..Marker::of("term", "").meta().clone() };
    let of = |severity| {
        RuleSet::new([
            Marker::of("odd", "roxds"),
            Arc::new(HouseTerm(meta.clone(), "roxds", severity)) as Arc<dyn Rule>,
        ])
    };
    let shown = |rules: &RuleSet| {
        let document = Document::new(b"Mend the old roxds.");
        let report = adjudicate(&document, rules, rules.run(&document), None, None);
        report.findings.len()
    };
    let mut rules = of(Severity::Error);
    rules.state_mut("odd").unwrap().severity = Severity::Off;
    assert_eq!(shown(&rules), 0);
    let mut rules = of(Severity::Off);
    rules.show(|meta| meta.id == "odd");
    assert_eq!(shown(&rules), 0, "selecting shows no more");
    rules.state_mut("term").unwrap().severity = Severity::Off;
    assert_eq!(shown(&rules), 1, "a rule that is off asks for nothing");
}

#[test]
fn findings_of_a_house_hide_each_other_only_across_or_on_the_same_words() {
    let marker = |id: &'static str, family: &'static str, word: &'static str| {
        let meta = RuleMeta {
            evidence: false,
            family: family.into(),
            ..Marker::of(id, "").meta().clone()
        };
        Arc::new(Marker(meta, word)) as Arc<dyn Rule>
    };
    let shown = |rules: Vec<Arc<dyn Rule>>| {
        let rules = RuleSet::new(rules);
        let document = Document::new(b"Mend the old roxds and the new bridxe now.");
        let (report, trace) =
            adjudicate_traced(&document, &rules, rules.run(&document), None, None);
        assert_eq!(report.findings.len() + trace.dropped.len(), rules.states().count());
        report.findings.iter().map(|f| f.rule.to_string()).collect::<Vec<_>>()
    };
    let whole = "Mend the old roxds and the new bridxe now.";
    let [a, b] = [marker("long", "desk", whole), marker("word", "desk", "roxds")];
    assert_eq!(shown(vec![a, b]), ["long", "word"], "inside");
    let [a, b] = [marker("one", "desk", "old roxds"), marker("two", "desk", "roxds and")];
    assert_eq!(shown(vec![a, b]), ["one"], "across");
    let [a, b] = [marker("one", "desk", "old roxds"), marker("two", "wire", "roxds and")];
    assert_eq!(shown(vec![a, b]), ["one", "two"], "different families");
    let [a, b] = [marker("one", "desk", "roxds"), marker("two", "desk", "roxds")];
    assert_eq!(shown(vec![a, b]), ["one"], "the same words");
    let chain = ["the old roxds and", "old roxds", "roxds and the new bridxe"];
    let chain = ["one", "two", "three"].into_iter().zip(chain);
    let chain = chain.map(|(id, words)| marker(id, "desk", words)).collect();
    assert_eq!(shown(chain), ["three"], "what falls across one of them makes room for none");
}
