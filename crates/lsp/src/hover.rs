//! Why a place is marked, and the page of the rule that marks it.

use std::fmt::Write as _;

use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind};
use unspin_lint::{Diagnosis, Diagnostic, RuleSet};

use crate::encoding::Places;

/// What is said at a byte of a text.
pub(crate) fn at(
    diagnosis: &Diagnosis,
    places: Places<'_>,
    byte: u32,
    rules: &RuleSet,
) -> Option<Hover> {
    let here = |d: &&Diagnostic| d.span.start <= byte && byte <= d.span.end;
    let found: Vec<&Diagnostic> = diagnosis.diagnostics.iter().filter(here).collect();
    let first = found.first()?;
    let range = places.range(first.span);
    let about = found.iter().map(|d| about(d, rules)).collect::<Vec<_>>();
    Some(markdown(about.join("\n\n---\n\n"), Some(range)))
}

/// A hover of a text in Markdown.
pub(crate) fn markdown(value: String, range: Option<gen_lsp_types::Range>) -> Hover {
    Hover {
        contents: Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
        range,
    }
}

/// One finding: what is wrong, how sure that is and why, and the page of the rule.
fn about(found: &Diagnostic, rules: &RuleSet) -> String {
    let mut out = format!(
        "**{}** ({})\n\n{}\n",
        found.rule,
        found.severity.as_str(),
        escaped(&found.message)
    );
    for note in &found.notes {
        let _ = write!(out, "\n- {}", escaped(note));
    }
    if found.evidence.milli() != 0 {
        let evidence = f64::from(found.evidence.milli()) / 1000.0;
        let confidence = 100.0 * found.confidence();
        let _ = write!(
            out,
            "\n- evidence {evidence:.2} nats, with the whole text {confidence:.0} % sure"
        );
    }
    if let Some(state) = rules.state(&found.rule) {
        let _ = write!(out, "\n\n---\n\n{}", state.rule.meta().page);
    }
    out
}

/// Words of the text as they are, whatever they mean to Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_text_are_no_markdown() {
        assert_eq!(escaped("a *b* <i>"), "a \\*b\\* \\<i\\>");
    }
}
