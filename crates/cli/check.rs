//! `unspin check`: every file is read, checked and rendered by one thread, and written in path order by this one.

use std::io::{self, BufWriter, IsTerminal as _, Read as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use unspin_lint::{Diagnosis, Document};
use unspin_linter::{LanguageModel, Linter};
use unspin_report::{
    Concise, Failure, FileReport, Format, Json, Offsets, Rendered, Text, Tool, Writer,
};

use crate::args::{self, Check, Colour};
use crate::progress::Progress;
use crate::settings::{Linters, News, SettingsFile};
use crate::walk::{self, Entry};
use crate::{CLEAN, FAILED, FOUND};

/// Files rendered before any is written: enough for every thread to stay busy, few enough to hold their output.
const BATCH: usize = 256;

/// One thing to render, in the order of the report.
enum Job {
    File { path: PathBuf, linter: Arc<Linter>, model: Option<String> },
    Stdin { name: String, linter: Arc<Linter>, model: Option<String> },
    Settings(SettingsFile),
    Failure(Failure),
}

/// Runs the command and returns the exit status.
pub(crate) fn check(arguments: &Check, linter: &Linter) -> anyhow::Result<u8> {
    let mut progress = Progress::new(arguments.quiet);
    let mut linters = Linters::new(&arguments.policy, linter)?;
    let jobs = jobs(arguments, &mut linters);
    linters.expect_names()?;
    progress.begin(jobs.len());
    let format = format(arguments, &linters);
    let pool = threads(arguments.threads, jobs.len())?;

    let out = BufWriter::new(io::stdout().lock());
    // Not locked: the threads draw the progress there.
    let mut writer = match Writer::begin(format.as_ref(), out, io::stderr()) {
        Ok(writer) => writer,
        Err(error) => return closed(error, CLEAN),
    };
    let status = |summary: unspin_report::Summary| match arguments.fail_on.severity() {
        _ if summary.failures > 0 => FAILED,
        Some(severity) if summary.at_least(severity) > 0 => FOUND,
        _ => CLEAN,
    };
    for batch in jobs.chunks(BATCH) {
        let render = |job| {
            let rendered = render(job, format.as_ref());
            progress.step();
            rendered
        };
        let done: Vec<_> = pool.install(|| batch.par_iter().map(render).collect());
        progress.pause();
        for rendered in done {
            let wrote = match rendered {
                Ok(file) => writer.file(&file),
                Err(failure) => writer.failure(failure),
            };
            if let Err(error) = wrote {
                return closed(error, status(writer.summary()));
            }
        }
    }
    progress.end();
    let so_far = status(writer.summary());
    writer.end().map_or_else(|error| closed(error, so_far), |summary| Ok(status(summary)))
}

/// A reader that has seen enough is no error.
fn closed(error: io::Error, status: u8) -> anyhow::Result<u8> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Ok(status)
    } else {
        Err(error).context("writing the report")
    }
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

fn format(arguments: &Check, linters: &Linters) -> Box<dyn Format> {
    match arguments.format {
        args::Format::Text => Box::new(Text::new(colour(arguments.color), arguments.quiet)),
        args::Format::Concise => Box::new(Concise),
        args::Format::Json => Box::new(Json::new(tool(&linters.model()))),
    }
}

/// This program with a model, as reports name it.
pub(crate) fn tool(model: &LanguageModel) -> Tool {
    Tool {
        name: "unspin".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        model: Some(model.digest()),
    }
}

fn colour(when: Colour) -> bool {
    match when {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
            io::stdout().is_terminal()
                && !plain
                && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
        }
    }
}

fn jobs(arguments: &Check, linters: &mut Linters) -> Vec<Job> {
    let here = [PathBuf::from(if arguments.stdin_filename.is_some() { "-" } else { "." })];
    let paths = if arguments.paths.is_empty() { &here[..] } else { &arguments.paths };
    let entries = walk::all(paths);

    let usual = linters.model().digest();
    let mut jobs = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Entry::Error { path, message } = entry {
            jobs.push(Job::Failure(Failure { path: path.display().to_string(), message }));
            continue;
        }
        let stdin_filename = arguments.stdin_filename.as_deref();
        let is_stdin = matches!(entry, Entry::Stdin);
        let (governed, news) =
            linters.for_file(stdin_filename.filter(|_| is_stdin).unwrap_or(entry.path()));
        jobs.extend(news.into_iter().map(|news| match news {
            News::Problems(file) => Job::Settings(file),
            News::Unreadable { path, message } => {
                Job::Failure(Failure { path: path.display().to_string(), message })
            }
        }));
        let linter = governed.linter;
        let model = Some(linter.model().digest()).filter(|own| *own != usual);
        jobs.push(if let Entry::File(path) = entry {
            Job::File { path, linter, model }
        } else {
            let name = stdin_filename.map_or("<stdin>".into(), |name| name.display().to_string());
            Job::Stdin { name, linter, model }
        });
    }
    jobs
}

fn render(job: &Job, format: &dyn Format) -> Result<Rendered, Failure> {
    let fail = |path: &str, error: &io::Error| Failure {
        path: path.to_owned(),
        message: walk::explain(error),
    };
    match job {
        Job::File { path, linter, model } => {
            let name = path.display().to_string();
            let bytes = std::fs::read(path).map_err(|error| fail(&name, &error))?;
            let document = Document::read(&bytes, walk::markup(path, &bytes));
            Ok(render_document(&name, &document, linter, model.as_deref(), format))
        }
        Job::Stdin { name, linter, model } => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map_err(|error| fail(name, &error))?;
            let markup = walk::markup(Path::new(name), &bytes);
            let document = Document::read(&bytes, markup);
            Ok(render_document(name, &document, linter, model.as_deref(), format))
        }
        Job::Settings(file) => {
            let path = file.path.display().to_string();
            let said = Diagnosis::of_settings(&file.text, &file.problems);
            Ok(FileReport::new(&path, &file.text, Offsets::File, &said).render(format))
        }
        Job::Failure(failure) => Err(failure.clone()),
    }
}

fn render_document(
    name: &str,
    document: &Document<'_>,
    linter: &Linter,
    model: Option<&str>,
    format: &dyn Format,
) -> Rendered {
    let said = Diagnosis::new(document, &linter.check(document));
    let offsets = Offsets::of(document.encoding());
    FileReport::new(name, document.source(), offsets, &said).with_model(model).render(format)
}
