//! Where a report goes: to standard output in one format, and to files in as many as are asked for.

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use unspin_linter::LanguageModel;
use unspin_report::{Failure, Format, FormatName, Rendered, Setup, Summary, Tool, Writer};

use crate::args::{Check, Colour};
use crate::replace::Replacement;
use crate::settings::Linters;
use crate::walk;

/// The formats of a run: that of standard output first, then those of files.
pub(crate) fn formats(
    arguments: &Check,
    linters: &Linters,
) -> anyhow::Result<Vec<Box<dyn Format>>> {
    let names = || std::iter::once(&arguments.format).chain(arguments.output.iter().map(|o| &o.0));
    if arguments.full && !names().any(|format| format.name == "html") {
        bail!("--full is for pages; add --format html or --output html=FILE");
    }
    // A file is no terminal, whatever the colours are there.
    let (color, quiet) = (colour(arguments.color), arguments.quiet);
    let made = names().enumerate().map(|(at, name)| {
        let setup = setup(linters, at == 0 && color, at == 0 && quiet);
        of_setup(*name, Setup { full: arguments.full, ..setup })
    });
    Ok(made.collect())
}

/// One of the formats that there are.
pub(crate) fn format(
    name: FormatName,
    color: bool,
    quiet: bool,
    linters: &Linters,
) -> Box<dyn Format> {
    of_setup(name, setup(linters, color, quiet))
}

fn setup(linters: &Linters, color: bool, quiet: bool) -> Setup {
    let (tool, rules) = (tool(&linters.model()), linters.rules());
    Setup { tool, rules, color, quiet, full: false }
}

fn of_setup(name: FormatName, setup: Setup) -> Box<dyn Format> {
    unspin_report::format(name.name, setup).expect("the name is one of those that there are")
}

/// This program with a model, as reports name it.
pub(crate) fn tool(model: &LanguageModel) -> Tool {
    Tool {
        name: "unspin".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        model: Some(model.digest()),
    }
}

/// Whether what goes to standard output has colours.
pub(crate) fn colour(when: Colour) -> bool {
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

type AnyWriter<'f> = Writer<'f, Box<dyn Write>, Box<dyn Write>>;

/// The reports of a run, one a format.
pub(crate) struct Outputs<'f> {
    writers: Vec<AnyWriter<'f>>,
    files: Vec<Replacement>,
}

/// Standard output, whose reader may go away: an error only where nobody wants anything but what goes there.
struct Patient<W> {
    out: W,
    goes_on: bool,
}

impl<W: Write> Patient<W> {
    fn forgive(&self, error: io::Error) -> io::Result<()> {
        let is_forgiven = self.goes_on && error.kind() == io::ErrorKind::BrokenPipe;
        if is_forgiven { Ok(()) } else { Err(error) }
    }
}

impl<W: Write> Write for Patient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write_all(bytes).or_else(|error| self.forgive(error)).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().or_else(|error| self.forgive(error))
    }
}

impl<'f> Outputs<'f> {
    /// Opens them all, so that a place that cannot be written is known before any work is done.
    pub(crate) fn begin(formats: &'f [Box<dyn Format>], arguments: &Check) -> anyhow::Result<Self> {
        let mut taken: Vec<(PathBuf, &str)> = Vec::new();
        let named = arguments.paths.iter().map(|path| (path, "a text that is checked"));
        let baseline = arguments.baseline.iter().map(|path| (path, "the baseline"));
        let reports = arguments.output.iter().map(|(_, path)| (path, "another report"));
        taken.extend(named.chain(baseline).map(|(path, what)| (walk::resolved(path), what)));
        for (path, what) in reports {
            let place = walk::resolved(path);
            if let Some((_, other)) = taken.iter().find(|(taken, _)| *taken == place) {
                bail!(
                    "a report cannot go to {}, which is {other}; name another file",
                    path.display()
                );
            }
            taken.push((place, what));
        }
        let goes_on = !arguments.output.is_empty() || arguments.update_baseline;
        let mut outputs = Self { writers: Vec::new(), files: Vec::new() };
        for (at, format) in formats.iter().enumerate() {
            let (out, errors): (Box<dyn Write>, Box<dyn Write>) = match at.checked_sub(1) {
                // Not locked: the threads draw the progress there.
                None => {
                    let out = Patient { out: BufWriter::new(io::stdout().lock()), goes_on };
                    (Box::new(out), Box::new(io::stderr()))
                }
                Some(nth) => {
                    let file = Replacement::prepare(&arguments.output[nth].1)?;
                    let out = Box::new(BufWriter::new(file.writer()?));
                    outputs.files.push(file);
                    // What could not be checked was told on standard error once.
                    (out, Box::new(io::sink()))
                }
            };
            let writer = Writer::begin(format.as_ref(), out, errors);
            outputs.writers.push(writer.context("writing the report")?);
        }
        Ok(outputs)
    }

    /// Adds a text, rendered in each format.
    pub(crate) fn file(&mut self, rendered: &[Rendered]) -> io::Result<()> {
        self.writers.iter_mut().zip(rendered).try_for_each(|(writer, file)| writer.file(file))
    }

    /// Adds what could not be checked.
    pub(crate) fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.writers.iter_mut().try_for_each(|writer| writer.failure(failure.clone()))
    }

    /// The counts so far.
    pub(crate) fn summary(&self) -> Summary {
        self.writers[0].summary()
    }

    /// Closes all reports and puts the files in their places.
    pub(crate) fn end(self) -> anyhow::Result<()> {
        for (at, writer) in self.writers.into_iter().enumerate() {
            match writer.end() {
                // A reader that has seen enough is no error, and the files are there for others.
                Err(error) if at == 0 && error.kind() == io::ErrorKind::BrokenPipe => {}
                ended => {
                    ended.context("writing the report")?;
                }
            }
        }
        self.files.into_iter().try_for_each(Replacement::keep)
    }
}
