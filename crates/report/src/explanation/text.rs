//! The explanation for people: plain text, one section a decision.

use std::fmt::Write as _;

use unspin_lint::{
    Alternative, Attribution, Diagnostic, Explanation, Figure, Level, LogOdds, Mention, Reason,
    Subject, Unknown, Weighing,
};
use unspin_text::Span;

use super::LineReport;
use crate::json::rounded;
use crate::printable::printable;
use crate::wording::shown;

/// Why a write is not checked.
const NEVER_FAILS: &str = "a String takes everything";

macro_rules! line {
    ($out:expr, $($format:tt)*) => {
        writeln!($out, $($format)*).expect(NEVER_FAILS)
    };
}

pub(super) fn render(line: &LineReport<'_>) -> String {
    let mut out = String::new();
    line!(out, "{}:{}", printable(line.path), place(line, line.source));
    let text = &line.document.source()[line.source.range()];
    line!(out, "  {}\n", printable(text.trim()));
    verdict(line, &mut out);
    for one in line.of_page() {
        page(line, one, &mut out);
    }
    out.push_str("\nFindings\n");
    let findings = line.findings();
    if findings.is_empty() {
        out.push_str("  no rule found anything here\n");
    }
    for (found, reason) in &findings {
        finding(line, found, *reason, &mut out);
    }
    out.push_str("\nWords\n");
    if line.of_words().next().is_none() {
        out.push_str("  no rule has more to say of a word here\n");
    }
    if line.of_words().any(|(_, one)| !one.attributions.is_empty()) {
        out.push_str("  features: value (of a typical word), and by how much the score would fall with that\n");
    }
    for (span, one) in line.of_words() {
        words(line, span, one, &mut out);
    }
    out
}

fn verdict(line: &LineReport<'_>, out: &mut String) {
    let verdict = &line.report.verdict;
    let why = match verdict.reason {
        Some(Unknown::Short) => ", since the text is too short to be judged",
        Some(Unknown::Language) => ", since the text is not English",
        None => "",
    };
    line!(out, "Verdict: {}{why}", verdict.level.as_str());
    for weighing in &line.trace.weighings {
        let Weighing { prior, marks, cost, readings, score, .. } = *weighing;
        let what = match weighing.window {
            None => "document".to_owned(),
            Some(span) if !line.touches(line.document.in_source(span)) => continue,
            Some(span) => format!("window {}", range(line, span)),
        };
        line!(
            out,
            "  {what}: {} nats = prior {}, marks {}, cost {}, readings {}",
            nats(score),
            signed(prior),
            signed(marks),
            signed(cost),
            signed(readings),
        );
    }
    let level = |level: Level| level.least().map(nats).unwrap_or_default();
    line!(
        out,
        "  the highest of document and windows counts: {} nats; reworded from {}, doubtful from {}",
        nats(verdict.score),
        level(Level::Reworded),
        level(Level::Doubtful),
    );
    line!(out, "  it moves each mark of rewording by {} nats", signed(verdict.shift()));
}

fn page(line: &LineReport<'_>, said: &Explanation, out: &mut String) {
    let what = match said.subject {
        Subject::Window(span) => {
            line!(out, "  window {}: {}", range(line, span), figures(&said.figures));
            return notes(said, out);
        }
        _ => "document",
    };
    line!(out, "\n{} ({}), on the page", printable(&said.family), printable(&said.rule));
    if !said.figures.is_empty() {
        line!(out, "  {what}: {}", figures(&said.figures));
    }
    notes(said, out);
}

fn finding(line: &LineReport<'_>, finding: &Diagnostic, reason: Option<&Reason>, out: &mut String) {
    let fate = reason.map_or_else(
        || format!("shown as {}", finding.severity),
        |reason| format!("not shown: {}", because(line, reason)),
    );
    line!(
        out,
        "  {} {} {}",
        place(line, finding.span),
        quoted(&finding.text),
        printable(&finding.rule)
    );
    line!(out, "    {fate}");
    line!(out, "    {}", printable(&finding.message));
    let Some(state) = line.rules.state(&finding.rule) else {
        // What no rule weighed (encoding, settings) is a fact.
        return;
    };
    let evidence = signed(finding.evidence);
    if reason.is_some_and(Reason::precedes_verdict) {
        return line!(out, "    evidence {evidence} nats, which count for nothing");
    }
    let counts = if state.counts { "" } else { "; no evidence of rewording" };
    line!(
        out,
        "    evidence {evidence} nats, with the verdict {}: confidence {:.2}, min-confidence {:.2}{counts}",
        signed(finding.posterior),
        shown(finding.posterior),
        state.min_confidence.probability(),
    );
}

/// Why a finding is not shown.
fn because(line: &LineReport<'_>, reason: &Reason) -> String {
    match reason {
        Reason::Accepted => "the vocabulary accepts its words".into(),
        Reason::Comment => "it lies in a comment to the linter".into(),
        Reason::Mentioned(mention) => format!(
            "the words are mentioned, not used: {}",
            match mention {
                Mention::Alone => "they stand alone in quotation marks or in code",
                Mention::Emphasised => "they are emphasised",
                Mention::Announced => "a noun for words stands before them",
                Mention::Explained => "their sentence holds what they stand for",
                Mention::Elsewhere => "the text mentions them elsewhere",
            }
        ),
        Reason::MinConfidence(least) => {
            format!("its confidence is below min-confidence ({} nats are wanted)", nats(*least))
        }
        Reason::Suppressed { comment } => {
            let text = &line.document.source()[comment.range()];
            format!("the comment at {} hides it ({})", place(line, *comment), quoted(text))
        }
        Reason::Used => "the comment hides something".into(),
        Reason::Off => "its rule is off".into(),
        Reason::Adjusted { by } => format!("{} silences it at this term", printable(by)),
        Reason::NotSelected => "--select or --ignore leaves its rule out".into(),
        Reason::Overlapped { rule, span } => format!(
            "{} stands in its place with {}: it is surer or longer, or rests on it",
            printable(rule),
            quoted(line.document.slice(*span)),
        ),
    }
}

fn words(line: &LineReport<'_>, span: Span, said: &Explanation, out: &mut String) {
    let (place, text) = (place(line, line.document.in_source(span)), line.document.slice(span));
    match (said.figures.as_slice(), said.notes.as_slice()) {
        ([], [note]) => return line!(out, "  {place} {}: {}", quoted(text), printable(note)),
        (given, _) => line!(out, "  {place} {}: {}", quoted(text), figures(given)),
    }
    if !said.attributions.is_empty() {
        let told: Vec<_> = said.attributions.iter().map(attribution).collect();
        line!(out, "    features: {}", told.join("; "));
    }
    for Alternative { text: instead, replaces, figures: given } in &said.alternatives {
        let whole = if *replaces == span {
            String::new()
        } else {
            format!(" for {}", quoted(line.document.slice(*replaces)))
        };
        let parts: Vec<_> = given.iter().map(|f| format!("{} {}", f.name, number(f))).collect();
        let unit = given.first().map_or("", |f| f.unit);
        line!(out, "    instead{whole}: {}, {} ({unit})", quoted(instead), parts.join(", "));
    }
    notes(said, out);
}

fn notes(said: &Explanation, out: &mut String) {
    for note in &said.notes {
        line!(out, "    {}", printable(note));
    }
}

fn attribution(one: &Attribution) -> String {
    format!("{} {} (typically {}) {}", one.feature, one.value, one.reference, signed(one.moves))
}

fn figures(figures: &[Figure]) -> String {
    let told: Vec<_> = figures.iter().map(figure).collect();
    told.join(", ")
}

fn figure(figure: &Figure) -> String {
    let bound = match figure.threshold {
        None => String::new(),
        Some(least) => {
            let of = |value| number(&Figure { value, ..*figure });
            let short = match figure.value {
                value if value < least => format!(": {} short", of(least - value)),
                _ => String::new(),
            };
            format!(" (at least {}{short})", of(least))
        }
    };
    format!("{} {} {}{bound}", figure.name, number(figure), figure.unit)
}

/// The value, without the unit.
fn number(&Figure { value, unit, .. }: &Figure) -> String {
    // What a whole page has of it a word is small.
    let decimals: u8 = if unit == "log10 a word" { 4 } else { 2 };
    // Not "-0.00".
    format!("{:.*}", usize::from(decimals), rounded(value, decimals.into()) + 0.0)
}

/// From the first to right after the last character of a span of the text, as lines and columns.
fn range(line: &LineReport<'_>, span: Span) -> String {
    let source = line.document.in_source(span);
    format!("{} to {}", place(line, source), place(line, Span::new(source.end, source.end)))
}

/// Where a span of the source begins.
fn place(line: &LineReport<'_>, source: Span) -> String {
    let at = line.document.positions().at(line.document.source(), source.start);
    format!("{}:{}", at.line, at.column)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", printable(text))
}

fn nats(log_odds: LogOdds) -> String {
    // Not "-0.00".
    format!("{:.2}", rounded(log_odds.nats(), 2) + 0.0)
}

fn signed(log_odds: LogOdds) -> String {
    format!("{:+.2}", rounded(log_odds.nats(), 2) + 0.0)
}
