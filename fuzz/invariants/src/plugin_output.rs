//! What a plugin says, as the host believes it.

use std::sync::Arc;

use unspin_lint::{Context, Diagnosis, Document, INTERNAL_ERROR, Rule, RuleSet};
use unspin_plugins::{PluginError, load_native};

use crate::choices::Choices;
use crate::{findings, told};

/// What the plugin is given.
const TEXT: &str = "The caf\u{e9} by the lock was shut. Nobody knew why.";

/// The first byte decides which of a plugin's answers the rest is: its description, its findings or its explanations.
pub fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let call = choices.one(&["unspin_v1_describe", "unspin_v1_check", "unspin_v1_explain"]);
    let answer = choices.rest().to_vec();
    let sound = description();
    let answers = move |export: &str, _: &[u8]| {
        Some(match export {
            export if export == call => answer.clone(),
            "unspin_v1_describe" => sound.clone(),
            _ => 0_u32.to_le_bytes().to_vec(),
        })
    };
    match load_native("desk", answers) {
        Ok(rules) => believed(rules),
        Err(error) => refused(&error),
    }
}

/// Why a plugin is refused is told as a person is told things.
pub(crate) fn refused(error: &PluginError) {
    told::sentence(&error.to_string());
}

/// What is believed of a plugin keeps every promise of a rule.
pub(crate) fn believed(rules: Vec<Arc<dyn Rule>>) {
    assert!(!rules.is_empty(), "a plugin without a rule");
    for rule in &rules {
        let meta = rule.meta();
        assert!((0.0..=1.0).contains(&meta.min_confidence) && !meta.evidence);
        assert!(!meta.id.is_empty() && meta.id != INTERNAL_ERROR, "{}", meta.id);
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        assert!(meta.id.bytes().all(is_plain), "{}", meta.id);
        assert!(!unspin_lint::page::summary(&meta.page).is_empty());
    }
    let document = Document::new(TEXT.as_bytes());
    let context = Context::new(&document);
    for rule in &rules {
        let mut said = Vec::new();
        rule.explain(&context, document.tokens()[1].span, &mut said);
        let notes = said.iter().flat_map(|explanation| &explanation.notes);
        notes.for_each(|note| shown(note));
    }
    let set = RuleSet::new(rules);
    let raw = set.run(&document);
    for found in &raw.findings {
        findings::finding(&document, found);
        shown(&found.message);
        found.notes.iter().for_each(|note| shown(note));
        found.fixes.iter().for_each(|fix| shown(&fix.title));
        if found.rule == INTERNAL_ERROR {
            // It says that the plugin is at fault, and not that a rule of this program failed.
            assert!(found.message.starts_with("the plugin `desk` failed"), "{}", found.message);
        }
    }
    let report = unspin_lint::Report { findings: raw.findings, ..LINTED.clone() };
    findings::diagnosis(document.source(), &Diagnosis::new(&document, &report));
}

/// A report to put findings into.
static LINTED: std::sync::LazyLock<unspin_lint::Report> =
    std::sync::LazyLock::new(|| crate::linter::LINTER.check(&Document::new(TEXT.as_bytes())));

/// Nothing in it moves a terminal's cursor or turns its text.
fn shown(text: &str) {
    let turns = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}');
    assert!(!text.contains(turns), "{text:?}");
}

/// A description of one rule, as `ABI.md` has it.
pub(crate) fn description() -> Vec<u8> {
    let mut out = Vec::new();
    let mut put = |text: &str| {
        out.extend((text.len() as u32).to_le_bytes());
        out.extend(text.as_bytes());
    };
    put("1.2");
    put("CC0-1.0");
    out.extend(1_u32.to_le_bytes());
    out.extend(3_u32.to_le_bytes());
    out.extend(b"odd");
    out.extend([2, 1]);
    out.extend(500_u32.to_le_bytes());
    let page = "Something odd.";
    out.extend((page.len() as u32).to_le_bytes());
    out.extend(page.as_bytes());
    out.extend(0_u32.to_le_bytes());
    out
}
