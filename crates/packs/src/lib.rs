//! Declarative rules: one TOML file a rule, compiled to a table that is read in place.
//!
//! # A rule
//!
//! ```toml
//! id = "padded-connective"
//! family = "phrases"
//! kind = "substitution"          # or "existence", which reports and suggests nothing
//! severity = "warning"           # error, warning, info, off
//! min-confidence = 0.5           # findings below are not shown; 0 to 1
//! evidence = 1.5                 # nats; each phrase may have its own
//! scope = "sentence"             # default
//! safety = "unsafe"              # of the fixes: safe, unsafe (default), display
//! origin = "written"             # default of the phrases
//! message = '"{found}" says no more than "{suggestion}"'
//! note = "why it is thought so"  # optional
//! page = """
//! The rule's page.
//! """
//!
//! [phrases]
//! "at this point in time" = "now"
//! "due to the fact that" = ["because", "since"]
//! "<make> use of" = { suggest = "<use>", unless-after = ["force"], evidence = 0.5, origin = "wordnet" }
//! ```
//!
//! # A phrase
//!
//! | written | matches |
//! |---|---|
//! | `word` | this word, whatever its letter case, apostrophes (straight or curly) and hyphens |
//! | `<get>` | any inflected form of a lemma: *get, gets, getting, got, gotten* |
//! | `(a\|b c)` | either alternative |
//! | `word?`, `(a b)?`, `<be>?` | the same, or nothing |
//! | `*` | any one word or number; `*-based` and `*'s` touch it |
//!
//! A literal word means itself alone: damage is seldom inflected, and what is inflected says so. Phrases are matched
//! on tokens, so line breaks and runs of spaces do not matter; a match never crosses the end of a sentence; double
//! quotation marks inside a phrase are passed over. Of matches of one rule that overlap the leftmost longest stays.
//!
//! In a suggestion `<use>` takes the form of the lemma at the same place among the pattern's lemmas (of the last one,
//! where the pattern has fewer), `{1}` is the text of the first group, and `*` the word that the wildcard met. A
//! suggestion takes over the letter case of what it replaces. Phrases in `unless-before` and `unless-after` are
//! patterns too; where one stands right before or after a match, there is no match.
//!
//! # The table
//!
//! [`Compiler`] expands lemmas and alternatives, so that a scan compares keys and nothing else. Each expanded phrase
//! hangs on its rarest word, and all rules of a table share one pass over a document.

mod anchor;
mod compile;
mod error;
mod layout;
mod pattern;
mod rule;
mod scan;
mod source;
mod suggestion;
mod table;

pub use compile::{Compiler, compile};
pub use error::PackError;
pub use pattern::Pattern;
pub use rule::rules;
pub use scan::{Match, Matches};
pub use source::{Entry, Kind, Origin, RuleSource};
pub use table::{Pack, TableError};
