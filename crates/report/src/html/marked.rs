//! A text with marks in place.

use std::ops::Range;

use unspin_lint::Severity;
use unspin_text::Span;

use super::markup::Markup;
use crate::clip::{clipped_end, clipped_start};

/// Characters shown of a long stretch without a mark, on the side of one; and of a long mark, at each of its ends.
const SIDE: usize = 300;

/// What is marked, and what tells more of it.
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) severity: Severity,
    /// The element that tells more of it.
    pub(super) target: String,
}

/// A stretch of a text under the same marks, by their numbers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) marks: Vec<usize>,
}

/// How much of a text is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it; each mark can be pointed at, by its target and `-text`.
    Whole,
    /// What is far from any mark is left out, and so is the middle of a long one.
    Cut,
}

/// Writes a part of a text with the marks in it, which are sorted by their places.
///
/// Marks may overlap, and markup cannot: each stretch of the text is one element that names all marks on it. The first
/// of each mark is a link to what tells more.
pub(super) fn write(
    out: &mut Markup,
    (text, range): (&str, Range<usize>),
    marks: &[Mark],
    extent: Extent,
) {
    let spans: Vec<Span> = marks.iter().map(|mark| mark.span).collect();
    let pieces = pieces(range.clone(), &spans);
    let mut begun = vec![false; marks.len()];
    for piece in &pieces {
        let words = text.get(piece.range.clone()).unwrap_or_default();
        if piece.marks.is_empty() {
            let is_first = piece.range.start == range.start;
            let is_last = piece.range.end == range.end;
            match extent {
                Extent::Whole => out.lines(words),
                Extent::Cut => out.lines(&cut(words, !is_first, !is_last)),
            };
            continue;
        }
        let of = piece.marks.iter().map(|&at| &marks[at]);
        // The gravest leads, the first of those.
        let lead = of.clone().rev().max_by_key(|mark| mark.severity);
        let Some(lead) = lead else { continue };
        let targets: Vec<&str> = of.map(|mark| mark.target.as_str()).collect();
        out.raw("<mark").attribute("class", lead.severity.as_str());
        let first = piece.marks.iter().copied().find(|&at| !begun[at]);
        if let Some(first) = first.filter(|_| extent == Extent::Whole) {
            out.attribute("id", &format!("{}-text", marks[first].target));
        }
        piece.marks.iter().for_each(|&at| begun[at] = true);
        out.attribute("data-for", &targets.join(" ")).raw(">");
        // Who goes from link to link meets each mark once.
        let is_blank = !words.is_empty() && words.chars().all(char::is_whitespace);
        let is_link = first.is_some() && !is_blank;
        if is_link {
            out.raw("<a").attribute("href", &format!("#{}", lead.target)).raw(">");
        }
        match (words, extent) {
            ("", _) => out.raw("<span class=\"point\">(here)</span>"),
            (words, Extent::Whole) => out.lines(words),
            (words, Extent::Cut) => out.lines(&cut(words, true, true)),
        };
        out.raw(if is_link { "</a></mark>" } else { "</mark>" });
    }
}

/// The stretches that a part of a text falls into under marks at these places, which are sorted, in order; an empty mark
/// has an empty one.
pub(super) fn pieces(range: Range<usize>, marks: &[Span]) -> Vec<Piece> {
    let clamped = |span: Span| {
        let start = (span.start as usize).clamp(range.start, range.end);
        start..(span.end as usize).clamp(start, range.end)
    };
    let spans: Vec<Range<usize>> = marks.iter().map(|mark| clamped(*mark)).collect();
    let mut points: Vec<usize> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    points.extend([range.start, range.end]);
    points.sort_unstable();
    points.dedup();

    let (mut pieces, mut active, mut next) = (Vec::new(), Vec::<usize>::new(), 0);
    for (nth, &point) in points.iter().enumerate() {
        active.retain(|&at| spans[at].end > point);
        while next < spans.len() && spans[next].start == point {
            if spans[next].is_empty() {
                pieces.push(Piece { range: point..point, marks: vec![next] });
            } else {
                active.push(next);
            }
            next += 1;
        }
        if let Some(&end) = points.get(nth + 1) {
            pieces.push(Piece { range: point..end, marks: active.clone() });
        }
    }
    pieces
}

/// `words` without what is far from a mark: from one before them, and from one after them.
fn cut(words: &str, after_mark: bool, before_mark: bool) -> String {
    let sides = usize::from(after_mark) + usize::from(before_mark);
    if words.chars().nth(SIDE * sides.max(1) + 1).is_none() {
        return words.to_owned();
    }
    match (after_mark, before_mark) {
        (false, true) => clipped_start(words, SIDE).into_owned(),
        (true, true) => {
            let end = clipped_start(words, SIDE);
            let end = end.trim_start_matches(['\u{2026}', ' ']);
            format!("{} {end}", clipped_end(words, SIDE))
        }
        (_, false) => clipped_end(words, SIDE).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: u32, end: u32, target: &str) -> Mark {
        let severity = Severity::Warning;
        Mark { span: Span::new(start, end), severity, target: target.into() }
    }

    fn written(text: &str, marks: &[Mark], extent: Extent) -> String {
        let mut out = Markup::default();
        write(&mut out, (text, 0..text.len()), marks, extent);
        String::from_utf8(out.into_bytes()).unwrap()
    }

    #[test]
    fn marks_that_overlap_share_the_stretch_that_both_are_on() {
        let found = pieces(1..9, &[Span::new(2, 6), Span::new(4, 8), Span::new(8, 8)]);
        let found: Vec<_> = found.into_iter().map(|p| (p.range, p.marks)).collect();
        assert_eq!(
            found,
            [
                (1..2, vec![]),
                (2..4, vec![0]),
                (4..6, vec![0, 1]),
                (6..8, vec![1]),
                (8..8, vec![2]),
                (8..9, vec![])
            ]
        );
    }

    #[test]
    fn a_text_is_whole_whatever_is_marked() {
        let text = "The boats wait withinside the harbour.";
        let marks = [mark(0, 3, "a"), mark(2, 30, "b"), mark(15, 25, "c"), mark(38, 38, "d")];
        let out = written(text, &marks, Extent::Whole);
        let mut words = String::new();
        let mut rest = out.as_str();
        while let Some((before, after)) = rest.split_once('<') {
            words.push_str(before);
            rest = after.split_once('>').unwrap().1;
        }
        assert_eq!(words + rest, format!("{text}(here)"));
        assert_eq!(out.matches("data-for=\"b c\"").count(), 1, "{out}");
        for id in ["a-text", "b-text", "c-text", "d-text"] {
            assert_eq!(out.matches(&format!("id=\"{id}\"")).count(), 1, "{out}");
        }
    }

    #[test]
    fn the_gravest_of_several_marks_leads() {
        let grave = Mark { severity: Severity::Error, ..mark(4, 9, "b") };
        let out = written("The boats", &[mark(4, 9, "a"), grave], Extent::Cut);
        assert_eq!(
            out,
            "The <mark class=\"error\" data-for=\"a b\"><a href=\"#b\">boats</a></mark>"
        );
    }

    #[test]
    fn what_is_far_from_a_mark_is_left_out_of_a_quotation_alone() {
        let text =
            format!("{}odd {}odd {}", "a b ".repeat(400), "c d ".repeat(400), "e f ".repeat(400));
        let marks = [mark(1600, 1603, "a"), mark(3204, 3207, "b")];
        let out = written(&text, &marks, Extent::Cut);
        assert!(out.len() < 1600, "{}", out.len());
        assert!(out.starts_with("\u{2026} ") && out.ends_with(" \u{2026}"), "{out}");
        assert_eq!(out.matches('\u{2026}').count(), 3, "{out}");
        assert!(written(&text, &marks, Extent::Whole).len() > text.len());
        let long = [mark(0, 4000, "a")];
        let out = written(&text, &long, Extent::Cut);
        assert!(out.len() < 1200 && out.matches('\u{2026}').count() == 2, "{out}");
    }
}
