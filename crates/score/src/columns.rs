//! The columns that are added to a table.

use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int32Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, StructArray};
use arrow_schema::{DataType, Field, Fields};

use crate::Outcome;

/// Probability that the text was reworded, 0 to 1 (`Float64`).
pub const SCORE: &str = "unspin_score";
/// At most this share of clean reference texts scores as high, 0 to 1 (`Float64`).
pub const RARITY: &str = "unspin_rarity";
/// `reworded`, `doubtful`, `clean` or `unknown` (`Utf8`).
pub const LEVEL: &str = "unspin_level";
/// Distinct marks in the text (`Int32`).
pub const MARKS: &str = "unspin_marks";
/// Ids of the rules that have findings, each once, in alphabetical order (`List<Utf8>`).
pub const RULES: &str = "unspin_rules";
/// Why a level is `unknown` (`short`, `language`), or why a row has none: `empty`, or what is wrong with it (`Utf8`).
pub const REASON: &str = "unspin_reason";
/// The findings as JSON, the `findings` of `unspin check --format json` (`Utf8`); only where they are asked for.
pub const FINDINGS: &str = "unspin_findings";

/// The reason of a row without a text.
pub(crate) const EMPTY: &str = "empty";

/// The fields of the columns, in order; all may be null, and are in a row that was not scored, but for the reason.
pub fn columns(findings: bool) -> Fields {
    let rules = DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)));
    let mut fields = vec![
        Field::new(SCORE, DataType::Float64, true),
        Field::new(RARITY, DataType::Float64, true),
        Field::new(LEVEL, DataType::Utf8, true),
        Field::new(MARKS, DataType::Int32, true),
        Field::new(RULES, rules, true),
        Field::new(REASON, DataType::Utf8, true),
    ];
    if findings {
        fields.push(Field::new(FINDINGS, DataType::Utf8, true));
    }
    fields.into()
}

/// The names of all columns, asked for or not: what a table may not have already.
pub fn names() -> [&'static str; 7] {
    [SCORE, RARITY, LEVEL, MARKS, RULES, REASON, FINDINGS]
}

/// What came of rows as one array of [`columns`].
pub fn struct_of(outcomes: &[Outcome], findings: bool) -> StructArray {
    let (mut scores, mut rarities) = (Float64Builder::new(), Float64Builder::new());
    let (mut levels, mut reasons) = (StringBuilder::new(), StringBuilder::new());
    let mut marks = Int32Builder::new();
    let mut rules = ListBuilder::new(StringBuilder::new());
    let mut found = StringBuilder::new();
    for outcome in outcomes {
        let scored = match outcome {
            Outcome::Scored(scored) => Some(scored),
            Outcome::Empty | Outcome::Bad(_) => None,
        };
        scores.append_option(scored.map(|scored| scored.score));
        rarities.append_option(scored.and_then(|scored| scored.rarity));
        levels.append_option(scored.map(|scored| scored.level));
        let count = |marks| i32::try_from(marks).unwrap_or(i32::MAX);
        marks.append_option(scored.map(|scored| count(scored.marks)));
        let ids = scored.iter().flat_map(|scored| &scored.rules);
        ids.for_each(|id| rules.values().append_value(id));
        rules.append(scored.is_some());
        reasons.append_option(outcome.reason());
        found.append_option(scored.and_then(|scored| scored.findings.as_deref()));
    }
    let mut arrays: Vec<ArrayRef> = vec![
        Arc::new(scores.finish()),
        Arc::new(rarities.finish()),
        Arc::new(levels.finish()),
        Arc::new(marks.finish()),
        Arc::new(rules.finish()),
        Arc::new(reasons.finish()),
    ];
    if findings {
        arrays.push(Arc::new(found.finish()));
    }
    StructArray::new(columns(findings), arrays, None)
}

impl Outcome {
    /// What [`REASON`] says.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Scored(scored) => scored.reason,
            Self::Empty => Some(EMPTY),
            Self::Bad(why) => Some(why),
        }
    }
}
