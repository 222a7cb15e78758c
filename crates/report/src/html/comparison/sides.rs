//! The two texts of a row, with the changes marked in both.

use std::collections::HashSet;

use unspin_compare::Kind;
use unspin_text::{Document, Span};

use super::rows::{ORIGINAL, Placed, REWORDED, Row, Segment};
use super::{Page, Shown};
use crate::html::marked::pieces;
use crate::html::markup::Markup;
use crate::wording::grouped;

/// What a side is called, its class, and the end of the ids of its marks.
const NAMES: [(&str, &str, char); 2] =
    [("Original", "original", 'o'), ("Reworded", "reworded", 'r')];
/// What stands where a side has nothing.
const NOTHING: [&str; 2] = ["Not in the original.", "Not in the reworded text."];

/// The id of the mark of a change on a side.
fn id(shown: &Shown<'_>, side: usize) -> String {
    format!("{}-{}", shown.id(), NAMES[side].2)
}

/// Writes both.
pub(super) fn write(out: &mut Markup, page: &Page<'_>, at: usize) {
    for side in [ORIGINAL, REWORDED] {
        write_side(out, page, at, side);
    }
}

fn write_side(out: &mut Markup, page: &Page<'_>, at: usize, side: usize) {
    let (row, text) = (&page.rows[at], page.texts[side]);
    let (name, class, _) = NAMES[side];
    out.raw("<div").attribute("class", &format!("side {class}"));
    out.raw(">\n<p class=\"place\"><span class=\"who\">").raw(name).raw("</span>");
    if let Some(first) = row.sides[side].first() {
        let [start, _] = text.place(first.span);
        out.raw(" <span class=\"line\">line\u{a0}")
            .text(&grouped(start.line as usize))
            .raw("</span>");
    }
    out.raw("</p>\n");
    let mut cell = Cell { page, side, at, begun: HashSet::new(), linked: HashSet::new() };
    for segment in &row.sides[side] {
        out.raw("<p class=\"words\">");
        cell.segment(out, text.document, segment);
        out.raw("</p>\n");
    }
    if row.sides[side].is_empty() {
        out.raw("<p class=\"words nothing\">").raw(NOTHING[side]);
        for &change in &row.absent[side] {
            out.raw(" ");
            cell.piece(out, "", &[change]);
        }
        out.raw("</p>\n");
    }
    out.raw("</div>\n");
}

/// What of a side of a row was written.
struct Cell<'p> {
    page: &'p Page<'p>,
    side: usize,
    at: usize,
    /// Changes of which something is marked.
    begun: HashSet<usize>,
    /// Changes with a link.
    linked: HashSet<usize>,
}

impl Cell<'_> {
    fn segment(&mut self, out: &mut Markup, document: &Document<'_>, segment: &Segment) {
        let Segment { span, marks } = segment;
        let spans: Vec<Span> = marks.iter().map(|mark| mark.span).collect();
        for piece in pieces(span.range(), &spans) {
            let words = document.text().get(piece.range.clone()).unwrap_or_default();
            if piece.marks.is_empty() {
                out.lines(words);
                continue;
            }
            let changes: Vec<usize> = piece.marks.iter().map(|&nth| marks[nth].change).collect();
            self.piece(out, words, &changes);
        }
    }

    /// A stretch with the changes that are on it.
    ///
    /// It is a link to the other side: there the browser goes without the script, too.
    fn piece(&mut self, out: &mut Markup, words: &str, changes: &[usize]) {
        let shown = |at: &usize| &self.page.shown[*at];
        // The gravest leads, of those the shortest.
        let size = |at: &usize| {
            let change = shown(at).change;
            change.original.len() + change.reworded.len()
        };
        let lead = changes.iter().max_by_key(|at| (shown(at).severity, u32::MAX - size(at)));
        let Some(lead) = lead.map(|lead| &self.page.shown[*lead]) else { return };
        let names: Vec<String> = changes.iter().map(|at| shown(at).id()).collect();
        let role = role(lead.change.kind, self.side);
        out.raw("<mark").attribute("class", &format!("{} {role}", lead.severity.as_str()));
        let mut ids: Vec<String> = Vec::new();
        for &change in changes {
            let is_first = self.page.first[self.side][change] == self.at;
            if self.begun.insert(change) && is_first {
                ids.push(id(&self.page.shown[change], self.side));
            }
        }
        let mut ids = ids.into_iter();
        if let Some(id) = ids.next() {
            out.attribute("id", &id);
        }
        out.attribute("data-for", &names.join(" ")).raw(">");
        for id in ids {
            out.raw("<span").attribute("id", &id).raw("></span>");
        }
        let is_blank = !words.is_empty() && words.chars().all(char::is_whitespace);
        let is_link = !is_blank && self.linked.insert(lead.number);
        if is_link {
            out.raw("<a").attribute("href", &format!("#{}", id(lead, 1 - self.side)));
            out.attribute("aria-describedby", &format!("{}-what", lead.id()));
            out.attribute("data-n", &lead.number.to_string()).raw(">");
        }
        let element = match (words, role) {
            ("", _) => None,
            (_, "gone") => Some(("<del>", "</del>")),
            (_, "come") => Some(("<ins>", "</ins>")),
            _ => Some(("<span class=\"shift\">", "</span>")),
        };
        match element {
            Some((open, close)) => out.raw(open).lines(words).raw(close),
            None => out
                .raw("<span class=\"point\"><span aria-hidden=\"true\">^</span><span class=\"unseen\">")
                .raw("nothing here</span></span>"),
        };
        out.raw(if is_link { "</a></mark>" } else { "</mark>" });
    }
}

/// What became of words on a side: they are `gone`, they have `come`, or they are `moved`.
pub(super) fn role(kind: Kind, side: usize) -> &'static str {
    match (kind, side) {
        (Kind::Reordering, _) => "moved",
        (_, ORIGINAL) => "gone",
        _ => "come",
    }
}

/// The row in which each change is first marked on a side.
pub(super) fn first(rows: &[Row], side: usize, changes: usize) -> Vec<usize> {
    let mut first = vec![usize::MAX; changes];
    for (at, row) in rows.iter().enumerate() {
        let placed = row.sides[side].iter().flat_map(|segment| &segment.marks);
        let placed = placed.map(|Placed { change, .. }| change);
        for &change in placed.chain(&row.absent[side]) {
            first[change] = first[change].min(at);
        }
    }
    first
}
