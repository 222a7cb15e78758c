//! What stands over the texts: how they are related, what they are, and what the record was made of.

use unspin_compare::Relation;

use super::rows::{ORIGINAL, REWORDED};
use super::{Page, figures, map};
use crate::advice::capitalised;
use crate::html::markup::Markup;
use crate::html::settings;
use crate::wording::{counted, grouped};

/// Writes it.
pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    let report = page.exhibit.report;
    let relation = report.comparison.relation.as_str();
    out.raw("<section class=\"overview\" aria-labelledby=\"relation\">\n<h2 id=\"relation\"");
    out.attribute("class", &format!("relation {relation}")).raw(">");
    out.text(&capitalised(report.sentence())).raw(".</h2>\n<p class=\"figures\">");
    out.text(&told(page)).raw("</p>\n");
    texts(out, page);
    figures::write(out, page);
    if page.relation() == Relation::Derived {
        map::write(out, page);
    }
    made_of(out, page);
    out.raw("</section>\n");
}

/// The relation in figures.
fn told(page: &Page<'_>) -> String {
    let comparison = page.exhibit.report.comparison;
    match comparison.relation {
        Relation::Same => match comparison.figures.reworded_words {
            0 => "Neither has a word.".into(),
            words => format!("All {} were kept, and nothing was changed.", counted(words, "word")),
        },
        Relation::Derived => format!(
            "Of the reworded text's telling words (names, numbers, nouns, verbs and the like) {:.0} % stand in sentences that come \
             from the original and are kept there.",
            100.0 * comparison.common
        ),
        Relation::NotDerived => format!(
            "Of the second text's telling words (names, numbers, nouns, verbs and the like) {:.0} % would be kept of the first, where \
             texts that are related have 25 % and more. So no changes are told.",
            100.0 * comparison.common
        ),
    }
}

fn texts(out: &mut Markup, page: &Page<'_>) {
    let figures = &page.exhibit.report.comparison.figures;
    let words = [figures.original_words, figures.reworded_words];
    out.raw("<div class=\"compared\">\n");
    for (side, role) in [(ORIGINAL, "Original"), (REWORDED, "Reworded text")] {
        let text = page.texts[side];
        out.raw("<article class=\"file\">\n<h3><span class=\"role\">").raw(role);
        out.raw("</span> <span class=\"path\">").text(text.path).raw("</span>");
        if let Some(entry) = text.entry {
            out.raw(" <span class=\"entry\">").text(entry).raw("</span>");
        }
        out.raw("</h3>\n<dl class=\"record\">\n<div><dt>Length</dt><dd>");
        out.text(&counted(words[side], "word"));
        out.raw("</dd></div>\n<div><dt>SHA-256 of the file</dt><dd><code>").text(&text.sha256());
        out.raw("</code></dd></div>\n");
        for fault in text.document.faults() {
            out.raw("<div><dt>Reading it</dt><dd>").text(&capitalised(&fault.message()));
            out.raw(".</dd></div>\n");
        }
        out.raw("</dl>\n</article>\n");
    }
    out.raw("</div>\n");
}

/// What whoever makes it again needs.
fn made_of(out: &mut Markup, page: &Page<'_>) {
    out.raw("<dl class=\"record made-of\">\n");
    settings::write(out, page.exhibit.settings);
    out.raw("<div><dt>To make it again</dt><dd><code>").text(page.exhibit.command);
    out.raw("</code></dd></div>\n</dl>\n");
}

/// How changes look, over the rows.
pub(super) fn legend(out: &mut Markup) {
    out.raw("<p class=\"legend\"><mark class=\"warning gone\"><del>Struck out</del></mark> what the reworded text does not \
             have, <mark class=\"warning come\"><ins>underlined</ins></mark> what it has instead, <mark class=\"info moved\">\
             <span class=\"shift\">dotted</span></mark> what stands elsewhere, <b>^</b> a place where nothing stands. What changes a statement is framed, \
             and a number leads from each mark to its other side and to what is told below.</p>\n");
}

/// A number as it is shown large.
pub(super) fn large(out: &mut Markup, number: &str, told: &str) {
    out.raw("<div><dt>").text(told).raw("</dt><dd>").text(number).raw("</dd></div>\n");
}

/// `3 of 4`.
pub(super) fn of(part: usize, all: usize) -> String {
    format!("{} of {}", grouped(part), grouped(all))
}
