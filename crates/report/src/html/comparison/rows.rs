//! What stands beside what: stretches of the reworded text, the sentences of the original that they come from, and in
//! which of these places each change is marked.

use std::ops::Range;

use unspin_compare::{Change, Comparison, Relation};
use unspin_text::{Document, Span};

/// The texts of a row, in this order.
pub(super) const ORIGINAL: usize = 0;
pub(super) const REWORDED: usize = 1;

/// A change at a place of a text; an empty span is where its words would stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) span: Span,
    /// An index into the changes that are shown.
    pub(super) change: usize,
}

/// What stands in a text in one piece, white space aside: a sentence, or some of one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) span: Span,
    /// By place.
    pub(super) marks: Vec<Placed>,
}

/// A row of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Of the original and of the reworded text; none where that has nothing.
    pub(super) sides: [Vec<Segment>; 2],
    /// Changes whose place would be on a side that has nothing.
    pub(super) absent: [Vec<usize>; 2],
    /// The changes that are told under it, in their order.
    pub(super) changes: Vec<usize>,
    /// Its sentences, on the side that has more of them.
    pub(super) sentences: usize,
}

impl Row {
    /// Whether some change is marked in it.
    pub(super) fn is_touched(&self) -> bool {
        let mut segments = self.sides.iter().flatten();
        !self.changes.is_empty()
            || segments.any(|segment| !segment.marks.is_empty())
            || self.absent.iter().any(|absent| !absent.is_empty())
    }
}

/// The rows of a comparison in the order of the reworded text, each stretch of the original that it leaves out after what
/// stands before it there. Texts that are not related are one row.
pub(super) fn rows(
    comparison: &Comparison,
    documents: [&Document<'_>; 2],
    changes: &[&Change],
) -> Vec<Row> {
    let mut table = Table::new(comparison, documents);
    for (at, change) in changes.iter().enumerate() {
        table.place(at, change);
    }
    for row in &mut table.rows {
        for segment in row.sides.iter_mut().flatten() {
            segment.marks.sort_by_key(|mark| (mark.span.start, mark.change));
        }
    }
    table.rows
}

struct Table<'t> {
    original: &'t Document<'t>,
    rows: Vec<Row>,
    /// Of each link, its stretch of the reworded text and its row.
    links: Vec<(Span, usize)>,
    /// Of each sentence of the original, the rows that show it.
    showing: Vec<Vec<usize>>,
}

impl<'t> Table<'t> {
    fn new(comparison: &Comparison, [original, reworded]: [&'t Document<'t>; 2]) -> Self {
        let sentences = original.sentences().len();
        let mut table = Self {
            original,
            rows: Vec::new(),
            links: Vec::new(),
            showing: vec![Vec::new(); sentences],
        };
        if comparison.relation == Relation::NotDerived {
            table.rows.push(Row {
                sides: [0, 1].map(|side| {
                    let document = [original, reworded][side];
                    segments(document, (0..document.sentences().len()).collect::<Vec<_>>())
                }),
                ..Row::default()
            });
            return table;
        }
        let index =
            |span: &Span| original.sentences().partition_point(|s| s.span.start < span.start);
        let linked: Vec<Vec<usize>> =
            comparison.links.iter().map(|link| link.original.iter().map(index).collect()).collect();
        let mut last_row = vec![None; sentences];
        for (at, list) in linked.iter().enumerate() {
            for &sentence in list {
                last_row[sentence] = Some(at);
            }
        }
        let mut dropped = dropped(&last_row).into_iter().peekable();
        let mut leave_out = |table: &mut Self, after: Option<usize>| {
            while let Some((_, range)) = dropped.next_if(|(place, _)| *place == after) {
                table.push(range.collect(), None);
            }
        };
        leave_out(&mut table, None);
        for (at, (link, list)) in comparison.links.iter().zip(linked).enumerate() {
            table.links.push((link.reworded, table.rows.len()));
            table.push(list, Some((reworded, link.reworded)));
            leave_out(&mut table, Some(at));
        }
        table
    }

    fn push(&mut self, list: Vec<usize>, reworded: Option<(&Document<'_>, Span)>) {
        let at = self.rows.len();
        for &sentence in &list {
            self.showing[sentence].push(at);
        }
        let within = |(document, span): (&Document<'_>, Span)| {
            let all = document.sentences();
            let first = all.partition_point(|s| s.span.end <= span.start);
            (first..all.partition_point(|s| s.span.start < span.end)).collect::<Vec<_>>()
        };
        let own = reworded.map(within).unwrap_or_default();
        self.rows.push(Row {
            sentences: list.len().max(own.len()),
            sides: [
                segments(self.original, list),
                reworded.map_or_else(Vec::new, |(document, _)| segments(document, own)),
            ],
            ..Row::default()
        });
    }

    /// Marks a change on both sides.
    fn place(&mut self, at: usize, change: &Change) {
        let sentences = self.sentences(change.original);
        let home = self.home(change, sentences.start);
        let Some(row) = self.rows.get_mut(home) else { return };
        row.changes.push(at);
        if change.is_in_original() {
            for sentence in sentences {
                let rows = &self.showing[sentence];
                let row = if rows.contains(&home) { home } else { rows[0] };
                let span = self.original.sentences()[sentence].span;
                mark(&mut self.rows[row].sides[ORIGINAL], span, change.original, at);
            }
        } else {
            mark_place(row, ORIGINAL, change.original.start, at);
        }
        if change.is_in_reworded() {
            let first = self.links.partition_point(|(span, _)| span.end <= change.reworded.start);
            for &(span, row) in &self.links[first..] {
                if span.start >= change.reworded.end {
                    break;
                }
                mark(&mut self.rows[row].sides[REWORDED], span, change.reworded, at);
            }
        } else {
            mark_place(&mut self.rows[home], REWORDED, change.reworded.start, at);
        }
    }

    /// The row that a change is told under: that of its words in the reworded text; of what was left out that of its
    /// sentence, and of several the one where it would stand.
    fn home(&self, change: &Change, sentence: usize) -> usize {
        let at = change.reworded.start;
        if change.is_in_reworded() {
            let link = self.links.partition_point(|(span, _)| span.end <= at);
            return self.links.get(link).map_or(0, |(_, row)| *row);
        }
        let rows = self.showing.get(sentence).map_or(&[][..], Vec::as_slice);
        let has_place = |row: &&usize| {
            let mut segments = self.rows[**row].sides[REWORDED].iter();
            segments.any(|segment| segment.span.start <= at && at <= segment.span.end)
        };
        rows.iter().find(has_place).or(rows.first()).copied().unwrap_or(0)
    }

    /// The sentences of the original that a span has words of.
    fn sentences(&self, span: Span) -> Range<usize> {
        let all = self.original.sentences();
        let start = all.partition_point(|sentence| sentence.span.end <= span.start);
        start..all.partition_point(|sentence| sentence.span.start < span.end).max(start)
    }
}

/// Sentences that no link has, each run with the link after which it stands; `linked` is the last link of each sentence.
fn dropped(linked: &[Option<usize>]) -> Vec<(Option<usize>, Range<usize>)> {
    let mut runs: Vec<(Option<usize>, Range<usize>)> = Vec::new();
    let mut after = None;
    for (sentence, link) in linked.iter().enumerate() {
        match (link, runs.last_mut()) {
            (Some(link), _) => after = Some(*link),
            (None, Some((_, run))) if run.end == sentence => run.end += 1,
            (None, _) => runs.push((after, sentence..sentence + 1)),
        }
    }
    runs.sort_by_key(|(after, run)| (*after, run.start));
    runs
}

/// Sentences, by their numbers, with those in one piece that follow on each other in a paragraph.
fn segments(document: &Document<'_>, list: Vec<usize>) -> Vec<Segment> {
    let all = document.sentences();
    let paragraph = |sentence: usize| {
        let holds = |p: &unspin_text::Paragraph| p.sentences.end as usize <= sentence;
        document.paragraphs().partition_point(holds)
    };
    let mut out: Vec<Segment> = Vec::new();
    let mut before: Option<usize> = None;
    for sentence in list {
        let span = all[sentence].span;
        let follows =
            |before: usize| before + 1 == sentence && paragraph(before) == paragraph(sentence);
        match out.last_mut().filter(|_| before.is_some_and(follows)) {
            Some(last) => last.span = last.span.cover(span),
            None => out.push(Segment { span, marks: Vec::new() }),
        }
        before = Some(sentence);
    }
    out
}

/// Marks what of a change lies in a part of a row.
fn mark(segments: &mut [Segment], part: Span, span: Span, change: usize) {
    let start = span.start.max(part.start);
    let span = Span::new(start, span.end.min(part.end).max(start));
    for segment in segments {
        let start = span.start.max(segment.span.start);
        let end = span.end.min(segment.span.end);
        if start >= end {
            continue;
        }
        match segment.marks.last_mut().filter(|last| last.change == change) {
            Some(last) => last.span = last.span.cover(Span::new(start, end)),
            None => segment.marks.push(Placed { span: Span::new(start, end), change }),
        }
    }
}

/// Marks where the words of a change would stand: as near as a side of the row comes to the place.
fn mark_place(row: &mut Row, side: usize, at: u32, change: usize) {
    let segments = &mut row.sides[side];
    let after = segments.partition_point(|segment| segment.span.end < at);
    let after = after.min(segments.len().saturating_sub(1));
    match segments.get_mut(after) {
        Some(segment) => {
            let at = at.clamp(segment.span.start, segment.span.end);
            segment.marks.push(Placed { span: Span::new(at, at), change });
        }
        None => row.absent[side].push(change),
    }
}

#[cfg(test)]
mod tests {
    use unspin_compare::{Kind, Link};
    use unspin_model::Model;

    use super::*;

    fn told(old: &str, new: &str) -> Vec<String> {
        let (a, b) = (Document::new(old.as_bytes()), Document::new(new.as_bytes()));
        let comparison = unspin_compare::compare(&a, &b, &Model::embedded());
        let changes: Vec<&Change> = comparison.changes.iter().collect();
        let rows = rows(&comparison, [&a, &b], &changes);
        let side = |row: &Row, side: usize| {
            let document = [&a, &b][side];
            let told = row.sides[side].iter().map(|segment| {
                let marks = segment.marks.iter().map(|mark| {
                    format!("{}:{}", changes[mark.change].kind.as_str(), document.slice(mark.span))
                });
                let marks: Vec<String> = marks.collect();
                format!("{} [{}]", document.slice(segment.span), marks.join(", "))
            });
            told.collect::<Vec<_>>().join(" / ")
        };
        rows.iter()
            .map(|row| format!("{} | {}", side(row, ORIGINAL), side(row, REWORDED)))
            .collect()
    }

    #[test]
    fn what_comes_from_each_other_stands_side_by_side_and_what_is_left_out_in_its_place() {
        let old = "The ferry sank off the old pier on Monday. Nobody on board was hurt badly. Divers from Norway raised \
                   the wreck in March.";
        let new = "The vessel sank off the old pier on Monday. Divers from Norway raised the wreck in March. Cats \
                   purr.";
        assert_eq!(
            told(old, new),
            [
                "The ferry sank off the old pier on Monday. [replaced-wording:ferry] | The vessel sank off the old \
                 pier on Monday. [replaced-wording:vessel]",
                "Nobody on board was hurt badly. [dropped-clause:Nobody on board was hurt badly.] | ",
                "Divers from Norway raised the wreck in March. [] | Divers from Norway raised the wreck in March. []",
                " | Cats purr. [added-wording:Cats purr]",
            ]
        );
    }

    #[test]
    fn runs_of_sentences_that_are_left_out_follow_what_they_followed() {
        let found = dropped(&[None, Some(2), None, None, Some(0), None]);
        assert_eq!(found, [(None, 0..1), (Some(0), 5..6), (Some(2), 2..4)]);
    }

    #[test]
    fn a_sentence_that_is_said_twice_is_shown_twice_with_the_marks_of_each() {
        let old = "The ferry sank off the pier.";
        let new = "The vessel sank off the pier. The boat sank off the pier.";
        let (a, b) = (Document::new(old.as_bytes()), Document::new(new.as_bytes()));
        let whole = a.sentences()[0].span;
        let link = |at: usize| Link { original: vec![whole], reworded: b.sentences()[at].span };
        let change = |start, end| Change {
            kind: Kind::Substitution,
            original: Span::new(4, 9),
            reworded: Span::new(start, end),
            wording: None,
            repair: Span::new(start, end),
        };
        let mut comparison = unspin_compare::compare(&a, &b, &Model::embedded());
        comparison.links = vec![link(0), link(1)];
        let changes = [change(4, 10), change(34, 38)];
        let rows = rows(&comparison, [&a, &b], &changes.each_ref());
        assert_eq!(rows.len(), 2);
        for (at, row) in rows.iter().enumerate() {
            assert_eq!(row.changes, [at]);
            for side in &row.sides {
                assert_eq!(side[0].marks.iter().map(|m| m.change).collect::<Vec<_>>(), [at]);
            }
        }
    }
}
