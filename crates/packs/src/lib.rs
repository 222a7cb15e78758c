//! Declarative rules: one TOML file a rule, compiled to a table that is read in place.
//!
//! # A rule
//!
//! ```toml
//! id = "padded-connective"
//! family = "phrases"
//! kind = "substitution"          # what is done with the phrases: see below
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
//! # The kinds
//!
//! | `kind` | reports | own key |
//! |---|---|---|
//! | `existence` | each use of a phrase | |
//! | `substitution` | each use, with what it should become | |
//! | `repetition` | a use that says again what the use before it in the sentence said | `within` (default 0): so many words may stand between the two |
//! | `consistency` | where a document uses both sides of `"adviser" = "advisor"`, the rarer one (of equals the later) | |
//! | `occurrence` | uses of an entry after the first `max` in a sentence, paragraph or document (`scope`) | `max` |
//!
//! Only `substitution` and `consistency` suggest; the phrases of the others are written `"phrase" = {}`. The two sides
//! of a `consistency` entry are words and lemmas, since each may be the suggestion for the other.
//!
//! # A phrase
//!
//! A phrase is a sequence of tokens, lemmas, sets and gaps:
//!
//! | written | matches |
//! |---|---|
//! | `word` | this word, whatever its letter case, apostrophes (straight or curly) and hyphens |
//! | `<get>` | any inflected form of a lemma: *get, gets, getting, got, gotten* |
//! | `@degree` | any word, phrase or `<lemma>` of the list `degree` under `[sets]` |
//! | `(a\|b c)` | either alternative |
//! | `word?`, `(a b)?`, `<be>?` | the same, or nothing |
//! | `*` | any one word or number; `*-based` and `*'s` touch it |
//! | `*{0,3}`, `*{2}` | a gap: so many words or numbers, without a mark between them; at most 8 |
//!
//! There are no part-of-speech tags: no tagger has been measured on news and on what rewording makes of it, and a
//! wrong tag would be a silent miss or a false alarm. A set of words does what a tag would, and can be read.
//!
//! A literal word means itself alone: damage is seldom inflected, and what is inflected says so. Phrases are matched
//! on tokens, so line breaks and runs of spaces do not matter; a match never crosses the end of a sentence; double
//! quotation marks inside a phrase are passed over. Of matches of one rule that overlap the leftmost longest stays.
//!
//! In a suggestion `<use>` takes the form of the lemma at the same place among the pattern's lemmas (of the last one,
//! where the pattern has fewer), `{1}` is the text of the first group (`(@degree)` makes a group of a set), and `*` what
//! the wildcard or gap met. A suggestion takes over the letter case of what it replaces. Phrases in `unless-before` and
//! `unless-after` are patterns too; where one stands right before or after a match, there is no match.
//!
//! # Lists
//!
//! A rule with hundreds of phrases keeps them in tables ([`RuleSource::read_list`]): a phrase, a tab, the suggestion.
//!
//! # The table
//!
//! [`Compiler`] expands lemmas, sets, alternatives and the lengths of gaps, so that a scan compares keys and nothing else. Each expanded phrase
//! hangs on its rarest word, and all rules of a table share one pass over a document.

mod anchor;
mod compile;
mod condition;
mod error;
mod layout;
mod pack;
mod pattern;
mod rule;
mod scan;
mod select;
mod source;
mod suggestion;
mod table;

pub use compile::{Compiler, compile};
pub use error::PackError;
pub use layout::FORMAT;
pub use pack::{Compiled, Fault, Manifest, PackFile, PackSource, compile_pack};
pub use pattern::Pattern;
pub use rule::{pack_rules, rules};
pub use scan::{Match, Matches};
pub use source::{Condition, Entry, Formula, Kind, Origin, RegexEntry, RuleSource, Style};
pub use table::{Pack, TableError};
