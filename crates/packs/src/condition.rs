//! Whether the conditions of a rule and an entry hold at a place.
//!
//! What conditions look for besides the match is found in the pass that finds the phrases, and looked up here by
//! binary search: however many matches there are, and however many conditions hold or fail, none looks at the document
//! again.

use unspin_lint::{Analysis, Context, Expected};
use unspin_text::{Document, QuoteKind, Roles, Span, TokenKind};

use crate::layout::{self, EMPTY};
use crate::scan::{Marks, Match, Walk, of_rule};
use crate::table::Pack;

/// Where the patterns of conditions stand, by group and place.
#[derive(Debug, Default)]
pub(crate) struct ContextMatches {
    /// Number of the first group as that of a rule.
    first: u32,
    /// Of each group only those that lie in no other, so that starts and ends both grow.
    all: Vec<Match>,
}

impl ContextMatches {
    /// `all` are by rule, then by start, the longest of one start first.
    pub(crate) fn new(first: u32, mut all: Vec<Match>) -> Self {
        let mut end = (u32::MAX, 0);
        all.retain(|m| {
            let reaches_further = m.rule != end.0 || m.span.end > end.1;
            if reaches_further {
                end = (m.rule, m.span.end);
            }
            reaches_further
        });
        Self { first, all }
    }

    /// Those of a group, by place.
    pub(crate) fn group(&self, group: u32) -> &[Match] {
        of_rule(&self.all, self.first.saturating_add(group))
    }
}

/// What stands in quotation marks: the outermost quotations, without code.
struct Quoted(Vec<Span>);

impl Analysis for Quoted {
    fn analyse(cx: &Context<'_>) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        let quotations = cx.document().quotations().iter();
        for quotation in quotations.filter(|q| q.kind != QuoteKind::Code) {
            match spans.last_mut() {
                Some(last) if last.overlaps(quotation.span) => *last = last.cover(quotation.span),
                _ => spans.push(quotation.span),
            }
        }
        Self(spans)
    }
}

/// How many words stand before each token, and before the end.
struct WordsBefore(Vec<u32>);

impl Analysis for WordsBefore {
    fn analyse(cx: &Context<'_>) -> Self {
        let tokens = cx.document().tokens();
        let mut before = Vec::with_capacity(tokens.len() + 1);
        let mut words = 0;
        for token in tokens {
            before.push(words);
            words += u32::from(token.kind == TokenKind::Word);
        }
        before.push(words);
        Self(before)
    }
}

/// What conditions are asked of.
pub(crate) struct Circumstances<'c> {
    pack: &'c Pack,
    cx: &'c Context<'c>,
    context: &'c ContextMatches,
}

impl<'c> Circumstances<'c> {
    pub(crate) fn new(pack: &'c Pack, cx: &'c Context<'c>, context: &'c ContextMatches) -> Self {
        Self { pack, cx, context }
    }

    /// Whether all conditions on a match hold: those of its rule, and those of its entry.
    pub(crate) fn allow(&self, found: &Match) -> bool {
        let own = self.pack.entry(self.pack.entry_of(found)).map_or(EMPTY, |e| e.conditions);
        [self.pack.rule_conditions(found.rule), own]
            .into_iter()
            .all(|list| list == EMPTY || self.hold(list, found.span))
    }

    /// Whether all conditions of a list hold at a place.
    pub(crate) fn hold(&self, list: u32, span: Span) -> bool {
        let mut list = self.pack.list(list);
        while let (Some(number), Some(a), Some(b)) = (list.next(), list.next(), list.next()) {
            if !self.holds(number, a, b, span) {
                return false;
            }
        }
        true
    }

    fn holds(&self, number: u32, a: u32, b: u32, span: Span) -> bool {
        use layout::condition as is;
        let document = self.cx.document();
        match number {
            is::UNLESS_BEFORE => !self.stands_beside(span, a, b as u8, true),
            is::UNLESS_AFTER => !self.stands_beside(span, a, b as u8, false),
            is::UNLESS => !lies_in(self.context.group(a), span),
            is::IN_QUOTES => {
                let quoted = self.cx.get::<Quoted>();
                let after = quoted.0.partition_point(|q| q.start <= span.start);
                let touches = |q: &Span| q.overlaps(span);
                match a {
                    0 => !quoted.0[after.saturating_sub(1)..].iter().take(2).any(touches),
                    _ => after > 0 && quoted.0[after - 1].contains(span),
                }
            }
            is::IN_HEADINGS => document.roles_at(span.start).contains(Roles::HEADING) == (a != 0),
            is::NEAR => self.is_near(span, a, b),
            is::DOCUMENT_CONTAINS => !self.context.group(a).is_empty(),
            is::DOCUMENT_LACKS => self.context.group(a).is_empty(),
            is::LANGUAGE_MODEL => {
                let tokens = document.tokens_in(span);
                let model = self.cx.resource::<Expected>();
                let mean = model.and_then(|model| model.0.log10_hundredths(self.cx, tokens));
                mean.is_some_and(|mean| mean < a.cast_signed())
            }
            is::MATCH_CASE => {
                self.pack.string(a).is_some_and(|written| is_written(document.slice(span), written))
            }
            // A table of another make: rather no finding than a wrong one.
            _ => false,
        }
    }

    /// Whether a sequence of words stands right before or after a place, in the same sentence.
    fn stands_beside(&self, span: Span, sequence: u32, length: u8, before: bool) -> bool {
        let document = self.cx.document();
        let Some(sentence) = document.sentence_at(span.start) else { return false };
        let sentence = &document.sentences()[sentence];
        let own = document.tokens_in(span);
        let tokens = document.sentence_tokens(sentence);
        let walk = Walk { document, tokens, marks: Marks::new() };
        let from = sentence.tokens.start as usize;
        let start = if before {
            let first = own.start.saturating_sub(from);
            (0..length).try_fold(first, |at, _| walk.previous(at))
        } else {
            own.end.checked_sub(from + 1).and_then(|last| walk.next(last))
        };
        start.is_some_and(|at| self.pack.follow(&walk, at, sequence, length).is_some())
    }

    /// Whether a match of the group stands `words` words or fewer from the place, in its paragraph.
    fn is_near(&self, span: Span, group: u32, words: u32) -> bool {
        let document = self.cx.document();
        let group = self.context.group(group);
        let counts = self.cx.get::<WordsBefore>();
        let is_near = |other: &Match| {
            let between = if other.span.end <= span.start {
                other.span.end..span.start
            } else {
                span.end..other.span.start
            };
            let at = |offset: u32| document.tokens().partition_point(|t| t.span.start < offset);
            let count = |offset| counts.0.get(at(offset)).copied().unwrap_or(0);
            paragraph(document, other.span) == paragraph(document, span)
                && count(between.end).saturating_sub(count(between.start)) <= words
        };
        let before = group.partition_point(|m| m.span.end <= span.start);
        let after = group.partition_point(|m| m.span.start < span.end);
        let last = before.checked_sub(1).and_then(|at| group.get(at));
        last.is_some_and(is_near) || group.get(after).is_some_and(is_near)
    }
}

/// The number of the paragraph where a place begins.
fn paragraph(document: &Document<'_>, span: Span) -> usize {
    document.paragraphs().partition_point(|p| p.span.start <= span.start)
}

/// Whether a place lies in one of these, whose starts and ends both grow.
fn lies_in(all: &[Match], span: Span) -> bool {
    let last = all.partition_point(|m| m.span.start <= span.start).checked_sub(1);
    last.is_some_and(|last| all[last].span.contains(span))
}

/// Whether a text is written so: the same letters in the same case, whatever its white space and apostrophes.
pub(crate) fn is_written(text: &str, written: &str) -> bool {
    let straight = |c| if matches!(c, '\u{2019}' | '\u{2bc}') { '\'' } else { c };
    let (mut a, mut b) = (text.split_whitespace(), written.split_whitespace());
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.chars().map(straight).eq(b.chars().map(straight)) => {}
            _ => return false,
        }
    }
}
