//! Where a report goes: to standard output in one format, and to files in as many as are asked for.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use anyhow::{Context as _, bail};
use unspin_linter::LanguageModel;
use unspin_report::{Failure, Format, FormatName, Rendered, Setup, Summary, Tool, Writer};

use crate::args::{Check, Colour};
use crate::replace::Replacement;
use crate::settings::Linters;
use crate::walk;

/// The formats of a run: that of standard output first, then those of files.
pub(crate) fn formats(arguments: &Check, linters: &Linters) -> Vec<Box<dyn Format>> {
    let own = format(arguments.format, colour(arguments.color), arguments.quiet, linters);
    // A file is no terminal, whatever the colours are there.
    let others = arguments.output.iter().map(|(name, _)| format(*name, false, false, linters));
    std::iter::once(own).chain(others).collect()
}

/// One of the formats that there are.
pub(crate) fn format(
    name: FormatName,
    color: bool,
    quiet: bool,
    linters: &Linters,
) -> Box<dyn Format> {
    let (tool, rules) = (tool(&linters.model()), linters.rules());
    unspin_report::format(name.name, Setup { tool, rules, color, quiet })
        .expect("the name is one of those that there are")
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
    /// Whether somebody wants more than what goes to standard output.
    goes_on: bool,
}

impl<'f> Outputs<'f> {
    /// Opens them all, so that a place that cannot be written is known before any work is done.
    pub(crate) fn begin(formats: &'f [Box<dyn Format>], arguments: &Check) -> anyhow::Result<Self> {
        let places = || arguments.output.iter().map(|(_, path)| walk::absolute(path));
        if let Some((nth, twice)) =
            places().enumerate().find(|(nth, path)| places().take(*nth).any(|other| other == *path))
        {
            let (name, _) = &arguments.output[nth];
            bail!("two reports go to {}; name another file for {}", twice.display(), name.name);
        }
        let goes_on = !arguments.output.is_empty() || arguments.update_baseline;
        let mut outputs = Self { writers: Vec::new(), files: Vec::new(), goes_on };
        for (at, format) in formats.iter().enumerate() {
            let (out, errors): (Box<dyn Write>, Box<dyn Write>) = match at.checked_sub(1) {
                // Not locked: the threads draw the progress there.
                None => (Box::new(BufWriter::new(io::stdout().lock())), Box::new(io::stderr())),
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
        self.each(|nth, writer| writer.file(&rendered[nth]))
    }

    /// Adds what could not be checked.
    pub(crate) fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.each(|_, writer| writer.failure(failure.clone()))
    }

    /// Writes to all. A reader of standard output that has seen enough is an error only if nobody else wants the rest.
    fn each(
        &mut self,
        mut write: impl FnMut(usize, &mut AnyWriter<'f>) -> io::Result<()>,
    ) -> io::Result<()> {
        for (nth, writer) in self.writers.iter_mut().enumerate() {
            match write(nth, writer) {
                Err(error) if nth == 0 && error.kind() == io::ErrorKind::BrokenPipe => {
                    if !self.goes_on {
                        return Err(error);
                    }
                }
                wrote => wrote?,
            }
        }
        Ok(())
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
