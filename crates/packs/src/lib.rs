//! Declarative rules: TOML compiled to a table that is read in place.
//!
//! `REFERENCE.md` beside this crate's manifest tells every key, kind and condition to those who write rules. Here is how
//! a rule becomes findings.
//!
//! # Two forms of one rule
//!
//! Rules of the project ([`RuleSource::parse`], [`Compiler`]) are a file each, say everything of themselves, and are
//! compiled when the program is built. A house's [pack](PackSource) is one file or a folder of them, may leave out what
//! the pack says for all, and is compiled when it is read ([`compile_pack`]): a rule with a fault is left out and told.
//! Nothing here reads a file.
//!
//! # The table
//!
//! Patterns are expanded (lemmas, sets, alternatives, the lengths of gaps), so that a scan compares keys and nothing else.
//! Each expanded phrase hangs on its rarest word, and all rules of a table share one pass over a document. What
//! conditions look for elsewhere in a document is in the same table and found in the same pass; a condition is then a
//! binary search. Regexes are strings in the table, compiled when a rule first looks at a document.
//!
//! [`Pack::from_bytes`] copies and parses nothing, so that a table may be kept between runs: under a hash of its source
//! and [`FORMAT`], since a table of another format is not read.

mod anchor;
mod compile;
mod condition;
mod error;
mod import;
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
pub use import::{Imported, LeftOut, Operators, import_tsv};
pub use layout::FORMAT;
pub use pack::{Compiled, Fault, Manifest, PackFile, PackSource, compile_pack};
pub use pattern::Pattern;
pub use rule::{pack_rules, rules};
pub use scan::{Match, Matches};
pub use source::{Condition, Entry, Formula, Kind, Origin, RegexEntry, RuleSource, Style};
pub use table::{Pack, TableError};
