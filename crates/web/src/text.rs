//! One text: checked, and what is said of it in a format.

use unspin_lint::{Diagnosis, Document, Markup};
use unspin_report::{FileReport, Format, JsonLines, Offsets, Setup, Writer};
use unspin_text::source::decode;

use crate::engine::Engine;
use crate::options::CheckOptions;

/// Bytes of a text: checking takes about ten times as much memory, and there are four gigabytes.
const MOST: usize = 64 << 20;

/// A text as the caller hands it over.
pub(crate) struct Text<'t> {
    pub(crate) name: &'t str,
    pub(crate) bytes: &'t [u8],
    pub(crate) markup: Markup,
}

impl<'t> Text<'t> {
    /// # Errors
    /// If it is too large, or its markup is none.
    pub(crate) fn new(bytes: &'t [u8], options: &'t CheckOptions) -> Result<Self, String> {
        fits(bytes, MOST)?;
        Ok(Self { name: options.name(), bytes, markup: options.markup(bytes)? })
    }

    /// What is said of it.
    pub(crate) fn check(&self, engine: &Engine) -> Diagnosis {
        let document = Document::read(self.bytes, self.markup);
        Diagnosis::new(&document, &engine.for_file(self.name).check(&document))
    }

    /// That, as a member of `files` of the JSON report, which is a line of the other one.
    pub(crate) fn member(&self, engine: &Engine, said: &Diagnosis) -> String {
        let mut line = self.report(engine, self.bytes, said, &JsonLines);
        line.truncate(line.trim_end().len());
        line
    }

    /// What is said of `bytes`, this text or what became of it, as a whole report.
    pub(crate) fn report(
        &self,
        engine: &Engine,
        bytes: &[u8],
        said: &Diagnosis,
        format: &dyn Format,
    ) -> String {
        let (source, encoding, _) = decode(bytes);
        let report = FileReport::new(self.name, &source, Offsets::of(encoding), said)
            .with_bytes(bytes)
            .with_settings(engine.settings());
        written(format, &[report])
    }
}

/// Whether a text is small enough.
pub(crate) fn fits(bytes: &[u8], most: usize) -> Result<(), String> {
    if bytes.len() > most {
        return Err(format!("the text has more than {} MiB; check a part of it", most >> 20));
    }
    Ok(())
}

/// A whole report on these texts.
pub(crate) fn written(format: &dyn Format, reports: &[FileReport<'_>]) -> String {
    const WRITES: &str = "a Vec takes every byte";
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let mut writer = Writer::begin(format, &mut out, &mut errors).expect(WRITES);
    for report in reports {
        writer.file(&report.render(format)).expect(WRITES);
    }
    writer.end().expect(WRITES);
    String::from_utf8_lossy(&out).into_owned()
}

/// The format of this name.
pub(crate) fn format(engine: &Engine, name: &str, full: bool) -> Result<Box<dyn Format>, String> {
    let (tool, rules) = (engine.tool(), engine.infos());
    let setup = Setup { tool, rules, color: false, quiet: false, full };
    unspin_report::format(name, setup).ok_or_else(|| {
        let names: Vec<_> = unspin_report::formats().iter().map(|format| format.name).collect();
        format!("there is no format `{name}`; there are {}", names.join(", "))
    })
}

impl Engine {
    /// What is said of a text: the very bytes of a member of `files`.
    ///
    /// # Errors
    /// If the options cannot be read, or the text is too large.
    pub fn check(&self, bytes: &[u8], options: &str) -> Result<String, String> {
        let options = CheckOptions::read(options)?;
        let text = Text::new(bytes, &options)?;
        Ok(text.member(self, &text.check(self)))
    }

    /// The same as a whole report in a format.
    ///
    /// # Errors
    /// As [`Engine::check`], and if there is no such format.
    pub fn render(&self, bytes: &[u8], name: &str, options: &str) -> Result<String, String> {
        let options = CheckOptions::read(options)?;
        let format = format(self, name, options.full)?;
        let text = Text::new(bytes, &options)?;
        Ok(text.report(self, bytes, &text.check(self), format.as_ref()))
    }
}
