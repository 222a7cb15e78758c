//! The formats there are, by name.

use crate::{
    Checkstyle, Concise, Format, Github, Gitlab, Html, Json, JsonLines, Junit, Markdown, Rdjson,
    RdjsonLines, RuleInfo, Sarif, Text, Tool,
};

/// A format by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatName {
    /// As somebody asks for it.
    pub name: &'static str,
    /// What it is: a phrase without a final stop.
    pub about: &'static str,
}

/// What a report is made with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The program and model.
    pub tool: Tool,
    /// The rules that hold in the run.
    pub rules: Vec<RuleInfo>,
    /// Whether `text` has colours.
    pub color: bool,
    /// Whether `text` leaves verdicts and counts out.
    pub quiet: bool,
    /// Whether `html` holds the whole texts, and not the sentences alone that have findings.
    pub full: bool,
}

/// All formats, those for people first.
pub const fn formats() -> &'static [FormatName] {
    const fn of(name: &'static str, about: &'static str) -> FormatName {
        FormatName { name, about }
    }
    const {
        &[
            of("text", "for people: each finding with the line it stands in"),
            of("concise", "one line a finding"),
            of("html", "one page to read, print and send, without the network"),
            of("markdown", "a summary for a pull request"),
            of("json", "one JSON object, stable within its schema"),
            of("jsonl", "one JSON object a line and file, as the run goes on"),
            of("sarif", "SARIF 2.1.0, for code scanning"),
            of("github", "annotations in GitHub Actions"),
            of("gitlab", "code quality report of GitLab"),
            of("junit", "JUnit XML, for test results"),
            of("checkstyle", "Checkstyle XML"),
            of("rdjson", "diagnostics for reviewdog"),
            of("rdjsonl", "diagnostics for reviewdog, one a line"),
        ]
    }
}

/// The format of this name; `None` if it is none of [`formats`].
pub fn format(name: &str, setup: Setup) -> Option<Box<dyn Format>> {
    let Setup { tool, rules, color, quiet, full } = setup;
    Some(match name {
        "text" => Box::new(Text::new(color, quiet)),
        "concise" => Box::new(Concise),
        "html" => Box::new(Html::new(tool, rules, full)),
        "markdown" => Box::new(Markdown),
        "json" => Box::new(Json::new(tool)),
        "jsonl" => Box::new(JsonLines),
        "sarif" => Box::new(Sarif::new(tool, rules)),
        "github" => Box::new(Github),
        "gitlab" => Box::new(Gitlab),
        "junit" => Box::new(Junit),
        "checkstyle" => Box::new(Checkstyle),
        "rdjson" => Box::new(Rdjson::new(tool)),
        "rdjsonl" => Box::new(RdjsonLines::new(tool)),
        _ => return None,
    })
}
