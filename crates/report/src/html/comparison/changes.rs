//! What is told of the changes of a row, under it.

use unspin_compare::Text;
use unspin_lint::{Diagnostic, Safety};
use unspin_text::{Document, Span};

use super::rows::{ORIGINAL, REWORDED};
use super::sides::role;
use super::{Page, Shown};
use crate::advice::{capitalised, ended};
use crate::clip::clipped_end;
use crate::html::markup::Markup;
use crate::wording::grouped;

/// Most characters of a text that are quoted of each side of a change.
const QUOTED: usize = 80;

/// Writes them, if there are any.
pub(super) fn write(out: &mut Markup, page: &Page<'_>, changes: &[usize]) {
    if changes.is_empty() {
        return;
    }
    out.raw("<ul class=\"changes\" aria-label=\"Changes\">\n");
    for &change in changes {
        write_one(out, page, &page.shown[change]);
    }
    out.raw("</ul>\n");
}

fn write_one(out: &mut Markup, page: &Page<'_>, shown: &Shown<'_>) {
    let [original, reworded] = page.texts;
    let text =
        |side: usize| Text { name: page.texts[side].path, document: page.texts[side].document };
    let change = shown.change;
    let own = if change.is_in_reworded() { reworded.document } else { original.document };
    let found = Diagnostic::new(own, &change.finding(text(ORIGINAL), text(REWORDED)));
    let (kind, severity, id) = (change.kind.as_str(), shown.severity.as_str(), shown.id());
    out.raw("<li").attribute("id", &id).attribute("class", &format!("finding {severity}"));
    out.raw(" tabindex=\"-1\"").attribute("data-severity", severity).attribute("data-rule", kind);
    out.raw(">\n<p class=\"what\"><span class=\"number\">").text(&grouped(shown.number));
    out.raw("</span> <span class=\"wording\" aria-hidden=\"true\">");
    let sides = [
        (ORIGINAL, original.document, change.original),
        (REWORDED, reworded.document, change.reworded),
    ];
    let is_moved = role(change.kind, REWORDED) == "moved";
    for (side, document, span) in sides {
        // The words are those of the other side, or nearly.
        if is_moved && side == ORIGINAL {
            continue;
        }
        if side == REWORDED && change.is_in_original() && !is_moved {
            out.raw(" \u{2192} ");
        }
        wording(out, (document, span), role(change.kind, side));
    }
    out.raw(if is_moved { " elsewhere" } else { "" });
    out.raw("</span> <span class=\"message\"").attribute("id", &format!("{id}-what")).raw(">");
    out.text(&ended(&capitalised(&found.message))).raw("</span></p>\n");
    out.raw("<p class=\"about\"><span class=\"rule\">").text(kind).raw("</span> ");
    out.raw("<span class=\"severity\">").text(severity).raw("</span>");
    let places = [
        ("original", change.is_in_original(), original.place(change.original)),
        ("reworded", change.is_in_reworded(), reworded.place(change.reworded)),
    ];
    for (name, _, [start, _]) in places.iter().filter(|(_, is_there, _)| *is_there) {
        let (line, column) = (grouped(start.line as usize), grouped(start.column as usize));
        out.raw(" <span>").raw(name).text(&format!("\u{a0}{line}:{column}")).raw("</span>");
    }
    out.raw("</p>\n");
    if !found.fixes.is_empty() {
        out.raw("<ul class=\"fixes\" aria-label=\"Suggested fixes\">");
        for fix in &found.fixes {
            out.raw("<li><span class=\"trust\">").raw(match fix.safety {
                Safety::Safe => "Safe to make unseen: ",
                Safety::Unsafe => "Wants a look: ",
                Safety::Quoted => "In somebody's words: ",
                Safety::Display => "By hand: ",
            });
            out.raw("</span><span class=\"fix\">").text(&fix.title).raw("</span></li>");
        }
        out.raw("</ul>\n");
    }
    out.raw("</li>\n");
}

/// Words on one line, as what became of them; nothing where the text has none.
fn wording(out: &mut Markup, (document, span): (&Document<'_>, Span), role: &'static str) {
    let words = document.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        // A place; what it means stands beside the words of the other text.
        out.raw(if role == "come" { "left out" } else { "added: " });
        return;
    }
    let (open, close) = match role {
        "gone" => ("<del>", "</del>"),
        "come" => ("<ins>", "</ins>"),
        _ => ("<span class=\"shift\">", "</span>"),
    };
    out.raw(open).text(&clipped_end(&words, QUOTED)).raw(close);
}
