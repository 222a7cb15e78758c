//! The shipped [`Linter`]: every family, the language check and the calibration of the verdict, assembled.
//!
//! This is the only crate that names rule crates. It reads no file and no clock; callers bring the bytes and the text
//! of `lint.toml`. [`archive`] makes a [`LanguageModel`] of the English of somebody's own texts.

pub mod archive;
mod calibration;
mod language;
mod model;

use std::sync::Arc;

use unspin_lint::{Document, PathSetting, Problem, Report, Rule, RuleSet, Settings, adjudicate};

pub use model::{LanguageModel, UnfitModel};

/// Rules under settings, ready to check documents; cheap to clone and free to share between threads.
#[derive(Clone)]
pub struct Linter {
    rules: RuleSet,
    model: LanguageModel,
}

impl Linter {
    /// All shipped rules under their defaults, with the model that the program carries.
    pub fn new() -> Self {
        let families: [Vec<Arc<dyn Rule>>; 6] = [
            unspin_rules_fidelity::rules(),
            unspin_rules_mechanics::rules(),
            unspin_rules_names::rules(),
            unspin_rules_phrases::rules(),
            unspin_rules_residue::rules(),
            unspin_rules_substitution::rules(),
        ];
        let mut rules = RuleSet::new(families.into_iter().flatten());
        let model = LanguageModel::embedded();
        rules.provide(model.model());
        Self { rules, model }
    }

    /// The model that the rules ask.
    pub fn model(&self) -> LanguageModel {
        self.model
    }

    /// Has the rules ask another model.
    pub fn set_model(&mut self, model: LanguageModel) {
        self.rules.provide(model.model());
        self.model = model;
    }

    /// The rules with their present settings.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The rules, to be set by hand (as the command line does).
    pub fn rules_mut(&mut self) -> &mut RuleSet {
        &mut self.rules
    }

    /// Puts a settings file over the present settings; what is wrong in it is left out and returned. A `model` in it is
    /// such a wrong, since nothing here opens files: see [`Linter::configure_with`].
    pub fn configure(&mut self, lint_toml: &str) -> Vec<Problem> {
        self.configure_with(lint_toml, |_| Err("no model can be opened here".into()))
    }

    /// Like [`Linter::configure`], with `open` for the model that the file may name, relative to its folder. `open` says
    /// why it could not, in one sentence that names the file.
    pub fn configure_with(
        &mut self,
        lint_toml: &str,
        open: impl FnOnce(&str) -> Result<LanguageModel, String>,
    ) -> Vec<Problem> {
        let (settings, mut problems) = Settings::parse(lint_toml, &self.rules);
        settings.apply(&mut self.rules);
        if let Some(PathSetting { path, span }) = settings.model {
            match open(&path) {
                Ok(model) => self.set_model(model),
                Err(message) => {
                    let help =
                        "rebuild it with `unspin model build`; until then the model inside is used";
                    problems.push(Problem { span, message, help: Some(help.into()) });
                    problems.sort_by_key(|problem| problem.span);
                }
            }
        }
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
