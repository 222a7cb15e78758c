//! The exit status of a check, and which line of the policy decided.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use unspin_lint::{Decision, Diagnosis, Gate, Level, Origin, Severity, Stack};
use unspin_report::printable;

use crate::args::FailOn;
use crate::settings::{Governed, place};
use crate::{CLEAN, FAILED, FOUND};

/// Most texts that are told by name; a person has seen enough then.
const MOST_TOLD: usize = 20;

/// What decides on texts: `[gate]` of the settings, unless the command line names a severity.
#[derive(Clone, Copy)]
pub(crate) struct Judge {
    fail_on: Option<FailOn>,
}

/// Why a text fails, for people.
pub(crate) struct Failing {
    line: String,
    why: String,
}

impl Judge {
    pub(crate) fn new(fail_on: Option<FailOn>) -> Self {
        Self { fail_on }
    }

    /// Whether a text fails, and why. `known` is the level that its verdict had when a baseline was taken.
    pub(crate) fn text(
        self,
        said: &Diagnosis,
        governed: Option<&Governed>,
        known: Option<Level>,
    ) -> Option<Failing> {
        if let Some(fail_on) = self.fail_on {
            let least = fail_on.severity()?;
            let count = said.diagnostics.iter().filter(|found| found.severity >= least).count();
            let noun = if count == 1 { "finding" } else { "findings" };
            let why = format!("{count} {noun} of severity {least} or above");
            return (count > 0).then(|| Failing { line: command_line(fail_on), why });
        }
        let usual = Gate::default();
        let gate = governed.map_or(&usual, |governed| &governed.settings.gate);
        let Decision { line, why, origin } = gate.judge(said, known)?;
        let stack = governed.map(|governed| governed.stack.as_ref());
        Some(Failing { line: written(&line, origin, stack), why })
    }

    /// The lines that hold for a text.
    fn lines(self, governed: &Governed) -> Vec<String> {
        if let Some(fail_on) = self.fail_on {
            return vec![command_line(fail_on)];
        }
        let lines = governed.settings.gate.lines().into_iter();
        lines.map(|(line, origin)| written(&line, origin, Some(&governed.stack))).collect()
    }
}

/// What a run comes to.
#[derive(Default)]
pub(crate) struct Exit {
    /// Texts that fail, the first ones by name.
    told: Vec<String>,
    failing: usize,
    lines: BTreeSet<String>,
}

impl Exit {
    /// Takes note of the policy that holds for a text.
    pub(crate) fn under(&mut self, judge: Judge, governed: &Governed) {
        self.lines.extend(judge.lines(governed));
    }

    /// Takes note of a text that fails.
    pub(crate) fn failing(&mut self, name: &str, Failing { line, why }: &Failing) {
        self.failing += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(format!("{}: {why}; {line}", printable(name)));
        }
    }

    /// The exit status, where so many files could not be checked.
    pub(crate) fn status(&self, failures: usize) -> u8 {
        match (failures, self.failing) {
            (1.., _) => FAILED,
            (0, 1..) => FOUND,
            (0, 0) => CLEAN,
        }
    }

    /// Tells on standard error which line of which policy decided.
    pub(crate) fn explain(&self, failures: usize) {
        let mut text = format!("exit status {}", self.status(failures));
        text.push_str(match self.status(failures) {
            FAILED => ": something could not be checked",
            FOUND => "",
            _ => ": no text reaches a line of the policy",
        });
        text.push('\n');
        for told in &self.told {
            let _ = writeln!(text, "  {told}");
        }
        if self.failing > self.told.len() {
            let _ = writeln!(text, "  and {} more", self.failing - self.told.len());
        }
        if self.failing == 0 {
            for line in &self.lines {
                let _ = writeln!(text, "  {line}");
            }
        }
        // Nothing is left to tell anybody if standard error is closed.
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

fn command_line(fail_on: FailOn) -> String {
    let name = fail_on.severity().map_or("never", Severity::as_str);
    format!("`--fail-on {name}` on the command line")
}

/// A line of a policy and where it stands.
fn written(line: &str, origin: Option<Origin>, stack: Option<&Stack>) -> String {
    let place = origin.zip(stack).map(|(origin, stack)| place(stack, origin));
    format!("`gate.{line}` ({})", place.as_deref().unwrap_or("default"))
}
