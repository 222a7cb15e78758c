//! Words and phrases that a house names, found in a document in any inflected form.
//!
//! They are matched on tokens, so that line breaks, possessives and curly apostrophes do not matter. What inflects is
//! brought by the caller ([`RuleSet::set_inflector`](crate::RuleSet::set_inflector)), since this crate knows no English.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use unspin_text::{Case, Document, Span, TokenKind, fold_key};

use crate::{Analysis, Context};

/// Gives the inflected forms of a word in lower case, or nothing.
pub type Inflector = Option<fn(&str) -> Vec<String>>;

/// A word or phrase of a vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// As written: a capital letter in it asks for one in the text.
    pub text: String,
    /// What to write in its place, best first.
    pub suggestions: Vec<String>,
    /// Whether inflected forms of its words are meant too.
    pub inflect: bool,
}

/// A list of [`Term`]s made ready to be found; a document is read once, whatever their number.
#[derive(Debug, Default)]
pub struct Terms {
    list: Vec<Term>,
    /// For each term, what may stand at each of its tokens.
    slots: Vec<Vec<Slot>>,
    /// The terms whose first token may have a key, the longest first.
    starts: HashMap<u32, Vec<u32>>,
}

/// One token of a term.
#[derive(Debug)]
struct Slot {
    /// In lower case with straight apostrophes, the word as written first.
    forms: Vec<(u32, String)>,
    case: Case,
}

/// A term that stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermMatch {
    /// Index into [`Terms::terms`].
    pub term: usize,
    /// Indices into [`Document::tokens`], as many as the term has.
    pub tokens: Range<usize>,
}

impl Terms {
    /// Makes terms ready. One without a token is never found.
    pub fn new(terms: Vec<Term>, inflector: Inflector) -> Self {
        let slots: Vec<Vec<Slot>> = terms.iter().map(|term| slots(term, inflector)).collect();
        let mut longest_first: Vec<usize> = (0..slots.len()).collect();
        longest_first.sort_by_key(|&term| std::cmp::Reverse(slots[term].len()));
        let mut starts: HashMap<u32, Vec<u32>> = HashMap::new();
        for term in longest_first {
            for (key, _) in slots[term].first().into_iter().flat_map(|slot| &slot.forms) {
                starts.entry(*key).or_default().push(term as u32);
            }
        }
        Self { list: terms, slots, starts }
    }

    /// The terms, in the order in which they were given.
    pub fn terms(&self) -> &[Term] {
        &self.list
    }

    /// The words of a term in lower case, one for each token of a match.
    pub fn words(&self, term: usize) -> impl Iterator<Item = &str> {
        self.slots[term].iter().map(|slot| slot.forms[0].1.as_str())
    }

    /// The longest term at each token where one begins, in order; none crosses the end of a sentence.
    pub fn find(&self, document: &Document<'_>) -> Vec<TermMatch> {
        let mut found = Vec::new();
        if self.starts.is_empty() {
            return found;
        }
        for sentence in document.sentences() {
            let end = sentence.tokens.end as usize;
            for at in sentence.tokens.start as usize..end {
                let Some(terms) = self.starts.get(&document.tokens()[at].key) else { continue };
                let fits = |&&term: &&u32| self.stands(document, term as usize, at..end);
                if let Some(&term) = terms.iter().find(fits) {
                    let len = self.slots[term as usize].len();
                    found.push(TermMatch { term: term as usize, tokens: at..at + len });
                }
            }
        }
        found
    }

    fn stands(&self, document: &Document<'_>, term: usize, tokens: Range<usize>) -> bool {
        let slots = &self.slots[term];
        slots.len() <= tokens.len()
            && slots.iter().zip(&document.tokens()[tokens]).all(|(slot, token)| {
                fits(slot.case, token.case)
                    && slot.forms.iter().any(|(key, form)| {
                        *key == token.key && is_folded(document.token_text(token), form)
                    })
            })
    }
}

fn slots(term: &Term, inflector: Inflector) -> Vec<Slot> {
    let document = Document::new(term.text.as_bytes());
    let mut slots = Vec::with_capacity(document.tokens().len());
    for token in document.tokens() {
        let word = folded(document.token_text(token)).collect::<String>();
        let mut forms = vec![(token.key, word)];
        if let Some(inflector) = inflector.filter(|_| term.inflect && token.kind == TokenKind::Word)
        {
            let mut others = inflector(&forms[0].1);
            others.retain(|form| *form != forms[0].1);
            forms.extend(others.into_iter().map(|form| (fold_key(&form), form)));
        }
        let case = if token.kind == TokenKind::Word { token.case } else { Case::Caseless };
        slots.push(Slot { forms, case });
    }
    slots
}

/// Whether a word in this case may stand for one that the vocabulary writes in that: "apple" for any, "Apple" for
/// itself and headlines.
fn fits(written: Case, found: Case) -> bool {
    match written {
        Case::Lower | Case::Caseless => true,
        Case::Title => matches!(found, Case::Title | Case::Upper),
        Case::Upper | Case::Mixed => matches!(found, Case::Upper | Case::Mixed),
    }
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    let straight = |c| if matches!(c, '\u{2019}' | '\u{2bc}') { '\'' } else { c };
    text.chars().flat_map(char::to_lowercase).map(straight)
}

fn is_folded(text: &str, form: &str) -> bool {
    folded(text).eq(form.chars())
}

/// The terms that a house accepts: a resource, see [`Context::resource`].
#[derive(Clone, Debug, Default)]
pub struct AcceptedTerms(pub Arc<Terms>);

/// The terms that a house rejects: a resource, see [`Context::resource`].
#[derive(Clone, Debug, Default)]
pub struct RejectedTerms(pub Arc<Terms>);

/// Where accepted terms stand in a document. What they cover is no mark, whatever a rule thinks of it.
#[derive(Debug, Default)]
pub struct Accepted {
    // Invariant: sorted and disjoint.
    tokens: Vec<Range<usize>>,
}

impl Analysis for Accepted {
    fn analyse(cx: &Context<'_>) -> Self {
        let Some(AcceptedTerms(terms)) = cx.resource() else { return Self::default() };
        let mut tokens: Vec<Range<usize>> = Vec::new();
        for found in terms.find(cx.document()) {
            match tokens.last_mut() {
                Some(last) if found.tokens.start < last.end => {
                    last.end = last.end.max(found.tokens.end);
                }
                _ => tokens.push(found.tokens),
            }
        }
        Self { tokens }
    }
}

impl Accepted {
    /// Whether a token, by its index, stands inside an accepted term. O(log n).
    pub fn covers(&self, token: usize) -> bool {
        let before = self.tokens.partition_point(|range| range.start <= token);
        before > 0 && token < self.tokens[before - 1].end
    }

    /// Whether every word of a span does, and it has one.
    pub(crate) fn covers_words(&self, document: &Document<'_>, span: Span) -> bool {
        let is_word =
            |&i: &usize| matches!(document.tokens()[i].kind, TokenKind::Word | TokenKind::Number);
        let mut words = document.tokens_in(span).filter(is_word).peekable();
        !self.tokens.is_empty() && words.peek().is_some() && words.all(|i| self.covers(i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nouns only, and only in -s.
    fn plural(word: &str) -> Vec<String> {
        if word == "of" { Vec::new() } else { vec![format!("{word}s")] }
    }

    fn term(text: &str) -> Term {
        Term { text: text.into(), inflect: true, ..Term::default() }
    }

    #[track_caller]
    fn expect(terms: &[Term], text: &str, wanted: &[&str]) {
        let terms = Terms::new(terms.to_vec(), Some(plural));
        let document = Document::new(text.as_bytes());
        let found = terms.find(&document);
        let spans = found.iter().map(|m| {
            let tokens = &document.tokens()[m.tokens.clone()];
            document.slice(tokens[0].span.cover(tokens[tokens.len() - 1].span))
        });
        assert_eq!(spans.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn words_are_found_in_every_form_and_case_but_not_inside_others() {
        expect(
            &[term("weir")],
            "WEIR, a weir's gate; weirs and weirdos.",
            &["WEIR", "weir", "weirs"],
        );
        let exact = Term { inflect: false, ..term("weir") };
        expect(&[exact], "The weir and the weirs.", &["weir"]);
    }

    #[test]
    fn a_capital_in_the_vocabulary_asks_for_one_in_the_text() {
        expect(&[term("Weir")], "Mr Weir saw the weir. WEIR SPEAKS.", &["Weir", "WEIR"]);
        expect(&[term("CEO")], "The CEO, two CEOs and a ceo.", &["CEO", "CEOs"]);
    }

    #[test]
    fn the_longest_phrase_wins_and_none_crosses_a_sentence() {
        let terms = [term("court"), term("court of claims")];
        expect(&terms, "Courts  of claims. The court. Of claims.", &["Courts  of claims", "court"]);
        expect(&[term("ring-fence")], "Two ring-fences; a ring, a fence.", &["ring-fences"]);
    }

    #[test]
    fn apostrophes_straight_and_curly_are_one() {
        expect(&[term("O'Dell")], "Mr O\u{2019}Dell and Ms O'Dell.", &["O\u{2019}Dell", "O'Dell"]);
    }

    #[test]
    fn a_term_without_a_token_is_never_found() {
        expect(&[term(""), term(" ")], "Some text.", &[]);
    }
}
