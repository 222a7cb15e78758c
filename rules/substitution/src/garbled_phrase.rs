//! `garbled-phrase`.

use unspin_lint::{Context, Finding, Rule, RuleMeta, rule};

use crate::passage::{Damage, report};

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
    /// The [[top minister instructed]] legislators that the [[guard spending plan]] could [[ascend subsequent]] yr.
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
    /// None.
    ///
    /// ## When not to use
    ///
    /// On machine translation: it breaks phrases in ways of its own.
    pub(crate) GARBLED_PHRASE: "garbled-phrase" in "substitution", Warning, min_confidence 0.5, scope Document
}

/// The rule.
pub(crate) struct GarbledPhrase;

impl Rule for GarbledPhrase {
    fn meta(&self) -> &RuleMeta {
        &GARBLED_PHRASE
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        report(cx, Damage::Phrase, &GARBLED_PHRASE, out);
    }
}
