//! What a rule is, what it finds, and how raw findings become a report: pure functions over a [`Document`].
//!
//! A rule reports what it sees, weak or strong, as a [`Finding`] with its evidence in log-odds; it knows no other rule
//! and no verdict. [`adjudicate`](fn@adjudicate) then does the rest, in one place and in a fixed order. Nothing here reads a file, a
//! clock or the environment, so the same text and settings give the same report everywhere.
//!
//! # A rule of one's own
//!
//! A rule is a struct with its [`RuleMeta`] that appends what it sees to a list. This one finds a word that stands twice
//! in a row and offers to take one out. Its page is its documentation, and the fences in it are its tests.
//!
//! ```
//! use unspin_lint::{Context, Document, Finding, Fix, LogOdds, Rule, RuleMeta, RuleSet, Safety};
//! use unspin_lint::{TokenKind, adjudicate, page, rule};
//!
//! rule! {
//!     /// A word that stands twice in a row.
//!     ///
//!     /// # Why
//!     ///
//!     /// Nobody means it.
//!     ///
//!     /// # Examples
//!     ///
//!     /// ```bad
//!     /// The boat [[left left]] at noon.
//!     /// ```
//!     /// ```fixed
//!     /// The boat left at noon.
//!     /// ```
//!     ///
//!     /// ```good
//!     /// The boat left. Left of it lay the pier.
//!     /// ```
//!     pub(crate) TWICE: "twice" in "house-rules", Warning, min_confidence 0.5, scope Sentence,
//!     evidence false
//! }
//!
//! struct Twice;
//!
//! impl Rule for Twice {
//!     fn meta(&self) -> &RuleMeta {
//!         &TWICE
//!     }
//!
//!     fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
//!         let document = cx.document();
//!         for sentence in document.sentences() {
//!             for pair in document.sentence_tokens(sentence).windows(2) {
//!                 // Keys are those of the folded text, so that a comparison costs no look at the text.
//!                 let [first, second] = pair else { continue };
//!                 if first.kind != TokenKind::Word || first.key != second.key {
//!                     continue;
//!                 }
//!                 let (span, word) = (first.span.cover(second.span), document.token_text(first));
//!                 let message = format!("\"{word}\" stands twice");
//!                 let finding = Finding::new(&TWICE, span, LogOdds::from_nats(3.0), message);
//!                 out.push(finding.fix(Fix::replace(span, word, Safety::Unsafe)));
//!             }
//!         }
//!     }
//! }
//!
//! let rules = RuleSet::new([std::sync::Arc::new(Twice) as std::sync::Arc<dyn Rule>]);
//! assert_eq!(page::run(&rules, &Twice).failures, []);
//!
//! let document = Document::new(b"The the boat left at noon.");
//! let report = adjudicate(&document, &rules, rules.run(&document), None, None);
//! assert_eq!(document.slice(report.findings[0].span), "The the");
//! ```
//!
//! `unspin new RULE --rust` writes a crate with such a rule and a program that holds it beside the shipped ones. What a
//! rule declares besides (options, former ids) is told at [`rule!`](crate::rule), what else it may do at [`Rule`]: share an
//! [`Analysis`] with others, speak of the whole document, of others' findings, or of a word that somebody asks about.

#![deny(missing_docs)]

mod adjudicate;
mod adjustment;
mod change;
mod context;
mod diagnostic;
mod evidence;
mod expectation;
mod explanation;
mod finding;
mod gate;
mod local;
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

pub use adjudicate::{adjudicate, adjudicate_after, adjudicate_traced};
pub use adjustment::Adjustment;
pub use change::Change;
pub use context::{Analysis, Context, Memory};
pub use diagnostic::{Diagnosis, Diagnostic, SourceFix};
pub use evidence::LogOdds;
pub use expectation::{Expectation, Expected};
pub use explanation::{Alternative, Attribution, Explanation, Figure, Subject};
pub use finding::{Edit, Finding, Fix, INTERNAL_ERROR, Safety};
pub use gate::{DENSITY_WORDS, Decision, Gate};
pub use local::{Local, Seen};
pub use rule::{OptionKind, OptionMeta, OptionsError, Provenance, Rule, RuleMeta, Scope};
pub use run::{Lookup, Observer, Raw, Report, RuleSet, RuleState};
pub use settings::{
    GATE_KEYS, Opened, Origin, Override, PluginFile, Problem, RULE_KEYS, RuleSettings, Settings,
    SettingsFile, Sourced, Stack, StackFile, nearest,
};
pub use severity::{ParseSeverityError, Severity};
pub use speech::{speech_around, touches_speech};
pub use suppression::{Fault, Suppression, Suppressions, UNUSED_SUPPRESSION};
pub use terms::{Accepted, AcceptedTerms, Inflector, RejectedTerms, Term, TermMatch, Terms};
pub use trace::{Dropped, Mention, Reason, Trace, Weighing};
pub use unspin_text::{
    Case, Document, KeyFilter, Markup, Paragraph, Quotation, QuoteKind, Roles, Sentence, Span,
    Token, TokenKind,
};
pub use verdict::{
    Calibration, Earlier, HYSTERESIS, Held, LengthClass, Level, Reading, Unknown, Verdict, Window,
    windows,
};
