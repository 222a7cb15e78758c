//! What a rule is, what it finds, and how raw findings become a report: pure functions over a [`Document`].
//!
//! A rule reports what it sees, weak or strong, as a [`Finding`] with its evidence in log-odds; it knows no other rule
//! and no verdict. [`adjudicate`](fn@adjudicate) then does the rest, in one place and in a fixed order. Nothing here reads a file, a
//! clock or the environment, so the same text and settings give the same report everywhere.

mod adjudicate;
mod context;
mod evidence;
mod finding;
pub mod page;
mod rule;
mod run;
mod settings;
mod severity;
mod verdict;

pub use adjudicate::adjudicate;
pub use context::{Analysis, Context};
pub use evidence::LogOdds;
pub use finding::{Edit, Finding, Fix, Safety};
pub use rule::{OptionsError, Rule, RuleMeta, Scope};
pub use run::{Raw, Report, RuleSet, RuleState};
pub use settings::{PathSetting, Problem, RULE_KEYS, RuleSettings, Settings, nearest};
pub use severity::{ParseSeverityError, Severity};
pub use unspin_text::{Document, Markup, Roles, Span};
pub use verdict::{Calibration, LengthClass, Level, Reading, Unknown, Verdict, Window, windows};
