//! `scraped-boilerplate`.

use unspin_lint::{
    Context, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, Span, rule, speech_around,
};
use unspin_text::{Case, Document, QuoteKind};

use crate::boilerplate::{Phrase, Place, may_begin, phrases_at};

rule! {
    /// What a page puts around its articles, taken along with one.
    ///
    /// # Why
    ///
    /// A program that takes articles from other sites takes the page too: the link to another story, the invitation to
    /// subscribe, the label over an advertisement, the notice about cookies, glued to sentences or standing between
    /// them. It says nothing of rewording and is no evidence of it, but no desk wants to print it. Most phrases count
    /// only where prose does not have them: as a whole line, or at the start of a sentence.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The ferry left at noon.
    ///
    /// [[Advertisement]]
    ///
    /// It came back at night. [[Sign up for our newsletter and never miss a ferry.]]
    /// ```
    /// ```bad
    /// The ferry left at noon.[[Read more: Why ferries leave at noon]]
    /// ```
    /// ```good
    /// The advertisement ran for a week. Readers were told to sign up for our newsletter, and to read more: nobody did.
    /// ```
    /// ```good
    /// "Click here to win a ferry," the letter said.
    /// ```
    ///
    /// # Options
    ///
    /// None.
    ///
    /// # When not to use
    ///
    /// On whole pages, where such lines have their place.
    pub(crate) META: "scraped-boilerplate" in "residue", Info, min_confidence 0.5, scope Sentence,
    evidence false
}

/// How sure it is; no evidence of rewording.
const SURE: LogOdds = LogOdds::from_milli(3_000);
/// A sentence that goes on longer has something to say. In tokens.
const LONGEST: usize = 40;

/// See the page in [`META`].
pub(crate) struct ScrapedBoilerplate;

impl Rule for ScrapedBoilerplate {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let document = cx.document();
        for sentence in document.sentences() {
            let (mut from, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            // The filter first: it turns nearly every token away, and costs least.
            while let Some(next) =
                document.tokens()[from..end].iter().position(|token| may_begin(token, false))
            {
                let at = from + next;
                let met = if may_begin(&document.tokens()[at], true) || can_start(document, at) {
                    phrases_at(document, at)
                        .filter_map(|phrase| Some((span(document, at, end, phrase)?, phrase)))
                        .max_by_key(|(span, _)| span.end)
                } else {
                    None
                };
                match met.filter(|(span, _)| !is_quoted(document, *span)) {
                    Some((span, phrase)) => {
                        out.push(finding(document, span, phrase));
                        from = document.tokens_in(span).end.clamp(at + 1, end);
                    }
                    None => from = at + 1,
                }
            }
        }
    }
}

/// Whether a token begins a sentence or a line, be it glued to the one before.
fn can_start(document: &Document<'_>, at: usize) -> bool {
    let token = &document.tokens()[at];
    let Some(before) = at.checked_sub(1).map(|i| &document.tokens()[i]) else { return true };
    // A line may begin in lower case, but within one only a capital tells.
    document.text().as_bytes()[before.span.end as usize..token.span.start as usize].contains(&b'\n')
        || token.case != Case::Lower
            && matches!(
                document.token_text(before),
                "." | "!"
                    | "?"
                    | ")"
                    | "]"
                    | "|"
                    | "*"
                    | ">"
                    | "\u{2026}"
                    | "\u{201d}"
                    | "\u{2022}"
            )
}

/// What is to be marked of a phrase that begins at token `at` of a sentence that ends before token `end`; `None` where
/// it may be prose.
fn span(document: &Document<'_>, at: usize, end: usize, phrase: Phrase) -> Option<Span> {
    let tokens = document.tokens();
    let own = tokens[at].span.cover(tokens[at + phrase.tokens - 1].span);
    match phrase.place {
        Place::Anywhere => Some(own),
        Place::Line => is_line(document.text(), own).then_some(own),
        Place::Start if !can_start(document, at) || tokens[at].case == Case::Lower => None,
        Place::Start => {
            let text = document.text();
            let same_line = |i: &usize| {
                !text[tokens[*i - 1].span.end as usize..tokens[*i].span.start as usize]
                    .contains('\n')
            };
            let last = (at + 1..end).take_while(same_line).last().unwrap_or(at);
            (last - at < LONGEST).then(|| own.cover(tokens[last].span))
        }
    }
}

/// Whether nothing but space, bullets and stops stands beside the span on its line.
fn is_line(text: &str, span: Span) -> bool {
    let filler = |c: char| c == ' ' || c == '\t' || "*-.:!>|#\u{a0}\u{2022}\u{bb}\r".contains(c);
    let before = text[..span.start as usize].chars().rev().find(|&c| !filler(c));
    let after = text[span.end as usize..].chars().find(|&c| !filler(c));
    matches!(before, None | Some('\n')) && matches!(after, None | Some('\n'))
}

fn is_quoted(document: &Document<'_>, span: Span) -> bool {
    speech_around(document, span).is_some()
        || document.quotations().iter().any(|q| q.kind == QuoteKind::Code && q.span.contains(span))
}

fn finding(document: &Document<'_>, span: Span, phrase: Phrase) -> Finding {
    let text = document.slice(span).split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let message = format!("\"{text}\" is {}, left from a page", phrase.what);
    let found = Finding::new(&META, span, SURE, message);
    match phrase.place {
        Place::Anywhere => found,
        Place::Line | Place::Start => found.fix(Fix::replace(span, "", Safety::Unsafe)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_tells_the_truth() {
        let wrong = unspin_lint::page::check(&unspin_lint::RuleSet::default(), &ScrapedBoilerplate);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
