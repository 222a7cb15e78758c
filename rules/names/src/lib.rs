//! Rules about names: people, places, firms and institutions that rewording broke.

mod document_names;
mod garbled_name;

use std::sync::Arc;

use unspin_lint::Rule;
use unspin_model::Model;

/// The rules of this family.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    let model = Model::embedded();
    vec![Arc::new(garbled_name::GarbledName::new(&model))]
}
