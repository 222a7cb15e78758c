use std::borrow::Cow;
use std::sync::Arc;

use unspin_text::Span;

use super::*;
use crate::{Context, Level, LogOdds, Mention, Rule, RuleMeta, Scope};

/// Marks every occurrence of a word, with evidence of 5 nats.
pub(super) struct Marker(pub(super) RuleMeta, pub(super) &'static str);

impl Marker {
    pub(super) fn of(id: &'static str, word: &'static str) -> Arc<dyn Rule> {
        let meta = RuleMeta {
            id: id.into(),
            family: "tests".into(),
            severity: Severity::Warning,
            min_confidence: 0.5,
            scope: Scope::Word,
            page: "".into(),
            evidence: true,
            options: Cow::Borrowed(&[]),
            formerly: if id == "odd" { &["odd-word"] } else { &[] },
            provenance: None,
        };
        Arc::new(Self(meta, word))
    }
}

impl Rule for Marker {
    fn meta(&self) -> &RuleMeta {
        &self.0
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let text = cx.document().text();
        for (at, found) in text.match_indices(self.1) {
            let span = Span::new(at as u32, (at + found.len()) as u32);
            let finding =
                Finding::new(&self.0, span, LogOdds::from_nats(5.0), format!("{found} is odd"));
            out.push(finding.fix(crate::Fix::replace(span, "even", Safety::Unsafe)));
        }
    }
}

fn filler(words: usize) -> String {
    "The council met on Monday and spoke of roads. ".repeat(words / 9)
}

fn report(rules: &RuleSet, text: &str) -> Report {
    let document = Document::new(text.as_bytes());
    adjudicate(&document, rules, rules.run(&document), None, None)
}

#[test]
fn a_rule_that_is_off_still_counts_and_one_without_evidence_does_not() {
    let mut rules = RuleSet::new([
        Marker::of("odd", "roxds"),
        Marker::of("mad", "bridxe"),
        Marker::of("bad", "wxter"),
    ]);
    let text = format!("{} The roxds and the bridxe need wxter.", filler(200));
    let shown = report(&rules, &text);
    assert_eq!((shown.findings.len(), shown.verdict.level), (3, Level::Reworded));
    rules.state_mut("odd").unwrap().severity = Severity::Off;
    let hidden = report(&rules, &text);
    assert_eq!(hidden.findings.len(), 2);
    assert_eq!(hidden.verdict, shown.verdict);
    rules.state_mut("odd").unwrap().counts = false;
    assert_eq!(report(&rules, &text).verdict.marks, 2);
}

#[test]
fn repeats_of_one_mark_are_not_distinct_marks() {
    let rules = RuleSet::new([Marker::of("odd", "roxds")]);
    let once = report(&rules, &format!("{} The roxds.", filler(200))).verdict;
    let twice = report(&rules, &format!("{} The roxds, the roxds.", filler(200))).verdict;
    assert_eq!((once.level, once.marks), (Level::Doubtful, 1));
    assert_eq!((twice.level, twice.marks), (Level::Doubtful, 1));
    assert!(twice.score > once.score);
}

#[test]
fn a_phrase_in_quotation_marks_or_back_ticks_is_mentioned_not_used() {
    let rules = RuleSet::new([Marker::of("odd", "roxds")]);
    for mention in [
        "The word \u{201c}roxds\u{201d} is odd.",
        "The word \"roxds\" is odd.",
        "Write `the roxds of old` so.",
    ] {
        assert_eq!(report(&rules, mention).findings, [], "{mention}");
    }
    assert_eq!(
        report(&rules, "Mend the \"old roxds of the county and the bridges that it owns\" now.")
            .findings
            .len(),
        1
    );
}

#[test]
fn a_phrase_that_is_announced_emphasised_or_explained_is_mentioned() {
    let rules = RuleSet::new([Marker::of("odd", "roxds of old")]);
    for mention in [
        "They found the phrase roxds of old in forty papers.",
        "A writer of English says *roxds of old* for nothing.",
        "The paper has \"roxds of old\" twice. Its roxds of old are odd.",
    ] {
        assert_eq!(report(&rules, mention).findings, [], "{mention}");
    }
    for used in ["In other words, the roxds of old are shut.", "The roxds of old are odd."] {
        assert_eq!(report(&rules, used).findings.len(), 1, "{used}");
    }
}

#[test]
fn attributed_words_are_never_changed_unseen() {
    let rules = RuleSet::new([Marker::of("odd", "roxds")]);
    let found =
        report(&rules, "\"The council must mend the roxds before the winter comes,\" she said.")
            .findings;
    assert_eq!(found[0].fixes[0].safety, Safety::Quoted);
    let plain = report(&rules, "The council must mend the roxds before the winter comes.").findings;
    assert_eq!(plain[0].fixes[0].safety, Safety::Unsafe);
}

#[test]
fn a_comment_hides_a_rule_under_the_id_that_it_had_and_not_another() {
    let rules = RuleSet::new([Marker::of("odd", "roxds"), Marker::of("mad", "bridxe")]);
    let text = "Mend the roxds. Mend the bridxe. [unspin-disable-line odd-word]";
    let found = report(&rules, text).findings;
    assert_eq!(found.iter().map(|f| f.rule.as_ref()).collect::<Vec<_>>(), ["mad"]);
}

#[test]
fn a_finding_that_a_comment_hides_counts_as_before() {
    let rules = RuleSet::new([Marker::of("odd", "roxds")]);
    let text = format!("{} The roxds.", filler(200));
    let hidden = report(&rules, &format!("{text} [unspin-disable-file]"));
    assert_eq!(hidden.findings, []);
    assert_eq!(hidden.verdict, report(&rules, &text).verdict);
}

#[test]
fn a_block_quote_is_speech_and_a_fix_across_markup_is_only_shown() {
    let rules = RuleSet::new([Marker::of("odd", "bad roxds")]);
    let safety = |source: &str| {
        let document = Document::read(source.as_bytes(), Markup::Markdown);
        let report = adjudicate(&document, &rules, rules.run(&document), None, None);
        (report.findings[0].fixes[0].safety, report.findings[0].notes.len())
    };
    for (source, markup) in [
        ("Write `bad roxds` so.", Markup::Markdown),
        ("Write *bad roxds* so.", Markup::Markdown),
        ("<p>Write <em>bad roxds</em> so.</p>", Markup::Html),
    ] {
        let mention = Document::read(source.as_bytes(), markup);
        let report = adjudicate(&mention, &rules, rules.run(&mention), None, None);
        assert_eq!(report.findings, [], "{source}");
    }
    assert_eq!(safety("Mend the bad roxds."), (Safety::Unsafe, 0));
    assert_eq!(safety("Mend the *bad* roxds."), (Safety::Display, 1));
    assert_eq!(safety("> bad roxds are what the council of the county has"), (Safety::Quoted, 1));
}

#[test]
fn the_longer_of_two_overlapping_findings_stays() {
    let rules = RuleSet::new([Marker::of("odd", "roxds"), Marker::of("mad", "old roxds")]);
    let found = report(&rules, "Mend the old roxds now.").findings;
    assert_eq!(found.iter().map(|f| f.rule.as_ref()).collect::<Vec<_>>(), ["mad"]);
}

/// Marks a whole text, and says nothing of rewording by it.
struct Whole(RuleMeta);

impl Rule for Whole {
    fn meta(&self) -> &RuleMeta {
        &self.0
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let span = Span::new(0, cx.document().text().len() as u32);
        out.push(Finding::new(&self.0, span, LogOdds::from_nats(3.0), "all of it".into()));
    }
}

#[test]
fn what_is_no_evidence_changes_no_verdict_and_hides_no_mark() {
    let whole = Whole(RuleMeta {
        id: "whole".into(),
        severity: Severity::Info,
        evidence: false,
        ..Marker::of("odd", "roxds").meta().clone()
    });
    let text = format!("{} The roxds.", filler(200));
    let alone = report(&RuleSet::new([Marker::of("odd", "roxds")]), &text);
    let both =
        report(&RuleSet::new([Marker::of("odd", "roxds"), Arc::new(whole) as Arc<_>]), &text);
    assert_eq!(both.findings.iter().map(|f| &f.rule).collect::<Vec<_>>(), ["whole", "odd"]);
    assert_eq!(
        (both.findings[0].posterior, both.verdict),
        (LogOdds::from_nats(3.0), alone.verdict)
    );
}

#[test]
fn one_reworded_section_is_seen_in_a_long_clean_page_but_scattered_marks_are_not() {
    let rules = RuleSet::new(["axa", "bxb", "cxc", "dxd"].map(|w| Marker::of(w, w)));
    let section =
        format!("{} The axa, the bxb, the cxc and the dxd. {}", filler(9_000), filler(9_000));
    let verdict = report(&rules, &section).verdict;
    assert_eq!(verdict.level, Level::Reworded);
    assert_eq!(verdict.windows.len(), 1);
    let at = section.find("axa").unwrap() as u32;
    assert!(verdict.windows[0].span.contains(Span::new(at, at + 3)));

    let far = filler(15_000);
    let scattered = format!("{far} The axa. {far} The bxb. {far} The cxc. {far} The dxd. {far}");
    assert_ne!(report(&rules, &scattered).verdict.level, Level::Reworded);
}

#[test]
fn of_a_short_text_nothing_is_said_but_its_findings_stand() {
    let rules = RuleSet::new([Marker::of("odd", "roxds")]);
    let short = report(&rules, "Mend the roxds.");
    assert_eq!((short.verdict.level, short.verdict.reason), (Level::Unknown, Some(Unknown::Short)));
    assert_eq!(short.findings.len(), 1);
}

#[test]
fn the_order_of_raw_findings_does_not_matter() {
    let rules = RuleSet::new([
        Marker::of("odd", "roxds"),
        Marker::of("mad", "old roxds"),
        Marker::of("bad", "wxter"),
    ]);
    let text = "Mend the old roxds and bring wxter to the roxds.";
    let document = Document::new(text.as_bytes());
    let raw = rules.run(&document);
    let mut reversed = raw.clone();
    reversed.findings.reverse();
    assert_eq!(
        adjudicate(&document, &rules, raw, None, None),
        adjudicate(&document, &rules, reversed, None, None)
    );
}

#[test]
fn a_reading_of_the_whole_stands_for_the_findings_of_its_family() {
    let rules = RuleSet::new([Marker::of("odd", "roxds")]);
    let text = format!("{} The roxds.", filler(200));
    let document = Document::new(text.as_bytes());
    let with = |nats: f64| {
        let reading = crate::Reading { document: LogOdds::from_nats(nats), windows: Vec::new() };
        let raw = Raw { readings: vec![("tests".into(), reading)], ..rules.run(&document) };
        adjudicate(&document, &rules, raw, None, None).verdict
    };
    assert_eq!(with(12.0).level, Level::Reworded);
    // The mark alone would make it doubtful.
    assert_eq!(with(0.0).level, Level::Clean);
    assert_eq!(report(&rules, &text).verdict.level, Level::Doubtful);
}

#[test]
fn windows_overlap_by_half_and_leave_no_word_out() {
    assert_eq!(crate::windows(&Document::new(filler(290).as_bytes())), []);
    for words in [310, 460, 900, 3_001] {
        let text = filler(words);
        let document = Document::new(text.as_bytes());
        let windows = crate::windows(&document);
        assert_eq!(windows.first().map(|w| w.start), Some(0), "{words}");
        assert_eq!(windows.last().map(|w| w.end), Some(text.len() as u32), "{words}");
        assert!(windows.windows(2).all(|w| w[1].start < w[0].end && w[0].start < w[1].start));
    }
}

/// What becomes of the findings of a text: shown, or why not; by span.
fn fates(rules: &RuleSet, document: &Document<'_>) -> Vec<(String, String)> {
    let (report, trace) = adjudicate_traced(document, rules, rules.run(document), None, None);
    assert_eq!(report, adjudicate(document, rules, rules.run(document), None, None));
    let shown = report.findings.iter().map(|f| (f.span, &f.rule, "shown"));
    let dropped =
        trace.dropped.iter().map(|d| (d.finding.span, &d.finding.rule, d.reason.as_str()));
    let mut all: Vec<_> = shown.chain(dropped).collect();
    all.sort();
    all.into_iter().map(|(_, rule, fate)| (rule.to_string(), fate.to_owned())).collect()
}

#[track_caller]
fn expect_fates(rules: &RuleSet, text: &str, wanted: &[(&str, &str)]) {
    let got = fates(rules, &Document::new(text.as_bytes()));
    let got: Vec<_> = got.iter().map(|(rule, fate)| (rule.as_str(), fate.as_str())).collect();
    assert_eq!(got, wanted, "{text}");
}

#[test]
fn every_finding_that_falls_falls_for_a_reason() {
    let mut rules = RuleSet::new([
        Marker::of("odd", "roxds"),
        Marker::of("mad", "old roxds"),
        Marker::of("bad", "wxter"),
    ]);
    expect_fates(&rules, "Mend the old roxds now.", &[("mad", "shown"), ("odd", "overlapped")]);
    expect_fates(
        &rules,
        "Write `wxter` so, and bring wxter.",
        &[("bad", "mentioned"), ("bad", "shown")],
    );
    expect_fates(
        &rules,
        "Bring wxter. [unspin-disable-line bad]\nMore wxter.",
        &[("bad", "suppressed"), ("bad", "shown")],
    );
    rules.state_mut("bad").unwrap().min_confidence = LogOdds::from_nats(9.0);
    rules.state_mut("mad").unwrap().severity = Severity::Off;
    rules.show(|meta| meta.id != "odd");
    expect_fates(
        &rules,
        "Mend the old roxds and bring wxter.",
        &[("mad", "off"), ("odd", "not-selected"), ("bad", "min-confidence")],
    );
    let terms =
        crate::Terms::new(vec![crate::Term { text: "wxter".into(), ..Default::default() }], None);
    rules.provide(crate::AcceptedTerms(Arc::new(terms)));
    expect_fates(&rules, "Bring wxter.", &[("bad", "vocabulary")]);
}

#[test]
fn a_reason_names_what_it_rests_on() {
    let rules = RuleSet::new([Marker::of("odd", "roxds"), Marker::of("mad", "old roxds")]);
    let reason = |source: &str, markup| {
        let document = Document::read(source.as_bytes(), markup);
        let (_, trace) = adjudicate_traced(&document, &rules, rules.run(&document), None, None);
        trace.dropped[0].reason.clone()
    };
    assert_eq!(
        reason("Mend the old roxds.", Markup::Plain),
        Reason::Overlapped { rule: "mad".into(), span: Span::new(9, 18) }
    );
    for (mention, text) in [
        (Mention::Alone, "The \"old roxds\" are odd."),
        (Mention::Emphasised, "They say *old roxds* for it."),
        (Mention::Announced, "The phrase old roxds is odd."),
        (Mention::Elsewhere, "All old roxds. The phrase old roxds is odd."),
    ] {
        assert_eq!(reason(text, Markup::Plain), Reason::Mentioned(mention), "{text}");
    }
    // The format keeps the comment out of the text, and its place in the source is told all the same.
    let source = "<!-- unspin-disable-next-line odd -->\n\nMend the roxds.";
    let Reason::Suppressed { comment } = reason(source, Markup::Markdown) else {
        panic!("it is suppressed")
    };
    assert_eq!(&source[comment.range()], "odd");
}

#[test]
fn the_parts_of_a_verdict_are_those_that_it_was_reached_from() {
    let rules = RuleSet::new([Marker::of("odd", "roxds")]);
    let text = format!("{} The roxds. {}", filler(400), filler(400));
    let document = Document::new(text.as_bytes());
    let (report, trace) = adjudicate_traced(&document, &rules, rules.run(&document), None, None);
    let spans: Vec<_> = trace.weighings.iter().map(|w| w.window).collect();
    let windows = crate::windows(&document).into_iter().map(Some);
    assert_eq!(spans, std::iter::once(None).chain(windows).collect::<Vec<_>>());
    let whole = trace.weighings[0];
    assert_eq!(whole.marks, LogOdds::from_nats(5.0));
    assert_eq!(whole.score, whole.prior + whole.marks + whole.cost + whole.readings);
    let most = trace.weighings.iter().map(|w| w.score).max().unwrap();
    assert_eq!(report.verdict.score, most);
}

/// Explains what it is asked for, or fails.
struct Speaker(RuleMeta, bool);

impl Rule for Speaker {
    fn meta(&self) -> &RuleMeta {
        &self.0
    }

    fn check(&self, _: &Context<'_>, _: &mut Vec<Finding>) {}

    fn explain(&self, cx: &Context<'_>, span: Span, out: &mut Vec<crate::Explanation>) {
        let said = crate::Explanation::new(&self.0, crate::Subject::Words(span));
        out.push(said.note(cx.document().slice(span)));
        assert!(self.1, "asked to fail");
    }
}

#[test]
fn rules_explain_what_they_are_asked_for_and_one_that_fails_spoils_no_other() {
    let meta = |id| Marker::of(id, "").meta().clone();
    let rules = RuleSet::new([
        Arc::new(Speaker(meta("a"), false)) as Arc<dyn Rule>,
        Arc::new(Speaker(meta("b"), true)),
        Marker::of("c", "roxds"),
    ]);
    let document = Document::new(b"Mend the roxds.");
    let said = rules.explain(&document, Span::new(9, 14));
    let said: Vec<_> = said.iter().map(|e| (e.rule.as_ref(), e.notes[0].as_str())).collect();
    assert_eq!(said, [("a", "the rule failed on this text and explains nothing"), ("b", "roxds")]);
}

#[test]
fn a_mark_of_a_family_that_reads_texts_fades_where_its_text_falls_short() {
    let rules = RuleSet::new([Marker::of("odd", "roxds")]);
    let posterior = |text: &str, nats: f64, windows: &[f64]| {
        let document = Document::new(text.as_bytes());
        let reading = crate::Reading {
            document: LogOdds::from_nats(nats),
            windows: windows.iter().copied().map(LogOdds::from_nats).collect(),
        };
        let raw = Raw { readings: vec![("tests".into(), reading)], ..rules.run(&document) };
        let (report, trace) = adjudicate_traced(&document, &rules, raw, None, None);
        let shown = report.findings.iter();
        let all = shown.chain(trace.dropped.iter().map(|d| &d.finding));
        all.map(|f| f.posterior.milli() - report.verdict.shift().milli()).collect::<Vec<_>>()
    };
    // The verdict asks for 11.502 nats; half a nat is missing, which costs 0.7 and 1.4.
    let short = format!("{} The roxds.", filler(200));
    assert_eq!(posterior(&short, 12.0, &[]), [5_000]);
    assert_eq!(posterior(&short, 11.002, &[]), [5_000 - 700 - 1_400]);
    // A window that reads as reworded says nothing of words outside it.
    let long = format!("The roxds. {} The roxds.", filler(600));
    let [inside, outside] = posterior(&long, 0.0, &[20.0, 0.0, 0.0])[..] else { panic!("two") };
    assert_eq!(inside, 5_000);
    assert!(outside < -10_000, "{outside}");
}
