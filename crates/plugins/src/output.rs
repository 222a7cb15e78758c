//! What a guest found, taken at nothing but its bytes: whatever they are, they become findings that keep every invariant
//! of a finding, or an error that says what is wrong.

use unspin_lint::{
    Alternative, Edit, Explanation, Finding, Fix, LogOdds, RuleMeta, Safety, Span, Subject,
};

use crate::wire::{Reader, is_control};

/// Notes or fixes of one finding, edits of one fix, alternatives of one explanation.
const MOST: u32 = 100;
/// In thousandths of a nat, to either side: as sure as a probability is ever taken to be.
const EVIDENCE: i32 = 20_000;

/// Reads the findings of a rule; `most` is how many there may be.
pub(crate) fn findings(
    meta: &RuleMeta,
    text: &str,
    bytes: &[u8],
    most: u32,
) -> Result<Vec<Finding>, String> {
    let mut reader = Reader::new(bytes);
    let count = reader.count("findings", most)?;
    let found = (0..count).map(|_| finding(&mut reader, meta, text)).collect::<Result<_, _>>()?;
    reader.end()?;
    Ok(found)
}

fn finding(reader: &mut Reader<'_>, meta: &RuleMeta, text: &str) -> Result<Finding, String> {
    let span = span(reader, text, "a finding")?;
    let evidence = reader.i32("the evidence of a finding")?;
    if !(-EVIDENCE..=EVIDENCE).contains(&evidence) {
        return Err(format!(
            "evidence of {evidence} thousandths of a nat, and {EVIDENCE} are the limit"
        ));
    }
    let message = reader.sentence("a message")?;
    let mut finding = Finding::new(meta, span, LogOdds::from_milli(evidence), message);
    for _ in 0..reader.count("notes of a finding", MOST)? {
        finding = finding.note(reader.sentence("a note")?);
    }
    for _ in 0..reader.count("fixes of a finding", MOST)? {
        finding = finding.fix(fix(reader, text)?);
    }
    Ok(finding)
}

fn fix(reader: &mut Reader<'_>, text: &str) -> Result<Fix, String> {
    let title = reader.sentence("the title of a fix")?;
    let safety = reader.choice("safety", &[Safety::Safe, Safety::Unsafe, Safety::Display])?;
    let mut edits: Vec<Edit> = Vec::new();
    for _ in 0..reader.count("edits of a fix", MOST)? {
        let span = span(reader, text, "an edit")?;
        if edits.last().is_some_and(|last| last.span.end > span.start) {
            return Err(format!(
                "the edit at {}..{} is not after the one before it",
                span.start, span.end
            ));
        }
        let text = reader.text("the text of an edit", usize::MAX)?;
        if let Some(c) = text.chars().find(|c| is_control(*c) && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(format!("an edit puts in the control character {}", c.escape_default()));
        }
        edits.push(Edit { span, text: text.to_owned() });
    }
    if edits.is_empty() {
        return Err("a fix without an edit".into());
    }
    Ok(Fix::new(title, safety, edits))
}

/// Reads what a rule says of its judgement; `most` is how many explanations there may be.
pub(crate) fn explanations(
    meta: &RuleMeta,
    text: &str,
    bytes: &[u8],
    most: u32,
) -> Result<Vec<Explanation>, String> {
    let mut reader = Reader::new(bytes);
    let count = reader.count("explanations", most)?;
    let all = (0..count).map(|_| explanation(&mut reader, meta, text)).collect::<Result<_, _>>()?;
    reader.end()?;
    Ok(all)
}

fn explanation(
    reader: &mut Reader<'_>,
    meta: &RuleMeta,
    text: &str,
) -> Result<Explanation, String> {
    let is_words = reader.choice("subject", &[false, true])?;
    let words = span(reader, text, "an explanation")?;
    let subject = if is_words { Subject::Words(words) } else { Subject::Document };
    let mut explanation = Explanation::new(meta, subject);
    for _ in 0..reader.count("alternatives of an explanation", MOST)? {
        let replaces = span(reader, text, "an alternative")?;
        let text = reader.sentence("an alternative")?;
        explanation.alternatives.push(Alternative { text, replaces, figures: Vec::new() });
    }
    for _ in 0..reader.count("notes of an explanation", MOST)? {
        explanation = explanation.note(reader.sentence("a note")?);
    }
    Ok(explanation)
}

/// A span of the text, on character boundaries.
fn span(reader: &mut Reader<'_>, text: &str, what: &str) -> Result<Span, String> {
    let (start, end) = (reader.u32(what)?, reader.u32(what)?);
    let range = start as usize..end as usize;
    if start > end || range.end > text.len() {
        return Err(format!("{what} at {start}..{end} in a text of {} bytes", text.len()));
    }
    if text.get(range).is_none() {
        return Err(format!("{what} at {start}..{end}, which cuts a character"));
    }
    Ok(Span::new(start, end))
}
