//! The findings of a text, under the sentences that they stand in.

use unspin_lint::{Diagnostic, LogOdds, Safety, SourceFix};

use super::Text;
use crate::advice::{capitalised, ended};
use crate::html::marked::{self, Extent, Mark};
use crate::html::markup::Markup;
use crate::wording::{counted, grouped, shown};

/// Writes them; `is_whole` where the text stands above with its marks in place.
pub(super) fn write(out: &mut Markup, text: &Text<'_, '_>, is_whole: bool) {
    let all = text.file.diagnostics();
    if all.is_empty() {
        return;
    }
    out.raw("<h3>").text(&counted(all.len(), "finding")).raw("</h3>\n<ol class=\"passages\">\n");
    let mut rest = all.iter().zip(&text.marks).peekable();
    while let Some(first) = rest.next() {
        let mut group = vec![first];
        while let Some(next) = rest.next_if(|(found, _)| found.sentence == first.0.sentence) {
            group.push(next);
        }
        passage(out, text, &group, is_whole);
    }
    out.raw("</ol>\n");
}

/// A sentence and what is found in it.
fn passage(out: &mut Markup, text: &Text<'_, '_>, group: &[(&Diagnostic, &Mark)], is_whole: bool) {
    let mut range = group[0].0.sentence.range();
    for (found, _) in group {
        range.start = range.start.min(found.span.start as usize);
        range.end = range.end.max(found.span.end as usize);
    }
    out.raw("<li class=\"passage\">\n");
    if !range.is_empty() {
        let marks: Vec<Mark> =
            group.iter().map(|(_, mark)| Mark { target: mark.target.clone(), ..**mark }).collect();
        out.raw("<blockquote>");
        marked::write(out, (text.file.source(), range), &marks, Extent::Cut);
        out.raw("</blockquote>\n");
    }
    out.raw("<ul class=\"findings\">\n");
    for (found, mark) in group {
        finding(out, text, found, mark, is_whole);
    }
    out.raw("</ul>\n</li>\n");
}

fn finding(out: &mut Markup, text: &Text<'_, '_>, found: &Diagnostic, mark: &Mark, is_whole: bool) {
    let severity = found.severity.as_str();
    out.raw("<li").attribute("id", &mark.target);
    out.attribute("class", &format!("finding {severity}")).raw(" tabindex=\"-1\"");
    out.attribute("data-severity", severity).attribute("data-rule", &found.rule).raw(">\n");
    out.raw("<p class=\"what\"><span class=\"severity\">").text(severity).raw("</span> ");
    out.raw("<span class=\"message\">").text(&ended(&capitalised(&found.message)));
    out.raw("</span></p>\n");
    if !found.fixes.is_empty() {
        remedies(out, &found.fixes);
    }
    if !found.notes.is_empty() {
        out.raw("<ul class=\"reasons\" aria-label=\"Reasons\">");
        for note in &found.notes {
            out.raw("<li>").text(&ended(&capitalised(note))).raw("</li>");
        }
        out.raw("</ul>\n");
    }
    let at = text.file.position(found.span.start);
    out.raw("<p class=\"about\"><span class=\"rule\">").text(&found.rule).raw("</span> <span>");
    // What no rule weighed (encoding, settings) is a fact.
    if found.evidence != LogOdds::EVEN {
        out.text(&format!("confidence {:.2}", shown(found.posterior))).raw("</span> <span>");
    }
    out.text(&format!(
        "line {}, column {}",
        grouped(at.line as usize),
        grouped(at.column as usize)
    ));
    if let Some(locator) = &found.locator {
        out.raw(" (").text(locator).raw(")");
    }
    out.raw("</span>");
    if is_whole {
        out.raw(" <a").attribute("href", &format!("#{}-text", mark.target)).raw(">in the text</a>");
    }
    out.raw("</p>\n</li>\n");
}

/// The fixes, best first, those together that may be trusted alike.
fn remedies(out: &mut Markup, fixes: &[SourceFix]) {
    out.raw("<ul class=\"fixes\" aria-label=\"Suggested fixes\">");
    for alike in fixes.chunk_by(|one, other| one.safety == other.safety) {
        out.raw("<li><span class=\"trust\">").raw(match alike[0].safety {
            Safety::Safe => "Safe to make unseen: ",
            Safety::Unsafe => "Wants a look: ",
            Safety::Quoted => "In somebody's words: ",
            Safety::Display => "By hand: ",
        });
        out.raw("</span>");
        for (nth, fix) in alike.iter().enumerate() {
            out.raw(if nth > 0 { ", or " } else { "" });
            out.raw("<span class=\"fix\">").text(&fix.title).raw("</span>");
        }
        out.raw("</li>");
    }
    out.raw("</ul>\n");
}
