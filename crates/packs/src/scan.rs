//! One pass over a document for all rules of a table.
//!
//! A token is looked up by its key; the filter refuses nearly all. Where a phrase may hang on the token, a second filter
//! of pairs of keys refuses nearly all of the rest, then the key beside it, and only then are words compared. The work a token costs is bounded by the
//! phrases that share one anchor, whatever the document, so a scan is linear in it.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use unspin_lint::{Analysis, Context};
use unspin_text::{Document, Span, Token, TokenKind, fold_key};

use crate::condition::{Circumstances, ContextMatches};
use crate::pattern::fold;
use crate::table::{Item, Pack, Phrase};

/// A phrase found in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Index of its rule in the table.
    pub rule: u32,
    /// From its first to its last token, in bytes.
    pub span: Span,
    /// Index of the expanded phrase in the table; beyond those, of the regex.
    pub phrase: u32,
    /// Index of its first token in the document.
    pub first_token: u32,
}

/// What a scan found, by rule and place.
#[derive(Debug, Default)]
pub struct Matches {
    all: Vec<Match>,
    context: ContextMatches,
}

impl Matches {
    /// All of them, by rule and place.
    pub fn all(&self) -> &[Match] {
        &self.all
    }

    /// Those of one rule, by place; of such as overlap the leftmost longest.
    pub fn of_rule(&self, rule: u32) -> &[Match] {
        of_rule(&self.all, rule)
    }

    /// What conditions look for.
    pub(crate) fn context(&self) -> &ContextMatches {
        &self.context
    }
}

/// The matches of one rule among matches by rule.
pub(crate) fn of_rule(all: &[Match], rule: u32) -> &[Match] {
    let start = all.partition_point(|m| m.rule < rule);
    let end = all.partition_point(|m| m.rule <= rule);
    &all[start..end]
}

impl Pack {
    /// Finds the phrases of all rules in one pass, as far as their conditions hold without a language model.
    pub fn scan(&self, document: &Document<'_>) -> Matches {
        self.scan_in(&Context::new(document))
    }

    /// [`Pack::scan`] with what the context has.
    pub(crate) fn scan_in(&self, cx: &Context<'_>) -> Matches {
        let document = cx.document();
        let mut all = Vec::new();
        let anchors = self.anchors();
        let marks = Marks::new();
        for sentence in document.sentences() {
            let tokens = document.sentence_tokens(sentence);
            let walk = Walk { document, tokens, marks };
            for (at, token) in tokens.iter().enumerate() {
                // Both filters are asked here: one token in twenty passes them.
                if anchors.may_hold(token.key) {
                    let (before, after) = (walk.key_before(at), walk.key_after(at));
                    if anchors.may_stand_between(before, token.key, after) {
                        let spot = Spot { at, before, after, sentence: sentence.tokens.start };
                        self.verify(&walk, spot, anchors.get(token.key), &mut all);
                    }
                }
            }
        }
        all.sort_unstable_by_key(|m| {
            (m.rule, m.span.start, std::cmp::Reverse(m.span.end), m.phrase)
        });
        let rules = self.rule_count() as u32;
        let context = all.split_off(all.partition_point(|m| m.rule < rules));
        let context = ContextMatches::new(rules, context);
        let circumstances = Circumstances::new(self, cx, &context);
        let mut end = (u32::MAX, 0);
        all.retain(|m| {
            let apart = m.rule != end.0 || m.span.start >= end.1;
            let stays = apart && circumstances.allow(m);
            if stays {
                end = (m.rule, m.span.end);
            }
            stays
        });
        Matches { all, context }
    }

    #[inline(never)]
    fn verify(&self, walk: &Walk<'_>, spot: Spot, phrases: Range<u32>, out: &mut Vec<Match>) {
        let Spot { at, before, after, sentence } = spot;
        for (index, neighbour) in self.neighbours(phrases) {
            // On which side it stands is for the phrase to say, which is read for the few that are left.
            if neighbour != 0 && neighbour != before && neighbour != after {
                continue;
            }
            let Some(phrase) = self.phrase(index) else { break };
            let beside =
                if phrase.anchor.saturating_add(1) < phrase.length { after } else { before };
            if neighbour != 0 && neighbour != beside {
                continue;
            }
            let Some((first, last)) = self.place(walk, at, &phrase) else { continue };
            // "in line with share-price rules": the last word belongs to what follows it.
            let cut = walk.tokens.get(last + 1).is_some_and(|t| t.kind == TokenKind::Hyphen);
            let Some(entry) = self.entry(phrase.entry).filter(|_| !cut) else { continue };
            let span = walk.tokens[first].span.cover(walk.tokens[last].span);
            let first_token = sentence + first as u32;
            out.push(Match { rule: entry.rule, span, phrase: index, first_token });
        }
    }

    /// The first and last token of the phrase whose anchor is the token `at`, if all its words are there.
    fn place(&self, walk: &Walk<'_>, at: usize, phrase: &Phrase) -> Option<(usize, usize)> {
        let mut first = at;
        for _ in 0..phrase.anchor {
            first = walk.previous(first)?;
        }
        let last = self.follow(walk, first, phrase.first, phrase.length)?;
        Some((first, last))
    }

    /// The last token of the sequence that begins at the token `at`, if it is there.
    pub(crate) fn follow(
        &self,
        walk: &Walk<'_>,
        at: usize,
        first: u32,
        length: u8,
    ) -> Option<usize> {
        // Keys first: words that differ hardly ever share one, so that few texts are compared, and those are equal.
        self.steps(walk, at, first, length, |token, item| match item {
            Item::Wildcard | Item::Further => {
                matches!(token.kind, TokenKind::Word | TokenKind::Number)
            }
            Item::Word { key, .. } => walk.key(token) == key,
        })?;
        self.steps(walk, at, first, length, |token, item| match item {
            Item::Wildcard | Item::Further => true,
            Item::Word { text, .. } => self.text(text).is_some_and(|text| walk.reads(token, text)),
        })
    }

    /// The last token of the sequence that begins at the token `at`, if every token `fits` its item.
    #[inline]
    fn steps(
        &self,
        walk: &Walk<'_>,
        at: usize,
        first: u32,
        length: u8,
        fits: impl Fn(&Token, Item) -> bool,
    ) -> Option<usize> {
        let mut here = at;
        for i in 0..u32::from(length) {
            if i > 0 {
                here = walk.next(here)?;
            }
            if !fits(walk.tokens.get(here)?, self.word(first.checked_add(i)?)?) {
                return None;
            }
        }
        (length > 0).then_some(here)
    }

    /// What the wildcards and gaps of a match met, in order; a gap of no words is left out.
    pub(crate) fn wildcards<'d>(&self, document: &'d Document<'_>, found: &Match) -> Vec<&'d str> {
        let Some(phrase) = self.phrase(found.phrase) else { return Vec::new() };
        let walk = Walk { document, tokens: document.tokens(), marks: Marks::new() };
        let mut spans: Vec<Span> = Vec::new();
        let mut here = Some(found.first_token as usize);
        for i in 0..u32::from(phrase.length) {
            let Some(at) = here else { break };
            let span = document.tokens().get(at).map(|t| t.span);
            match self.word(phrase.first.saturating_add(i)) {
                Some(Item::Wildcard) => spans.extend(span),
                Some(Item::Further) => {
                    if let (Some(last), Some(span)) = (spans.last_mut(), span) {
                        *last = last.cover(span);
                    }
                }
                _ => {}
            }
            here = walk.next(at);
        }
        spans.into_iter().map(|span| document.slice(span)).collect()
    }
}

/// Where a phrase may hang: the anchor's index in its sentence, the keys beside it (0 for none), and the index of the
/// sentence's first token.
#[derive(Clone, Copy)]
struct Spot {
    at: usize,
    before: u32,
    after: u32,
    sentence: u32,
}

/// The keys of double quotation marks, and that of the plain hyphen.
#[derive(Clone, Copy)]
pub(crate) struct Marks {
    quotes: [u32; 3],
    hyphen: u32,
}

impl Marks {
    pub(crate) fn new() -> Self {
        Self { quotes: ["\"", "\u{201c}", "\u{201d}"].map(fold_key), hyphen: fold_key("-") }
    }
}

/// Steps over the tokens of a sentence, quotation marks passed over.
pub(crate) struct Walk<'w> {
    pub(crate) document: &'w Document<'w>,
    pub(crate) tokens: &'w [Token],
    pub(crate) marks: Marks,
}

impl Walk<'_> {
    fn is_quote(&self, token: &Token) -> bool {
        token.kind == TokenKind::Punct && self.marks.quotes.contains(&token.key)
    }

    #[inline]
    pub(crate) fn next(&self, at: usize) -> Option<usize> {
        // Most tokens are no mark at all.
        if self.tokens.get(at + 1)?.kind != TokenKind::Punct {
            return Some(at + 1);
        }
        let rest = self.tokens.get(at + 1..)?;
        rest.iter().take(3).position(|t| !self.is_quote(t)).map(|i| at + 1 + i)
    }

    #[inline]
    pub(crate) fn previous(&self, at: usize) -> Option<usize> {
        if self.tokens.get(at.checked_sub(1)?)?.kind != TokenKind::Punct {
            return Some(at - 1);
        }
        let before = self.tokens.get(..at)?;
        before.iter().rev().take(3).position(|t| !self.is_quote(t)).map(|i| at - 1 - i)
    }

    /// The key of the token before `at`; 0 where there is none.
    #[inline]
    fn key_before(&self, at: usize) -> u32 {
        self.previous(at).map_or(0, |i| self.key(&self.tokens[i]))
    }

    /// The key of the token after `at`; 0 where there is none.
    #[inline]
    fn key_after(&self, at: usize) -> u32 {
        self.next(at).map_or(0, |i| self.key(&self.tokens[i]))
    }

    /// Hyphens of any kind read alike.
    #[inline]
    fn key(&self, token: &Token) -> u32 {
        if token.kind == TokenKind::Hyphen { self.marks.hyphen } else { token.key }
    }

    /// Whether the token's folded text is `text`: equal keys do not make equal words.
    fn reads(&self, token: &Token, text: &[u8]) -> bool {
        let found = self.document.token_text(token);
        found.as_bytes().eq_ignore_ascii_case(text)
            || (!found.is_ascii() && fold(found).as_bytes() == text)
    }
}

/// The scans made of one document. An analysis is found by its type and knows no table, so it begins empty.
struct Scans(RefCell<Vec<(Arc<Pack>, Rc<Matches>)>>);

impl Analysis for Scans {
    fn analyse(_: &Context<'_>) -> Self {
        Self(RefCell::default())
    }
}

/// What the table finds in the document, scanned at the first call for this table.
pub(crate) fn matches(pack: &Arc<Pack>, cx: &Context<'_>) -> Rc<Matches> {
    let scans = cx.get::<Scans>();
    let known =
        scans.0.borrow().iter().find(|(p, _)| Arc::ptr_eq(p, pack)).map(|(_, m)| Rc::clone(m));
    known.unwrap_or_else(|| {
        let made = Rc::new(pack.scan_in(cx));
        scans.0.borrow_mut().push((Arc::clone(pack), Rc::clone(&made)));
        made
    })
}
