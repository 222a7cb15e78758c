//! `--since` and `--changed`: the lines that a person has changed, as git tells them.
//!
//! git is run and what it prints is read apart from that, by [`patch`]. A repository is not to be trusted: nothing that
//! its settings or attributes name is run (no hook, no filter, no external diff, no fetch), nothing is written, and no
//! revision can become an option.

mod git;
mod patch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use unspin_lint::{Diagnosis, Diagnostic};

use self::git::Git;

/// The lines of a file that were changed, counted as git counts them: a line ends at `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ChangedLines {
    /// All: it is new, or git sees no lines in it.
    Whole,
    /// From a first to a last line, counted from 1; sorted, disjoint, at least one.
    Ranges(Vec<(u32, u32)>),
}

/// What was changed in a work tree, or is about to be committed.
#[derive(Debug)]
pub(crate) struct Changes {
    git: Git,
    /// The folder of the work tree, links resolved.
    root: PathBuf,
    /// By path from the root.
    files: BTreeMap<PathBuf, ChangedFile>,
    is_staged: bool,
}

#[derive(Debug)]
struct ChangedFile {
    lines: ChangedLines,
    /// The object in the index.
    blob: Option<String>,
}

impl Changes {
    /// What of the work tree around `folder` differs from a revision, or, where it is written `REV...`, from the last
    /// commit that it shares with HEAD. Files that git does not track and does not ignore count whole.
    pub(crate) fn since(folder: &Path, revision: &str) -> anyhow::Result<Self> {
        let (git, root) = Git::open(folder)?;
        let name = revision.strip_suffix("...").unwrap_or(revision);
        if name.is_empty() || name.starts_with('-') || name.contains("..") {
            bail!("`{revision}` is no revision; give one such as `main`, `HEAD~3` or `main...`");
        }
        let commit = git
            .line(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
            .with_context(|| {
                format!("git knows no revision `{name}`; check the spelling, or fetch it")
            })?;
        let base = if name == revision {
            commit
        } else {
            git.line(&["merge-base", &commit, "HEAD"]).with_context(|| {
                format!("`{name}` and HEAD have no common commit here; fetch more of the history")
            })?
        };
        let mut changes = Self { root, files: BTreeMap::new(), is_staged: false, git };
        changes.read_patch(&[&base])?;
        let others =
            ["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"];
        for name in changes.git.run(&others)?.split(|byte| *byte == 0).filter(|n| !n.is_empty()) {
            let file = ChangedFile { lines: ChangedLines::Whole, blob: None };
            changes.files.insert(git::path(name), file);
        }
        Ok(changes)
    }

    /// What is in the index and not in HEAD; all of the index where nothing was committed yet.
    pub(crate) fn staged(folder: &Path) -> anyhow::Result<Self> {
        let (git, root) = Git::open(folder)?;
        let mut changes = Self { root, files: BTreeMap::new(), is_staged: true, git };
        changes.read_patch(&["--cached"])?;
        Ok(changes)
    }

    fn read_patch(&mut self, against: &[&str]) -> anyhow::Result<()> {
        let patch = self.git.diff(against)?;
        for file in patch::files(&patch)? {
            let changed = ChangedFile { lines: file.lines, blob: file.blob };
            self.files.insert(git::path(&file.name), changed);
        }
        Ok(())
    }

    /// The changed lines of a file by its path, absolute or from the working directory; `None` where nothing was
    /// changed, or lines were only deleted. Of a file outside of the work tree git can tell nothing: with `--since` it
    /// counts whole, and it is never staged.
    pub(crate) fn lines(&self, path: &Path) -> Option<&ChangedLines> {
        match self.inside(path) {
            Some(inside) => {
                // git names a repository within this one by its folder alone.
                let by_name = |path: &Path| self.files.get(path);
                let nested = || inside.ancestors().skip(1).find_map(by_name);
                by_name(&inside).or_else(nested).map(|file| &file.lines)
            }
            None if self.is_staged => None,
            None => Some(&ChangedLines::Whole),
        }
    }

    /// The bytes of a file as a commit would hold them; `None` where it is not staged, or the index is not what is
    /// looked at.
    pub(crate) fn staged_bytes(&self, path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
        let file = self.inside(path).and_then(|inside| self.files.get(&inside));
        let Some(blob) = file.filter(|_| self.is_staged).and_then(|file| file.blob.as_deref())
        else {
            return Ok(None);
        };
        self.git.run(&["cat-file", "blob", blob]).map(Some)
    }

    /// The staged files by their paths, links in the path of the work tree resolved; in order. They need not be there any
    /// more. None where the index is not what is looked at.
    pub(crate) fn staged_files(&self) -> impl Iterator<Item = PathBuf> {
        let staged = self.files.iter().filter(|(_, file)| self.is_staged && file.blob.is_some());
        staged.map(|(inside, _)| self.root.join(inside))
    }

    /// A path from the root of the work tree. Links to folders are resolved, a link to a file is not: git knows the
    /// link.
    fn inside(&self, path: &Path) -> Option<PathBuf> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let name = path.file_name()?;
        let folder = folder.unwrap_or(Path::new("."));
        // The folder of a staged file may be gone.
        let folder =
            std::fs::canonicalize(folder).unwrap_or_else(|_| crate::walk::absolute(folder));
        Some(folder.strip_prefix(&self.root).ok()?.join(name))
    }
}

impl ChangedLines {
    /// Whether one of the lines from `first` to `last`, both counted from 1, was changed.
    pub(crate) fn touches(&self, first: u32, last: u32) -> bool {
        match self {
            Self::Whole => true,
            Self::Ranges(ranges) => {
                let at = ranges.partition_point(|(_, end)| *end < first);
                ranges.get(at).is_some_and(|(start, _)| *start <= last)
            }
        }
    }

    /// Takes out the findings that touch no changed line, and returns how many. A finding stands on the lines of its
    /// sentence, since a word is odd beside the words of its sentence. What speaks of a whole document stands where it
    /// is shown. The verdict stays as it is.
    pub(crate) fn sift(&self, source: &str, diagnosis: &mut Diagnosis) -> usize {
        if *self == Self::Whole {
            return 0;
        }
        let breaks = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let breaks: Vec<u32> = breaks.map(|(at, _)| at as u32).collect();
        let line = |at: u32| breaks.partition_point(|end| *end < at) as u32 + 1;
        let is_new = |found: &Diagnostic| {
            let about = found.span.cover(found.sentence);
            // The last byte, not the one after it: a span may end with its line.
            self.touches(line(about.start), line(about.end.saturating_sub(1).max(about.start)))
        };
        let before = diagnosis.diagnostics.len();
        diagnosis.diagnostics.retain(is_new);
        before - diagnosis.diagnostics.len()
    }
}

#[cfg(test)]
mod tests;
