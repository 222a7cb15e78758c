//! Which files of many are done, in a hidden file of the output folder: a run that is killed passes over them when it is
//! begun again. It goes when all are done.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::tally::Tally;

/// A file that is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Done {
    /// Everything that its output depends on.
    job: String,
    out: PathBuf,
    bytes: u64,
    tally: Tally,
}

/// The files that are done.
pub(super) struct Finished {
    path: PathBuf,
    all: Vec<Done>,
    list: File,
}

impl Finished {
    /// Opens the list of an output folder, which is made if it is not there.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(".unspin-score");
        let open = || -> io::Result<(String, File)> {
            std::fs::create_dir_all(folder)?;
            let list = File::options().append(true).create(true).open(&path)?;
            Ok((String::from_utf8_lossy(&std::fs::read(&path)?).into_owned(), list))
        };
        let (text, mut list) =
            open().with_context(|| format!("cannot write into {}", folder.display()))?;
        let all = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        if !text.is_empty() && !text.ends_with('\n') {
            // The run was killed in the middle of a line.
            list.write_all(b"\n")?;
        }
        Ok(Self { path, all, list })
    }

    /// What the rows of a file came to, if its output is there as this very job left it.
    pub(super) fn tally(&self, job: &str, out: &Path) -> Option<&Tally> {
        let bytes = std::fs::metadata(out).ok()?.len();
        let is_it = |done: &&Done| done.job == job && done.out == out && done.bytes == bytes;
        self.all.iter().find(is_it).map(|done| &done.tally)
    }

    /// Notes that a file is done.
    pub(super) fn add(&mut self, job: &str, out: &Path, tally: &Tally) -> anyhow::Result<()> {
        let note = |list: &mut File| -> io::Result<()> {
            let bytes = std::fs::metadata(out)?.len();
            let (job, out, tally) = (job.to_owned(), out.to_owned(), tally.clone());
            let line = serde_json::to_string(&Done { job, out, bytes, tally })?;
            list.write_all(format!("{line}\n").as_bytes())?;
            list.sync_data()
        };
        note(&mut self.list).with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Takes the list away, since nothing is left to do.
    pub(super) fn end(self) -> anyhow::Result<()> {
        std::fs::remove_file(&self.path)
            .with_context(|| format!("cannot remove {}", self.path.display()))
    }
}
