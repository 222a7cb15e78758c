//! A rule of a table.

use std::sync::Arc;

use unspin_lint::{Context, Finding, Fix, Rule, RuleMeta, Safety};

use crate::scan::{Match, matches};
use crate::select::select;
use crate::suggestion::finish;
use crate::table::{Pack, RuleRecord};

/// The rules of a table. They share one pass over a document.
pub fn rules(pack: Pack) -> Vec<Arc<dyn Rule>> {
    let pack = Arc::new(pack);
    (0..pack.rule_count() as u32)
        .filter_map(|index| {
            let record = pack.rule(index)?;
            Some(Arc::new(PhraseRule { pack: Arc::clone(&pack), index, record }) as Arc<dyn Rule>)
        })
        .collect()
}

struct PhraseRule {
    pack: Arc<Pack>,
    index: u32,
    record: RuleRecord,
}

impl Rule for PhraseRule {
    fn meta(&self) -> &RuleMeta {
        &self.record.meta
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let found = matches(&self.pack, cx);
        let all = found.of_rule(self.index);
        let (kind, scope) = (self.record.kind, self.record.meta.scope);
        let reported = select(&self.pack, cx.document(), kind, scope, all);
        out.extend(reported.into_iter().filter_map(|found| self.finding(cx, found)));
    }
}

impl PhraseRule {
    fn finding(&self, cx: &Context<'_>, found: &Match) -> Option<Finding> {
        let document = cx.document();
        let phrase = self.pack.phrase(found.phrase)?;
        let text = document.slice(found.span);
        let wildcards = self.pack.wildcards(document, found);
        let suggestions: Vec<String> = self
            .pack
            .list(phrase.suggestions)
            .filter_map(|id| self.pack.string(id))
            .map(|settled| finish(settled, text, wildcards.iter().copied()))
            .collect();
        let message =
            fill(&self.record.message, text, suggestions.first().map_or("", String::as_str));
        let mut finding = Finding::new(&self.record.meta, found.span, phrase.evidence, message);
        if !self.record.note.is_empty() {
            finding = finding.note(self.record.note.as_ref());
        }
        // A replacement would take away a quotation mark whose partner stands elsewhere.
        let quoted = text.contains(['"', '\u{201c}', '\u{201d}']);
        let safety = if quoted { Safety::Display } else { self.record.safety };
        Some(
            suggestions
                .into_iter()
                .fold(finding, |f, s| f.fix(Fix::replace(found.span, s, safety))),
        )
    }
}

/// The message with its placeholders filled, the text found on one line.
fn fill(template: &str, found: &str, suggestion: &str) -> String {
    let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(template.len() + found.len() + suggestion.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(if name == "found" { &found } else { suggestion });
        rest = after;
    }
    out.push_str(rest);
    out
}
