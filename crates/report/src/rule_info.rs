//! What a report says of the rules themselves.

use unspin_lint::{INTERNAL_ERROR, RuleMeta, Severity, page};

/// A rule, as formats with metadata describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its id.
    pub id: String,
    /// Its family.
    pub family: String,
    /// What it finds: one sentence, in Markdown.
    pub summary: String,
    /// Its page, in Markdown.
    pub page: String,
    /// What holds for it in the run; [`Severity::Off`] where it is not asked.
    pub severity: Severity,
    /// Whether its findings count towards the verdict where no settings say otherwise.
    pub evidence: bool,
}

impl RuleInfo {
    /// A rule by its own word. Settings may say another severity.
    pub fn of(meta: &RuleMeta) -> Self {
        Self {
            id: meta.id.clone().into_owned(),
            family: meta.family.clone().into_owned(),
            summary: page::summary(&meta.page),
            page: meta.page.trim().to_owned(),
            severity: meta.severity,
            evidence: meta.evidence,
        }
    }

    /// What is said in the name of no rule: of the bytes of a file, of settings, and of a rule that failed.
    pub(crate) fn of_no_rule() -> [Self; 3] {
        [
            (
                "encoding",
                "text",
                Severity::Info,
                "Bytes that could not be read as text, so that a part of the file was not seen.",
            ),
            (
                INTERNAL_ERROR,
                "internal",
                Severity::Warning,
                "A rule failed on this text, so that it was checked without that rule.",
            ),
            ("settings", "settings", Severity::Error, "A mistake in a settings file."),
        ]
        .map(|(id, family, severity, summary)| Self {
            id: id.to_owned(),
            family: family.to_owned(),
            summary: summary.to_owned(),
            page: summary.to_owned(),
            severity,
            evidence: false,
        })
    }
}
