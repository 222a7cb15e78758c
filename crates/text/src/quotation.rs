//! Quotation marks paired, and direct speech attributed.
//!
//! Scraped news is careless with marks, so nothing here trusts that they balance: space and punctuation beside a straight
//! mark tell whether it opens or closes, toggling is only the fallback, and a mark that opens again gives up the one
//! before it. A wrong guess then costs one quotation, never the rest of the article. A stack of fixed height keeps the
//! work for each mark constant.

use std::ops::Range;

use crate::mark::{Mark, mark};
use crate::sentence::REPORTING;
use crate::{Case, Paragraph, Quotation, QuoteKind, Sentence, Span, Token, TokenKind};

/// Marks open at once; news nests two.
const HIGHEST: usize = 8;

/// All quotations, by opening mark.
pub(crate) fn find(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    paragraphs: &[Paragraph],
) -> Vec<Quotation> {
    let mut finder = Finder { text, tokens, open: Vec::with_capacity(HIGHEST), found: Vec::new() };
    for paragraph in paragraphs {
        let first = sentences[paragraph.sentences.start as usize].tokens.start as usize;
        let last = sentences[paragraph.sentences.end as usize - 1].tokens.end as usize;
        finder.paragraph(first..last);
    }
    finder.give_up_from(0, tokens.len());
    let mut found: Vec<_> = finder.found.into_iter().flatten().collect();
    set_depths(&mut found);
    attribute(text, tokens, sentences, paragraphs, &mut found);
    found
}

/// An opening mark whose closing mark is still to come.
struct Open {
    kind: QuoteKind,
    straight: bool,
    /// Token index of the mark.
    token: usize,
    /// Its slot in [`Finder::found`].
    slot: usize,
}

struct Finder<'t> {
    text: &'t str,
    tokens: &'t [Token],
    open: Vec<Open>,
    /// One slot for each opening mark, in order; those that were no quotation stay empty.
    found: Vec<Option<Quotation>>,
}

impl Finder<'_> {
    fn paragraph(&mut self, range: Range<usize>) {
        let mut start = range.start;
        if !self.open.is_empty() {
            // Speech that runs on opens each paragraph anew.
            let reopens = match self.mark(start) {
                Mark::OpenQuote(kind) | Mark::Quote(kind) => kind == QuoteKind::Double,
                _ => false,
            };
            if reopens {
                start += 1;
            } else {
                self.give_up_from(0, range.start);
            }
        }
        for i in start..range.end {
            if self.tokens[i].kind != TokenKind::Punct {
                continue;
            }
            match self.mark(i) {
                Mark::OpenQuote(kind) => self.open(kind, false, i),
                Mark::CloseQuote(kind) => self.close(kind, i),
                Mark::Quote(kind) => self.straight(kind, i, &range),
                _ => {}
            }
        }
        // Only double marks at the bottom run over paragraphs.
        let keep =
            usize::from(self.open.first().is_some_and(|open| open.kind == QuoteKind::Double));
        self.give_up_from(keep, range.end);
    }

    fn mark(&self, i: usize) -> Mark {
        mark(self.text, &self.tokens[i])
    }

    fn straight(&mut self, kind: QuoteKind, i: usize, paragraph: &Range<usize>) {
        let starts = i == paragraph.start || self.tokens[i].spaced || self.opens_before(i);
        let ends = i + 1 == paragraph.end || self.tokens[i + 1].spaced || self.closes_after(i);
        let is_open = match kind {
            QuoteKind::Double => self.open.iter().any(|open| open.kind == kind),
            // An apostrophe inside what a double mark opened later closes nothing.
            QuoteKind::Single | QuoteKind::Code | QuoteKind::Block => {
                self.open.last().is_some_and(|open| open.kind == kind && open.straight)
            }
        };
        match (starts, ends, kind) {
            (true, false, _) => self.open(kind, true, i),
            (false, true, _) => self.close(kind, i),
            (_, _, QuoteKind::Single) => {}
            _ if is_open => self.close(kind, i),
            _ => self.open(kind, true, i),
        }
    }

    /// Whether the token that touches `i` from the left lets a quotation open.
    fn opens_before(&self, i: usize) -> bool {
        match self.mark(i - 1) {
            Mark::OpenBracket | Mark::OpenQuote(_) | Mark::Dash => true,
            Mark::Quote(_) => self.open.last().is_some_and(|open| open.token == i - 1),
            _ => &self.text[self.tokens[i - 1].span.range()] == "/",
        }
    }

    /// Whether the token that touches `i` from the right shows that a quotation closed.
    fn closes_after(&self, i: usize) -> bool {
        match self.mark(i + 1) {
            Mark::OpenBracket | Mark::OpenQuote(_) | Mark::Quote(_) => false,
            Mark::Other => {
                let next = &self.tokens[i + 1];
                matches!(next.kind, TokenKind::Clitic)
                    || matches!(&self.text[next.span.range()], "," | ";" | ":" | "/")
            }
            _ => !matches!(self.mark(i + 1), Mark::Ellipsis),
        }
    }

    fn open(&mut self, kind: QuoteKind, straight: bool, i: usize) {
        // The same mark again before the first closed: writers nest other marks, so the first was never closed.
        if let Some(at) = self.open.iter().position(|open| open.kind == kind) {
            self.give_up_from(at, i);
        }
        if self.open.len() < HIGHEST {
            self.open.push(Open { kind, straight, token: i, slot: self.found.len() });
            self.found.push(None);
        }
    }

    fn close(&mut self, kind: QuoteKind, i: usize) {
        let Some(at) = self.open.iter().rposition(|open| open.kind == kind) else { return };
        if kind == QuoteKind::Single && at + 1 < self.open.len() {
            return;
        }
        self.give_up_from(at + 1, i);
        if let Some(open) = self.open.pop() {
            self.record(&open, i, true);
        }
    }

    /// Ends what is open at `at` and above before token `end`: as unclosed where the mark can only have been a quotation
    /// mark, as nothing where it was probably an apostrophe.
    fn give_up_from(&mut self, at: usize, end: usize) {
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { break };
            let is_quotation = open.kind == QuoteKind::Double
                || (open.kind == QuoteKind::Single && !open.straight);
            if is_quotation && end > open.token + 1 {
                self.record(&open, end, false);
            }
        }
    }

    /// `end` is the token index of the closing mark, or of what follows an unclosed quotation.
    fn record(&mut self, open: &Open, end: usize, closed: bool) {
        let last = if closed { end } else { end - 1 };
        let span = self.tokens[open.token].span.cover(self.tokens[last].span);
        let tokens = open.token as u32 + 1..end as u32;
        self.found[open.slot] =
            Some(Quotation { span, tokens, kind: open.kind, depth: 0, closed, attribution: None });
    }
}

/// Counts, for each quotation, those that enclose it. They nest and are sorted by start, so a stack of ends will do.
fn set_depths(found: &mut [Quotation]) {
    let mut ends: Vec<u32> = Vec::with_capacity(HIGHEST);
    for quotation in found {
        while ends.last().is_some_and(|&end| end <= quotation.span.start) {
            ends.pop();
        }
        quotation.depth = ends.len() as u8;
        ends.push(quotation.span.end);
    }
}

/// Finds the reporting verb of each quotation; a nested one shares that of the one around it.
fn attribute(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    paragraphs: &[Paragraph],
    found: &mut [Quotation],
) {
    if found.is_empty() {
        return;
    }
    let verbs = reporting_verbs(text, tokens, found);
    let mut outer = None;
    for quotation in found {
        if quotation.depth == 0 {
            outer = match quotation.kind {
                QuoteKind::Code => None,
                _ => attribution(tokens, sentences, paragraphs, &verbs, quotation),
            };
        }
        quotation.attribution = outer;
    }
}

/// The reporting verbs outside all quotations, in order.
fn reporting_verbs(text: &str, tokens: &[Token], found: &[Quotation]) -> Vec<Span> {
    let mut verbs = Vec::new();
    let mut outer = found.iter().filter(|quotation| quotation.depth == 0).peekable();
    for (i, token) in tokens.iter().enumerate() {
        // A capital makes a verb a name, as in the United States; only "According to" opens sentences.
        if token.kind != TokenKind::Word
            || !matches!(token.case, Case::Lower | Case::Title)
            || !REPORTING.may_have(token.key)
        {
            continue;
        }
        while outer.next_if(|quotation| quotation.span.end <= token.span.start).is_some() {}
        if outer.peek().is_some_and(|quotation| quotation.span.start <= token.span.start) {
            continue;
        }
        let surface = &text[token.span.range()];
        if REPORTING.get(token.key, surface).is_none() {
            continue;
        }
        if surface.eq_ignore_ascii_case("according") {
            let to = tokens.get(i + 1).filter(|next| &text[next.span.range()] == "to");
            verbs.extend(to.map(|to| token.span.cover(to.span)));
        } else if token.case == Case::Lower {
            verbs.push(token.span);
        }
    }
    verbs
}

/// The nearest verb in the sentences of the quotation; where these hold no word besides it, in the sentence before or
/// after. O(log n).
fn attribution(
    tokens: &[Token],
    sentences: &[Sentence],
    paragraphs: &[Paragraph],
    verbs: &[Span],
    quotation: &Quotation,
) -> Option<Span> {
    let sentence_of =
        |offset: u32| sentences.partition_point(|s| s.span.start <= offset).saturating_sub(1);
    let (first, last) = (sentence_of(quotation.span.start), sentence_of(quotation.span.end - 1));
    let before = |from: u32| {
        verbs[..verbs.partition_point(|v| v.end <= quotation.span.start)]
            .last()
            .copied()
            .filter(|v| v.start >= from)
    };
    let after = |to: u32| {
        verbs
            .get(verbs.partition_point(|v| v.start < quotation.span.end))
            .copied()
            .filter(|v| v.end <= to)
    };

    let (start, end) = (sentences[first].span.start, sentences[last].span.end);
    if let Some(verb) = nearest(quotation, before(start), after(end)) {
        return Some(verb);
    }
    // Bounded, since a sentence may hold any number of quotations.
    let is_own = |range: Range<usize>| {
        range.len() <= 4 && tokens[range].iter().all(|t| t.kind == TokenKind::Punct)
    };
    let around = [
        sentences[first].tokens.start as usize..quotation.tokens.start as usize,
        quotation.tokens.end as usize..sentences[last].tokens.end as usize,
    ];
    if !around.into_iter().all(is_own) {
        return None;
    }
    let paragraph = &paragraphs[paragraphs.partition_point(|p| p.sentences.end as usize <= first)];
    let previous = first.checked_sub(1).filter(|&s| s >= paragraph.sentences.start as usize);
    let next = Some(last + 1).filter(|&s| s < paragraph.sentences.end as usize);
    previous
        .and_then(|s| before(sentences[s].span.start))
        .or_else(|| next.and_then(|s| after(sentences[s].span.end)))
}

fn nearest(quotation: &Quotation, before: Option<Span>, after: Option<Span>) -> Option<Span> {
    match (before, after) {
        (Some(before), Some(after)) => {
            let is_after = after.start - quotation.span.end <= quotation.span.start - before.end;
            Some(if is_after { after } else { before })
        }
        (before, after) => before.or(after),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, QuoteKind};

    /// Each quotation as depth, kind, `?` if unclosed, reporting verb, text.
    fn pieces(text: &str) -> Vec<String> {
        let document = Document::new(text.as_bytes());
        let piece = |q: &crate::Quotation| {
            let kind = match q.kind {
                QuoteKind::Double => 'd',
                QuoteKind::Single => 's',
                QuoteKind::Code => 'c',
                QuoteKind::Block => 'b',
            };
            let verb = q.attribution.map_or("-", |verb| document.slice(verb));
            format!(
                "{}{kind}{} {verb} {}",
                q.depth,
                if q.closed { "" } else { "?" },
                document.slice(q.span)
            )
        };
        document.quotations().iter().map(piece).collect()
    }

    #[test]
    fn marks_of_every_kind_pair_and_nest() {
        let table: [(&str, &[&str]); 7] = [
            ("\"We won,\" he said.", &["0d said \"We won,\""]),
            (
                "\u{201c}The \u{2018}fair\u{2019} rent,\u{201d} she mentioned.",
                &[
                    "0d mentioned \u{201c}The \u{2018}fair\u{2019} rent,\u{201d}",
                    "1s mentioned \u{2018}fair\u{2019}",
                ],
            ),
            ("The boys' hats aren't 'so bad', it's said.", &["0s said 'so bad'"]),
            (
                "The 'unclosed and the clients' \"hats\".",
                &["0s - 'unclosed and the clients'", "0d - \"hats\""],
            ),
            ("An 'unclosed one and \"hats\".", &["0d - \"hats\""]),
            (
                "\u{ab}Oui\u{bb}, (\"non\") `code`",
                &["0d - \u{ab}Oui\u{bb}", "0d - \"non\"", "0c - `code`"],
            ),
            ("A `tick and 6'2\" tall.", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn speech_over_paragraphs_is_one_quotation() {
        let text = "\u{201c}We go on.\n\n\u{201c}And on,\u{201d} he said.";
        assert_eq!(pieces(text), ["0d said \u{201c}We go on.\n\n\u{201c}And on,\u{201d}"]);
        assert_eq!(pieces("\"We go on.\n\nHe left."), ["0d? - \"We go on."]);
    }

    #[test]
    fn a_mark_that_opens_again_swallows_nothing() {
        let text = "\"One rule. \"Two rules. He had \"three\" of them.";
        assert_eq!(
            pieces(text),
            ["0d? - \"One rule.", "0d? - \"Two rules. He had", "0d - \"three\""]
        );
    }

    #[test]
    fn speech_of_its_own_takes_the_verb_of_its_neighbour() {
        let text = "\"We won,\" he told reporters. \"It was late.\" The United States left.";
        assert_eq!(pieces(text), ["0d told \"We won,\"", "0d told \"It was late.\""]);
        assert_eq!(
            pieces("\"It was late.\" So Ann Orr remarked."),
            ["0d remarked \"It was late.\""]
        );
        assert_eq!(pieces("It is \"late\", according to Orr."), ["0d according to \"late\""]);
        assert_eq!(pieces("He said so.\n\n\"It was late.\""), ["0d - \"It was late.\""]);
        assert_eq!(pieces("It is \"late\". He said so."), ["0d - \"late\""]);
    }
}
