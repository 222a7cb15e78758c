//! One row of figures of a text, for whoever keeps texts in tables.

use crate::json::{FindingMember, VerdictMember, serialize};
use crate::{FileReport, Offsets};
use unspin_lint::Diagnosis;

/// What a table holds of a text: the figures of [`Json`](crate::Json), with the same decimals.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Probability that the text was reworded, 0 to 1, four decimals.
    pub score: f64,
    /// At most this share of clean reference texts scores as high, 0 to 1, six decimals; `None` where nothing can be said.
    pub rarity: Option<f64>,
    /// `reworded`, `doubtful`, `clean` or `unknown`.
    pub level: &'static str,
    /// Why nothing can be said, where the level is `unknown`: `short` or `language`.
    pub reason: Option<&'static str>,
    /// Distinct marks.
    pub marks: usize,
    /// The rules that have findings, each once, by id.
    pub rules: Vec<String>,
    /// The `findings` of the text in the [`Json`](crate::Json) format, byte by byte; `None` where nobody asked.
    pub findings: Option<String>,
}

impl Scored {
    /// Of what is said of a text that is `source` once decoded; `None` of what is not judged, such as settings.
    /// Positions are those of an entry of a container.
    pub fn new(source: &str, said: &Diagnosis, with_findings: bool) -> Option<Self> {
        let VerdictMember { level, score, rarity, reason, marks, .. } =
            VerdictMember::new(said.verdict.as_ref()?);
        let mut rules: Vec<String> = said.diagnostics.iter().map(|d| d.rule.to_string()).collect();
        rules.sort_unstable();
        rules.dedup();
        let findings = with_findings.then(|| {
            let report = FileReport::new("", source, Offsets::Entry, said);
            let members: Vec<_> =
                said.diagnostics.iter().map(|found| FindingMember::new(&report, found)).collect();
            let mut bytes = Vec::new();
            serialize(&members, &mut bytes);
            String::from_utf8(bytes).expect("JSON is UTF-8")
        });
        Some(Self { score, rarity, level, reason, marks, rules, findings })
    }
}
