//! What is done of a file, kept until all of it is: parts in a folder beside the output, and a journal that says which of
//! them are whole. A run that is killed loses no more than the part that it was at.

use std::fs::{File, TryLockError};
use std::io::{self, BufWriter, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use serde::{Deserialize, Serialize};
use unspin_score::tables::{Joiner, Target};

use super::tally::Tally;
use crate::{tree, walk};

/// What a journal holds of one part.
#[derive(Debug, Serialize, Deserialize)]
struct Done {
    bytes: u64,
    tally: Tally,
}

/// The parts of one output.
pub(super) struct Parts {
    out: PathBuf,
    folder: PathBuf,
    journal: File,
    /// Parts that are whole, and what they hold.
    count: usize,
    done: Tally,
}

impl Parts {
    /// Opens the folder of an output. What another run left there is gone on with if `job` is what it did: input,
    /// settings, version and all.
    pub(super) fn open(out: &Path, job: &str) -> anyhow::Result<Self> {
        let refuse = |error: io::Error| {
            anyhow!("cannot write beside {}: {}", out.display(), walk::explain(&error))
        };
        if tree::is_left_by(out) {
            bail!("cannot write {}: {}", out.display(), tree::LEFT);
        }
        if out.is_dir() {
            bail!("cannot write {}: it is a folder; name a file", out.display());
        }
        if std::fs::metadata(out).is_ok_and(|meta| !meta.is_file()) {
            bail!("cannot write {}: it is no regular file; leave --out away", out.display());
        }
        let out = std::fs::canonicalize(out).unwrap_or_else(|_| walk::absolute(out));
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let folder = out.with_file_name(format!(".{name}.unspin-parts"));
        std::fs::create_dir_all(&folder).map_err(refuse)?;
        let mut options = File::options();
        let journal = options.read(true).append(true).create(true).open(folder.join("journal"));
        let journal = journal.map_err(refuse)?;
        match journal.try_lock() {
            Err(TryLockError::WouldBlock) => {
                bail!("another run is writing {}: wait for it, or end it", out.display())
            }
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                return Err(refuse(error));
            }
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let mut parts = Self { out, folder, journal, count: 0, done: Tally::default() };
        parts.resume(job).map_err(refuse)?;
        Ok(parts)
    }

    /// Takes over what the journal says is done of this job; whatever else lies there is written over.
    fn resume(&mut self, job: &str) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.journal.read_to_end(&mut bytes)?;
        // A line that is no text was not written whole.
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.split_inclusive('\n');
        let mut whole = 0;
        if lines.next().is_some_and(|line| line.strip_suffix('\n') == Some(job)) {
            whole = job.len() + 1;
            for line in lines.filter(|line| line.ends_with('\n')) {
                let Ok(done) = serde_json::from_str::<Done>(line) else { break };
                let size = std::fs::metadata(self.part(self.count)).map(|meta| meta.len());
                if size.ok() != Some(done.bytes) {
                    break;
                }
                self.done.add(&done.tally);
                self.count += 1;
                whole += line.len();
            }
        }
        self.journal.set_len(whole as u64)?;
        self.journal.seek(io::SeekFrom::End(0))?;
        if whole == 0 {
            self.note(job)?;
        }
        Ok(())
    }

    fn note(&mut self, line: &str) -> io::Result<()> {
        self.journal.write_all(format!("{line}\n").as_bytes())?;
        self.journal.sync_data()
    }

    fn part(&self, number: usize) -> PathBuf {
        self.folder.join(format!("{number:06}"))
    }

    /// What is done already.
    pub(super) fn done(&self) -> &Tally {
        &self.done
    }

    /// Whether nothing is.
    pub(super) fn is_new(&self) -> bool {
        self.count == 0
    }

    /// Keeps the next part.
    pub(super) fn add(&mut self, bytes: &[u8], tally: &Tally) -> anyhow::Result<()> {
        let path = self.part(self.count);
        let write = || {
            let mut file = File::create(&path)?;
            file.write_all(bytes)?;
            file.sync_data()
        };
        let done = Done { bytes: bytes.len() as u64, tally: tally.clone() };
        let line = serde_json::to_string(&done).expect("numbers are written as JSON");
        let kept = write().and_then(|()| self.note(&line));
        kept.with_context(|| format!("cannot write {}", path.display()))?;
        self.done.add(tally);
        self.count += 1;
        Ok(())
    }

    /// Joins the parts, puts the whole in the place of the output and takes the folder away.
    pub(super) fn publish(mut self, target: &Target) -> anyhow::Result<()> {
        let whole = self.folder.join("whole");
        let join = || -> Result<(), unspin_score::tables::Error> {
            let file = File::create(&whole)?;
            let mut joiner = Joiner::new(target, BufWriter::with_capacity(1 << 20, file));
            for number in 0..self.count {
                joiner.add(File::open(self.part(number))?)?;
            }
            let file = joiner.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            std::fs::rename(&whole, &self.out)?;
            Ok(())
        };
        join().with_context(|| {
            format!("cannot write {}; what is done is kept", self.out.display())
        })?;
        self.count = 0;
        // Without a journal nothing in the folder is believed, should it not go at once.
        let gone = std::fs::remove_file(self.folder.join("journal"))
            .and_then(|()| std::fs::remove_dir_all(&self.folder));
        gone.with_context(|| format!("cannot remove {}", self.folder.display()))
    }
}

impl Drop for Parts {
    /// Leaves nothing behind of a run that came to nothing.
    fn drop(&mut self) {
        if self.count == 0 && std::fs::remove_file(self.folder.join("journal")).is_ok() {
            let _ = std::fs::remove_dir(&self.folder);
        }
        // A process that is being started may hold the file for a moment longer, and the lock with it.
        let _ = self.journal.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: u64) -> Tally {
        Tally { rows, clean: rows, ..Tally::default() }
    }

    #[test]
    fn what_was_kept_is_gone_on_with_by_the_same_job_alone() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out.jsonl");
        let mut parts = Parts::open(&out, "job").unwrap();
        parts.add(b"one\n", &rows(1)).unwrap();
        parts.add(b"two\n", &rows(2)).unwrap();
        assert!(Parts::open(&out, "job").is_err(), "it is being written");
        let journal = parts.folder.join("journal");
        drop(parts);
        // The run was killed while it noted a third.
        File::options().append(true).open(&journal).unwrap().write_all(b"{\"bytes\":4,").unwrap();
        let mut parts = Parts::open(&out, "job").unwrap();
        assert_eq!((parts.count, parts.done().rows), (2, 3));
        parts.add(b"three\n", &rows(1)).unwrap();
        let second = parts.part(1);
        drop(parts);
        // A part that is not whole, and all behind it, is done again.
        std::fs::write(second, b"tw").unwrap();
        let mut parts = Parts::open(&out, "job").unwrap();
        assert_eq!(parts.count, 1);
        parts.add(b"two\n", &rows(2)).unwrap();
        parts.publish(&Target::JsonLines).unwrap();
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "one\ntwo\n");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let parts = Parts::open(&out, "another job").unwrap();
        assert!(parts.is_new());
    }
}
