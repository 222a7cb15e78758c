//! Which findings of an edited text were not there before.

use std::collections::HashMap;

use unspin_lint::{Diagnosis, Diagnostic, UNUSED_SUPPRESSION};
use unspin_text::Span;

/// What a repaired text is found to have that it had not. A finding is known if one of its family lay there that was not
/// repaired, or any at just its place: when a neighbour is mended, marks grow, shrink, or are told by another rule. One
/// that stands where a fix of its own was made says that the fix mends nothing.
///
/// That a comment hides nothing any more is what a repair may come to.
pub(super) fn news<'a>(
    before: &Diagnosis,
    repaired: impl Fn(usize) -> bool,
    moved: impl Fn(Span) -> Span,
    after: &'a Diagnosis,
) -> Vec<&'a Diagnostic> {
    let left = before.diagnostics.iter().enumerate().filter(|(at, _)| !repaired(*at));
    let mut by_family: HashMap<&str, Spans> = HashMap::new();
    let mut everywhere: Vec<Span> = Vec::new();
    for (_, diagnostic) in left {
        let span = moved(diagnostic.span);
        by_family.entry(&diagnostic.family).or_default().spans.push(span);
        everywhere.push(span);
    }
    everywhere.sort_unstable();
    let families: HashMap<_, _> =
        by_family.into_iter().map(|(family, spans)| (family, spans.ready())).collect();
    let is_known = |found: &Diagnostic| {
        found.rule == UNUSED_SUPPRESSION
            || everywhere.binary_search(&found.span).is_ok()
            || families.get(found.family.as_ref()).is_some_and(|spans| spans.meets(found.span))
    };
    after.diagnostics.iter().filter(|found| !is_known(found)).collect()
}

/// Stretches of text that may overlap.
#[derive(Default)]
struct Spans {
    spans: Vec<Span>,
    /// For each how far it and those before it reach.
    reach: Vec<u32>,
}

impl Spans {
    fn ready(mut self) -> Self {
        self.spans.sort_unstable();
        let mut farthest = 0;
        let reach = self.spans.iter().map(|span| {
            farthest = span.end.max(farthest);
            farthest
        });
        self.reach = reach.collect();
        self
    }

    fn meets(&self, span: Span) -> bool {
        let end = self.spans.partition_point(|s| s.start <= span.end);
        let near = self.reach[..end].iter().rev().take_while(|reach| **reach >= span.start).count();
        self.spans[end - near..end].iter().any(|s| meets(*s, span))
    }
}

/// Whether they share a byte, or touch where one of them is empty.
pub(super) fn meets(a: Span, b: Span) -> bool {
    if a.start == a.end || b.start == b.end {
        a.start <= b.end && b.start <= a.end
    } else {
        a.overlaps(b)
    }
}
