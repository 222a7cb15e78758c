//! `altered-quotation`.
//!
//! It sees nothing by itself. A mark of rewording is a matter of style until it stands in somebody's mouth, so this rule
//! waits until all marks are weighed and then says which of them do. Thus it brings no evidence of its own that could
//! be counted twice.

use unspin_lint::{Context, Document, Finding, Rule, RuleMeta, Safety, Span, rule, speech_around};

use crate::speaker::speaker;

rule! {
    /// Words in quotation marks that bear marks of rewording: nobody said them so.
    ///
    /// # Why
    ///
    /// A quotation is a promise that these words were said. A program that swaps words for synonyms does not stop at
    /// quotation marks, and its report then puts words into the mouths of people who never used them. For a newsroom
    /// no other damage is as grave. The rule finds no marks of its own: it takes what other rules are sure enough of
    /// to show, and speaks where that lies in direct speech, once a quotation, on the surest of its marks. Speech is
    /// what a reporting verb attributes, four words or more, or any passage of eight words or more in double quotation
    /// marks.
    ///
    /// A program rewords the narration as it does the speech. Where marks stand in quotations only, somebody quotes
    /// damaged text in order to speak about it, and the rule is silent.
    ///
    /// What was really said cannot be guessed, so that nothing is ever put in its place: `unspin fix` leaves it alone.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The boats wait withinside the harbour. "We fish [[withinside]] the bay all winter," Ann Orr said.
    /// ```
    /// ```bad
    /// The pier was repaired with the aid of using the county. The law is meant "to keep all boats [[withinside]] the harbour in a storm".
    /// ```
    /// ```good
    /// The boats wait withinside the harbour. "We fish in the bay all winter," Ann Orr said.
    /// ```
    /// ```good
    /// The program spoils all that it touches. "The boats wait withinside the bay," it says of a storm.
    /// ```
    ///
    /// # Options
    ///
    /// None.
    ///
    /// # When not to use
    ///
    /// On text that quotes damaged text and is damaged itself.
    pub(crate) META: "altered-quotation" in "fidelity", Error, min_confidence 0.5, scope Document,
    evidence false
}

/// Marks named in a note; the rest is counted.
const NAMED: usize = 4;

/// See the page in [`META`].
pub(crate) struct AlteredQuotation;

impl Rule for AlteredQuotation {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, _: &Context<'_>, _: &mut Vec<Finding>) {}

    fn concludes(&self) -> bool {
        true
    }

    fn conclude(&self, document: &Document<'_>, marks: &[Finding], out: &mut Vec<Finding>) {
        let mut narrated = false;
        // A quotation is met as a whole, since marks are sorted and outermost quotations do not overlap.
        let mut quoted: Vec<(Span, Option<Span>, Vec<&Finding>)> = Vec::new();
        for mark in marks {
            match speech_around(document, mark.span) {
                None => narrated = true,
                Some(quotation) => match quoted.last_mut() {
                    Some((span, _, within)) if *span == quotation.span => within.push(mark),
                    _ => quoted.push((quotation.span, quotation.attribution, vec![mark])),
                },
            }
        }
        if narrated {
            out.extend(quoted.iter().filter_map(|(_, verb, within)| {
                finding(document, verb.and_then(|verb| speaker(document, verb)), within)
            }));
        }
    }
}

fn finding(document: &Document<'_>, speaker: Option<&str>, marks: &[&Finding]) -> Option<Finding> {
    let text = |mark: &Finding| format!("\"{}\"", one_line(document.slice(mark.span)));
    // The first of the surest.
    let surest = marks.iter().rev().max_by_key(|mark| mark.posterior)?;
    let whose = match speaker {
        Some(speaker) => format!("in the quoted words of {}", uncapitalised(&one_line(speaker))),
        None => "in quoted words".to_owned(),
    };
    let message = format!("{} {whose} is a mark of rewording", text(surest));
    let mut finding = Finding::new(&META, surest.span, surest.evidence, message);
    finding.posterior = surest.posterior;
    finding.notes.push(format!("{}: {}", surest.rule, surest.message));
    let others: Vec<String> =
        marks.iter().filter(|mark| mark.span != surest.span).map(|mark| text(mark)).collect();
    if !others.is_empty() {
        let named = others[..others.len().min(NAMED)].join(", ");
        let more = match others.len().saturating_sub(NAMED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        finding.notes.push(format!("the same quotation also has {named}{more}"));
    }
    finding.notes.push(
        "quotations are word for word: compare it with the source, and take it out if there is none"
            .into(),
    );
    finding.fixes.clone_from(&surest.fixes);
    for fix in finding.fixes.iter_mut().filter(|fix| fix.safety != Safety::Display) {
        fix.safety = Safety::Quoted;
    }
    Some(finding)
}

/// "A spokesman" at the start of a sentence is "a spokesman" within one.
fn uncapitalised(speaker: &str) -> String {
    match speaker.split_once(' ') {
        Some((first @ ("A" | "An" | "One" | "The"), rest)) => {
            format!("{} {rest}", first.to_ascii_lowercase())
        }
        _ => speaker.to_owned(),
    }
}

/// A message is one line, whatever the text is.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use unspin_lint::{LogOdds, Report, RuleSet, Severity, adjudicate};

    use super::*;

    rule! {
        /// The word "gurgle", sure or not.
        GURGLE: "gurgle" in "tests", Warning, min_confidence 0.5, scope Word
    }

    struct Gurgle;

    impl Rule for Gurgle {
        fn meta(&self) -> &RuleMeta {
            &GURGLE
        }

        fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
            for (word, nats) in [("gurgle", 5.0), ("gargle", 6.0), ("giggle", -9.0)] {
                for (at, _) in cx.document().text().match_indices(word) {
                    let span = Span::new(at as u32, (at + word.len()) as u32);
                    let evidence = LogOdds::from_nats(nats);
                    out.push(
                        Finding::new(&GURGLE, span, evidence, format!("\"{word}\" is odd"))
                            .fix(unspin_lint::Fix::replace(span, "gulp", Safety::Unsafe)),
                    );
                }
            }
        }
    }

    fn rules() -> RuleSet {
        RuleSet::new([Arc::new(Gurgle) as Arc<dyn Rule>, Arc::new(AlteredQuotation)])
    }

    fn report(rules: &RuleSet, text: &str) -> Report {
        let document = Document::new(text.as_bytes());
        adjudicate(&document, rules, rules.run(&document), None, None)
    }

    fn found(rules: &RuleSet, text: &str) -> Vec<(String, String)> {
        let found = report(rules, text).findings;
        found.iter().map(|f| (f.rule.to_string(), text[f.span.range()].to_owned())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(rule, text)| ((*rule).to_owned(), (*text).to_owned())).collect()
    }

    const SPEECH: &str = "The drains gurgle. \"They gurgle and gargle all of the night,\" said Ann Orr of the county.";

    #[test]
    fn one_finding_a_quotation_stands_on_its_surest_mark() {
        let expected =
            [("gurgle", "gurgle"), ("gurgle", "gurgle"), ("altered-quotation", "gargle")];
        assert_eq!(found(&rules(), SPEECH), pairs(&expected));
        let finding = &report(&rules(), SPEECH).findings[2];
        assert_eq!(finding.severity, Severity::Error);
        assert_eq!(
            finding.message,
            "\"gargle\" in the quoted words of Ann Orr of the county is a mark of rewording"
        );
        assert_eq!(finding.notes[0], "gurgle: \"gargle\" is odd");
        assert_eq!(finding.notes[1], "the same quotation also has \"gurgle\"");
        assert!(finding.fixes.iter().all(|fix| fix.safety == Safety::Quoted));
    }

    #[test]
    fn marks_in_quotations_alone_are_quoted_to_be_spoken_of() {
        let text = "Listen. \"They gurgle and gargle all of the night,\" said Ann Orr.";
        let expected = [("gurgle", "gurgle"), ("gurgle", "gargle")];
        assert_eq!(found(&rules(), text), pairs(&expected));
    }

    #[test]
    fn a_mark_that_is_not_shown_alters_nothing() {
        let text = "The drains gurgle. \"They giggle all of the night,\" said Ann Orr.";
        assert_eq!(found(&rules(), text), pairs(&[("gurgle", "gurgle")]));
        let mut rules = rules();
        rules.state_mut("gurgle").unwrap().severity = Severity::Off;
        assert_eq!(found(&rules, SPEECH), []);
    }

    #[test]
    fn it_can_be_turned_off_or_asked_for_alone_and_the_verdict_is_the_same() {
        let whole = report(&rules(), SPEECH).verdict;
        let mut off = rules();
        off.state_mut("altered-quotation").unwrap().severity = Severity::Off;
        assert!(found(&off, SPEECH).iter().all(|(rule, _)| rule == "gurgle"));
        assert_eq!(found(&off, SPEECH).len(), 3);
        assert_eq!(report(&off, SPEECH).verdict, whole);
        let mut alone = rules();
        alone.show(|meta| meta.id == "altered-quotation");
        assert_eq!(found(&alone, SPEECH), pairs(&[("altered-quotation", "gargle")]));
        assert_eq!(report(&alone, SPEECH).verdict, whole);
    }
}
