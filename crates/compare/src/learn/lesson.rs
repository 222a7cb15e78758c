//! What one pair of texts shows: each place where words were put for others, with its neighbours.

use unspin_text::{Document, Span, TokenKind};

use super::independent::sketch;
use super::phrase::Phrase;
use crate::finding::one_line;
use crate::{Change, Comparison, Kind};

/// Most words of what was put in, and of what it was put for.
const MOST_WORDS: usize = 5;
/// Words on each side that a reader is shown of a sight.
const AROUND: usize = 4;

/// What one pair of texts shows.
#[derive(Clone, Debug)]
pub struct Lesson {
    pub(super) sights: Vec<Sight>,
    /// Changes of wording that a pack cannot say: with figures or marks in them, or too long.
    pub(super) unsaid: usize,
    /// Of the original and of the reworded text, to tell texts that are near the same.
    pub(super) sketches: [Vec<u64>; 2],
}

/// One place where words were put for others.
#[derive(Clone, Debug)]
pub struct Sight {
    pub(super) found: Phrase,
    pub(super) wording: Phrase,
    pub(super) before: Option<Beside>,
    pub(super) after: Option<Beside>,
    /// Line and column in the reworded text's source.
    pub place: (u32, u32),
    /// The sentence of the reworded text, on one line.
    pub sentence: String,
    /// The sentence of the original, on one line.
    pub original: String,
    /// The words with some around them, marked `[[so]]`.
    pub context: String,
}

/// What stands beside a place, in the reworded text and in the original: the same word, or another change.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    pub found: Phrase,
    pub wording: Phrase,
}

impl Lesson {
    /// What a pair shows. The texts are those that were compared.
    pub fn new(original: &Document<'_>, reworded: &Document<'_>, comparison: &Comparison) -> Self {
        let pair = Pair { original, reworded };
        let replaced: Vec<&Change> =
            comparison.changes.iter().filter(|change| is_replaced(change)).collect();
        let mut unsaid = 0;
        let mut sights = Vec::new();
        for change in comparison.changes.iter().filter(|change| is_wording(change)) {
            match pair.sight(change, &replaced) {
                Some(sight) => sights.extend(sight.is_wording_for_wording().then_some(sight)),
                None => unsaid += 1,
            }
        }
        Self { sights, unsaid, sketches: [sketch(original), sketch(reworded)] }
    }

    /// Its sights, by place.
    pub fn sights(&self) -> &[Sight] {
        &self.sights
    }

    /// How many changes of wording a pack cannot say.
    pub fn unsaid(&self) -> usize {
        self.unsaid
    }
}

impl Sight {
    /// Whether it is more than another way to write the same, and no name that is put for a word: of whom a text speaks
    /// is no matter of wording.
    fn is_wording_for_wording(&self) -> bool {
        self.found.folded != self.wording.folded && (!self.found.is_name || self.wording.is_name)
    }
}

/// Whether both texts have something there.
fn is_replaced(change: &Change) -> bool {
    change.is_in_reworded()
        && change.is_in_original()
        && matches!(
            change.kind,
            Kind::Substitution | Kind::Quotation | Kind::Name | Kind::Inflection
        )
}

/// Whether words were put for others. Another number, date or unit is a fault of one text, not of a tool's wording.
fn is_wording(change: &Change) -> bool {
    is_replaced(change) && change.kind != Kind::Inflection
}

#[derive(Clone, Copy)]
struct Pair<'p> {
    original: &'p Document<'p>,
    reworded: &'p Document<'p>,
}

impl Pair<'_> {
    fn sight(self, change: &Change, replaced: &[&Change]) -> Option<Sight> {
        let short = |phrase: &Phrase| phrase.words <= MOST_WORDS;
        let found = Phrase::new(self.reworded, change.reworded).filter(short)?;
        let wording = Phrase::new(self.original, change.original).filter(short)?;
        let start = self.reworded.in_source(change.reworded).start;
        let place = self.reworded.positions().at(self.reworded.source(), start);
        Some(Sight {
            found,
            wording,
            before: self.beside(change, replaced, Side::Before),
            after: self.beside(change, replaced, Side::After),
            place: (place.line, place.column),
            sentence: sentence(self.reworded, change.reworded),
            original: sentence(self.original, change.original),
            context: context(self.reworded, change.reworded),
        })
    }

    /// What stands right beside a change in both texts.
    fn beside(self, change: &Change, replaced: &[&Change], side: Side) -> Option<Beside> {
        let found = side.of(self.reworded, change.reworded)?;
        let wording = side.of(self.original, change.original)?;
        let touches = |other: Span, token: Span| token.start < other.end && other.start < token.end;
        let other = replaced.iter().find(|other| touches(other.reworded, found));
        let (found, wording) = match other {
            Some(other) if touches(other.original, wording) => (other.reworded, other.original),
            Some(_) => return None,
            None => (found, wording),
        };
        let found = Phrase::new(self.reworded, found)?;
        let wording = Phrase::new(self.original, wording)?;
        (other.is_some() || found.folded == wording.folded).then_some(Beside { found, wording })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

impl Side {
    /// The word right beside a stretch, in its sentence.
    fn of(self, document: &Document<'_>, span: Span) -> Option<Span> {
        let range = document.tokens_in(span);
        let at = match self {
            Self::Before => range.start.checked_sub(1)?,
            Self::After => range.end,
        };
        let token = document.tokens().get(at).filter(|token| token.kind == TokenKind::Word)?;
        let sentence = |at: u32| document.sentence_at(at);
        (sentence(token.span.start) == sentence(span.start)).then_some(token.span)
    }
}

/// The sentence that a stretch stands in, on one line.
fn sentence(document: &Document<'_>, span: Span) -> String {
    let own = document.sentence_at(span.start).map(|at| document.sentences()[at].span);
    one_line(document.slice(own.unwrap_or(span)))
}

/// A stretch with some words of its sentence around it.
fn context(document: &Document<'_>, span: Span) -> String {
    let range = document.tokens_in(span);
    let tokens = document.tokens();
    let own = document.sentence_at(span.start).map_or(span, |at| document.sentences()[at].span);
    let from = range.start.saturating_sub(AROUND)..range.start;
    let to = range.end..(range.end + AROUND).min(tokens.len());
    let inside = |at: &usize| {
        let token = tokens[*at].span;
        own.start <= token.start && token.end <= own.end
    };
    let start = from.clone().find(inside).map_or(span.start, |at| tokens[at].span.start);
    let end = to.rev().find(inside).map_or(span.end, |at| tokens[at].span.end);
    let outside = |from, to| document.slice(Span::new(from, to));
    one_line(&format!(
        "{}[[{}]]{}",
        outside(start, span.start),
        document.slice(span),
        outside(span.end, end)
    ))
}

/// Whether two phrases are one word in two spellings: "colour" and "color".
pub(super) fn is_spelling(found: &Phrase, wording: &Phrase) -> bool {
    const LONG: usize = 5;
    let (a, b) = (&found.folded, &wording.folded);
    found.words == 1
        && wording.words == 1
        && !wording.is_name
        && a.len().min(b.len()) >= LONG
        && a.chars().next() == b.chars().next()
        && strsim::damerau_levenshtein(a, b) <= 1
}

#[cfg(test)]
mod tests {
    use unspin_model::Model;

    use super::*;
    use crate::compare;

    fn lesson(original: &str, reworded: &str) -> Lesson {
        let (a, b) = (Document::new(original.as_bytes()), Document::new(reworded.as_bytes()));
        Lesson::new(&a, &b, &compare(&a, &b, &Model::embedded()))
    }

    #[test]
    fn a_sight_has_its_neighbours_in_both_texts() {
        let lesson = lesson(
            "The mayor said the national security of the harbour was at risk in March.",
            "The mayor said the countrywide safety of the harbour was at risk in March.",
        );
        let told: Vec<[&str; 4]> = lesson
            .sights()
            .iter()
            .map(|sight| {
                let side = |side: &Option<Beside>| match side {
                    Some(beside) if beside.found != beside.wording => "changed",
                    Some(_) => "kept",
                    None => "none",
                };
                let (before, after) = (side(&sight.before), side(&sight.after));
                [sight.found.folded.as_str(), sight.wording.written.as_str(), before, after]
            })
            .collect();
        assert_eq!(
            told,
            [
                ["countrywide", "national", "kept", "changed"],
                ["safety", "security", "changed", "kept"]
            ]
        );
        assert_eq!(lesson.sights()[1].place, (1, 32));
        assert_eq!(
            lesson.sights()[1].context,
            "mayor said the countrywide [[safety]] of the harbour was"
        );
    }

    #[test]
    fn names_figures_and_letter_case_teach_nothing() {
        let lesson = lesson(
            "In March the mayor of Brenham paid 40 pounds for the old ferry at the quay.",
            "In March Ledwick of brenham paid 50 pounds for the old ferry at the quay.",
        );
        assert!(lesson.sights().is_empty(), "{:?}", lesson.sights());
    }

    #[test]
    fn one_word_in_two_spellings() {
        let phrase = |text: &str| {
            let document = Document::new(text.as_bytes());
            Phrase::new(&document, Span::new(0, text.len() as u32)).expect("a phrase")
        };
        assert!(is_spelling(&phrase("color"), &phrase("colour")));
        assert!(!is_spelling(&phrase("vessel"), &phrase("ferry")));
        assert!(!is_spelling(&phrase("form"), &phrase("farm")));
    }
}
