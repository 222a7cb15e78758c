//! Rules about words that rewording put in for others, found by what substitution does to a context rather than by
//! any list of damaged phrases.

mod alignment;
mod association;
mod attribution;
mod broken_expression;
mod candidates;
mod context;
mod explain;
pub mod features;
mod garbled_phrase;
mod garbled_word;
mod inversions;
mod passage;
mod past;
mod prose;
pub mod ranking;
mod repair;
mod score;
mod screen;
mod section;
mod unit;
mod votes;
mod written;

use std::sync::Arc;

use unspin_lint::Rule;

pub use candidates::{All, Candidate, Visible, fit_gain, prior};
pub use score::{ODD, score, score_visible, statistic};
pub use screen::screening_score;
pub use unit::{Unit, units};

/// The rules of this family. They ask the [`unspin_model::Model`] that the rule set provides, else the embedded one.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    vec![
        Arc::new(broken_expression::BrokenExpression),
        Arc::new(garbled_phrase::GarbledPhrase::default()),
        Arc::new(garbled_word::GarbledWord::default()),
    ]
}
