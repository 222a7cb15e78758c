//! The figures of a comparison for people: a table in plain text.

use std::fmt::Write as _;

use unspin_compare::{Kind, Relation, Tally};

use super::ComparisonReport;
use crate::printable;
use crate::wording::grouped;

impl ComparisonReport<'_> {
    /// What the two texts have to do with each other, and the figures, one a line.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let (comparison, figures) = (self.comparison, &self.comparison.figures);
        let (original, reworded) = (printable(self.original.path), printable(self.reworded.path));
        let _ = writeln!(out, "{reworded} and {original}: {}\n", self.sentence());
        let mut row = |what: &str, figure: String| {
            let _ = writeln!(out, "  {what:<48} {figure:>8}");
        };
        row("words of the original", grouped(figures.original_words));
        row("words of the reworded text", grouped(figures.reworded_words));
        row("of the original's words kept", percent(figures.kept));
        if comparison.relation == Relation::Derived {
            let per = format!("{:.0}", figures.substitutions_per_1000);
            row("replaced wordings in 1,000 words", per);
            let tallies = [
                ("quotations", figures.quotations),
                ("numbers", figures.numbers),
                ("names", figures.names),
            ];
            for (what, Tally { all, changed, dropped }) in tallies {
                row(&format!("{what} of the original, changed"), format!("{changed} of {all}"));
                row(&format!("{what} of the original, left out"), format!("{dropped} of {all}"));
            }
            for kind in Kind::ALL.into_iter().filter(|kind| figures.count(*kind) > 0) {
                row(kind.as_str(), grouped(figures.count(kind)));
            }
        }
        for (at, share) in figures.containment.iter().enumerate() {
            let n = at + 1;
            row(&format!("containment of {n}-grams (Broder 1997)"), format!("{share:.3}"));
        }
        if let Some(share) = figures.common_subsequence {
            let what = "longest common subsequence, of its words";
            row(what, format!("{share:.3}"));
        }
        if let Some(share) = figures.immutables_kept {
            row("names, numbers and quotations kept", percent(share));
        }
        out
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
