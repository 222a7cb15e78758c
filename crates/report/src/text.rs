//! For people: each finding with the line it stands in, then what can be said of the file and of the run.

use std::io;

use codespan_reporting::diagnostic::{Diagnostic, Label, Severity as CodespanSeverity};
use codespan_reporting::term::termcolor::{Ansi, Color, ColorSpec, NoColor, WriteColor};
use codespan_reporting::term::{Config, Styles, StylesWriter, emit_to_write_style};
use unspin_lint::{Diagnostic as Found, Level, LogOdds, Severity, Verdict};

use crate::excerpt::{Excerpt, TAB_COLUMNS};
use crate::printable::printable;
use crate::wording::{closing, figures, marks, shown};
use crate::{Ending, Failure, FileReport, Format};

/// Most remedies shown with a finding.
const MOST_REMEDIES: usize = 4;
/// Why a write is not checked: it goes to memory, and an excerpt is asked for lines of its own only.
const NEVER_FAILS: &str =
    "a Vec takes every byte, and codespan is given indices of the excerpt alone";

/// The format for people.
pub struct Text {
    color: bool,
    quiet: bool,
    config: Config,
    styles: Styles,
}

impl Text {
    /// With ANSI colours if `color`; with `quiet`, without verdicts and closing counts.
    pub fn new(color: bool, quiet: bool) -> Self {
        let config = Config { tab_width: TAB_COLUMNS, ..Config::default() };
        Self { color, quiet, config, styles: Styles::default() }
    }

    fn write_to(
        &self,
        out: &mut Vec<u8>,
        write: impl FnOnce(&mut dyn WriteColor) -> io::Result<()>,
    ) {
        let written =
            if self.color { write(&mut Ansi::new(out)) } else { write(&mut NoColor::new(out)) };
        written.expect(NEVER_FAILS);
    }

    fn finding(&self, file: &FileReport<'_>, finding: &Found, out: &mut dyn WriteColor) {
        let name = file.name_for(finding);
        let path = printable(&name);
        let excerpt = Excerpt::new(&path, file, finding.span);
        // Codespan has no `info`; a note is what it is to rustc and to SARIF.
        let diagnostic = Diagnostic::new(match finding.severity {
            Severity::Error => CodespanSeverity::Error,
            Severity::Warning => CodespanSeverity::Warning,
            Severity::Info | Severity::Off => CodespanSeverity::Note,
        })
        .with_code(printable(&finding.rule))
        .with_message(printable(&finding.message))
        .with_labels(vec![Label::primary((), excerpt.label())])
        .with_notes(notes(finding));
        let mut styled = StylesWriter::new(out, &self.styles);
        emit_to_write_style(&mut styled, &self.config, &excerpt, &diagnostic).expect(NEVER_FAILS);
    }
}

impl Format for Text {
    fn file(&self, file: &FileReport<'_>, out: &mut Vec<u8>) {
        let name = file.name();
        let path = printable(&name);
        self.write_to(out, |out| {
            for finding in file.diagnostics() {
                self.finding(file, finding, out);
            }
            match file.verdict() {
                Some(verdict) if !self.quiet => write_verdict(&path, verdict, out),
                _ => Ok(()),
            }
        });
    }

    fn failure(&self, failure: &Failure, out: &mut Vec<u8>) {
        self.write_to(out, |out| {
            out.set_color(&self.styles.header_error)?;
            write!(out, "error")?;
            out.reset()?;
            writeln!(out, ": {}: {}\n", printable(&failure.path), printable(&failure.message))
        });
    }

    fn end(&self, ending: &Ending<'_>, out: &mut Vec<u8>) {
        if !self.quiet {
            out.extend_from_slice(closing(ending.summary).as_bytes());
        }
    }
}

/// Why, what to do, and how sure: the lines below the excerpt.
fn notes(finding: &Found) -> Vec<String> {
    let mut notes: Vec<String> =
        finding.notes.iter().map(|note| printable(note).into_owned()).collect();
    for (nth, fix) in finding.fixes.iter().take(MOST_REMEDIES).enumerate() {
        let or = if nth == 0 { "" } else { "or " };
        notes.push(format!("help: {or}{}", printable(&fix.title)));
    }
    if finding.fixes.len() > MOST_REMEDIES {
        notes.push(format!("help: or {} more", finding.fixes.len() - MOST_REMEDIES));
    }
    // What no rule weighed (encoding, settings) is a fact.
    if finding.evidence != LogOdds::EVEN {
        notes.push(format!("confidence {:.2}", shown(finding.posterior)));
    }
    notes
}

fn write_verdict(path: &str, verdict: &Verdict, out: &mut dyn WriteColor) -> io::Result<()> {
    let Some(what) = marks(verdict.level) else { return Ok(()) };
    let color = if verdict.level == Level::Reworded { Color::Red } else { Color::Yellow };
    write!(out, "{path}: ")?;
    out.set_color(ColorSpec::new().set_fg(Some(color)).set_bold(true))?;
    write!(out, "{what}")?;
    out.reset()?;
    writeln!(out, " ({})\n", figures(verdict))
}
