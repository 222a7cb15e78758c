//! The units that two texts are compared by: words, numbers and signs, numbered alike in both.

use std::collections::HashMap;
use std::ops::Range;

use unspin_lang::{WordClass, lemmas, word_class};
use unspin_model::{Statistics, WordId};
use unspin_text::{Case, Document, Span, Token, TokenKind};

use crate::number;

/// What a unit is to a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A word of an open class.
    Content,
    /// A word of a closed class: it stands in every sentence and says little of where one comes from.
    Function,
    /// A number, in digits or in a word.
    Number,
    /// A sign, such as a currency's.
    Sign,
}

/// A token that is compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// Bytes of its document's text.
    pub span: Span,
    /// Equal for the same word in whatever case, for the same number however it is written.
    pub form: u32,
    /// Equal for the inflections of a word.
    pub lemma: u32,
    pub class: Class,
    pub case: Case,
    /// Whether its capital says that it is a name, rather than the start of a sentence or a heading in capitals.
    pub is_name: bool,
    /// Whether its sentence is in capitals, as headings are.
    pub shouts: bool,
    /// Index into [`Document::sentences`].
    pub sentence: u32,
    /// Its number in the model's lexicon.
    pub known: WordId,
}

impl Unit {
    /// Whether it says something of what a sentence is about.
    pub(crate) fn is_telling(&self) -> bool {
        matches!(self.class, Class::Content | Class::Number)
    }
}

/// How many of them say something of what a sentence is about.
pub(crate) fn telling(units: &[Unit]) -> usize {
    units.iter().filter(|unit| unit.is_telling()).count()
}

/// The numbers of words, shared by the texts that are compared.
#[derive(Default)]
pub(crate) struct Interner(HashMap<Box<str>, u32>);

impl Interner {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&known) = self.0.get(text) {
            return known;
        }
        let next = u32::try_from(self.0.len()).expect("a document has fewer than 2^32 words");
        self.0.insert(text.into(), next);
        next
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// A document as its units.
pub(crate) struct Units<'d> {
    pub document: &'d Document<'d>,
    pub all: Vec<Unit>,
    /// Of each sentence, indices into `all`.
    pub sentences: Vec<Range<usize>>,
    /// Numbers of several words, "forty thousand", by their places, with what they come to.
    pub long_numbers: Vec<(Span, f64)>,
}

impl<'d> Units<'d> {
    pub(crate) fn new(
        document: &'d Document<'d>,
        interner: &mut Interner,
        statistics: Option<Statistics<'_>>,
    ) -> Self {
        let mut all = Vec::with_capacity(document.tokens().len());
        let mut sentences = Vec::with_capacity(document.sentences().len());
        let (mut folded, mut lemma) = (String::new(), String::new());
        for (index, sentence) in document.sentences().iter().enumerate() {
            let from = all.len();
            let tokens = document.sentence_tokens(sentence);
            let shouts = !tokens.iter().any(|t| t.kind == TokenKind::Word && t.case == Case::Lower);
            for token in tokens.iter().filter(|token| is_compared(document, token)) {
                let is_first = all.len() == from;
                let text = document.token_text(token);
                fold(text, token, shouts, &mut folded);
                let value = number::value(&folded);
                let class = match (token.kind, value.is_some(), word_class(&folded)) {
                    (TokenKind::Symbol, ..) => Class::Sign,
                    // "One of them" counts nothing.
                    (TokenKind::Number, ..) | (_, true, _) if folded != "one" => Class::Number,
                    (TokenKind::Clitic, ..) => Class::Function,
                    (.., Some(class)) if class != WordClass::Number => Class::Function,
                    _ => Class::Content,
                };
                lemma.clear();
                match value {
                    Some(value) => lemma.push_str(&value),
                    None => match lemmas(&folded).next() {
                        Some(reading) => reading.lemma.write_to(&mut lemma),
                        None => lemma.push_str(&folded),
                    },
                }
                let number = interner.number(&lemma);
                let form = if class == Class::Number { number } else { interner.number(&folded) };
                let capital = matches!(token.case, Case::Title | Case::Upper | Case::Mixed);
                let is_word = token.kind == TokenKind::Word && class == Class::Content;
                all.push(Unit {
                    span: token.span,
                    form,
                    lemma: number,
                    class,
                    case: token.case,
                    is_name: capital
                        && is_word
                        && !shouts
                        && (!is_first || token.case != Case::Title),
                    shouts,
                    sentence: index as u32,
                    known: statistics
                        .and_then(|s| s.lexicon.get(token.key))
                        .unwrap_or(WordId::UNKNOWN),
                });
            }
            sentences.push(from..all.len());
        }
        let tokens = document.tokens();
        let long = number::numbers(document).into_iter().filter(|number| number.tokens.len() > 1);
        let placed = long.map(|number| {
            let span = tokens[number.tokens.start].span.cover(tokens[number.tokens.end - 1].span);
            (span, number.value)
        });
        Self { document, all, sentences, long_numbers: placed.collect() }
    }

    /// From the first to the last of some units, in bytes.
    ///
    /// # Panics
    /// If there are none.
    pub(crate) fn span(&self, units: Range<usize>) -> Span {
        self.all[units.start].span.cover(self.all[units.end - 1].span)
    }

    /// The text of some units, with what stands between them.
    pub(crate) fn text(&self, units: Range<usize>) -> &str {
        if units.is_empty() { "" } else { self.document.slice(self.span(units)) }
    }
}

fn is_compared(document: &Document<'_>, token: &Token) -> bool {
    match token.kind {
        TokenKind::Word | TokenKind::Clitic | TokenKind::Number | TokenKind::Address => true,
        TokenKind::Symbol => {
            document.token_text(token).chars().all(|c| !c.is_control() && !"*_#|~\\^".contains(c))
        }
        TokenKind::Hyphen | TokenKind::Punct => false,
    }
}

/// Initials that are written with and without stops, and read as words in small letters.
const INITIALS: [&str; 4] = ["US", "UK", "EU", "UN"];

/// The text in small letters, with straight apostrophes; initials without their stops, so that `US` is `U.S.`, and
/// marked, so that neither is "us".
fn fold(text: &str, token: &Token, shouts: bool, out: &mut String) {
    out.clear();
    let has_stops = text.contains('.') && token.kind == TokenKind::Word;
    if has_stops || (INITIALS.contains(&text) && !shouts) {
        out.push('^');
    }
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{2019}' | '\u{2bc}' => out.push('\''),
            '.' if has_stops => {}
            c => out.push(c),
        }
    }
    if out == "n't" {
        out.replace_range(.., "not");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(texts: &[&str]) -> Vec<Vec<(u32, u32)>> {
        let mut interner = Interner::default();
        let read = |text: &&str| {
            let document = Document::new(text.as_bytes());
            let units = Units::new(&document, &mut interner, None);
            units.all.iter().map(|unit| (unit.form, unit.lemma)).collect()
        };
        texts.iter().map(read).collect()
    }

    #[test]
    fn the_same_word_has_one_number_in_every_text() {
        let found = units(&["The boats of U.S. owners", "the boat of US owners", "let us go"]);
        assert_eq!(found[0][0], found[1][0]);
        assert_ne!(found[0][1].0, found[1][1].0);
        assert_eq!(found[0][1].1, found[1][1].1, "an inflection");
        assert_eq!(found[0][3], found[1][3], "initials");
        assert_ne!(found[0][3], found[2][1], "which are no pronoun");
    }

    #[test]
    fn a_number_is_what_it_counts() {
        let found = units(&["It took 3 of 1,200 men.", "It took three of 1200 men."]);
        assert_eq!(found[0], found[1]);
    }

    #[test]
    fn names_are_told_from_first_words_and_headings() {
        let document = Document::new(b"Boats of Harmouth left. THE OLD PIER. IBM paid.");
        let units = Units::new(&document, &mut Interner::default(), None);
        let names: Vec<&str> = units
            .all
            .iter()
            .filter(|unit| unit.is_name)
            .map(|unit| document.slice(unit.span))
            .collect();
        assert_eq!(names, ["Harmouth", "IBM"]);
    }
}
