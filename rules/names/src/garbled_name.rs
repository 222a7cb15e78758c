//! A word that is nearly a name.

use std::cell::OnceCell;
use std::sync::Arc;

use serde::Deserialize;
use unspin_lint::{
    Context, Finding, Fix, LogOdds, OptionKind, OptionMeta, OptionsError, Rule, RuleMeta, Safety,
    rule,
};
use unspin_model::{Model, NameMatch, Vocabulary};
use unspin_text::{Case, Document, Token, TokenKind};
use unspin_words::{KnownWords, model};

use crate::document_names::{DocumentNames, Name, NameLike};

rule! {
    /// A word that English does not know stands where a name stood, one letter away from it.
    ///
    /// # Why
    ///
    /// Rewording tools that meet a name change a letter of it, lower its capital or swap it for a neighbour in a
    /// list, and leave a word that nobody writes. The rule looks at words that are in no vocabulary and one edit away
    /// from a name which the document uses elsewhere, or from a well-known name in a place where only a name can
    /// stand. What counts is company: the same word beside both ("the okora ministry", "the Okoro ministry").
    /// A spelling that the document uses twice with a capital is a name of its own and is left alone. A well-known name
    /// that the document does not use elsewhere weighs less, and shows only in a text that bears other marks.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The Okoro ministry spoke on Monday. On Friday the [[okora]] ministry spoke again, and Okoro resigned.
    /// ```
    /// ```fixed
    /// The Okoro ministry spoke on Monday. On Friday the Okoro ministry spoke again, and Okoro resigned.
    /// ```
    /// ```bad
    /// The firm sued the [[obamu]] administration.
    /// ```
    /// ```good
    /// The Okoro ministry spoke on Monday. Later the okra market closed, and Okoro resigned.
    /// ```
    /// ```good
    /// Okoro met Okora. When Okora left, Okoro stayed.
    /// ```
    ///
    /// # Options
    ///
    /// `min-uses` (default 2): how often a name must stand in the document for words near it to be looked at.
    ///
    /// `titles` (default none): words of your own that stand only before names, such as the offices of your council.
    ///
    /// `well-known` (default true): whether words near a well-known name are looked at where the document does not use
    /// the name.
    ///
    /// ```settings
    /// [rules.garbled-name]
    /// titles = ["reeve"]
    /// well-known = false
    /// ```
    /// ```bad
    /// The Okoro ministry spoke on Monday. On Friday reeve [[okora]] spoke again, and Okoro resigned.
    /// ```
    /// ```good
    /// The firm sued the obamu administration.
    /// ```
    ///
    /// # When not to use
    ///
    /// On text that plays with names, such as satire and fiction; there, set it to `info` or `off`.
    pub(crate) META: "garbled-name" in "names", Warning, min_confidence 0.8, scope Document,
    options [
        OptionMeta::new("min-uses", OptionKind::Integer { default: 2, least: 1, most: 1_000 }, "how often a name must stand in the document for words near it to be looked at"),
        OptionMeta::new("titles", OptionKind::NO_TEXTS, "words of your own that stand only before names"),
        OptionMeta::new("well-known", OptionKind::Boolean(true), "whether words near a well-known name are looked at that the document does not use"),
    ]
}

/// Evidence in thousandths of a nat. Set on the even-numbered files of two clean news collections (2004 and 1987): no
/// finding there may reach `min-confidence` unless the same company stands beside word and name.
mod weight {
    /// An unknown lower-case word near a name of the document.
    pub(super) const LOWER: i32 = 1_500;
    /// An unknown capitalised word, used once, near a name of the document. Mostly another name, or a slip.
    pub(super) const CAPITAL: i32 = -500;
    /// An unknown lower-case word near a well-known name.
    pub(super) const GAZETTEER: i32 = 500;
    /// The same word follows both, or precedes both; twice if both. By itself a coincidence: talk of one vote is followed
    /// by talk of another.
    pub(super) const SAME_COMPANY: i32 = 1_000;
    /// A word that goes with names follows or precedes.
    pub(super) const NAME_COMPANY: i32 = 2_000;
    /// An ordinary word lies as near: it may be a slip of that.
    pub(super) const ORDINARY_WORD_NEAR: i32 = -1_500;
    /// Below this nothing is reported.
    pub(super) const LEAST: i32 = 1_000;
}

/// Slots for words that are known to be known: about as many as a news text has distinct uncommon words.
const RECENT: usize = 256;
/// Unknown words of a text for each of which all that looks like a name is looked at; more of them are asked of an index.
const LOOKS: usize = 16;
/// In a slot that holds no key; keys have 32 bits.
const NO_KEY: u64 = u64::MAX;
/// Fewer letters say too little. In bytes.
const SHORTEST: u32 = 5;
/// More are no word, and the look-ups for one word grow with the square of its length. In bytes.
const LONGEST: u32 = 40;
/// A gazetteer name must be this prominent: hundredths of log10 of its share of running text (one word in a million).
const PROMINENT: i16 = -600;
/// Titles before a name.
const BEFORE: &[&str] = &[
    "chairman",
    "chancellor",
    "dr",
    "gov",
    "governor",
    "king",
    "minister",
    "mr",
    "mrs",
    "ms",
    "president",
    "prince",
    "princess",
    "queen",
    "rep",
    "sen",
    "senator",
];
/// Nouns after a name, sorted, and what rewording makes of them.
const AFTER: &[&str] = &[
    "administration",
    "authorities",
    "cabinet",
    "campaign",
    "government",
    "management",
    "ministry",
    "presidency",
];

/// The options of the rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Options {
    min_uses: usize,
    titles: Vec<String>,
    well_known: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_uses: 2, titles: Vec::new(), well_known: true }
    }
}

/// See the page in [`META`].
#[derive(Default)]
pub(crate) struct GarbledName {
    options: Options,
}

impl Rule for GarbledName {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn configured(
        &self,
        options: toml::de::ValueDeserializer<'_>,
    ) -> Result<Arc<dyn Rule>, OptionsError> {
        Ok(Arc::new(Self { options: Options::deserialize(options)? }))
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let document = cx.document();
        let model = model(cx);
        let vocabulary = model.vocabulary();
        let words = cx.get::<KnownWords>();
        let name_like = OnceCell::new();
        let mut looks = LOOKS;
        // Texts repeat their uncommon words: most are answered by what was found for their key the last time.
        let mut known = [NO_KEY; RECENT];
        for (at, (token, word)) in document.tokens().iter().zip(words.all()).enumerate() {
            // What a dictionary says something of is known, and that takes no look-up.
            if word.flags.0 != 0
                || token.kind != TokenKind::Word
                || !(SHORTEST..=LONGEST).contains(&token.span.len())
                || vocabulary.is_common(token.key)
            {
                continue;
            }
            let recent = &mut known[token.key as usize % RECENT];
            if *recent == u64::from(token.key) {
                continue;
            }
            if is_part_of_compound(document.tokens(), at) {
                continue;
            }
            let word = document.token_text(token);
            if is_known(&vocabulary, word) {
                *recent = u64::from(token.key);
                continue;
            }
            let has_near = looks == 0
                || name_like.get_or_init(|| NameLike::of(document)).may_hold_near(document, at);
            looks = looks.saturating_sub(1);
            if let Some(finding) = self.judge(cx, &model, at, token, has_near) {
                out.push(finding);
            }
        }
    }
}

impl GarbledName {
    fn judge(
        &self,
        cx: &Context<'_>,
        model: &Model<'_>,
        at: usize,
        token: &Token,
        has_near: bool,
    ) -> Option<Finding> {
        let document = cx.document();
        let word = document.token_text(token);
        let base = match token.case {
            Case::Lower => weight::LOWER,
            Case::Title => weight::CAPITAL,
            _ => return None,
        };
        // Most texts have no name near a word that is unknown, and their names are not gathered.
        let names = has_near.then(|| cx.get::<DocumentNames>());
        if names.as_ref().is_some_and(|names| names.uses(token) >= 2) {
            return None;
        }
        let near = names.as_ref().map(|n| n.near(document, word, self.options.min_uses));
        let in_document = near
            .unwrap_or_default()
            .into_iter()
            .filter(|name| !is_derived(word, name.text) && !is_contrast(at, name))
            .map(|name| (base + self.company(document, at, &name), name))
            .max_by_key(|(evidence, name)| (*evidence, name.uses.len()))
            .map(|(evidence, name)| {
                let uses = name.uses.len();
                let note = format!("\"{}\" stands in this text {uses} times", name.text);
                (evidence, name.text, note)
            });
        let well_known = || {
            if token.case != Case::Lower || !self.options.well_known {
                return None;
            }
            let mut near: Vec<NameMatch<'_>> = Vec::new();
            model.names().near(word, &mut near);
            let fits = |n: &&NameMatch<'_>| {
                n.distance == 1 && n.weight >= PROMINENT && !is_derived(word, n.name)
            };
            let name = near.iter().find(fits)?.name;
            if cx.get::<DocumentNames>().uses(token) >= 2 {
                return None;
            }
            Some((
                weight::GAZETTEER + self.name_company(document, at),
                name,
                format!("\"{name}\" is a well-known name"),
            ))
        };
        let enough = |(evidence, ..): &(i32, &str, String)| *evidence >= weight::LEAST;
        let (mut evidence, name, note) =
            in_document.filter(enough).or_else(|| well_known().filter(enough))?;
        // Asked last: it takes hundreds of look-ups, and few unknown words come so far.
        if has_ordinary_neighbour(&model.vocabulary(), word) {
            evidence += weight::ORDINARY_WORD_NEAR;
        }
        let note = format!("\"{word}\" is in no vocabulary; {note}");
        (evidence >= weight::LEAST).then(|| finding(token, word, name, evidence).note(note))
    }

    /// What stands beside the word, weighed against what stands beside the name's own uses.
    fn company(&self, document: &Document<'_>, at: usize, name: &Name<'_>) -> i32 {
        let tokens = document.tokens();
        let key = |i: Option<usize>| {
            let token = tokens.get(i?)?;
            let content = token.kind == TokenKind::Word
                && !unspin_lang::is_function_word(document.token_text(token));
            content.then_some(token.key)
        };
        let same = |word: Option<u32>, beside: &dyn Fn(usize) -> Option<usize>| {
            word.is_some()
                && name.uses.iter().take(64).any(|use_at| key(beside(*use_at as usize)) == word)
        };
        let before = same(key(at.checked_sub(1)), &|i| i.checked_sub(1));
        let after = same(key(Some(at + 1)), &|i| Some(i + 1));
        (i32::from(before) + i32::from(after)) * weight::SAME_COMPANY
            + self.name_company(document, at)
    }

    fn name_company(&self, document: &Document<'_>, at: usize) -> i32 {
        let text = |i: Option<usize>| {
            i.and_then(|i| document.tokens().get(i)).map(|token| document.token_text(token))
        };
        let (before, after) = (text(at.checked_sub(1)), text(Some(at + 1)));
        let is =
            |text: Option<&str>, word: &str| text.is_some_and(|t| t.eq_ignore_ascii_case(word));
        if BEFORE.iter().any(|word| is(before, word))
            || AFTER.iter().any(|word| is(after, word))
            || self.options.titles.iter().any(|word| is(before, word))
        {
            weight::NAME_COMPANY
        } else {
            0
        }
    }
}

/// Whether English knows the word, as it stands, by its lemma, or behind a prefix.
fn is_known(vocabulary: &Vocabulary<'_>, word: &str) -> bool {
    !word.chars().all(char::is_alphabetic)
        || vocabulary.get(word).is_some()
        || unspin_lang::lemmas(word).any(|analysis| {
            let mut lemma = String::new();
            analysis.lemma.write_to(&mut lemma);
            vocabulary.get(&lemma).is_some()
        })
        || ["un", "re", "non", "anti", "pre", "over", "super", "mis", "out", "inter"].iter().any(
            |prefix| {
                word.get(..prefix.len()).is_some_and(|p| p.eq_ignore_ascii_case(prefix))
                    && word
                        .get(prefix.len()..)
                        .is_some_and(|rest| rest.len() > 3 && vocabulary.get(rest).is_some())
            },
        )
}

/// Whether one substitution, deletion or transposition makes an ordinary word of it.
fn has_ordinary_neighbour(vocabulary: &Vocabulary<'_>, word: &str) -> bool {
    if !word.is_ascii() {
        return false;
    }
    let ordinary = |bytes: &[u8]| {
        std::str::from_utf8(bytes)
            .is_ok_and(|w| vocabulary.get(w).is_some_and(unspin_model::Entry::is_word))
    };
    let mut letters = word.to_ascii_lowercase().into_bytes();
    for i in 0..letters.len() {
        let own = letters[i];
        for other in b'a'..=b'z' {
            letters[i] = other;
            if other != own && ordinary(&letters) {
                return true;
            }
        }
        letters[i] = own;
        let mut shorter = letters.clone();
        shorter.remove(i);
        if ordinary(&shorter) {
            return true;
        }
        if i > 0 {
            letters.swap(i - 1, i);
            let found = ordinary(&letters);
            letters.swap(i - 1, i);
            if found {
                return true;
            }
        }
    }
    false
}

fn finding(token: &Token, word: &str, name: &str, evidence: i32) -> Finding {
    let message = format!("\"{word}\" reads as a garbled \"{name}\"");
    Finding::new(&META, token.span, LogOdds::from_milli(evidence), message).fix(Fix::replace(
        token.span,
        name,
        Safety::Unsafe,
    ))
}

/// "Blairs" and "Blair", "Saudi" and "Saud": a letter more or less at the end is grammar, not damage. Nor is an accent
/// that one writer sets and another leaves out.
fn is_derived(word: &str, name: &str) -> bool {
    let (word, name) = (word.to_lowercase(), name.to_lowercase());
    let accents_only = || {
        word.chars().count() == name.chars().count()
            && word.chars().zip(name.chars()).all(|(a, b)| a == b || !a.is_ascii() || !b.is_ascii())
    };
    word.starts_with(&name) || name.starts_with(&word) || accents_only()
}

fn is_part_of_compound(tokens: &[Token], at: usize) -> bool {
    let hyphen = |i: usize| tokens.get(i).is_some_and(|t| t.kind == TokenKind::Hyphen);
    hyphen(at + 1) || at > 0 && hyphen(at - 1)
}

/// "a Grexit or a Brexit": two words that stand side by side are two words.
fn is_contrast(at: usize, name: &Name<'_>) -> bool {
    const NEAR: usize = 4;
    let first = name.uses.partition_point(|use_at| (*use_at as usize) + NEAR < at);
    name.uses.get(first).is_some_and(|use_at| (*use_at as usize) <= at + NEAR)
}

#[cfg(test)]
mod tests {
    use unspin_lint::{RuleSet, page};
    use unspin_model::Model;

    use super::{LONGEST, SHORTEST, is_known};

    #[test]
    fn grammar_and_accents_are_no_damage() {
        for (word, name) in
            [("okoros", "Okoro"), ("okor", "Okoro"), ("f\u{e1}il", "Fail"), ("malmo", "Malm\u{f6}")]
        {
            assert!(super::is_derived(word, name), "{word}, {name}");
        }
        assert!(!super::is_derived("okora", "Okoro"));
    }

    #[test]
    fn the_tokenisers_key_is_the_one_of_the_common_words() {
        let vocabulary = Model::embedded().vocabulary();
        for word in ["government", "Thursday", "SAID", "company", "Biden"] {
            assert!(vocabulary.is_common(unspin_text::fold_key(word)), "{word}");
        }
        assert!(!vocabulary.is_common(unspin_text::fold_key("diden")));
    }

    #[test]
    fn every_word_that_has_flags_is_known() {
        let model = Model::embedded();
        let lexicon = model.statistics().expect("the embedded model has them").lexicon;
        for id in lexicon.ids().filter(|id| lexicon.flags(*id).0 != 0) {
            let word = lexicon.spelling(id);
            let is_asked_about = (SHORTEST..=LONGEST).contains(&(word.len() as u32));
            assert!(!is_asked_about || is_known(&model.vocabulary(), word), "{word}");
        }
    }

    #[test]
    fn the_page_tells_the_truth() {
        let rules = RuleSet::new(crate::rules());
        for rule in crate::rules() {
            let wrong = page::check(&rules, rule.as_ref());
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
    }
}
