//! What a rule is, what it finds, and how raw findings become a report: pure functions over a [`Document`].
//!
//! A rule reports what it sees, weak or strong, as a [`Finding`] with its evidence in log-odds; it knows no other rule
//! and no verdict. [`adjudicate`](fn@adjudicate) then does the rest, in one place and in a fixed order. Nothing here reads a file, a
//! clock or the environment, so the same text and settings give the same report everywhere.

mod adjudicate;
mod adjustment;
mod context;
mod evidence;
mod expectation;
mod explanation;
mod finding;
mod mention;
pub mod page;
mod rule;
mod run;
mod settings;
mod severity;
mod speech;
mod suppression;
mod terms;
mod trace;
mod verdict;

pub use adjudicate::{adjudicate, adjudicate_traced};
pub use adjustment::Adjustment;
pub use context::{Analysis, Context};
pub use evidence::LogOdds;
pub use expectation::{Expectation, Expected};
pub use explanation::{Alternative, Attribution, Explanation, Figure, Subject};
pub use finding::{Edit, Finding, Fix, Safety};
pub use rule::{OptionKind, OptionMeta, OptionsError, Provenance, Rule, RuleMeta, Scope};
pub use run::{Lookup, Raw, Report, RuleSet, RuleState};
pub use settings::{
    Opened, Origin, Override, PluginFile, Problem, RULE_KEYS, RuleSettings, Settings, SettingsFile,
    Sourced, Stack, StackFile, nearest,
};
pub use severity::{ParseSeverityError, Severity};
pub use speech::speech_around;
pub use suppression::{Fault, Suppression, Suppressions, UNUSED_SUPPRESSION};
pub use terms::{Accepted, AcceptedTerms, Inflector, RejectedTerms, Term, TermMatch, Terms};
pub use trace::{Dropped, Mention, Reason, Trace, Weighing};
pub use unspin_text::{Document, Markup, Roles, Span};
pub use verdict::{Calibration, LengthClass, Level, Reading, Unknown, Verdict, Window, windows};
