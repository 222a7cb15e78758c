//! `unspin score`: rows in, the same rows out with verdicts, in bounded memory.

mod finished;
mod parts;
mod plan;
mod run;
mod tally;

use std::fs::File;
use std::io::{self, Seek as _, Write as _};

use anyhow::{Context as _, anyhow, bail};
use unspin_linter::Linter;
use unspin_report::printable;
use unspin_score::Asked;
use unspin_score::tables::{Input, Kind, Reading, Target, schema_of_lines};

use crate::args::{Score, TableFormat};
use crate::progress::Progress;
use crate::settings::{Governed, Linters};
use crate::{CLEAN, FAILED, check, config, walk};
use finished::Finished;
use parts::Parts;
use plan::{From, Planned, plan};
use run::{Run, Sink};
use tally::Tally;

/// Runs the command and returns the exit status.
pub(crate) fn score(arguments: &Score, linter: &Linter) -> anyhow::Result<u8> {
    let planned = plan(arguments)?;
    let mut linters = Linters::new(&arguments.policy, linter)?;
    let pool = check::threads(arguments.threads, usize::MAX)?;
    let (mut status, mut all) = (CLEAN, Tally::default());
    let files = planned.len();
    let folder = arguments.out.as_deref().filter(|out| planned.iter().any(|one| !one.is_at(out)));
    let mut finished = folder.map(Finished::open).transpose()?;
    let mut is_done = true;
    for one in &planned {
        let (governed, news) = linters.for_file(&one.governed());
        status = status.max(config::tell(&news));
        linters.expect_names()?;
        match pool.install(|| score_one(one, arguments, &governed, finished.as_mut())) {
            Ok(tally) => {
                if tally.bad > 0 {
                    status = FAILED;
                }
                if !arguments.quiet {
                    let _ = writeln!(io::stderr(), "{}", tally.line(&one.name()));
                }
                all.add(&tally);
            }
            Err(error) if is_closed(&error) => return Ok(status),
            Err(error) => {
                (status, is_done) = (FAILED, false);
                let told = format!("{}: error: {error:#}", one.name());
                let _ = writeln!(io::stderr(), "{}", printable(&told));
            }
        }
    }
    if let Some(finished) = finished.filter(|_| is_done) {
        finished.end()?;
    }
    if files > 1 && !arguments.quiet {
        let _ = writeln!(io::stderr(), "{}", all.line(&format!("{files} files")));
    }
    Ok(status)
}

/// Whether nobody reads standard output any more, which is no error.
fn is_closed(error: &anyhow::Error) -> bool {
    let closed = |cause: &io::Error| cause.kind() == io::ErrorKind::BrokenPipe;
    error.chain().filter_map(|cause| cause.downcast_ref()).any(closed)
}

/// Scores one file, and returns what its rows came to.
fn score_one(
    one: &Planned,
    arguments: &Score,
    governed: &Governed,
    finished: Option<&mut Finished>,
) -> anyhow::Result<Tally> {
    let mut reading = Reading {
        text: arguments.text.clone(),
        piece: (arguments.part_size.get() as usize) << 20,
        skip: 0,
    };
    let asked = Asked { findings: arguments.findings, markup: None };
    let file = match &one.from {
        From::File(path) => Some(File::open(path).map_err(|e| anyhow!("{}", walk::explain(&e)))?),
        From::Stdin => None,
    };
    let job = job(one, file.as_ref(), arguments, governed);
    if let (Some(finished), Some((out, _))) = (&finished, &one.to)
        && let Some(tally) = finished.tally(&job, out)
    {
        return Ok(tally.clone());
    }
    let mut sink = match &one.to {
        None => Sink::Stdout,
        Some((out, _)) => {
            if let From::File(path) = &one.from
                && walk::resolved(path) == walk::resolved(out)
            {
                bail!("it would be written over: name another file with --out");
            }
            if let Some(folder) = out.parent() {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("cannot make the folder {}", folder.display()))?;
            }
            Sink::Parts(Parts::open(out, &job)?)
        }
    };
    let mut progress = Progress::new(arguments.quiet);
    if let Sink::Parts(parts) = &sink
        && !parts.is_new()
    {
        reading.skip = parts.done().rows;
        if !arguments.quiet {
            let name = one.name();
            let (name, rows) = (printable(&name), reading.skip);
            let _ = writeln!(io::stderr(), "{name}: going on after {rows} rows that are done");
        }
    }
    let format = one.to.as_ref().map_or(TableFormat::Jsonl, |(_, format)| *format);
    let of_lines = match (format, one.kind, &file) {
        (TableFormat::Parquet, Kind::JsonLines(compression), Some(file)) => {
            let file = file.try_clone()?;
            Some(schema_of_lines(&file, compression, &reading)?)
        }
        (TableFormat::Parquet, _, None) => {
            bail!(
                "the columns of Parquet are known when all rows are: put the rows into a file, or write JSON Lines"
            )
        }
        _ => None,
    };
    let mut input = match file {
        Some(mut file) => {
            file.rewind()?;
            Input::open(one.kind, file, &reading)?
        }
        None => Input::stream(one.kind, io::stdin(), None, &reading)?,
    };
    let target = match (format, of_lines.as_ref().or(input.schema())) {
        (TableFormat::Parquet, Some(schema)) => {
            Target::Parquet { schema: schema.clone(), about: about(governed) }
        }
        _ => Target::JsonLines,
    };
    progress.begin_amount(input.total(), one.kind == Kind::Parquet);
    let run = Run {
        name: &one.name(),
        linter: &governed.linter,
        reading: &reading,
        asked,
        target: &target,
        progress: &progress,
    };
    let tally = run.run(&mut input, &mut sink)?;
    progress.end();
    if let Sink::Parts(mut parts) = sink {
        if parts.is_new() {
            parts.add(&target.part(None, asked)?, &Tally::default())?;
        }
        parts.publish(&target)?;
    }
    if let (Some(finished), Some((out, _))) = (finished, &one.to) {
        finished.add(&job, out, &tally)?;
    }
    Ok(tally)
}

/// Everything that the bytes of the output depend on, as one line.
fn job(one: &Planned, file: Option<&File>, arguments: &Score, governed: &Governed) -> String {
    let meta = file.and_then(|file| file.metadata().ok());
    let changed = meta.as_ref().and_then(|meta| meta.modified().ok());
    let changed = changed.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let path = match &one.from {
        From::File(path) => walk::resolved(path).display().to_string(),
        // What came from a pipe does not come again.
        From::Stdin => {
            format!("stdin of {} at {:?}", std::process::id(), std::time::Instant::now())
        }
    };
    let Score { text, findings, part_size, .. } = arguments;
    serde_json::json!({
        "unspin": env!("CARGO_PKG_VERSION"),
        "settings": blake3::Hash::from_bytes(governed.digest).to_hex().as_str(),
        "input": path,
        "bytes": meta.map(|meta| meta.len()),
        "changed": changed.map(|time| time.as_nanos().to_string()),
        "text": text,
        "findings": findings,
        "part_size": part_size.get(),
        "format": one.to.as_ref().map(|(_, format)| format.ending()),
    })
    .to_string()
}

/// What a file of Parquet says of the verdicts in it.
fn about(governed: &Governed) -> Vec<(String, String)> {
    let tool = check::tool(&governed.linter.model());
    let model = tool.model.map(|model| ("unspin.model".to_owned(), model));
    std::iter::once(("unspin.version".to_owned(), tool.version)).chain(model).collect()
}
