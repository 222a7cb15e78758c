//! The page on a reworded text and its original: `unspin compare --format html`.
//!
//! What comes from each other stands side by side, each change is marked on both sides and told below. A page of long
//! texts is written row by row.

mod changes;
mod figures;
mod heading;
mod map;
mod rows;
mod sides;
mod summary;

use std::io;

use unspin_compare::{Change, Kind, Relation};
use unspin_lint::Severity;

use super::frame::{self, Frame};
use super::markup::Markup;
use crate::wording::counted;
use crate::{Compared, ComparisonReport, Tool};
use rows::{ORIGINAL, REWORDED, Row};

pub(super) const FRAME: Frame = Frame {
    title: "A record of changes",
    about: "Two texts side by side: what the one kept of the other, every change with its place in both, and the \
            wording of the original.",
    closing: "A record of changes between two texts, and no word on who changed what, or why. That two texts are related \
              does not say which came first, nor whether both come from a third.",
    style: include_str!("comparison/comparison.css"),
    script: include_str!("comparison/comparison.js"),
};

/// The page of a comparison, with what it is made of beside the comparison itself.
#[derive(Debug)]
pub struct Exhibit<'a> {
    /// The comparison and its texts.
    pub report: &'a ComparisonReport<'a>,
    /// The program, with the model that was asked which words are put for which.
    pub tool: Tool,
    /// What the settings say of each kind, in the order of [`Kind::ALL`]; kinds that are [`Severity::Off`] are not shown.
    pub severities: [Severity; Kind::ALL.len()],
    /// These settings, as a `lint.toml` of what is not as usual.
    pub settings: &'a str,
    /// The command that makes the page again.
    pub command: &'a str,
    /// Whether the whole texts are shown, and not what a change touches alone.
    pub full: bool,
}

/// A change that is shown.
struct Shown<'a> {
    change: &'a Change,
    severity: Severity,
    /// From 1, by the order of the page.
    number: usize,
}

impl Shown<'_> {
    /// The element that tells of it.
    fn id(&self) -> String {
        format!("c{}", self.number)
    }
}

/// What is written.
struct Page<'a> {
    exhibit: &'a Exhibit<'a>,
    texts: [&'a Compared<'a>; 2],
    rows: Vec<Row>,
    /// The rows speak of these by their indices.
    shown: Vec<Shown<'a>>,
    /// Of each of them, the row in which it is first marked, on each side.
    first: [Vec<usize>; 2],
}

impl Exhibit<'_> {
    /// Writes the page.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let page = Page::new(self);
        let mut markup = Markup::default();
        frame::open(&mut markup, &FRAME, &self.tool);
        heading::write(&mut markup, &page);
        frame::open_texts(&mut markup);
        page.write_rows(&mut markup, out)?;
        markup.raw("</main>\n");
        summary::write(&mut markup, &page);
        frame::close(&mut markup, &FRAME);
        markup.drain_to(out)?;
        out.flush()
    }
}

impl<'a> Page<'a> {
    fn new(exhibit: &'a Exhibit<'a>) -> Self {
        let ComparisonReport { comparison, original, reworded } = exhibit.report;
        let severity = |kind: Kind| {
            let own = Kind::ALL.iter().zip(exhibit.severities).find(|(other, _)| **other == kind);
            own.map_or(Severity::Off, |(_, severity)| severity)
        };
        let mut shown: Vec<Shown<'a>> = comparison
            .changes
            .iter()
            .map(|change| Shown { change, severity: severity(change.kind), number: 0 })
            .filter(|shown| shown.severity != Severity::Off)
            .collect();
        let list: Vec<&Change> = shown.iter().map(|shown| shown.change).collect();
        let rows = rows::rows(comparison, [original.document, reworded.document], &list);
        for (nth, &at) in rows.iter().flat_map(|row| &row.changes).enumerate() {
            shown[at].number = nth + 1;
        }
        let first = [ORIGINAL, REWORDED].map(|side| sides::first(&rows, side, shown.len()));
        Self { exhibit, texts: [original, reworded], rows, shown, first }
    }

    fn relation(&self) -> Relation {
        self.exhibit.report.comparison.relation
    }

    fn write_rows(&self, markup: &mut Markup, out: &mut dyn io::Write) -> io::Result<()> {
        let is_full = self.exhibit.full;
        if !is_full && !self.rows.iter().any(Row::is_touched) {
            markup.raw("<p class=\"collation all\">").raw(match self.relation() {
                Relation::NotDerived => "Texts that are not related are not set side by side.",
                _ if self.exhibit.report.comparison.changes.is_empty() => "No word was changed.",
                _ => "Every change is of a kind that the settings turn off.",
            });
            markup.raw("</p>\n");
            return Ok(());
        }
        markup.raw("<section class=\"collation\" aria-labelledby=\"collation-name\">\n<h2 id=\"collation-name\">");
        markup.raw(if is_full {
            "The whole of both texts"
        } else {
            "What was changed, side by side"
        });
        markup.raw("</h2>\n");
        if !self.shown.is_empty() {
            heading::legend(markup);
        }
        markup.raw("<div class=\"columns\" aria-hidden=\"true\"><span>Original</span> <span>Reworded text</span></div>\n");
        markup
            .raw("<ol")
            .attribute("class", if is_full { "pairs whole-texts" } else { "pairs" })
            .raw(">\n");
        let mut skipped = (0, true);
        for (at, row) in self.rows.iter().enumerate() {
            if !is_full && !row.is_touched() {
                let is_kept = self.shown.len() == self.exhibit.report.comparison.changes.len();
                skipped = (skipped.0 + row.sentences, is_kept);
                continue;
            }
            gap(markup, std::mem::replace(&mut skipped, (0, true)));
            markup.raw("<li class=\"pair passage\">\n");
            sides::write(markup, self, at);
            changes::write(markup, self, &row.changes);
            markup.raw("</li>\n");
            markup.drain_to(out)?;
        }
        gap(markup, skipped);
        markup.raw("</ol>\n</section>\n");
        markup.drain_to(out)
    }
}

/// How many sentences are left out of the page here, and whether nothing at all was changed in them.
fn gap(markup: &mut Markup, (sentences, is_kept): (usize, bool)) {
    if sentences > 0 {
        markup.raw("<li class=\"gap\">").text(&counted(sentences, "sentence"));
        markup
            .raw(" without a change")
            .raw(if is_kept { "" } else { " that is shown" })
            .raw("</li>\n");
    }
}
