//! From raw findings to a report, in a fixed order.
//!
//! 1. The raw findings of all rules are collected, those of rules that are `off` too.
//! 2. A word of the house's vocabulary is no finding, nor a phrase that is mentioned in order to be discussed (`mention`).
//! 3. The verdict is reached from the raw evidence of the rules that count.
//! 4. Each finding's posterior is its evidence and the verdict's shift.
//! 5. A finding inside direct speech or a block quote keeps no fix that could be applied: nobody's words are changed
//!    unseen. Nor does one whose fix would break the markup of the file.
//! 6. Display: `min-confidence`, suppression comments, severity, `--select` and `--ignore`. From here on nothing changes
//!    the verdict.
//! 7. Rules that speak of other rules' findings conclude, and what they say stands in the place of those.
//! 8. Of the findings left that overlap the surer or the longer stays; one that is hidden must not hide another. Marks
//!    of rewording and findings of rules that are no evidence of it speak of different things, so they never hide each
//!    other.

use std::collections::HashSet;

use unspin_text::{Document, Markup, Quotation, QuoteKind, fold_key};

use crate::mention;
use crate::speech::around;
use crate::suppression::Curtain;
use crate::verdict::{self, Calibration, Unknown};
use crate::{
    Accepted, Finding, Fix, LogOdds, Raw, Report, RuleSet, RuleState, Safety, Severity,
    Suppressions, UNUSED_SUPPRESSION, speech_around,
};

/// Findings are alike in sureness within so many thousandths of a nat.
const CLEARLY_SURER: i32 = 2_000;

/// Turns raw findings into a [`Report`]; pure, and independent of the order of `raw`.
///
/// `unknown` is the caller's reason to say nothing of the document as a whole, such as a foreign language.
pub fn adjudicate(
    document: &Document<'_>,
    rules: &RuleSet,
    raw: Raw,
    unknown: Option<Unknown>,
    calibration: Option<&Calibration>,
) -> Report {
    let Raw { findings: mut raw, readings } = raw;
    let cx = rules.context(document);
    let (accepted, suppressions) = (cx.get::<Accepted>(), cx.get::<Suppressions>());
    // A comment to the linter mentions nothing and means no words of the text.
    let about_comments = raw.extract_if(.., |f| f.rule == UNUSED_SUPPRESSION).collect::<Vec<_>>();
    raw.retain(|f| !accepted.covers_words(document, f.span) && !suppressions.is_comment(f.span));
    mention::leave_out(document, &mut raw);
    raw.extend(about_comments);
    raw.sort_by(|a, b| {
        (a.span, b.evidence, &a.rule, &a.message).cmp(&(b.span, a.evidence, &b.rule, &b.message))
    });

    let counted: Vec<&Finding> =
        raw.iter().filter(|f| rules.state(&f.rule).is_some_and(|state| state.counts)).collect();
    let mut verdict = verdict::judge(document, &counted, &readings, unknown, calibration);

    let shift = verdict.shift();
    for finding in &mut raw {
        // A rule of the house (a pack that does not count as evidence) says what it says whatever the verdict.
        if rules.state(&finding.rule).is_some_and(|state| state.counts) {
            finding.posterior = finding.evidence + shift;
        }
        protect_speech(document, finding);
        protect_markup(document, finding);
    }
    let marks = raw.iter().filter(|f| {
        f.posterior > LogOdds::EVEN && rules.state(&f.rule).is_some_and(|state| state.counts)
    });
    verdict.marks = marks.map(|f| fold_key(document.slice(f.span))).collect::<HashSet<_>>().len();
    raw.retain(|f| rules.state(&f.rule).is_none_or(|state| f.posterior >= state.min_confidence));
    let mut curtain = Curtain::new(&suppressions, rules);
    // Findings about the run itself belong to no rule, and one about a comment cannot be hidden by comments.
    let can_be_hidden =
        |f: &Finding| rules.state(&f.rule).is_some() && f.rule != UNUSED_SUPPRESSION;
    raw.retain(|f| !(can_be_hidden(f) && curtain.hides(f, document.in_source(f.span))));
    let mut conclusions = conclusions(document, rules, &raw);
    conclusions.retain(|f| !curtain.hides(f, document.in_source(f.span)));
    // What severity or the command line hides was hidden all the same: a comment is not useless because somebody looks
    // at other rules today.
    raw.retain_mut(|f| f.rule != UNUSED_SUPPRESSION || curtain.settle(f));
    let mut conclusions: Vec<Finding> =
        conclusions.into_iter().filter_map(|f| displayed(f, rules)).collect();
    most_specific(&mut conclusions);
    let is_mark = |f: &Finding| rules.state(&f.rule).is_none_or(|state| state.rule.meta().evidence);
    let (mut findings, mut others): (Vec<Finding>, Vec<Finding>) =
        raw.into_iter().filter_map(|f| displayed(f, rules)).partition(is_mark);
    most_specific(&mut findings);
    most_specific(&mut others);
    findings.retain(|f| !conclusions.iter().any(|c| c.span.overlaps(f.span)));
    if !others.is_empty() || !conclusions.is_empty() {
        findings.extend(others.into_iter().chain(conclusions));
        findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    }
    Report { findings, verdict }
}

/// What rules make of the marks that would be shown were every rule selected: who asks for one rule alone still wants to
/// know what it makes of the others.
fn conclusions(document: &Document<'_>, rules: &RuleSet, raw: &[Finding]) -> Vec<Finding> {
    let mut out = Vec::new();
    let concluding: Vec<&RuleState> =
        rules.states().filter(|state| state.shown && state.rule.concludes()).collect();
    if concluding.is_empty() {
        return out;
    }
    let mut marks: Vec<Finding> = raw
        .iter()
        .filter(|f| {
            rules
                .state(&f.rule)
                .is_some_and(|state| state.counts && state.severity != Severity::Off)
        })
        .cloned()
        .collect();
    most_specific(&mut marks);
    for state in concluding {
        state.rule.conclude(document, &marks, &mut out);
    }
    out.retain(|f| rules.state(&f.rule).is_none_or(|state| f.posterior >= state.min_confidence));
    out.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    out
}

fn protect_speech(document: &Document<'_>, finding: &mut Finding) {
    let is_speech = |q: &Quotation| match q.kind {
        QuoteKind::Code => false,
        QuoteKind::Block => true,
        QuoteKind::Double | QuoteKind::Single => q.attribution.is_some(),
    };
    let words = if around(document, finding.span).any(is_speech) {
        "words that are attributed to somebody"
    } else if speech_around(document, finding.span).is_some() {
        "a passage in quotation marks"
    } else {
        return;
    };
    finding.notes.push(format!("it stands inside {words}: check them against the source"));
    for fix in &mut finding.fixes {
        fix.safety = Safety::Display;
    }
}

fn protect_markup(document: &Document<'_>, finding: &mut Finding) {
    let breaks = |fix: &&mut Fix| {
        fix.edits().iter().any(|edit| document.source_edit(edit.span, &edit.text).is_none())
    };
    if document.markup() == Markup::Plain {
        return;
    }
    let mut refused = false;
    for fix in finding.fixes.iter_mut().filter(breaks) {
        fix.safety = Safety::Display;
        refused = true;
    }
    if refused {
        let note = "markup stands between the words: a fix that would break it is only shown";
        finding.notes.push(note.into());
    }
}

fn displayed(mut finding: Finding, rules: &RuleSet) -> Option<Finding> {
    let Some(RuleState { severity, shown, .. }) = rules.state(&finding.rule) else {
        // Findings about the run itself (`internal-error`) belong to no rule and are always shown.
        return Some(finding);
    };
    finding.severity = *severity;
    (*shown && *severity != Severity::Off).then_some(finding)
}

/// Of findings that overlap the one that is surer by some nats stays, else the longest; of equals the first by rule id.
/// Input is sorted.
fn most_specific(findings: &mut Vec<Finding>) {
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(finding.span) => {
                let rank =
                    |f: &Finding| (f.posterior.milli() / CLEARLY_SURER, f.span.len(), f.posterior);
                if rank(&finding) > rank(last) {
                    *last = finding;
                }
            }
            _ => kept.push(finding),
        }
    }
    *findings = kept;
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use unspin_text::Span;

    use super::*;
    use crate::{Context, Level, LogOdds, Rule, RuleMeta, Scope};

    /// Marks every occurrence of a word, with evidence of 5 nats.
    struct Marker(RuleMeta, &'static str);

    impl Marker {
        fn of(id: &'static str, word: &'static str) -> Arc<dyn Rule> {
            let meta = RuleMeta {
                id: id.into(),
                family: "tests".into(),
                severity: Severity::Warning,
                min_confidence: 0.5,
                scope: Scope::Word,
                page: "".into(),
                evidence: true,
                options: &[],
                formerly: if id == "odd" { &["odd-word"] } else { &[] },
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
            report(
                &rules,
                "Mend the \"old roxds of the county and the bridges that it owns\" now."
            )
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
        let found = report(
            &rules,
            "\"The council must mend the roxds before the winter comes,\" she said.",
        )
        .findings;
        assert_eq!(found[0].fixes[0].safety, Safety::Display);
        let plain =
            report(&rules, "The council must mend the roxds before the winter comes.").findings;
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
        assert_eq!(
            safety("> bad roxds are what the council of the county has"),
            (Safety::Display, 1)
        );
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
        let scattered =
            format!("{far} The axa. {far} The bxb. {far} The cxc. {far} The dxd. {far}");
        assert_ne!(report(&rules, &scattered).verdict.level, Level::Reworded);
    }

    #[test]
    fn of_a_short_text_nothing_is_said_but_its_findings_stand() {
        let rules = RuleSet::new([Marker::of("odd", "roxds")]);
        let short = report(&rules, "Mend the roxds.");
        assert_eq!(
            (short.verdict.level, short.verdict.reason),
            (Level::Unknown, Some(Unknown::Short))
        );
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
            let reading =
                crate::Reading { document: LogOdds::from_nats(nats), windows: Vec::new() };
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
}
