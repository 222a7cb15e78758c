//! Finding phrases as unspin's own declarative rules do.
//!
//! Letter case, line breaks and runs of space do not matter; no match crosses the end of a sentence; up to two double
//! quotation marks in a row are passed over inside a phrase; where a hyphen follows, the last word belongs to what comes
//! after it, so there is no match; of matches that overlap, the leftmost longest is one.

use crate::{Document, List, Span, Token, TokenKind};

/// Phrases to look for.
pub struct Phrases<'p> {
    phrases: Vec<Vec<&'p str>>,
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
    /// Phrases as they are written in lower case, their words parted by spaces.
    pub fn new(phrases: impl IntoIterator<Item = &'p str>) -> Self {
        let words = |phrase: &'p str| phrase.split_whitespace().collect::<Vec<_>>();
        let phrases: Vec<Vec<&str>> = phrases.into_iter().map(words).collect();
        let initials = phrases.iter().filter_map(|phrase| phrase.first()?.bytes().next());
        let initials =
            initials.fold(
                0,
                |all, initial| {
                    if initial.is_ascii() { all | 1 << (initial & 31) } else { u32::MAX }
                },
            );
        Self { phrases, initials }
    }

    /// Where they stand in a document, in order, none overlapping another.
    pub fn find(&self, document: &Document<'_>) -> Vec<Match> {
        let mut found = Vec::new();
        for sentence in &document.sentences() {
            let tokens = document.sentence_tokens(&sentence);
            let mut free = 0;
            for (at, token) in tokens.iter().enumerate() {
                let initial = document.text().as_bytes()[token.span.start as usize];
                let may_begin = !initial.is_ascii() || self.initials >> (initial & 31) & 1 == 1;
                if may_begin
                    && at >= free
                    && let Some((last, found_here)) = self.longest(document, tokens, at, token)
                {
                    found.push(found_here);
                    free = last + 1;
                }
            }
        }
        found
    }

    /// The longest phrase that begins with a token, and the place of its last.
    fn longest(
        &self,
        document: &Document<'_>,
        tokens: List<'_, Token>,
        at: usize,
        first: Token,
    ) -> Option<(usize, Match)> {
        let mut best: Option<(usize, Match)> = None;
        for (phrase, words) in self.phrases.iter().enumerate() {
            let Some((initial, rest)) = words.split_first() else { continue };
            if !reads(document.slice(first.span), initial) {
                continue;
            }
            let Some(last) = follow(document, tokens, at, rest) else { continue };
            let cut = tokens.get(last + 1).is_some_and(|t| t.kind == TokenKind::Hyphen);
            if cut || best.is_some_and(|(longest, _)| longest >= last) {
                continue;
            }
            let span = tokens.get(last).map_or(first.span, |token| first.span.cover(token.span));
            let has_quotation_mark = document.slice(span).contains(['"', '\u{201c}', '\u{201d}']);
            best = Some((last, Match { phrase, span, has_quotation_mark }));
        }
        best
    }
}

/// The place of the last of these words, if they stand one after the other after the token `at`.
fn follow(
    document: &Document<'_>,
    tokens: List<'_, Token>,
    mut at: usize,
    words: &[&str],
) -> Option<usize> {
    for word in words {
        at = (at + 1..at + 4).find(|i| tokens.get(*i).is_none_or(|t| !is_quote(document, t)))?;
        if !reads(document.slice(tokens.get(at)?.span), word) {
            return None;
        }
    }
    Some(at)
}

fn is_quote(document: &Document<'_>, token: Token) -> bool {
    token.kind == TokenKind::Punct
        && matches!(document.slice(token.span), "\"" | "\u{201c}" | "\u{201d}")
}

/// Whether a token's text is a word, without regard to letter case or to the kind of apostrophe and hyphen.
fn reads(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word) || (!text.is_ascii() && fold(text) == word)
}

fn fold(text: &str) -> String {
    let plain = |c| match c {
        '\u{2019}' | '\u{2bc}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    };
    text.chars().flat_map(char::to_lowercase).map(plain).collect()
}
