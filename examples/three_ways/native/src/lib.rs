//! The rule `wordy-phrase` as a crate of its own.

use std::sync::Arc;

use unspin_lang::transfer_case;
use unspin_lint::{
    Context, Document, Finding, Fix, KeyFilter, LogOdds, Rule, RuleMeta, Safety, Span, TokenKind,
    rule,
};

rule! {
    /// A phrase that can be said in a word.
    ///
    /// # Why
    ///
    /// Wire copy that was inflated reads better without the padding.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The harbour was dredged [[in order to]] let the ferry in.
    /// ```
    /// ```fixed
    /// The harbour was dredged to let the ferry in.
    /// ```
    ///
    /// ```bad
    /// [[Due to the fact that]] it rained, the fair was held [[prior to]] noon.
    /// ```
    /// ```fixed
    /// Because it rained, the fair was held before noon.
    /// ```
    ///
    /// ```good
    /// The books were put in order. To find one is easy now.
    /// ```
    ///
    /// ```good
    /// With regard for the old, the path was paved.
    /// ```
    pub(crate) META: "wordy-phrase" in "three-ways", Info, min_confidence 0.5, scope Sentence,
    evidence false
}

/// Phrases, and what they can become.
const PHRASES: [(&[&str], &str); 10] = [
    (&["a", "large", "number", "of"], "many"),
    (&["at", "this", "point", "in", "time"], "now"),
    (&["due", "to", "the", "fact", "that"], "because"),
    (&["for", "the", "reason", "that"], "because"),
    (&["in", "close", "proximity", "to"], "near"),
    (&["in", "order", "to"], "to"),
    (&["in", "spite", "of", "the", "fact", "that"], "although"),
    (&["in", "the", "event", "that"], "if"),
    (&["prior", "to"], "before"),
    (&["with", "regard", "to"], "about"),
];

/// The words that phrases begin with: a token costs a look at its key, and few cost more.
const FIRST: KeyFilter = KeyFilter::of(&["a", "at", "due", "for", "in", "prior", "with"]);

struct WordyPhrase;

/// The rule.
pub fn rule() -> Arc<dyn Rule> {
    Arc::new(WordyPhrase)
}

impl Rule for WordyPhrase {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let document = cx.document();
        for sentence in document.sentences() {
            let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let mut at = tokens.start;
            while at < tokens.end {
                if !FIRST.may_hold(document.tokens()[at].key) {
                    at += 1;
                    continue;
                }
                let longest = PHRASES
                    .iter()
                    .filter_map(|(words, shorter)| {
                        Some((last(document, at, tokens.end, words)?, *shorter))
                    })
                    .max();
                let Some((end, shorter)) = longest else {
                    at += 1;
                    continue;
                };
                let all = document.tokens();
                out.push(finding(document, all[at].span.cover(all[end].span), shorter));
                at = end + 1;
            }
        }
    }
}

/// The last token of a phrase that begins at the token `at`, if it stands there before the token `end`. Quotation marks
/// inside it are passed over; a hyphen after it makes its last word part of another.
fn last(document: &Document<'_>, at: usize, end: usize, words: &[&str]) -> Option<usize> {
    let tokens = document.tokens();
    let text = |at: usize| document.token_text(&tokens[at]);
    let mut here = at;
    for (number, word) in words.iter().enumerate() {
        if number > 0 {
            let rest = here + 1..end.min(here + 4);
            here = rest.into_iter().find(|&at| !is_quote(text(at)))?;
        }
        if !text(here).eq_ignore_ascii_case(word) {
            return None;
        }
    }
    let is_hyphenated = here + 1 < end && tokens[here + 1].kind == TokenKind::Hyphen;
    (!is_hyphenated).then_some(here)
}

fn is_quote(text: &str) -> bool {
    matches!(text, "\"" | "\u{201c}" | "\u{201d}")
}

fn finding(document: &Document<'_>, span: Span, shorter: &str) -> Finding {
    let found = document.slice(span);
    let shorter = transfer_case(found, shorter);
    let one_line = found.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = format!("\"{one_line}\" can be said shorter: \"{shorter}\"");
    // A replacement would take away a quotation mark whose partner stands elsewhere.
    let quoted = found.contains(['"', '\u{201c}', '\u{201d}']);
    let safety = if quoted { Safety::Display } else { Safety::Unsafe };
    Finding::new(&META, span, LogOdds::from_nats(3.0), message).fix(Fix::replace(
        span,
        shorter.into_owned(),
        safety,
    ))
}
