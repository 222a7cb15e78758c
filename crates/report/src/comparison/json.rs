//! The member `comparison` of a JSON report.

use serde::Serialize;
use unspin_compare::{Change, Figures, Kind, Link, Tally};
use unspin_text::{Position, Span};

use super::{Compared, ComparisonReport};
use crate::json::{PositionMember, rounded, serialize};

impl ComparisonReport<'_> {
    /// The member `comparison` of a JSON report, as bytes of JSON.
    pub fn json(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let comparison = self.comparison;
        serialize(
            &Member {
                original: TextMember::new(&self.original),
                reworded: TextMember::new(&self.reworded),
                relation: comparison.relation.as_str(),
                common: rounded(comparison.common, 4),
                figures: FiguresMember::new(&comparison.figures),
                changes: comparison.changes.iter().map(|change| self.change(change)).collect(),
                links: comparison.links.iter().map(|link| self.link(link)).collect(),
            },
            &mut out,
        );
        out
    }

    fn change(&self, change: &Change) -> ChangeMember<'_> {
        ChangeMember {
            kind: change.kind.as_str(),
            original: PlaceMember::new(&self.original, change.original),
            reworded: PlaceMember::new(&self.reworded, change.reworded),
        }
    }

    fn link(&self, link: &Link) -> LinkMember {
        let range = |text: &Compared<'_>, span| {
            let [start, end] = text.place(span).map(|Position { byte, .. }| byte);
            Range { start, end }
        };
        let original = link.original.iter().map(|span| range(&self.original, *span));
        LinkMember { original: original.collect(), reworded: range(&self.reworded, link.reworded) }
    }
}

#[derive(Serialize)]
struct Member<'a> {
    original: TextMember<'a>,
    reworded: TextMember<'a>,
    relation: &'static str,
    common: f64,
    figures: FiguresMember,
    changes: Vec<ChangeMember<'a>>,
    links: Vec<LinkMember>,
}

#[derive(Serialize)]
struct TextMember<'a> {
    path: &'a str,
    entry: Option<&'a str>,
    sha256: String,
}

impl<'a> TextMember<'a> {
    fn new(text: &Compared<'a>) -> Self {
        Self { path: text.path, entry: text.entry, sha256: text.sha256() }
    }
}

#[derive(Serialize)]
struct ChangeMember<'a> {
    kind: &'static str,
    original: PlaceMember<'a>,
    reworded: PlaceMember<'a>,
}

/// Where the words are missing, start and end are one place and the text is empty.
#[derive(Serialize)]
struct PlaceMember<'a> {
    start: PositionMember,
    end: PositionMember,
    text: &'a str,
}

impl<'a> PlaceMember<'a> {
    fn new(text: &Compared<'a>, span: Span) -> Self {
        let [start, end] = text.place(span);
        Self { start: start.into(), end: end.into(), text: text.document.slice(span) }
    }
}

#[derive(Serialize)]
struct LinkMember {
    original: Vec<Range>,
    reworded: Range,
}

/// Bytes of the source.
#[derive(Serialize)]
struct Range {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct FiguresMember {
    original_words: usize,
    reworded_words: usize,
    kept: f64,
    substitutions_per_1000: f64,
    changes: serde_json::Map<String, serde_json::Value>,
    quotations: TallyMember,
    numbers: TallyMember,
    names: TallyMember,
    containment: Vec<f64>,
    common_subsequence: Option<f64>,
    immutables_kept: Option<f64>,
}

impl FiguresMember {
    fn new(figures: &Figures) -> Self {
        let of = |kind: Kind| (kind.as_str().to_owned(), figures.count(kind).into());
        Self {
            original_words: figures.original_words,
            reworded_words: figures.reworded_words,
            kept: rounded(figures.kept, 4),
            substitutions_per_1000: rounded(figures.substitutions_per_1000, 1),
            changes: Kind::ALL.into_iter().map(of).collect(),
            quotations: figures.quotations.into(),
            numbers: figures.numbers.into(),
            names: figures.names.into(),
            containment: figures.containment.iter().map(|share| rounded(*share, 4)).collect(),
            common_subsequence: figures.common_subsequence.map(|share| rounded(share, 4)),
            immutables_kept: figures.immutables_kept.map(|share| rounded(share, 4)),
        }
    }
}

#[derive(Serialize)]
struct TallyMember {
    all: usize,
    changed: usize,
    dropped: usize,
}

impl From<Tally> for TallyMember {
    fn from(Tally { all, changed, dropped }: Tally) -> Self {
        Self { all, changed, dropped }
    }
}
