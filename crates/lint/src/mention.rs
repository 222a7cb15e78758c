//! Mention against use: an article about reworded text is not reworded.
//!
//! A phrase is mentioned where the text marks it as one: alone between quotation marks or in code, in emphasis, after a
//! noun for words ("the phrase ..."), or beside the words that it stands for. A program that rewords does none of this.
//! A phrase of several words that is mentioned once is the subject of the text, so that its other places are mentions
//! too.

use std::collections::HashSet;

use unspin_text::{Document, QuoteKind, Span, Token, TokenKind, fold_key};

use crate::speech::around;
use crate::trace::{Recorder, sift};
use crate::{Finding, Mention, Reason};

/// A quotation of so many tokens or fewer mentions a phrase if it holds nothing but the finding; a longer one is speech.
const MENTION_TOKENS: usize = 8;
/// A noun for words announces a phrase that begins so many tokens later or fewer.
const NEAR: usize = 4;
/// Nouns and verbs that announce words as words. *Term* and *words* have other uses, and are asked about below.
const ANNOUNCING: &[&str] = &[
    "expression",
    "expressions",
    "mistranslated",
    "mistranslates",
    "paraphrased",
    "phrase",
    "phrases",
    "reworded",
    "rewording",
    "synonym",
    "synonyms",
    "term",
    "terms",
    "word",
    "wording",
    "words",
];
/// An explanation stands so many tokens away or fewer. It bounds the work where a sentence has no end.
const BESIDE: usize = 40;
/// Before an announcing word: it announces nothing ("in other words", "in terms of", "prison terms").
const NOT_BEFORE: &[&str] =
    &["in", "other", "jail", "prison", "of", "long", "short", "his", "her", "their"];

/// Takes out of `raw` what is mentioned and not used.
pub(crate) fn leave_out(
    document: &Document<'_>,
    raw: &mut Vec<Finding>,
    recorder: &mut impl Recorder,
) {
    let mentions: Vec<Option<Mention>> =
        raw.iter().map(|finding| mention(document, finding)).collect();
    let key = |finding: &Finding| fold_key(document.slice(finding.span));
    let several = |finding: &Finding| document.slice(finding.span).contains(' ');
    let subjects: HashSet<u32> = raw
        .iter()
        .zip(&mentions)
        .filter(|(finding, mention)| mention.is_some() && several(finding))
        .map(|(finding, _)| key(finding))
        .collect();
    let mut mentions = mentions.into_iter();
    sift(raw, recorder, |finding| {
        let elsewhere =
            || (several(finding) && subjects.contains(&key(finding))).then_some(Mention::Elsewhere);
        mentions.next().flatten().or_else(elsewhere).map(Reason::Mentioned)
    });
}

/// What shows by itself that a finding is mentioned.
fn mention(document: &Document<'_>, finding: &Finding) -> Option<Mention> {
    if is_alone(document, finding.span) {
        Some(Mention::Alone)
    } else if is_emphasised(document, finding.span) {
        Some(Mention::Emphasised)
    } else if is_announced(document, finding.span) {
        Some(Mention::Announced)
    } else {
        is_explained(document, finding).then_some(Mention::Explained)
    }
}

/// Whether the span is all that stands between a pair of quotation marks or back-ticks.
fn is_alone(document: &Document<'_>, span: Span) -> bool {
    around(document, span).any(|quotation| {
        let inside =
            &document.tokens()[quotation.tokens.start as usize..quotation.tokens.end as usize];
        quotation.kind == QuoteKind::Code
            || quotation.closed
                && inside.len() <= MENTION_TOKENS
                && inside.iter().all(|t| t.span.overlaps(span) || t.kind == TokenKind::Punct)
    })
}

/// What sets words off, in plain text that is written like Markdown too.
const EMPHASIS: [(&str, &str); 4] = [("*", "*"), ("_", "_"), ("<em>", "</em>"), ("<i>", "</i>")];

/// Whether it is set off by marks that touch it. The source tells, since a format keeps its marks out of the text.
fn is_emphasised(document: &Document<'_>, span: Span) -> bool {
    let (source, span) = (document.source(), document.in_source(span));
    let (before, after) = (&source[..span.start as usize], &source[span.end as usize..]);
    // Strong emphasis stresses, it does not mention.
    let strong = before.ends_with("**") || before.ends_with("__");
    !strong
        && EMPHASIS.iter().any(|(open, close)| before.ends_with(open) && after.starts_with(close))
}

/// The tokens of the sentence around a span, and the index among them of the first that belongs to the span.
fn sentence<'d>(document: &'d Document<'_>, span: Span) -> Option<(&'d [Token], usize)> {
    let sentence = document.sentences().get(document.sentence_at(span.start)?)?;
    let tokens = document.sentence_tokens(sentence);
    Some((tokens, tokens.partition_point(|t| t.span.end <= span.start)))
}

/// Whether a noun for words stands right before it, in its sentence.
fn is_announced(document: &Document<'_>, span: Span) -> bool {
    let Some((tokens, at)) = sentence(document, span) else { return false };
    let is_one_of = |token: &Token, list: &[&str]| {
        list.iter().any(|word| document.token_text(token).eq_ignore_ascii_case(word))
    };
    (at.saturating_sub(NEAR)..at).any(|i| {
        is_one_of(&tokens[i], ANNOUNCING)
            && !i.checked_sub(1).is_some_and(|before| is_one_of(&tokens[before], NOT_BEFORE))
            && !tokens.get(i + 1).is_some_and(|t| is_one_of(t, &["of", "for", "in"]))
    })
}

/// Whether its sentence holds the words that it stands for, several together, as well.
fn is_explained(document: &Document<'_>, finding: &Finding) -> bool {
    let Some((tokens, at)) = sentence(document, finding.span) else { return false };
    let tokens = &tokens[at.saturating_sub(BESIDE)..tokens.len().min(at + BESIDE)];
    finding.suggestions().any(|suggestion| {
        let words: Vec<u32> = suggestion.split(' ').map(fold_key).collect();
        words.len() > 1
            && tokens.windows(words.len()).any(|run| {
                run.iter().zip(&words).all(|(token, key)| token.key == *key)
                    && run.iter().all(|token| !token.span.overlaps(finding.span))
            })
    })
}

#[cfg(test)]
mod tests;
