//! What a rule says of its judgement, whether or not it marks anything.

use std::borrow::Cow;

use unspin_text::Span;

use crate::{LogOdds, RuleMeta};

/// What a rule says of one subject. Made by [`Rule::explain`](crate::Rule::explain); nothing in it changes a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Id of the rule that speaks. One rule may speak for its family.
    pub rule: Cow<'static, str>,
    /// Family of that rule.
    pub family: Cow<'static, str>,
    /// What it speaks of.
    pub subject: Subject,
    /// What the judgement rests on, the most important first.
    pub figures: Vec<Figure>,
    /// What made a trained score what it is, the greatest first; empty where nothing was trained.
    pub attributions: Vec<Attribution>,
    /// What may have stood there, likeliest first.
    pub alternatives: Vec<Alternative>,
    /// What figures do not tell: lower case, one sentence each, no final stop.
    pub notes: Vec<String>,
}

impl Explanation {
    /// Says nothing yet.
    pub fn new(meta: &RuleMeta, subject: Subject) -> Self {
        Self {
            rule: meta.id.clone(),
            family: meta.family.clone(),
            subject,
            figures: Vec::new(),
            attributions: Vec::new(),
            alternatives: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a figure.
    #[must_use]
    pub fn figure(mut self, figure: Figure) -> Self {
        self.figures.push(figure);
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// What an [`Explanation`] speaks of; spans are bytes of the document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// All of it.
    Document,
    /// One of its [`windows`](crate::windows).
    Window(Span),
    /// A word, or several.
    Words(Span),
}

/// A number that a rule goes by. It is for reading only: a rule decides by integers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// What it is, in kebab-case.
    pub name: &'static str,
    /// How much, in `unit`.
    pub value: f64,
    /// What it must reach, if there is such a bound.
    pub threshold: Option<f64>,
    /// `nats`, or what else it is counted in.
    pub unit: &'static str,
}

impl Figure {
    /// Log-odds, without a bound.
    pub fn nats(name: &'static str, value: LogOdds) -> Self {
        Self { name, value: value.nats(), threshold: None, unit: "nats" }
    }

    /// The figure with what it must reach, in its unit.
    #[must_use]
    pub fn at_least(mut self, threshold: f64) -> Self {
        self.threshold = Some(threshold);
        self
    }
}

/// What one feature does to a trained score: the score less the score that the same word would have if this one feature
/// had its reference value and all others stayed as they are (ablation of one feature at a time).
///
/// Such figures are no parts of a sum: features that say much the same thing share their weight, so that each alone may
/// move little. They are no Shapley values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Name of the feature.
    pub feature: &'static str,
    /// Its value, in the feature's own unit.
    pub value: i32,
    /// What it is compared with.
    pub reference: i32,
    /// Above zero: it makes the word odder than the reference value would.
    pub moves: LogOdds,
}

/// Words that may have stood in the place of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The words.
    pub text: String,
    /// What they would replace, in bytes of the document's text.
    pub replaces: Span,
    /// What speaks for them, the most important first.
    pub figures: Vec<Figure>,
}
