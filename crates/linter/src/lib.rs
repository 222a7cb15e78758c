//! The shipped [`Linter`]: every family, the language check and the calibration of the verdict, assembled.
//!
//! This is the only crate that names rule crates. It reads no file and no clock; callers bring the bytes and the text
//! of `lint.toml`.

mod calibration;
mod language;

use std::sync::Arc;

use unspin_lint::{Document, Problem, Report, Rule, RuleSet, Settings, adjudicate};

/// Rules under settings, ready to check documents; cheap to clone and free to share between threads.
#[derive(Clone)]
pub struct Linter {
    rules: RuleSet,
}

impl Linter {
    /// All shipped rules under their defaults.
    pub fn new() -> Self {
        let families: [Vec<Arc<dyn Rule>>; 3] = [
            unspin_rules_names::rules(),
            unspin_rules_phrases::rules(),
            unspin_rules_substitution::rules(),
        ];
        Self { rules: RuleSet::new(families.into_iter().flatten()) }
    }

    /// The rules with their present settings.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The rules, to be set by hand (as the command line does).
    pub fn rules_mut(&mut self) -> &mut RuleSet {
        &mut self.rules
    }

    /// Puts a settings file over the present settings; what is wrong in it is left out and returned.
    pub fn configure(&mut self, lint_toml: &str) -> Vec<Problem> {
        let (settings, problems) = Settings::parse(lint_toml, &self.rules);
        settings.apply(&mut self.rules);
        problems
    }

    /// Checks one document.
    pub fn check(&self, document: &Document<'_>) -> Report {
        let raw = self.rules.run(document);
        adjudicate(
            document,
            &self.rules,
            raw,
            language::unknown(document),
            Some(&calibration::CLEAN),
        )
    }
}

impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}

/// Digest of the language model inside, as `sha256:...`.
pub fn model_digest() -> String {
    unspin_model::Model::embedded().digest()
}

/// Four-letter name and size in bytes of each section of the language model inside.
pub fn model_sections() -> Vec<(String, usize)> {
    unspin_model::Model::embedded().section_lengths()
}
