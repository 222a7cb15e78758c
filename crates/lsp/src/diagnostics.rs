//! What is said of a text, as the protocol has it.

use gen_lsp_types::{Code, Diagnostic, DiagnosticSeverity, Message, Range};
use serde_json::{Value, json};
use unspin_lint::{Diagnosis, Document, Level, Report, Severity, Span, Verdict};

use crate::encoding::Places;

/// The code of the diagnostic that tells the verdict.
pub(crate) const VERDICT: &str = "verdict";

/// The diagnostics of a text; with `tells_verdict` one on the first line, if it reads as reworded or may.
pub(crate) fn of_text(
    diagnosis: &Diagnosis,
    places: Places<'_>,
    tells_verdict: bool,
) -> Vec<Diagnostic> {
    let verdict = diagnosis.verdict.as_ref().filter(|_| tells_verdict);
    let verdict = verdict.and_then(|verdict| of_verdict(verdict, places));
    verdict.into_iter().chain(diagnosis.diagnostics.iter().map(|d| of(d, places))).collect()
}

/// One finding.
pub(crate) fn of(found: &unspin_lint::Diagnostic, places: Places<'_>) -> Diagnostic {
    let about = (found.rule.as_ref(), severity(found.severity));
    new(places.range(found.span), about, found.message.clone())
}

/// The same as [`of_text`], straight from a report: a key is not to wait for all that a menu or a hover may want to know.
pub(crate) fn of_report(
    document: &Document<'_>,
    report: &Report,
    places: Places<'_>,
    tells_verdict: bool,
) -> Vec<Diagnostic> {
    if !document.faults().is_empty() {
        return of_text(&Diagnosis::new(document, report), places, tells_verdict);
    }
    let verdict = Some(&report.verdict).filter(|_| tells_verdict);
    let verdict = verdict.and_then(|verdict| of_verdict(verdict, places));
    let shown = report.findings.iter().filter(|finding| finding.severity != Severity::Off);
    let mut found: Vec<(Span, Diagnostic)> = shown
        .map(|finding| {
            let span = document.in_source(finding.span);
            let about = (finding.rule.as_ref(), severity(finding.severity));
            (span, new(places.range(span), about, finding.message.clone()))
        })
        .collect();
    found.sort_by_key(|(span, _)| *span);
    verdict.into_iter().chain(found.into_iter().map(|(_, diagnostic)| diagnostic)).collect()
}

/// The verdict, where there is one to speak of.
fn of_verdict(verdict: &Verdict, places: Places<'_>) -> Option<Diagnostic> {
    let severity = match verdict.level {
        Level::Reworded => DiagnosticSeverity::Warning,
        Level::Doubtful => DiagnosticSeverity::Information,
        Level::Clean | Level::Unknown => return None,
    };
    let line = places.positions.line_span(1).unwrap_or(Span::new(0, 0));
    Some(new(places.range(line), (VERDICT, severity), summary(verdict)))
}

/// The verdict in a sentence.
pub(crate) fn summary(verdict: &Verdict) -> String {
    let marks = match verdict.marks {
        1 => "1 mark".to_owned(),
        n => format!("{n} marks"),
    };
    let amount = format!("{marks} in {} words", verdict.words);
    match verdict.level {
        Level::Reworded => format!("this text bears marks of automatic rewording: {amount}"),
        Level::Doubtful => {
            format!(
                "this text may bear marks of automatic rewording, a person should look: {amount}"
            )
        }
        Level::Clean => format!("no marks of automatic rewording to speak of: {amount}"),
        Level::Unknown => match verdict.reason {
            Some(reason) => {
                format!("nothing can be said of this text ({}): {amount}", reason.as_str())
            }
            None => format!("nothing can be said of this text: {amount}"),
        },
    }
}

/// The verdict with its figures, as `unspin/verdict` has it.
pub(crate) fn verdict_data(verdict: &Verdict, places: Places<'_>) -> Value {
    let windows: Vec<Range> = verdict.windows.iter().map(|w| places.range(w.span)).collect();
    json!({
        "level": verdict.level.as_str(),
        "score": rounded(verdict.score.probability()),
        "rarity": verdict.rarity,
        "reason": verdict.reason.map(unspin_lint::Unknown::as_str),
        "marks": verdict.marks,
        "words": verdict.words,
        "windows": windows,
        "summary": summary(verdict),
    })
}

fn new(range: Range, (code, severity): (&str, DiagnosticSeverity), message: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(severity),
        code: Some(Code::String(code.to_owned())),
        code_description: None,
        source: Some("unspin".to_owned()),
        message: Message::String(message),
        tags: None,
        related_information: None,
        data: None,
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info | Severity::Off => DiagnosticSeverity::Information,
    }
}

/// With so many decimals as JSON reports have.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
