//! For people: each finding with the line it stands in, then what can be said of the file and of the run.

use std::io;

use codespan_reporting::diagnostic::{Diagnostic, Label, Severity as CodespanSeverity};
use codespan_reporting::term::termcolor::{Ansi, Color, ColorSpec, NoColor, WriteColor};
use codespan_reporting::term::{Config, Styles, StylesWriter, emit_to_write_style};
use unspin_lint::{Diagnostic as Found, Level, LogOdds, Severity, Verdict};

use crate::excerpt::{Excerpt, TAB_COLUMNS};
use crate::printable::printable;
use crate::{Failure, FileReport, Format, Summary};

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

    fn finding(
        &self,
        path: &str,
        file: &FileReport<'_>,
        finding: &Found,
        out: &mut dyn WriteColor,
    ) {
        let excerpt = Excerpt::new(path, file, finding.span);
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
                self.finding(&path, file, finding, out);
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

    fn end(&self, summary: &Summary, _failures: &[Failure], out: &mut Vec<u8>) {
        if !self.quiet {
            out.extend_from_slice(closing(summary).as_bytes());
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

/// A probability that never reads as certainty when shown with two decimals.
pub(crate) fn shown(log_odds: LogOdds) -> f64 {
    log_odds.probability().clamp(0.01, 0.99)
}

fn write_verdict(path: &str, verdict: &Verdict, out: &mut dyn WriteColor) -> io::Result<()> {
    let (what, color) = match verdict.level {
        Level::Reworded => ("marks of automatic rewording", Color::Red),
        Level::Doubtful => ("marks of automatic rewording, too few to be sure", Color::Yellow),
        Level::Clean | Level::Unknown => return Ok(()),
    };
    write!(out, "{path}: ")?;
    out.set_color(ColorSpec::new().set_fg(Some(color)).set_bold(true))?;
    write!(out, "{what}")?;
    out.reset()?;
    let (score, marks, words) =
        (shown(verdict.score), counted(verdict.marks, "mark"), counted(verdict.words, "word"));
    write!(out, " (score {score:.2}, {marks} in {words}")?;
    if let Some(one_in) = verdict.rarity.and_then(one_in) {
        write!(out, "; fewer than 1 in {} clean texts score so high", grouped(one_in))?;
    }
    writeln!(out, ")\n")
}

/// The `n` of "fewer than 1 in n" for a share, rounded down to one digit; `None` where it would impress nobody.
fn one_in(share: f64) -> Option<usize> {
    // A reciprocal may come out a hair below the round number it is.
    let n = (1.0 / share + 1e-6).min(1e9) as usize;
    let unit = 10_usize.pow(n.checked_ilog10()?);
    (n >= 10).then_some(n / unit * unit)
}

fn closing(summary: &Summary) -> String {
    let kinds = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "note")];
    let parts: Vec<_> =
        kinds.into_iter().filter(|(n, _)| *n > 0).map(|(n, kind)| counted(n, kind)).collect();
    let findings = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
    let files = match (summary.files, summary.files_with_findings) {
        (all @ ..2, _) | (all, 0) => counted(all, "file"),
        (all, some) => format!("{} of {}", grouped(some), counted(all, "file")),
    };
    let failures = match summary.failures {
        0 => String::new(),
        n => format!("; {} could not be checked", counted(n, "file")),
    };
    format!("{findings} in {files} ({}){failures}\n", counted(summary.words, "word"))
}

fn counted(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A number with a comma before each three digits, as English prose has it.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_without_overstating_them() {
        assert_eq!(one_in(0.001), Some(1000));
        assert_eq!(one_in(0.000_96), Some(1000));
        assert_eq!(one_in(0.001_1), Some(900));
        assert_eq!(one_in(0.1), Some(10));
        assert_eq!((one_in(0.2), one_in(1.0)), (None, None));
        assert_eq!(one_in(0.0), Some(1_000_000_000));
    }

    #[test]
    fn closing_counts_name_only_what_there_is() {
        let clean = Summary { files: 3, words: 1412, ..Summary::default() };
        assert_eq!(closing(&clean), "no findings in 3 files (1,412 words)\n");
        let some = Summary {
            findings: 4,
            files_with_findings: 1,
            errors: 2,
            warnings: 1,
            infos: 1,
            ..clean
        };
        assert_eq!(closing(&some), "2 errors, 1 warning, 1 note in 1 of 3 files (1,412 words)\n");
        let one = Summary { files: 1, failures: 1, words: 1, ..some };
        assert_eq!(
            closing(&one),
            "2 errors, 1 warning, 1 note in 1 file (1 word); 1 file could not be checked\n"
        );
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1016, 1_000_000].map(grouped), ["0", "999", "1,016", "1,000,000"]);
    }
}
