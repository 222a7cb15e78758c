//! The regexes of a rule.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use unspin_lint::{LogOdds, Safety};

use super::condition::{self, Condition};
use super::entry::{self, check_suggestions};
use super::read::Reader;
use super::value::{Value, known, nats, origin, safety, strings};
use super::{Defaults, Kind, Origin};
use crate::PackError;

/// The most room that a compiled regex may take, in bytes.
const SIZE_LIMIT: usize = 1 << 20;
/// Groups inside of groups beyond this are refused.
const NEST_LIMIT: u32 = 50;

/// A regex of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RegexEntry {
    /// As written; it compiles.
    pub pattern: String,
    /// Where it stands, in bytes of the TOML.
    pub span: Range<usize>,
    /// What it should become, best first, with `$1` and `$name`.
    pub suggestions: Vec<String>,
    /// How much likelier it is in reworded text.
    pub evidence: LogOdds,
    /// Where it comes from.
    pub origin: Origin,
    /// How far its fixes may be trusted.
    pub safety: Safety,
    /// What must hold for a match, besides the conditions of the rule.
    pub conditions: Vec<Condition>,
    /// Regexes of which a `conditional` rule needs one.
    pub needs: Vec<String>,
}

/// Compiles a regex under the limits of a pack.
///
/// # Errors
/// What is wrong with it, on one line.
pub(crate) fn build(pattern: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(pattern)
        .size_limit(SIZE_LIMIT)
        .dfa_size_limit(SIZE_LIMIT)
        .nest_limit(NEST_LIMIT)
        .build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "the regex is too large when compiled".to_owned(),
        // Its last line says what is wrong; those before draw the place.
        error => {
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default().trim();
            last.strip_prefix("error: ").unwrap_or(last).to_owned()
        }
    })
}

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn regexes(&self, defaults: &Defaults) -> Result<Vec<RegexEntry>, PackError> {
        let Some(value) = self.table.get("regex") else { return Ok(Vec::new()) };
        let table = value.get_ref().as_table().ok_or_else(|| {
            PackError::new(value.span(), "`regex` is no table")
                .help("write a line `'regex' = \"suggestion\"` for each under `[regex]`")
        })?;
        let mut given: Vec<_> = table.iter().collect();
        given.sort_by_key(|(key, _)| key.span().start);
        given
            .into_iter()
            .map(|(key, value)| self.regex(key.get_ref(), key.span(), value, defaults))
            .collect()
    }

    fn compiled(&self, text: &str, span: &Range<usize>) -> Result<Regex, PackError> {
        let fault = |message| {
            PackError::new(self.inside(text, span, 0), message)
                .help("the syntax is that of https://docs.rs/regex; quote it with '...'")
        };
        let regex = build(text).map_err(fault)?;
        if regex.is_match("") {
            let message = format!("`{text}` matches nothing at all");
            return Err(PackError::new(span.clone(), message)
                .help("a match needs a character: write `+` for `*`"));
        }
        Ok(regex)
    }

    fn regex(
        &self,
        key: &str,
        span: Range<usize>,
        value: &'r Value<'t>,
        defaults: &Defaults,
    ) -> Result<RegexEntry, PackError> {
        let regex = self.compiled(key, &span)?;
        let mut read = RegexEntry {
            pattern: key.to_owned(),
            span,
            suggestions: Vec::new(),
            evidence: defaults.evidence,
            origin: defaults.origin.clone(),
            safety: defaults.safety,
            conditions: Vec::new(),
            needs: Vec::new(),
        };
        let kind = defaults.kind;
        let is_conditional = matches!(kind, Kind::Conditional { .. });
        if let Some(table) = value.get_ref().as_table() {
            let keys: Vec<&str> = entry::KEYS.into_iter().chain(condition::KEYS).collect();
            for (key, value) in table {
                known(key, &keys)?;
                match key.get_ref().as_ref() {
                    "suggest" => read.suggestions = self.templates(value, &regex)?,
                    "evidence" => read.evidence = nats(value)?,
                    "origin" => read.origin = origin(value)?,
                    "safety" => read.safety = safety(value)?,
                    "needs" if is_conditional => read.needs = self.needs(value)?,
                    "needs" => {
                        let message =
                            format!("`needs` means nothing in a rule of kind `{}`", kind.name());
                        return Err(PackError::new(value.span(), message)
                            .help("it belongs to the kind `conditional`"));
                    }
                    "match-case" => {
                        return Err(PackError::new(
                            value.span(),
                            "a regex says its own letter case",
                        )
                        .help("write `(?i)` before it to match any"));
                    }
                    _ => {}
                }
            }
            read.conditions = self.conditions(table)?;
        } else if is_conditional {
            read.needs = self.needs(value)?;
        } else {
            read.suggestions = self.templates(value, &regex)?;
        }
        if is_conditional && read.needs.is_empty() {
            return Err(PackError::new(read.span, format!("`{key}` needs nothing"))
                .help("write what must stand in the document: `{ needs = '\\(([A-Z]+)\\)' }`"));
        }
        check_suggestions(key, kind, read.suggestions.is_empty(), &read.span, value)?;
        Ok(read)
    }

    fn needs(&self, value: &Value<'t>) -> Result<Vec<String>, PackError> {
        let given = strings(value)?;
        given.into_iter().map(|(text, span)| self.compiled(&text, &span).map(|_| text)).collect()
    }

    /// Suggestions whose `$1` and `$name` are groups of the regex.
    fn templates(&self, value: &Value<'t>, regex: &Regex) -> Result<Vec<String>, PackError> {
        let given = strings(value)?;
        for (text, span) in &given {
            for (at, name) in references(text) {
                let known = match name.parse::<usize>() {
                    Ok(number) => number < regex.captures_len(),
                    Err(_) => regex.capture_names().flatten().any(|known| known == name),
                };
                if !known {
                    let message = format!("the regex has no group `{name}`");
                    return Err(PackError::new(self.inside(text, span, at), message)
                        .help("write `${1}` before a letter or digit, and `$$` for `$` itself"));
                }
            }
        }
        Ok(given.into_iter().map(|(text, _)| text).collect())
    }
}

/// The groups that a template names, each with its place in bytes; the syntax is that of the `regex` crate.
fn references(template: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(dollar) = template[at..].find('$') {
        let start = at + dollar;
        let rest = &template[start + 1..];
        if rest.starts_with('$') {
            at = start + 2;
            continue;
        }
        let name = if let Some(braced) = rest.strip_prefix('{') {
            braced.split_once('}').map_or("", |(name, _)| name)
        } else {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            &rest[..end.unwrap_or(rest.len())]
        };
        if !name.is_empty() {
            found.push((start, name));
        }
        at = start + 1 + name.len();
    }
    found
}
