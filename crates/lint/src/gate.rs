//! What makes a check fail: a policy of lines, each of which may fail a text by itself.

use crate::settings::{Origin, Sourced};
use crate::{Diagnosis, Diagnostic, Level, Severity};

/// Words that a density is told of; a text with fewer counts as one of so many, so that one finding in a brief note is
/// no flood.
pub const DENSITY_WORDS: usize = 1_000;

/// `[gate]`: when a text fails a check. Lines that are not set fail nothing, but for the severity, which is `warning`
/// where nothing else is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gate {
    /// `severity`: one finding of this or a higher severity fails; [`Severity::Off`] is `never`.
    pub severity: Option<Sourced<Severity>>,
    /// `verdict`: this level or a surer one fails; [`Level::Clean`] is `never`.
    pub verdict: Option<Sourced<Level>>,
    /// `findings`: so many findings fail, of whatever severity.
    pub findings: Option<Sourced<u32>>,
    /// `density`: so many findings in [`DENSITY_WORDS`] words fail.
    pub density: Option<Sourced<f64>>,
    /// `rules`: one finding of these rules or families fails, of whatever severity.
    pub rules: Option<Sourced<Vec<String>>>,
}

/// The line of a policy that failed a text, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The line as it would be written, such as `severity = "warning"`.
    pub line: String,
    /// What of the text reached it, such as `3 findings of severity warning or above`.
    pub why: String,
    /// Where the line was written; `None` for a default and for the command line.
    pub origin: Option<Origin>,
}

impl Gate {
    /// The severity that fails where none is set.
    pub const SEVERITY: Severity = Severity::Warning;

    /// Puts the lines of `stronger` over these.
    pub(crate) fn merge(&mut self, stronger: &Self) {
        fn put<T: Clone>(own: &mut Option<T>, stronger: Option<&T>) {
            if let Some(value) = stronger {
                *own = Some(value.clone());
            }
        }
        put(&mut self.severity, stronger.severity.as_ref());
        put(&mut self.verdict, stronger.verdict.as_ref());
        put(&mut self.findings, stronger.findings.as_ref());
        put(&mut self.density, stronger.density.as_ref());
        put(&mut self.rules, stronger.rules.as_ref());
    }

    /// The lines that can fail a text, as they would be written, and where each was.
    pub fn lines(&self) -> Vec<(String, Option<Origin>)> {
        let severity = self.severity.as_ref().map_or(Self::SEVERITY, |set| set.value);
        let lines = [
            Some((severity_line(severity), self.severity.as_ref().map(|set| set.origin))),
            self.verdict.as_ref().map(|set| (verdict_line(set.value), Some(set.origin))),
            self.findings
                .as_ref()
                .map(|set| (format!("findings = {}", set.value), Some(set.origin))),
            self.density
                .as_ref()
                .map(|set| (format!("density = {:?}", set.value), Some(set.origin))),
            self.rules.as_ref().map(|set| (rules_line(&set.value), Some(set.origin))),
        ];
        lines.into_iter().flatten().collect()
    }

    /// The first line that the text reaches, if any. `known` is the level that its verdict had before, if somebody kept
    /// it: a verdict that is no worse than that fails nothing.
    pub fn judge(&self, said: &Diagnosis, known: Option<Level>) -> Option<Decision> {
        let lines = [
            self.by_severity(said),
            self.by_verdict(said, known),
            self.by_findings(said),
            self.by_density(said),
            self.by_rules(said),
        ];
        lines.into_iter().flatten().next()
    }

    fn by_severity(&self, said: &Diagnosis) -> Option<Decision> {
        let least = self.severity.as_ref().map_or(Self::SEVERITY, |set| set.value);
        let count = count(said, |found| least != Severity::Off && found.severity >= least);
        (count > 0).then(|| Decision {
            line: severity_line(least),
            why: format!("{} of severity {least} or above", findings(count)),
            origin: self.severity.as_ref().map(|set| set.origin),
        })
    }

    fn by_verdict(&self, said: &Diagnosis, known: Option<Level>) -> Option<Decision> {
        let set = self.verdict.as_ref()?;
        let level = said.verdict.as_ref()?.level;
        let reached = rank(set.value) > 0 && rank(level) >= rank(set.value);
        let worse = known.is_none_or(|known| rank(level) > rank(known));
        (reached && worse).then(|| Decision {
            line: verdict_line(set.value),
            why: format!("the verdict is {}", level.as_str()),
            origin: Some(set.origin),
        })
    }

    fn by_findings(&self, said: &Diagnosis) -> Option<Decision> {
        let set = self.findings.as_ref()?;
        let count = said.diagnostics.len();
        (count >= set.value as usize).then(|| Decision {
            line: format!("findings = {}", set.value),
            why: findings(count),
            origin: Some(set.origin),
        })
    }

    fn by_density(&self, said: &Diagnosis) -> Option<Decision> {
        let set = self.density.as_ref()?;
        let (count, words) = (said.diagnostics.len(), said.verdict.as_ref()?.words);
        let density = (count * DENSITY_WORDS) as f64 / words.max(DENSITY_WORDS) as f64;
        (density >= set.value).then(|| Decision {
            line: format!("density = {:?}", set.value),
            why: format!("{} in {words} words", findings(count)),
            origin: Some(set.origin),
        })
    }

    fn by_rules(&self, said: &Diagnosis) -> Option<Decision> {
        let set = self.rules.as_ref()?;
        let named = |f: &Diagnostic| set.value.iter().any(|r| *r == f.rule || *r == f.family);
        let first = said.diagnostics.iter().find(|found| named(found))?;
        Some(Decision {
            line: rules_line(&set.value),
            why: format!("{} of them, the first of {}", findings(count(said, named)), first.rule),
            origin: Some(set.origin),
        })
    }
}

fn severity_line(severity: Severity) -> String {
    let name = if severity == Severity::Off { "never" } else { severity.as_str() };
    format!("severity = \"{name}\"")
}

fn verdict_line(level: Level) -> String {
    let name = if level == Level::Clean { "never" } else { level.as_str() };
    format!("verdict = \"{name}\"")
}

fn rules_line(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!("rules = [{}]", quoted.join(", "))
}

fn count(said: &Diagnosis, which: impl Fn(&Diagnostic) -> bool) -> usize {
    said.diagnostics.iter().filter(|found| which(found)).count()
}

fn findings(count: usize) -> String {
    format!("{count} finding{}", if count == 1 { "" } else { "s" })
}

/// How bad a verdict is; a text of which nothing can be said is no worse than a clean one.
fn rank(level: Level) -> u8 {
    match level {
        Level::Clean | Level::Unknown => 0,
        Level::Doubtful => 1,
        Level::Reworded => 2,
    }
}

#[cfg(test)]
mod tests {
    use unspin_text::Span;

    use super::*;
    use crate::{Document, Finding, LogOdds, Report, RuleMeta, Verdict};

    crate::rule! {
        /// For tests.
        ///
        /// # Why
        ///
        /// None.
        ///
        /// # Examples
        ///
        /// ```good
        /// None.
        /// ```
        ODD: "odd" in "tests", Warning, min_confidence 0.5, scope Sentence
    }

    /// So many findings of a severity in so many words, with a verdict.
    fn said(count: usize, severity: Severity, words: usize, level: Level) -> Diagnosis {
        let document = Document::new(b"An odd word.");
        let meta: &RuleMeta = &ODD;
        let finding = Finding {
            severity,
            ..Finding::new(meta, Span::new(3, 6), LogOdds::EVEN, String::new())
        };
        let (reason, rarity, marks, windows) = (None, None, 0, Vec::new());
        let verdict =
            Verdict { level, reason, score: LogOdds::EVEN, rarity, marks, words, windows };
        Diagnosis::new(&document, &Report { findings: vec![finding; count], verdict })
    }

    fn set<T>(value: T) -> Sourced<T> {
        let origin = Origin { file: 0, span: Span::new(0, 0), in_override: false };
        Sourced { value, origin }
    }

    fn placed<T>(value: T, origin: Origin) -> Sourced<T> {
        Sourced { value, origin }
    }

    fn line(gate: &Gate, said: &Diagnosis) -> Option<String> {
        gate.judge(said, None).map(|decision| decision.line)
    }

    #[test]
    fn a_warning_fails_where_nothing_is_set() {
        let gate = Gate::default();
        let of = |severity| said(2, severity, 100, Level::Reworded);
        let decision = gate.judge(&of(Severity::Error), None).unwrap();
        assert_eq!(decision.line, "severity = \"warning\"");
        assert_eq!(decision.why, "2 findings of severity warning or above");
        assert_eq!(decision.origin, None);
        assert_eq!(line(&gate, &of(Severity::Info)), None);
    }

    #[test]
    fn never_is_never() {
        let gate = Gate {
            severity: Some(set(Severity::Off)),
            verdict: Some(set(Level::Clean)),
            ..Gate::default()
        };
        assert_eq!(line(&gate, &said(9, Severity::Error, 10, Level::Reworded)), None);
    }

    #[test]
    fn a_verdict_fails_at_its_level_and_above_unless_it_was_known() {
        let gate = Gate {
            severity: Some(set(Severity::Off)),
            verdict: Some(set(Level::Doubtful)),
            ..Gate::default()
        };
        let of = |level| said(0, Severity::Info, 100, level);
        assert_eq!(line(&gate, &of(Level::Clean)), None);
        assert_eq!(line(&gate, &of(Level::Unknown)), None);
        assert_eq!(line(&gate, &of(Level::Doubtful)).as_deref(), Some("verdict = \"doubtful\""));
        let reworded = of(Level::Reworded);
        assert!(gate.judge(&reworded, Some(Level::Doubtful)).is_some(), "it became worse");
        assert_eq!(gate.judge(&reworded, Some(Level::Reworded)), None);
    }

    #[test]
    fn counts_and_densities_fail_from_their_figure_on() {
        let off = Gate { severity: Some(set(Severity::Off)), ..Gate::default() };
        let counted = Gate { findings: Some(set(3)), ..off.clone() };
        assert_eq!(line(&counted, &said(2, Severity::Error, 100, Level::Clean)), None);
        assert!(line(&counted, &said(3, Severity::Info, 100, Level::Clean)).is_some());
        let dense = Gate { density: Some(set(2.0)), ..off };
        assert_eq!(line(&dense, &said(1, Severity::Error, 20, Level::Clean)), None, "a short text");
        assert_eq!(line(&dense, &said(3, Severity::Error, 2_000, Level::Clean)), None);
        let found = dense.judge(&said(4, Severity::Error, 2_000, Level::Clean), None).unwrap();
        assert_eq!(
            (found.line.as_str(), found.why.as_str()),
            ("density = 2.0", "4 findings in 2000 words")
        );
    }

    #[test]
    fn a_rule_or_a_family_may_fail_alone() {
        let of = |name: &str| Gate {
            severity: Some(set(Severity::Off)),
            rules: Some(set(vec!["even".to_owned(), name.to_owned()])),
            ..Gate::default()
        };
        let text = said(2, Severity::Info, 100, Level::Clean);
        assert_eq!(line(&of("odd"), &text).as_deref(), Some("rules = [\"even\", \"odd\"]"));
        assert!(line(&of("tests"), &text).is_some());
        assert_eq!(line(&of("other"), &text), None);
    }

    #[test]
    fn the_first_line_that_is_reached_is_told_with_its_place_and_why() {
        let origin = |start| Origin { file: 0, span: Span::new(start, start), in_override: false };
        let at = |start| Some(origin(start));
        let mut gate = Gate {
            severity: Some(placed(Severity::Error, origin(1))),
            verdict: Some(placed(Level::Reworded, origin(2))),
            findings: Some(placed(1, origin(3))),
            density: Some(placed(0.5, origin(4))),
            rules: Some(placed(vec!["odd".to_owned()], origin(5))),
        };
        let lines = [
            ("severity = \"error\"", "1 finding of severity error or above"),
            ("verdict = \"reworded\"", "the verdict is reworded"),
            ("findings = 1", "1 finding"),
            ("density = 0.5", "1 finding in 100 words"),
            ("rules = [\"odd\"]", "1 finding of them, the first of odd"),
        ];
        let written: Vec<_> = gate.lines();
        let expected: Vec<_> = lines
            .iter()
            .zip(1..)
            .map(|((line, _), start)| ((*line).to_owned(), at(start)))
            .collect();
        assert_eq!(written, expected);
        let text = said(1, Severity::Error, 100, Level::Reworded);
        for (nth, (line, why)) in lines.iter().enumerate() {
            let decision = gate.judge(&text, None).unwrap();
            assert_eq!((decision.line.as_str(), decision.why.as_str()), (*line, *why));
            assert_eq!(decision.origin, at(nth as u32 + 1));
            match nth {
                0 => gate.severity = Some(placed(Severity::Off, origin(1))),
                1 => gate.verdict = None,
                2 => gate.findings = None,
                3 => gate.density = None,
                _ => gate.rules = None,
            }
        }
        assert_eq!(gate.judge(&text, None), None);
        assert_eq!(gate.lines(), [("severity = \"never\"".to_owned(), at(1))]);
        assert_eq!(Gate::default().lines(), [("severity = \"warning\"".to_owned(), None)]);
    }

    #[test]
    fn a_stronger_policy_replaces_the_lines_that_it_has_and_no_others() {
        let weak = Gate {
            severity: Some(set(Severity::Info)),
            verdict: Some(set(Level::Doubtful)),
            findings: Some(set(3)),
            density: Some(set(2.0)),
            rules: Some(set(vec!["odd".to_owned()])),
        };
        let strong = Gate {
            severity: Some(set(Severity::Error)),
            verdict: Some(set(Level::Reworded)),
            findings: Some(set(9)),
            density: Some(set(4.0)),
            rules: Some(set(vec!["even".to_owned()])),
        };
        let merged = |mut gate: Gate, over: &Gate| {
            gate.merge(over);
            gate
        };
        assert_eq!(merged(weak.clone(), &strong), strong);
        assert_eq!(merged(weak.clone(), &Gate::default()), weak);
        let one = Gate { findings: Some(set(9)), ..Gate::default() };
        assert_eq!(merged(weak.clone(), &one), Gate { findings: Some(set(9)), ..weak });
    }

    #[test]
    fn a_text_whose_verdict_is_unknown_is_no_worse_than_any() {
        let gate = Gate {
            severity: Some(set(Severity::Off)),
            verdict: Some(set(Level::Doubtful)),
            ..Gate::default()
        };
        let of = |level| said(0, Severity::Info, 100, level);
        assert!(gate.judge(&of(Level::Doubtful), Some(Level::Unknown)).is_some());
        assert_eq!(gate.judge(&of(Level::Doubtful), Some(Level::Reworded)), None);
        let mut settings = of(Level::Reworded);
        settings.verdict = None;
        assert_eq!(gate.judge(&settings, None), None, "what is no prose has none");
    }
}
