//! Which findings stay, step by step, with findings made by hand.

use std::sync::Arc;

use unspin_text::Span;

use super::tests::Marker;
use super::*;
use crate::{Edit, Level, Rule, RuleMeta};

const TEXT: &str = "Mend the old roads of the county and bring water to them.";

/// A finding of a rule of the family "tests" at some bytes.
fn found(rule: &'static str, (start, end): (u32, u32), milli: i32) -> Finding {
    let meta = Marker::of(rule, "").meta().clone();
    Finding::new(&meta, Span::new(start, end), LogOdds::from_milli(milli), format!("{rule} here"))
}

fn rules(ids: &[&'static str]) -> RuleSet {
    RuleSet::new(ids.iter().map(|id| Marker::of(id, "")))
}

fn made_of(text: &str, rules: &RuleSet, findings: Vec<Finding>) -> (Report, Trace) {
    let document = Document::new(text.as_bytes());
    let raw = Raw { findings, ..Raw::default() };
    adjudicate_traced(&document, rules, raw, None, None)
}

fn ids(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|f| f.rule.as_ref()).collect()
}

#[test]
fn a_finding_is_shown_from_its_least_confidence_on() {
    let shown = |over: i32| {
        let mut rules = rules(&["odd"]);
        let (report, _) = made_of(TEXT, &rules, vec![found("odd", (0, 4), 5_000)]);
        let posterior = LogOdds::from_milli(5_000) + report.verdict.shift();
        let least = LogOdds::from_milli(posterior.milli() + over);
        rules.state_mut("odd").unwrap().min_confidence = least;
        let (report, trace) = made_of(TEXT, &rules, vec![found("odd", (0, 4), 5_000)]);
        let reason = trace.dropped.first().map(|d| d.reason.clone());
        assert_eq!(reason, (over > 0).then_some(Reason::MinConfidence(least)));
        report.findings.len()
    };
    assert_eq!([-1, 0, 1].map(shown), [1, 1, 0]);
}

#[test]
fn what_is_as_likely_as_not_is_no_distinct_mark_nor_what_does_not_count() {
    let marks = |milli: i32, counts: bool| {
        let mut rules = rules(&["odd"]);
        rules.state_mut("odd").unwrap().counts = counts;
        // The prior alone, since so little text bears no such mark: three tenths of -6.907.
        let (report, _) = made_of(TEXT, &rules, vec![found("odd", (0, 4), milli)]);
        (report.verdict.marks, report.verdict.shift().milli() + milli)
    };
    // A mark of m moves the score by m less the cost of the words, and the shift by three tenths of that.
    let (_, posterior) = marks(1_600, true);
    let even = (1..=3_000).find(|milli| marks(*milli, true).1 == 0);
    let even = even.unwrap_or_else(|| panic!("{posterior}"));
    assert_eq!([even - 1, even, even + 1].map(|milli| marks(milli, true).0), [0, 0, 1]);
    assert_eq!(marks(9_000, false).0, 0);
}

#[test]
fn of_marks_that_overlap_the_surer_by_some_nats_stays_else_the_longer_else_the_surer() {
    let with =
        |finding: Finding, milli| Finding { posterior: LogOdds::from_milli(milli), ..finding };
    let kept = |a: ((u32, u32), i32), b: ((u32, u32), i32)| {
        let mut trace = Trace::default();
        let mut findings = vec![with(found("a", a.0, 0), a.1), with(found("b", b.0, 0), b.1)];
        most_specific(&mut findings, &mut trace);
        assert_eq!(findings.len() + trace.dropped.len(), 2);
        for dropped in &trace.dropped {
            assert_eq!(dropped.reason, Reason::overlapped(&findings[0]));
        }
        ids(&findings).concat()
    };
    assert_eq!(kept(((0, 4), 6_000), ((2, 10), 5_999)), "a", "surer by a step");
    assert_eq!(kept(((0, 4), 5_999), ((2, 10), 4_001)), "b", "as sure, and longer");
    assert_eq!(kept(((0, 8), 4_000), ((2, 4), 7_999)), "b");
    assert_eq!(kept(((0, 8), 4_001), ((2, 4), 5_999)), "a");
    assert_eq!(kept(((0, 4), 4_001), ((2, 6), 4_002)), "b", "as long, and surer");
    assert_eq!(kept(((0, 4), 4_001), ((2, 6), 4_001)), "a", "alike: the first");
    assert_eq!(kept(((0, 4), 4_001), ((4, 8), 9_000)), "ab", "what touches does not overlap");
}

#[test]
fn what_lies_across_of_one_family_hides_and_what_lies_inside_does_not() {
    let house = |rule, span, milli| {
        let finding = found(rule, span, milli);
        Finding { posterior: finding.evidence, ..finding }
    };
    let kept = |findings: &[Finding]| {
        let (mut findings, mut trace) = (findings.to_vec(), Trace::default());
        let all = findings.len();
        most_specific_by_family(&mut findings, &mut trace);
        assert_eq!(findings.len() + trace.dropped.len(), all);
        let mut kept = ids(&findings);
        kept.sort_unstable();
        kept.concat()
    };
    let a = house("a", (0, 10), 1_000);
    assert_eq!(kept(&[a.clone(), house("b", (10, 20), 9_000)]), "ab", "beside it");
    assert_eq!(kept(&[a.clone(), house("b", (9, 20), 1_000)]), "b", "across, and longer");
    assert_eq!(kept(&[a.clone(), house("b", (9, 12), 9_000)]), "b", "across, and surer");
    assert_eq!(kept(&[a.clone(), house("b", (9, 12), 1_000)]), "a", "across, and shorter");
    assert_eq!(kept(&[a.clone(), house("b", (5, 10), 9_000)]), "ab", "inside, to its end");
    assert_eq!(kept(&[a.clone(), house("b", (0, 5), 9_000)]), "ab", "inside, from its start");
    assert_eq!(kept(&[a.clone(), house("b", (0, 10), 9_000)]), "b", "on the same words");
    assert_eq!(kept(&[a.clone(), house("a", (5, 8), 1_000)]), "a", "of one rule, inside");
    let inside = [a.clone(), house("b", (2, 4), 1_000), house("c", (8, 12), 1_000)];
    assert_eq!(kept(&inside), "ab", "the open one is looked at though another has closed");
    let both = [a.clone(), house("b", (4, 9), 1_000), house("c", (8, 30), 9_000)];
    assert_eq!(kept(&both), "c", "surer than all that it lies across");
    let one = [house("a", (0, 10), 9_000), house("b", (4, 9), 1_000), house("c", (8, 12), 1_500)];
    assert_eq!(kept(&one), "ab", "surer than one of the two is not enough");
}

#[test]
fn findings_of_the_run_are_shown_whatever_hides_those_of_rules() {
    let mut rules = rules(&["odd"]);
    rules.show(|_| false);
    let failed = Finding::internal_error("it failed", "tell us");
    let text = format!("{TEXT} [unspin-disable-file]");
    let (report, _) = made_of(&text, &rules, vec![failed, found("odd", (0, 4), 9_000)]);
    assert_eq!(ids(&report.findings), [crate::INTERNAL_ERROR]);
}

#[test]
fn what_lies_in_a_comment_to_the_linter_is_no_finding_unless_it_speaks_of_that_comment() {
    let rules = rules(&["odd", UNUSED_SUPPRESSION]);
    let text = "Mend the roads. [unspin-disable-line odd: old roads]";
    let comment = text.find('[').unwrap() as u32;
    let name = text.find("odd").unwrap() as u32;
    let unused = found(UNUSED_SUPPRESSION, (name, name + 3), 9_000);
    let inside = found("odd", (comment + 27, comment + 32), 9_000);
    let (report, trace) = made_of(text, &rules, vec![inside.clone(), unused.clone()]);
    assert_eq!(ids(&report.findings), [UNUSED_SUPPRESSION]);
    assert_eq!(trace.dropped[0].reason, Reason::Comment);
    // It hides what stands before it in its line, and then says nothing of itself.
    let (report, trace) = made_of(text, &rules, vec![found("odd", (0, 4), 9_000), unused]);
    assert_eq!(report.findings, []);
    let reasons: Vec<_> = trace.dropped.iter().map(|d| d.reason.as_str()).collect();
    assert_eq!(reasons, ["suppressed", "used"]);
}

#[test]
fn what_is_said_of_a_comment_is_hidden_by_none() {
    let rules = rules(&[UNUSED_SUPPRESSION]);
    let text = "Mend the roads. [unspin-disable-line]";
    let comment = text.find('[').unwrap() as u32;
    let unused = found(UNUSED_SUPPRESSION, (comment, text.len() as u32), 9_000);
    let (report, _) = made_of(text, &rules, vec![unused]);
    assert_eq!(ids(&report.findings), [UNUSED_SUPPRESSION], "its reach is the line it stands in");
}

#[test]
fn a_fix_that_reaches_into_somebodys_words_is_quoted_and_one_for_display_stays_so() {
    let rules = rules(&["odd"]);
    let text = "The old clerk of the board said: \"We mended all of the roads.\"";
    let at = |words: &str| {
        let start = text.find(words).unwrap() as u32;
        Span::new(start, start + words.len() as u32)
    };
    let outside = found("odd", (at("clerk").start, at("clerk").end), 9_000)
        .fix(Fix::replace(at("clerk"), "scribe", Safety::Safe))
        .fix(Fix::replace(at("mended"), "mend", Safety::Safe))
        .fix(Fix::replace(at("mended"), "mind", Safety::Display));
    let inside = found("odd", (at("roads").start, at("roads").end), 9_000)
        .fix(Fix::replace(at("roads"), "streets", Safety::Display))
        .fix(Fix::replace(at("clerk"), "scribe", Safety::Safe));
    let (report, _) = made_of(text, &rules, vec![outside, inside]);
    let safeties =
        |at: usize| -> Vec<_> { report.findings[at].fixes.iter().map(|fix| fix.safety).collect() };
    assert_eq!(safeties(0), [Safety::Safe, Safety::Quoted, Safety::Display]);
    assert_eq!(report.findings[0].notes, Vec::<String>::new());
    assert_eq!(safeties(1), [Safety::Display, Safety::Quoted]);
    let note =
        "it stands inside words that are attributed to somebody: check them against the source";
    assert_eq!(report.findings[1].notes, [note]);
    // Nobody is named for a long passage in quotation marks, which is somebody's all the same.
    let text = "It is \"a plan to mend all of the old roads there are\" now.";
    let start = text.find("roads").unwrap() as u32;
    let (report, _) = made_of(text, &rules, vec![found("odd", (start, start + 5), 9_000)]);
    let note = "it stands inside a passage in quotation marks: check them against the source";
    assert_eq!(report.findings[0].notes, [note]);
}

#[test]
fn one_edit_across_markup_makes_its_fix_one_for_display_and_no_other() {
    let rules = rules(&["odd"]);
    let source = "<p>Mend the <b>old</b> roads now.</p>";
    let document = Document::read(source.as_bytes(), Markup::Html);
    let at = |words: &str| {
        let start = document.text().find(words).unwrap() as u32;
        Span::new(start, start + words.len() as u32)
    };
    let edit = |words: &str| Edit { span: at(words), text: "x".into() };
    let span = at("Mend the old");
    let finding = found("odd", (span.start, span.end), 9_000)
        .fix(Fix::new("one", Safety::Safe, vec![edit("Mend")]))
        .fix(Fix::new("two", Safety::Safe, vec![edit("Mend"), edit("the old")]));
    let raw = Raw { findings: vec![finding], ..Raw::default() };
    let report = adjudicate(&document, &rules, raw, None, None);
    let safeties: Vec<_> = report.findings[0].fixes.iter().map(|fix| fix.safety).collect();
    assert_eq!(safeties, [Safety::Safe, Safety::Display]);
    assert_eq!(report.findings[0].notes.len(), 1);
}

/// Concludes at each mark that it is told of, on the words before it.
struct Concluder(RuleMeta, i32);

impl Rule for Concluder {
    fn meta(&self) -> &RuleMeta {
        &self.0
    }

    fn check(&self, _: &crate::Context<'_>, _: &mut Vec<Finding>) {}

    fn concludes(&self) -> bool {
        true
    }

    fn conclude(&self, _: &Document<'_>, marks: &[Finding], out: &mut Vec<Finding>) {
        for mark in marks.iter().rev() {
            let span = Span::new(mark.span.start.saturating_sub(self.1 as u32), mark.span.end);
            let message = format!("after {}", mark.rule);
            out.push(Finding::new(&self.0, span, LogOdds::from_nats(3.0), message));
        }
    }
}

fn with_concluder(ids: &[&'static str], before: i32) -> RuleSet {
    let mut rules = rules(ids);
    let meta = RuleMeta { evidence: false, ..Marker::of("sum", "").meta().clone() };
    assert!(rules.add(Arc::new(Concluder(meta, before))).is_ok());
    rules
}

#[test]
fn a_conclusion_stands_in_the_place_of_the_marks_that_it_was_drawn_from() {
    let rules = with_concluder(&["odd", "mad", "bad"], 0);
    let marks = || vec![found("odd", (0, 4), 6_000), found("mad", (9, 18), 6_000)];
    let (report, trace) = made_of(TEXT, &rules, marks());
    assert_eq!(ids(&report.findings), ["sum", "sum"]);
    assert_eq!(report.findings[0].span, Span::new(0, 4), "they are sorted");
    let reasons: Vec<_> = trace.dropped.iter().map(|d| d.reason.clone()).collect();
    let by = |(a, b)| Reason::Overlapped { rule: "sum".into(), span: Span::new(a, b) };
    assert_eq!(reasons, [by((0, 4)), by((9, 18))]);
    // It adds nothing to the verdict.
    let plain = made_of(TEXT, &self::rules(&["odd", "mad", "bad"]), marks()).0;
    assert_eq!(plain.verdict, report.verdict);
    assert_eq!(ids(&plain.findings), ["odd", "mad"]);
}

#[test]
fn a_rule_concludes_from_what_would_be_shown_were_every_rule_selected() {
    let said = |change: &dyn Fn(&mut RuleSet), findings: Vec<Finding>| {
        let mut rules = with_concluder(&["odd", "mad"], 0);
        change(&mut rules);
        let (report, _) = made_of(TEXT, &rules, findings);
        let said = report.findings.into_iter().filter(|f| f.rule == "sum");
        said.map(|f| f.message).collect::<Vec<_>>()
    };
    let two = || vec![found("odd", (0, 4), 6_000), found("mad", (9, 18), 6_000)];
    assert_eq!(said(&|_| {}, two()), ["after odd", "after mad"]);
    // Those of other rules are not shown now, and it speaks of them all the same.
    assert_eq!(said(&|r| r.show(|meta| meta.id == "sum"), two()), ["after odd", "after mad"]);
    assert_eq!(said(&|r| r.show(|meta| meta.id != "sum"), two()), [""; 0]);
    assert_eq!(
        said(&|r| r.state_mut("mad").unwrap().severity = Severity::Off, two()),
        ["after odd"]
    );
    assert_eq!(said(&|r| r.state_mut("mad").unwrap().counts = false, two()), ["after odd"]);
    let sure = LogOdds::from_nats(20.0);
    assert_eq!(said(&|r| r.state_mut("mad").unwrap().min_confidence = sure, two()), ["after odd"]);
    assert_eq!(said(&|r| r.state_mut("sum").unwrap().min_confidence = sure, two()), [""; 0]);
    assert_eq!(said(&|r| r.state_mut("sum").unwrap().severity = Severity::Off, two()), [""; 0]);
    // Of marks that overlap it hears of the one that stays.
    let across = || vec![found("odd", (0, 4), 6_000), found("mad", (0, 12), 6_000)];
    assert_eq!(said(&|_| {}, across()), ["after mad"]);
}

#[test]
fn a_rule_that_nobody_selected_is_not_asked_what_it_concludes() {
    let mut rules = with_concluder(&["odd"], 0);
    rules.show(|meta| meta.id != "sum");
    let (report, trace) = made_of(TEXT, &rules, vec![found("odd", (0, 4), 6_000)]);
    assert_eq!((ids(&report.findings), trace.dropped), (vec!["odd"], vec![]));
}

#[test]
fn a_comment_hides_a_conclusion_and_marks_that_are_hidden_lead_to_none() {
    let rules = with_concluder(&["odd"], 0);
    let mark = || vec![found("odd", (0, 4), 6_000)];
    let (report, trace) = made_of("Mend the roads. [unspin-disable-line sum]", &rules, mark());
    assert_eq!(ids(&report.findings), ["odd"]);
    assert_eq!(trace.dropped[0].reason.as_str(), "suppressed");
    let (report, trace) = made_of("Mend the roads. [unspin-disable-line odd]", &rules, mark());
    assert_eq!(ids(&report.findings), [""; 0]);
    assert_eq!(trace.dropped.len(), 1);
}

#[test]
fn conclusions_that_overlap_hide_each_other_and_all_is_told_in_the_order_of_places() {
    let rules = with_concluder(&["odd", "mad"], 6);
    let (report, _) =
        made_of(TEXT, &rules, vec![found("odd", (9, 12), 6_000), found("mad", (13, 18), 6_000)]);
    assert_eq!(report.findings.iter().map(|f| f.span).collect::<Vec<_>>(), [Span::new(7, 18)]);
    let far = vec![found("odd", (26, 32), 6_000), found("mad", (0, 4), 6_000)];
    let mut rules = with_concluder(&["odd", "mad"], 0);
    rules.state_mut("odd").unwrap().counts = false;
    let (report, _) = made_of(TEXT, &rules, far);
    assert_eq!(ids(&report.findings), ["sum", "odd"], "a conclusion before a mark");
}

#[test]
fn a_record_is_sorted_by_place_whatever_fell_first() {
    let rules = rules(&["a", "b"]);
    let text = "Mend the old roads and write `county` so.";
    let county = text.find("county").unwrap() as u32;
    let mentioned = found("a", (county, county + 6), 9_000);
    let (report, trace) = made_of(text, &rules, vec![mentioned, found("b", (9, 12), -9_000)]);
    let dropped: Vec<_> =
        trace.dropped.iter().map(|d| (d.finding.rule.as_ref(), d.reason.as_str())).collect();
    assert_eq!(dropped, [("b", "min-confidence"), ("a", "mentioned")]);
    assert_eq!((report.findings.len(), report.verdict.level), (0, Level::Unknown));
}
