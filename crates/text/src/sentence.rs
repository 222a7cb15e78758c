//! Paragraphs and sentences.
//!
//! UAX #29 ends a sentence at "Mr." and knows no datelines, so the rules here are those of English news: a stop ends a
//! sentence unless its word is an abbreviation that goes on, or the next word is lower-case. Company suffixes, `U.S.` and
//! the like are ambiguous; after them only a capitalised function word ("The", "But") opens a sentence, since a name
//! would go on with a capital as well.

use std::ops::Range;

use crate::dateline::dateline;
use crate::lexicon::Lexicon;
use crate::mark::{Mark, mark};
use crate::{Case, Paragraph, QuoteKind, Sentence, Span, Token, TokenKind, fold_key};

static ABBREVIATIONS: Lexicon = Lexicon::new(include_str!("../data/abbreviations.tsv"));
static OPENERS: Lexicon = Lexicon::new(include_str!("../data/sentence_openers.tsv"));
/// Inflected forms, shared with the attribution of quotations.
pub(crate) static REPORTING: Lexicon = Lexicon::new(include_str!("../data/reporting_verbs.tsv"));

/// Bytes of a line that a program or a typist may have wrapped; shorter and longer ones end where their author said so.
const WRAPPED: std::ops::RangeInclusive<u32> = 40..=120;

/// The paragraphs and sentences of a text; the sentences hold each token exactly once.
pub(crate) fn split(text: &str, tokens: &[Token]) -> (Vec<Paragraph>, Vec<Sentence>) {
    let splitter = Splitter { text, tokens };
    let mut paragraphs = Vec::new();
    let mut sentences = Vec::with_capacity(tokens.len() / 24 + 1);
    let mut start = 0;
    let mut line_start = 0;
    for i in 1..=tokens.len() {
        if i == tokens.len() || splitter.ends_paragraph(i, &mut line_start) {
            splitter.paragraph(start..i, &mut paragraphs, &mut sentences);
            start = i;
        }
    }
    (paragraphs, sentences)
}

/// Whether `word`, without its stop, is written with one because it is shortened ("Corp", "approx"). Case counts: "Miss" is a
/// title, "miss" a verb.
pub fn is_abbreviation(word: &str) -> bool {
    let class = ABBREVIATIONS.get(fold_key(word), word);
    class.is_some_and(|class| class == "plain" || word.starts_with(char::is_uppercase))
}

/// How a line ends between two tokens.
enum LineEnd {
    None,
    /// One line end; the offset where the next line starts.
    One(usize),
    /// A blank line.
    Blank,
}

struct Splitter<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl<'t> Splitter<'t> {
    fn surface(&self, i: usize) -> &'t str {
        &self.text[self.tokens[i].span.range()]
    }

    fn mark(&self, i: usize) -> Mark {
        mark(self.text, &self.tokens[i])
    }

    /// Whether a paragraph ends before token `i`, which is not the first.
    fn ends_paragraph(&self, i: usize, line_start: &mut u32) -> bool {
        let (last, next) = (&self.tokens[i - 1], &self.tokens[i]);
        if !next.spaced {
            return false;
        }
        let gap = last.span.end as usize..next.span.start as usize;
        let end = line_end(&self.text.as_bytes()[gap.clone()]);
        let next_line = match end {
            LineEnd::None => return false,
            LineEnd::One(offset) => gap.start + offset,
            LineEnd::Blank => gap.end,
        };
        let length = last.span.end - *line_start;
        *line_start = next_line as u32;
        let is_indented = next_line < gap.end;
        let is_soft = matches!(end, LineEnd::One(_))
            && WRAPPED.contains(&length)
            && !is_indented
            && !self.opens_with_bullet(i)
            && !self.ends_with_stop(i - 1);
        !is_soft
    }

    fn opens_with_bullet(&self, i: usize) -> bool {
        let is_spaced = |i: usize| self.tokens.get(i).is_some_and(|token| token.spaced);
        match self.surface(i) {
            "-" | "*" | "+" | "\u{2022}" | "\u{2013}" | "\u{2014}" | "\u{b7}" | "\u{25aa}"
            | "\u{25cf}" | "\u{2023}" => is_spaced(i + 1),
            number if self.tokens[i].kind == TokenKind::Number && number.len() <= 3 => {
                self.tokens
                    .get(i + 1)
                    .is_some_and(|next| !next.spaced && matches!(self.surface(i + 1), "." | ")"))
                    && is_spaced(i + 2)
            }
            _ => false,
        }
    }

    /// Whether token `i` ends a sentence at the end of a line. Looks back over 4 tokens at most.
    fn ends_with_stop(&self, i: usize) -> bool {
        let is_closing = |&i: &usize| {
            matches!(self.mark(i), Mark::CloseBracket | Mark::CloseQuote(_) | Mark::Quote(_))
        };
        let Some(last) = (i.saturating_sub(4)..=i).rev().find(|i| !is_closing(i)) else {
            return false;
        };
        match self.mark(last) {
            Mark::Exclamation | Mark::Ellipsis => true,
            Mark::Stop => self.abbreviation(last).is_none(),
            _ => false,
        }
    }

    fn paragraph(
        &self,
        range: Range<usize>,
        paragraphs: &mut Vec<Paragraph>,
        sentences: &mut Vec<Sentence>,
    ) {
        let first_sentence = sentences.len() as u32;
        let dateline_end = dateline(self.text, self.tokens, range.clone())
            .map_or(range.start, |len| range.start + len);
        let mut start = range.start;
        let mut i = dateline_end;
        while i < range.end {
            let Some(end) = self.sentence_end(i, range.end) else {
                i += 1;
                continue;
            };
            if end == range.end || self.ends_here(i, end, &range) {
                sentences.push(Sentence {
                    span: self.cover(start..end),
                    tokens: start as u32..end as u32,
                });
                start = end;
            }
            i = end;
        }
        // Headlines end without a mark.
        if start < range.end {
            sentences.push(Sentence {
                span: self.cover(start..range.end),
                tokens: start as u32..range.end as u32,
            });
        }
        paragraphs.push(Paragraph {
            span: self.cover(range.clone()),
            sentences: first_sentence..sentences.len() as u32,
            dateline: (dateline_end > range.start).then(|| self.cover(range.start..dateline_end)),
        });
    }

    fn cover(&self, range: Range<usize>) -> Span {
        self.tokens[range.start].span.cover(self.tokens[range.end - 1].span)
    }

    /// If token `i` can end a sentence, the index after it and the closing marks that belong to it.
    fn sentence_end(&self, i: usize, limit: usize) -> Option<usize> {
        let token = &self.tokens[i];
        let terminal = match token.kind {
            TokenKind::Punct => {
                matches!(self.mark(i), Mark::Stop | Mark::Exclamation | Mark::Ellipsis)
            }
            TokenKind::Word => self.text.as_bytes()[token.span.end as usize - 1] == b'.',
            _ => false,
        };
        if !terminal {
            return None;
        }
        let closes = |i: &usize| {
            let next_is_spaced = |i: usize| i >= limit || self.tokens[i].spaced;
            match self.mark(*i) {
                Mark::CloseBracket | Mark::CloseQuote(_) => true,
                Mark::Quote(QuoteKind::Code) => false,
                // `end. " Then`: a mark with space on both sides closes what came before.
                Mark::Quote(_) => !self.tokens[*i].spaced || next_is_spaced(*i + 1),
                Mark::Stop | Mark::Exclamation | Mark::Ellipsis => !self.tokens[*i].spaced,
                _ => false,
            }
        };
        Some((i + 1..limit).find(|i| !closes(i)).unwrap_or(limit))
    }

    /// Whether the terminal mark at `i`, whose closing marks end before `end`, ends the sentence before more text.
    fn ends_here(&self, i: usize, end: usize, paragraph: &Range<usize>) -> bool {
        let Some(mark) = self.terminal_mark(i, end) else { return false };
        let opens = |i: &usize| {
            matches!(self.mark(*i), Mark::OpenBracket | Mark::OpenQuote(_) | Mark::Quote(_))
        };
        let word = (end..paragraph.end).find(|i| !opens(i)).unwrap_or(end);
        let next = &self.tokens[word];
        let goes_on = match next.kind {
            TokenKind::Word => next.case == Case::Lower,
            TokenKind::Clitic | TokenKind::Hyphen => true,
            // `.5` and `Yahoo!2`; a sentence may start with a number, but not without a space.
            TokenKind::Number => word == end && !next.spaced,
            TokenKind::Punct => !self.opens_after(word, paragraph.end),
            TokenKind::Symbol | TokenKind::Address => !next.spaced && word == end,
        };
        if goes_on {
            return false;
        }
        match mark {
            Mark::Exclamation => {
                let is_speech = end > i + 1;
                let goes_on = is_speech && self.is_attribution(end, paragraph.end);
                !goes_on && !self.is_company_suffix(word)
            }
            Mark::Ellipsis => next.spaced || word > end,
            _ => match self.abbreviation_in(i, paragraph.start) {
                None => true,
                Some("title") => false,
                Some("number") => next.kind != TokenKind::Number,
                Some(_) => self.opens_sentence(word),
            },
        }
    }

    /// Punctuation starts a sentence only as a dash before a capital.
    fn opens_after(&self, i: usize, limit: usize) -> bool {
        i + 1 < limit
            && matches!(self.tokens[i + 1].case, Case::Title | Case::Upper | Case::Mixed)
            && self.mark(i) == Mark::Dash
    }

    /// The last of the terminal marks in `i..end` (the stop of `U.S.` included).
    fn terminal_mark(&self, i: usize, end: usize) -> Option<Mark> {
        let is_terminal =
            |mark: &Mark| matches!(mark, Mark::Stop | Mark::Exclamation | Mark::Ellipsis);
        match (i..end).rev().map(|i| self.mark(i)).find(is_terminal) {
            None if self.tokens[i].kind == TokenKind::Word => Some(Mark::Stop),
            other => other,
        }
    }

    /// Whether `Mr Smith asked` or the like stands at `i`: at most three words of a name before a reporting verb.
    fn is_attribution(&self, i: usize, limit: usize) -> bool {
        for token in &self.tokens[i..limit.min(i + 5)] {
            let surface = &self.text[token.span.range()];
            match token.case {
                Case::Lower => return REPORTING.get(token.key, surface).is_some(),
                Case::Title | Case::Upper | Case::Mixed
                    if OPENERS.get(token.key, surface).is_none() => {}
                _ if surface == "." => {}
                _ => return false,
            }
        }
        false
    }

    fn is_company_suffix(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        token.case == Case::Title && ABBREVIATIONS.get(token.key, self.surface(i)) == Some("suffix")
    }

    /// Whether token `i` is a capitalised function word, and not itself an initial.
    fn opens_sentence(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let is_initial = token.span.len() == 1
            && self
                .tokens
                .get(i + 1)
                .is_some_and(|next| !next.spaced && self.mark(i + 1) == Mark::Stop);
        matches!(token.case, Case::Title | Case::Upper)
            && !is_initial
            && OPENERS.get(token.key, self.surface(i)).is_some()
    }

    fn abbreviation_in(&self, i: usize, first: usize) -> Option<&'static str> {
        if self.tokens[i].kind == TokenKind::Word {
            return Some("suffix");
        }
        if i > first { self.abbreviation(i) } else { None }
    }

    /// The class of the abbreviation that the stop at `i` belongs to, if it does.
    fn abbreviation(&self, i: usize) -> Option<&'static str> {
        let word = &self.tokens[i.checked_sub(1)?];
        if word.kind != TokenKind::Word || self.tokens[i].spaced || self.tokens[i].span.len() > 1 {
            return None;
        }
        let is_initial = word.span.len() == 1 && word.case == Case::Title;
        if is_initial {
            return Some("suffix");
        }
        let class = ABBREVIATIONS.get(word.key, self.surface(i - 1))?;
        (word.case == Case::Title || class == "plain").then_some(class)
    }
}

fn line_end(gap: &[u8]) -> LineEnd {
    if gap == b" " {
        return LineEnd::None;
    }
    let mut end = LineEnd::None;
    let mut i = 0;
    while i < gap.len() {
        let len = match gap[i] {
            b'\r' if gap.get(i + 1) == Some(&b'\n') => 2,
            b'\r' | b'\n' => 1,
            0x0c => return LineEnd::Blank,
            // U+2028 ends a line, U+2029 a paragraph.
            0xe2 if gap[i..].starts_with(b"\xe2\x80\xa8") => 3,
            0xe2 if gap[i..].starts_with(b"\xe2\x80\xa9") => return LineEnd::Blank,
            _ => {
                i += 1;
                continue;
            }
        };
        if matches!(end, LineEnd::One(_)) {
            return LineEnd::Blank;
        }
        i += len;
        end = LineEnd::One(i);
    }
    end
}

#[cfg(test)]
mod tests {
    use crate::Document;

    #[test]
    fn case_tells_an_abbreviation_from_a_word() {
        for word in ["Corp", "Calif", "approx", "Miss", "CO"] {
            assert!(super::is_abbreviation(word), "{word}");
        }
        for word in ["miss", "corporation", "China", ""] {
            assert!(!super::is_abbreviation(word), "{word}");
        }
    }

    /// Sentences between `|`, paragraphs between `||`, datelines in braces.
    fn pieces(text: &str) -> String {
        let document = Document::new(text.as_bytes());
        let paragraphs = document.paragraphs().iter().map(|paragraph| {
            let sentences = &document.sentences()
                [paragraph.sentences.start as usize..paragraph.sentences.end as usize];
            let text =
                sentences.iter().map(|s| document.slice(s.span)).collect::<Vec<_>>().join(" | ");
            match paragraph.dateline {
                Some(dateline) => text.replacen(
                    document.slice(dateline),
                    &format!("{{{}}}", document.slice(dateline)),
                    1,
                ),
                None => text,
            }
        });
        paragraphs.collect::<Vec<_>>().join(" || ")
    }

    /// Checks that the text without its ` |` is cut there.
    fn assert_cut(expected: &str) {
        let text = expected.replace(" || ", "\n\n").replace(" | ", " ").replace(['{', '}'], "");
        assert_eq!(pieces(&text), expected);
    }

    #[test]
    fn abbreviations_go_on_unless_a_sentence_opener_follows() {
        for expected in [
            "Mr. Hale met Gen. Orr. | They spoke.",
            "He joined Acme Corp. Chairman Lee in No. 10 on Sept. 4. | No. | That is it.",
            "It was bought by Finch Inc. | The price fell.",
            "He lives in the U.S. | But she left the U.S. Senate at 5 p.m. | In May it rose.",
            "J. R. Orr and A. Lee agreed. | Plan B. | The end.",
            "The fig. | Then Wall St. | It rose vs. the pound.",
        ] {
            assert_cut(expected);
        }
    }

    #[test]
    fn direct_speech_stays_with_its_clause() {
        for expected in [
            "\"I will go,\" she said. | He stayed.",
            "\"Will you go?\" she asked. | \"No.\" | He sat.",
            "\"Will you go?\" Mr. Hale asked. | \"Never!\" | Then he went.",
            "He said: \"We won. They lost.\" | (It rained.) | \u{201c}Fine.\u{201d} | Done.",
        ] {
            let text = expected.replace(" | ", " ");
            let expected = expected.replace("won. They", "won. | They");
            assert_eq!(pieces(&text), expected);
        }
    }

    #[test]
    fn lower_case_goes_on_after_a_stop() {
        assert_cut("It fell. then it rose... and fell... | So what? | 4.5 is it. | 20 came.");
    }

    #[test]
    fn a_missing_space_still_ends_a_sentence() {
        assert_eq!(pieces("They left China.Russia stayed."), "They left China. | Russia stayed.");
    }

    #[test]
    fn datelines_stay_in_the_first_sentence() {
        for expected in [
            "{LEEDS, Jan. 18 (Wire) -} The mill shut. | It was old.",
            "{NEW YORK (Wire) -}New rules came.",
            "{PARIS, March 3 \u{2013}} Shares fell.",
            "{MACON, Ga. (AP) --} He won.",
            "OPEC - what next || The IMF said so - twice.",
        ] {
            let text = expected.replace(" || ", "\n\n").replace(" | ", " ").replace(['{', '}'], "");
            assert_eq!(pieces(&text), expected);
        }
    }

    #[test]
    fn only_a_wrapped_line_goes_on_in_the_next() {
        let long = "This line of the report is long enough to be wrapped";
        let join = |end: &str, next: &str| pieces(&format!("{long}{end}{next}"));
        assert_eq!(join("\n", "and goes on."), format!("{long}\nand goes on."));
        assert_eq!(join(" by Mr.\n", "Orr."), format!("{long} by Mr.\nOrr."));
        assert_eq!(join(".\n", "Next."), format!("{long}. || Next."));
        assert_eq!(join(".\"\r\n", "Next."), format!("{long}.\" || Next."));
        assert_eq!(join("\n", "  Indented"), format!("{long} || Indented"));
        assert_eq!(join("\n", "- item"), format!("{long} || - item"));
        assert_eq!(join("\n", "2. item"), format!("{long} || 2. item"));
        assert_eq!(join("\n \n", "and on"), format!("{long} || and on"));
        assert_eq!(
            join(&" more".repeat(20), "\nand on"),
            format!("{long}{} || and on", " more".repeat(20))
        );
        assert_eq!(pieces("Short headline\nBody"), "Short headline || Body");
    }
}
