//! The kinds of changes as rules: their pages, and the severities that settings set. They find nothing in a text alone.

use std::borrow::Cow;
use std::sync::Arc;

use unspin_lint::{Context, Finding, Rule, RuleMeta, Scope, Severity};

use crate::Kind;

/// The family of them.
pub const FAMILY: &str = "comparison";

struct OfKind(RuleMeta);

impl Rule for OfKind {
    fn meta(&self) -> &RuleMeta {
        &self.0
    }

    fn check(&self, _: &Context<'_>, _: &mut Vec<Finding>) {}
}

/// A rule for each kind of change, so that it has a page and a severity in `lint.toml` as every rule has. In `check` they
/// are silent: only [`compare`](crate::compare) sees an original.
pub fn rules() -> Vec<Arc<dyn Rule>> {
    Kind::ALL.into_iter().map(|kind| Arc::new(OfKind(meta(kind))) as Arc<dyn Rule>).collect()
}

/// What is known of the rule of a kind.
pub fn meta(kind: Kind) -> RuleMeta {
    RuleMeta {
        id: Cow::Borrowed(kind.as_str()),
        family: Cow::Borrowed(FAMILY),
        severity: severity(kind),
        min_confidence: 0.0,
        scope: Scope::Document,
        page: Cow::Borrowed(page(kind)),
        evidence: false,
        options: Cow::Borrowed(&[]),
        formerly: &[],
        provenance: None,
    }
}

/// What changes a statement is an error, what changes its words a warning; the rest is for the record.
fn severity(kind: Kind) -> Severity {
    match kind {
        Kind::Quotation | Kind::Number | Kind::Unit | Kind::Date | Kind::Currency => {
            Severity::Error
        }
        Kind::Name | Kind::Substitution | Kind::DroppedAttribution => Severity::Warning,
        Kind::DroppedClause
        | Kind::DroppedWords
        | Kind::Addition
        | Kind::Reordering
        | Kind::Inflection => Severity::Info,
    }
}

fn page(kind: Kind) -> &'static str {
    match kind {
        Kind::Substitution => include_str!("kinds/replaced_wording.md"),
        Kind::Quotation => include_str!("kinds/changed_quotation.md"),
        Kind::Number => include_str!("kinds/changed_number.md"),
        Kind::Unit => include_str!("kinds/changed_unit.md"),
        Kind::Date => include_str!("kinds/changed_date.md"),
        Kind::Currency => include_str!("kinds/changed_currency.md"),
        Kind::Name => include_str!("kinds/changed_name.md"),
        Kind::DroppedClause => include_str!("kinds/dropped_clause.md"),
        Kind::DroppedAttribution => include_str!("kinds/dropped_attribution.md"),
        Kind::DroppedWords => include_str!("kinds/dropped_words.md"),
        Kind::Addition => include_str!("kinds/added_wording.md"),
        Kind::Reordering => include_str!("kinds/moved_wording.md"),
        Kind::Inflection => include_str!("kinds/changed_inflection.md"),
    }
}

#[cfg(test)]
mod tests {
    use unspin_lint::{RuleSet, page as pages};
    use unspin_model::Model;
    use unspin_text::{Document, Span};

    use super::*;
    use crate::compare;

    /// The text of a fence without its mark, and the marked stretch.
    fn unmark(fence: &str) -> (String, Option<String>) {
        let text = fence.replace("[[", "").replace("]]", "");
        let marked = fence.split_once("[[").and_then(|(_, rest)| rest.split_once("]]"));
        (text, marked.map(|(inside, _)| inside.to_owned()))
    }

    fn fences(page: &str, name: &str) -> Vec<String> {
        let open = format!("```{name}\n");
        page.split(&open).skip(1).map(|rest| rest.split("\n```").next().unwrap().into()).collect()
    }

    /// Letters and digits, since a mark in a page takes its punctuation with it.
    fn bare(text: &str) -> String {
        let words = text.split(|c: char| !c.is_alphanumeric() && !"£$".contains(c));
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_page_shows_what_its_kind_is() {
        for kind in Kind::ALL {
            let page = page(kind);
            let (old, new) = (fences(page, "original"), fences(page, "reworded"));
            assert!(old.len() == new.len() && old.len() >= 2, "{kind:?}");
            for (old, new) in old.iter().zip(&new) {
                let ((old, old_mark), (new, new_mark)) = (unmark(old), unmark(new));
                let (a, b) = (Document::new(old.as_bytes()), Document::new(new.as_bytes()));
                let found = compare(&a, &b, &Model::embedded()).changes;
                let told: Vec<(Kind, String, String)> = found
                    .iter()
                    .map(|c| (c.kind, bare(a.slice(c.original)), bare(b.slice(c.reworded))))
                    .collect();
                let mark = |mark: Option<String>| bare(&mark.unwrap_or_default());
                let expected = [(kind, mark(old_mark), mark(new_mark))];
                assert_eq!(told, expected, "{old}\n{new}");
                for change in found.iter().filter(|change| change.wording.is_some()) {
                    let Span { start, end } = change.repair;
                    let wording = change.wording.as_deref().unwrap_or_default();
                    let fixed =
                        format!("{}{wording}{}", &new[..start as usize], &new[end as usize..]);
                    assert_eq!(fixed, old);
                }
            }
        }
    }

    #[test]
    fn their_pages_have_the_form_of_all_pages() {
        let rules = RuleSet::new(rules());
        for state in rules.states() {
            assert_eq!(
                pages::run(&rules, state.rule.as_ref()).failures,
                [],
                "{}",
                state.rule.meta().id
            );
        }
    }
}
