//! Which findings of a run are shown: all, or those that a baseline does not know, or those on changed lines. Nothing here
//! changes a verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use unspin_apply::baseline::{Baseline, Draft, Gone, Sifted, Tally, relative};
use unspin_lint::{Diagnosis, Level};
use unspin_report::printable;

use crate::args::Check;
use crate::replace::Replacement;
use crate::since::Changes;
use crate::{read, tree, walk};

/// A baseline with more bytes is refused unread.
const LARGEST: u64 = 256 << 20;
/// Most entries that are told by name.
const MOST_TOLD: usize = 10;

/// What the arguments ask to be left out.
pub(crate) struct Filter {
    known: Option<Known>,
    changes: Option<Changes>,
}

/// A baseline and where it lies.
struct Known {
    path: PathBuf,
    /// The folder that its paths are relative to, absolute.
    folder: PathBuf,
    /// As it was read; empty where there was no file.
    text: String,
    baseline: Baseline,
    is_updated: bool,
}

/// What became of one text's findings.
#[derive(Default)]
pub(crate) struct Kept {
    sifted: Option<Sifted>,
    /// The text as a baseline would know it, by the path of its file.
    draft: Option<(String, Draft)>,
    /// The level that the text's verdict has in the baseline.
    pub(crate) level: Option<Level>,
}

impl Filter {
    /// # Errors
    /// If the baseline cannot be read, or git cannot tell what was changed.
    pub(crate) fn new(arguments: &Check) -> anyhow::Result<Self> {
        let here = Path::new(".");
        let changes = match &arguments.since {
            Some(revision) => Some(Changes::since(here, revision)?),
            None if arguments.changed => Some(Changes::staged(here)?),
            None => None,
        };
        let read = |path: &PathBuf| Known::read(path, arguments.update_baseline);
        Ok(Self { known: arguments.baseline.as_ref().map(read).transpose()?, changes })
    }

    /// What was changed, where only that is looked at.
    pub(crate) fn changes(&self) -> Option<&Changes> {
        self.changes.as_ref()
    }

    /// Takes out the findings that are not to be shown, of the text in a file or in an entry of it. What comes in by
    /// standard input is new, whatever git knows of a file of that name.
    pub(crate) fn sift(
        &self,
        path: &Path,
        (entry, is_stdin): (Option<&str>, bool),
        source: &str,
        said: &mut Diagnosis,
    ) -> Kept {
        // What a baseline knows is found again whether its line was changed or not.
        let kept = self.known.as_ref().map(|known| known.sift(path, entry, said));
        if let Some(changes) = self.changes.as_ref().filter(|_| !is_stdin) {
            match changes.lines(path) {
                // The lines of a container are not those of the texts in it.
                Some(lines) if entry.is_none() => {
                    lines.sift(source, said);
                }
                Some(_) => {}
                None => said.diagnostics.clear(),
            }
        }
        kept.unwrap_or_default()
    }

    /// The account of a run, to be fed with every text.
    pub(crate) fn account(&self) -> Account<'_> {
        let tally = self.known.as_ref().filter(|known| !known.is_updated);
        Account {
            known: self.known.as_ref(),
            tally: tally.map(|known| known.baseline.tally()),
            drafts: BTreeMap::new(),
            failed: BTreeSet::new(),
            is_unsettled: false,
        }
    }
}

impl Known {
    fn read(path: &Path, is_updated: bool) -> anyhow::Result<Self> {
        let shown = path.display();
        let found = std::fs::metadata(path);
        let is_missing = found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        let text = if tree::is_left_by(path) {
            bail!("cannot read the baseline {shown}: {}", tree::LEFT);
        } else if is_missing && is_updated {
            String::new()
        } else if is_missing {
            bail!("there is no baseline {shown}; --update-baseline takes one")
        } else {
            let text = read::named(path, LARGEST).and_then(|bytes| {
                String::from_utf8(bytes).map_err(|_| "it is not UTF-8; save it as UTF-8".into())
            });
            text.map_err(|why| anyhow!("cannot read the baseline {shown}: {why}"))?
        };
        let mut baseline = match text.as_str() {
            "" => Baseline::default(),
            text => Baseline::parse(text).with_context(|| format!("{shown}"))?,
        };
        let absolute = walk::resolved(path);
        let folder = absolute.parent().unwrap_or(&absolute).to_owned();
        baseline.settle_renames(|name| !is_gone(&folder.join(name)));
        Ok(Self { path: path.to_owned(), folder, text, baseline, is_updated })
    }

    /// What it calls a file, by where that really lies; `None` where that is no Unicode, so that nothing is known of it.
    fn name(&self, path: &Path) -> Option<String> {
        let absolute = walk::absolute(path);
        let (folder, name) = (absolute.parent()?, absolute.file_name()?);
        let path = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()).join(name);
        path.to_str()?;
        Some(relative(&self.folder, &path))
    }

    /// Takes out of a text's findings those that it knows; all, where it is to learn them.
    fn sift(&self, path: &Path, entry: Option<&str>, said: &mut Diagnosis) -> Kept {
        let Some(name) = self.name(path) else { return Kept::default() };
        if self.is_updated {
            let mut draft = Draft::new();
            draft.add(&name, entry, said);
            said.diagnostics.clear();
            let level = said.verdict.as_ref().map(|verdict| verdict.level);
            return Kept { sifted: None, draft: Some((name, draft)), level };
        }
        let sifted = self.baseline.file(&name, entry).sift(said);
        Kept { level: sifted.level, sifted: Some(sifted), draft: None }
    }
}

/// What a run says of a baseline.
pub(crate) struct Account<'f> {
    known: Option<&'f Known>,
    tally: Option<Tally<'f>>,
    /// By file.
    drafts: BTreeMap<String, Draft>,
    /// Files of which something could not be read.
    failed: BTreeSet<String>,
    /// Whether settings were wrong, so that nobody knows what would have been found.
    is_unsettled: bool,
}

impl Account<'_> {
    /// Adds a text.
    pub(crate) fn add(&mut self, kept: Kept) {
        if let (Some(tally), Some(sifted)) = (&mut self.tally, kept.sifted) {
            tally.add(&sifted);
        }
        if let Some((name, draft)) = kept.draft {
            self.drafts.entry(name).or_default().join(draft);
        }
    }

    /// Takes note of settings that could not be obeyed as they are.
    pub(crate) fn unsettled(&mut self) {
        self.is_unsettled = true;
    }

    /// Takes note of a file of which something could not be read: what the baseline says of it stays, since nobody knows what
    /// is missing.
    pub(crate) fn failed(&mut self, path: &str) {
        if let Some(known) = self.known {
            self.failed.extend(known.name(Path::new(path)));
        }
    }

    /// Writes the baseline where it is to be updated and has changed; tells on standard error, unless nobody wants to know, what it
    /// holds, or what of it no longer occurs.
    pub(crate) fn end(self, quiet: bool) -> anyhow::Result<()> {
        let Some(known) = self.known else { return Ok(()) };
        let told = if let Some(tally) = self.tally {
            let mut gone = tally.gone();
            gone.retain(|gone| !self.failed.contains(gone.path));
            told_gone(known, &gone)
        } else if self.is_unsettled {
            let path = known.path.display();
            bail!("{path} is as it was, since settings are wrong: mend them, and update it then");
        } else {
            let mut draft = Draft::new();
            let whole = self.drafts.into_iter().filter(|(name, _)| !self.failed.contains(name));
            whole.for_each(|(_, of_text)| draft.join(of_text));
            known.update(draft)?
        };
        if !quiet {
            // Nothing is left to tell anybody if standard error is closed.
            let _ = io::stderr().write_all(told.as_bytes());
        }
        Ok(())
    }
}

impl Known {
    fn update(&self, mut draft: Draft) -> anyhow::Result<String> {
        draft.keep(&self.baseline, |name| !is_gone(&self.folder.join(name)));
        let new = draft.finish();
        let text = new.to_json();
        let (findings, files) = (new.len(), new.paths().count());
        let noun = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let holds = format!("{} in {}", noun(findings, "finding"), noun(files, "file"));
        let path = printable(&self.path.display().to_string()).into_owned();
        if text == self.text {
            return Ok(format!("{path} is as it was: {holds}\n"));
        }
        Replacement::prepare(&self.path)?.write(text.as_bytes())?;
        Ok(format!("wrote {path}: {holds}\n"))
    }
}

/// Whether there is nothing of that name; what cannot be looked at may be there.
fn is_gone(path: &Path) -> bool {
    let found = std::fs::symlink_metadata(path);
    found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn told_gone(known: &Known, gone: &[Gone<'_>]) -> String {
    if gone.is_empty() {
        return String::new();
    }
    let count: u64 = gone.iter().map(|gone| u64::from(gone.count)).sum();
    let path = known.path.display().to_string();
    let (entries, no_longer, them) =
        if count == 1 { ("entry", "occurs", "it") } else { ("entries", "occur", "them") };
    let mut text = format!(
        "{}: {count} {entries} no longer {no_longer}; --update-baseline takes {them} out\n",
        printable(&path)
    );
    for gone in gone.iter().take(MOST_TOLD) {
        let (file, found) = (printable(gone.path), printable(&gone.entry.text));
        let _ = writeln!(text, "  {file}: {} \"{found}\"", gone.entry.rule);
    }
    if gone.len() > MOST_TOLD {
        let _ = writeln!(text, "  and {} more", gone.len() - MOST_TOLD);
    }
    text
}
