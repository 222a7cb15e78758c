//! Oddities that are not rewording: what wires, scanners and headlines do to clean text.
//!
//! The corpora are prose that somebody polished. News that arrives has lost articles, abbreviations of its trade and
//! scanning errors, and a detector that never saw them takes them for damage. So some training texts, reworded or not,
//! get them too.

use unspin_lint::Document;
use unspin_text::TokenKind;

use crate::random::Random;

/// What wires write for common words.
const ABBREVIATIONS: [(&str, &str); 14] = [
    ("billion", "bln"),
    ("company", "co"),
    ("corporation", "corp"),
    ("department", "dept"),
    ("dollars", "dlrs"),
    ("government", "govt"),
    ("international", "intl"),
    ("management", "mgmt"),
    ("million", "mln"),
    ("number", "no."),
    ("percent", "pct"),
    ("quarter", "qtr"),
    ("shares", "shrs"),
    ("year", "yr"),
];

/// The text with the oddities of one random source.
pub(crate) fn roughen(text: &str, random: &mut Random) -> String {
    let dropped = if random.chance(0.6) { random.between(0.1, 0.7) } else { 0.0 };
    let shortened = if random.chance(0.5) { random.between(0.3, 1.0) } else { 0.0 };
    let misread = if random.chance(0.3) { random.between(0.002, 0.03) } else { 0.0 };
    let capitals = random.chance(0.3);
    let document = Document::new(text.as_bytes());
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, token) in document.tokens().iter().enumerate() {
        if token.kind != TokenKind::Word {
            continue;
        }
        let (from, to) = (token.span.start as usize, token.span.end as usize);
        let word = &text[from..to];
        let replacement = if matches!(
            word,
            "the" | "a" | "an" | "is" | "are" | "was" | "were" | "has" | "have" | "been" | "that"
        ) && random.chance(dropped)
        {
            Some(String::new())
        } else if let Some((_, short)) = ABBREVIATIONS.iter().find(|(long, _)| *long == word)
            && random.chance(shortened)
        {
            Some((*short).to_owned())
        } else if word.len() > 4 && word.is_ascii() && random.chance(misread) {
            let at = 1 + (random.next() % (word.len() as u64 - 2)) as usize;
            let mut letters = word.as_bytes().to_vec();
            letters.swap(at, at + usize::from(at + 1 < word.len()));
            String::from_utf8(letters).ok()
        } else if capitals && at < 12 {
            Some(word.to_uppercase())
        } else {
            None
        };
        if let Some(replacement) = replacement {
            out.push_str(&text[copied..from]);
            out.push_str(&replacement);
            copied = to;
            // The space goes with the word.
            if replacement.is_empty() && text[copied..].starts_with(' ') {
                copied += 1;
            }
        }
    }
    out.push_str(&text[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_out_without_new_words() {
        let text = "The company said that the quarter was a good one, and the shares rose by two dollars.\n";
        for seed in 0..200 {
            let rough = roughen(text, &mut Random::new(seed));
            assert!(rough.len() <= text.len(), "{rough}");
            assert!(rough.to_lowercase().contains("good"), "{rough}");
        }
    }
}
