//! A rule's TOML, read with spans.
//!
//! It is walked by hand as `lint.toml` is: serde would name a wrong key, but not what it was meant to be.

mod list;
mod read;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use toml::de::DeTable;
use unspin_lint::{LogOdds, Safety, Scope, Severity};

use crate::PackError;
use crate::pattern::{Pattern, Sets};
use read::{KEYS, Reader, known};

/// What a rule does with its phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reports them.
    Existence,
    /// Reports them with what they should become.
    Substitution,
    /// Reports a phrase that is used again in the same sentence.
    Repetition {
        /// With so many words or fewer between the two.
        within: u32,
    },
    /// Reports the rarer of two phrases where a document uses both.
    Consistency,
    /// Reports what goes beyond a number of uses in each stretch of the rule's scope.
    Occurrence {
        /// So many uses are fine.
        max: u32,
    },
}

impl Kind {
    /// The names in a rule's TOML, in the order of the variants.
    pub(crate) const NAMES: [&str; 5] =
        ["existence", "substitution", "repetition", "consistency", "occurrence"];

    /// Its place among [`Self::NAMES`].
    pub(crate) fn index(self) -> usize {
        match self {
            Self::Existence => 0,
            Self::Substitution => 1,
            Self::Repetition { .. } => 2,
            Self::Consistency => 3,
            Self::Occurrence { .. } => 4,
        }
    }

    /// Whether its phrases have suggestions.
    pub(crate) fn suggests(self) -> bool {
        matches!(self, Self::Substitution | Self::Consistency)
    }
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
    /// Where the pattern stands, in bytes of the TOML; empty for one of a list.
    pub span: Range<usize>,
    /// What it should become, best first; as written.
    pub suggestions: Vec<String>,
    /// How much likelier it is in reworded text.
    pub evidence: LogOdds,
    /// Where it comes from.
    pub origin: Origin,
    /// Patterns that must not stand right before a match.
    pub unless_before: Vec<Pattern>,
    /// Patterns that must not stand right after a match.
    pub unless_after: Vec<Pattern>,
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
    /// How far its fixes may be trusted.
    pub safety: Safety,
    /// With `{found}` and `{suggestion}`.
    pub message: String,
    /// Empty where there is none.
    pub note: String,
    /// In Markdown.
    pub page: String,
    /// In the order of the file, then of the lists. In a consistency rule both sides of a pair, one after the other.
    pub entries: Vec<Entry>,
    /// Evidence of an entry that gives none.
    evidence: LogOdds,
    sets: Sets,
}

impl RuleSource {
    /// Reads the TOML of a rule.
    ///
    /// # Errors
    /// The first fault found, with its span.
    pub fn parse(toml: &str) -> Result<Self, PackError> {
        let table = DeTable::parse(toml).map_err(|error| {
            let message = error.message().lines().map(str::trim).collect::<Vec<_>>().join("; ");
            PackError::new(error.span().unwrap_or(0..0), message)
        })?;
        let table = table.into_inner();
        for key in table.keys() {
            known(key, &KEYS)?;
        }
        Reader::new(toml, &table)?.rule()
    }
}
