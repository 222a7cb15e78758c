//! Finding phrases as unspin's own declarative rules do.
//!
//! Letter case, line breaks and runs of space do not matter; no match crosses the end of a sentence; up to two double
//! quotation marks in a row are passed over inside a phrase; where a hyphen follows, the last word belongs to what comes
//! after it, so there is no match; of matches that overlap, the leftmost longest is one.

use std::borrow::Cow;

use crate::{Document, List, Span, Token, TokenKind};

/// How dashes and curly quotation marks begin in UTF-8, the commonest tokens that are not ASCII. No word begins so.
const PUNCTUATION: [u8; 2] = [0xe2, 0x80];

/// Phrases to look for.
pub struct Phrases<'p> {
    /// Each with its first word before the rest.
    phrases: Vec<(&'p str, &'p str)>,
    /// By the last five bits of a first letter: whether a phrase begins with it.
    initials: u32,
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its place in the list.
    pub phrase: usize,
    /// From its first to its last token.
    pub span: Span,
    /// Whether a quotation mark stands in it, whose partner stands elsewhere: a replacement would take it away.
    pub has_quotation_mark: bool,
}

impl<'p> Phrases<'p> {
    /// Phrases as they are written in lower case, their words parted by one space each.
    pub fn new(phrases: impl IntoIterator<Item = &'p str>) -> Self {
        let mut initials = 0;
        let mut begun = |phrase: &'p str| {
            let bytes = phrase.as_bytes();
            let first = bytes.iter().position(|b| *b == b' ').unwrap_or(bytes.len());
            if let Some(initial) = bytes.first() {
                initials |= if initial.is_ascii() { 1 << (initial & 31) } else { u32::MAX };
            }
            phrase.split_at(first)
        };
        let phrases = phrases.into_iter().map(&mut begun).collect();
        Self { phrases, initials }
    }

    /// Where they stand in a document, in order, none overlapping another.
    pub fn find(&self, document: &Document<'_>) -> Vec<Match> {
        let text = document.text().as_bytes();
        let mut found = Vec::new();
        for sentence in &document.sentences() {
            let tokens = document.sentence_tokens(&sentence);
            let mut free = 0;
            let mut tokens_left = tokens.spans().enumerate();
            while let Some((at, span)) = self.skip(text, &mut tokens_left) {
                if at < free || !self.could_begin_with(&text[span.range()]) {
                    continue;
                }
                if let Some((last, found_here)) = self.longest(document, tokens, at, span) {
                    found.push(found_here);
                    free = last + 1;
                }
            }
        }
        found
    }

    /// The next token that a phrase may begin with by its first letter, which nearly none does. A loop of its own, not
    /// inlined: the host charges each round of a loop for all that stands in it, run or not.
    #[inline(never)]
    fn skip(
        &self,
        text: &[u8],
        tokens: &mut impl Iterator<Item = (usize, Span)>,
    ) -> Option<(usize, Span)> {
        tokens.find(|(_, span)| {
            let initial = text[span.start as usize];
            !initial.is_ascii() || self.initials >> (initial & 31) & 1 == 1
        })
    }

    /// Whether a phrase may begin with a token, by its length; where it is not ASCII, by nothing.
    #[inline(never)]
    fn could_begin_with(&self, token: &[u8]) -> bool {
        if token.iter().any(|byte| !byte.is_ascii()) {
            return !token.starts_with(&PUNCTUATION);
        }
        let initial = token.first().map(|byte| byte | 0x20);
        self.phrases.iter().any(|(first, _)| {
            first.len() == token.len() && first.bytes().next().map(|byte| byte | 0x20) == initial
        })
    }

    /// The first of the phrases from the place `from` on whose first word the token is.
    #[inline(never)]
    fn begun_by(&self, token: &Folded<'_>, from: usize) -> Option<usize> {
        // The first letters differ nearly always; those of ASCII differ by case in one bit.
        let initial = token.0.first()? | 0x20;
        let begins = |(first, _): &(&str, &str)| {
            first.len() == token.0.len() && first.as_bytes()[0] | 0x20 == initial
        };
        let mut at = from;
        loop {
            at += self.phrases.get(at..)?.iter().position(begins)?;
            if token.reads(self.phrases[at].0.as_bytes()) {
                return Some(at);
            }
            at += 1;
        }
    }

    /// The longest phrase that begins with a token, and the place of its last.
    #[inline(never)]
    fn longest(
        &self,
        document: &Document<'_>,
        tokens: List<'_, Token>,
        at: usize,
        first: Span,
    ) -> Option<(usize, Match)> {
        let token = Folded::new(&document.text().as_bytes()[first.range()]);
        let mut best: Option<(usize, Match)> = None;
        let mut next = 0;
        while let Some(phrase) = self.begun_by(&token, next) {
            next = phrase + 1;
            let rest = self.phrases[phrase].1;
            let Some(last) = follow(document, tokens, at, rest) else { continue };
            let cut = tokens.get(last + 1).is_some_and(|t| t.kind == TokenKind::Hyphen);
            if cut || best.is_some_and(|(longest, _)| longest >= last) {
                continue;
            }
            let span = tokens.get(last).map_or(first, |token| first.cover(token.span));
            best = Some((last, matched(document, phrase, span)));
        }
        best
    }
}

/// The match of a phrase that is there; has a function of its own as [`Phrases::skip`] has.
#[inline(never)]
fn matched(document: &Document<'_>, phrase: usize, span: Span) -> Match {
    let has_quotation_mark = document.slice(span).contains(['"', '\u{201c}', '\u{201d}']);
    Match { phrase, span, has_quotation_mark }
}

/// The place of the last of these words, if they stand one after the other after the token `at`.
#[inline(never)]
fn follow(
    document: &Document<'_>,
    tokens: List<'_, Token>,
    mut at: usize,
    words: &str,
) -> Option<usize> {
    for word in words.split_ascii_whitespace() {
        at = (at + 1..at + 4).find(|i| tokens.get(*i).is_none_or(|t| !is_quote(document, t)))?;
        let token = &document.text().as_bytes()[tokens.get(at)?.span.range()];
        if !Folded::new(token).reads(word.as_bytes()) {
            return None;
        }
    }
    Some(at)
}

fn is_quote(document: &Document<'_>, token: Token) -> bool {
    token.kind == TokenKind::Punct
        && matches!(document.slice(token.span), "\"" | "\u{201c}" | "\u{201d}")
}

/// The text of a token, to be compared without regard to letter case or to the kind of apostrophe and hyphen.
struct Folded<'t>(Cow<'t, [u8]>);

impl<'t> Folded<'t> {
    fn new(token: &'t [u8]) -> Self {
        Self(if token.is_ascii() { Cow::Borrowed(token) } else { Cow::Owned(fold(token)) })
    }

    /// Whether it is a word, which is in lower case.
    #[inline(never)]
    fn reads(&self, word: &[u8]) -> bool {
        self.0.eq_ignore_ascii_case(word)
    }
}

#[inline(never)]
fn fold(token: &[u8]) -> Vec<u8> {
    let plain = |c| match c {
        '\u{2019}' | '\u{2bc}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    };
    let text = String::from_utf8_lossy(token);
    text.chars().flat_map(char::to_lowercase).map(plain).collect::<String>().into_bytes()
}
