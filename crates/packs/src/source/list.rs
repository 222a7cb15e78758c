//! Phrases of a rule in tables beside it: one line a phrase, where a rule has hundreds that differ in nothing else.

use std::ops::Range;

use super::entry::{both_sides, check_pattern};
use super::{Defaults, Entry, Kind, Origin, RuleSource};
use crate::pattern::{Pattern, PatternError};
use crate::{PackError, suggestion};

/// A rule of more phrases than this is refused.
const MAX_ROWS: usize = 250_000;

impl RuleSource {
    /// Adds the rows of a list. In a rule that suggests a row is tab-separated, the pattern, then what it should become
    /// (several with `|` between them, best first); in a `conditional` rule what it needs (likewise); in any other the
    /// pattern alone. Lines that begin with `#` are its head.
    ///
    /// # Errors
    /// The first fault found, with its span in bytes of `tsv`.
    pub fn read_list(&mut self, tsv: &str) -> Result<(), PackError> {
        let list = self.lists_read;
        self.lists_read += 1;
        self.rows(tsv, list).map_err(|error| error.in_list(list))
    }

    fn rows(&mut self, tsv: &str, list: usize) -> Result<(), PackError> {
        let defaults = Defaults {
            kind: self.kind,
            evidence: self.evidence,
            origin: Origin::Written,
            safety: self.safety,
        };
        let lines = tsv.bytes().filter(|byte| *byte == b'\n').count();
        self.entries.reserve(lines.min(MAX_ROWS));
        let mut at = 0;
        for line in tsv.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            if self.entries.len() >= MAX_ROWS {
                let message = format!("a list of more than {MAX_ROWS} phrases");
                return Err(PackError::new(start..start + line.len(), message)
                    .help("make it several packs"));
            }
            let entry = self.row(line, start, &defaults)?;
            let entry = Entry { list: Some(list), ..entry };
            if self.kind == Kind::Consistency {
                let parse = |text: &str, span: &Range<usize>| {
                    let span = span.end - text.len()..span.end;
                    self.row_pattern(text, span)
                };
                self.entries.extend(both_sides(entry, parse)?);
            } else {
                self.entries.push(entry);
            }
        }
        Ok(())
    }

    fn row(&self, line: &str, start: usize, defaults: &Defaults) -> Result<Entry, PackError> {
        let whole = start..start + line.len();
        let kind = self.kind;
        let has_second = kind.suggests() || matches!(kind, Kind::Conditional { .. });
        let (pattern, second) = match (line.split_once('\t'), has_second) {
            (Some((_, second)), true) if second.contains('\t') => {
                return Err(PackError::new(whole, "a row with more than two columns").help(
                    "write the phrase, a tab, and what it should become, and nothing after",
                ));
            }
            (Some((pattern, second)), true) => (pattern, second),
            (None, true) => {
                return Err(PackError::new(whole, "a row without a tab")
                    .help("write the phrase, a tab, and what it should become"));
            }
            (None, false) if kind.has_phrases() => (line, ""),
            (None, false) => {
                return Err(PackError::new(whole, format!("`{line}` cannot stand in a list"))
                    .help("this rule looks for no phrases"));
            }
            (Some(_), false) => {
                let message = format!("a rule of kind `{}` suggests nothing", kind.name());
                return Err(PackError::new(whole, message)
                    .help("write the phrase alone, or make the rule's kind \"substitution\""));
            }
        };
        let parsed = self.row_pattern(pattern, whole.clone())?;
        if parsed.is_wordless() {
            let message = format!("`{pattern}` cannot stand in a list");
            return Err(
                PackError::new(whole, message).help("a list has phrases with a word of their own")
            );
        }
        check_pattern(pattern, &parsed, kind)
            .map_err(|(message, help)| PackError::new(whole.clone(), message).help(help))?;
        let mut entry = Entry::new(pattern, parsed, whole.clone(), defaults);
        let at = start + pattern.len() + 1..whole.end;
        if kind.suggests() {
            entry.suggestions = second.split('|').map(str::to_owned).collect();
            for text in &entry.suggestions {
                suggestion::check(text, &entry.parsed)
                    .map_err(|(_, message, help)| PackError::new(at.clone(), message).help(help))?;
            }
        } else if has_second {
            for text in second.split('|') {
                let needed = self.row_pattern(text, at.clone())?;
                if needed.is_wordless() {
                    let message = format!("`{text}` can match without any word of its own");
                    return Err(
                        PackError::new(at, message).help("write what must stand in the document")
                    );
                }
                entry.needs.push(needed);
            }
        }
        Ok(entry)
    }

    fn row_pattern(&self, text: &str, span: Range<usize>) -> Result<Pattern, PackError> {
        Pattern::parse(text, &self.sets).map_err(|PatternError { at, message, help }| {
            let error = PackError::new((span.start + at).min(span.end)..span.end, message);
            if let Some(help) = help { error.help(help) } else { error }
        })
    }
}
