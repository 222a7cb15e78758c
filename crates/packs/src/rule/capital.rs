//! Words that are always written in the same letter case.

use unspin_lint::{Context, Finding, Span};
use unspin_text::{Case, Document};

use super::PackRule;
use crate::condition::is_written;
use crate::scan::Match;

impl PackRule {
    /// Reports uses that are not written as the rule writes them.
    pub(super) fn capitals(&self, cx: &Context<'_>, at_start: bool, out: &mut Vec<Finding>) {
        let document = cx.document();
        for used in self.uses(cx) {
            let Some(entry) = self.entry(&used) else { continue };
            let Some(written) = self.pack.string(entry.own) else { continue };
            let text = document.slice(used.span);
            let is_fine = is_written(text, written)
                || at_start
                    && starts_sentence(document, &used)
                    && is_written(text, &raised(written))
                || is_shouted(document, used.span);
            if !is_fine {
                let suggestions = vec![written.to_owned()];
                out.push(self.finding_with(cx, used.span, &entry, suggestions));
            }
        }
    }
}

/// The text with its first letter as a capital.
pub(super) fn raised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether only marks stand before a match in its sentence.
fn starts_sentence(document: &Document<'_>, used: &Match) -> bool {
    let Some(sentence) = document.sentence_at(used.span.start) else { return false };
    let from = document.sentences()[sentence].tokens.start as usize;
    let before = document.tokens().get(from..used.first_token as usize).unwrap_or_default();
    // A sentence opens with a few marks at most; a bound keeps a row of them from being read for each match.
    before.len() <= 8 && before.iter().all(|token| token.case == Case::Caseless)
}

/// Whether a text in capitals stands among capitals: letter case says nothing there. Looks at 8 words on each side.
fn is_shouted(document: &Document<'_>, span: Span) -> bool {
    const WORDS: usize = 8;
    if document.slice(span).chars().any(char::is_lowercase) {
        return false;
    }
    let Some(sentence) = document.sentence_at(span.start) else { return false };
    let sentence = &document.sentences()[sentence].tokens;
    let own = document.tokens_in(span);
    let from = own.start.saturating_sub(WORDS).max(sentence.start as usize);
    let to = (own.end + WORDS).min(sentence.end as usize);
    let tokens = document.tokens();
    let mut others = tokens[from..own.start.max(from)].iter().chain(&tokens[own.end.min(to)..to]);
    let is_capital = |case: Case| matches!(case, Case::Upper | Case::Caseless);
    // "A" and "I" are single capitals in any text.
    others.clone().any(|token| token.case == Case::Upper)
        && others.all(|token| is_capital(token.case) || token.span.len() == 1)
}
