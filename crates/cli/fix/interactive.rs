//! `unspin fix --interactive`: a person decides about each finding. Questions and answers are lines, so that any terminal
//! will do, and a pipe too.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use unspin_apply::fix::{Moved, Policy as Allowed, make, refusal};
use unspin_apply::write;
use unspin_lint::{
    Diagnosis, Diagnostic, Document, Edit, Held, Markup, Report, Safety, Span, touches_speech,
};
use unspin_linter::Linter;
use unspin_report::{Failure, FileReport, Format as _, Offsets, Text, printable};

use super::closing::Counts;
use super::repaired::check;
use super::task::{Task, tasks};
use super::{Errand, closed, sweep, tell};
use crate::check::Judge;
use crate::settings::{Governed, Linters};
use crate::{FAILED, FOUND, read, walk};

const HELP: &str = "\
a         accept the first suggestion
1, 2, ... accept the suggestion of that number
s         skip this finding
e         write what shall stand there
r         accept this one and all others of the rule, by their first suggestion
f         leave the rest of this file
q         stop; what was accepted so far is kept
";

/// Asks about every finding of every file, and returns the exit status.
pub(super) fn ask(errand: &Errand<'_>, color: bool, linter: &Linter) -> anyhow::Result<u8> {
    let mut linters = Linters::new(errand.policy, linter)?;
    let tasks = tasks(errand.paths, errand.stdin_filename, &mut linters);
    linters.expect_names()?;
    if tasks.iter().any(|task| matches!(task, Task::Stdin { .. })) {
        bail!("standard input cannot be both the text and the answers; name a file");
    }
    sweep(&tasks);
    let mut desk = Desk {
        input: io::stdin().lock(),
        out: io::stdout().lock(),
        echo: !io::stdin().is_terminal(),
        text: Text::new(color, true),
        // Whoever looks at each may accept what wants a look; somebody's words are another matter.
        allowed: Allowed { unsafe_fixes: true, quotations: errand.allowed.quotations },
        always: HashSet::new(),
    };
    let (mut failing, mut counts, mut failures) = (0, Counts::default(), 0);
    let mut stopped = None;
    for (nth, task) in tasks.iter().enumerate() {
        let done = match task {
            Task::File { path, by } => desk.file(path, &by.governed, errand.judge),
            Task::Settings(file) => {
                let path = file.path.display().to_string();
                let said = Diagnosis::of_settings(&file.text, &file.problems);
                let report = FileReport::new(&path, &file.text, Offsets::File, &said);
                let rendered = report.render(&desk.text);
                let shown = desk.out.write_all(rendered.bytes());
                let fails = errand.judge.text(&said, None, None).is_some();
                shown.map(|()| Visit { fails, ..Visit::default() })
            }
            Task::Failure(failure) => {
                Ok(Visit { failure: Some(failure.clone()), ..Visit::default() })
            }
            Task::Stdin { .. } => Ok(Visit::default()),
        };
        let visit = match done {
            Ok(visit) => visit,
            Err(error) => return closed(error, errand.status(failing, 0, failures)),
        };
        failing += usize::from(visit.fails);
        counts += visit.counts;
        if let Some(failure) = visit.failure {
            failures += 1;
            tell(&failure).context("writing to standard error")?;
        }
        if visit.stop {
            stopped = Some(tasks.len() - nth - 1);
            break;
        }
    }
    let mut said = counts.said(true, desk.allowed);
    if let Some(files @ 1..) = stopped {
        let plural = if files == 1 { "" } else { "s" };
        let _ = writeln!(said, "stopped before {files} file{plural}");
    }
    let status = match errand.status(failing, 0, failures) {
        FAILED => FAILED,
        // Nobody knows what the rest holds.
        _ if stopped.is_some_and(|files| files > 0) => FOUND,
        status => status,
    };
    let said = if errand.quiet { "" } else { &said };
    let end = desk.out.write_all(said.as_bytes()).and_then(|()| desk.out.flush());
    end.map_or_else(|error| closed(error, status), |()| Ok(status))
}

/// What became of a file.
#[derive(Default)]
struct Visit {
    /// Whether what is left fails the policy.
    fails: bool,
    counts: Counts,
    failure: Option<Failure>,
    /// Whether no other file is wanted.
    stop: bool,
}

enum Answer {
    Accept(usize),
    Write(String),
    Skip,
    LeaveFile,
    Stop,
}

struct Desk<R, W> {
    input: R,
    out: W,
    /// Whether answers are written out, since no terminal shows them.
    echo: bool,
    text: Text,
    allowed: Allowed,
    /// Rules whose findings are repaired unasked from now on.
    always: HashSet<Cow<'static, str>>,
}

/// A file that is being worked on.
struct Page<'a> {
    name: &'a str,
    markup: Markup,
    linter: &'a Linter,
    text: Vec<u8>,
    /// The first verdict, under which later states are looked at.
    held: Held,
    diagnosis: Diagnosis,
    report: Report,
    /// Findings that were answered, by place and rule.
    answered: Vec<(Span, Cow<'static, str>)>,
    made: usize,
}

impl<R: BufRead, W: Write> Desk<R, W> {
    fn file(&mut self, path: &Path, governed: &Governed, judge: Judge) -> io::Result<Visit> {
        let linter = governed.linter.as_ref();
        let fails = |left: &_| judge.text(left, Some(governed), None).is_some();
        let name = path.display().to_string();
        let failed = |message: String| Some(Failure { path: name.clone(), message });
        let bytes = match read::text(path) {
            Ok(bytes) => bytes,
            Err(message) => return Ok(Visit { failure: failed(message), ..Visit::default() }),
        };
        let markup = walk::markup(path, &bytes);
        let (diagnosis, held, report) = check(linter, &bytes, markup, None);
        if let Some(reason) = refusal(&bytes).filter(|_| !diagnosis.diagnostics.is_empty()) {
            let fails = fails(&diagnosis);
            return Ok(Visit { fails, failure: failed(reason.into()), ..Visit::default() });
        }
        let (text, answered, made) = (bytes.clone(), Vec::new(), 0);
        let mut page =
            Page { name: &name, markup, linter, text, held, diagnosis, report, answered, made };
        let stop = self.questions(&mut page)?;
        let changed = page.text != bytes;
        if changed && let Err(error) = write(path, &bytes, &page.text) {
            let (found, ..) = check(linter, &bytes, markup, None);
            let fails = fails(&found);
            let failure = failed(error.to_string());
            return Ok(Visit { fails, failure, stop, ..Visit::default() });
        }
        let fails = fails(&page.diagnosis);
        let counts = Counts { made: page.made, files: usize::from(changed), ..Counts::default() };
        Ok(Visit { fails, counts, failure: None, stop })
    }

    /// Asks about the findings of a page; returns whether no other page is wanted.
    fn questions(&mut self, page: &mut Page<'_>) -> io::Result<bool> {
        while let Some(finding) = page.next().cloned() {
            let key = (finding.span, finding.rule.clone());
            let first = finding.fixes.iter().position(|fix| self.may_be_made(fix));
            if let Some(nth) = first.filter(|_| self.always.contains(&finding.rule)) {
                // Answered before it is made: a rule that finds fault with its own fix would have no end.
                page.answered.push(key);
                page.make(&finding.fixes[nth].edits);
                continue;
            }
            self.show(page, &finding)?;
            match self.answer(page, &finding, first)? {
                Answer::Accept(nth) => {
                    if !page.make(&finding.fixes[nth].edits) {
                        page.answered.push(key);
                    }
                }
                Answer::Write(by) => {
                    if let Some(edit) = self.typed(page, &finding, &by)? {
                        page.make(&[edit]);
                    }
                }
                Answer::Skip => page.answered.push(key),
                Answer::LeaveFile => return Ok(false),
                Answer::Stop => return Ok(true),
            }
        }
        Ok(false)
    }

    fn may_be_made(&self, fix: &unspin_lint::SourceFix) -> bool {
        self.allowed.allows(fix.safety) && !fix.edits.is_empty()
    }

    /// The finding as `check` shows it, its suggestions numbered.
    fn show(&mut self, page: &Page<'_>, finding: &Diagnostic) -> io::Result<()> {
        let (source, ..) = unspin_text::source::decode(&page.text);
        let mut alone = finding.clone();
        alone.fixes.clear();
        let said = Diagnosis { verdict: None, diagnostics: vec![alone] };
        let mut shown = Vec::new();
        self.text.file(&FileReport::new(page.name, &source, Offsets::File, &said), &mut shown);
        self.out.write_all(&shown)?;
        for (nth, fix) in finding.fixes.iter().enumerate() {
            let why = match fix.safety {
                _ if self.may_be_made(fix) => "",
                Safety::Quoted => " (quoted words: start with --unsafe-fixes --quotations)",
                _ => " (shown only)",
            };
            writeln!(self.out, "{:3}  {}{why}", nth + 1, printable(&fix.title))?;
        }
        Ok(())
    }

    fn answer(
        &mut self,
        page: &Page<'_>,
        finding: &Diagnostic,
        first: Option<usize>,
    ) -> io::Result<Answer> {
        let keys = if first.is_some() { "a, number, s, e, r, f, q, ?" } else { "s, e, f, q, ?" };
        loop {
            let Some(line) = self.line(&format!("{}: {keys} > ", printable(page.name)))? else {
                return Ok(Answer::Stop);
            };
            let refused = match (line.trim(), first) {
                ("a", Some(nth)) => return Ok(Answer::Accept(nth)),
                ("r", Some(nth)) => {
                    self.always.insert(finding.rule.clone());
                    return Ok(Answer::Accept(nth));
                }
                ("a" | "r", None) => "nothing here can be accepted",
                ("s", _) => return Ok(Answer::Skip),
                ("f", _) => return Ok(Answer::LeaveFile),
                ("q", _) => return Ok(Answer::Stop),
                ("e", _) => match self.line("in its place: ")? {
                    None => return Ok(Answer::Stop),
                    Some(by) if by.is_empty() => "nothing was written; `s` skips the finding",
                    Some(by) => return Ok(Answer::Write(by)),
                },
                ("?", _) => HELP.trim_end(),
                (number, _) => match number.parse::<usize>().map(|nth| nth.wrapping_sub(1)) {
                    Ok(nth) if finding.fixes.get(nth).is_some_and(|f| self.may_be_made(f)) => {
                        return Ok(Answer::Accept(nth));
                    }
                    Ok(_) => "there is no such suggestion that can be accepted",
                    Err(_) => "one of the letters, or the number of a suggestion; ? explains them",
                },
            };
            writeln!(self.out, "{refused}")?;
        }
    }

    /// The edit that puts somebody's own words in the place of a finding.
    fn typed(
        &mut self,
        page: &Page<'_>,
        finding: &Diagnostic,
        by: &str,
    ) -> io::Result<Option<Edit>> {
        let document = Document::read(&page.text, page.markup);
        let place = page.report.findings.iter().find(|found| {
            found.rule == finding.rule && document.in_source(found.span) == finding.span
        });
        let refused = match place {
            None => "this finding has no place in the text",
            Some(found) if !self.allowed.quotations && touches_speech(&document, found.span) => {
                "these are quoted words: start with --unsafe-fixes --quotations to change them"
            }
            Some(found) => match document.source_edit(found.span, by) {
                Some((span, text)) => return Ok(Some(Edit { span, text })),
                None => "markup stands between the words: change it in an editor",
            },
        };
        writeln!(self.out, "{refused}")?;
        Ok(None)
    }

    /// A line of input without its end; `None` where there is no more.
    fn line(&mut self, question: &str) -> io::Result<Option<String>> {
        write!(self.out, "{question}")?;
        self.out.flush()?;
        let mut line = Vec::new();
        let read = self.input.read_until(b'\n', &mut line)?;
        let line = String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned();
        if self.echo || read == 0 {
            writeln!(self.out, "{}", printable(&line))?;
        }
        Ok((read > 0).then_some(line))
    }
}

impl Page<'_> {
    /// The next finding that nobody was asked about. What is said of the bytes and of settings is no question.
    fn next(&self) -> Option<&Diagnostic> {
        self.diagnosis.diagnostics.iter().find(|d| {
            let about_words = self.linter.rules().state(&d.rule).is_some() && !d.text.is_empty();
            let answered = |(span, rule): &(Span, _)| *span == d.span && *rule == d.rule;
            about_words && !self.answered.iter().any(answered)
        })
    }

    /// Makes a fix and looks at the text again; returns whether it changed anything.
    fn make(&mut self, edits: &[Edit]) -> bool {
        let Some((text, moved)) = make(&self.text, edits) else { return false };
        self.text = text;
        self.made += 1;
        self.follow(&moved);
        let (diagnosis, _, report) = check(self.linter, &self.text, self.markup, Some(&self.held));
        (self.diagnosis, self.report) = (diagnosis, report);
        true
    }

    fn follow(&mut self, moved: &Moved) {
        for (span, _) in &mut self.answered {
            *span = moved.span(*span);
        }
    }
}
