//! A rule's TOML, read with spans.
//!
//! It is walked by hand as `lint.toml` is: serde would name a wrong key, but not what it was meant to be.

mod condition;
mod entry;
mod kind;
mod list;
mod page;
mod read;
mod regex;
pub(crate) mod value;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use toml::de::DeTable;
use unspin_lint::{LogOdds, Safety, Scope, Severity};

use crate::PackError;
use crate::pattern::{Pattern, Sets};
pub use condition::Condition;
pub use kind::{Formula, Kind, Style};
use read::Reader;
pub use regex::RegexEntry;
pub(crate) use regex::build as build_regex;

/// What a rule must say of itself.
#[derive(Clone, Copy)]
pub(crate) enum Form<'r> {
    /// Everything: it is one of ours.
    Strict,
    /// What cannot be taken from the pack that it stands in.
    Pack {
        /// The pack's name.
        name: &'r str,
        /// Whether the pack is one file, which has no lists.
        alone: bool,
    },
}

/// What an entry has that says nothing of it.
struct Defaults {
    kind: Kind,
    evidence: LogOdds,
    origin: Origin,
    safety: Safety,
}

/// Where a phrase comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `written`: for this rule, from knowledge of English.
    Written,
    /// `channel`: from the project's lists of what rewording makes of English.
    Channel,
    /// `wordnet`
    Wordnet,
    /// `observed:J`: seen in the article that the letter stands for.
    Observed(String),
}

impl FromStr for Origin {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "written" => Ok(Self::Written),
            "channel" => Ok(Self::Channel),
            "wordnet" => Ok(Self::Wordnet),
            _ => match text.strip_prefix("observed:") {
                Some(at) if !at.is_empty() && at.chars().all(|c| c.is_ascii_alphanumeric()) => {
                    Ok(Self::Observed(at.into()))
                }
                _ => Err(()),
            },
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Written => f.write_str("written"),
            Self::Channel => f.write_str("channel"),
            Self::Wordnet => f.write_str("wordnet"),
            Self::Observed(at) => write!(f, "observed:{at}"),
        }
    }
}

/// A phrase of a rule, or several in one pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// As written.
    pub pattern: String,
    /// What it was read as.
    pub parsed: Pattern,
    /// Where the pattern stands, in bytes of the TOML or of its list.
    pub span: Range<usize>,
    /// The list that it stands in, counted from 0 in the order in which they were read; none: the TOML.
    pub list: Option<usize>,
    /// What it should become, best first; as written.
    pub suggestions: Vec<String>,
    /// How much likelier it is in reworded text.
    pub evidence: LogOdds,
    /// Where it comes from.
    pub origin: Origin,
    /// How far its fixes may be trusted.
    pub safety: Safety,
    /// What must hold for a match, besides the conditions of the rule.
    pub conditions: Vec<Condition>,
    /// Patterns of which a `conditional` rule needs one.
    pub needs: Vec<Pattern>,
}

impl Entry {
    fn new(pattern: &str, parsed: Pattern, span: Range<usize>, defaults: &Defaults) -> Self {
        Self {
            pattern: pattern.to_owned(),
            parsed,
            span,
            list: None,
            suggestions: Vec::new(),
            evidence: defaults.evidence,
            origin: defaults.origin.clone(),
            safety: defaults.safety,
            conditions: Vec::new(),
            needs: Vec::new(),
        }
    }
}

/// A rule's TOML that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSource {
    /// Kebab-case name of the fault.
    pub id: String,
    /// The family it belongs to.
    pub family: String,
    /// What it does.
    pub kind: Kind,
    /// Severity where no settings say otherwise.
    pub severity: Severity,
    /// 0 to 1.
    pub min_confidence: f64,
    /// What it must see again after a change.
    pub scope: Scope,
    /// How far the fixes of an entry may be trusted that does not say so itself.
    pub safety: Safety,
    /// With `{found}` and `{suggestion}`.
    pub message: String,
    /// Empty where there is none.
    pub note: String,
    /// In Markdown.
    pub page: String,
    /// In the order of the file, then of the lists. In a consistency rule both sides of a pair, one after the other.
    pub entries: Vec<Entry>,
    /// In the order of the file.
    pub regexes: Vec<RegexEntry>,
    /// What must hold for every match.
    pub conditions: Vec<Condition>,
    /// Of a rule that adjusts: the ids or families of the rules it is about. Of one about capitals: words that keep
    /// theirs.
    pub names: Vec<String>,
    /// Paths of its lists as it names them, with their places in the TOML.
    pub lists: Vec<(String, Range<usize>)>,
    /// Where its name stands, in bytes of the TOML.
    pub(crate) id_span: Range<usize>,
    /// Evidence of an entry that gives none.
    pub(crate) evidence: LogOdds,
    sets: Sets,
    /// How many lists were read.
    lists_read: usize,
}

impl RuleSource {
    /// Reads the TOML of a rule.
    ///
    /// # Errors
    /// The first fault found, with its span.
    pub fn parse(toml: &str) -> Result<Self, PackError> {
        let table = parse_toml(toml)?;
        Self::read(toml, &table, Form::Strict, 0..0)
    }

    /// Reads a rule from a table that stands at `at` in the TOML.
    pub(crate) fn read(
        toml: &str,
        table: &DeTable<'_>,
        form: Form<'_>,
        at: Range<usize>,
    ) -> Result<Self, PackError> {
        Reader::new(toml, table, form, at)?.rule()
    }
}

/// The tables of a TOML.
pub(crate) fn parse_toml(toml: &str) -> Result<DeTable<'_>, PackError> {
    let table = DeTable::parse(toml).map_err(|error| {
        let message = error.message().lines().map(str::trim).collect::<Vec<_>>().join("; ");
        let is_twice = message.contains("duplicate key");
        let fault = PackError::new(error.span().unwrap_or(0..0), message);
        if is_twice {
            fault.help("each phrase stands once, and each rule begins with `[[rule]]`")
        } else {
            fault
        }
    })?;
    Ok(table.into_inner())
}
