//! A baseline: the findings that a body of texts is known to have, so that a check shows only what came since.
//!
//! An entry is a rule, the text that it found and the words around it; no line number, so that text may move. How a
//! finding is matched to an entry, the policy, is in `matching.rs`; `BASELINE.md` beside this crate is the guide. A
//! baseline hides findings and never changes a verdict: it is asked once all is weighed. It also holds each text's
//! verdict, so that a gate on verdicts can ask whether a text got worse ([`worsened`]).
//!
//! Nothing here reads or writes a file. Paths are as the caller writes them, by [`relative`] from the folder of the
//! baseline.

mod draft;
mod format;
mod key;
mod matching;
mod path;
mod sift;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use unspin_lint::Level;

pub use draft::Draft;
pub use format::BaselineError;
pub use path::relative;
pub use sift::{Matcher, Sifted, Tally};

/// What is known of a body of texts. Two are equal if they say the same.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// By path and locator, each once.
    records: Vec<Record>,
    /// Of all records, in their order; those of one are sorted, each once.
    entries: Vec<Entry>,
    /// Which record holds an entry, by a hash of its group and the entry; `None` where several do.
    owners: HashMap<u64, Option<u32>>,
}

/// What is known of one text.
#[derive(Clone, Debug, PartialEq)]
struct Record {
    path: String,
    locator: Option<String>,
    verdict: Option<KnownVerdict>,
    entries: Range<usize>,
    /// Its file is not there any more, so that it may have been renamed.
    is_stray: bool,
    /// How many of its entries no other record of its group holds.
    own: u32,
}

/// A finding that is known, by what stays the same when text moves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Id of the rule.
    pub rule: String,
    /// What it found, white space folded; of a long text the beginning and a hash of the whole.
    pub text: String,
    /// The words before it in its paragraph, at most three, one space between.
    pub before: String,
    /// The words after it.
    pub after: String,
    /// How often the same is there; at least 1.
    pub count: u32,
}

impl Entry {
    /// What it is, without how often.
    fn identity(&self) -> (&str, &str, &str, &str) {
        (&self.rule, &self.text, &self.before, &self.after)
    }
}

/// The verdict on a text when its baseline was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct KnownVerdict {
    level: KnownLevel,
    /// The probability in ten thousandths, which is what reports show.
    score: u16,
}

/// The levels that are kept. A text without one was clean, or nothing could be said, and then any mark is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KnownLevel {
    Doubtful,
    Reworded,
}

impl KnownLevel {
    fn of(level: Level) -> Option<Self> {
        match level {
            Level::Reworded => Some(Self::Reworded),
            Level::Doubtful => Some(Self::Doubtful),
            Level::Clean | Level::Unknown => None,
        }
    }

    fn level(self) -> Level {
        match self {
            Self::Doubtful => Level::Doubtful,
            Self::Reworded => Level::Reworded,
        }
    }
}

/// Whether a verdict is worse than the one in the baseline ([`Sifted::level`]), which is where a gate on verdicts may
/// fail. A text that the baseline does not know counts as clean there; where nothing can be said, nothing got worse.
pub fn worsened(now: Level, known: Option<Level>) -> bool {
    KnownLevel::of(now) > known.and_then(KnownLevel::of)
}

/// An entry of a baseline that no longer occurs, or not so often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone<'b> {
    /// The file, as in the baseline.
    pub path: &'b str,
    /// Which text of the file; `None` where it is one text.
    pub locator: Option<&'b str>,
    /// The entry as it stands in the baseline.
    pub entry: &'b Entry,
    /// How often it was there and is no longer.
    pub count: u32,
}

/// What is said of one text, on its way into a baseline.
#[derive(Clone, Debug)]
struct Loose {
    path: String,
    locator: Option<String>,
    verdict: Option<KnownVerdict>,
    entries: Vec<Entry>,
}

impl Loose {
    fn place(&self) -> (&str, Option<&str>) {
        (&self.path, self.locator.as_deref())
    }
}

impl Baseline {
    /// From texts in any order; what is said of one text in several places is added up.
    fn new(mut texts: Vec<Loose>) -> Self {
        texts.sort_by(|a, b| a.place().cmp(&b.place()));
        let mut records: Vec<Record> = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut texts = texts.into_iter().peekable();
        while let Some(mut text) = texts.next() {
            while let Some(more) = texts.next_if(|next| next.place() == text.place()) {
                text.entries.extend(more.entries);
                // Two branches judged it: the milder verdict, so that a gate is rather too strict.
                text.verdict = match (text.verdict, more.verdict) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            }
            let Loose { path, locator, verdict, entries: mut found } = text;
            found.sort();
            found.dedup_by(|next, kept| {
                let is_same = next.identity() == kept.identity();
                if is_same {
                    kept.count = kept.count.saturating_add(next.count);
                }
                is_same
            });
            if found.is_empty() && verdict.is_none() {
                continue;
            }
            let start = entries.len();
            entries.append(&mut found);
            let entries = start..entries.len();
            records.push(Record { path, locator, verdict, entries, is_stray: false, own: 0 });
        }
        let mut baseline = Self { records, entries, owners: HashMap::new() };
        baseline.find_owners();
        baseline
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.entries.iter().map(|entry| entry.count as usize).sum()
    }

    /// Whether it holds no finding.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The files that it knows, each once, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.records.chunk_by(|a, b| a.path == b.path).map(|same| same[0].path.as_str())
    }

    /// Tells it which of its files are not there any more. Where most of what was found in one of them is found, word
    /// for word, in a file that the baseline does not know, that file is taken for the old one under a new name.
    pub fn settle_renames(&mut self, exists: impl Fn(&str) -> bool) {
        for same in self.records.chunk_by_mut(|a, b| a.path == b.path) {
            let is_stray = !exists(&same[0].path);
            for record in same {
                record.is_stray = is_stray;
            }
        }
        self.find_owners();
    }

    /// The records of a file, in order.
    fn records_of(&self, path: &str) -> Range<usize> {
        let start = self.records.partition_point(|record| record.path.as_str() < path);
        let count = self.records[start..].partition_point(|record| record.path == path);
        start..start + count
    }

    /// Notes which entries tell one record from others of its group: of the same container, or of the strays.
    fn find_owners(&mut self) {
        self.owners.clear();
        for (at, record) in self.records.iter().enumerate() {
            for group in record.groups() {
                for entry in &self.entries[record.entries.clone()] {
                    if let Some(key) = sift::group_key(group, entry.identity()) {
                        let owner = self.owners.entry(key).or_insert(Some(at as u32));
                        *owner = owner.filter(|owner| *owner == at as u32);
                    }
                }
            }
        }
        for (at, record) in self.records.iter_mut().enumerate() {
            let Some(group) = record.groups().next() else { continue };
            let entries = self.entries[record.entries.clone()].iter();
            let keys = entries.filter_map(|entry| sift::group_key(group, entry.identity()));
            let owned = keys.filter(|key| self.owners.get(key) == Some(&Some(at as u32)));
            record.own = owned.count() as u32;
        }
    }
}

impl Record {
    /// The group in which it is known by what was found in it rather than by its place: that of the strays is the
    /// empty path. A file that is one text and still there needs none.
    fn groups(&self) -> impl Iterator<Item = &str> {
        let group = if self.is_stray {
            Some("")
        } else {
            self.locator.is_some().then_some(self.path.as_str())
        };
        group.into_iter()
    }
}

impl PartialEq for Baseline {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
            && self.records.len() == other.records.len()
            && self.records.iter().zip(&other.records).all(|(a, b)| {
                (&a.path, &a.locator, a.verdict, &a.entries)
                    == (&b.path, &b.locator, b.verdict, &b.entries)
            })
    }
}

/// The order in which findings of the same kind are known.
fn by_identity(a: &Entry, b: &Entry) -> Ordering {
    a.identity().cmp(&b.identity())
}
