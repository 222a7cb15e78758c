//! What rows came to, counted.

use serde::{Deserialize, Serialize};
use unspin_report::printable;
use unspin_score::Outcome;

/// Rows by what came of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) reworded: u64,
    pub(super) doubtful: u64,
    pub(super) clean: u64,
    pub(super) unknown: u64,
    pub(super) empty: u64,
    pub(super) bad: u64,
}

impl Tally {
    /// Counts a row.
    pub(super) fn count(&mut self, outcome: &Outcome) {
        self.rows += 1;
        *match outcome {
            Outcome::Empty => &mut self.empty,
            Outcome::Bad(_) => &mut self.bad,
            Outcome::Scored(scored) => match scored.level {
                "reworded" => &mut self.reworded,
                "doubtful" => &mut self.doubtful,
                "clean" => &mut self.clean,
                _ => &mut self.unknown,
            },
        } += 1;
    }

    /// Adds what other rows came to.
    pub(super) fn add(&mut self, other: &Self) {
        let Self { rows, reworded, doubtful, clean, unknown, empty, bad } = other;
        self.rows += rows;
        self.reworded += reworded;
        self.doubtful += doubtful;
        self.clean += clean;
        self.unknown += unknown;
        self.empty += empty;
        self.bad += bad;
    }

    /// One line for a person.
    pub(super) fn line(&self, name: &str) -> String {
        let Self { rows, reworded, doubtful, clean, unknown, empty, bad } = self;
        let s = if *rows == 1 { "" } else { "s" };
        let of = |count: &u64, what: &str| match count {
            0 => String::new(),
            count => format!(", {count} {what}"),
        };
        format!(
            "{}: {rows} row{s}: {reworded} reworded, {doubtful} doubtful, {clean} clean, {unknown} unknown{}{}",
            printable(name),
            of(empty, "empty"),
            of(bad, "bad"),
        )
    }
}
