//! The texts of an archive, a batch at a time: files are left to whoever looks at them, entries of containers are read
//! here.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unspin_containers::{Container, Entries, Entry, Options};
use unspin_report::Failure;

use crate::walk::{self, Entry as Found};

/// Texts of one batch: enough for every thread to stay busy.
const BATCH: usize = 256;
/// Bytes of entries in one batch, after which it ends: they are held, while files are read by whoever looks at them.
const BATCH_BYTES: usize = 16 << 20;

/// A text, not yet looked at.
pub(super) enum Text {
    File(PathBuf),
    Entry(Arc<Path>, Entry),
    Failure(Failure),
}

/// All texts of an archive, in path order.
pub(super) struct Texts {
    found: std::vec::IntoIter<Found>,
    options: Options,
    open: Option<(Arc<Path>, Entries<'static>)>,
    /// Containers that were read to their end.
    read: usize,
}

impl Texts {
    /// The texts below these paths.
    pub(super) fn new(paths: &[PathBuf], fields: &[String]) -> anyhow::Result<Self> {
        let found = walk::all(paths, walk::holds_text);
        if found.iter().any(|found| matches!(found, Found::Stdin)) {
            anyhow::bail!("--search takes files and folders, not standard input");
        }
        let options = Options { fields: fields.to_vec(), ..Options::default() };
        Ok(Self { found: found.into_iter(), options, open: None, read: 0 })
    }

    /// How many files are left.
    pub(super) fn files(&self) -> usize {
        self.found.len()
    }

    /// How many containers were read to their end since this was asked last.
    pub(super) fn read(&mut self) -> usize {
        std::mem::take(&mut self.read)
    }

    /// The next texts; none if all were handed out.
    pub(super) fn batch(&mut self) -> Vec<Text> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(text) = self.next() else { break };
            if let Text::Entry(_, entry) = &text {
                bytes += entry.text.len();
            }
            batch.push(text);
        }
        batch
    }

    fn next(&mut self) -> Option<Text> {
        loop {
            if let Some((path, entries)) = &mut self.open {
                match entries.next() {
                    Some(Ok(entry)) => return Some(Text::Entry(Arc::clone(path), entry)),
                    Some(Err(error)) => return Some(failed(path, error.to_string())),
                    None => {
                        self.open = None;
                        self.read += 1;
                    }
                }
            }
            match self.found.next()? {
                Found::Error { path, message } => return Some(failed(&path, message)),
                Found::Stdin => {}
                Found::File(path) => {
                    let Some(container) = Container::of_path(&path) else {
                        return Some(Text::File(path));
                    };
                    match open(&path, container, &self.options) {
                        Ok(entries) => self.open = Some((path.into(), entries)),
                        Err(message) => return Some(failed(&path, message)),
                    }
                }
            }
        }
    }
}

/// Opens a file that holds texts.
fn open(path: &Path, container: Container, options: &Options) -> Result<Entries<'static>, String> {
    let file = File::open(path).map_err(|error| walk::explain(&error))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    unspin_containers::open(container, &name, file, options).map_err(|error| error.to_string())
}

fn failed(path: &Path, message: String) -> Text {
    Text::Failure(Failure { path: path.display().to_string(), message })
}
