//! What the language model has read often enough to be good English: one more clean text, and a large one.

use unspin_model::Statistics;
use unspin_text::Document;

/// Hundredths of log10 of the share of all places at which a phrase stands, from which it is usual: once in three
/// million words. What is no rarer than that may be missing from a few hundred thousand clean words by chance.
const USUAL: i32 = -650;
/// The share of a word that the model does not know.
const UNKNOWN: i32 = -700;
/// The count of a pair of words that the model does not hold: less than the least that it does.
const UNSEEN: i32 = 20;
/// How much rarer a pair that was not seen is than the second word alone, at least.
const BACK_OFF: i32 = -40;

/// Whether one of some phrases is usual.
pub(super) fn is_usual(statistics: Statistics<'_>, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| share(statistics, phrase) >= USUAL)
}

/// Hundredths of log10 of the share of places at which a phrase stands: that of its first word, and of each further one
/// how often it follows the one before it.
fn share(statistics: Statistics<'_>, phrase: &str) -> i32 {
    let Statistics { lexicon, bigrams, .. } = statistics;
    let document = Document::new(phrase.as_bytes());
    let (mut sum, mut before) = (0, None);
    for token in document.tokens() {
        let Some(id) = lexicon.get(token.key) else {
            sum += UNKNOWN;
            before = None;
            continue;
        };
        let own = lexicon.log10_hundredths(id);
        sum += match before {
            None => own,
            Some(before) => {
                let of_all =
                    |count: i32| count - bigrams.log10_total() - lexicon.log10_hundredths(before);
                match bigrams.log10_count(before, id) {
                    Some(count) => of_all(count).min(0),
                    None => of_all(UNSEEN).min(own + BACK_OFF),
                }
            }
        };
        before = Some(id);
    }
    sum
}

#[cfg(test)]
mod tests {
    use unspin_model::Model;

    use super::*;

    #[test]
    fn good_english_is_usual_and_what_a_thesaurus_makes_is_not() {
        let model = Model::embedded();
        let statistics = model.statistics().expect("it has statistics");
        let usual = |phrase: &str| is_usual(statistics, &[phrase.to_owned()]);
        for good in ["harm", "know better", "of the", "human beings"] {
            assert!(usual(good), "{good}");
        }
        for odd in ["withinside", "countrywide safety", "with the aid of using", "xqzzk"] {
            assert!(!usual(odd), "{odd}");
        }
    }
}
