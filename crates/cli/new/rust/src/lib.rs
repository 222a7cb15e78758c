//! Rules of our own for unspin.

mod {{name}};

use std::sync::Arc;

use unspin_lint::Rule;

/// The rules of this crate.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    vec![{{name}}::rule()]
}
