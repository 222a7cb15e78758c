//! Numbers computed of a sentence, a paragraph or a document.
//!
//! The formulas are those of their authors; what they call a word, a sentence and a syllable is counted by the tokens
//! of the document and [`unspin_lang::syllables`]:
//! - Flesch: "A new readability yardstick", Journal of Applied Psychology 32 (1948).
//! - Kincaid, Fishburne, Rogers, Chissom: Research Branch Report 8-75, Naval Technical Training Command (1975).
//! - Gunning: "The Technique of Clear Writing" (1952). Complex words are those of three syllables or more, without names,
//!   compounds, and words that have three only by an ending -ed, -es or -ing.
//! - Coleman, Liau: "A computer readability formula designed for machine scoring", Journal of Applied Psychology 60 (1975).
//! - Senter, Smith: "Automated Readability Index", AMRL-TR-66-220 (1967).

use unspin_lang::syllables;
use unspin_lint::{Context, Finding, Scope, Span};
use unspin_text::{Case, Document, Token, TokenKind};

use super::PackRule;
use crate::Formula;

/// Readability says nothing of fewer words.
const FEWEST_WORDS: u32 = 30;

/// What formulas are computed of.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    words: u32,
    sentences: u32,
    letters: u32,
    syllables: u32,
    complex: u32,
}

impl PackRule {
    /// Reports what lies beyond `min` or `max`, in thousandths.
    pub(super) fn measure(
        &self,
        cx: &Context<'_>,
        formula: Formula,
        (min, max): (Option<i32>, Option<i32>),
        out: &mut Vec<Finding>,
    ) {
        let Some(entry) = self.only_entry() else { return };
        let document = cx.document();
        let sentences = document.sentences();
        let stretches: Vec<(Span, std::ops::Range<usize>)> = match self.record.meta.scope {
            Scope::Word | Scope::Sentence => {
                sentences.iter().enumerate().map(|(i, s)| (s.span, i..i + 1)).collect()
            }
            Scope::Paragraph => document
                .paragraphs()
                .iter()
                .map(|p| (p.span, p.sentences.start as usize..p.sentences.end as usize))
                .collect(),
            Scope::Document => sentences
                .first()
                .map(|first| (first.span, 0..sentences.len()))
                .into_iter()
                .collect(),
        };
        for (span, range) in stretches {
            let Some(value) = value(document, formula, range) else { continue };
            let limit = match (min, max) {
                (_, Some(max)) if value > f64::from(max) / 1000.0 => max,
                (Some(min), _) if value < f64::from(min) / 1000.0 => min,
                _ => continue,
            };
            if self.allows(cx, span) {
                let (value, limit) = shown(value, f64::from(limit) / 1000.0);
                let values = [("value", value.as_str()), ("limit", limit.as_str())];
                out.push(self.said(span, entry.evidence, &values));
            }
        }
    }
}

/// Two numbers with as many decimals, up to three, as tell them apart, and none that is 0.
fn shown(value: f64, limit: f64) -> (String, String) {
    let text = |number: f64, decimals: usize| {
        let text = format!("{number:.decimals$}");
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        }
    };
    let both = |decimals| (text(value, decimals), text(limit, decimals));
    (1..3).map(both).find(|(value, limit)| value != limit).unwrap_or_else(|| both(3))
}

/// The value of a formula for some sentences; `None` where they are too few words to judge.
fn value(document: &Document<'_>, formula: Formula, range: std::ops::Range<usize>) -> Option<f64> {
    let number = range.len() as f64;
    let counts = count(document, range, formula);
    let is_readability = !matches!(
        formula,
        Formula::SentenceWords
            | Formula::ParagraphSentences
            | Formula::ParagraphWords
            | Formula::DocumentWords
    );
    if is_readability && counts.words < FEWEST_WORDS {
        return None;
    }
    let Counts { words, sentences, letters, syllables, complex } = counts;
    let [words, sentences, letters, syllables, complex] =
        [words, sentences, letters, syllables, complex].map(f64::from);
    let per_sentence = words / sentences;
    Some(match formula {
        Formula::SentenceWords | Formula::ParagraphWords | Formula::DocumentWords => words,
        Formula::ParagraphSentences => number,
        Formula::FleschReadingEase => 206.835 - 1.015 * per_sentence - 84.6 * syllables / words,
        Formula::FleschKincaidGrade => 0.39 * per_sentence + 11.8 * syllables / words - 15.59,
        Formula::GunningFog => 0.4 * (per_sentence + 100.0 * complex / words),
        Formula::ColemanLiau => {
            0.0588 * 100.0 * letters / words - 0.296 * 100.0 * sentences / words - 15.8
        }
        Formula::AutomatedReadability => 4.71 * letters / words + 0.5 * per_sentence - 21.43,
    })
}

/// Sentences without a word count for nothing.
fn count(document: &Document<'_>, range: std::ops::Range<usize>, formula: Formula) -> Counts {
    let needs_syllables = matches!(
        formula,
        Formula::FleschReadingEase | Formula::FleschKincaidGrade | Formula::GunningFog
    );
    let mut counts = Counts::default();
    for sentence in &document.sentences()[range] {
        let tokens = document.sentence_tokens(sentence);
        let before = counts.words;
        for (at, token) in tokens.iter().enumerate() {
            if token.kind != TokenKind::Word {
                continue;
            }
            counts.words += 1;
            let text = document.token_text(token);
            counts.letters += text.chars().filter(|c| c.is_alphanumeric()).count() as u32;
            if needs_syllables {
                let own = syllables(text);
                counts.syllables += own;
                counts.complex += u32::from(own >= 3 && is_complex(text, tokens, at));
            }
        }
        counts.sentences += u32::from(counts.words > before);
    }
    counts
}

/// Whether a word of three syllables or more is complex to Gunning.
fn is_complex(text: &str, tokens: &[Token], at: usize) -> bool {
    let is_hyphen = |i: Option<usize>| {
        i.and_then(|i| tokens.get(i)).is_some_and(|token| token.kind == TokenKind::Hyphen)
    };
    let in_compound = is_hyphen(at.checked_sub(1)) || is_hyphen(Some(at + 1));
    let is_name = at > 0 && tokens[at].case != Case::Lower;
    let lower = text.to_lowercase();
    let by_ending = ["ed", "es", "ing"]
        .iter()
        .any(|ending| lower.strip_suffix(ending).is_some_and(|stem| syllables(stem) < 3));
    !in_compound && !is_name && !by_ending
}
