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
    Adjustment, Context, Explanation, Finding, LogOdds, Reading, Rule, RuleMeta, Scope, Severity,
    Subject, Verdict,
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

/// What is told which rule is asked next, by its id, and `None` when no rule is at work any more.
pub type Observer = Option<fn(Option<&str>)>;

/// The rules of a run, by id.
#[derive(Clone, Default)]
pub struct RuleSet {
    states: BTreeMap<Cow<'static, str>, RuleState>,
    resources: Resources,
    inflector: Inflector,
    observer: Observer,
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

    /// Has somebody told which rule is at work: where a panic cannot be caught (WebAssembly), the host still knows whose
    /// it was.
    pub fn set_observer(&mut self, observer: Observer) {
        self.observer = observer;
    }

    /// Has a rule that failed before, and could not be caught, not asked again: each run says of it what it says of a rule
    /// that panics. Returns whether there is such a rule.
    pub fn give_up(&mut self, id: &str) -> bool {
        let Some(state) = self.states.get_mut(id) else { return false };
        state.rule = Arc::new(GivenUp(Arc::clone(&state.rule)));
        true
    }

    /// Tells the observer, if there is one.
    pub(crate) fn announce(&self, state: Option<&RuleState>) {
        if let Some(observer) = self.observer {
            observer(state.map(|state| state.rule.meta().id.as_ref()));
        }
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
            self.announce(Some(state));
            // What failed is told in `raw`.
            let _ = state.run(&cx, true, &mut raw);
        }
        self.announce(None);
        raw
    }

    /// What the rules say of the words in `span`, bytes of the document's text, by rule. All are asked, those that are
    /// `off` too, since what they see counts. Of a rule that panics only that is said.
    pub fn explain(&self, document: &Document<'_>, span: Span) -> Vec<Explanation> {
        let cx = self.context(document);
        let mut out = Vec::new();
        for state in self.states() {
            self.announce(Some(state));
            let sound = out.len();
            let run = catch_unwind(AssertUnwindSafe(|| state.rule.explain(&cx, span, &mut out)));
            if run.is_err() {
                out.truncate(sound);
                let failed = Explanation::new(state.rule.meta(), Subject::Words(span));
                out.push(failed.note("the rule failed on this text and explains nothing"));
            }
        }
        self.announce(None);
        out
    }
}

/// A rule that is not asked any more.
struct GivenUp(Arc<dyn Rule>);

impl Rule for GivenUp {
    fn meta(&self) -> &RuleMeta {
        self.0.meta()
    }

    /// It is told once a text, not once a paragraph.
    fn reach(&self) -> Scope {
        Scope::Document
    }

    fn check(&self, _: &Context<'_>, out: &mut Vec<Finding>) {
        out.push(failure(&self.meta().id));
    }
}

/// What is said of a rule that failed.
pub(crate) fn failure(id: &str) -> Finding {
    Finding::internal_error(
        format!("the rule `{id}` failed on this text and was left out"),
        "this is a fault of the rule: please report it with the text; until then, set it to `off`",
    )
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::rule;

    rule! {
        /// Falls over a word.
        FALLS: "falls" in "test", Warning, min_confidence 0.5, scope Sentence
    }

    struct Falls;

    impl Rule for Falls {
        fn meta(&self) -> &RuleMeta {
            &FALLS
        }

        fn check(&self, cx: &Context<'_>, _: &mut Vec<Finding>) {
            assert!(!cx.document().text().contains("pothole"), "it is meant to");
        }
    }

    thread_local! {
        static TOLD: RefCell<Vec<Option<String>>> = const { RefCell::new(Vec::new()) };
    }

    fn tell(rule: Option<&str>) {
        TOLD.with_borrow_mut(|told| told.push(rule.map(str::to_owned)));
    }

    #[test]
    fn of_a_rule_that_was_given_up_the_same_is_said_as_of_one_that_is_caught() {
        let mut rules = RuleSet::new([Arc::new(Falls) as Arc<dyn Rule>]);
        let document = Document::new(b"A pothole in the road.");
        let caught = rules.run(&document);
        assert_eq!(caught.findings.len(), 1);
        assert!(rules.give_up("falls"));
        assert!(!rules.give_up("stands"));
        assert_eq!(rules.run(&document).findings, caught.findings);
        // Nobody knows what it would say of another text.
        let other = Document::new(b"A smooth road.");
        assert_eq!(rules.run(&other).findings, caught.findings);
    }

    #[test]
    fn the_observer_knows_whose_fault_it_was_and_when_it_is_nobodys() {
        let mut rules = RuleSet::new([Arc::new(Falls) as Arc<dyn Rule>]);
        rules.set_observer(Some(tell));
        rules.run(&Document::new(b"A smooth road."));
        assert_eq!(TOLD.take(), [Some("falls".to_owned()), None]);
    }
}
