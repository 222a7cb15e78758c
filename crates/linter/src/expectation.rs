//! What the language model expects of a phrase, for packs (`language-model`).

use std::ops::Range;

use unspin_lint::{Context, Expectation};
use unspin_words::KnownWords;

/// Stupid back-off (Brants et al. 2007): the share of a word that was not seen after the one before it weighs 0.4.
/// Hundredths of log10.
const BACK_OFF: i32 = -40;

/// The first word by its share of all words, each further one by how often it follows the one before it.
pub(crate) struct Bigrams;

impl Expectation for Bigrams {
    fn log10_hundredths(&self, cx: &Context<'_>, tokens: Range<usize>) -> Option<i32> {
        let statistics = unspin_words::model(cx).statistics()?;
        let (lexicon, bigrams) = (statistics.lexicon, statistics.bigrams);
        let known = cx.get::<KnownWords>();
        let mut sum = 0;
        let mut words = 0;
        let mut before = None;
        for id in tokens.filter_map(|token| known.id(token)) {
            let share = lexicon.log10_hundredths(id);
            let follows = before.and_then(|before| {
                let count = bigrams.log10_count(before, id)?;
                Some(count - lexicon.log10_hundredths(before) - bigrams.log10_total())
            });
            sum += match (before, follows) {
                (None, _) => share,
                (Some(_), Some(follows)) => follows.min(0),
                (Some(_), None) => BACK_OFF + share,
            };
            words += 1;
            before = Some(id);
        }
        (words > 0).then(|| sum / words)
    }
}

#[cfg(test)]
mod tests {
    use unspin_lint::Document;

    use super::*;

    fn mean(text: &str) -> Option<i32> {
        let document = Document::new(text.as_bytes());
        let cx = Context::new(&document);
        Bigrams.log10_hundredths(&cx, 0..document.tokens().len())
    }

    #[test]
    fn a_fixed_expression_is_likelier_than_the_same_with_a_word_swapped() {
        assert!(mean("intellectual property") > mean("highbrow property"));
        assert!(mean("prime minister") > mean("top minister"));
        assert!(mean("the") > mean("zeugma"));
        assert_eq!(mean("xqzzk"), None);
        assert_eq!(mean(""), None);
    }
}
