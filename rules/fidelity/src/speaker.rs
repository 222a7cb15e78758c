//! Who is said to have spoken.
//!
//! Only for the message of a finding, so it is silent where it would have to guess.

use unspin_lang::{WordClass, word_class};
use unspin_text::{Document, Span, Token, TokenKind};

/// Words in a speaker's name and office; more are a clause.
const MOST: usize = 10;

/// The noun phrase beside a reporting verb (`verb` is its span in bytes): before it, or after it where the verb follows
/// the quotation or is `according to`. `None` for a pronoun, which names nobody.
pub(crate) fn speaker<'d>(document: &'d Document<'_>, verb: Span) -> Option<&'d str> {
    let tokens = document.tokens();
    let at = document.tokens_in(verb);
    let sentence = &document.sentences()[document.sentence_at(verb.start)?];
    let after = || phrase(document, at.end..sentence.tokens.end as usize, |range| range.start);
    if at.len() > 1 {
        return after();
    }
    // "have said", "also said": the name stands before these.
    let mut end = at.start;
    let skipped = |token: &Token| {
        let class = word_class(document.token_text(token));
        matches!(class, Some(WordClass::Auxiliary | WordClass::Adverb))
    };
    let first = sentence.tokens.start as usize;
    while end > first && skipped(&tokens[end - 1]) {
        end -= 1;
    }
    let is_pronoun =
        |token: &Token| word_class(document.token_text(token)) == Some(WordClass::Pronoun);
    if end > first && is_pronoun(&tokens[end - 1]) {
        return None;
    }
    let before = first..end;
    // The speaker stands behind the verb where the verb stands behind the quotation.
    let follows_quotation = end > first
        && matches!(document.token_text(&tokens[end - 1]), "\"" | "'" | "\u{201d}" | "\u{2019}");
    if follows_quotation {
        return after();
    }
    phrase(document, before, |range| range.end - 1)
}

/// The longest noun phrase that touches the near end of `range`, a range of tokens.
fn phrase<'d>(
    document: &'d Document<'_>,
    range: std::ops::Range<usize>,
    near: impl Fn(&std::ops::Range<usize>) -> usize,
) -> Option<&'d str> {
    if range.is_empty() {
        return None;
    }
    let tokens = document.tokens();
    let forward = near(&range) == range.start;
    let mut held: Option<(usize, usize)> = None;
    for step in 0..range.len().min(MOST + 1) {
        let at = if forward { range.start + step } else { range.end - 1 - step };
        if !belongs(document, &tokens[at]) {
            break;
        }
        if step == MOST {
            return None;
        }
        held = Some(held.map_or((at, at), |(from, to)| (from.min(at), to.max(at))));
    }
    let (mut from, mut to) = held?;
    let is_link = |at: usize| {
        let class = word_class(document.token_text(&tokens[at]));
        class == Some(WordClass::Preposition) || tokens[at].kind != TokenKind::Word
    };
    while from < to && is_link(from) {
        from += 1;
    }
    while from < to && is_link(to) {
        to -= 1;
    }
    let is_determiner =
        |at: usize| word_class(document.token_text(&tokens[at])) == Some(WordClass::Determiner);
    // "issued a caution": the verb was a noun.
    (!is_link(from) && !is_determiner(to))
        .then(|| document.slice(tokens[from].span.cover(tokens[to].span)))
}

/// Whether a token can stand inside a noun phrase that names somebody.
fn belongs(document: &Document<'_>, token: &Token) -> bool {
    match token.kind {
        TokenKind::Hyphen | TokenKind::Clitic => true,
        TokenKind::Word => {
            let text = document.token_text(token);
            match word_class(text) {
                None | Some(WordClass::Number) => true,
                Some(WordClass::Determiner) => matches!(
                    text.to_ascii_lowercase().as_str(),
                    "a" | "an" | "the" | "its" | "his" | "her" | "their" | "one"
                ),
                Some(WordClass::Preposition) => matches!(text, "of" | "for" | "at"),
                Some(_) => false,
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speaker_is_the_noun_phrase_beside_the_verb() {
        for (text, expected) in [
            ("\"We mended it all,\" said Ann Orr.", Some("Ann Orr")),
            ("Ann Orr of the county has said: \"We mended it.\"", Some("Ann Orr of the county")),
            ("A county spokesman said \"it was mended\".", Some("A county spokesman")),
            ("\"It was mended,\" according to the county.", Some("the county")),
            ("\"It was mended,\" he said.", None),
            ("\"It was mended,\" he said of the bridge.", None),
            ("The county issued a caution, \"mend it now\".", None),
            ("Ann Orr, saying the bridge is \"mended\", left.", None),
            ("Ann Orr, who mended it, said \"it was late\".", None),
        ] {
            let document = Document::new(text.as_bytes());
            let verb = document.quotations()[0].attribution.expect("every text has a verb");
            assert_eq!(speaker(&document, verb), expected, "{text}");
        }
    }
}
