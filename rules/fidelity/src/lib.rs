//! Rules about what a text must be true to: the words that people spoke, and its own terms.

mod altered_quotation;
mod speaker;
mod term_drift;

use std::sync::Arc;

use unspin_lint::Rule;

/// The rules of this family. They ask the [`unspin_model::Model`] that the rule set provides, else the embedded one.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    vec![Arc::new(altered_quotation::AlteredQuotation), Arc::new(term_drift::TermDrift)]
}
