//! A rule that fails when a text asks it to; for tests alone.

use std::sync::Arc;

use unspin_lint::{Context, Finding, Rule, RuleMeta, rule};

rule! {
    /// Falls over the word `fault-on-demand`, and takes all of the stack at `depth-on-demand`.
    DEMAND: "fault-on-demand" in "test", Warning, min_confidence 0.5, scope Document
}

struct Demand;

/// The rule.
pub(crate) fn rule() -> Arc<dyn Rule> {
    Arc::new(Demand)
}

impl Rule for Demand {
    fn meta(&self) -> &RuleMeta {
        &DEMAND
    }

    fn check(&self, cx: &Context<'_>, _: &mut Vec<Finding>) {
        let text = cx.document().text();
        assert!(!text.contains("fault-on-demand"), "a text asked for it");
        if text.contains("depth-on-demand") {
            assert!(depth(text, &mut Vec::new()) > 0, "it never ends");
        }
    }
}

fn depth<'t>(text: &'t str, seen: &mut Vec<&'t str>) -> usize {
    let room = [text; 64];
    seen.push(room[seen.len() % 64]);
    // Nobody has this many.
    if seen.len() == usize::MAX { 0 } else { 1 + depth(text, seen) + room.len() }
}
