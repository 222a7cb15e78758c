//! What a rule of a pack says of itself where its author did not: message, summary, page, and its examples as fences.

use std::fmt::Write as _;

use super::read::Reader;
use super::value::{Value, known, missing, string, strings};
use super::{Entry, Form, Formula, Kind, RegexEntry};
use crate::PackError;

const EXAMPLE_KEYS: [&str; 7] = ["bad", "fixed", "expect", "markup", "good", "article", "settings"];

/// The message of a rule that gives none.
pub(super) fn message(kind: Kind) -> String {
    let text = match kind {
        Kind::Existence => "\"{found}\" is a word to avoid",
        Kind::Substitution => "\"{found}\" for \"{suggestion}\"",
        Kind::Repetition { .. } => "\"{found}\" says again what was just said",
        Kind::Consistency => "\"{found}\" here, \"{suggestion}\" elsewhere",
        Kind::Occurrence { .. } => "\"{found}\" is used too often",
        Kind::Adjust { .. } => "the house's own word for \"{found}\"",
        Kind::Capitalization { style: None, .. } => "\"{found}\" is written \"{suggestion}\"",
        Kind::Capitalization { .. } => "the heading should be written \"{suggestion}\"",
        Kind::Conditional { .. } => "\"{found}\" lacks what must be said of it first",
        Kind::Metric { formula, .. } => match formula {
            Formula::SentenceWords => "a sentence of {value} words, where the limit is {limit}",
            Formula::ParagraphSentences => {
                "a paragraph of {value} sentences, where the limit is {limit}"
            }
            Formula::ParagraphWords => "a paragraph of {value} words, where the limit is {limit}",
            Formula::DocumentWords => "a text of {value} words, where the limit is {limit}",
            Formula::FleschReadingEase => "a reading ease of {value}, where the limit is {limit}",
            _ => "a reading level of {value}, where the limit is {limit}",
        },
    };
    text.to_owned()
}

impl Reader<'_, '_> {
    /// The page, with the examples of the rule as fences at its end.
    pub(super) fn page(
        &self,
        kind: Kind,
        note: &str,
        entries: &[Entry],
        regexes: &[RegexEntry],
    ) -> Result<String, PackError> {
        let mut page = match self.form {
            Form::Pack { name, .. } if !self.table.contains_key("page") => {
                let summary = match self.table.get("summary") {
                    Some(_) => self.required("summary")?,
                    None => summary(kind, entries, regexes),
                };
                let why = match note {
                    "" => format!("A rule of the pack {name}."),
                    note => note.to_owned(),
                };
                format!("{}\n\n# Why\n\n{why}\n", summary.trim())
            }
            _ => {
                if let Some(summary) = self.table.get("summary") {
                    let message = "`summary` beside a page";
                    return Err(PackError::new(summary.span(), message)
                        .help("the first paragraph of `page` is the summary"));
                }
                self.required("page")?
            }
        };
        let Some(value) = self.table.get("examples") else { return Ok(page) };
        let examples = value.get_ref().as_array().ok_or_else(|| {
            PackError::new(value.span(), "`examples` is no array of tables")
                .help("write `[[rule.examples]]` or `examples = [{ bad = \"...\" }]`")
        })?;
        if !page.lines().any(|line| line.trim_start_matches('#').trim() == "Examples") {
            page.push_str("\n# Examples\n");
        }
        for example in examples {
            example_fences(example, &mut page)?;
        }
        Ok(page)
    }
}

/// Writes an example as fences.
fn example_fences(example: &Value<'_>, page: &mut String) -> Result<(), PackError> {
    let span = example.span();
    let table = example.get_ref().as_table().ok_or_else(|| {
        PackError::new(span.clone(), "an example is a table")
            .help("write `{ bad = \"They [[utilise]] it.\" }` or `{ good = \"They use it.\" }`")
    })?;
    for key in table.keys() {
        known(key, &EXAMPLE_KEYS)?;
    }
    let texts: Vec<&str> =
        ["bad", "good", "article"].into_iter().filter(|key| table.contains_key(*key)).collect();
    let text = match texts[..] {
        [] if table.contains_key("settings") => None,
        [] => return Err(missing("bad", &span).help("or `good`, `article`, `settings`")),
        [key] => Some(key),
        _ => {
            let message = format!("`{}` and `{}` in one example", texts[0], texts[1]);
            return Err(PackError::new(span, message).help("write two examples"));
        }
    };
    for key in ["fixed", "expect"] {
        if let Some(value) = table.get(key).filter(|_| text != Some("bad")) {
            let message = format!("`{key}` without `bad`");
            return Err(
                PackError::new(value.span(), message).help("it tells what becomes of a `bad` text")
            );
        }
    }
    let markup = match table.get("markup") {
        None => String::new(),
        Some(value) => match (string(value, "markup")?.as_str(), text) {
            ("markdown", Some(_)) => " markdown".to_owned(),
            ("html", Some(_)) => " html".to_owned(),
            ("plain", Some(_)) => String::new(),
            (other, Some(_)) => {
                let message = format!("`{other}` is no markup");
                return Err(PackError::new(value.span(), message).help("markdown, html or plain"));
            }
            _ => return Err(PackError::new(value.span(), "`markup` without a text")),
        },
    };
    let mut fence = |name: &str, key: &str, markup: &str| -> Result<(), PackError> {
        let Some(value) = table.get(key) else { return Ok(()) };
        let lines = strings(value)?.into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        let body = lines.join("\n");
        if body.lines().any(|line| line.trim_start().starts_with("```")) {
            return Err(PackError::new(
                value.span(),
                "an example cannot hold a line of back-ticks",
            )
            .help("use `~~~` for a fence in Markdown"));
        }
        let _ = write!(page, "\n```{name}{markup}\n{}\n```\n", body.trim_end_matches('\n'));
        Ok(())
    };
    fence("settings", "settings", "")?;
    if let Some(text) = text {
        fence(text, text, &markup)?;
    }
    fence("fixed", "fixed", "")?;
    fence("expect", "expect", "")
}

/// A sentence for a rule that says nothing of itself.
fn summary(kind: Kind, entries: &[Entry], regexes: &[RegexEntry]) -> String {
    let phrases = phrases(kind, entries, regexes);
    match kind {
        Kind::Existence => format!("Words to avoid: {phrases}."),
        Kind::Substitution => format!("Words with a better one: {phrases}."),
        Kind::Repetition { .. } => format!("Words said twice in one sentence: {phrases}."),
        Kind::Consistency => format!("Two spellings in one text: {phrases}."),
        Kind::Occurrence { max } => format!("Words used more than {max} times: {phrases}."),
        Kind::Adjust { set } => {
            format!("Words at which findings of other rules are set to `{set}`: {phrases}.")
        }
        Kind::Capitalization { style: None, .. } => {
            format!("Words in another letter case than theirs: {phrases}.")
        }
        Kind::Capitalization { .. } => "Headings in another letter case than theirs.".to_owned(),
        Kind::Conditional { .. } => {
            format!("Words that need something else in the document: {phrases}.")
        }
        Kind::Metric { formula, .. } => {
            let (what, limit) = match formula {
                Formula::SentenceWords => ("A sentence", "words"),
                Formula::ParagraphSentences => ("A paragraph", "sentences"),
                Formula::ParagraphWords => ("A paragraph", "words"),
                Formula::DocumentWords => ("A text", "words"),
                _ => ("A text", "readability"),
            };
            format!("{what} beyond a limit of {limit}.")
        }
    }
}

/// The first phrases, and how many more there are.
fn phrases(kind: Kind, entries: &[Entry], regexes: &[RegexEntry]) -> String {
    let step = if kind == Kind::Consistency { 2 } else { 1 };
    let all = entries.iter().step_by(step).map(|entry| entry.pattern.as_str());
    let all: Vec<&str> = all.chain(regexes.iter().map(|regex| regex.pattern.as_str())).collect();
    let shown: Vec<String> = all.iter().take(3).map(|text| format!("\"{text}\"")).collect();
    match (shown.len(), all.len()) {
        (0, _) => "those of its lists".to_owned(),
        (few, many) if many > few => format!("{} and {} more", shown.join(", "), many - few),
        _ => shown.join(", "),
    }
}
