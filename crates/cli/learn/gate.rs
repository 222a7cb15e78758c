//! Candidates, run over clean texts with the matcher that packs are found by.
//!
//! Each candidate is a rule of its own, so that none hides behind a longer one: what none of them finds here, no pack
//! of them finds here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use unspin_compare::learn::{Candidate, Gate, Lesson, Trial, trial};
use unspin_lint::Document;
use unspin_packs::{Pack, PackFile, PackSource};

use crate::compare::text::Subject;
use crate::walk::{self, Entry};

/// Candidates of one pack: a pack has at most 10,000 rules.
const CHUNK: usize = 5_000;
/// Texts that are read before any is counted.
const BATCH: usize = 256;
/// Sights of a candidate that it is tried on.
const TRIED: usize = 3;

/// Texts that are known to be clean.
pub(super) struct Clean {
    paths: Vec<PathBuf>,
    pub faults: Vec<String>,
}

impl Clean {
    /// The files behind paths of the command line.
    pub(super) fn find(named: &[PathBuf]) -> anyhow::Result<Self> {
        let (mut paths, mut faults) = (Vec::new(), Vec::new());
        for entry in walk::all(named, walk::is_text) {
            match entry {
                Entry::File(path) => paths.push(path),
                Entry::Stdin => bail!("--clean takes files and folders, not standard input"),
                Entry::Error { path, message } => {
                    faults.push(format!("{}: {message}", path.display()));
                }
            }
        }
        Ok(Self { paths, faults })
    }
}

/// What came of all candidates.
pub(super) struct Passed {
    /// One for each candidate.
    pub trials: Vec<Trial>,
    /// Clean texts that were read, without the originals, and their words.
    pub texts: usize,
    pub words: usize,
    pub faults: Vec<String>,
}

/// Packs of all candidates, with the number of the candidate of each rule.
struct Packs(Vec<(Pack, Vec<usize>)>);

impl Packs {
    fn new(candidates: &[Candidate]) -> anyhow::Result<Self> {
        let chunks = candidates.chunks(CHUNK).enumerate().map(|(at, chunk)| {
            let text = trial(chunk, at * CHUNK);
            let files = vec![PackFile { path: "pack.toml".into(), text }];
            // A rule that the grammar refuses is left out, and is then not found where it was learned.
            let table = unspin_packs::compile_pack(&PackSource { files }).table;
            let pack = Pack::from_bytes(table).map_err(|error| anyhow!("{error}"))?;
            let rules = unspin_packs::rules(pack.clone());
            let number = |id: &str| id.strip_prefix('c').and_then(|id| id.parse().ok());
            let numbers = rules.iter().map(|rule| number(&rule.meta().id));
            let numbers: Option<Vec<usize>> = numbers.collect();
            Ok((pack, numbers.expect("ids are numbers after a letter")))
        });
        chunks.collect::<anyhow::Result<_>>().map(Self)
    }

    /// The candidates that a document has, with how often and the first place, in bytes of its text.
    fn scan(&self, document: &Document<'_>) -> BTreeMap<usize, (usize, u32)> {
        let mut found = BTreeMap::new();
        for (pack, numbers) in &self.0 {
            for one in pack.scan(document).all() {
                let seen = found.entry(numbers[one.rule as usize]).or_insert((0, one.span.start));
                seen.0 += 1;
            }
        }
        found
    }
}

/// What one clean text has.
struct Read {
    words: usize,
    hits: Vec<(usize, usize, String)>,
}

/// A pair of texts whose original is clean.
pub(super) struct Known<'p> {
    pub original: &'p PathBuf,
    pub reworded: &'p PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Clean,
    Original,
    Reworded,
}

/// Runs candidates over clean texts and over both texts of each pair.
pub(super) fn gate(
    candidates: &[Candidate],
    lessons: &[Lesson],
    clean: &Clean,
    pairs: &[Known<'_>],
) -> anyhow::Result<Passed> {
    let packs = Packs::new(candidates)?;
    let unsayable = Trial { gate: Gate::Unsayable, stands: 0 };
    let mut trials = vec![unsayable; candidates.len()];
    for at in sayable(&packs, candidates, lessons) {
        trials[at].gate = Gate::Silent;
    }
    let own = pairs
        .iter()
        .flat_map(|pair| [(Role::Original, pair.original), (Role::Reworded, pair.reworded)]);
    let mut all: Vec<(Role, &PathBuf)> = own.collect();
    all.sort();
    all.dedup();
    let all: Vec<(Role, &PathBuf)> =
        clean.paths.iter().map(|path| (Role::Clean, path)).chain(all).collect();
    let (mut texts, mut words, mut faults) = (0, 0, Vec::new());
    for batch in all.chunks(BATCH) {
        let read: Vec<_> = batch.par_iter().map(|(_, path)| read(path, &packs)).collect();
        for (read, (role, _)) in read.into_iter().zip(batch) {
            let Read { words: own, hits } = match read {
                Ok(read) => read,
                Err(why) => {
                    faults.push(why);
                    continue;
                }
            };
            if *role == Role::Clean {
                texts += 1;
                words += own;
            }
            for (at, count, place) in hits {
                match (role, &mut trials[at].gate) {
                    (Role::Reworded, _) => trials[at].stands += count,
                    (_, Gate::Hit(known, _)) => *known += count,
                    (_, Gate::Unsayable) => {}
                    (_, open @ Gate::Silent) => *open = Gate::Hit(count, place),
                }
            }
        }
    }
    Ok(Passed { trials, texts, words, faults })
}

/// The candidates that are found where they were learned.
fn sayable(packs: &Packs, candidates: &[Candidate], lessons: &[Lesson]) -> Vec<usize> {
    let mut sentences: Vec<&str> = candidates
        .iter()
        .flat_map(|candidate| candidate.sights(lessons).take(TRIED))
        .map(|(_, sight)| sight.sentence.as_str())
        .collect();
    sentences.sort_unstable();
    sentences.dedup();
    let found: Vec<Vec<usize>> = sentences
        .par_iter()
        .map(|text| packs.scan(&Document::new(text.as_bytes())).into_keys().collect())
        .collect();
    let mut found: Vec<usize> = found.into_iter().flatten().collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn read(path: &Path, packs: &Packs) -> Result<Read, String> {
    let subject = Subject::read(path, &[]).map_err(|error| format!("{error:#}"))?;
    let document = subject.document();
    let hits = packs.scan(&document).into_iter().map(|(at, (count, first))| {
        let place = document.in_source(unspin_lint::Span::new(first, first)).start;
        let place = document.positions().at(document.source(), place);
        (at, count, format!("{}:{}:{}", path.display(), place.line, place.column))
    });
    Ok(Read { words: document.word_count(), hits: hits.collect() })
}
