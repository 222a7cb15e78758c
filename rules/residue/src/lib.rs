//! Rules about what scraping leaves in a text: no marks of rewording, and never evidence of it.

use std::sync::Arc;

use unspin_lint::Rule;

/// The rules of this family.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    vec![]
}
