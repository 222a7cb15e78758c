//! From raw findings to a report, in a fixed order.
//!
//! 1. The raw findings of all rules are collected, those of rules that are `off` too.
//! 2. A word of the house's vocabulary is no finding, nor a phrase that is mentioned in order to be discussed (`mention`).
//! 3. The verdict is reached from the raw evidence of the rules that count.
//! 4. Each finding's posterior is its evidence and the verdict's shift; a finding of a family that reads whole texts loses
//!    by what its text lacks to be called reworded.
//! 5. A finding inside direct speech or a block quote keeps no fix that could be applied: nobody's words are changed
//!    unseen. Nor does one whose fix would break the markup of the file.
//! 6. Display: `min-confidence`, suppression comments, severity (and what a pack says of a house's own terms,
//!    [`Adjustment`](crate::Adjustment)), `--select` and `--ignore`. From here on nothing changes the verdict.
//! 7. Rules that speak of other rules' findings conclude, and what they say stands in the place of those.
//! 8. Of the findings left that overlap the surer or the longer stays; one that is hidden must not hide another. Marks
//!    of rewording and findings of rules that are no evidence of it speak of different things, so they never hide each
//!    other; nor do the latter where they are of different families, or one lies inside the other.
//!
//! Whoever asks why a finding is not shown gets a [`Trace`] of the same steps, by [`adjudicate_traced`].

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use unspin_text::{Document, Markup, fold_key};

use crate::adjustment::Adjustments;
use crate::mention;
use crate::speech::{around, is_attributed, touches_speech};
use crate::suppression::Curtain;
use crate::trace::{Recorder, sift};
use crate::verdict::{self, Calibration, Earlier, Held, Unknown};
use crate::{
    Accepted, Finding, Fix, LogOdds, Raw, Reason, Report, RuleSet, RuleState, Safety, Severity,
    Suppressions, Trace, UNUSED_SUPPRESSION, speech_around,
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
    run(document, rules, raw, (unknown, calibration), Earlier::None, &mut ()).0
}

/// [`adjudicate`](fn@adjudicate) of one of several states of a text: with what was made of an earlier one, and what it
/// takes to let this one bear on later ones.
pub fn adjudicate_after(
    document: &Document<'_>,
    rules: &RuleSet,
    raw: Raw,
    (unknown, calibration): (Option<Unknown>, Option<&Calibration>),
    earlier: Earlier<'_>,
) -> (Report, Held) {
    run(document, rules, raw, (unknown, calibration), earlier, &mut ())
}

/// [`adjudicate`](fn@adjudicate), with a record of what it did.
pub fn adjudicate_traced(
    document: &Document<'_>,
    rules: &RuleSet,
    raw: Raw,
    unknown: Option<Unknown>,
    calibration: Option<&Calibration>,
) -> (Report, Trace) {
    let mut trace = Trace::default();
    let (report, _) = run(document, rules, raw, (unknown, calibration), Earlier::None, &mut trace);
    trace
        .dropped
        .sort_by(|a, b| (a.finding.span, &a.finding.rule).cmp(&(b.finding.span, &b.finding.rule)));
    (report, trace)
}

fn run(
    document: &Document<'_>,
    rules: &RuleSet,
    raw: Raw,
    (unknown, calibration): (Option<Unknown>, Option<&Calibration>),
    earlier: Earlier<'_>,
    recorder: &mut impl Recorder,
) -> (Report, Held) {
    let Raw { findings: mut raw, readings, adjustments } = raw;
    let adjustments = Adjustments::new(adjustments, rules);
    let cx = rules.context(document);
    let (accepted, suppressions) = (cx.get::<Accepted>(), cx.get::<Suppressions>());
    // A comment to the linter mentions nothing and means no words of the text.
    let about_comments = raw.extract_if(.., |f| f.rule == UNUSED_SUPPRESSION).collect::<Vec<_>>();
    sift(&mut raw, recorder, |f| {
        let is_accepted = accepted.covers_words(document, f.span).then_some(Reason::Accepted);
        is_accepted.or_else(|| suppressions.is_comment(f.span).then_some(Reason::Comment))
    });
    mention::leave_out(document, &mut raw, recorder);
    raw.extend(about_comments);
    raw.sort_by(|a, b| {
        (a.span, b.evidence, &a.rule, &a.message).cmp(&(b.span, a.evidence, &b.rule, &b.message))
    });

    let counted: Vec<&Finding> =
        raw.iter().filter(|f| rules.state(&f.rule).is_some_and(|state| state.counts)).collect();
    let (mut verdict, mut nearness) =
        verdict::judge(document, &counted, &readings, (unknown, calibration), recorder);
    earlier.bear(&mut verdict, &mut nearness);

    let shift = verdict.shift();
    for finding in &mut raw {
        // A rule of the house (a pack that does not count as evidence) says what it says whatever the verdict.
        if rules.state(&finding.rule).is_some_and(|state| state.counts) {
            finding.posterior = finding.evidence + shift;
            // A family that reads whole texts finds single words that only their number makes marks.
            if readings.iter().any(|(family, _)| *family == finding.family) {
                finding.posterior += nearness.shortfall(finding.span);
            }
        }
        protect_speech(document, finding);
        protect_markup(document, finding);
    }
    let marks = raw.iter().filter(|f| {
        f.posterior > LogOdds::EVEN && rules.state(&f.rule).is_some_and(|state| state.counts)
    });
    let marks = marks.map(|f| fold_key(document.slice(f.span))).collect::<HashSet<_>>().len();
    verdict.marks = earlier.standing().map_or(marks, |verdict| verdict.marks);
    sift(&mut raw, recorder, |f| unsure(f, rules));
    let mut curtain = Curtain::new(&suppressions, rules);
    let mut hidden = |f: &mut Finding| {
        let comment = curtain.hides(f, document.in_source(f.span))?;
        Some(Reason::Suppressed { comment })
    };
    // Findings about the run itself belong to no rule, and one about a comment cannot be hidden by comments.
    let can_be_hidden =
        |f: &Finding| rules.state(&f.rule).is_some() && f.rule != UNUSED_SUPPRESSION;
    sift(&mut raw, recorder, |f| can_be_hidden(f).then(|| hidden(f)).flatten());
    let mut conclusions = conclusions(document, rules, &raw, recorder);
    sift(&mut conclusions, recorder, hidden);
    // What severity or the command line hides was hidden all the same: a comment is not useless because somebody looks
    // at other rules today.
    sift(&mut raw, recorder, |f| {
        (f.rule == UNUSED_SUPPRESSION && !curtain.settle(f)).then_some(Reason::Used)
    });
    for list in [&mut conclusions, &mut raw] {
        sift(list, recorder, |f| undisplayed(f, rules, &adjustments));
    }
    most_specific(&mut conclusions, recorder);
    let is_mark = |f: &Finding| rules.state(&f.rule).is_none_or(|state| state.rule.meta().evidence);
    let (mut findings, mut others): (Vec<Finding>, Vec<Finding>) =
        raw.into_iter().partition(is_mark);
    most_specific(&mut findings, recorder);
    most_specific_by_family(&mut others, recorder);
    sift(&mut findings, recorder, |f| {
        conclusions.iter().find(|c| c.span.overlaps(f.span)).map(Reason::overlapped)
    });
    if !others.is_empty() || !conclusions.is_empty() {
        findings.extend(others.into_iter().chain(conclusions));
        findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    }
    let held = Held::new(verdict.clone(), &nearness);
    (Report { findings, verdict }, held)
}

/// What rules make of the marks that would be shown were every rule selected: who asks for one rule alone still wants to
/// know what it makes of the others.
fn conclusions(
    document: &Document<'_>,
    rules: &RuleSet,
    raw: &[Finding],
    recorder: &mut impl Recorder,
) -> Vec<Finding> {
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
    // They are copies, and what becomes of them here happens to no finding.
    most_specific(&mut marks, &mut ());
    for state in concluding {
        rules.announce(Some(state));
        state.rule.conclude(document, &marks, &mut out);
    }
    rules.announce(None);
    sift(&mut out, recorder, |f| unsure(f, rules));
    out.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    out
}

fn protect_speech(document: &Document<'_>, finding: &mut Finding) {
    let words = if around(document, finding.span).any(is_attributed) {
        Some("words that are attributed to somebody")
    } else {
        speech_around(document, finding.span).map(|_| "a passage in quotation marks")
    };
    if let Some(words) = words {
        finding.notes.push(format!("it stands inside {words}: check them against the source"));
    }
    for fix in finding.fixes.iter_mut().filter(|fix| fix.safety != Safety::Display) {
        // A finding beside a quotation may have a fix that reaches into it.
        if words.is_some() || fix.edits().iter().any(|e| touches_speech(document, e.span)) {
            fix.safety = Safety::Quoted;
        }
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

fn unsure(finding: &Finding, rules: &RuleSet) -> Option<Reason> {
    let least = rules.state(&finding.rule)?.min_confidence;
    (finding.posterior < least).then_some(Reason::MinConfidence(least))
}

/// Why a finding is not displayed; one that is gets the severity of its rule. Findings about the run itself
/// (`internal-error`) belong to no rule and are always shown.
///
/// A house's own term says more than the severity of the rule, but it wakes no rule that is off.
fn undisplayed(
    finding: &mut Finding,
    rules: &RuleSet,
    adjustments: &Adjustments,
) -> Option<Reason> {
    let RuleState { severity, shown, .. } = rules.state(&finding.rule)?;
    finding.severity = *severity;
    if *severity == Severity::Off {
        return Some(Reason::Off);
    }
    if let Some(adjustment) = adjustments.of(finding) {
        finding.severity = adjustment.severity;
        if adjustment.severity == Severity::Off {
            return Some(Reason::Adjusted { by: adjustment.by.clone() });
        }
    }
    (!shown).then_some(Reason::NotSelected)
}

/// Of findings that overlap the one that is surer by some nats stays, else the longest; of equals the first by rule id.
/// Input is sorted.
fn most_specific(findings: &mut Vec<Finding>, recorder: &mut impl Recorder) {
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for mut finding in findings.drain(..) {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(finding.span) => {
                if rank(&finding) > rank(last) {
                    std::mem::swap(last, &mut finding);
                }
                recorder.dropped(&finding, || Reason::overlapped(last));
            }
            _ => kept.push(finding),
        }
    }
    *findings = kept;
}

/// The same for findings that speak of different things. Those of one rule hide each other as marks do. Of two rules of a
/// family the surer or longer hides the other if they lie on the same words or across each other, and not where one lies
/// inside the other: a word in a long sentence is another matter than the sentence. Those of different families never
/// hide each other.
fn most_specific_by_family(findings: &mut Vec<Finding>, recorder: &mut impl Recorder) {
    let mut by_rule: BTreeMap<[Cow<'static, str>; 2], Vec<Finding>> = BTreeMap::new();
    for finding in findings.drain(..) {
        let rule = [finding.family.clone(), finding.rule.clone()];
        by_rule.entry(rule).or_default().push(finding);
    }
    let mut by_family: BTreeMap<Cow<'static, str>, Vec<Finding>> = BTreeMap::new();
    for ([family, _], mut of_rule) in by_rule {
        most_specific(&mut of_rule, recorder);
        by_family.entry(family).or_default().append(&mut of_rule);
    }
    for (_, mut of_family) in by_family {
        // A longer one comes before those inside it, so the open ones lie inside one another: no more than rules.
        of_family.sort_by_key(|f| (f.span.start, Reverse(f.span.end)));
        let mut open: Vec<Finding> = Vec::new();
        for finding in of_family {
            findings.extend(open.extract_if(.., |k| k.span.end <= finding.span.start));
            let lies_across = |k: &Finding| {
                let inside = k.span.end >= finding.span.end && k.span != finding.span;
                k.span.overlaps(finding.span) && !inside
            };
            // It must be surer than all that it lies across.
            let mut stronger = true;
            while let Some(at) = open.iter().position(lies_across).filter(|_| stronger) {
                stronger = rank(&finding) > rank(&open[at]);
                if stronger {
                    let falls = open.remove(at);
                    recorder.dropped(&falls, || Reason::overlapped(&finding));
                } else {
                    recorder.dropped(&finding, || Reason::overlapped(&open[at]));
                }
            }
            if stronger {
                open.push(finding);
            }
        }
        findings.append(&mut open);
    }
}

/// Which of two findings that overlap stays: the one that is surer by some nats, else the longer.
fn rank(finding: &Finding) -> (i32, u32, LogOdds) {
    (finding.posterior.milli() / CLEARLY_SURER, finding.span.len(), finding.posterior)
}

#[cfg(test)]
mod earlier_tests;
#[cfg(test)]
mod house_tests;
#[cfg(test)]
mod order_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
