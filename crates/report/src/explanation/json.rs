//! The explanation for programs: an object of the contract that [`Json`](crate::Json) keeps, with `explain` in the place
//! of `files`.

use serde::Serialize;
use unspin_lint::{Diagnostic, Explanation, Figure, LogOdds, Reason, Subject};
use unspin_text::Span;

use super::LineReport;
use crate::json::{FindingMember, PositionMember, SCHEMA, VerdictMember, rounded, serialize};
use crate::{FileReport, Tool};

pub(super) fn render(line: &LineReport<'_>, tool: &Tool) -> Vec<u8> {
    let (said, findings) = (line.said(), line.findings());
    let file = line.file(&said);
    let fates = findings.iter().map(|(found, why)| FateMember::new(line, &file, found, *why));
    let weighings = line.trace.weighings.iter().filter_map(|weighing| {
        let window = weighing.window.map(|span| line.document.in_source(span));
        window.is_none_or(|span| line.touches(span)).then(|| WeighingMember {
            window: window.map(|span| PlaceMember::new(line, span)),
            prior: weighing.prior.nats(),
            marks: weighing.marks.nats(),
            cost: weighing.cost.nats(),
            readings: weighing.readings.nats(),
            score: weighing.score.nats(),
        })
    });
    let object = ObjectMember {
        schema: SCHEMA,
        tool,
        explain: ExplainMember {
            path: line.path,
            place: PlaceMember::new(line, line.source),
            source_text: &line.document.source()[line.source.range()],
            verdict: file.verdict().map_or(VerdictMember::SETTINGS, VerdictMember::new),
            shift: line.report.verdict.shift().nats(),
            weighings: weighings.collect(),
            findings: fates.collect(),
            explanations: line.explanations.iter().map(|e| SaidMember::new(line, e)).collect(),
        },
    };
    let mut out = Vec::new();
    serialize(&object, &mut out);
    out.push(b'\n');
    out
}

#[derive(Serialize)]
struct ObjectMember<'a> {
    schema: u32,
    tool: &'a Tool,
    explain: ExplainMember<'a>,
}

#[derive(Serialize)]
struct ExplainMember<'a> {
    path: &'a str,
    #[serde(flatten)]
    place: PlaceMember,
    source_text: &'a str,
    verdict: VerdictMember,
    /// What the verdict adds to each mark, in nats, as is everything here but probabilities.
    shift: f64,
    weighings: Vec<WeighingMember>,
    findings: Vec<FateMember<'a>>,
    explanations: Vec<SaidMember<'a>>,
}

#[derive(Serialize)]
struct PlaceMember {
    start: PositionMember,
    end: PositionMember,
}

impl PlaceMember {
    fn new(line: &LineReport<'_>, source: Span) -> Self {
        let at = |byte| line.document.positions().at(line.document.source(), byte).into();
        Self { start: at(source.start), end: at(source.end) }
    }
}

#[derive(Serialize)]
struct WeighingMember {
    /// Null for the whole document.
    window: Option<PlaceMember>,
    prior: f64,
    marks: f64,
    cost: f64,
    readings: f64,
    score: f64,
}

#[derive(Serialize)]
struct FateMember<'a> {
    #[serde(flatten)]
    finding: FindingMember<'a>,
    /// Null where it fell before the verdict was reached.
    posterior: Option<f64>,
    /// A probability; null for what belongs to no rule.
    min_confidence: Option<f64>,
    shown: bool,
    /// Null where it is shown.
    reason: Option<ReasonMember<'a>>,
}

impl<'a> FateMember<'a> {
    fn new(
        line: &'a LineReport<'_>,
        file: &FileReport<'a>,
        found: &'a Diagnostic,
        reason: Option<&'a Reason>,
    ) -> Self {
        let state = line.rules.state(&found.rule);
        let probability = |least: LogOdds| rounded(least.probability(), 3);
        Self {
            posterior: reason
                .is_none_or(|reason| !reason.precedes_verdict())
                .then(|| found.posterior.nats()),
            min_confidence: state.map(|state| probability(state.min_confidence)),
            shown: reason.is_none(),
            reason: reason.map(|reason| ReasonMember::new(line, reason)),
            finding: FindingMember::new(file, found),
        }
    }
}

#[derive(Serialize)]
struct ReasonMember<'a> {
    kind: &'static str,
    /// How words are mentioned.
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<&'static str>,
    /// The rule of the finding that stands in its place, or the one that silences it.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    /// Where that finding stands, or the comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<PlaceMember>,
}

impl<'a> ReasonMember<'a> {
    fn new(line: &LineReport<'_>, reason: &'a Reason) -> Self {
        let of = Self { kind: reason.as_str(), how: None, rule: None, at: None };
        match reason {
            Reason::Mentioned(mention) => Self { how: Some(mention.as_str()), ..of },
            Reason::Suppressed { comment } => {
                Self { at: Some(PlaceMember::new(line, *comment)), ..of }
            }
            Reason::Adjusted { by } => Self { rule: Some(by), ..of },
            Reason::Overlapped { rule, span } => {
                let at = PlaceMember::new(line, line.document.in_source(*span));
                Self { rule: Some(rule), at: Some(at), ..of }
            }
            _ => of,
        }
    }
}

#[derive(Serialize)]
struct SaidMember<'a> {
    rule: &'a str,
    family: &'a str,
    /// `document`, `window` or `words`.
    subject: &'static str,
    #[serde(flatten)]
    place: Option<PlaceMember>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    figures: Vec<FigureMember>,
    attributions: Vec<AttributionMember>,
    alternatives: Vec<AlternativeMember<'a>>,
    notes: &'a [String],
}

impl<'a> SaidMember<'a> {
    fn new(line: &'a LineReport<'_>, said: &'a Explanation) -> Self {
        let document = line.document;
        let (subject, span, text) = match said.subject {
            Subject::Document => ("document", None, None),
            Subject::Window(span) => ("window", Some(span), None),
            Subject::Words(span) => ("words", Some(span), Some(document.slice(span))),
        };
        let attributions = said.attributions.iter().map(|a| AttributionMember {
            feature: a.feature,
            value: a.value,
            reference: a.reference,
            moves: a.moves.nats(),
        });
        let alternatives = said.alternatives.iter().map(|a| AlternativeMember {
            text: &a.text,
            replaces: document.slice(a.replaces),
            figures: a.figures.iter().map(FigureMember::new).collect(),
        });
        Self {
            rule: &said.rule,
            family: &said.family,
            subject,
            place: span.map(|span| PlaceMember::new(line, document.in_source(span))),
            text,
            figures: said.figures.iter().map(FigureMember::new).collect(),
            attributions: attributions.collect(),
            alternatives: alternatives.collect(),
            notes: &said.notes,
        }
    }
}

#[derive(Serialize)]
struct FigureMember {
    name: &'static str,
    value: f64,
    threshold: Option<f64>,
    unit: &'static str,
}

impl FigureMember {
    fn new(&Figure { name, value, threshold, unit }: &Figure) -> Self {
        Self { name, value, threshold, unit }
    }
}

#[derive(Serialize)]
struct AttributionMember {
    feature: &'static str,
    value: i32,
    reference: i32,
    moves: f64,
}

#[derive(Serialize)]
struct AlternativeMember<'a> {
    text: &'a str,
    replaces: &'a str,
    figures: Vec<FigureMember>,
}
