//! Why the words of a line are or are not marked: one line of one file, for people and for programs.
//!
//! It says what was decided and from what, in the order of the decisions: the verdict, what rules say of the page, the
//! findings with their fate, what rules say of each word.

mod json;
mod text;

use unspin_lint::{Diagnosis, Diagnostic, Explanation, Reason, Report, RuleSet, Subject, Trace};
use unspin_text::{Document, Span};

use crate::{FileReport, Offsets, Tool};

/// Everything that is to be said of one line, or of one word of it.
#[derive(Clone, Copy)]
pub struct LineReport<'a> {
    /// The file as given.
    pub path: &'a str,
    /// The document.
    pub document: &'a Document<'a>,
    /// What is asked about, in bytes of the document's source: a line without its terminator, or a word.
    pub source: Span,
    /// The rules that it was checked with.
    pub rules: &'a RuleSet,
    /// What the check found, in the whole document.
    pub report: &'a Report,
    /// How that came about.
    pub trace: &'a Trace,
    /// What the rules say of the words asked about, and of the document.
    pub explanations: &'a [Explanation],
}

impl LineReport<'_> {
    /// For people.
    pub fn text(&self) -> String {
        text::render(self)
    }

    /// For programs: one object and a line feed, in the schema of [`Json`](crate::Json).
    pub fn json(&self, tool: &Tool) -> Vec<u8> {
        json::render(self, tool)
    }

    /// What reports say of the whole document.
    fn said(&self) -> Diagnosis {
        Diagnosis::new(self.document, self.report)
    }

    /// The findings that touch what is asked about, by their place, each with the reason why it is not shown if it is
    /// not; those on the document's bytes are among them.
    fn findings(&self) -> Vec<(Diagnostic, Option<&Reason>)> {
        let shown = self.said().diagnostics.into_iter().map(|found| (found, None));
        let dropped = self.trace.dropped.iter().map(|dropped| {
            (Diagnostic::new(self.document, &dropped.finding), Some(&dropped.reason))
        });
        let mut all: Vec<_> = shown.chain(dropped).collect();
        all.retain(|(found, _)| self.touches(found.span));
        all.sort_by(|(a, _), (b, _)| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        all
    }

    /// The file as reports see it.
    fn file<'f>(&'f self, said: &'f Diagnosis) -> FileReport<'f> {
        let offsets = Offsets::of(self.document.encoding());
        FileReport::new(self.path, self.document.source(), offsets, said)
    }

    fn touches(&self, source: Span) -> bool {
        source.overlaps(self.source) || source.is_empty() && self.source.contains(source)
    }

    /// What rules say of the page and its windows.
    fn of_page(&self) -> impl Iterator<Item = &Explanation> {
        self.explanations.iter().filter(|e| !matches!(e.subject, Subject::Words(_)))
    }

    /// What they say of words.
    fn of_words(&self) -> impl Iterator<Item = (Span, &Explanation)> {
        self.explanations.iter().filter_map(|e| match e.subject {
            Subject::Words(span) => Some((span, e)),
            Subject::Document | Subject::Window(_) => None,
        })
    }
}
