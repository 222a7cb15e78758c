//! The tool and its rules.

use serde::Serialize;
use unspin_lint::Severity;

use super::Text;
use crate::{RuleInfo, Tool};

#[derive(Serialize)]
pub(super) struct ToolMember<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    semantic_version: &'a str,
    short_description: Text<'static>,
    rules: Vec<Descriptor<'a>>,
    properties: DriverProperties<'a>,
}

#[derive(Serialize)]
struct DriverProperties<'a> {
    model: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    short_description: Text<'a>,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

/// The same words, to be read as they are and as Markdown.
#[derive(Serialize)]
struct Message {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    family: &'a str,
    tags: [&'a str; 1],
}

impl<'a> ToolMember<'a> {
    pub(super) fn new(tool: &'a Tool, rules: &'a [RuleInfo]) -> Self {
        Self {
            driver: Driver {
                name: &tool.name,
                version: &tool.version,
                semantic_version: &tool.version,
                short_description: Text { text: "Reports marks of automatic rewording." },
                rules: rules.iter().map(Descriptor::new).collect(),
                properties: DriverProperties { model: tool.model.as_deref() },
            },
        }
    }
}

impl<'a> Descriptor<'a> {
    fn new(rule: &'a RuleInfo) -> Self {
        let described = match why(&rule.page) {
            Some(why) => format!("{} {why}", rule.summary),
            None => rule.summary.clone(),
        };
        Self {
            id: &rule.id,
            name: name(&rule.id),
            short_description: Text { text: &rule.summary },
            full_description: Message { text: plain(&described), markdown: described },
            help: Message { text: plain(&rule.page), markdown: rule.page.clone() },
            default_configuration: Configuration {
                enabled: rule.severity != Severity::Off,
                level: level(rule.severity),
            },
            properties: Properties { family: &rule.family, tags: [&rule.family] },
        }
    }
}

/// `cascade-artifact` as `CascadeArtifact`, the form that viewers expect of a name; none where it would but repeat the id.
fn name(id: &str) -> Option<String> {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|c| c.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    let name: String = id.split(|c: char| !c.is_alphanumeric()).map(word).collect();
    (name.to_lowercase() != id.to_lowercase()).then_some(name)
}

/// The first paragraph under *Why* of a rule's page, on one line.
fn why(page: &str) -> Option<String> {
    let (_, after) = page.split_once("# Why\n")?;
    let paragraph = after.trim_start().split("\n\n").next()?;
    Some(paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// SARIF's level for a severity.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::Off => "none",
    }
}

/// `text` for a plain message, in which SARIF reads `[text](target)` as a link: nothing that a text says may be one.
pub(super) fn plain(text: &str) -> String {
    if !text.contains("](") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_as_a_link_is_escaped_and_nothing_else() {
        assert_eq!(plain("a [b] (c) \\d"), "a [b] (c) \\d");
        assert_eq!(plain("see [this](http://x) \\"), "see \\[this\\](http://x) \\\\");
    }

    #[test]
    fn the_reason_of_a_page_is_its_first_paragraph() {
        let page = "Odd.\n\n# Why\n\nBecause\nof it.\n\nMore.\n\n# Examples\n";
        assert_eq!(why(page).as_deref(), Some("Because of it."));
        assert_eq!(why("Odd."), None);
        assert_eq!(name("cascade-artifact").as_deref(), Some("CascadeArtifact"));
        assert_eq!(name("settings"), None);
    }
}
