//! Rules about what a house has decided: the terms that it rejects and the exceptions that it made. They say nothing
//! of how a text was made, so none is evidence.

mod rejected_term;
mod unused_suppression;

use std::sync::Arc;

use unspin_lint::Rule;

/// The rules of this family. `rejected-term` asks the [`RejectedTerms`](unspin_lint::RejectedTerms) that settings
/// bring; there are none without settings.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    vec![Arc::new(rejected_term::RejectedTerm), Arc::new(unused_suppression::UnusedSuppression)]
}
