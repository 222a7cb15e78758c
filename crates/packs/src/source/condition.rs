//! Conditions: where a match is no finding.

use std::ops::Range;

use toml::de::DeTable;

use super::read::Reader;
use super::value::{Value, boolean, known, missing, number};
use crate::PackError;
use crate::pattern::Pattern;

/// The keys of conditions, on a rule and on an entry.
pub(super) const KEYS: [&str; 11] = [
    "unless",
    "unless-before",
    "unless-after",
    "in-quotes",
    "in-headings",
    "near",
    "document-contains",
    "document-contains-all",
    "document-lacks",
    "language-model",
    "match-case",
];

/// The furthest that [`Condition::Near`] looks, in words.
const MOST_WORDS: f64 = 1000.0;

/// Something that must hold for a match to be a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It lies inside no match of these.
    Unless(Vec<Pattern>),
    /// None of these stands right before it.
    UnlessBefore(Vec<Pattern>),
    /// None of these stands right after it.
    UnlessAfter(Vec<Pattern>),
    /// It stands inside, or outside, of quotation marks.
    InQuotes(bool),
    /// It stands inside, or outside, of a heading.
    InHeadings(bool),
    /// One of these stands so near.
    Near {
        /// The patterns.
        any: Vec<Pattern>,
        /// So many words may stand between.
        words: u32,
    },
    /// One of these stands in the document.
    DocumentContains(Vec<Pattern>),
    /// None of these stands in the document.
    DocumentLacks(Vec<Pattern>),
    /// The mean log10 probability of its words is below this, in hundredths.
    LanguageModel(i32),
    /// It is written in the letter case of the rule.
    MatchCase,
}

impl Condition {
    /// How many phrases its patterns stand for.
    pub(super) fn expansions(&self) -> u64 {
        self.patterns().iter().map(|pattern| u64::from(pattern.expansions)).sum()
    }

    fn patterns(&self) -> &[Pattern] {
        match self {
            Self::Unless(patterns)
            | Self::UnlessBefore(patterns)
            | Self::UnlessAfter(patterns)
            | Self::Near { any: patterns, .. }
            | Self::DocumentContains(patterns)
            | Self::DocumentLacks(patterns) => patterns,
            Self::InQuotes(_) | Self::InHeadings(_) | Self::LanguageModel(_) | Self::MatchCase => {
                &[]
            }
        }
    }
}

impl<'t> Reader<'_, 't> {
    /// The conditions among the keys of a rule or an entry, cheapest first.
    pub(super) fn conditions(&self, table: &DeTable<'t>) -> Result<Vec<Condition>, PackError> {
        let mut all = Vec::new();
        let mut read =
            |key: &str, of: &dyn Fn(&Value<'t>) -> Result<Option<Condition>, PackError>| {
                let Some(value) = table.get(key) else { return Ok(()) };
                all.extend(of(value)?);
                Ok(())
            };
        read("match-case", &|v| Ok(boolean(v, "match-case")?.then_some(Condition::MatchCase)))?;
        read("unless-before", &|v| Ok(Some(Condition::UnlessBefore(self.patterns(v, false)?))))?;
        read("unless-after", &|v| Ok(Some(Condition::UnlessAfter(self.patterns(v, false)?))))?;
        read("in-headings", &|v| Ok(Some(Condition::InHeadings(boolean(v, "in-headings")?))))?;
        read("in-quotes", &|v| Ok(Some(Condition::InQuotes(boolean(v, "in-quotes")?))))?;
        read("unless", &|v| Ok(Some(Condition::Unless(self.patterns(v, true)?))))?;
        read("near", &|v| self.near(v).map(Some))?;
        read("document-contains", &|v| {
            Ok(Some(Condition::DocumentContains(self.patterns(v, true)?)))
        })?;
        read("document-lacks", &|v| Ok(Some(Condition::DocumentLacks(self.patterns(v, true)?))))?;
        read("language-model", &|v| {
            let mean = number(v, "language-model")?;
            if !(-20.0..=0.0).contains(&mean) {
                let message = "`language-model` lies between -20 and 0";
                return Err(PackError::new(v.span(), message)
                    .help("it is a mean log10 probability: -4.0 means 1 in 10,000 a word"));
            }
            Ok(Some(Condition::LanguageModel((mean * 100.0).round() as i32)))
        })?;
        if let Some(value) = table.get("document-contains-all") {
            let each = self.patterns(value, true)?.into_iter();
            all.extend(each.map(|pattern| Condition::DocumentContains(vec![pattern])));
        }
        Ok(all)
    }

    fn near(&self, value: &Value<'t>) -> Result<Condition, PackError> {
        let help = "write `near = { any = [\"bank\", \"money\"], words = 10 }`";
        let table = value
            .get_ref()
            .as_table()
            .ok_or_else(|| PackError::new(value.span(), "`near` is no table").help(help))?;
        for key in table.keys() {
            known(key, &["any", "words"])?;
        }
        let at: Range<usize> = value.span();
        let get = |key: &str| table.get(key).ok_or_else(|| missing(key, &at).help(help));
        let words = number(get("words")?, "words")?;
        if !(0.0..=MOST_WORDS).contains(&words) || words.fract() != 0.0 {
            let message = "`words` is a whole number up to 1000";
            return Err(PackError::new(get("words")?.span(), message));
        }
        Ok(Condition::Near { any: self.patterns(get("any")?, true)?, words: words as u32 })
    }
}
