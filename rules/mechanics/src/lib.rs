//! Rules about the mechanics of English: articles, capitals, doubled words, splices and numbers.
//!
//! Clean news has slips of the pen in most of these, some forty in a million words. Rewording leaves the same slips much
//! oftener, so they are reported with little evidence, which shows them only in a text that bears other marks. What no
//! hand writes ("China. , Russia", "4 billion billion") has evidence enough to stand alone. Splices are no evidence, since
//! scraping leaves them too; the weak ones wait for a lower `min-confidence`.

mod article_mismatch;
mod damaged_number;
mod doubled_word;
mod lowercase_name;
mod neighbours;
mod spliced_sentence;

use std::sync::Arc;

use unspin_lint::Rule;

/// The rules of this family. They ask the [`unspin_model::Model`] that the rule set provides, else the embedded one.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    vec![
        Arc::new(article_mismatch::ArticleMismatch),
        Arc::new(damaged_number::DamagedNumber),
        Arc::new(doubled_word::DoubledWord),
        Arc::new(lowercase_name::LowercaseName),
        Arc::new(spliced_sentence::SplicedSentence),
    ]
}

#[cfg(test)]
mod tests {
    use unspin_lint::{RuleSet, page};

    #[test]
    fn every_page_tells_the_truth() {
        let rules = RuleSet::new(crate::rules());
        for rule in crate::rules() {
            let wrong = page::check(&rules, rule.as_ref());
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
    }
}
