//! A name that lost its capital.
//!
//! Rewording tools lower-case a text before they look its words up, and put the capital back at the start of the sentence
//! only. Which words English writes with a capital alone is for the model to say; that the text is not simply written in
//! small letters throughout, as messages are, is for the sentence.

use std::cell::OnceCell;

use unspin_lint::{Context, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, rule};
use unspin_model::{Model, Vocabulary, WordFlags};
use unspin_text::{Case, Document, KeyFilter, Token, TokenKind, fold_key, fold_key_of_ascii};
use unspin_words::{KnownWord, KnownWords, model};

use crate::neighbours::Neighbours;

rule! {
    /// A name or an abbreviation in small letters.
    ///
    /// # Why
    ///
    /// Some rewording tools work on small letters and leave "the u.s." and "president biden" behind. The rule looks for
    /// abbreviations with stops, for days and months, for words that English has as names alone, and for words that this
    /// document itself writes with a capital elsewhere. Wire copy and posts do the same by haste, so a finding weighs
    /// little and shows only in a text that bears other marks. A sentence in small letters throughout is left alone.
    ///
    /// The fix of "u.s.", "u.k." and the like is safe: they have one sense, and only the letter case changes. That of
    /// other words needs a look, since a name may be meant as a word.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The [[u.s.]] envoy met the prime minister of [[australia]] on [[thursday]].
    /// ```
    /// ```fixed
    /// The U.S. envoy met the prime minister of Australia on Thursday.
    /// ```
    /// ```bad
    /// Ministers met Biden in Delaware. Later Biden and Harris flew home, and aides said [[biden]] was pleased.
    /// ```
    /// ```good
    /// The china was sent in march, i.e. before the turkey; the march of the may flies began at 5 p.m.
    /// ```
    /// ```good
    /// he wrote: i will be in australia on monday
    /// ```
    ///
    /// # When not to use
    ///
    /// On messages and posts; there, set it to `off`.
    pub(crate) META: "lowercase-name" in "mechanics", Warning, min_confidence 0.8, scope Document
}

/// Evidence in thousandths of a nat: hints, since slips must neither show each other nor carry a verdict. Clean wire copy of 1987 has "u.s." twice in half a million words.
mod weight {
    /// "u.s."
    pub(super) const ABBREVIATION: i32 = 1_000;
    /// A word that is a name and nothing else.
    pub(super) const NAME: i32 = 400;
    /// The same, and this document writes it with a capital elsewhere.
    pub(super) const NAME_OF_DOCUMENT: i32 = 500;
}

/// What all findings of one document weigh together, in thousandths of a nat, at most: a hand that leaves out one capital
/// leaves out many, so they are one mark.
const BUDGET: i32 = 1_000;

/// Abbreviations with stops that stand for names, and how they are written.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("d.c.", "D.C."),
    ("e.u.", "E.U."),
    ("u.a.e.", "U.A.E."),
    ("u.k.", "U.K."),
    ("u.n.", "U.N."),
    ("u.s.", "U.S."),
    ("u.s.a.", "U.S.A."),
];
/// Those of [`ABBREVIATIONS`] that are written small in another sense: direct current, and units.
const AMBIGUOUS: &[&str] = &["d.c.", "e.u."];
/// Names that have no other sense in small letters; *may*, *march* and *sun* have one.
const CALENDAR: &[&str] = &[
    "april",
    "august",
    "december",
    "february",
    "friday",
    "january",
    "july",
    "june",
    "monday",
    "november",
    "october",
    "saturday",
    "september",
    "sunday",
    "thursday",
    "tuesday",
    "wednesday",
];
/// The keys of all these, and a filter before them.
static KEYS: [u32; CALENDAR.len() + ABBREVIATIONS.len()] = {
    let mut keys = [0; CALENDAR.len() + ABBREVIATIONS.len()];
    let mut i = 0;
    while i < keys.len() {
        let (day, rest) = (i < CALENDAR.len(), i.wrapping_sub(CALENDAR.len()));
        keys[i] = fold_key_of_ascii(if day { CALENDAR[i] } else { ABBREVIATIONS[rest].0 });
        i += 1;
    }
    keys
};
static LISTED: KeyFilter = {
    let (mut filter, mut i) = (KeyFilter::EMPTY, 0);
    while i < KEYS.len() {
        filter = filter.with(KEYS[i]);
        i += 1;
    }
    filter
};
/// A name must be this prominent, in hundredths of log10 of its share of running text, where the document does not use it.
const PROMINENT: i16 = -560;
/// Fewer letters say too little. In bytes.
const SHORTEST: u32 = 4;

/// See the page in [`META`].
pub(crate) struct LowercaseName;

impl Rule for LowercaseName {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let document = cx.document();
        let model = model(cx);
        let words = cx.get::<KnownWords>();
        let capitalised = OnceCell::new();
        let before = out.len();
        for sentence in Neighbours::sentences(document) {
            if !starts_with_capital(sentence.tokens()) {
                continue;
            }
            let inside = sentence.range().start + 1..sentence.range().end;
            let (tokens, known) =
                (&document.tokens()[inside.clone()], &words.all()[inside.clone()]);
            for (at, (token, known)) in inside.zip(tokens.iter().zip(known)) {
                if token.span.len() < SHORTEST
                    || token.case != Case::Lower
                    || token.kind != TokenKind::Word
                    || is_ordinary(*known) && !may_be_listed(token.key)
                {
                    continue;
                }
                let text = document.token_text(token);
                let is_listed = may_be_listed(token.key) && is_listed(text);
                if !is_listed && !is_name(&model.vocabulary(), text)
                    || sentence.is_in_compound(at)
                    || is_mark_of_address(&sentence, at)
                {
                    continue;
                }
                let names = capitalised.get_or_init(|| Capitalised::of(document));
                out.extend(judge(&model, names, token, text));
            }
        }
        let share = LogOdds::from_milli(
            BUDGET / i32::try_from(out.len() - before).unwrap_or(BUDGET).max(1),
        );
        for finding in &mut out[before..] {
            finding.evidence = finding.evidence.min(share);
            finding.posterior = finding.evidence;
        }
    }
}

/// Whether the sentence is written with capitals at all.
fn starts_with_capital(tokens: &[Token]) -> bool {
    let first = tokens.iter().find(|t| t.kind == TokenKind::Word);
    first.is_some_and(|t| !matches!(t.case, Case::Lower))
}

/// Whether the model knows the word, and not as one that is mostly capitalised. Most words are turned away by this.
fn is_ordinary(word: KnownWord) -> bool {
    word.id.is_word() && word.flags.0 & WordFlags::NAME == 0
}

/// Whether [`is_listed`] may hold of the word with this key; of hardly any other.
fn may_be_listed(key: u32) -> bool {
    LISTED.may_hold(key) && KEYS.contains(&key)
}

/// Whether the word is an abbreviation that stands for a name, a day or a month.
fn is_listed(word: &str) -> bool {
    abbreviation(word).is_some() || CALENDAR.binary_search(&word).is_ok()
}

/// Whether the word is known as a name alone.
fn is_name(vocabulary: &Vocabulary<'_>, word: &str) -> bool {
    let entry = vocabulary.get(word);
    entry.is_some_and(|entry| entry.is_name() && entry.is_listed() && !entry.is_word())
}

fn abbreviation(word: &str) -> Option<&'static str> {
    let at = ABBREVIATIONS.binary_search_by_key(&word, |(small, _)| small).ok()?;
    Some(ABBREVIATIONS[at].1)
}

/// "user @ london", "london/paris": no prose.
fn is_mark_of_address(near: &Neighbours<'_>, at: usize) -> bool {
    let odd = |text: &str| matches!(text, "/" | "@" | "#" | "_" | "<" | ">" | "=" | "\\");
    odd(near.text_before(at)) || odd(near.text(at + 1))
}

/// Keys of the words that the document writes with a capital inside sentences, sorted.
struct Capitalised(Vec<u32>);

impl Capitalised {
    fn of(document: &Document<'_>) -> Self {
        let mut keys = Vec::new();
        for sentence in Neighbours::sentences(document) {
            let inside = document.tokens()[sentence.range()].iter().skip(1);
            keys.extend(
                inside
                    .filter(|t| {
                        t.kind == TokenKind::Word && matches!(t.case, Case::Title | Case::Mixed)
                    })
                    .map(|t| t.key),
            );
        }
        keys.sort_unstable();
        Self(keys)
    }

    fn uses(&self, key: u32) -> usize {
        let from = self.0.partition_point(|k| *k < key);
        self.0[from..].iter().take_while(|k| **k == key).take(2).count()
    }
}

fn judge(model: &Model<'_>, names: &Capitalised, token: &Token, text: &str) -> Option<Finding> {
    let is_certain = abbreviation(text).is_some() && !AMBIGUOUS.contains(&text);
    let (evidence, right) = if let Some(right) = abbreviation(text) {
        (weight::ABBREVIATION, right.to_owned())
    } else if CALENDAR.binary_search(&text).is_ok() {
        (weight::NAME, with_capital(text))
    } else {
        let mut near = Vec::new();
        model.names().near(text, &mut near);
        let name = near.iter().find(|n| n.distance == 0 && fold_key(n.name) == token.key);
        let evidence = match names.uses(token.key) {
            2.. => weight::NAME_OF_DOCUMENT,
            _ if name.is_some_and(|n| n.weight >= PROMINENT) => weight::NAME,
            _ => return None,
        };
        (evidence, name.map_or_else(|| with_capital(text), |n| n.name.to_owned()))
    };
    let message = format!("\"{text}\" is a name in small letters");
    let safety = if is_certain { Safety::Safe } else { Safety::Unsafe };
    Some(
        Finding::new(&META, token.span, LogOdds::from_milli(evidence), message)
            .fix(Fix::replace(token.span, right, safety)),
    )
}

fn with_capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use unspin_lint::{Document, page};

    use unspin_model::Model;

    use super::{ABBREVIATIONS, CALENDAR, LowercaseName, WordFlags, is_name};

    fn marked(text: &str) -> Vec<&str> {
        let document = Document::new(text.as_bytes());
        let found = page::raw(&LowercaseName, &document);
        found.iter().map(|f| &text[f.span.range()]).collect()
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(CALENDAR.is_sorted());
        assert!(ABBREVIATIONS.is_sorted());
    }

    #[test]
    fn no_name_is_among_the_words_that_are_passed_over_by_number() {
        let model = Model::embedded();
        let lexicon = model.statistics().expect("the embedded model has them").lexicon;
        for id in lexicon.ids().filter(|id| lexicon.flags(*id).0 & WordFlags::NAME == 0) {
            let word = lexicon.spelling(id);
            assert!(!is_name(&model.vocabulary(), word), "{word}");
        }
    }

    #[test]
    fn words_that_are_also_names_are_left_alone() {
        for text in [
            "He will march in may and trump the turkey of the bush.",
            "The van der Berg house, the al Ghazi shop and the de la Cruz yard burned.",
            "See reuters/london and the file london=paris.",
            "They drank champagne at 5 p.m. and ate brie.",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_hand_that_writes_small_letters_throughout_weighs_little() {
        let text = "He flew to france, italy and germany, then on friday to canada and on monday to spain.";
        let document = Document::new(text.as_bytes());
        let found = page::raw(&LowercaseName, &document);
        assert_eq!(found.len(), 7);
        assert!(found.iter().map(|f| f.evidence.milli()).sum::<i32>() <= super::BUDGET);
    }

    #[test]
    fn a_name_of_the_document_is_missed_by_its_capital() {
        assert_eq!(marked("In Gdansk rain fell. Near Gdansk too. All gdansk was wet."), ["gdansk"]);
        assert_eq!(marked("Troops of the u.n. and the u.k. left."), ["u.n.", "u.k."]);
    }
}
