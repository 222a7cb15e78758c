//! What a run is to look at, in the order of the report.

use std::collections::HashSet;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unspin_containers::{Container, Entries, Entry, Options};
use unspin_report::Failure;

use crate::args::Check;
use crate::settings::{Governed, Linters, News, SettingsFile, shown};
use crate::since::Changes;
use crate::walk::{self, Entry as Found};

/// Texts of one batch: enough for every thread to stay busy, few enough to hold what is said of them.
const BATCH: usize = 256;
/// Bytes of entries in one batch, after which it ends: they are held, while files are read by whoever checks them.
const BATCH_BYTES: usize = 16 << 20;

/// What governs a text, and the model that it is checked with where that is not the run's.
#[derive(Clone)]
pub(crate) struct Rule {
    pub(crate) governed: Governed,
    pub(crate) model: Option<String>,
}

/// Something to look at.
enum Job {
    File { path: PathBuf, by: Rule },
    Stdin { name: String, by: Rule },
    Container { path: PathBuf, is_stdin: bool, container: Container, by: Rule },
    Settings(SettingsFile),
    Failure(Failure),
}

/// A piece of work for any thread.
pub(crate) enum Task {
    File { path: PathBuf, by: Rule },
    Stdin { name: String, by: Rule },
    Entry { path: Arc<Path>, is_stdin: bool, entry: Entry, by: Rule },
    Settings(SettingsFile),
    Failure(Failure),
}

impl Task {
    /// What governs the text, if it is one.
    pub(crate) fn rule(&self) -> Option<&Rule> {
        match self {
            Self::File { by, .. } | Self::Stdin { by, .. } | Self::Entry { by, .. } => Some(by),
            Self::Settings(_) | Self::Failure(_) => None,
        }
    }

    /// Whether it is one of the files that the run began with.
    pub(crate) fn is_file(&self) -> bool {
        !matches!(self, Self::Entry { .. })
    }
}

/// All that a run looks at. Containers are opened as their turn comes, and read as fast as their texts are checked.
pub(crate) struct Tasks<'c> {
    jobs: std::vec::IntoIter<Job>,
    options: Options,
    /// Where the staged content is looked at and not the files.
    changes: Option<&'c Changes>,
    open: Option<Open>,
    /// Containers that were read to their end.
    read: usize,
    settings_are_wrong: bool,
}

/// Adds the staged files below the paths that a walk over what lies there cannot find, being removed or ignored since.
fn add_staged(all: &mut Vec<Found>, paths: &[PathBuf], changes: &Changes) {
    let found =
        |entry: &Found| matches!(entry, Found::File(_)).then(|| walk::resolved(entry.path()));
    let known: HashSet<PathBuf> = all.iter().filter_map(found).collect();
    let folders: Vec<PathBuf> = paths.iter().map(|path| walk::resolved(path)).collect();
    let mut added = false;
    for path in changes.staged_files().filter(|path| !known.contains(path)) {
        let is_named = folders.contains(&path);
        let is_below = walk::holds_text(&path) && folders.iter().any(|f| path.starts_with(f));
        if is_named || is_below {
            all.retain(|entry| walk::resolved(entry.path()) != path);
            all.push(Found::File(shown(&path)));
            added = true;
        }
    }
    if added {
        all.sort_by(|a, b| a.path().cmp(b.path()));
    }
}

/// Whether two paths name one file, links aside.
fn same(one: &Path, other: &Path) -> bool {
    one.file_name() == other.file_name() && walk::absolute(one) == walk::absolute(other)
}

/// The container that is being read.
struct Open {
    path: Arc<Path>,
    is_stdin: bool,
    entries: Entries<'static>,
    by: Rule,
}

impl<'c> Tasks<'c> {
    /// Finds the files that the arguments mean, those of them that were changed if only these are looked at, and what
    /// governs each.
    pub(crate) fn new(
        arguments: &Check,
        linters: &mut Linters,
        changes: Option<&'c Changes>,
    ) -> Self {
        let here = [PathBuf::from(if arguments.stdin_filename.is_some() { "-" } else { "." })];
        let paths = if arguments.paths.is_empty() { &here[..] } else { &arguments.paths };
        let usual = linters.model().digest();
        let (mut jobs, mut settings_are_wrong) = (Vec::new(), false);
        let mut all = walk::all(paths, walk::holds_text);
        if let Some(changes) = changes {
            add_staged(&mut all, paths, changes);
        }
        for found in all {
            if let Found::Error { path, message } = found {
                jobs.push(Job::Failure(Failure { path: path.display().to_string(), message }));
                continue;
            }
            let stdin_filename = arguments.stdin_filename.as_deref();
            let is_stdin = matches!(found, Found::Stdin);
            // A report of an earlier run is no text of the house.
            if arguments.output.iter().any(|(_, own)| same(own, found.path())) {
                continue;
            }
            let is_wanted = |changes: &Changes| changes.lines(found.path()).is_some();
            if !is_stdin && !changes.is_none_or(is_wanted) {
                continue;
            }
            let (governed, news) =
                linters.for_file(stdin_filename.filter(|_| is_stdin).unwrap_or(found.path()));
            settings_are_wrong |= !news.is_empty();
            jobs.extend(news.into_iter().map(|news| match news {
                News::Problems(file) => Job::Settings(file),
                News::Unreadable { path, message } => {
                    Job::Failure(Failure { path: path.display().to_string(), message })
                }
            }));
            let model = Some(governed.linter.model().digest()).filter(|own| *own != usual);
            let by = Rule { governed, model };
            let path = match (found, stdin_filename) {
                (Found::File(path), _) => path,
                (_, Some(name)) => name.to_owned(),
                (_, None) => super::UNNAMED.into(),
            };
            jobs.push(match Container::of_path(&path) {
                Some(container) => Job::Container { path, is_stdin, container, by },
                None if is_stdin => Job::Stdin { name: path.display().to_string(), by },
                None => Job::File { path, by },
            });
        }
        let options = Options { fields: arguments.field.clone(), ..Options::default() };
        Self { jobs: jobs.into_iter(), options, changes, open: None, read: 0, settings_are_wrong }
    }

    /// Whether settings could not be read or hold mistakes.
    pub(crate) fn settings_are_wrong(&self) -> bool {
        self.settings_are_wrong
    }

    /// How many files are left.
    pub(crate) fn files(&self) -> usize {
        self.jobs.len()
    }

    /// How many containers were read to their end since this was asked last.
    pub(crate) fn read(&mut self) -> usize {
        std::mem::take(&mut self.read)
    }

    /// The next pieces of work; none if all is done.
    pub(crate) fn batch(&mut self) -> Vec<Task> {
        let (mut batch, mut bytes) = (Vec::with_capacity(BATCH.min(self.jobs.len() + 1)), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(task) = self.next() else { break };
            if let Task::Entry { entry, .. } = &task {
                bytes += entry.text.len();
            }
            batch.push(task);
        }
        batch
    }

    fn next(&mut self) -> Option<Task> {
        loop {
            if let Some(open) = &mut self.open {
                match open.entries.next() {
                    Some(Ok(entry)) => {
                        return Some(Task::Entry {
                            path: Arc::clone(&open.path),
                            is_stdin: open.is_stdin,
                            entry,
                            by: open.by.clone(),
                        });
                    }
                    Some(Err(error)) => {
                        return Some(Task::Failure(Failure {
                            path: open.path.display().to_string(),
                            message: error.to_string(),
                        }));
                    }
                    None => {
                        self.open = None;
                        self.read += 1;
                    }
                }
            }
            match self.jobs.next()? {
                Job::File { path, by } => return Some(Task::File { path, by }),
                Job::Stdin { name, by } => return Some(Task::Stdin { name, by }),
                Job::Settings(file) => return Some(Task::Settings(file)),
                Job::Failure(failure) => return Some(Task::Failure(failure)),
                Job::Container { path, is_stdin, container, by } => {
                    match self.open(&path, is_stdin, container) {
                        Ok(entries) => {
                            let path = path.into();
                            self.open = Some(Open { path, is_stdin, entries, by });
                        }
                        Err(message) => {
                            let path = path.display().to_string();
                            return Some(Task::Failure(Failure { path, message }));
                        }
                    }
                }
            }
        }
    }

    fn open(
        &self,
        path: &Path,
        is_stdin: bool,
        container: Container,
    ) -> Result<Entries<'static>, String> {
        let staged = self.changes.map(|changes| changes.staged_bytes(path)).transpose();
        let staged = staged.map_err(|error| format!("{error:#}"))?.flatten();
        let reader: Box<dyn Read + Send> = match staged {
            _ if is_stdin => Box::new(std::io::stdin()),
            Some(bytes) => Box::new(Cursor::new(bytes)),
            None => Box::new(File::open(path).map_err(|error| walk::explain(&error))?),
        };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        unspin_containers::open(container, &name, reader, &self.options)
            .map_err(|error| error.to_string())
    }
}
