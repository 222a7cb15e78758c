//! Whether a text is English. Of another language nothing can be said.

use unspin_lint::{Document, Unknown};
use unspin_text::{TokenKind, fold_key_of_ascii};

/// Words looked at: enough to tell, and a bound for texts of any length.
const SAMPLE: usize = 150;
/// Bytes shown to the detector.
const SAMPLE_BYTES: usize = 2_000;
/// Fewer words than this settle nothing.
const FEWEST: usize = 20;
/// Running English has about 35 % of these words, and tables of it over 10 %. Above this nothing else is asked.
const ENGLISH_SHARE: f64 = 0.12;
/// The commonest words of English that are no words of its neighbours, by key.
const COMMON: [u32; 24] = {
    let words = [
        "the", "of", "and", "to", "that", "it", "is", "was", "for", "on", "with", "as", "by",
        "his", "from", "which", "have", "this", "had", "are", "but", "has", "would", "at",
    ];
    let mut keys = [0; 24];
    let mut i = 0;
    while i < words.len() {
        keys[i] = fold_key_of_ascii(words[i]);
        i += 1;
    }
    keys
};

/// [`Unknown::Language`] if the text is surely not English.
pub(crate) fn unknown(document: &Document<'_>) -> Option<Unknown> {
    let words = document.tokens().iter().filter(|t| t.kind == TokenKind::Word).take(SAMPLE);
    let (mut total, mut common) = (0, 0);
    for word in words {
        total += 1;
        common += usize::from(COMMON.contains(&word.key));
    }
    if total < FEWEST || common as f64 >= ENGLISH_SHARE * total as f64 {
        return None;
    }
    let text = document.text();
    let guess = whatlang::detect(beginning(text))?;
    (guess.lang() != whatlang::Lang::Eng && guess.is_reliable()).then_some(Unknown::Language)
}

/// The first bytes of a text, cut at a character.
fn beginning(text: &str) -> &str {
    let end = (0..=SAMPLE_BYTES.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Unknown> {
        unknown(&Document::new(text.as_bytes()))
    }

    #[test]
    fn german_and_french_are_told_from_english() {
        let german = "Der Ausschuss hat gestern beschlossen, dass die Brücke über den Fluss im nächsten Jahr erneuert \
                      werden soll, weil die Pfeiler nach dem Hochwasser gelitten haben.";
        let french = "Le conseil municipal a décidé hier que le pont serait reconstruit au printemps, parce que les \
                      piles ont souffert de la crue et que les camions ne peuvent plus passer.";
        let english = "The council decided yesterday that the bridge will be rebuilt in spring, because its piers have \
                       suffered from the flood and lorries can no longer pass.";
        assert_eq!(of(german), Some(Unknown::Language));
        assert_eq!(of(french), Some(Unknown::Language));
        assert_eq!(of(english), None);
    }

    #[test]
    fn an_english_table_stays_english() {
        let table = "Shr 12 cts vs 10 cts. Net profit 4,000,000 vs 3,100,000. Revenue higher, costs lower, margin flat. \
                     Year shr 44 cts vs 41 cts. Net assets, stocks, bonds, freight, barley, copper, cotton, sugar.";
        assert_eq!(of(table), None);
    }
}
