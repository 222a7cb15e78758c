//! A word that stands twice in a row.
//!
//! Two substitutes meet where a phrase had two words ("mobile phone" gives "phone phone"), or a phrase is put in beside
//! the function word that it ends in. English doubles words rightly too; which ones is a closed list, but for names.

use unspin_lang::{WordClass, word_class};
use unspin_lint::{Context, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, rule};
use unspin_model::{Lexicon, WordFlags};
use unspin_text::{Case, KeyFilter, Span, Token, TokenKind};
use unspin_words::model;

use crate::neighbours::Neighbours;

rule! {
    /// A word that stands twice in a row, or two articles in a row.
    ///
    /// # Why
    ///
    /// A phrase put in for a word repeats the *of* or *the* that stands beside it, and two words swapped for the same one
    /// meet. Writers slip so too, some forty times in a million words, so a finding weighs little and shows only in
    /// a text that bears other marks. What English doubles rightly is left alone: *had had*, *that that*, *is is*, emphasis
    /// (*very very*, *no no no*), interjections, names (*Pago Pago*, *New York New York*) and parts of compounds.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The vans left with [[the the]] last [[of of]] the boxes.
    /// ```
    /// ```fixed
    /// The vans left with the last of the boxes.
    /// ```
    /// ```bad
    /// Workers at the [[phone phone]] factory signed [[the a]] pledge.
    /// ```
    /// ```good
    /// She had had enough of that, and that that was so is is plain.
    /// ```
    /// ```good
    /// It was a long, long way from Pago Pago to Walla Walla, a very very long way, since the break-in in May.
    /// ```
    ///
    /// # When not to use
    ///
    /// On verse, and on transcripts of speech; there, set it to `off`.
    pub(crate) META: "doubled-word" in "mechanics", Warning, min_confidence 0.87, scope Sentence
}

/// Evidence in thousandths of a nat: hints, since slips must neither show each other nor carry a verdict.
mod weight {
    /// A word that is never rightly doubled.
    pub(super) const FUNCTION: i32 = 500;
    /// A noun or a verb: house jargon may double it.
    pub(super) const CONTENT: i32 = 300;
    /// "the a": the finger slips less in two ways at once.
    pub(super) const ARTICLES: i32 = 600;
}

/// Function words that stand twice in good English, and interjections.
const RIGHTFUL: &[&str] = &[
    "aye", "blah", "boom", "bye", "can", "cha", "choo", "chop", "dear", "ding", "do", "fifty",
    "ha", "had", "half", "hear", "hee", "her", "ho", "hush", "in", "is", "it", "knock", "la", "mm",
    "night", "no", "now", "on", "one", "out", "pom", "round", "so", "that", "there", "this", "tom",
    "tut", "up", "was", "well", "who", "yeah", "yes", "yo", "you",
];

static ARTICLES: KeyFilter = KeyFilter::of(&["a", "an", "the"]);

/// See the page in [`META`].
pub(crate) struct DoubledWord;

impl Rule for DoubledWord {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let document = cx.document();
        let model = model(cx);
        let lexicon = model.statistics().map(|statistics| statistics.lexicon);
        for sentence in Neighbours::sentences(document) {
            let first = out.len();
            for (at, pair) in (sentence.range().start + 1..).zip(sentence.tokens().windows(2)) {
                if may_be_doubled(&pair[0], &pair[1]) {
                    out.extend(judge(&sentence, lexicon.as_ref(), at));
                }
            }
            // A refrain, not a slip.
            if out.len() - first > 2 {
                out.truncate(first);
            }
        }
    }
}

/// Whether two tokens are one word twice or two articles, as far as their keys tell.
fn may_be_doubled(before: &Token, token: &Token) -> bool {
    let same = before.key == token.key;
    (same || ARTICLES.may_hold(token.key) && ARTICLES.may_hold(before.key))
        && before.kind == TokenKind::Word
        && token.kind == TokenKind::Word
        && token.case == Case::Lower
        && token.spaced
}

/// What is wrong with tokens `at - 1` and `at`, which [`may_be_doubled`].
fn judge(near: &Neighbours<'_>, lexicon: Option<&Lexicon<'_>>, at: usize) -> Option<Finding> {
    let (before, token) = (near.token(at - 1)?, near.token(at)?);
    let span = before.span.cover(token.span);
    if before.key != token.key {
        return articles(near, at, span);
    }
    let (first, word) = (near.text(at - 1), near.text(at));
    let same = first.eq_ignore_ascii_case(word) && matches!(before.case, Case::Lower | Case::Title);
    if !same || near.is_in_compound(at) || near.is_in_compound(at - 1) {
        return None;
    }
    if RIGHTFUL.contains(&word) || word.len() == 1 && word != "a" || is_repeated_again(near, at) {
        return None;
    }
    let evidence = match word_class(word) {
        // "many many", "ten ten": emphasis, and numbers beside numbers.
        Some(WordClass::Adverb | WordClass::Number | WordClass::Pronoun) => return None,
        Some(_) => weight::FUNCTION,
        None => {
            let flags = lexicon?.flags(lexicon?.get(token.key)?).0;
            let emphatic = WordFlags::ADJECTIVE | WordFlags::ADVERB;
            if flags & emphatic != 0 || flags & (WordFlags::NOUN | WordFlags::VERB) == 0 {
                return None;
            }
            weight::CONTENT
        }
    };
    let message = format!("\"{word}\" stands twice");
    Some(Finding::new(&META, span, LogOdds::from_milli(evidence), message).fix(Fix::replace(
        span,
        first,
        Safety::Unsafe,
    )))
}

/// Three in a row, or "turn, turn turn": emphasis or verse.
fn is_repeated_again(near: &Neighbours<'_>, at: usize) -> bool {
    let same = |i: usize| near.text(i).eq_ignore_ascii_case(near.text(at));
    same(at + 1)
        || same(at.wrapping_sub(2))
        || near.text(at.wrapping_sub(2)) == "," && same(at.wrapping_sub(3))
        || near.text(at + 1) == "," && same(at + 2)
}

/// Two different articles in a row, but for terms that begin with one ("the a cappella group", "a the Who fan").
fn articles(near: &Neighbours<'_>, at: usize, span: Span) -> Option<Finding> {
    let (first, second) = (near.text(at - 1), near.text(at));
    let is_article = |word: &str| ["a", "an", "the"].iter().any(|a| a.eq_ignore_ascii_case(word));
    if !is_article(second) || !is_article(first) {
        return None;
    }
    let next = near.text(at + 1);
    let term = matches!(next, "cappella" | "la" | "priori" | "posteriori" | "fortiori" | "list");
    let plain = near.token(at + 1).is_some_and(|t| t.case == Case::Lower && t.spaced)
        && near.kind_is(at + 1, TokenKind::Word)
        && !near.is_in_compound(at)
        && !near.is_in_compound(at - 1);
    if term || !plain {
        return None;
    }
    let message = format!("two articles in a row, \"{first}\" and \"{second}\"");
    Some(Finding::new(&META, span, LogOdds::from_milli(weight::ARTICLES), message))
}

#[cfg(test)]
mod tests {
    use unspin_lint::{Document, page};

    use super::{DoubledWord, RIGHTFUL};

    fn marked(text: &str) -> Vec<&str> {
        let document = Document::new(text.as_bytes());
        let found = page::raw(&DoubledWord, &document);
        found.iter().map(|f| &text[f.span.range()]).collect()
    }

    #[test]
    fn the_rightful_ones_are_sorted() {
        assert!(RIGHTFUL.is_sorted());
    }

    #[test]
    fn doubles_of_good_english_are_left_alone() {
        for text in [
            "All they had had had gone.",
            "Turn, turn turn, sang the choir.",
            "The non-bank bank act met in-house house rules.",
            "Boutros Boutros Ghali spoke in Baden Baden.",
            "The a cappella group and the a la carte menu pleased.",
            "They scream the the the and run run run.",
            "He went on on Monday with a big big smile.",
            "What it is is plain. Is is a verb?",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn doubles_of_a_machine_are_found_across_a_line_end() {
        assert_eq!(
            marked("They left the town in the early morning for\nfor the coast."),
            ["for\nfor"]
        );
        assert_eq!(marked("The the boat sank."), ["The the"]);
        assert_eq!(marked("It was an the error."), ["an the"]);
        assert_eq!(marked("They will will go."), ["will will"]);
    }
}
