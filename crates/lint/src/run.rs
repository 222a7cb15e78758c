//! Running rules over one document.

use std::any::Any;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use unspin_text::{Document, Span};

use crate::context::Resources;
use crate::finding::INTERNAL_ERROR;
use crate::settings::nearest;
use crate::terms::Inflector;
use crate::{
    Adjustment, Context, Explanation, Finding, LogOdds, Reading, Rule, RuleMeta, Severity, Subject,
    Verdict,
};

/// What is said of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// By span. No mark of rewording overlaps another; it may lie in a finding that is no evidence of rewording.
    pub findings: Vec<Finding>,
    /// The verdict, which no display setting changes.
    pub verdict: Verdict,
}

/// What rules saw in one document, before anything is made of it.
#[derive(Clone, Debug, Default)]
pub struct Raw {
    /// In no particular order.
    pub findings: Vec<Finding>,
    /// Opinions on the whole, each with the family whose findings it stands for.
    pub readings: Vec<(Cow<'static, str>, Reading)>,
    /// What is to become of findings at a house's own terms.
    pub adjustments: Vec<Adjustment>,
}

/// A rule and the settings it runs under.
#[derive(Clone)]
pub struct RuleState {
    /// The rule with its options.
    pub rule: Arc<dyn Rule>,
    /// How much its findings matter; [`Severity::Off`] hides them.
    pub severity: Severity,
    /// Findings below this posterior are hidden.
    pub min_confidence: LogOdds,
    /// Whether its findings are evidence for the verdict.
    pub counts: bool,
    /// Whether the user selected it.
    pub shown: bool,
}

impl RuleState {
    /// A rule under its own defaults.
    pub fn new(rule: Arc<dyn Rule>) -> Self {
        let meta = rule.meta();
        let (severity, counts) = (meta.severity, meta.evidence);
        let min_confidence = LogOdds::from_probability(meta.min_confidence);
        Self { rule, severity, min_confidence, counts, shown: true }
    }
}

/// The rules of a run, by id.
#[derive(Clone, Default)]
pub struct RuleSet {
    states: BTreeMap<Cow<'static, str>, RuleState>,
    resources: Resources,
    inflector: Inflector,
}

/// What a name in settings or in a suppression comment stands for.
#[derive(Clone, Copy)]
pub enum Lookup<'r> {
    /// The rule of this id.
    Known(&'r RuleState),
    /// The rule that had this id in an earlier version.
    Renamed(&'r RuleState),
    /// None; perhaps this id was meant.
    Unknown(Option<&'r str>),
}

impl RuleSet {
    /// Rules under their own defaults.
    ///
    /// # Panics
    /// If two rules share an id.
    pub fn new(rules: impl IntoIterator<Item = Arc<dyn Rule>>) -> Self {
        let mut states = BTreeMap::new();
        for rule in rules {
            let id = rule.meta().id.clone();
            let twin = states.insert(id.clone(), RuleState::new(rule));
            assert!(twin.is_none(), "two rules are called `{id}`");
        }
        Self { states, ..Self::default() }
    }

    /// Adds a rule under its own defaults.
    ///
    /// # Errors
    /// If there is a rule of its id, which stays: the meta data of that one; `None` if the id is that of findings about
    /// the run itself.
    pub fn add(&mut self, rule: Arc<dyn Rule>) -> Result<(), Option<&RuleMeta>> {
        if rule.meta().id == INTERNAL_ERROR {
            return Err(None);
        }
        match self.states.entry(rule.meta().id.clone()) {
            Entry::Occupied(there) => Err(Some(there.into_mut().rule.meta())),
            Entry::Vacant(free) => {
                free.insert(RuleState::new(rule));
                Ok(())
            }
        }
    }

    /// Has vocabulary match the forms of its words that `inflector` gives, besides the words themselves.
    pub fn set_inflector(&mut self, inflector: Inflector) {
        self.inflector = inflector;
    }

    /// See [`RuleSet::set_inflector`].
    pub(crate) fn inflector(&self) -> Inflector {
        self.inflector
    }

    /// What the rules see of a document, besides it.
    pub(crate) fn context<'a>(&'a self, document: &'a Document<'a>) -> Context<'a> {
        Context::with_resources(document, &self.resources)
    }

    /// Finds a rule by its id, present or former.
    pub fn lookup(&self, id: &str) -> Lookup<'_> {
        if let Some(state) = self.states.get(id) {
            return Lookup::Known(state);
        }
        match self.states().find(|state| state.rule.meta().formerly.contains(&id)) {
            Some(state) => Lookup::Renamed(state),
            None => Lookup::Unknown(nearest(id, self.states.keys().map(AsRef::as_ref))),
        }
    }

    /// Gives the rules something to ask besides the document, such as a language model, in place of the one of its type.
    /// They find it by [`Context::resource`]. It must answer the same for all documents.
    pub fn provide<T: Any + Send + Sync>(&mut self, resource: T) {
        self.resources.insert(resource);
    }

    /// The state of a rule.
    pub fn state(&self, id: &str) -> Option<&RuleState> {
        self.states.get(id)
    }

    /// The state of a rule, to be changed.
    pub fn state_mut(&mut self, id: &str) -> Option<&mut RuleState> {
        self.states.get_mut(id)
    }

    /// All states, by id.
    pub fn states(&self) -> impl Iterator<Item = &RuleState> {
        self.states.values()
    }

    /// Shows the rules for which `shown` holds and hides the others; hidden rules still run and count.
    pub fn show(&mut self, shown: impl Fn(&RuleMeta) -> bool) {
        for state in self.states.values_mut() {
            state.shown = shown(state.rule.meta());
        }
    }

    /// What all rules see in a document, raw. A rule that panics is reported as `internal-error`; the others still run.
    /// A rule that does not count as evidence is not asked for its opinion on the whole.
    pub fn run(&self, document: &Document<'_>) -> Raw {
        let cx = self.context(document);
        let mut raw = Raw::default();
        for state in self.states() {
            // What failed is told in `raw`.
            let _ = state.run(&cx, true, &mut raw);
        }
        raw
    }

    /// What the rules say of the words in `span`, bytes of the document's text, by rule. All are asked, those that are
    /// `off` too, since what they see counts. Of a rule that panics only that is said.
    pub fn explain(&self, document: &Document<'_>, span: Span) -> Vec<Explanation> {
        let cx = self.context(document);
        let mut out = Vec::new();
        for state in self.states() {
            let sound = out.len();
            let run = catch_unwind(AssertUnwindSafe(|| state.rule.explain(&cx, span, &mut out)));
            if run.is_err() {
                out.truncate(sound);
                let failed = Explanation::new(state.rule.meta(), Subject::Words(span));
                out.push(failed.note("the rule failed on this text and explains nothing"));
            }
        }
        out
    }
}
