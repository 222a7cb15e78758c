//! `unspin check`: every text is read, checked and rendered by one thread, and written in path order by this one.

mod exit;
mod filter;
mod job;
mod outputs;
mod text;

use std::borrow::Cow;
use std::io::{self, Read as _};
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::Context as _;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use unspin_lint::{Diagnosis, Markup};
use unspin_linter::Linter;
use unspin_report::{Failure, FileReport, Format, Offsets, Rendered};
use unspin_text::source::decode;

use crate::args::Check;
use crate::progress::Progress;
use crate::settings::Linters;
use crate::{CLEAN, read, walk};

pub(crate) use exit::Judge;
use exit::{Exit, Failing};
use filter::{Filter, Kept};
pub(crate) use job::Rule;
use job::{Task, Tasks};
use outputs::{Outputs, formats};
pub(crate) use outputs::{colour, format, tool};
use text::Memory;
pub(crate) use text::said;

/// What standard input is called where nobody named it.
const UNNAMED: &str = "<stdin>";

/// Runs the command and returns the exit status.
pub(crate) fn check(arguments: &Check, linter: &Linter) -> anyhow::Result<u8> {
    let mut progress = Progress::new(arguments.quiet);
    let mut linters = Linters::new(&arguments.policy, linter)?;
    let filter = Filter::new(arguments)?;
    let mut tasks = Tasks::new(arguments, &mut linters, filter.changes());
    linters.expect_names()?;
    progress.begin(tasks.files());
    let pool = threads(arguments.threads, tasks.files())?;
    let formats = formats(arguments, &linters)?;
    let mut outputs = match Outputs::begin(&formats, arguments) {
        Err(error) if is_closed(&error) => return Ok(CLEAN),
        begun => begun?,
    };
    let run = Run {
        formats: &formats,
        filter: &filter,
        judge: Judge::new(arguments.fail_on),
        memory: Memory::new(!arguments.policy.no_cache, tasks.files()),
    };
    let (mut exit, mut account) = (Exit::default(), filter.account());
    if tasks.settings_are_wrong() {
        account.unsettled();
    }
    loop {
        let batch = tasks.batch();
        if batch.is_empty() {
            break;
        }
        let work = |task: &Task| {
            let done = run.task(task);
            if task.is_file() {
                progress.step();
            }
            done
        };
        let done: Vec<_> = pool.install(|| batch.par_iter().map(work).collect());
        (0..tasks.read()).for_each(|_| progress.step());
        progress.pause();
        for (task, done) in batch.iter().zip(done) {
            if arguments.explain_exit {
                task.rule().iter().for_each(|rule| exit.under(run.judge, &rule.governed));
            }
            let wrote = match done {
                Ok(done) => {
                    done.failing.iter().for_each(|failing| exit.failing(&done.name, failing));
                    account.add(done.kept);
                    outputs.file(&done.rendered)
                }
                Err(failure) => {
                    account.failed(&failure.path);
                    outputs.failure(&failure)
                }
            };
            match wrote {
                // A reader that has seen enough is no error.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    return Ok(exit.status(outputs.summary().failures));
                }
                wrote => wrote.context("writing the report")?,
            }
        }
    }
    progress.end();
    run.memory.sweep();
    let failures = outputs.summary().failures;
    outputs.end()?;
    account.end(arguments.quiet)?;
    if arguments.explain_exit {
        exit.explain(failures);
    }
    Ok(exit.status(failures))
}

/// Whether nobody reads standard output, which is no error.
fn is_closed(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<io::Error>();
    cause.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// The threads for so many files: one costs more to start than a small file to check.
pub(crate) fn threads(
    wanted: Option<NonZeroUsize>,
    files: usize,
) -> anyhow::Result<rayon::ThreadPool> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    rayon::ThreadPoolBuilder::new()
        .num_threads(wanted.map_or_else(cores, usize::from).min(files.max(1)))
        .build()
        .context("starting threads; try --threads 1")
}

/// What every thread needs.
struct Run<'r> {
    formats: &'r [Box<dyn Format>],
    filter: &'r Filter,
    judge: Judge,
    memory: Memory,
}

/// A text that was checked.
struct Done {
    /// As people are told.
    name: String,
    /// In each format.
    rendered: Vec<Rendered>,
    failing: Option<Failing>,
    kept: Kept,
}

/// A text to check.
struct Subject<'t> {
    path: &'t Path,
    is_stdin: bool,
    entry: Option<&'t unspin_containers::Entry>,
    bytes: &'t [u8],
    markup: Markup,
    by: &'t Rule,
}

impl Run<'_> {
    fn task(&self, task: &Task) -> Result<Done, Failure> {
        let fail = |path: &str, error: &io::Error| Failure {
            path: path.to_owned(),
            message: walk::explain(error),
        };
        match task {
            Task::File { path, by } => {
                let name = path.display().to_string();
                let staged = self.filter.changes().map(|changes| changes.staged_bytes(path));
                let bytes = match staged.transpose() {
                    Ok(Some(Some(bytes))) => Ok(bytes),
                    Ok(_) => {
                        read::text(path).map_err(|message| Failure { path: name.clone(), message })
                    }
                    Err(error) => {
                        Err(Failure { path: name.clone(), message: format!("{error:#}") })
                    }
                }?;
                let markup = walk::markup(path, &bytes);
                let (is_stdin, entry, bytes) = (false, None, &bytes[..]);
                Ok(self.text(&Subject { path, is_stdin, entry, bytes, markup, by }))
            }
            Task::Stdin { name, by } => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map_err(|error| fail(name, &error))?;
                let path = Path::new(name);
                let markup = walk::markup(path, &bytes);
                let (is_stdin, entry, bytes) = (true, None, &bytes[..]);
                Ok(self.text(&Subject { path, is_stdin, entry, bytes, markup, by }))
            }
            Task::Entry { path, is_stdin, entry, by } => {
                let (bytes, markup, is_stdin) = (&entry.text[..], entry.markup, *is_stdin);
                Ok(self.text(&Subject { path, is_stdin, entry: Some(entry), bytes, markup, by }))
            }
            Task::Settings(file) => {
                let path = file.path.display().to_string();
                let said = Diagnosis::of_settings(&file.text, &file.problems);
                let report = FileReport::new(&path, &file.text, Offsets::File, &said);
                Ok(self.done(&report, self.judge.text(&said, None, None), Kept::default()))
            }
            Task::Failure(failure) => Err(failure.clone()),
        }
    }

    fn text(&self, subject: &Subject<'_>) -> Done {
        let &Subject { path, is_stdin, entry, bytes, markup, by } = subject;
        // Records are many and short: to keep each would cost more than to check it.
        let mut said = match entry {
            None => self.memory.check(bytes, markup, &by.governed),
            Some(_) => text::check(bytes, markup, &by.governed),
        };
        // Where nothing was found, no line is shown.
        let (source, encoding, _) = decode(bytes);
        let offsets = if entry.is_some() { Offsets::Entry } else { Offsets::of(encoding) };
        if let Some(entry) = entry {
            for found in &mut said.diagnostics {
                found.locator = entry.locate(found.span.start);
            }
        }
        let locator = entry.map(|entry| entry.locator.as_str());
        let kept = self.filter.sift(path, (locator, is_stdin), &source, &mut said);
        let failing = self.judge.text(&said, Some(&by.governed), kept.level);
        let name = path.display().to_string();
        let report = FileReport::new(&name, &source, offsets, &said)
            .with_entry(locator)
            .with_model(by.model.as_deref())
            .with_bytes(bytes)
            .with_settings(&by.governed.differing);
        self.done(&report, failing, kept)
    }

    fn done(&self, report: &FileReport<'_>, failing: Option<Failing>, kept: Kept) -> Done {
        let rendered = self.formats.iter().map(|format| report.render(format.as_ref())).collect();
        Done { name: Cow::into_owned(report.name()), rendered, failing, kept }
    }
}
