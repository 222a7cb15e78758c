//! What is kept of the latest state of a text that was scored, so that the next one costs little more than its edits.
//!
//! It holds some 330 bytes a word, and 130 for each repair of a word that reads as put in, of which there are 25 or so: a
//! kilobyte a word of a text of which every sixth reads as put in.

use std::sync::Arc;

use unspin_lint::Context;
use unspin_model::Model;
use unspin_words::model;

use crate::alignment::Alignment;
use crate::features::{self, Table};
use crate::ranking::{self, Pools};
use crate::written::Written;

/// An earlier state of a text.
pub(crate) struct Past {
    /// What it was scored by.
    pub(crate) model: Model<'static>,
    /// Its units.
    pub(crate) written: Vec<Written>,
    pub(crate) table: Table,
    /// Of the rows of the table, in thousandths of a nat.
    pub(crate) scores: Vec<i32>,
    pub(crate) pools: Pools,
}

impl Past {
    /// The latest state that was scored by the same model, if one is remembered. It stays remembered, so that nothing is
    /// lost where this run does not come to its end.
    pub(crate) fn recall(cx: &Context<'_>) -> Option<Arc<Self>> {
        let memory = cx.memory()?;
        let past = memory.take::<Arc<Self>>()?;
        memory.keep(Arc::clone(&past));
        past.model.is(&model(cx)).then_some(past)
    }

    /// Has a state remembered in place of the one before, where anything is.
    pub(crate) fn keep(cx: &Context<'_>, state: impl FnOnce() -> Self) {
        if let Some(memory) = cx.memory() {
            memory.keep(Arc::new(state()));
        }
    }

    /// Where the units of another state stood in this one.
    pub(crate) fn align(&self, written: &[Written]) -> Alignment {
        Alignment::between(&self.written, written, features::REACH)
    }
}

/// An earlier state of a text, and where its units stand now.
#[derive(Clone, Copy)]
pub(crate) struct Before<'b> {
    pub(crate) past: &'b Past,
    pub(crate) alignment: &'b Alignment,
}

impl<'b> Before<'b> {
    /// What rows are made of.
    pub(crate) fn features(self) -> features::Before<'b> {
        features::Before { table: &self.past.table, alignment: self.alignment }
    }

    /// What repairs are ranked by.
    pub(crate) fn pools(self) -> ranking::Before<'b> {
        ranking::Before { pools: &self.past.pools, alignment: self.alignment }
    }

    /// The row that a unit had, and its score.
    pub(crate) fn scored(self, unit: usize) -> Option<(&'b [i16], i32)> {
        let table = &self.past.table;
        let row = table.row_of(self.alignment.of(unit)?)?;
        Some((table.rows.row(row), self.past.scores[row]))
    }
}

#[cfg(test)]
mod tests;
