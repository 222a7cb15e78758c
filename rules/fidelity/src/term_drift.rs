//! `term-drift`.
//!
//! A swap of one word is an oddity; the same expression under several names in one text is a pattern, and a writer has
//! no reason for it: terms are repeated because they are terms. So the rule looks for pairs of words that are seen
//! nowhere, and asks whether several of them can stand for one expression that is seen often.

use std::collections::{BTreeMap, HashSet};

use unspin_lang::transfer_case;
use unspin_lint::{Context, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, Span, rule};
use unspin_model::{Channel, Statistics, WordFlags, WordId};
use unspin_text::{Document, Token, TokenKind};
use unspin_words::{KnownWord, KnownWords, model};

rule! {
    /// One fixed expression under several odd names in the same text.
    ///
    /// # Why
    ///
    /// Writers repeat a term, because another word for it would be another thing. A program swaps each time it meets
    /// one, and often differently: what a text calls *artificial intelligence* here is *synthetic intelligence* a
    /// paragraph later and *man-made brainpower* below. The rule looks at pairs of words that are never seen side by
    /// side, and asks for which well-attested expression a thesaurus may have put them. It speaks where two different
    /// pairs lead to the same expression, or where the expression itself stands in the text besides.
    ///
    /// Writers do vary their words, so this is a hint by itself and shows only in a text that bears other marks.
    ///
    /// # Examples
    ///
    /// ```bad
    /// Artificial intelligence will change the clinic. But [[synthetic intelligence]] needs data.
    /// ```
    /// ```fixed
    /// Artificial intelligence will change the clinic. But artificial intelligence needs data.
    /// ```
    /// ```bad
    /// The [[Prime Priest]] spoke first. Later the Prime Minister left the hall.
    /// ```
    /// ```good
    /// Artificial intelligence will change the clinic. But artificial light needs power.
    /// ```
    /// ```good
    /// The Prime Minister spoke first. Later the finance minister left the hall with the first priest.
    /// ```
    ///
    /// # Options
    ///
    /// None.
    ///
    /// # When not to use
    ///
    /// On texts about wording, such as translations side by side.
    pub(crate) META: "term-drift" in "fidelity", Warning, min_confidence 0.8, scope Document
}

/// A hint: so little that it shows only in a text that nearly passes for reworded by its other marks. The rules of the
/// family `substitution` weigh the same words, so more would count them twice.
const EVIDENCE: LogOdds = LogOdds::from_milli(500);
/// An expression is fixed if its words stand side by side 10^1.8 times in the reference text, and 100 times oftener
/// than chance; hundredths of log10.
const ATTESTED: i32 = 180;
const BOUND: i32 = 200;
/// Least share of a word's replacements that the odd word must be: hundredths of log10.
const SHARE: i32 = -200;
/// How much likelier an odd word must be as a replacement than in clean text, hundredths of log10: writers vary their
/// terms with ordinary words.
const EMISSION: i32 = 20;
/// Expressions of one text; beyond, texts are lists, and what is left out is counted nowhere.
const MOST: usize = 4_096;
/// About as many odd pairs as a news text has.
const FEW: usize = 16;
/// As many as a long one has.
const MANY: usize = 128;

/// See the page in [`META`].
pub(crate) struct TermDrift;

impl Rule for TermDrift {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        if let Some(statistics) = model(cx).statistics() {
            Drift::new(cx.document(), &statistics, &cx.get::<KnownWords>()).report(out);
        }
    }
}

/// Two content words that stand side by side.
#[derive(Clone, Copy)]
struct Pair {
    words: [WordId; 2],
    span: Span,
}

/// The pairs that may stand for each expression.
type Names = BTreeMap<[WordId; 2], Vec<Pair>>;

/// The pairs of a document.
struct Drift<'d> {
    document: &'d Document<'d>,
    statistics: &'d Statistics<'d>,
    /// Fixed expressions that stand in the text: the first of each, by its words.
    fixed: Vec<Pair>,
    /// Pairs that are seen nowhere and hold a word that may have been put in, the first of each, in order.
    odd: Vec<Pair>,
}

impl<'d> Drift<'d> {
    fn new(document: &'d Document<'_>, statistics: &'d Statistics<'d>, words: &KnownWords) -> Self {
        let [fixed, odd] = [(); 2].map(|()| Vec::with_capacity(FEW));
        let mut drift = Self { document, statistics, fixed, odd };
        let mut firsts = Words::with_room(MANY);
        'text: for sentence in document.sentences() {
            let known = &words.all()[sentence.tokens.start as usize..sentence.tokens.end as usize];
            let tokens = document.sentence_tokens(sentence);
            // Few words have a word that can be part of a term on both sides, so tokens are looked at last.
            let mut before = false;
            for (at, word) in known.iter().enumerate() {
                let is_content = is_content(*word);
                if before && is_content && stand_side_by_side(&tokens[at - 1], &tokens[at]) {
                    if drift.odd.len() == MOST {
                        break 'text;
                    }
                    let span = tokens[at - 1].span.cover(tokens[at].span);
                    drift.add([known[at - 1], *word], span, &mut firsts);
                }
                before = is_content;
            }
        }
        // A sort that keeps the order of equals, so that the first of each stays.
        drift.fixed.sort_by_key(|pair| pair.words);
        drift.fixed.dedup_by_key(|pair| pair.words);
        drift
    }

    /// Takes in a pair; `firsts` are the first words of the odd ones.
    fn add(&mut self, [first, second]: [KnownWord; 2], span: Span, firsts: &mut Words) {
        // The counts of pairs lie far apart in memory, so what can be neither is told first.
        let may_be_fixed = may_be_fixed(first.flags, second.flags);
        let may_be_odd = self.is_put_in(first.id) || self.is_put_in(second.id);
        if !may_be_fixed && !may_be_odd {
            return;
        }
        let words = [first.id, second.id];
        match self.statistics.bigrams.log10_count(first.id, second.id) {
            Some(count) if may_be_fixed && is_frequent(self.statistics, words, count) => {
                self.fixed.push(Pair { words, span });
            }
            // A text has a handful of odd pairs, and seldom two that begin alike.
            None if may_be_odd
                && (firsts.insert(first.id) || self.odd.iter().all(|p| p.words != words)) =>
            {
                self.odd.push(Pair { words, span });
            }
            _ => {}
        }
    }

    /// The first place of a fixed expression that stands in the text.
    fn fixed(&self, words: [WordId; 2]) -> Option<&Pair> {
        let at = self.fixed.binary_search_by_key(&words, |pair| pair.words).ok()?;
        self.fixed.get(at)
    }

    fn report(&self, out: &mut Vec<Finding>) {
        let mut names = Names::new();
        self.by_the_text(&mut names);
        self.by_each_other(&mut names);
        if names.is_empty() {
            return;
        }
        let mut drifts: Vec<([WordId; 2], Vec<Pair>)> = names.into_iter().collect();
        // A pair that fits two expressions is told of with the one that has more names.
        drifts.sort_by_key(|(term, pairs)| (std::cmp::Reverse(pairs.len()), pairs[0].span, *term));
        let mut told: HashSet<Span> = HashSet::new();
        for (term, pairs) in drifts {
            let anchor = self.fixed(term);
            let pairs: Vec<Pair> = pairs.into_iter().filter(|p| !told.contains(&p.span)).collect();
            if pairs.len() + usize::from(anchor.is_some()) < 2 {
                continue;
            }
            told.extend(pairs.iter().map(|p| p.span));
            out.push(self.finding(term, &pairs, anchor));
        }
    }

    /// Pairs that may stand for an expression that stands in the text itself.
    fn by_the_text(&self, names: &mut Names) {
        if self.fixed.is_empty() {
            return;
        }
        let [firsts, seconds] = [0, 1].map(|at| {
            let mut words = Words::with_room(self.fixed.len());
            for pair in &self.fixed {
                words.insert(pair.words[at]);
            }
            words
        });
        let [mut starts, mut ends] = [(); 2].map(|()| Vec::with_capacity(Channel::USUAL + 1));
        for pair in &self.odd {
            let [first, second] = pair.words;
            self.expand(first, &firsts, &mut starts);
            if starts.is_empty() {
                continue;
            }
            self.expand(second, &seconds, &mut ends);
            for &start in &starts {
                for &end in &ends {
                    if self.fixed([start, end]).is_some() {
                        names.entry([start, end]).or_default().push(*pair);
                    }
                }
            }
        }
    }

    /// Pairs that share a word and may stand for one expression that does not stand in the text.
    fn by_each_other(&self, names: &mut Names) {
        let mut standing: Vec<(WordId, &Pair)> = Vec::with_capacity(4 * Channel::USUAL);
        let mut met = Words::with_room(self.odd.len());
        let mut again = Words::with_room(self.odd.len());
        for shared in [1, 0] {
            met.clear();
            again.clear();
            for pair in &self.odd {
                if !met.insert(pair.words[shared]) {
                    again.insert(pair.words[shared]);
                }
            }
            let is_shared = |pair: &&Pair| again.may_hold(pair.words[shared]);
            // Sorts that keep the order of equals, so that pairs stay in the order of the text.
            let mut pairs: Vec<&Pair> = self.odd.iter().filter(is_shared).collect();
            pairs.sort_by_key(|pair| pair.words[shared]);
            let groups = pairs.chunk_by(|a, b| a.words[shared] == b.words[shared]);
            for pairs in groups.filter(|pairs| pairs.len() > 1) {
                let word = pairs[0].words[shared];
                standing.clear();
                for pair in pairs {
                    let originals = self.originals(pair.words[1 - shared], |_| true);
                    standing.extend(originals.map(|original| (original, *pair)));
                }
                standing.sort_by_key(|(original, _)| *original);
                let originals = standing.chunk_by(|a, b| a.0 == b.0);
                for pairs in originals.filter(|pairs| pairs.len() > 1) {
                    let original = pairs[0].0;
                    let term = if shared == 1 { [original, word] } else { [word, original] };
                    if self.fixed(term).is_none() && is_fixed(self.statistics, term) {
                        names.entry(term).or_default().extend(pairs.iter().map(|(_, p)| **p));
                    }
                }
            }
        }
    }

    /// Whether a word is much likelier as a replacement than in clean text.
    fn is_put_in(&self, word: WordId) -> bool {
        self.statistics.channel.emission(word) >= EMISSION
    }

    /// The words that `word` may stand for: those that are wanted, and are like it in form.
    fn originals(
        &self,
        word: WordId,
        wanted: impl Fn(WordId) -> bool,
    ) -> impl Iterator<Item = WordId> {
        let Statistics { lexicon, channel, .. } = *self.statistics;
        let form = move |id: WordId| lexicon.flags(id).0 & WordFlags::S_FORM;
        let own = form(word);
        let all = self.is_put_in(word).then(|| channel.originals(word));
        all.into_iter()
            .flatten()
            .take_while(|original| original.log10_share >= SHARE)
            .map(|original| original.id)
            .filter(move |&id| wanted(id) && form(id) == own)
    }

    /// Those of `word` and its originals that may be `wanted`.
    fn expand(&self, word: WordId, wanted: &Words, out: &mut Vec<WordId>) {
        out.clear();
        out.extend(Some(word).filter(|&id| wanted.may_hold(id)));
        out.extend(self.originals(word, |id| wanted.may_hold(id)));
    }

    fn finding(&self, term: [WordId; 2], pairs: &[Pair], anchor: Option<&Pair>) -> Finding {
        let lexicon = self.statistics.lexicon;
        let text = |pair: &Pair| {
            self.document.slice(pair.span).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let spelt = term.map(|id| lexicon.spelling(id)).join(" ");
        let span = pairs[0].span;
        let found = self.document.slice(span);
        let message = format!("\"{}\" is one of several names for \"{spelt}\"", text(&pairs[0]));
        let mut finding = Finding::new(&META, span, EVIDENCE, message);
        let others: Vec<String> =
            pairs[1..].iter().take(4).map(|p| format!("\"{}\"", text(p))).collect();
        if !others.is_empty() {
            finding = finding.note(format!("so are {}", others.join(", ")));
        }
        if let Some(anchor) = anchor {
            finding = finding.note(format!("the text also has \"{}\"", text(anchor)));
        }
        let replaced = found
            .split_whitespace()
            .zip(term)
            .map(|(word, id)| transfer_case(word, lexicon.spelling(id)).into_owned())
            .collect::<Vec<_>>();
        finding.fix(Fix::replace(span, replaced.join(" "), Safety::Unsafe))
    }
}

/// Whether a word can be part of a term.
fn is_content(word: KnownWord) -> bool {
    word.id.is_word() && word.flags.0 & (WordFlags::FUNCTION | WordFlags::ADVERB) == 0
}

/// Whether two tokens in a row are words with nothing but space between them: anything else, be it a hyphen or a comma,
/// makes them no pair.
fn stand_side_by_side(first: &Token, second: &Token) -> bool {
    first.kind == TokenKind::Word && second.kind == TokenKind::Word && second.spaced
}

/// Whether a pair is a fixed expression that ends in a noun.
fn is_fixed(statistics: &Statistics<'_>, words: [WordId; 2]) -> bool {
    let [first, second] = words;
    let Statistics { lexicon, bigrams, .. } = statistics;
    may_be_fixed(lexicon.flags(first), lexicon.flags(second))
        && bigrams
            .log10_count(first, second)
            .is_some_and(|count| is_frequent(statistics, words, count))
}

/// Whether words of these classes can make an expression that ends in a noun.
fn may_be_fixed(first: WordFlags, second: WordFlags) -> bool {
    second.0 & WordFlags::NOUN != 0 && first.0 & (WordFlags::NOUN | WordFlags::ADJECTIVE) != 0
}

/// Whether a pair that is counted so often, in hundredths of log10, stands together by more than chance.
fn is_frequent(statistics: &Statistics<'_>, [first, second]: [WordId; 2], count: i32) -> bool {
    let Statistics { lexicon, bigrams, .. } = statistics;
    let by_chance = || {
        lexicon.log10_hundredths(first) + lexicon.log10_hundredths(second) + bigrams.log10_total()
    };
    count >= ATTESTED && count - by_chance() >= BOUND
}

/// Words, one bit each, since most candidates are in no expression of the text; a few others share a bit with them.
struct Words(Vec<u64>);

impl Words {
    /// A bit for every word there can be, in numbers of 64 bits.
    const ALL: usize = 1 << 10;

    /// 64 bits a word, so that hardly two share one.
    fn with_room(words: usize) -> Self {
        Self(vec![0; words.next_power_of_two().min(Self::ALL)])
    }

    fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Puts a word in; whether it was new for certain.
    fn insert(&mut self, id: WordId) -> bool {
        let (at, bit) = self.place(id);
        let is_new = self.0[at] & bit == 0;
        self.0[at] |= bit;
        is_new
    }

    fn place(&self, id: WordId) -> (usize, u64) {
        // The length is a power of two.
        ((id.index() / 64) & (self.0.len() - 1), 1 << (id.index() % 64))
    }

    fn may_hold(&self, id: WordId) -> bool {
        let (at, bit) = self.place(id);
        self.0[at] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use unspin_lint::page;

    use super::*;

    fn found(text: &str) -> Vec<String> {
        page::raw(&TermDrift, &Document::new(text.as_bytes()))
            .into_iter()
            .map(|f| f.message)
            .collect()
    }

    #[test]
    fn the_page_tells_the_truth() {
        let wrong = page::check(&unspin_lint::RuleSet::default(), &TermDrift);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn two_odd_names_tell_of_a_term_that_the_text_does_not_have() {
        let text = "A synthetic intelligence was shown. An unnatural intelligence was sold.";
        let expected =
            "\"synthetic intelligence\" is one of several names for \"artificial intelligence\"";
        assert_eq!(found(text), [expected]);
        assert_eq!(found("A synthetic intelligence was shown. It was sold."), [""; 0]);
    }
}
