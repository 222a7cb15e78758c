//! Why the words of a line are or are not marked: one line of one file, for people and for programs.
//!
//! It says what was decided and from what, in the order of the decisions: the verdict, what rules say of the page, the
//! findings with their fate, what rules say of each word.

mod json;
mod text;

use unspin_lint::{Explanation, Reason, Report, RuleSet, Subject, Trace};
use unspin_text::{Document, Span};

use crate::{FileReport, Placed, Tool};

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

    /// The whole document's findings, those on its bytes included.
    fn file(&self) -> FileReport<'_> {
        FileReport::new(self.path, self.document, self.report)
    }

    /// The findings that touch what is asked about, by their place, each with the reason why it is not shown if it is
    /// not.
    fn findings<'f>(&'f self, file: &'f FileReport<'_>) -> Vec<(Placed<'f>, Option<&'f Reason>)> {
        let shown = file.findings().map(|placed| (placed, None));
        let dropped = self.trace.dropped.iter().map(|dropped| {
            let finding = &dropped.finding;
            let source = self.document.in_source(finding.span);
            let text = self.document.slice(finding.span);
            (Placed { finding, source, text }, Some(&dropped.reason))
        });
        let mut all: Vec<_> = shown.chain(dropped).collect();
        all.retain(|(placed, _)| self.touches(placed.source));
        all.sort_by(|(a, _), (b, _)| (a.source, &a.finding.rule).cmp(&(b.source, &b.finding.rule)));
        all
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
