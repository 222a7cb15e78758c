//! What adjudication promises of any findings: the invariants of its module page.

use std::sync::Arc;

use proptest::prelude::*;
use unspin_text::Span;

use super::tests::Marker;
use super::*;
use crate::{Reading, Rule, RuleMeta};

/// Marks of two families, and rules of a house, which are no evidence.
const RULES: [(&str, &str, bool); 6] = [
    ("odd", "marks", true),
    ("mad", "marks", true),
    ("bad", "reader", true),
    ("desk-a", "desk", false),
    ("desk-b", "desk", false),
    ("wire", "wire", false),
];

fn meta(nth: usize) -> RuleMeta {
    let (id, family, evidence) = RULES[nth];
    RuleMeta { family: family.into(), evidence, ..Marker::of(id, "").meta().clone() }
}

fn rules() -> RuleSet {
    RuleSet::new((0..RULES.len()).map(|nth| Arc::new(Marker(meta(nth), "")) as Arc<dyn Rule>))
}

/// A text in which nothing is quoted, in words of one to six letters, with comments to the linter.
fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-e\u{e9}]{1,6}",
        1 => Just("\n".to_owned()),
        1 => prop::sample::select(vec![
            "[unspin-disable-line odd]", "[unspin-disable marks]", "[unspin-enable]",
            "[unspin-disable-next-line desk-a, wire]", "[unspin-disable-line]",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(word, 1..80).prop_map(|words| words.join(" "))
}

/// A text and what rules found in it, in any order.
fn checked() -> impl Strategy<Value = (String, Vec<Finding>)> {
    texts().prop_flat_map(|text| {
        let document = Document::new(text.as_bytes());
        let tokens: Vec<Span> = document.tokens().iter().map(|t| t.span).collect();
        let one = (0..RULES.len(), 0..tokens.len().max(1), 1..4_usize, -2_000..9_000_i32);
        let one = one.prop_map(move |(rule, at, count, milli)| {
            let span = match tokens.get(at) {
                Some(first) => first.cover(tokens[(at + count - 1).min(tokens.len() - 1)]),
                None => Span::new(0, 0),
            };
            Finding::new(&meta(rule), span, LogOdds::from_milli(milli), format!("{milli} here"))
        });
        (Just(text), prop::collection::vec(one, 0..25))
    })
}

/// Opinions on the whole, of a family whose findings are here and of one that has none.
fn readings() -> impl Strategy<Value = Vec<(Cow<'static, str>, Reading)>> {
    let one = (prop::sample::select(vec!["reader", "elsewhere"]), -5_000..14_000_i32);
    let one = one.prop_map(|(family, milli)| {
        let document = LogOdds::from_milli(milli);
        (Cow::Borrowed(family), Reading { document, windows: Vec::new() })
    });
    prop::collection::vec(one, 0..3)
}

/// What a person sets: for each rule its severity, its least confidence, whether it is selected.
fn display() -> impl Strategy<Value = Vec<(Severity, i32, bool)>> {
    let severity = prop::sample::select(Severity::ALL.to_vec());
    let one = (severity, -3_000..3_000_i32, prop::bool::weighted(0.8));
    prop::collection::vec(one, RULES.len())
}

fn displayed(settings: &[(Severity, i32, bool)]) -> RuleSet {
    let mut rules = rules();
    for ((id, ..), (severity, least, shown)) in RULES.iter().zip(settings) {
        let state = rules.state_mut(id).unwrap();
        (state.severity, state.shown) = (*severity, *shown);
        state.min_confidence = LogOdds::from_milli(*least);
    }
    rules
}

/// What tells a finding from others, before and after.
fn identity(finding: &Finding) -> (Span, String, LogOdds, String) {
    (finding.span, finding.rule.to_string(), finding.evidence, finding.message.clone())
}

proptest! {
    #[test]
    fn every_finding_is_shown_or_has_its_reason_and_asking_changes_nothing(
        (text, findings) in checked(), readings in readings(), settings in display(),
    ) {
        let (document, rules) = (Document::new(text.as_bytes()), displayed(&settings));
        let raw = Raw { findings, readings, ..Raw::default() };
        let (report, trace) = adjudicate_traced(&document, &rules, raw.clone(), None, None);
        let mut before: Vec<_> = raw.findings.iter().map(identity).collect();
        let dropped = trace.dropped.iter().map(|d| identity(&d.finding));
        let mut after: Vec<_> = report.findings.iter().map(identity).chain(dropped).collect();
        before.sort();
        after.sort();
        prop_assert_eq!(before, after);
        prop_assert_eq!(report, adjudicate(&document, &rules, raw, None, None));
    }

    #[test]
    fn the_order_of_findings_changes_nothing(
        (text, findings) in checked(), readings in readings(), settings in display(),
        turn in 0..25_usize,
    ) {
        let (document, rules) = (Document::new(text.as_bytes()), displayed(&settings));
        let raw = Raw { findings, readings, ..Raw::default() };
        let mut turned = raw.clone();
        turned.findings.rotate_left(turn.min(raw.findings.len()));
        turned.findings.reverse();
        turned.readings.reverse();
        prop_assert_eq!(
            adjudicate(&document, &rules, raw, None, None),
            adjudicate(&document, &rules, turned, None, None)
        );
    }

    #[test]
    fn what_is_displayed_changes_no_verdict_and_no_posterior(
        (text, findings) in checked(), readings in readings(), settings in display(),
    ) {
        let document = Document::new(text.as_bytes());
        let raw = Raw { findings, readings, ..Raw::default() };
        let (plain, all) = adjudicate_traced(&document, &rules(), raw.clone(), None, None);
        let set = adjudicate(&document, &displayed(&settings), raw.clone(), None, None);
        prop_assert_eq!(&set.verdict, &plain.verdict);
        let known: Vec<&Finding> =
            plain.findings.iter().chain(all.dropped.iter().map(|d| &d.finding)).collect();
        for shown in &set.findings {
            let same = known.iter().find(|f| identity(f) == identity(shown)).unwrap();
            prop_assert_eq!(same.posterior, shown.posterior);
        }
    }

    #[test]
    fn a_posterior_is_the_evidence_and_the_shift_of_the_verdict(
        (text, findings) in checked(), milli in -5_000..14_000_i32,
    ) {
        let (document, rules) = (Document::new(text.as_bytes()), rules());
        let reading = Reading { document: LogOdds::from_milli(milli), windows: Vec::new() };
        let readings = vec![(Cow::Borrowed("reader"), reading)];
        let raw = Raw { findings, readings, ..Raw::default() };
        let (report, trace) = adjudicate_traced(&document, &rules, raw, None, None);
        let weighed = trace.dropped.iter().filter(|d| !d.reason.precedes_verdict());
        for finding in report.findings.iter().chain(weighed.map(|d| &d.finding)) {
            let added = finding.posterior.milli() - finding.evidence.milli();
            let shift = report.verdict.shift().milli();
            match finding.family.as_ref() {
                "marks" => prop_assert_eq!(added, shift),
                "reader" => prop_assert!(added == shift || added < shift - 700),
                _ => prop_assert_eq!(added, 0),
            }
        }
    }

    #[test]
    fn what_is_shown_is_sorted_wanted_and_no_two_marks_overlap(
        (text, findings) in checked(), readings in readings(), settings in display(),
    ) {
        let (document, rules) = (Document::new(text.as_bytes()), displayed(&settings));
        let raw = Raw { findings, readings, ..Raw::default() };
        let (report, trace) = adjudicate_traced(&document, &rules, raw, None, None);
        let places: Vec<_> = report.findings.iter().map(|f| (f.span, f.rule.clone())).collect();
        prop_assert!(places.is_sorted());
        for finding in &report.findings {
            let state = rules.state(&finding.rule).unwrap();
            prop_assert!(state.shown && finding.severity != Severity::Off);
            prop_assert_eq!(finding.severity, state.severity);
            prop_assert!(finding.posterior >= state.min_confidence);
        }
        let is_mark = |f: &&Finding| rules.state(&f.rule).unwrap().rule.meta().evidence;
        let (marks, others): (Vec<&Finding>, Vec<&Finding>) =
            report.findings.iter().partition(is_mark);
        prop_assert!(marks.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        for (at, a) in others.iter().enumerate() {
            for b in &others[at + 1..] {
                let inside = a.span != b.span && (a.span.contains(b.span) || b.span.contains(a.span));
                let apart = !a.span.overlaps(b.span) || inside && a.rule != b.rule;
                prop_assert!(apart || a.family != b.family, "{:?} {:?}", a, b);
            }
        }
        // Who hides another is shown, unless it fell to a third; and it is of the same kind.
        for dropped in &trace.dropped {
            let Reason::Overlapped { rule, span } = &dropped.reason else { continue };
            prop_assert!(span.overlaps(dropped.finding.span));
            let of = |id: &str| rules.state(id).unwrap().rule.meta().clone();
            let (by, fell) = (of(rule), of(&dropped.finding.rule));
            prop_assert_eq!(by.evidence, fell.evidence);
            prop_assert!(by.evidence || by.family == fell.family);
        }
    }

    #[test]
    fn a_comment_hides_what_a_look_at_each_would(
        text in texts(), rule in 0..RULES.len(), start in 0..400_u32, length in 0..30_u32,
    ) {
        let (suppressions, rules) = (Suppressions::find(&text), rules());
        let mut curtain = Curtain::new(&suppressions, &rules);
        let meta = meta(rule);
        let place = Span::new(start, start + length);
        let finding = Finding::new(&meta, place, LogOdds::EVEN, String::new());
        let hides = |s: &crate::Suppression| {
            let named = s.name.as_ref().is_none_or(|name| *name == meta.id || *name == meta.family);
            s.fault.is_none() && named && s.reach.overlaps(place)
        };
        let comment = curtain.hides(&finding, place);
        prop_assert_eq!(comment.is_some(), suppressions.iter().any(hides));
        if let Some(comment) = comment {
            prop_assert!(suppressions.iter().any(|s| s.source == comment && hides(s)));
        }
    }

    #[test]
    fn an_adjustment_is_the_one_that_a_look_at_each_would_find(
        places in prop::collection::vec((0..5_usize, 0..40_u32, 0..15_u32, 0..6_usize), 0..12),
        start in 0..50_u32, length in 0..10_u32, rule in 0..RULES.len(),
    ) {
        let rules = rules();
        let all: Vec<crate::Adjustment> = places
            .iter()
            .map(|&(by, start, length, of)| crate::Adjustment {
                by: RULES[by].0.into(),
                span: Span::new(start, start + length),
                // Every rule, one rule or a family.
                rules: match of {
                    0..2 => Vec::new(),
                    2 => vec!["marks".into()],
                    other => vec![RULES[other].0.into()],
                },
                severity: Severity::ALL[of % 4],
            })
            .collect();
        let place = Span::new(start, start + length);
        let finding = Finding::new(&meta(rule), place, LogOdds::EVEN, String::new());
        let best = all.iter().filter(|a| a.covers(&finding)).max_by_key(|a| (a.by.clone(), a.span));
        let adjustments = Adjustments::new(all.clone(), &rules);
        let found = adjustments.of(&finding).map(|a| (a.by.clone(), a.span));
        prop_assert_eq!(found, best.map(|a| (a.by.clone(), a.span)));
    }
}
