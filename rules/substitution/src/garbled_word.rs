//! `garbled-word`.

use std::sync::Arc;

use serde::Deserialize as _;
use unspin_lint::{
    Context, Explanation, Finding, OptionsError, Reading, Rule, RuleMeta, Span, rule,
};

use crate::explain::explain;
use crate::passage::{Damage, Options, SUGGEST, report};
use crate::score::WordScores;

rule! {
    /// A word that a thesaurus put in for another, without looking at the sentence.
    ///
    /// ## Why
    ///
    /// Article spinners swap words for listed synonyms. What they put in is mostly a common word in a wrong sense:
    /// nothing is wrong with it but its place. No list can name such words, since the next article has others. So the
    /// rule asks of each word how much better the words that it may stand for would fit where it stands, and a
    /// trained model weighs that against everything else that is seen there. One odd word is never enough: findings
    /// are shown where the whole text, or a stretch of it, bears many such marks.
    ///
    /// ## Examples
    ///
    /// ```bad
    /// Artificial talent and gadget studying are [[converting]] the [[manner]] that hospitals deal with sufferers.
    /// ```
    ///
    /// ```bad
    /// The [[enterprise]] stated its earnings had fallen because of the excessive [[charge]] of gas, and that it'd near two of its [[flora]]. The top minister instructed legislators that the guard spending plan could ascend subsequent yr.
    /// ```
    ///
    /// ```good
    /// The players left the field before the rain began.
    /// ```
    ///
    /// ```good
    /// Local officials said the rules would apply from Monday.
    /// ```
    ///
    /// ## Options
    ///
    /// `suggest` (default true): whether the likeliest words in its place are offered, three at most. Where one word of a
    /// phrase was swapped, the first is right about every second time; where several were, seldom. A desk that goes back
    /// to the source anyway may want none.
    ///
    /// ## When not to use
    ///
    /// On verse, on prose older than the telegraph, and on texts that imitate either.
    pub(crate) GARBLED_WORD: "garbled-word" in "substitution", Warning, min_confidence 0.73, scope Document,
    options [SUGGEST]
}

/// The rule.
#[derive(Default)]
pub(crate) struct GarbledWord {
    options: Options,
}

impl Rule for GarbledWord {
    fn meta(&self) -> &RuleMeta {
        &GARBLED_WORD
    }

    fn configured(
        &self,
        options: toml::de::ValueDeserializer<'_>,
    ) -> Result<Arc<dyn Rule>, OptionsError> {
        Ok(Arc::new(Self { options: Options::deserialize(options)? }))
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        report(cx, Damage::Word, self.options, &GARBLED_WORD, out);
    }

    fn gauge(&self, cx: &Context<'_>) -> Option<Reading> {
        Some(cx.get::<WordScores>().reading.clone())
    }

    /// For the whole family.
    fn explain(&self, cx: &Context<'_>, span: Span, out: &mut Vec<Explanation>) {
        explain(cx, span, &GARBLED_WORD, out);
    }
}
