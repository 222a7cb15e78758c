//! Phrases of a rule in tables beside it: one line a phrase, where a rule has hundreds that differ in nothing else.

use super::{Entry, Origin, RuleSource};
use crate::pattern::{Pattern, PatternError};
use crate::{PackError, suggestion};

impl RuleSource {
    /// Adds the rows of a list to a rule that suggests: tab-separated, the pattern, then what it should become (several
    /// with `|` between them, best first). Lines that begin with `#` are its head.
    ///
    /// # Errors
    /// The first fault found, with its span in bytes of `tsv`.
    pub fn read_list(&mut self, tsv: &str) -> Result<(), PackError> {
        let mut at = 0;
        for line in tsv.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let fault = |offset: usize, message: String| {
                PackError::new(start + offset..start + line.len(), message)
            };
            let Some((pattern, suggestions)) = line.split_once('\t') else {
                return Err(fault(0, "a row without a tab".to_owned())
                    .help("write the phrase, a tab, and what it should become"));
            };
            let parsed = Pattern::parse(pattern, &self.sets).map_err(
                |PatternError { at, message, help }| {
                    let error = fault(at, message.into_owned());
                    if let Some(help) = help { error.help(help) } else { error }
                },
            )?;
            if parsed.is_wordless() || !self.kind.suggests() {
                return Err(fault(0, format!("`{pattern}` cannot stand in a list")).help(
                    "a list has phrases with a word of their own, for a rule of kind `substitution`",
                ));
            }
            let suggestions: Vec<String> = suggestions.split('|').map(str::to_owned).collect();
            for text in &suggestions {
                suggestion::check(text, &parsed)
                    .map_err(|(_, message, help)| fault(pattern.len() + 1, message).help(help))?;
            }
            self.entries.push(Entry {
                pattern: pattern.to_owned(),
                parsed,
                span: 0..0,
                suggestions,
                evidence: self.evidence,
                origin: Origin::Written,
                unless_before: Vec::new(),
                unless_after: Vec::new(),
            });
        }
        Ok(())
    }
}
