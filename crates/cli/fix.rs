//! `unspin fix`: every file is read, repaired and written by one thread, and what is left in it is told in path order.

mod closing;
mod interactive;
mod repaired;
mod task;

use std::collections::BTreeSet;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::Context as _;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use unspin_apply::fix::Policy as Allowed;
use unspin_linter::Linter;
use unspin_report::{Concise, Failure, Format, Writer};

use crate::args::{Check, Fix, Policy};
use crate::check::{self, Judge};
use crate::progress::Progress;
use crate::settings::Linters;
use crate::{CLEAN, FAILED, FOUND, shown};

use closing::Counts;
use repaired::{Done, Output, work};
use task::{Task, tasks};

/// Files repaired before any is told of: enough for every thread to stay busy, few enough to hold their output.
const BATCH: usize = 256;

/// What becomes of repaired texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// They are written, and what is left is told.
    Write,
    /// The difference is told.
    Diff,
    /// What would be repaired is told.
    DryRun,
}

/// What `fix` and `check --fix` have in common.
struct Errand<'a> {
    paths: &'a [PathBuf],
    stdin_filename: Option<&'a PathBuf>,
    policy: &'a Policy,
    allowed: Allowed,
    mode: Mode,
    judge: Judge,
    threads: Option<NonZeroUsize>,
    quiet: bool,
    /// Whether the counts stand below the report; else they go to standard error, since a program reads the report.
    for_people: bool,
}

/// Runs `unspin fix` and returns the exit status.
pub(crate) fn fix(arguments: &Fix, linter: &Linter) -> anyhow::Result<u8> {
    let allowed =
        Allowed { unsafe_fixes: arguments.unsafe_fixes, quotations: arguments.quotations };
    let errand = Errand {
        paths: &arguments.paths,
        stdin_filename: arguments.stdin_filename.as_ref(),
        policy: &arguments.policy,
        allowed,
        mode: match (arguments.diff, arguments.dry_run) {
            (true, _) => Mode::Diff,
            (_, true) => Mode::DryRun,
            _ => Mode::Write,
        },
        judge: Judge::new(arguments.fail_on),
        threads: arguments.threads,
        quiet: arguments.quiet,
        for_people: arguments.format.name == "text",
    };
    let color = check::colour(arguments.color);
    if arguments.interactive {
        return interactive::ask(&errand, color, linter);
    }
    errand.run(linter, |linters| check::format(arguments.format, color, arguments.quiet, linters))
}

/// Runs `unspin check --fix` and returns the exit status.
pub(crate) fn check_and_fix(arguments: &Check, linter: &Linter) -> anyhow::Result<u8> {
    let allowed =
        Allowed { unsafe_fixes: arguments.unsafe_fixes, quotations: arguments.quotations };
    let errand = Errand {
        paths: &arguments.paths,
        stdin_filename: arguments.stdin_filename.as_ref(),
        policy: &arguments.policy,
        allowed,
        mode: Mode::Write,
        judge: Judge::new(arguments.fail_on),
        threads: arguments.threads,
        quiet: arguments.quiet,
        for_people: arguments.format.name == "text",
    };
    let color = check::colour(arguments.color);
    errand.run(linter, |linters| check::format(arguments.format, color, arguments.quiet, linters))
}

impl Errand<'_> {
    fn run(
        &self,
        linter: &Linter,
        format: impl FnOnce(&Linters) -> Box<dyn Format>,
    ) -> anyhow::Result<u8> {
        let mut progress = Progress::new(self.quiet);
        let mut linters = Linters::new(self.policy, linter)?;
        let tasks = tasks(self.paths, self.stdin_filename, &mut linters);
        linters.expect_names()?;
        progress.begin(tasks.len());
        let format = format(&linters);
        let pool = check::threads(self.threads, tasks.len())?;
        if self.mode == Mode::Write {
            sweep(&tasks);
        }
        // The text of standard input goes to standard output, so the report may not.
        let is_default = self.paths.is_empty() && self.stdin_filename.is_some();
        let text_goes_out = is_default || self.paths.iter().any(|path| path.as_os_str() == "-");
        let mut sheet = match Sheet::begin(self, format.as_ref(), text_goes_out) {
            Ok(sheet) => sheet,
            Err(error) => return closed(error, CLEAN),
        };
        for batch in tasks.chunks(BATCH) {
            let one = |task| {
                let done = work(task, self, format.as_ref());
                progress.step();
                done
            };
            let done: Vec<_> = pool.install(|| batch.par_iter().map(one).collect());
            progress.pause();
            for done in done {
                if let Err(error) = sheet.put(done) {
                    return closed(error, sheet.status());
                }
            }
        }
        progress.end();
        let status = sheet.status();
        sheet.end().map_or_else(|error| closed(error, status), |()| Ok(status))
    }

    fn status(&self, failing: usize, changed: usize, failures: usize) -> u8 {
        let found = if self.mode == Mode::Diff { changed } else { failing };
        match (failures, found) {
            (1.., _) => FAILED,
            (0, 1..) => FOUND,
            (0, 0) => CLEAN,
        }
    }
}

/// A reader that has seen enough is no error.
fn closed(error: io::Error, status: u8) -> anyhow::Result<u8> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Ok(status)
    } else {
        Err(error).context("writing the report")
    }
}

/// Removes what processes that were killed left beside the files.
fn sweep(tasks: &[Task]) {
    let mut folders = BTreeSet::new();
    for task in tasks {
        let Task::File { path, .. } = task else { continue };
        folders.extend(path.parent().map(PathBuf::from));
        if path.is_symlink() {
            let target = std::fs::canonicalize(path);
            folders.extend(target.ok().and_then(|target| target.parent().map(PathBuf::from)));
        }
    }
    for folder in &folders {
        unspin_apply::sweep(folder);
    }
}

/// Where the outcome is told.
struct Sheet<'a> {
    errand: &'a Errand<'a>,
    /// For [`Mode::Write`] alone.
    writer: Option<Writer<'a, BufWriter<Box<dyn Write>>, io::Stderr>>,
    /// Texts in which is left what fails the policy.
    failing: usize,
    counts: Counts,
    failures: usize,
    text_goes_out: bool,
}

impl<'a> Sheet<'a> {
    fn begin(
        errand: &'a Errand<'a>,
        format: &'a dyn Format,
        text_goes_out: bool,
    ) -> io::Result<Self> {
        let out: Box<dyn Write> =
            if text_goes_out { Box::new(io::stderr()) } else { Box::new(io::stdout()) };
        let writer = match errand.mode {
            Mode::Write => Some(Writer::begin(format, BufWriter::new(out), io::stderr())?),
            Mode::Diff | Mode::DryRun => None,
        };
        let counts = Counts::default();
        Ok(Self { errand, writer, failing: 0, counts, failures: 0, text_goes_out })
    }

    fn put(&mut self, done: Done) -> io::Result<()> {
        self.counts += done.counts;
        self.failing += usize::from(done.fails);
        if let Some(text) = done.text {
            put(&text)?;
        }
        match (done.output, &mut self.writer) {
            (Output::Report(rendered), Some(writer)) => writer.file(&rendered)?,
            (Output::Changes(bytes), _) => put(&bytes)?,
            (Output::Report(_), None) | (Output::Nothing, _) => {}
        }
        let Some(failure) = done.failure else { return Ok(()) };
        self.failures += 1;
        match &mut self.writer {
            Some(writer) => writer.failure(failure),
            None => tell(&failure),
        }
    }

    fn status(&self) -> u8 {
        self.errand.status(self.failing, self.counts.files, self.failures)
    }

    fn end(self) -> io::Result<()> {
        let said = self.counts.said(self.errand.mode == Mode::Write, self.errand.allowed);
        let quiet = self.errand.quiet || said.is_empty();
        let below = self.errand.for_people
            && match self.errand.mode {
                Mode::Write => !self.text_goes_out,
                Mode::Diff => false,
                Mode::DryRun => true,
            };
        if let Some(writer) = self.writer {
            writer.end()?;
        }
        io::stdout().flush()?;
        match below {
            _ if quiet => Ok(()),
            true => io::stdout().write_all(said.as_bytes()),
            false => io::stderr().write_all(said.as_bytes()),
        }
    }
}

/// Puts out a text or a patch, which a program takes as it is and a terminal must not obey.
fn put(text: &[u8]) -> io::Result<()> {
    let is_obeyed = io::stdout().is_terminal();
    io::stdout().write_all(&if is_obeyed { shown(text) } else { text.into() })
}

/// Tells of a failure on standard error, in one line.
fn tell(failure: &Failure) -> io::Result<()> {
    let mut line = Vec::new();
    Concise.failure(failure, &mut line);
    io::stderr().write_all(&line)
}
