//! `broken-expression`.

use unspin_lint::{Context, Finding, Rule, RuleMeta, rule};

use crate::passage::{Damage, Options, report};

rule! {
    /// A fixed expression or a term of art with one of its words swapped.
    ///
    /// ## Why
    ///
    /// Words that belong together are the surest witnesses: *intellectual property*, *interest rate* and *prime
    /// minister* are seen over and over, their paraphrases never. The rule fires where a word that
    /// [`garbled-word`](garbled-word.md) doubts would, put back, make such an expression with its neighbour. Like
    /// that rule it is silent unless the whole text bears marks.
    ///
    /// ## Examples
    ///
    /// ```bad
    /// The [[imperative]] bank raised its hobby rate on Thursday, announcing that expenses had risen quicker than economists anticipated.
    /// ```
    ///
    /// ```bad
    /// Doctors stated the sufferers had excessive blood stress and that the remedy decreased expenses. The [[imperative]] bank raised its hobby rate quicker than anticipated.
    /// ```
    ///
    /// ```good
    /// She prefers highbrow novels to films about property.
    /// ```
    ///
    /// ```good
    /// The central bank held its interest rate for the third month.
    /// ```
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## When not to use
    ///
    /// On texts that play with set phrases, such as advertising.
    pub(crate) BROKEN_EXPRESSION: "broken-expression" in "substitution", Error, min_confidence 0.73, scope Document
}

/// The rule.
pub(crate) struct BrokenExpression;

impl Rule for BrokenExpression {
    fn meta(&self) -> &RuleMeta {
        &BROKEN_EXPRESSION
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        report(cx, Damage::Expression, Options::default(), &BROKEN_EXPRESSION, out);
    }
}
