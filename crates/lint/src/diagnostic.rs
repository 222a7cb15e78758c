//! What is said of a text, by the bytes of its file: all that reports, fixes and baselines need of it.
//!
//! Findings lie in a document's text, which for marked-up files is its prose. Whoever prints or edits a file asks for
//! places in the file, so each finding is placed once, here, and from here on nobody needs the document.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use unspin_text::{Document, Fault, FaultKind, Span, TokenKind};

use crate::{Edit, Finding, Fix, LogOdds, Problem, Report, Safety, Severity, Verdict};

/// Words on each side that tell one place of a text from another.
const SURROUNDING_WORDS: usize = 3;

/// Everything that is said of one text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The verdict, its windows in bytes of the source; `None` for what is no prose, such as settings.
    pub verdict: Option<Verdict>,
    /// By place.
    pub diagnostics: Vec<Diagnostic>,
}

/// A finding by its place in the source of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Id of the rule.
    pub rule: Cow<'static, str>,
    /// Family of that rule.
    pub family: Cow<'static, str>,
    /// The user's policy; never [`Severity::Off`].
    pub severity: Severity,
    /// What the rule alone saw; even where no rule weighed anything.
    pub evidence: LogOdds,
    /// `evidence` with the document's shift.
    pub posterior: LogOdds,
    /// Where, in bytes of the source; markup between the words is included.
    pub span: Span,
    /// Where in an entry of a container a person finds it, such as `p[12] r[3]`, where that says more than a line.
    pub locator: Option<String>,
    /// What it was found in: prose, without markup.
    pub text: String,
    /// The words before and after it in its paragraph, at most three each, one space between; empty for what is said of
    /// a file and not of its prose. With the rule and the text they tell a finding from others when lines move.
    pub surroundings: [String; 2],
    /// The sentence, or the first of several, in bytes of the source; the span itself where it lies in none.
    pub sentence: Span,
    /// What is wrong: lower case, one sentence, no final stop.
    pub message: String,
    /// Why it is thought so.
    pub notes: Vec<String>,
    /// What may stand in place of `text`, best first.
    pub suggestions: Vec<String>,
    /// Remedies, best first.
    pub fixes: Vec<SourceFix>,
}

/// A [`Fix`] by its places in the source of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFix {
    /// What it does, as an editor's menu shows it.
    pub title: String,
    /// How far it may be trusted.
    pub safety: Safety,
    /// In bytes of the source, sorted and disjoint; none if one of them would break the markup, since half of a fix is
    /// none. Then the fix is [`Safety::Display`].
    pub edits: Vec<Edit>,
}

impl Diagnosis {
    /// What is said of a checked document: its findings, and the faults of its bytes as diagnostics of the rule
    /// `encoding`.
    pub fn new(document: &Document<'_>, report: &Report) -> Self {
        let mut verdict = report.verdict.clone();
        for window in &mut verdict.windows {
            window.span = document.in_source(window.span);
        }
        let source = document.source();
        let faults = document.faults().iter().map(|fault| Diagnostic::of_fault(source, fault));
        let shown = report.findings.iter().filter(|f| f.severity != Severity::Off);
        let found = shown.map(|finding| Diagnostic::new(document, finding));
        let mut diagnostics: Vec<_> = faults.chain(found).collect();
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        Self { verdict: Some(verdict), diagnostics }
    }

    /// Whether every place that it speaks of lies in a source, on borders of characters, and the edits of each fix beside
    /// each other. What was made here does; what was read from a file may not.
    pub fn lies_in(&self, source: &str) -> bool {
        let lies = |span: Span| source.get(span.range()).is_some();
        let fits = |fix: &SourceFix| {
            fix.edits.iter().all(|edit| lies(edit.span))
                && fix.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start)
        };
        let windows = self.verdict.iter().flat_map(|verdict| &verdict.windows);
        windows.map(|window| window.span).all(lies)
            && self.diagnostics.iter().all(|found| {
                lies(found.span) && lies(found.sentence) && found.fixes.iter().all(fits)
            })
    }

    /// What is wrong in a settings file of this text, as diagnostics of the rule `settings`, and no verdict, since it is
    /// no prose.
    pub fn of_settings(source: &str, problems: &[Problem]) -> Self {
        let of = |problem: &Problem| {
            let (message, help) = (problem.message.clone(), problem.help.as_deref());
            let about = ("settings", "settings", Severity::Error);
            Diagnostic::of_file(source, about, problem.span, message, help)
        };
        let mut diagnostics: Vec<_> = problems.iter().map(of).collect();
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        Self { verdict: None, diagnostics }
    }
}

impl Diagnostic {
    /// A finding by its place in the source of its document.
    pub fn new(document: &Document<'_>, finding: &Finding) -> Self {
        let sentence = document.sentence_at(finding.span.start).map(|at| {
            let sentence = document.sentences()[at].span;
            // It is the one that holds the place or ends before it.
            if finding.span.start <= sentence.end { sentence } else { finding.span }
        });
        Self {
            rule: finding.rule.clone(),
            family: finding.family.clone(),
            severity: finding.severity,
            evidence: finding.evidence,
            posterior: finding.posterior,
            span: document.in_source(finding.span),
            locator: None,
            text: document.slice(finding.span).to_owned(),
            surroundings: surroundings(document, finding.span),
            sentence: document.in_source(sentence.unwrap_or(finding.span)),
            message: finding.message.clone(),
            notes: finding.notes.clone(),
            suggestions: finding.suggestions().map(str::to_owned).collect(),
            fixes: finding.fixes.iter().map(|fix| SourceFix::new(document, fix)).collect(),
        }
    }

    /// A fault of the bytes says nothing of how the text was written, hence no evidence. It is `info`, unless the text
    /// may not have been seen at all, which must not pass for clean.
    fn of_fault(source: &str, fault: &Fault) -> Self {
        let way_out = match fault.kind {
            FaultKind::InvalidUtf8 { .. } => {
                "each was read as an unknown character: save the file as UTF-8"
            }
            FaultKind::InvalidUtf16 { .. } => {
                "each was read as an unknown character: save the file again"
            }
            FaultKind::NotText => "nothing can be said of it: save it as UTF-8",
            FaultKind::TooLarge => "split the file to have the rest checked",
        };
        let severity = match fault.kind {
            FaultKind::NotText | FaultKind::TooLarge => Severity::Warning,
            _ => Severity::Info,
        };
        let about = ("encoding", "text", severity);
        Self::of_file(source, about, fault.span, fault.message(), Some(way_out))
    }

    /// One that is certain and no evidence of rewording; its only note is the way out.
    fn of_file(
        source: &str,
        (rule, family, severity): (&'static str, &'static str, Severity),
        span: Span,
        message: String,
        way_out: Option<&str>,
    ) -> Self {
        Self {
            rule: Cow::Borrowed(rule),
            family: Cow::Borrowed(family),
            severity,
            evidence: LogOdds::EVEN,
            posterior: LogOdds::from_probability(1.0),
            span,
            locator: None,
            text: source.get(span.range()).unwrap_or_default().to_owned(),
            surroundings: Default::default(),
            sentence: span,
            message,
            notes: way_out.into_iter().map(str::to_owned).collect(),
            suggestions: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// The posterior as a probability, 0 to 1.
    pub fn confidence(&self) -> f64 {
        self.posterior.probability()
    }

    /// What stays the same when lines move: a hash of rule, text and surrounding words, white space aside, in 32
    /// hexadecimal digits. The same words in the same surroundings, twice in a file, share it.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let [before, after] = &self.surroundings;
        for part in [self.rule.as_ref(), before, &self.text, after] {
            for word in part.split_whitespace() {
                hash.update(word);
                hash.update(b" ");
            }
            hash.update(b"\n");
        }
        let half = hash.finalize().first_chunk::<16>().copied().unwrap_or_default();
        format!("{:032x}", u128::from_be_bytes(half))
    }
}

impl SourceFix {
    fn new(document: &Document<'_>, fix: &Fix) -> Self {
        let edit = |edit: &Edit| {
            let (span, text) = document.source_edit(edit.span, &edit.text)?;
            Some(Edit { span, text })
        };
        let (safety, edits) = match fix.edits().iter().map(edit).collect() {
            Some(edits) => (fix.safety, edits),
            None => (Safety::Display, Vec::new()),
        };
        Self { title: fix.title.clone(), safety, edits }
    }
}

/// The words before and after a span, within its paragraph.
fn surroundings(document: &Document<'_>, span: Span) -> [String; 2] {
    let inside = document.tokens_in(span);
    let paragraphs = document.paragraphs();
    let at = paragraphs.partition_point(|p| p.span.end <= span.start);
    let whole = paragraphs.get(at).map_or(span, |p| p.span);
    let words = |tokens: &mut dyn Iterator<Item = &unspin_text::Token>| -> Vec<String> {
        tokens
            .take_while(|t| whole.contains(t.span))
            .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
            .take(SURROUNDING_WORDS)
            .map(|t| document.token_text(t).to_owned())
            .collect()
    };
    let mut before = words(&mut document.tokens()[..inside.start].iter().rev());
    before.reverse();
    let after = words(&mut document.tokens()[inside.end..].iter());
    [before.join(" "), after.join(" ")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RuleMeta;
    use unspin_text::Markup;

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

    fn diagnostic(source: &str, markup: Markup, phrase: &str) -> Diagnostic {
        let document = Document::read(source.as_bytes(), markup);
        let start = document.text().find(phrase).expect("the phrase stands in the text") as u32;
        let span = Span::new(start, start + phrase.len() as u32);
        let meta: &RuleMeta = &ODD;
        Diagnostic::new(&document, &Finding::new(meta, span, LogOdds::EVEN, "odd".into()))
    }

    #[test]
    fn the_words_around_it_are_those_of_its_paragraph() {
        let text = "Before all this.\n\nThe old bridge lies withinside the walls. It is 90 years old.\n\nEnd.";
        let found = diagnostic(text, Markup::Plain, "withinside");
        assert_eq!(found.surroundings, ["old bridge lies", "the walls It"].map(str::to_owned));
        assert_eq!(&text[found.sentence.range()], "The old bridge lies withinside the walls.");
        let last = diagnostic(text, Markup::Plain, "old.");
        assert_eq!(last.surroundings, ["is 90 years", ""].map(str::to_owned));
    }

    #[test]
    fn its_fingerprint_outlives_moved_lines_and_changed_markup() {
        let one =
            diagnostic("The bridge lies withinside the walls.", Markup::Plain, "withinside the");
        let moved = "# News\n\nIt rained.\n\nThe bridge *lies* withinside\nthe walls.";
        let moved = diagnostic(moved, Markup::Markdown, "withinside the");
        assert_eq!(one.fingerprint(), moved.fingerprint());
        assert_eq!(one.fingerprint().len(), 32);
        let other =
            diagnostic("The tower lies withinside the walls.", Markup::Plain, "withinside the");
        assert_ne!(one.fingerprint(), other.fingerprint());
    }
}

#[cfg(test)]
mod properties;
