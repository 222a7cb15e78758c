//! The rule `{{id}}`: its page, and what it looks for.

use std::sync::Arc;

use unspin_lint::{Context, Finding, Fix, LogOdds, Rule, RuleMeta, Safety, rule};

rule! {
    /// A degree of what has none.
    ///
    /// # Why
    ///
    /// What is unique has no equal, so it cannot be so more or less.
    ///
    /// # Examples
    ///
    /// The fences are the rule's tests: `unspin test {{id}}` runs them.
    ///
    /// ```bad
    /// The view is [[very unique]].
    /// ```
    /// ```fixed
    /// The view is unique.
    /// ```
    /// ```expect
    /// warning: "very unique" says no more than "unique"
    /// ```
    ///
    /// ```bad
    /// [[Most unique]] of all was the lighthouse.
    /// ```
    ///
    /// ```good
    /// The view is very fine, and unique.
    /// ```
    ///
    /// ```good
    /// Most views are unique to those who own them.
    /// ```
    ///
    /// # When not to use
    ///
    /// Where the house thinks otherwise.
    pub(crate) META: "{{id}}" in "house-rules", Warning, min_confidence 0.5, scope Sentence,
    evidence false
}

/// Words of degree.
const DEGREES: [&str; 3] = ["very", "most", "rather"];

/// Evidence in nats: how sure the rule is of each finding. 3 is 0.95 as a probability.
const EVIDENCE: f64 = 3.0;

struct Degree;

pub(crate) fn rule() -> Arc<dyn Rule> {
    Arc::new(Degree)
}

impl Rule for Degree {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let document = cx.document();
        for sentence in document.sentences() {
            for pair in document.sentence_tokens(sentence).windows(2) {
                let [degree, quality] = pair else { continue };
                let (first, second) = (document.token_text(degree), document.token_text(quality));
                let is_degree = DEGREES.iter().any(|word| first.eq_ignore_ascii_case(word));
                if !is_degree || !second.eq_ignore_ascii_case("unique") {
                    continue;
                }
                let span = degree.span.cover(quality.span);
                let message = format!("\"{first} {second}\" says no more than \"{second}\"");
                let finding = Finding::new(&META, span, LogOdds::from_nats(EVIDENCE), message);
                out.push(finding.fix(Fix::replace(span, second, Safety::Unsafe)));
            }
        }
    }
}
