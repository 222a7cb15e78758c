//! `unspin config show`: what the settings come to for one file, and why.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use unspin_lint::{Diagnosis, Origin, RuleState, Settings, Severity, Sourced, Term};
use unspin_linter::Linter;
use unspin_report::{Concise, FileReport, Offsets, printable};

use crate::args::{Policy, Show};
use crate::settings::{Governed, Linters, News, place, shown_name};
use crate::{CLEAN, FAILED};

/// Columns before an origin, in code points.
const MARGIN: usize = 40;
/// Where a value comes from that nobody set.
const DEFAULT: &str = "default";

/// Prints the settings and returns the exit status: what is wrong in them is told on standard error and is 2.
pub(crate) fn show(arguments: &Show, linter: &Linter) -> anyhow::Result<u8> {
    let mut linters = Linters::new(&arguments.policy, linter)?;
    let (governed, news) = match &arguments.file {
        Some(file) => linters.for_file(file),
        None => linters.for_any_file(),
    };
    let status = tell(&news);
    linters.expect_names()?;
    let page = Page::new(&governed, &arguments.policy, arguments.origin).write();
    crate::print(page.as_bytes()).map(|_| status)
}

/// Tells on standard error what is wrong in settings files and packs; returns the exit status that it makes.
pub(crate) fn tell(news: &[News]) -> u8 {
    for news in news {
        // Nothing is left to tell anybody if standard error is closed.
        let _ = io::stderr().write_all(&told(news));
    }
    if news.is_empty() { CLEAN } else { FAILED }
}

/// What is wrong with a settings file, one line a problem.
fn told(news: &News) -> Vec<u8> {
    match news {
        News::Problems(file) => {
            let path = file.path.display().to_string();
            let said = Diagnosis::of_settings(&file.text, &file.problems);
            FileReport::new(&path, &file.text, Offsets::File, &said)
                .render(&Concise)
                .bytes()
                .to_vec()
        }
        News::Unreadable { path, message } => {
            format!("{}: error: {message}\n", printable(&path.display().to_string())).into_bytes()
        }
    }
}

/// The settings that hold for a file, as a `lint.toml` of what is not as usual; empty where all is.
pub(crate) fn differing(governed: &Governed, policy: &Policy) -> String {
    let page = Page { leaves_defaults_out: true, ..Page::new(governed, policy, false) };
    page.write().trim_end().to_owned()
}

struct Page<'a> {
    governed: &'a Governed,
    policy: &'a Policy,
    with_origin: bool,
    leaves_defaults_out: bool,
    text: String,
}

impl<'a> Page<'a> {
    fn new(governed: &'a Governed, policy: &'a Policy, with_origin: bool) -> Self {
        Self { governed, policy, with_origin, leaves_defaults_out: false, text: String::new() }
    }

    fn write(mut self) -> String {
        let governed = self.governed;
        let (stack, settings) = (&governed.stack, &governed.settings);
        if self.with_origin {
            match stack.files() {
                [] => self.text.push_str("# no lint.toml governs it\n"),
                files => {
                    for (at, file) in files.iter().enumerate() {
                        let role = if at == 0 { "governed by" } else { "which extends" };
                        let _ = writeln!(self.text, "# {role} {}", shown_name(&file.path));
                    }
                }
            }
        }
        match (&self.policy.model, &settings.model) {
            (Some(model), _) => {
                let model = format!("model = {}", quoted(&model.display().to_string()));
                self.line(&model, "command line");
            }
            (None, Some(model)) => self.model(model),
            (None, None) if self.with_origin => self.line("# model: the one inside", DEFAULT),
            (None, None) => {}
        }
        self.packs(settings);
        self.plugins(settings);
        self.gate(settings);
        for state in governed.linter.rules().states() {
            self.rule(state, settings);
        }
        if !settings.accept.is_empty() || !settings.reject.is_empty() {
            self.text.push_str("\n[vocabulary]\n");
            self.terms("accept", &settings.accept);
            self.terms("reject", &settings.reject);
        }
        self.text.trim_start().to_owned()
    }

    fn model(&mut self, model: &Sourced<String>) {
        let path = self.path(&model.value, model.origin);
        self.sourced(&format!("model = {}", quoted(&path)), model.origin);
    }

    /// A path as it would have to stand in the governing file.
    fn path(&self, named: &str, origin: Origin) -> String {
        let files = self.governed.stack.files();
        let folder = |file: usize| files[file].path.parent().unwrap_or(Path::new(""));
        let (own, governing) = (folder(origin.file), folder(0));
        if own == governing { named.to_owned() } else { own.join(named).display().to_string() }
    }

    fn packs(&mut self, settings: &Settings) {
        if settings.packs.is_empty() {
            return;
        }
        self.text.push_str("packs = [\n");
        for Sourced { value, origin } in &settings.packs {
            let path = self.path(value, *origin);
            self.sourced(&format!("  {},", quoted(&path)), *origin);
        }
        self.text.push_str("]\n");
    }

    fn plugins(&mut self, settings: &Settings) {
        if settings.plugins.is_empty() {
            return;
        }
        self.text.push_str("\n[plugins]\n");
        for Sourced { value: plugin, origin } in &settings.plugins {
            let path = quoted(&self.path(&plugin.path, *origin));
            let value = match &plugin.sha256 {
                Some(hash) => format!("{{ path = {path}, sha256 = {} }}", quoted(hash)),
                None => path,
            };
            self.sourced(&format!("{} = {value}", plugin.name), *origin);
        }
    }

    fn gate(&mut self, settings: &Settings) {
        let heading = self.heading("gate");
        for (line, origin) in settings.gate.lines() {
            match origin {
                Some(origin) => self.sourced(&line, origin),
                None => self.line(&line, DEFAULT),
            }
        }
        self.close(heading);
    }

    /// Opens a table and returns where it begins and where its lines do.
    fn heading(&mut self, name: &str) -> (usize, usize) {
        let start = self.text.len();
        let _ = write!(self.text, "\n[{name}]\n");
        (start, self.text.len())
    }

    /// Takes the table back if nothing stands in it.
    fn close(&mut self, (start, lines): (usize, usize)) {
        if self.text.len() == lines {
            self.text.truncate(start);
        }
    }

    fn rule(&mut self, state: &RuleState, settings: &Settings) {
        let meta = state.rule.meta();
        let none = unspin_lint::RuleSettings::default();
        let own = settings.rules.get(meta.id.as_ref()).unwrap_or(&none);
        let heading = self.heading(&format!("rules.{}", meta.id));
        let severity = |severity: Severity| format!("severity = \"{severity}\"");
        // The last of several on the command line wins.
        match self.policy.severity.iter().rev().find(|(rule, _)| *rule == meta.id) {
            Some((_, set)) => self.line(&severity(*set), "command line"),
            None => self.value(&severity(state.severity), own.severity.as_ref()),
        }
        let least = own.min_confidence.as_ref().map_or(meta.min_confidence, |least| least.value);
        self.value(&format!("min-confidence = {least:?}"), own.min_confidence.as_ref());
        self.value(&format!("evidence = {}", state.counts), own.evidence.as_ref());
        for option in meta.options.iter() {
            let set = own.options.get(option.name.as_ref());
            let value = set.map_or_else(|| option.kind.default(), |set| set.value.clone());
            self.value(&format!("{} = {value}", option.name), set);
        }
        if !state.shown {
            self.line("# not shown", "command line");
        }
        self.close(heading);
    }

    fn terms(&mut self, list: &str, terms: &[Sourced<Term>]) {
        if terms.is_empty() {
            return;
        }
        let _ = writeln!(self.text, "{list} = [");
        for Sourced { value: term, origin } in terms {
            let mut text = quoted(&term.text);
            if !term.inflect || !term.suggestions.is_empty() {
                text = format!("{{ term = {text}");
                if !term.suggestions.is_empty() {
                    let list: Vec<String> = term.suggestions.iter().map(|s| quoted(s)).collect();
                    let _ = write!(text, ", suggest = [{}]", list.join(", "));
                }
                text.push_str(if term.inflect { " }" } else { ", inflect = false }" });
            }
            self.sourced(&format!("  {text},"), *origin);
        }
        self.text.push_str("]\n");
    }

    fn value<T>(&mut self, text: &str, set: Option<&Sourced<T>>) {
        match set {
            Some(set) => self.sourced(text, set.origin),
            None => self.line(text, DEFAULT),
        }
    }

    fn sourced(&mut self, text: &str, origin: Origin) {
        let place = place(&self.governed.stack, origin);
        self.line(text, &place);
    }

    /// A setting, of several lines where its value was written so.
    fn line(&mut self, text: &str, origin: &str) {
        if self.leaves_defaults_out && origin == DEFAULT {
            return;
        }
        let lines: Vec<_> = text.lines().map(printable).collect();
        let text = lines.join("\n");
        let _ = if self.with_origin {
            writeln!(self.text, "{text:<MARGIN$} # {origin}")
        } else {
            writeln!(self.text, "{text}")
        };
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}
