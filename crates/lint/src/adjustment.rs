//! What a house says of other rules' findings at its own terms.

use std::borrow::Cow;

use unspin_text::Span;

use crate::{Finding, RuleSet, Severity};

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

/// The adjustments of a document, ready to be asked for at many findings.
pub(crate) struct Adjustments {
    /// By the rule that asks, the last by id first; of rules that are not off.
    by_rule: Vec<Vec<Placed>>,
}

/// An adjustment among those of its rule, which are sorted by their starts.
struct Placed {
    adjustment: Adjustment,
    /// The furthest end of it and those before it, in bytes.
    reach: u32,
}

impl Adjustments {
    pub(crate) fn new(mut all: Vec<Adjustment>, rules: &RuleSet) -> Self {
        all.retain(|a| rules.state(&a.by).is_none_or(|state| state.severity != Severity::Off));
        all.sort_by(|a, b| (&b.by, a.span).cmp(&(&a.by, b.span)));
        let mut by_rule: Vec<Vec<Placed>> = Vec::new();
        for adjustment in all {
            let last = by_rule.last_mut().filter(|own| own[0].adjustment.by == adjustment.by);
            let end = adjustment.span.end;
            match last {
                Some(own) => {
                    let reach = own.last().map_or(end, |before| before.reach.max(end));
                    own.push(Placed { adjustment, reach });
                }
                None => by_rule.push(vec![Placed { adjustment, reach: end }]),
            }
        }
        Self { by_rule }
    }

    /// The one that holds for a finding: of several rules that of the last by id, of several of one rule the last.
    pub(crate) fn of(&self, finding: &Finding) -> Option<&Adjustment> {
        self.by_rule.iter().find_map(|own| {
            let before = own.partition_point(|p| p.adjustment.span.start < finding.span.end);
            let near = own[..before].iter().rev().take_while(|p| p.reach > finding.span.start);
            near.map(|p| &p.adjustment).find(|adjustment| adjustment.covers(finding))
        })
    }
}
