//! A rule of a table.

mod capital;
mod conditional;
mod heading;
mod metric;
mod reach;
mod regexes;

use std::sync::{Arc, OnceLock};

use unspin_lint::{
    Adjustment, Context, Finding, Fix, LogOdds, Provenance, Rule, RuleMeta, Safety, Scope, Span,
};

use crate::Kind;
use crate::condition::Circumstances;
use crate::scan::{Match, matches};
use crate::select::select;
use crate::suggestion::{finish, tidy};
use crate::table::{Entry, Pack, RuleRecord};
use regexes::Regexes;

/// The rules of a table. They share one pass over a document.
pub fn rules(pack: impl Into<Arc<Pack>>) -> Vec<Arc<dyn Rule>> {
    with_records(&pack.into(), |_| {})
}

/// The rules of a house's pack: they say where they come from, and are no evidence of rewording. `path` is the file or
/// folder that it was read from, as settings name it.
pub fn pack_rules(pack: impl Into<Arc<Pack>>, path: &str) -> Vec<Arc<dyn Rule>> {
    let pack = pack.into();
    let manifest = pack.manifest();
    let provenance = Arc::new(Provenance {
        kind: "pack".into(),
        name: manifest.name,
        version: manifest.version,
        license: manifest.license,
        path: path.to_owned(),
    });
    with_records(&pack, |meta| {
        meta.evidence = false;
        meta.provenance = Some(Arc::clone(&provenance));
    })
}

fn with_records(pack: &Arc<Pack>, change: impl Fn(&mut RuleMeta)) -> Vec<Arc<dyn Rule>> {
    (0..pack.rule_count() as u32)
        .filter_map(|index| {
            let mut record = pack.rule(index)?;
            change(&mut record.meta);
            let pack = Arc::clone(pack);
            let (regexes, reach) = Default::default();
            let rule = PackRule { pack, index, record, regexes, reach };
            Some(Arc::new(rule) as Arc<dyn Rule>)
        })
        .collect()
}

struct PackRule {
    pack: Arc<Pack>,
    index: u32,
    record: RuleRecord,
    /// Compiled when a document is first looked at; all threads share them.
    regexes: OnceLock<Regexes>,
    /// See [`Rule::reach`]; measured when somebody writes.
    reach: OnceLock<Scope>,
}

impl Rule for PackRule {
    fn meta(&self) -> &RuleMeta {
        &self.record.meta
    }

    fn reach(&self) -> Scope {
        *self.reach.get_or_init(|| self.measured_reach())
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        match self.record.kind {
            Kind::Adjust { .. } => {}
            Kind::Metric { formula, min, max } => self.measure(cx, formula, (min, max), out),
            Kind::Capitalization { style: Some(style), .. } => self.headings(cx, style, out),
            Kind::Capitalization { style: None, at_start } => self.capitals(cx, at_start, out),
            Kind::Conditional { anywhere } => self.lacking(cx, anywhere, out),
            _ => {
                let all = self.uses(cx);
                let reported = select(&self.pack, cx.document(), &self.record, &all);
                out.extend(reported.into_iter().filter_map(|found| self.finding(cx, found)));
            }
        }
    }

    fn adjust(&self, cx: &Context<'_>, out: &mut Vec<Adjustment>) {
        let Kind::Adjust { set } = self.record.kind else { return };
        let uses = self.uses(cx);
        if uses.is_empty() {
            return;
        }
        let names: Vec<_> =
            self.pack.strings(self.record.names).map(|name| name.to_owned().into()).collect();
        out.extend(uses.iter().map(|found| Adjustment {
            by: self.record.meta.id.clone(),
            span: found.span,
            rules: names.clone(),
            severity: set,
        }));
    }
}

impl PackRule {
    /// Where its phrases and regexes stand and its conditions hold, by place; of such as overlap the leftmost longest.
    fn uses(&self, cx: &Context<'_>) -> Vec<Match> {
        let found = matches(&self.pack, cx);
        let mut all = found.of_rule(self.index).to_vec();
        if self.record.regexes > 0 {
            let circumstances = Circumstances::new(&self.pack, cx, found.context());
            let regexes = self.compiled();
            let seen = regexes.find(&self.pack, cx.document());
            all.extend(seen.into_iter().filter(|found| circumstances.allow(found)));
            all.sort_unstable_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.phrase));
            let mut end = 0;
            all.retain(|m| {
                let apart = m.span.start >= end;
                end = if apart { m.span.end } else { end };
                apart
            });
        }
        all
    }

    fn compiled(&self) -> &Regexes {
        self.regexes.get_or_init(|| {
            let RuleRecord { first_regex, regexes, .. } = self.record;
            Regexes::new(&self.pack, self.index, first_regex, regexes)
        })
    }

    /// Whether the conditions of the rule itself hold at a place.
    fn allows(&self, cx: &Context<'_>, span: Span) -> bool {
        let found = matches(&self.pack, cx);
        Circumstances::new(&self.pack, cx, found.context()).hold(self.record.conditions, span)
    }

    fn entry(&self, found: &Match) -> Option<Entry> {
        self.pack.entry(self.pack.entry_of(found))
    }

    fn finding(&self, cx: &Context<'_>, found: &Match) -> Option<Finding> {
        let document = cx.document();
        let text = document.slice(found.span);
        let suggestions = match self.pack.phrase(found.phrase) {
            Some(phrase) => {
                let wildcards = self.pack.wildcards(document, found);
                let settled = self.pack.strings(phrase.suggestions);
                settled.map(|settled| finish(settled, text, wildcards.iter().copied())).collect()
            }
            None => self.compiled().suggestions(&self.pack, document, found),
        };
        Some(self.finding_with(cx, found.span, &self.entry(found)?, suggestions))
    }

    /// A finding that what stands at a place should become one of these texts.
    fn finding_with(
        &self,
        cx: &Context<'_>,
        span: Span,
        entry: &Entry,
        suggestions: Vec<String>,
    ) -> Finding {
        let text = cx.document().slice(span);
        let found = tidy(text);
        let first = suggestions.first().map_or("", String::as_str);
        let finding = self.said(span, entry.evidence, &[("found", &found), ("suggestion", first)]);
        // A replacement would take away a quotation mark whose partner stands elsewhere.
        let quoted = text.contains(['"', '\u{201c}', '\u{201d}']);
        let safety = if quoted { Safety::Display } else { entry.safety };
        suggestions.into_iter().fold(finding, |f, s| f.fix(Fix::replace(span, s, safety)))
    }

    /// A finding without fixes, its message filled with these values.
    fn said(&self, span: Span, evidence: LogOdds, values: &[(&str, &str)]) -> Finding {
        let message = fill(&self.record.message, values);
        let finding = Finding::new(&self.record.meta, span, evidence, message);
        if self.record.note.is_empty() { finding } else { finding.note(self.record.note.as_ref()) }
    }

    /// The one entry of a rule that has no phrases.
    fn only_entry(&self) -> Option<Entry> {
        self.pack.entry(self.record.first_entry)
    }
}

/// The message with its placeholders filled.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(
            values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value),
        );
        rest = after;
    }
    out.push_str(rest);
    out
}
