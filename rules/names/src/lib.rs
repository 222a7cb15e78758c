//! Rules about names: people, places, firms and institutions that rewording broke.

mod document_names;
mod garbled_name;
mod institutions;
mod translated_name;

use std::sync::Arc;

use unspin_lint::Rule;

/// The rules of this family. They ask the [`unspin_model::Model`] that the rule set provides, else the embedded one.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    vec![Arc::new(garbled_name::GarbledName::default()), Arc::new(translated_name::TranslatedName)]
}
