//! Rules about what scraping leaves in a text: no marks of rewording, and never evidence of it.
//!
//! A finding's evidence says here how sure it is of what it names; it says nothing of rewording, so it is kept out of
//! the verdict, and the verdict out of it.

mod boilerplate;
mod repeated_passage;
mod scraped_boilerplate;
mod stitched_text;
mod topic;

use std::sync::Arc;

use unspin_lint::Rule;

/// The rules of this family. They ask the [`unspin_model::Model`] that the rule set provides, else the embedded one.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    vec![
        Arc::new(repeated_passage::RepeatedPassage),
        Arc::new(scraped_boilerplate::ScrapedBoilerplate),
        Arc::new(stitched_text::StitchedText),
    ]
}
