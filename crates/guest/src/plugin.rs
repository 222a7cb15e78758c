//! A plugin and its rules, as its author declares them.

use crate::wire::{Reader, put_text, put_u32};
use crate::{Document, Explanation, Finding, OptionKind, OptionMeta, Options, Span};

/// What a rule does: everything that it sees in the document, weak or strong.
pub type Check = fn(&Document<'_>, &Options<'_>) -> Vec<Finding>;
/// What a rule says of the words in a span when it is asked.
pub type Explain = fn(&Document<'_>, &Options<'_>, Span) -> Vec<Explanation>;

/// How much a finding matters where no settings say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Not shown.
    Off,
    /// Shown; never fails a check by default.
    Info,
    /// Shown; fails a check by default.
    Warning,
    /// Shown; fails a check.
    Error,
}

/// The least text that a rule must see again after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One word and its neighbours.
    Word,
    /// One sentence.
    Sentence,
    /// One paragraph.
    Paragraph,
    /// Everything.
    Document,
}

/// What a module holds.
pub struct Plugin {
    /// Its version, which `env!("CARGO_PKG_VERSION")` knows.
    pub version: &'static str,
    /// Its licence, an SPDX expression; may be empty.
    pub license: &'static str,
    /// Its rules, one at least, each with an id of its own.
    pub rules: &'static [Rule],
}

/// A rule.
#[derive(Clone, Copy)]
pub struct Rule {
    id: &'static str,
    page: &'static str,
    severity: Severity,
    scope: Scope,
    min_confidence: f64,
    options: &'static [OptionMeta],
    check: Check,
    explain: Option<Explain>,
}

impl Rule {
    /// A rule of severity `warning` whose findings are shown from a confidence of 0.5, without options. `id` is the
    /// kebab-case name of the fault, `page` its documentation in Markdown, whose fences are its tests.
    pub const fn new(id: &'static str, page: &'static str, check: Check) -> Self {
        Self {
            id,
            page,
            severity: Severity::Warning,
            scope: Scope::Sentence,
            min_confidence: 0.5,
            options: &[],
            check,
            explain: None,
        }
    }

    /// Sets how much its findings matter.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets what it must see again after a change.
    #[must_use]
    pub const fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Sets the confidence, 0 to 1, from which its findings are shown.
    #[must_use]
    pub const fn min_confidence(mut self, least: f64) -> Self {
        self.min_confidence = least;
        self
    }

    /// Sets its options.
    #[must_use]
    pub const fn options(mut self, options: &'static [OptionMeta]) -> Self {
        self.options = options;
        self
    }

    /// Sets what it says when somebody asks.
    #[must_use]
    pub const fn explain(mut self, explain: Explain) -> Self {
        self.explain = Some(explain);
        self
    }

    fn put(&self, out: &mut Vec<u8>) {
        put_text(out, self.id);
        out.push(self.severity as u8);
        out.push(self.scope as u8);
        put_u32(out, (self.min_confidence * 1000.0).round() as u32);
        put_text(out, self.page);
        put_u32(out, self.options.len() as u32);
        for option in self.options {
            put_text(out, option.name);
            match option.kind {
                OptionKind::Boolean(default) => out.extend([0, u8::from(default)]),
                OptionKind::Integer { default, least, most } => {
                    out.push(1);
                    for n in &[default, least, most] {
                        out.extend(n.to_le_bytes());
                    }
                }
                OptionKind::Texts(texts) => {
                    out.push(2);
                    put_u32(out, texts.len() as u32);
                    for text in texts {
                        put_text(out, text);
                    }
                }
            }
            put_text(out, option.doc);
        }
    }
}

/// The three things that a host asks, each as bytes; `ABI.md` of the host says which.
///
/// # Panics
/// If an input is not what the host writes.
impl Plugin {
    /// What it is.
    pub fn describe(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_text(&mut out, self.version);
        put_text(&mut out, self.license);
        put_u32(&mut out, self.rules.len() as u32);
        for rule in self.rules {
            rule.put(&mut out);
        }
        out
    }

    /// What a rule finds.
    pub fn check(&self, input: &[u8]) -> Vec<u8> {
        let mut reader = Reader(input);
        let rule = &self.rules[reader.u32() as usize];
        let options = Options::read(&mut reader, rule.options);
        let found = (rule.check)(&Document::read(&mut reader), &options);
        let mut out = Vec::new();
        put_u32(&mut out, found.len() as u32);
        for finding in &found {
            finding.put(&mut out);
        }
        out
    }

    /// What a rule explains.
    pub fn explain(&self, input: &[u8]) -> Vec<u8> {
        let mut reader = Reader(input);
        let rule = &self.rules[reader.u32() as usize];
        let options = Options::read(&mut reader, rule.options);
        let span = Span { start: reader.u32(), end: reader.u32() };
        let document = Document::read(&mut reader);
        let said = rule.explain.map_or(Vec::new(), |explain| explain(&document, &options, span));
        let mut out = Vec::new();
        put_u32(&mut out, said.len() as u32);
        for explanation in &said {
            explanation.put(&mut out);
        }
        out
    }

    /// What the export of this name answers; `None` for a name that is none. For native tests, with
    /// `unspin_plugins::load_native`.
    pub fn answer(&self, export: &str, input: &[u8]) -> Option<Vec<u8>> {
        match export {
            "unspin_v1_describe" => Some(self.describe()),
            "unspin_v1_check" => Some(self.check(input)),
            "unspin_v1_explain" => Some(self.explain(input)),
            _ => None,
        }
    }
}
