//! What a house says of other rules' findings at its own terms.

use std::borrow::Cow;

use unspin_text::Span;

use crate::{Finding, Severity};

/// Another severity for the findings of some rules at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// Id of the rule that asks for it.
    pub by: Cow<'static, str>,
    /// The place, in bytes of the document's text: findings that share a byte with it are meant.
    pub span: Span,
    /// Ids or families of the rules whose findings are meant; none: all rules but the one that asks.
    pub rules: Vec<Cow<'static, str>>,
    /// What they get; [`Severity::Off`] silences them.
    pub severity: Severity,
}

impl Adjustment {
    /// Whether the finding is meant.
    pub fn covers(&self, finding: &Finding) -> bool {
        let named = |name: &Cow<'static, str>| *name == finding.rule || *name == finding.family;
        self.span.overlaps(finding.span)
            && finding.rule != self.by
            && (self.rules.is_empty() || self.rules.iter().any(named))
    }
}
