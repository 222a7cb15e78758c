//! An institution with one word of its name swapped.

use unspin_lint::{Context, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, rule};
use unspin_model::{Statistics, WordFlags};
use unspin_text::{Case, Document, Span, Token, TokenKind, fold_key};
use unspin_words::{KnownWord, KnownWords, model};

use crate::institutions::{Institution, holding, may_lead_to_a_name};

rule! {
    /// An institution, office, country, newspaper or company with one word of its name swapped.
    ///
    /// # Why
    ///
    /// A name is not made of its words' senses, but a rewording tool translates it as if it were: *Supreme Court*
    /// becomes *Preeminent Court*, *Federal Reserve* *Federal Hold*. The rule knows some hundreds of names and what
    /// rewording makes of a word. It reports a name with one word replaced by a word that may stand for it, if nobody
    /// is known to write the two side by side, if the result is no name that it knows (*High Commission*), and if the
    /// new word is none that names are made of (*Finance Secretary*). A name of two words weighs little, and shows only
    /// in a text that bears other marks.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The [[Federal Hold]] raised its rates, and the [[Wall Avenue Journal]] reported it.
    /// ```
    /// ```fixed
    /// The Federal Reserve raised its rates, and the Wall Street Journal reported it.
    /// ```
    /// ```bad
    /// The [[Excessive Court]] ruled against the mill.
    /// ```
    /// ```good
    /// The High Court heard the case after the County Court, and the Central Bank of the island reported it.
    /// ```
    /// ```good
    /// The preferred court of the tennis club is the grassy one, near Wall Lane.
    /// ```
    ///
    /// # When not to use
    ///
    /// On fiction and satire that invents institutions.
    pub(crate) META: "translated-name" in "names", Warning, min_confidence 0.8, scope Sentence
}

/// Evidence in thousandths of a nat.
mod weight {
    /// A name of two words with one swapped: what is left of it is one word, and the world has more institutions than
    /// any list. It shows only in a text that bears other marks.
    pub(super) const SHORT: i32 = 1_500;
    /// Two words of the name or more still stand.
    pub(super) const LONG: i32 = 5_500;
}

/// See the page in [`META`].
pub(crate) struct TranslatedName;

impl Rule for TranslatedName {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let Some(statistics) = model(cx).statistics() else { return };
        let document = cx.document();
        let words = cx.get::<KnownWords>();
        let mut reported = 0;
        for (at, token) in document.tokens().iter().enumerate() {
            if token.case != Case::Title
                || token.kind != TokenKind::Word
                || !may_lead_to_a_name(token.key)
            {
                continue;
            }
            let near =
                |(name, place): (Institution, usize)| garbled(document, &words, at, name, place);
            let best = holding(token.key)
                .filter(|(name, _)| !name.only_rightful())
                .filter_map(near)
                .filter(|swap| swap.first >= reported && swap.is_translation(document, &statistics))
                .max_by_key(|swap| swap.name.text().len());
            if let Some(swap) = best {
                reported = swap.first + swap.name.len();
                out.push(swap.finding(document));
            }
        }
    }
}

/// A name of which all words but one stand in the document.
struct Swap {
    name: Institution,
    /// Index of the first token.
    first: usize,
    /// Index of the token that is not the name's.
    odd: usize,
    /// The name's word in its place.
    word: &'static str,
}

/// The name around the token `at`, which is the word `place` of it, if exactly one word is another that may have been
/// put for it.
fn garbled(
    document: &Document<'_>,
    words: &KnownWords,
    at: usize,
    name: Institution,
    place: usize,
) -> Option<Swap> {
    let first = at.checked_sub(place)?;
    let mut odd = None;
    for (offset, key) in name.keys().enumerate() {
        let token = document.tokens().get(first + offset)?;
        if token.kind != TokenKind::Word || offset > 0 && !token.spaced {
            return None;
        }
        if token.key == key {
            continue;
        }
        if odd.is_some() || token.case != Case::Title || !is_plain(words.all()[first + offset]) {
            return None;
        }
        odd = Some(offset);
    }
    let odd = odd?;
    Some(Swap { name, first, odd: first + odd, word: name.words().nth(odd)? })
}

/// Whether a word is known, and not as a name: "Bush House" makes another name. Most capitalised words are turned away
/// by this.
fn is_plain(word: KnownWord) -> bool {
    word.id.is_word() && word.flags.0 & WordFlags::NAME == 0
}

impl Swap {
    fn tokens<'d>(&self, document: &'d Document<'_>) -> &'d [Token] {
        &document.tokens()[self.first..self.first + self.name.len()]
    }

    /// Whether the odd word may have been put for the name's, and stands where nobody is known to write it.
    fn is_translation(&self, document: &Document<'_>, statistics: &Statistics<'_>) -> bool {
        let lexicon = &statistics.lexicon;
        let tokens = document.tokens();
        let token = &tokens[self.odd];
        let Some((odd, original)) = lexicon.get(token.key).zip(lexicon.get(fold_key(self.word)))
        else {
            return false;
        };
        // "Finance Secretary": a word that names are made of makes another name.
        if !statistics.channel.originals(odd).any(|o| o.id == original)
            || unspin_lang::is_function_word(self.word)
            || holding(token.key).next().is_some()
            || same_lemma(document.token_text(token), self.word)
        {
            return false;
        }
        let first = self.first;
        let last = first + self.name.len() - 1;
        let attested = |a: usize, b: usize| {
            let pair = tokens.get(a).zip(tokens.get(b));
            let pair = pair.and_then(|(a, b)| lexicon.get(a.key).zip(lexicon.get(b.key)));
            pair.is_some_and(|(a, b)| statistics.bigrams.log10_count(a, b).is_some())
        };
        let content = |at: usize| !unspin_lang::is_function_word(document.token_text(&tokens[at]));
        let before = (self.odd > first).then(|| self.odd - 1).filter(|at| content(*at));
        let after = (self.odd < last).then_some(self.odd + 1).filter(|at| content(*at));
        (before.is_some() || after.is_some())
            && !before.is_some_and(|at| attested(at, self.odd))
            && !after.is_some_and(|at| attested(self.odd, at))
            && !self
                .tokens(document)
                .iter()
                .enumerate()
                .any(|(i, _)| is_rightful(document, first + i))
    }

    fn finding(&self, document: &Document<'_>) -> Finding {
        let tokens = self.tokens(document);
        let span = tokens.iter().fold(tokens[0].span, |span: Span, token| span.cover(token.span));
        let words = self.name.words().filter(|word| !unspin_lang::is_function_word(word)).count();
        let evidence = if words > 2 { weight::LONG } else { weight::SHORT };
        let found = document.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let message = format!("\"{found}\" reads as a translated \"{}\"", self.name.text());
        Finding::new(&META, span, LogOdds::from_milli(evidence), message)
            .note(format!("\"{}\" is a name, and a synonym of its words is not", self.name.text()))
            .fix(Fix::replace(span, self.name.text(), Safety::Unsafe))
    }
}

fn same_lemma(a: &str, b: &str) -> bool {
    unspin_lang::lemmas(a)
        .any(|a| unspin_lang::lemmas(b).any(|b| a.lemma.bytes().eq(b.lemma.bytes())))
}

/// Whether the token stands in a name of several words that is known.
fn is_rightful(document: &Document<'_>, at: usize) -> bool {
    let tokens = document.tokens();
    holding(tokens[at].key).filter(|(name, _)| name.text().contains(' ')).any(|(name, place)| {
        at.checked_sub(place).is_some_and(|first| {
            name.keys().enumerate().all(|(offset, key)| {
                tokens.get(first + offset).is_some_and(|token| token.key == key)
            })
        })
    })
}
