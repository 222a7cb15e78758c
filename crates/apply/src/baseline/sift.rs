//! Taking known findings out of what is said of a text, and keeping account of the entries that were found.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use unspin_lint::{Diagnosis, Level};

use super::matching::matched;
use super::{Baseline, Gone, Record, key};

/// The part of a baseline that may speak of one text.
#[derive(Clone, Copy, Debug)]
pub struct Matcher<'b> {
    baseline: &'b Baseline,
    path: &'b str,
    locator: Option<&'b str>,
}

/// What a baseline said of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sifted {
    /// How many findings were known and are taken out.
    pub known: usize,
    /// The verdict in the baseline; `None` where it was clean, unknown, or the text is not in the baseline.
    pub level: Option<Level>,
    /// The file that was looked at.
    path: String,
    /// The record that spoke.
    record: Option<usize>,
    /// How often entries were found, by their number in the baseline.
    used: Vec<(usize, u32)>,
}

/// Which entries of a baseline were found in a run; fed in any order.
#[derive(Clone, Debug)]
pub struct Tally<'b> {
    baseline: &'b Baseline,
    used: BTreeMap<usize, u64>,
    paths: BTreeSet<String>,
    strays: BTreeSet<usize>,
}

impl Baseline {
    /// What it knows of a text: a file by its path as [`relative`](super::relative) writes it, or one text of a
    /// container by its locator.
    pub fn file<'b>(&'b self, path: &'b str, locator: Option<&'b str>) -> Matcher<'b> {
        Matcher { baseline: self, path, locator }
    }

    /// An account of a run.
    pub fn tally(&self) -> Tally<'_> {
        Tally {
            baseline: self,
            used: BTreeMap::new(),
            paths: BTreeSet::new(),
            strays: BTreeSet::new(),
        }
    }
}

impl Matcher<'_> {
    /// Takes out the findings that are known. The verdict stays as it is.
    pub fn sift(&self, diagnosis: &mut Diagnosis) -> Sifted {
        let mut sifted = Sifted { path: self.path.to_owned(), ..Sifted::default() };
        let Some(at) = self.record(diagnosis) else { return sifted };
        let record = &self.baseline.records[at];
        let matched =
            matched(&self.baseline.entries[record.entries.clone()], &diagnosis.diagnostics);
        let mut known = matched.known.iter();
        let before = diagnosis.diagnostics.len();
        diagnosis.diagnostics.retain(|_| !known.next().copied().unwrap_or(false));
        sifted.known = before - diagnosis.diagnostics.len();
        sifted.level = record.verdict.map(|verdict| verdict.level.level());
        sifted.record = Some(at);
        let start = record.entries.start;
        sifted.used =
            matched.used.into_iter().map(|(entry, count)| (start + entry, count)).collect();
        sifted
    }

    /// The record of the text. A file is known by its path. The texts of a container are known by what was found in
    /// them, since a line put in before moves all their locators; where that says nothing, by the locator.
    fn record(&self, diagnosis: &Diagnosis) -> Option<usize> {
        let of_path = self.baseline.records_of(self.path);
        if of_path.is_empty() {
            return self.elected("", diagnosis);
        }
        let here = || {
            let records = &self.baseline.records[of_path.clone()];
            let at =
                records.binary_search_by(|record| record.locator.as_deref().cmp(&self.locator));
            at.ok().map(|at| of_path.start + at)
        };
        if self.locator.is_none() {
            return here();
        }
        self.elected(self.path, diagnosis).or_else(here)
    }

    /// The record of a group of which more than half is found here: each entry that only one of them has is a vote.
    fn elected(&self, group: &str, diagnosis: &Diagnosis) -> Option<usize> {
        if self.baseline.owners.is_empty() {
            return None;
        }
        let mut seen = BTreeSet::new();
        let mut votes: BTreeMap<u32, u32> = BTreeMap::new();
        for found in &diagnosis.diagnostics {
            let Some(key) = group_key(group, key::entry(found).identity()) else { continue };
            if let Some(Some(owner)) = self.baseline.owners.get(&key)
                && seen.insert(key)
            {
                *votes.entry(*owner).or_default() += 1;
            }
        }
        let enough = |at: u32, votes: u32| votes * 2 > self.baseline.records[at as usize].own;
        // The first of those with most votes.
        let best = votes.into_iter().filter(|(at, votes)| enough(*at, *votes));
        best.max_by_key(|(at, votes)| (*votes, u32::MAX - at)).map(|(at, _)| at as usize)
    }
}

/// The key of an entry within a group; `None` where nothing stands around it, which tells no text from another.
pub(super) fn group_key(group: &str, identity: (&str, &str, &str, &str)) -> Option<u64> {
    let (_, _, before, after) = identity;
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    (group, identity).hash(&mut hasher);
    Some(hasher.finish())
}

impl<'b> Tally<'b> {
    /// Adds what was said of one text.
    pub fn add(&mut self, sifted: &Sifted) {
        for (entry, count) in &sifted.used {
            *self.used.entry(*entry).or_default() += u64::from(*count);
        }
        if let Some(at) = sifted.record
            && self.baseline.records[at].is_stray
        {
            self.strays.insert(at);
        }
        if !self.paths.contains(&sifted.path) {
            self.paths.insert(sifted.path.clone());
        }
    }

    /// The entries that no longer occur: of files that were looked at, and of files that are not there any more, in the
    /// order of the baseline. Nothing is said of files that were not looked at.
    pub fn gone(&self) -> Vec<Gone<'b>> {
        let baseline = self.baseline;
        let was_seen = |record: &Record| record.is_stray || self.paths.contains(&record.path);
        let mut gone = Vec::new();
        for record in baseline.records.iter().filter(|record| was_seen(record)) {
            for at in record.entries.clone() {
                let entry = &baseline.entries[at];
                let used = self.used.get(&at).copied().unwrap_or(0);
                let count = u64::from(entry.count).saturating_sub(used) as u32;
                if count > 0 {
                    let (path, locator) = (record.path.as_str(), record.locator.as_deref());
                    gone.push(Gone { path, locator, entry, count });
                }
            }
        }
        gone
    }

    /// The files that were found under another name, by their old one.
    pub fn renamed(&self) -> impl Iterator<Item = &'b str> {
        let baseline = self.baseline;
        self.strays.iter().map(|at| baseline.records[*at].path.as_str())
    }
}
