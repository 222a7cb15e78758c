//! *A* before a vowel sound, *an* before a consonant sound.
//!
//! A rewording tool that puts "advantage" for "benefit" leaves the article of the word that went. What the next word
//! sounds like is known to `unspin_lang::article`; here stands where its answer may be trusted. Names from other
//! languages, abbreviations that some read as words, and words in h that some begin with a vowel are passed over.

use unspin_lang::article::{self, Article};
use unspin_lang::{WordClass, word_class};
use unspin_lint::{Context, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, rule};
use unspin_model::Vocabulary;
use unspin_text::{Case, TokenKind, fold_key_of_ascii};
use unspin_words::model;

use crate::neighbours::Neighbours;

rule! {
    /// The article *a* or *an* before a word with whose sound it does not go.
    ///
    /// # Why
    ///
    /// A rewording tool that swaps a word seldom looks at the article before it: of "an advantage" comes "an benefit".
    /// The sound decides, not the spelling: *an hour*, *a union*, *an MP*, *an 8 % rise*. Writers slip here too, some
    /// thirty times in a million words of news, so one finding weighs little and shows only in a text that bears other marks.
    /// Names and abbreviations whose sound is uncertain are left alone, and so is usage that varies (*an historic*).
    ///
    /// # Examples
    ///
    /// ```bad
    /// She hired [[an]] legal professional within [[a]] hour.
    /// ```
    /// ```fixed
    /// She hired a legal professional within an hour.
    /// ```
    /// ```bad
    /// The union won [[a]] 8% rise and called it "[[an]] huge step".
    /// ```
    /// ```good
    /// A union leader, an heir, an FBI agent and a European waited an hour for a one-off 11% cut and an 80-page plan.
    /// ```
    /// ```good
    /// It was an historic day for class A investors, who paid an average of $9 a unit.
    /// ```
    ///
    /// Slips in a text that is clean otherwise are not shown:
    ///
    /// ```article
    /// The harbour board of Port Ellis voted on Monday to close the old fish market, which has stood empty since the
    /// winter storms of two years ago. The chair of the board said that repairs would cost more than a new hall, and
    /// that fishermen had found other buyers in the meantime. The board will keep the clock tower, which is older
    /// than the hall and is loved by visitors. It will get a iron roof. Work is to begin in April and to last until
    /// the autumn. A plan for the empty ground will be shown to the public in May, when people may write to the board
    /// with their wishes. Some want a park, others a small museum of boats, and a few would like to see nothing built
    /// at all. The town has bought ropes, paint and timber from Norway, Finland and Estonia, where prices are lower
    /// this year. The mayor told a meeting on Friday that the money is there and that the loan will be paid back
    /// within nine years. It was an moderate sum, he said.
    /// ```
    ///
    /// # When not to use
    ///
    /// On dialect written as it is spoken ("an 'otel"); there, set it to `off`.
    pub(crate) META: "article-mismatch" in "mechanics", Warning, min_confidence 0.87, scope Sentence
}

/// A hint: writers slip so once in some 30,000 words, and a careless one more than once, so slips must neither show each
/// other nor carry a verdict. With so much, and the
/// `min-confidence` above, a finding shows where the verdict calls the text reworded.
const EVIDENCE: LogOdds = LogOdds::from_milli(500);

const A: u32 = fold_key_of_ascii("a");
const AN: u32 = fold_key_of_ascii("an");

/// See the page in [`META`].
pub(crate) struct ArticleMismatch;

impl Rule for ArticleMismatch {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let document = cx.document();
        let model = model(cx);
        let vocabulary = model.vocabulary();
        for sentence in Neighbours::sentences(document) {
            for (at, token) in sentence.range().zip(sentence.tokens()) {
                if (token.key == A || token.key == AN)
                    && matches!(document.token_text(token), "a" | "A" | "an" | "An")
                    && let Some(finding) = judge(&sentence, &vocabulary, at)
                {
                    out.push(finding);
                }
            }
        }
    }
}

fn judge(near: &Neighbours<'_>, vocabulary: &Vocabulary<'_>, at: usize) -> Option<Finding> {
    let document = near.document();
    let token = near.token(at)?;
    if near.touches(at + 1) || near.is_in_compound(at) {
        return None;
    }
    // "vitamin A is" and "Serie A": inside a sentence a capital is a letter, not an article.
    if token.case == Case::Title && !matches!(near.text_before(at), "" | "\"" | "\u{201c}" | "(") {
        return None;
    }
    // "a/k/a"
    if near.touches(at) && near.text_before(at) == "/" {
        return None;
    }
    let mut next = at + 1;
    if !near.kind_is(next, TokenKind::Word) {
        let text = near.text(next);
        if text == "/" {
            return None;
        }
        next += usize::from(matches!(text, "\"" | "\u{201c}" | "\u{2018}"));
        if near.kind_is(next, TokenKind::Symbol) && near.touches(next + 1) {
            next += 1;
        }
    }
    let first = near.token(next)?;
    let rest = &document.text()[first.span.start as usize..];
    let word = rest.split(|c: char| c.is_whitespace()).next()?;
    let written = document.token_text(token);
    let right = article::repair(written, word)?;
    if !is_certain(near, vocabulary, next, word) {
        return None;
    }
    let shown = document.token_text(first);
    let message = format!("\"{written}\" does not go with the sound of \"{shown}\"");
    Some(
        Finding::new(&META, token.span, EVIDENCE, message)
            .note("it may be left of a word that stood here before")
            .fix(Fix::replace(token.span, right, Safety::Unsafe)),
    )
}

/// Whether everybody would read `word` aloud with the same first sound, and an article can stand before it.
fn is_certain(near: &Neighbours<'_>, vocabulary: &Vocabulary<'_>, at: usize, word: &str) -> bool {
    let Some(token) = near.token(at) else { return false };
    let text = near.text(at);
    match (token.kind, token.case) {
        (TokenKind::Number, _) => is_certain_number(text, word),
        (TokenKind::Word, Case::Lower) => {
            let compound = near.kind_is(at + 1, TokenKind::Hyphen);
            if text.len() == 1 {
                return compound;
            }
            (compound || takes_article(text))
                && text.is_ascii()
                && vocabulary.get(text).is_some_and(|entry| entry.is_word() && entry.is_listed())
                && (!text.starts_with('h') || starts_stressed(text))
        }
        (TokenKind::Word, Case::Title) => {
            text.len() > 2 && takes_article(text) && is_certain_name(text)
        }
        (TokenKind::Word, Case::Upper) => {
            word_class(text).is_none() && is_certain_abbreviation(text)
        }
        _ => false,
    }
}

/// "what it's a in" is a slip of another kind, or the letter.
fn takes_article(word: &str) -> bool {
    matches!(
        word_class(word),
        None | Some(WordClass::Adverb | WordClass::Number | WordClass::Determiner)
    ) && !matches!(word, "a" | "an" | "the" | "as" | "or")
}

/// Not "an 0-0 draw" (nil, nought or oh), "a 1100" (hundreds or thousands) nor "an 1/8 point" (an eighth).
fn is_certain_number(text: &str, word: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    !text.starts_with('0') && digits != 4 && !word.contains('/')
}

/// A stressed first syllable: words in h with a weak one ("hotel", "hilarious") are said with and without their h. One
/// syllable is always stressed; of more the spelling does not tell.
fn starts_stressed(word: &str) -> bool {
    let stem = word.strip_suffix('e').unwrap_or(word);
    let (mut groups, mut in_vowels) = (0, false);
    for byte in stem.bytes() {
        let vowel = b"aeiouy".contains(&byte);
        groups += usize::from(vowel && !in_vowels);
        in_vowels = vowel;
    }
    groups <= 1 || article::article(word) == Article::An
}

/// Whether a name's first letter tells its first sound in whatever language it comes from.
fn is_certain_name(name: &str) -> bool {
    let mut bytes = name.bytes().map(|b| b.to_ascii_lowercase());
    let (Some(first), Some(second)) = (bytes.next(), bytes.next()) else { return false };
    let after_vowel = b"aeiouyhlr".contains(&second);
    match first {
        b'a' | b'i' | b's' | b'l' | b'r' | b'w' => second.is_ascii_lowercase(),
        b'e' => !matches!(second, b'u' | b'w'),
        b'o' => !matches!(second, b'u' | b'n'),
        // "Mbeki", "Ngo": a nasal before another consonant is a syllable of its own.
        b'm' | b'n' => b"aeiou".contains(&second),
        b'b' | b'c' | b'd' | b'f' | b'g' | b'k' | b'p' | b't' | b'v' | b'z' => after_vowel,
        _ => false,
    }
}

/// Whether letters and word have the same first sound ("IBM", "BBC"): "FBI" and "SEC" are read by letter, as words or in
/// full, by whoever writes them, and "AA1" as "double-A one". "U.S." is always read by letter.
fn is_certain_abbreviation(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if text.starts_with("AA") {
        return false;
    }
    match first {
        'U' => text.contains('.') || matches!(text, "US" | "UK" | "UN"),
        'A' | 'E' | 'I' | 'O' | 'B' | 'C' | 'D' | 'G' | 'K' | 'P' | 'T' | 'V' | 'W' | 'Z' => {
            text.len() <= 5
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use unspin_lint::{Document, page};

    use super::ArticleMismatch;

    fn marked(text: &str) -> Vec<&str> {
        let document = Document::new(text.as_bytes());
        let found = page::raw(&ArticleMismatch, &document);
        found.iter().map(|f| &text[f.span.range()]).collect()
    }

    #[test]
    fn the_letter_a_is_no_article() {
        for text in [
            "Serie A is back and vitamin A is good.",
            "The class A offer closed.",
            "Exhibit A, an essay, was lost.",
            "It is a in the margin.",
            "He is Al Jones a/k/a Abe Jones.",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn uncertain_sounds_are_left_alone() {
        for text in [
            "They won an 0-0 draw, up an 1/8 point, since an 1100 date.",
            "It was an hotel and an hilarious one.",
            "A SEC filing and an SQL server, a LSE listing and an NATO base.",
            "An Mbeki aide met an Hermes buyer, a Ouattara ally and an Ybarra heir.",
            "They saw a ouzbxe and an ubrinox.",
            "It got a AA1 rating and a AAA badge.",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn certain_sounds_are_judged() {
        for (text, found) in [
            ("It was a \u{201c}easy\u{201d} win.", "a"),
            ("An union of a kind.", "An"),
            ("He met an U.S. envoy.", "an"),
            ("He met an Trump ally.", "an"),
            ("They bought a $8 hat.", "a"),
            ("It is an house.", "an"),
            ("He is a all-rounder.", "a"),
            ("They saw a e-mail.", "a"),
        ] {
            assert_eq!(marked(text), [found], "{text}");
        }
    }
}
