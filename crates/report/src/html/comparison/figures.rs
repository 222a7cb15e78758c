//! The figures of a comparison, as tables with small charts.

use unspin_compare::{Relation, Tally};

use super::Page;
use super::heading::{large, of};
use crate::html::chart::{bar, parts};
use crate::html::markup::Markup;
use crate::wording::grouped;

/// Of what charts of shares are drawn.
const WHOLE: usize = 1000;

/// Writes them.
pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    let figures = &page.exhibit.report.comparison.figures;
    let is_derived = page.relation() == Relation::Derived;
    if is_derived {
        out.raw("<dl class=\"large\">\n");
        large(
            out,
            &percent(figures.kept),
            "of the original\u{2019}s words kept, in place or moved",
        );
        let per = format!("{:.0}", figures.substitutions_per_1000);
        large(out, &per, "replaced wordings in 1,000 words");
        let Tally { all, changed, dropped } = figures.quotations;
        large(out, &of(changed + dropped, all), "quotations changed or left out");
        let Tally { all, changed, dropped } = figures.numbers;
        large(out, &of(changed + dropped, all), "numbers changed or left out");
        out.raw("</dl>\n");
    }
    out.raw("<div class=\"tables\">\n");
    if is_derived {
        tallies(
            out,
            [
                ("Quotations", figures.quotations),
                ("Numbers", figures.numbers),
                ("Names", figures.names),
            ],
        );
    }
    measures(out, page);
    out.raw("</div>\n");
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn tallies(out: &mut Markup, rows: [(&'static str, Tally); 3]) {
    out.raw(
        "<table class=\"tallies\">\n<caption>What became of the original</caption>\n<thead><tr>",
    );
    out.raw("<td></td><th scope=\"col\">all</th><th scope=\"col\">changed</th><th scope=\"col\">left out</th></tr></thead>\n");
    out.raw("<tbody>\n");
    for (name, Tally { all, changed, dropped }) in rows {
        out.raw("<tr><th scope=\"row\">").raw(name);
        parts(out, all, &[(changed, "changed"), (dropped, "dropped")]);
        out.raw("</th>");
        for figure in [all, changed, dropped] {
            out.raw("<td class=\"count\">").text(&grouped(figure)).raw("</td>");
        }
        out.raw("</tr>\n");
    }
    out.raw("</tbody>\n</table>\n");
}

/// Measures that others have published, by name.
fn measures(out: &mut Markup, page: &Page<'_>) {
    let figures = &page.exhibit.report.comparison.figures;
    out.raw("<table class=\"measures\">\n<caption>Published measures</caption>\n<thead><tr><th scope=\"col\">Measure</th>");
    out.raw("<th scope=\"col\">Share</th></tr></thead>\n<tbody>\n");
    let mut row = |name: &str, about: &'static str, share: f64| {
        out.raw("<tr><th scope=\"row\">").text(name);
        if !about.is_empty() {
            out.raw(" <span class=\"source\">").raw(about).raw("</span>");
        }
        bar(out, (share * WHOLE as f64).round() as usize, WHOLE);
        out.raw("</th><td class=\"count\">").text(&format!("{share:.3}")).raw("</td></tr>\n");
    };
    for (at, share) in figures.containment.iter().enumerate() {
        let about = if at == 0 { "Broder 1997; Clough and Stevenson 2011" } else { "" };
        row(&format!("Containment of {}-grams", at + 1), about, *share);
    }
    if let Some(share) = figures.common_subsequence {
        row("Longest common subsequence, of its words", "Clough and Stevenson 2011", share);
    }
    if let Some(share) = figures.immutables_kept {
        row("Names, numbers and quotations kept", "immutables", share);
    }
    out.raw("</tbody>\n</table>\n");
}
