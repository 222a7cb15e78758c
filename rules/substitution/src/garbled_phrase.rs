//! `garbled-phrase`.

use std::sync::Arc;

use serde::Deserialize as _;
use unspin_lint::{Context, Finding, OptionsError, Rule, RuleMeta, rule};

use crate::passage::{Damage, Options, SUGGEST, report};

rule! {
    /// Several words together that a thesaurus put in for others.
    ///
    /// ## Why
    ///
    /// Spinners swap neighbours one by one (*data theft* to *facts robbery*), blow one word up to several, and squeeze
    /// several into one. The words of such a passage bear each other out, and are best read and mended together. Like
    /// [`garbled-word`](garbled-word.md) the rule is silent unless the whole text bears marks.
    ///
    /// ## Examples
    ///
    /// ```bad
    /// Artificial talent and [[gadget studying]] are converting the manner that hospitals [[deal with sufferers]].
    /// ```
    ///
    /// ```bad
    /// The [[top minister instructed]] legislators that [[the guard spending plan]] could [[ascend subsequent]] yr.
    /// ```
    ///
    /// ```good
    /// The investigators looked into the data theft for a year.
    /// ```
    ///
    /// ```good
    /// As soon as the ferry docked, the children ran ashore.
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
    /// On machine translation: it breaks phrases in ways of its own.
    pub(crate) GARBLED_PHRASE: "garbled-phrase" in "substitution", Warning, min_confidence 0.73, scope Document,
    options [SUGGEST]
}

/// The rule.
#[derive(Default)]
pub(crate) struct GarbledPhrase {
    options: Options,
}

impl Rule for GarbledPhrase {
    fn meta(&self) -> &RuleMeta {
        &GARBLED_PHRASE
    }

    fn configured(
        &self,
        options: toml::de::ValueDeserializer<'_>,
    ) -> Result<Arc<dyn Rule>, OptionsError> {
        Ok(Arc::new(Self { options: Options::deserialize(options)? }))
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        report(cx, Damage::Phrase, self.options, &GARBLED_PHRASE, out);
    }
}
