//! `repeated-passage`.
//!
//! Hardly a text repeats itself, which runs of eight words tell at once. Of one that does every run of twelve is hashed
//! by a polynomial that rolls, so that the work grows with the text and with nothing else; a match is verified word by
//! word before it is believed.

use std::collections::{HashMap, HashSet};

use unspin_lint::{Context, Finding, LogOdds, Rule, RuleMeta, Span, rule, speech_around};
use unspin_text::{Document, Token, TokenKind};

rule! {
    /// The same passage of twelve words or more, twice in one text.
    ///
    /// # Why
    ///
    /// Programs that collect articles take a teaser or a caption for part of the text, or paste a lead over itself, and
    /// the same words stand in it twice. Writers repeat the title of a law or how they name their sources, hardly ever a
    /// whole sentence; so a passage of fewer than 24 words must be one, in one of the two places at least. Words that
    /// are quoted, and a refrain that comes three times or in short lines, are spared.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The ferry to the islands left an hour late on Monday after a storm. [[The ferry to the islands left an hour late on Monday after a storm]], its owner said.
    /// ```
    /// ```bad
    /// Storm keeps the ferry to the outer islands in harbour for a third day
    ///
    /// [[Storm keeps the ferry to the outer islands in harbour for a third day]]
    /// ```
    /// ```good
    /// The ferry to the islands left an hour late on Monday. The ferry to the islands left an hour late on Friday.
    /// ```
    /// ```good
    /// She said: "We waited for the ferry to the islands until the sun was gone." Asked again, she said: "We waited for the ferry to the islands until the sun was gone."
    /// ```
    ///
    /// # Options
    ///
    /// None.
    ///
    /// # When not to use
    ///
    /// On minutes, contracts and tables, which repeat themselves by rule.
    pub(crate) META: "repeated-passage" in "residue", Info, min_confidence 0.5, scope Document,
    evidence false
}

/// Words in the shortest passage.
const WORDS: usize = 12;
/// A shorter passage must be a sentence: writers repeat the titles of laws and offices, and how they name their sources.
const LONG: u32 = 24;
/// Fewer different words are a table or a chant.
const DIFFERENT: usize = 9;
/// Lines of fewer words are verse or a table.
const PROSE_LINE: usize = 8;
/// How sure it is; no evidence of rewording.
const SURE: LogOdds = LogOdds::from_milli(3_000);
/// An odd multiplier without structure (the golden ratio), as the base of the polynomial.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// See the page in [`META`].
pub(crate) struct RepeatedPassage;

impl Rule for RepeatedPassage {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let document = cx.document();
        if !may_repeat(document.tokens()) {
            return;
        }
        let words = words(document);
        let repeats = repeats(document.tokens(), &words);
        let mut times: HashMap<u32, u32> = HashMap::new();
        for repeat in &repeats {
            *times.entry(repeat.first).or_default() += 1;
        }
        for repeat in repeats.iter().filter(|repeat| times[&repeat.first] == 1) {
            let passage = |from: u32| &words[from as usize..(from + repeat.len) as usize];
            let (first, second) = (passage(repeat.first), passage(repeat.second));
            let passages = [first, second];
            let [(opens, ends), (reopens, reends)] = passages.map(|p| borders(document, p));
            let told = repeat.len >= LONG || opens && reopens && (ends || reends);
            if told && passages.into_iter().all(|p| is_prose(document, p)) {
                let tokens = document.tokens();
                out.push(finding(document, span(tokens, first), span(tokens, second), repeat.len));
            }
        }
    }
}

/// A passage that stands twice: indices into the words.
struct Repeat {
    first: u32,
    second: u32,
    len: u32,
}

/// The words and numbers of a document, as indices of its tokens: of a large text there are many.
fn words(document: &Document<'_>) -> Vec<u32> {
    let tokens = document.tokens().iter().zip(0..);
    tokens.filter(|(token, _)| is_counted(token.kind)).map(|(_, at)| at).collect()
}

fn is_counted(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Clitic | TokenKind::Number)
}

/// Words in the runs by which a text that repeats nothing is told: every passage of [`WORDS`] holds one that begins at
/// a multiple of [`STRIDE`].
const RUN: usize = 8;
const STRIDE: usize = 4;
const _: () = assert!(RUN + STRIDE - 1 <= WORDS);

/// Whether a passage may stand twice. Of two places where one stands, the first holds a run at a multiple of
/// [`STRIDE`], so that those alone are noted and every run is asked for. One pass, which notes a quarter of the runs.
fn may_repeat(tokens: &[Token]) -> bool {
    const LEAVING: u64 = power(RUN);
    let mut runs = Runs::of(tokens.len());
    let mut last = [0_u32; RUN];
    let mut hash = 0_u64;
    for (at, token) in tokens.iter().filter(|token| is_counted(token.kind)).enumerate() {
        let key = std::mem::replace(&mut last[at % RUN], token.key);
        // The youngest word is multiplied too, so that the high bits depend on all of them.
        hash = hash
            .wrapping_sub(u64::from(key).wrapping_mul(LEAVING))
            .wrapping_add(u64::from(token.key))
            .wrapping_mul(BASE);
        if at + 1 >= RUN && runs.hold(hash, at % STRIDE == 0) {
            return true;
        }
    }
    false
}

const fn power(exponent: usize) -> u64 {
    let (mut power, mut i) = (1_u64, 0);
    while i < exponent {
        power = power.wrapping_mul(BASE);
        i += 1;
    }
    power
}

/// Hashes of runs in open addressing, a quarter full at most: half of each, which is never 0.
struct Runs {
    slots: Vec<u32>,
    shift: u32,
}

impl Runs {
    /// Steps from a full slot to the next; beyond, whoever asks is told yes, so that no text makes them many.
    const STEPS: usize = 32;

    /// Room for those of so many tokens.
    fn of(tokens: usize) -> Self {
        let slots = tokens.next_power_of_two().max(2);
        Self { slots: vec![0; slots], shift: u64::BITS - slots.trailing_zeros() }
    }

    /// Whether they may hold the hash; if not, it may be `noted`.
    #[inline]
    fn hold(&mut self, hash: u64, noted: bool) -> bool {
        let half = hash as u32 | 1;
        let first = (hash >> self.shift) as usize;
        for step in 0..Self::STEPS {
            let at = (first + step) & (self.slots.len() - 1);
            match self.slots[at] {
                0 => {
                    if noted {
                        self.slots[at] = half;
                    }
                    return false;
                }
                held if held == half => return true,
                _ => {}
            }
        }
        true
    }
}

/// The hash of each run of [`WORDS`] words, in order: a polynomial, from which the word that is left behind is taken.
fn hashes(tokens: &[Token], words: &[u32]) -> impl Iterator<Item = u64> {
    const LEADING: u64 = power(WORDS - 1);
    let key = |word: u32| u64::from(tokens[word as usize].key);
    let push = move |hash: u64, word: u32| hash.wrapping_mul(BASE).wrapping_add(key(word));
    let (opening, rest) = words.split_at(words.len().min(WORDS - 1));
    let hash = opening.iter().copied().fold(0, push);
    words.iter().zip(rest).scan(hash, move |hash, (&first, &last)| {
        let whole = push(*hash, last);
        *hash = whole.wrapping_sub(key(first).wrapping_mul(LEADING));
        Some(whole)
    })
}

/// Bits for hashes, which tell most of those that come once from those that may come again: a map of all runs of a text
/// costs more than everything else here.
struct Sieve {
    once: Vec<u64>,
    twice: Vec<u64>,
    shift: u32,
}

impl Sieve {
    /// Takes in hashes, about `count`.
    fn of(hashes: impl Iterator<Item = u64>, count: usize) -> Self {
        // Some sixteen bits a hash let a run in twenty-five through.
        let bits = (count * 16).next_power_of_two().max(64);
        let empty = vec![0_u64; bits / 64];
        let mut sieve =
            Self { once: empty.clone(), twice: empty, shift: u64::BITS - bits.trailing_zeros() };
        for hash in hashes {
            let (at, bit) = sieve.place(hash);
            sieve.twice[at] |= sieve.once[at] & bit;
            sieve.once[at] |= bit;
        }
        sieve
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        // The high bits of a product depend on all bits of its factors.
        let place = hash.wrapping_mul(BASE) >> self.shift;
        (place as usize / 64, 1 << (place % 64))
    }

    /// Whether the hash may have come twice.
    fn holds(&self, hash: u64) -> bool {
        let (at, bit) = self.place(hash);
        self.twice[at] & bit != 0
    }
}

fn repeats(tokens: &[Token], words: &[u32]) -> Vec<Repeat> {
    let key = |word: &u32| tokens[*word as usize].key;
    let mut repeats = Vec::new();
    if words.len() < 2 * WORDS {
        return repeats;
    }
    let sieve = Sieve::of(hashes(tokens, words), words.len());
    let mut met: HashMap<u64, u32> = HashMap::new();
    let mut free = 0;
    for (at, hash) in hashes(tokens, words).enumerate().filter(|&(_, hash)| sieve.holds(hash)) {
        let first = *met.entry(hash).or_insert(at as u32) as usize;
        if at < free || first + WORDS > at {
            continue;
        }
        let pairs = words[first..at].iter().zip(&words[at..]);
        let len = pairs.take_while(|(a, b)| key(a) == key(b)).count();
        if len >= WORDS {
            free = at + len;
            let distinct: HashSet<u32> = words[at..at + len].iter().map(key).collect();
            if distinct.len() >= DIFFERENT {
                repeats.push(Repeat { first: first as u32, second: at as u32, len: len as u32 });
            }
        }
    }
    repeats
}

/// The span of a passage, which has a word at least.
fn span(tokens: &[Token], passage: &[u32]) -> Span {
    let [first, last] = [passage[0], passage[passage.len() - 1]].map(|at| tokens[at as usize].span);
    first.cover(last)
}

/// Whether a passage begins with its sentence, and whether it ends with one.
fn borders(document: &Document<'_>, passage: &[u32]) -> (bool, bool) {
    let span = span(document.tokens(), passage);
    let tokens_around = |offset: u32| {
        let sentence = &document.sentences()[document.sentence_at(offset).unwrap_or(0)];
        document.sentence_tokens(sentence).iter().filter(|token| is_counted(token.kind))
    };
    let first = tokens_around(span.start).next();
    let last = tokens_around(span.end - 1).next_back();
    (
        first.is_some_and(|token| token.span.start == span.start),
        last.is_some_and(|token| token.span.end == span.end),
    )
}

/// Whether a passage is narration, in lines of some length.
fn is_prose(document: &Document<'_>, passage: &[u32]) -> bool {
    let tokens = document.tokens();
    let lines =
        document.slice(span(tokens, passage)).lines().filter(|line| !line.trim().is_empty());
    let ends = [passage[0], passage[passage.len() - 1]].map(|at| tokens[at as usize].span);
    passage.len() / lines.count().max(1) >= PROSE_LINE
        && ends.into_iter().all(|end| speech_around(document, end).is_none())
}

fn finding(document: &Document<'_>, first: Span, second: Span, words: u32) -> Finding {
    let line = document.positions().at(document.text(), first.start).line;
    let opening = document.slice(second).split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let message =
        format!("the passage \"{opening} ...\" of {words} words stands in this text twice");
    Finding::new(&META, second, SURE, message).note(format!("it first stands in line {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        unspin_lint::page::raw(&RepeatedPassage, &Document::new(text.as_bytes())).len()
    }

    #[test]
    fn the_page_tells_the_truth() {
        let wrong = unspin_lint::page::check(&unspin_lint::RuleSet::default(), &RepeatedPassage);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_passage_is_found_wherever_it_stands() {
        let passage = "Storms kept every ferry to those small outer islands in harbour today. ";
        for (before, between) in (0..9).flat_map(|a| (0..9).map(move |b| (a, b))) {
            let filler = |name: &str, count| {
                let words = (0..count).map(|i| format!("{name}{i}"));
                words.chain([format!("{name}stop. ")]).collect::<Vec<_>>().join(" ")
            };
            let text = filler("a", before) + passage + &filler("b", between) + passage;
            assert_eq!(found(&text), 1, "{text}");
        }
    }

    #[test]
    fn a_text_that_repeats_nothing_is_told_at_once() {
        let text = |last: &str| {
            let words = (0..400).map(|i| format!("w{i}")).collect::<Vec<_>>().join(" ");
            Document::new(format!("{words} {last}").as_bytes()).tokens().to_vec()
        };
        assert!(!may_repeat(&text("w4 w5 w6 w7 w8 w9 w10")));
        assert!(may_repeat(&text("w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15")));
    }

    #[test]
    fn refrains_and_short_lines_are_spared() {
        let lead = "The ferry to the islands left an hour late on Monday after a storm. ";
        assert_eq!(found(&lead.repeat(2)), 1);
        assert_eq!(found(&lead.repeat(3)), 0);
        let verse = "Row the boat,\nrow the boat to land,\nhold the long oar\nin your hand.\n\n";
        assert_eq!(found(&verse.repeat(2)), 0);
    }

    #[test]
    fn a_long_text_of_one_word_is_read_in_linear_time() {
        // It would not end if each place were compared with all others.
        let text = "row ".repeat(200_000);
        assert_eq!(found(&text), 0);
    }
}
