//! A baseline in the making.

use std::collections::BTreeSet;

use unspin_lint::{Diagnosis, LogOdds};

use super::{Baseline, KnownLevel, KnownVerdict, Loose, key};

/// What a run found, on its way into a baseline. Texts may be added in any order, and drafts of several threads be
/// joined; the baseline is the same.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    texts: Vec<Loose>,
    /// The files that were looked at, those without any finding too.
    paths: BTreeSet<String>,
}

impl Draft {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what is said of a text, before anything is taken out of it; all but what says that it was not checked
    /// whole, and problems in settings. `path` is as [`relative`](super::relative) writes it, `locator` that of a text of a container.
    pub fn add(&mut self, path: &str, locator: Option<&str>, diagnosis: &Diagnosis) {
        let shown = diagnosis.diagnostics.iter().filter(|found| key::may_be_known(found));
        let verdict = diagnosis.verdict.as_ref().and_then(|verdict| {
            let level = KnownLevel::of(verdict.level)?;
            Some(KnownVerdict { level, score: ten_thousandths(verdict.score) })
        });
        self.paths.insert(path.to_owned());
        self.texts.push(Loose {
            path: path.to_owned(),
            locator: locator.map(str::to_owned),
            verdict,
            entries: shown.map(key::entry).collect(),
        });
    }

    /// Takes over what another draft holds.
    pub fn join(&mut self, other: Self) {
        self.texts.extend(other.texts);
        self.paths.extend(other.paths);
    }

    /// Keeps what a baseline says of files that this run did not look at and that are still there.
    pub fn keep(&mut self, old: &Baseline, exists: impl Fn(&str) -> bool) {
        for same in old.records.chunk_by(|a, b| a.path == b.path) {
            let path = &same[0].path;
            if self.paths.contains(path) || !exists(path) {
                continue;
            }
            self.texts.extend(same.iter().map(|record| Loose {
                path: path.clone(),
                locator: record.locator.clone(),
                verdict: record.verdict,
                entries: old.entries[record.entries.clone()].to_vec(),
            }));
        }
    }

    /// The baseline.
    pub fn finish(self) -> Baseline {
        Baseline::new(self.texts)
    }
}

/// A probability as reports show it.
fn ten_thousandths(score: LogOdds) -> u16 {
    (score.probability() * 1e4).round() as u16
}
