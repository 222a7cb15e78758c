//! One text: read, repaired, written or shown, and what is said of it then.

use std::fmt::Write as _;
use std::io::{self, Read as _};
use std::path::Path;

use unspin_apply::fix::{Repair, is_repairable, refusal, repair};
use unspin_apply::{unified_diff, write};
use unspin_lint::{Diagnosis, Document, Held, Markup, Report};
use unspin_linter::Linter;
use unspin_report::{Failure, FileReport, Format, Offsets, Rendered, printable};

use super::closing::Counts;
use super::task::Task;
use super::{Errand, Mode};
use crate::check::Rule;
use crate::{read, walk};

/// What became of a task.
#[derive(Default)]
pub(super) struct Done {
    pub(super) output: Output,
    /// The text, where it goes to standard output.
    pub(super) text: Option<Vec<u8>>,
    pub(super) counts: Counts,
    /// Whether what is left fails the policy.
    pub(super) fails: bool,
    pub(super) failure: Option<Failure>,
}

#[derive(Default)]
pub(super) enum Output {
    /// What is found in the text now.
    Report(Rendered),
    /// What would change, and what would be found then.
    Changes(Vec<u8>),
    #[default]
    Nothing,
}

/// Does one task.
pub(super) fn work(task: &Task, errand: &Errand<'_>, format: &dyn Format) -> Done {
    let unread = |path: &str, error: &io::Error| Done {
        failure: Some(Failure { path: path.to_owned(), message: walk::explain(error) }),
        ..Done::default()
    };
    match task {
        Task::File { path, by } => {
            let name = path.display().to_string();
            let bytes = match read::text(path) {
                Ok(bytes) => bytes,
                Err(message) => {
                    let failure = Some(Failure { path: name, message });
                    return Done { failure, ..Done::default() };
                }
            };
            let text = Text { name: &name, bytes: &bytes, by };
            text.work(Some(path), errand, format)
        }
        Task::Stdin { name, by } => {
            let mut bytes = Vec::new();
            if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
                return unread(name, &error);
            }
            let text = Text { name, bytes: &bytes, by };
            text.work(None, errand, format)
        }
        Task::Settings(file) => {
            let path = file.path.display().to_string();
            let said = Diagnosis::of_settings(&file.text, &file.problems);
            let report = FileReport::new(&path, &file.text, Offsets::File, &said);
            let fails = errand.judge.text(&said, None, None).is_some();
            Done { output: Output::Report(report.render(format)), fails, ..Done::default() }
        }
        Task::Failure(failure) => Done { failure: Some(failure.clone()), ..Done::default() },
    }
}

/// Checks a text under a verdict on it, if any.
pub(super) fn check(
    linter: &Linter,
    bytes: &[u8],
    markup: Markup,
    held: Option<&Held>,
) -> (Diagnosis, Held, Report) {
    let document = Document::read(bytes, markup);
    let (report, held) = linter.check_held(&document, held);
    (Diagnosis::new(&document, &report), held, report)
}

/// A text with what it is checked by.
struct Text<'a> {
    name: &'a str,
    bytes: &'a [u8],
    by: &'a Rule,
}

impl Text<'_> {
    fn work(&self, path: Option<&Path>, errand: &Errand<'_>, format: &dyn Format) -> Done {
        let markup = walk::markup(Path::new(self.name), self.bytes);
        let check = |bytes: &[u8], held: Option<&Held>| {
            let (diagnosis, held, _) = check(&self.by.governed.linter, bytes, markup, held);
            (diagnosis, held)
        };
        let failure = |message: String| Some(Failure { path: self.name.to_owned(), message });
        let as_it_is =
            || (path.is_none() && errand.mode == Mode::Write).then(|| self.bytes.to_vec());
        let fails = |left: &_| errand.judge.text(left, Some(&self.by.governed), None).is_some();
        if let Some(reason) = refusal(self.bytes) {
            let (found, _) = check(self.bytes, None);
            let wanted = |d: &_| is_repairable(self.source().as_bytes(), d, errand.allowed);
            let refused = found.diagnostics.iter().any(wanted);
            let failure = refused.then(|| failure(reason.to_owned())).flatten();
            let output = Output::Report(self.report(self.bytes, &found, format));
            return Done {
                output,
                text: as_it_is(),
                fails: fails(&found),
                failure,
                ..Done::default()
            };
        }
        let mut repair = repair(self.bytes, errand.allowed, check);
        repair.note_held_back();
        let left = &repair.left.diagnostics;
        let mut counts = Counts {
            made: repair.made.len(),
            files: usize::from(repair.text != self.bytes),
            unsettled: usize::from(!repair.converged),
            ..Counts::of_left(&repair.text, left, &repair.held_back, errand.allowed)
        };
        let (report, fails) =
            (self.report(&repair.text, &repair.left, format), fails(&repair.left));
        let changed = repair.text != self.bytes;
        match (errand.mode, path) {
            (Mode::Write, Some(path)) if changed => {
                if let Err(error) = write(path, self.bytes, &repair.text) {
                    counts = Counts::default();
                    let output = Output::Report(self.report(self.bytes, &repair.found, format));
                    let failure = failure(error.to_string());
                    return Done { output, counts, failure, ..Done::default() };
                }
                Done { output: Output::Report(report), counts, fails, ..Done::default() }
            }
            (Mode::Write, path) => {
                let text = path.is_none().then_some(repair.text);
                Done { output: Output::Report(report), text, counts, fails, ..Done::default() }
            }
            (Mode::Diff, _) => {
                let diff = unified_diff(Path::new(self.name), self.bytes, &repair.text);
                let output = Output::Changes(diff);
                Done { output, counts, fails, ..Done::default() }
            }
            (Mode::DryRun, _) => {
                let output = Output::Changes(self.list(&repair));
                Done { output, counts, fails, ..Done::default() }
            }
        }
    }

    fn source(&self) -> std::borrow::Cow<'_, str> {
        unspin_text::source::decode(self.bytes).0
    }

    fn report(&self, bytes: &[u8], said: &Diagnosis, format: &dyn Format) -> Rendered {
        let (source, encoding, _) = unspin_text::source::decode(bytes);
        let report = FileReport::new(self.name, &source, Offsets::of(encoding), said);
        report
            .with_model(self.by.model.as_deref())
            .with_bytes(bytes)
            .with_settings(&self.by.governed.differing)
            .render(format)
    }

    /// The fixes that would be made, a line each, by their places in the file as it is.
    fn list(&self, repair: &Repair) -> Vec<u8> {
        let (source, said) = (self.source(), Diagnosis::default());
        let file = FileReport::new(self.name, &source, Offsets::File, &said);
        let mut lines = String::new();
        for made in &repair.made {
            let at = file.position(made.span.start);
            let (name, rule) = (printable(self.name), printable(&made.rule));
            let (text, title) = (printable(&made.text), printable(&made.title));
            let _ =
                writeln!(lines, "{name}:{}:{}: [{rule}] \"{text}\": {title}", at.line, at.column);
        }
        lines.into_bytes()
    }
}
