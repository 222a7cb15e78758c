//! What a rule reports.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unspin_text::Span;

use crate::{LogOdds, RuleMeta, Severity};

/// The rule of findings about the run itself: see [`Finding::internal_error`].
pub const INTERNAL_ERROR: &str = "internal-error";

/// One passage that bears a mark of automatic rewording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule that found it.
    pub rule: Cow<'static, str>,
    /// Family of that rule.
    pub family: Cow<'static, str>,
    /// The user's policy for the rule; set by [`adjudicate`](fn@crate::adjudicate).
    pub severity: Severity,
    /// What the rule alone saw.
    pub evidence: LogOdds,
    /// `evidence` with the document's shift; equal to it until [`adjudicate`](fn@crate::adjudicate) has run.
    pub posterior: LogOdds,
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// What is wrong: lower case, one sentence, no final stop.
    pub message: String,
    /// Why it is thought so.
    pub notes: Vec<String>,
    /// Remedies, best first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding of the rule `meta` with its default severity and no notes or fixes yet.
    pub fn new(meta: &RuleMeta, span: Span, evidence: LogOdds, message: String) -> Self {
        Self {
            rule: meta.id.clone(),
            family: meta.family.clone(),
            severity: meta.severity,
            evidence,
            posterior: evidence,
            span,
            message,
            notes: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// A finding about the run itself: part of it failed on this text. It belongs to no rule and is always shown.
    /// `message` names what failed, `note` the way out.
    pub fn internal_error(message: impl Into<String>, note: impl Into<String>) -> Self {
        Self {
            rule: Cow::Borrowed(INTERNAL_ERROR),
            family: Cow::Borrowed("run"),
            severity: Severity::Error,
            evidence: LogOdds::EVEN,
            posterior: LogOdds::EVEN,
            span: Span::new(0, 0),
            message: message.into(),
            notes: vec![note.into()],
            fixes: Vec::new(),
        }
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a fix after those it has.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// The posterior as a probability, 0 to 1.
    pub fn confidence(&self) -> f64 {
        self.posterior.probability()
    }

    /// What each fix makes of exactly the finding's span, best first; fixes that edit elsewhere too are left out.
    pub fn suggestions(&self) -> impl Iterator<Item = &str> {
        self.fixes.iter().filter_map(|fix| match fix.edits() {
            [edit] if edit.span == self.span => Some(edit.text.as_str()),
            _ => None,
        })
    }
}

/// How far a fix may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Safety {
    /// May be applied without a look.
    Safe,
    /// Probably right; somebody should look.
    Unsafe,
    /// It changes somebody's words, so it is shown only, unless somebody asks for just that. Reports say `display`.
    Quoted,
    /// Shown only, never applied.
    Display,
}

impl Safety {
    /// The name used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Quoted | Self::Display => "display",
        }
    }
}

/// Replacement of one span by a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What goes, in bytes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// A remedy: edits that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an editor's menu shows it.
    pub title: String,
    /// How far it may be trusted.
    pub safety: Safety,
    // Invariant: sorted by span, and disjoint.
    edits: Vec<Edit>,
}

impl Fix {
    /// A fix of several edits, which are sorted here.
    ///
    /// # Panics
    /// If there is no edit, or if two of them overlap: a rule that asks for both has a fault.
    pub fn new(title: impl Into<String>, safety: Safety, mut edits: Vec<Edit>) -> Self {
        assert!(!edits.is_empty(), "a fix without an edit");
        edits.sort_by_key(|edit| edit.span);
        assert!(
            edits.windows(2).all(|w| w[0].span.end <= w[1].span.start),
            "two edits of one fix overlap"
        );
        Self { title: title.into(), safety, edits }
    }

    /// A fix that replaces one span.
    pub fn replace(span: Span, text: impl Into<String>, safety: Safety) -> Self {
        let text = text.into();
        let title = if text.is_empty() {
            "remove it".to_owned()
        } else {
            format!("replace with \"{text}\"")
        };
        Self::new(title, safety, vec![Edit { span, text }])
    }

    /// Its edits, sorted and disjoint.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Puts its edits elsewhere; `place` keeps their order, and keeps them apart.
    pub(crate) fn shift(&mut self, place: impl Fn(Span) -> Span) {
        self.edits.iter_mut().for_each(|edit| edit.span = place(edit.span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_sorted() {
        let edit = |start, end| Edit { span: Span::new(start, end), text: String::new() };
        let fix = Fix::new("t", Safety::Unsafe, vec![edit(4, 6), edit(0, 2)]);
        assert_eq!(fix.edits()[0].span, Span::new(0, 2));
    }

    #[test]
    fn overlapping_edits_are_refused() {
        let edit = |start, end| Edit { span: Span::new(start, end), text: String::new() };
        let made = std::panic::catch_unwind(|| {
            Fix::new("t", Safety::Unsafe, vec![edit(0, 3), edit(2, 5)])
        });
        assert!(made.is_err());
    }
}
