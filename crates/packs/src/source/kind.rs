//! What a rule does, and the keys that belong to one kind alone.

use unspin_lint::{Scope, Severity};

use super::read::Reader;
use super::value::{boolean, missing, number, string};
use crate::PackError;

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
    /// Gives what other rules find at its phrases another severity.
    Adjust {
        /// The severity.
        set: Severity,
    },
    /// Reports words, or headings, in another letter case than they must have.
    Capitalization {
        /// The letter case of all headings; none: each phrase is written as it stands in the rule.
        style: Option<Style>,
        /// Whether a phrase may begin with a capital where a sentence does.
        at_start: bool,
    },
    /// Reports the first use of a phrase in a document that lacks what it needs.
    Conditional {
        /// Whether what it needs may also come later.
        anywhere: bool,
    },
    /// Reports a sentence, a paragraph or a document by a number computed of it.
    Metric {
        /// How it is computed.
        formula: Formula,
        /// The least that is fine, in thousandths.
        min: Option<i32>,
        /// The most that is fine, in thousandths.
        max: Option<i32>,
    },
}

/// The letter case of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The first word and names begin with a capital.
    Sentence,
    /// All but short function words begin with a capital.
    Title,
    /// CAPITALS.
    Upper,
    /// Small letters.
    Lower,
}

/// What a rule of kind `metric` computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Words of a sentence.
    SentenceWords,
    /// Sentences of a paragraph.
    ParagraphSentences,
    /// Words of a paragraph.
    ParagraphWords,
    /// Words of the document.
    DocumentWords,
    /// Flesch (1948): 0 to 100 and beyond, higher is easier.
    FleschReadingEase,
    /// Kincaid et al. (1975): a school grade of the United States.
    FleschKincaidGrade,
    /// Gunning (1952): years of schooling.
    GunningFog,
    /// Coleman and Liau (1975): a school grade.
    ColemanLiau,
    /// Senter and Smith (1967): a school grade.
    AutomatedReadability,
}

impl Style {
    /// In the order of [`Self::NAMES`].
    pub(crate) const ALL: [Self; 4] = [Self::Sentence, Self::Title, Self::Upper, Self::Lower];
    pub(crate) const NAMES: [&str; 4] = ["sentence", "title", "upper", "lower"];
}

impl Formula {
    /// In the order of [`Self::NAMES`].
    pub(crate) const ALL: [Self; 9] = [
        Self::SentenceWords,
        Self::ParagraphSentences,
        Self::ParagraphWords,
        Self::DocumentWords,
        Self::FleschReadingEase,
        Self::FleschKincaidGrade,
        Self::GunningFog,
        Self::ColemanLiau,
        Self::AutomatedReadability,
    ];
    pub(crate) const NAMES: [&str; 9] = [
        "sentence-words",
        "paragraph-sentences",
        "paragraph-words",
        "document-words",
        "flesch-reading-ease",
        "flesch-kincaid-grade",
        "gunning-fog",
        "coleman-liau",
        "automated-readability",
    ];

    /// The stretches of text that it can be computed of, the usual one first.
    fn scopes(self) -> &'static [Scope] {
        match self {
            Self::SentenceWords => &[Scope::Sentence],
            Self::ParagraphSentences | Self::ParagraphWords => &[Scope::Paragraph],
            Self::DocumentWords => &[Scope::Document],
            _ => &[Scope::Document, Scope::Paragraph],
        }
    }
}

impl Kind {
    /// The names in a rule's TOML, in the order of the variants.
    pub(crate) const NAMES: [&str; 9] = [
        "existence",
        "substitution",
        "repetition",
        "consistency",
        "occurrence",
        "adjust",
        "capitalization",
        "conditional",
        "metric",
    ];

    /// Its place among [`Self::NAMES`].
    pub(crate) fn index(self) -> usize {
        match self {
            Self::Existence => 0,
            Self::Substitution => 1,
            Self::Repetition { .. } => 2,
            Self::Consistency => 3,
            Self::Occurrence { .. } => 4,
            Self::Adjust { .. } => 5,
            Self::Capitalization { .. } => 6,
            Self::Conditional { .. } => 7,
            Self::Metric { .. } => 8,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES[self.index()]
    }

    /// Whether its phrases have suggestions.
    pub(crate) fn suggests(self) -> bool {
        matches!(self, Self::Substitution | Self::Consistency)
    }

    /// Whether it looks for phrases at all.
    pub(crate) fn has_phrases(self) -> bool {
        !matches!(self, Self::Metric { .. } | Self::Capitalization { style: Some(_), .. })
    }

    /// Whether regexes may stand beside or in place of its phrases.
    pub(crate) fn takes_regexes(self) -> bool {
        matches!(
            self,
            Self::Existence
                | Self::Substitution
                | Self::Occurrence { .. }
                | Self::Conditional { .. }
        )
    }

    /// The placeholders of its message.
    pub(crate) fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::Substitution | Self::Consistency | Self::Capitalization { .. } => {
                &["found", "suggestion"]
            }
            Self::Metric { .. } => &["value", "limit"],
            _ => &["found"],
        }
    }
}

/// Which kinds each key belongs to, by their places among [`Kind::NAMES`].
const OWN_KEYS: [(&str, &[usize]); 12] = [
    ("within", &[2]),
    ("max", &[4, 8]),
    ("min", &[8]),
    ("formula", &[8]),
    ("rules", &[5]),
    ("set", &[5]),
    ("style", &[6]),
    ("at-start", &[6]),
    ("except", &[6]),
    ("order", &[7]),
    ("regex", &[0, 1, 4, 7]),
    ("match-case", &[0, 1, 2, 4, 5, 7]),
];

impl Reader<'_, '_> {
    pub(super) fn kind(&self) -> Result<Kind, PackError> {
        let at = self.choice("kind", &Kind::NAMES, None)?;
        for (key, kinds) in OWN_KEYS {
            let Some(value) = self.table.get(key).filter(|_| !kinds.contains(&at)) else {
                continue;
            };
            let message = format!("`{key}` means nothing in a rule of kind `{}`", Kind::NAMES[at]);
            let names = kinds.iter().map(|kind| format!("`{}`", Kind::NAMES[*kind]));
            let names = names.collect::<Vec<_>>().join(", ");
            let plural = if kinds.len() == 1 { "kind" } else { "kinds" };
            return Err(PackError::new(value.span(), message)
                .help(format!("it belongs to the {plural} {names}")));
        }
        Ok(match at {
            0 => Kind::Existence,
            1 => Kind::Substitution,
            2 => Kind::Repetition { within: self.count("within", Some(0))? },
            3 => Kind::Consistency,
            4 => Kind::Occurrence { max: self.count("max", None)? },
            5 => {
                let names = Severity::ALL.map(Severity::as_str);
                Kind::Adjust { set: Severity::ALL[self.choice("set", &names, None)?] }
            }
            6 => {
                let style = match self.table.get("style") {
                    None => None,
                    Some(_) => Some(Style::ALL[self.choice("style", &Style::NAMES, None)?]),
                };
                let at_start =
                    self.table.get("at-start").map_or(Ok(true), |v| boolean(v, "at-start"))?;
                Kind::Capitalization { style, at_start }
            }
            7 => {
                let anywhere = self.choice("order", &["before", "anywhere"], Some(0))? == 1;
                Kind::Conditional { anywhere }
            }
            _ => {
                let formula = Formula::ALL[self.choice("formula", &Formula::NAMES, None)?];
                let (min, max) = (self.limit("min")?, self.limit("max")?);
                if min.is_none() && max.is_none() {
                    return Err(self.missing("max").help("write `max`, `min` or both"));
                }
                Kind::Metric { formula, min, max }
            }
        })
    }

    fn count(&self, key: &str, default: Option<u32>) -> Result<u32, PackError> {
        let Some(value) = self.table.get(key) else {
            return default.ok_or_else(|| self.missing(key));
        };
        let number = number(value, key)?;
        let fits = (0.0..=1000.0).contains(&number) && number.fract() == 0.0;
        fits.then_some(number as u32).ok_or_else(|| {
            PackError::new(value.span(), format!("`{key}` is a whole number up to 1000"))
        })
    }

    /// In thousandths.
    fn limit(&self, key: &str) -> Result<Option<i32>, PackError> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let number = number(value, key)?;
        if !(-1000.0..=1_000_000.0).contains(&number) {
            let message = format!("`{key}` lies between -1,000 and 1,000,000");
            return Err(PackError::new(value.span(), message));
        }
        Ok(Some((number * 1000.0).round() as i32))
    }

    /// What the rule must see again after a change.
    pub(super) fn scope(&self, kind: Kind) -> Result<Scope, PackError> {
        const ALL: [Scope; 4] = [Scope::Word, Scope::Sentence, Scope::Paragraph, Scope::Document];
        const NAMES: [&str; 4] = ["word", "sentence", "paragraph", "document"];
        let fits: &[Scope] = match kind {
            Kind::Existence | Kind::Substitution | Kind::Adjust { .. } => &ALL,
            Kind::Repetition { .. } | Kind::Occurrence { .. } | Kind::Capitalization { .. } => {
                &ALL[1..]
            }
            Kind::Consistency | Kind::Conditional { .. } => &ALL[3..],
            Kind::Metric { formula, .. } => formula.scopes(),
        };
        let index = |scope: &Scope| ALL.iter().position(|s| s == scope).unwrap_or(0);
        let default = if fits.len() == 4 { 1 } else { index(&fits[0]) };
        let scope = ALL[self.choice("scope", &NAMES, Some(default))?];
        if fits.contains(&scope) {
            return Ok(scope);
        }
        let names: Vec<&str> = fits.iter().map(|scope| NAMES[index(scope)]).collect();
        let help = match names.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => String::new(),
        };
        let message = format!("a rule of kind `{}` sees more than this", kind.name());
        Err(PackError::new(self.span("scope"), message).help(help))
    }

    /// The names that belong to the kind: rules to adjust, words written as they stand.
    pub(super) fn names(&self) -> Result<Vec<String>, PackError> {
        let Some((key, value)) =
            ["rules", "except"].iter().find_map(|key| Some((*key, self.table.get(*key)?)))
        else {
            return Ok(Vec::new());
        };
        let Some(array) = value.get_ref().as_array() else {
            return Err(PackError::new(value.span(), format!("`{key}` must be an array of names")));
        };
        let names: Vec<String> =
            array.iter().map(|name| string(name, "each item")).collect::<Result<_, _>>()?;
        let odd =
            names.iter().position(|name| name.is_empty() || name.contains(char::is_whitespace));
        match odd {
            Some(odd) => {
                Err(PackError::new(array[odd].span(), format!("`{}` is no word", names[odd])))
            }
            None => Ok(names),
        }
    }

    pub(super) fn missing(&self, key: &str) -> PackError {
        missing(key, &self.at)
    }
}

/// Stands for a limit that is not set.
const UNLIMITED: i32 = i32::MIN;

impl Kind {
    /// The numbers that a table keeps of it.
    pub(crate) fn numbers(self) -> [u32; 3] {
        let limit = |limit: Option<i32>| limit.unwrap_or(UNLIMITED).cast_unsigned();
        match self {
            Self::Existence | Self::Substitution | Self::Consistency => [0; 3],
            Self::Repetition { within } => [within, 0, 0],
            Self::Occurrence { max } => [max, 0, 0],
            Self::Adjust { set } => {
                [Severity::ALL.iter().position(|s| *s == set).unwrap_or(0) as u32, 0, 0]
            }
            Self::Capitalization { style, at_start } => {
                let style = style.and_then(|style| Style::ALL.iter().position(|s| *s == style));
                [style.map_or(0, |style| style as u32 + 1), u32::from(at_start), 0]
            }
            Self::Conditional { anywhere } => [u32::from(anywhere), 0, 0],
            Self::Metric { formula, min, max } => {
                let formula = Formula::ALL.iter().position(|f| *f == formula).unwrap_or(0);
                [formula as u32, limit(min), limit(max)]
            }
        }
    }

    /// The kind of a place among [`Self::NAMES`] and its [numbers](Self::numbers).
    pub(crate) fn from_numbers(index: u8, [a, b, c]: [u32; 3]) -> Option<Self> {
        let limit = |limit: u32| Some(limit.cast_signed()).filter(|limit| *limit != UNLIMITED);
        Some(match index {
            0 => Self::Existence,
            1 => Self::Substitution,
            2 => Self::Repetition { within: a },
            3 => Self::Consistency,
            4 => Self::Occurrence { max: a },
            5 => Self::Adjust { set: *Severity::ALL.get(a as usize)? },
            6 => Self::Capitalization {
                style: (a as usize).checked_sub(1).and_then(|at| Style::ALL.get(at).copied()),
                at_start: b != 0,
            },
            7 => Self::Conditional { anywhere: a != 0 },
            8 => Self::Metric {
                formula: *Formula::ALL.get(a as usize)?,
                min: limit(b),
                max: limit(c),
            },
            _ => return None,
        })
    }
}
