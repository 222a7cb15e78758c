//! The shipped [`Linter`]: every family, the language check and the calibration of the verdict, assembled.
//!
//! This is the only crate that names rule crates. It reads no file and no clock; callers bring the bytes and the text
//! of `lint.toml`. [`archive`] makes a [`LanguageModel`] of the English of somebody's own texts.

pub mod archive;
mod calibration;
mod expectation;
mod foreign;
mod language;
mod model;
mod vocabulary;
mod writing;

use std::sync::Arc;

use unspin_lint::{
    Document, Earlier, Expected, Explanation, Finding, Held, Opened, Origin, Problem, Report, Rule,
    RuleSet, Settings, Severity, Sourced, Span, Stack, Trace, adjudicate, adjudicate_after,
    adjudicate_traced,
};

pub use foreign::{Shelf, ShelvedPack};
pub use model::{LanguageModel, UnfitModel};
pub use writing::Settled;

/// Rules under settings, ready to check documents; cheap to clone and free to share between threads.
#[derive(Clone)]
pub struct Linter {
    rules: RuleSet,
    model: LanguageModel,
}

impl Linter {
    /// All shipped rules under their defaults, with the model that the program carries.
    #[cfg(feature = "embedded-model")]
    pub fn new() -> Self {
        Self::with_model(LanguageModel::embedded())
    }

    /// All shipped rules under their defaults, asking this model.
    pub fn with_model(model: LanguageModel) -> Self {
        let families: [Vec<Arc<dyn Rule>>; 8] = [
            unspin_compare::rules(),
            unspin_rules_fidelity::rules(),
            unspin_rules_house::rules(),
            unspin_rules_mechanics::rules(),
            unspin_rules_names::rules(),
            unspin_rules_phrases::rules(),
            unspin_rules_residue::rules(),
            unspin_rules_substitution::rules(),
        ];
        let mut rules = RuleSet::new(families.into_iter().flatten());
        rules.set_inflector(Some(vocabulary::inflections));
        rules.provide(Expected(Arc::new(expectation::Bigrams)));
        rules.provide(model.model());
        Self { rules, model }
    }

    /// Adds rules of somebody else: a crate of rules, a pack, a plugin. One whose id is taken is left out; returned are
    /// such ids with what holds them.
    pub fn add(&mut self, rules: impl IntoIterator<Item = Arc<dyn Rule>>) -> Vec<Taken> {
        let mut taken = Vec::new();
        for rule in rules {
            let id = rule.meta().id.to_string();
            if let Err(holder) = self.rules.add(rule) {
                let holder = match holder {
                    None => "unspin itself".to_owned(),
                    Some(holder) => match &holder.provenance {
                        Some(provenance) => provenance.to_string(),
                        None => format!("the family {}", holder.family),
                    },
                };
                taken.push(Taken { id, holder });
            }
        }
        taken
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

    /// Puts one settings file over the present settings; what is wrong in it is left out and returned. A `model`, `extends`,
    /// `packs` and `[plugins]` are such wrongs, since nothing here opens files: see [`Stack`], [`Linter::bring`] and
    /// [`Linter::apply`]. Its overrides
    /// hold for no file.
    pub fn configure(&mut self, lint_toml: &str) -> Vec<Problem> {
        let opened = Opened { path: "lint.toml".into(), text: lint_toml.into() };
        let stack =
            Stack::load(opened, &self.rules, &mut |_| Err("no file can be opened here".into()));
        let mut problems = stack.files()[0].problems.clone();
        let settings = stack.settings(&[]);
        let packs = settings.packs.iter().map(|pack| pack.origin.span);
        let brought = packs.chain(settings.plugins.iter().map(|plugin| plugin.origin.span));
        problems.extend(brought.map(|span| {
            let message = "no pack and no plugin can be opened here".to_owned();
            Problem { span, message, help: None }
        }));
        let applied = self.apply(&settings, |_| Err("no model can be opened here".into()));
        problems.extend(applied.into_iter().map(|problem| problem.value));
        problems.sort_by_key(|problem| problem.span);
        problems
    }

    /// Puts settings over the present ones, with `open` for the model that they may name, relative to the folder of the
    /// file that it stands in. `open` says why it could not, in one sentence that names the file. What goes wrong is
    /// left out and returned with its place.
    pub fn apply(
        &mut self,
        settings: &Settings,
        open: impl FnOnce(&Sourced<String>) -> Result<LanguageModel, String>,
    ) -> Vec<Sourced<Problem>> {
        let problem = |origin: Origin, message, help: &str| Sourced {
            value: Problem { span: origin.span, message, help: Some(help.into()) },
            origin,
        };
        let refused = settings.apply(&mut self.rules).into_iter();
        let mut problems: Vec<_> = refused
            .map(|refused| problem(refused.origin, refused.value, "the rule keeps its defaults"))
            .collect();
        if let Some(named) = &settings.model {
            match open(named) {
                Ok(model) => self.set_model(model),
                Err(message) => {
                    let help =
                        "rebuild it with `unspin model build`; until then the model inside is used";
                    problems.push(problem(named.origin, message, help));
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

    /// Findings that somebody else made, as a comparison does, with the severities that the settings give their rules;
    /// those whose rules are off, not shown or not known are left out.
    pub fn under_policy(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        findings.retain_mut(|finding| {
            finding.severity = match self.rules.state(&finding.rule) {
                Some(state) if state.shown => state.severity,
                _ => Severity::Off,
            };
            finding.severity != Severity::Off
        });
        findings
    }

    /// Checks a state of a text that is being repaired: the first one as [`check`](Linter::check) does, later ones under
    /// the verdict that the first one came to, so that what is not repaired yet is found as before.
    pub fn check_held(&self, document: &Document<'_>, first: Option<&Held>) -> (Report, Held) {
        let raw = self.rules.run(document);
        let grounds = (language::unknown(document), Some(&calibration::CLEAN));
        let earlier = first.map_or(Earlier::None, Earlier::Stands);
        adjudicate_after(document, &self.rules, raw, grounds, earlier)
    }

    /// Checks one document as [`check`](Linter::check) does, keeps record of what became of each finding, and asks the
    /// rules about the words in `span`, bytes of its text. Costs about three checks.
    pub fn explain(&self, document: &Document<'_>, span: Span) -> Explained {
        let (report, trace) = adjudicate_traced(
            document,
            &self.rules,
            self.rules.run(document),
            language::unknown(document),
            Some(&calibration::CLEAN),
        );
        Explained { report, trace, explanations: self.rules.explain(document, span) }
    }
}

/// An id of a rule that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The id.
    pub id: String,
    /// What holds it already: a family, pack or plugin.
    pub holder: String,
}

/// Why the words of a stretch of text are or are not marked.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// On the whole document, as [`Linter::check`] has it.
    pub report: Report,
    /// How it came about.
    pub trace: Trace,
    /// What the rules say of the words, and of the document as far as it bears on them.
    pub explanations: Vec<Explanation>,
}

#[cfg(feature = "embedded-model")]
impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}
