//! A record of what adjudication did, for whoever asks why a finding is not shown.
//!
//! [`adjudicate`](fn@crate::adjudicate) tells a recorder of each finding that it drops and of each stretch that it
//! weighs. The recorder of an ordinary run is `()`, which listens to nothing and costs nothing; a [`Trace`] keeps it.

use std::borrow::Cow;

use unspin_text::Span;

use crate::{Finding, LogOdds};

/// What adjudication did with one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// How the verdict was reached: the whole document first, then its [`windows`](crate::windows) in order.
    pub weighings: Vec<Weighing>,
    /// The raw findings that are not shown, by span. One that fell before the verdict was reached has its evidence for
    /// its posterior.
    pub dropped: Vec<Dropped>,
}

/// A finding that is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// As it was when it fell.
    pub finding: Finding,
    /// Why it fell; the first reason, where there are several.
    pub reason: Reason,
}

/// Why a finding is not shown, in the order in which it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// All its words stand in terms that the vocabulary accepts.
    Accepted,
    /// It lies in a comment to the linter, which is no prose.
    Comment,
    /// The words are mentioned, not used.
    Mentioned(Mention),
    /// Its posterior is below what the settings of its rule ask for.
    MinConfidence(LogOdds),
    /// A comment hides it.
    Suppressed {
        /// The comment, in bytes of the source.
        comment: Span,
    },
    /// It says that a comment hides nothing, and the comment hides something.
    Used,
    /// The severity of its rule is `off`.
    Off,
    /// Another rule silences it at a term of the house.
    Adjusted {
        /// That rule.
        by: Cow<'static, str>,
    },
    /// Its rule is not among those that were asked for.
    NotSelected,
    /// It overlaps a finding that is surer, or as sure and longer, or that is drawn from it.
    Overlapped {
        /// The rule of that finding.
        rule: Cow<'static, str>,
        /// Its bytes of the document's text.
        span: Span,
    },
}

impl Reason {
    /// The name used in reports.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Accepted => "vocabulary",
            Self::Comment => "comment",
            Self::Mentioned(_) => "mentioned",
            Self::MinConfidence(_) => "min-confidence",
            Self::Suppressed { .. } => "suppressed",
            Self::Used => "used",
            Self::Off => "off",
            Self::Adjusted { .. } => "adjusted",
            Self::NotSelected => "not-selected",
            Self::Overlapped { .. } => "overlapped",
        }
    }

    /// Whether the finding fell before the verdict was reached, so that it was never weighed and has no posterior.
    pub const fn precedes_verdict(&self) -> bool {
        matches!(self, Self::Accepted | Self::Comment | Self::Mentioned(_))
    }

    pub(crate) fn overlapped(by: &Finding) -> Self {
        Self::Overlapped { rule: by.rule.clone(), span: by.span }
    }
}

/// What shows that words are mentioned and not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention {
    /// They stand alone between quotation marks, or in code.
    Alone,
    /// They are emphasised.
    Emphasised,
    /// A noun for words stands before them.
    Announced,
    /// Their sentence holds what they stand for as well.
    Explained,
    /// The same words are mentioned elsewhere in the text.
    Elsewhere,
}

impl Mention {
    /// The name used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Emphasised => "emphasised",
            Self::Announced => "announced",
            Self::Explained => "explained",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// The parts of the log-odds that a stretch of text was reworded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighing {
    /// The window, in bytes; `None` for the whole document.
    pub window: Option<Span>,
    /// Before anything is read.
    pub prior: LogOdds,
    /// The sum of its distinct marks.
    pub marks: LogOdds,
    /// What having looked at so much text costs. The marks of a whole document are never worth less than nothing, so the
    /// cost takes no more than they give.
    pub cost: LogOdds,
    /// What rules think of it that judge the whole.
    pub readings: LogOdds,
    /// All of it together.
    pub score: LogOdds,
}

/// Who is told what adjudication does.
pub(crate) trait Recorder {
    /// A finding is dropped.
    fn dropped(&mut self, _finding: &Finding, _reason: impl FnOnce() -> Reason) {}

    /// A stretch is weighed.
    fn weighed(&mut self, _weighing: Weighing) {}
}

/// Nobody.
impl Recorder for () {}

impl Recorder for Trace {
    fn dropped(&mut self, finding: &Finding, reason: impl FnOnce() -> Reason) {
        self.dropped.push(Dropped { finding: finding.clone(), reason: reason() });
    }

    fn weighed(&mut self, weighing: Weighing) {
        self.weighings.push(weighing);
    }
}

/// Keeps the findings that `why` has nothing against, in their order, and tells `recorder` of the others.
pub(crate) fn sift(
    findings: &mut Vec<Finding>,
    recorder: &mut impl Recorder,
    mut why: impl FnMut(&mut Finding) -> Option<Reason>,
) {
    findings.retain_mut(|finding| match why(finding) {
        None => true,
        Some(reason) => {
            recorder.dropped(finding, || reason);
            false
        }
    });
}
