//! Which fixes are made in one round.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use unspin_lint::{Diagnosis, Diagnostic, Edit, SourceFix};
use unspin_text::Span;

use super::Policy;
use super::edit::{LineEnd, is_whole};

/// A fix that was chosen for a diagnostic.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Index of the diagnostic.
    pub(super) diagnostic: usize,
    /// Index among its fixes.
    pub(super) fix: usize,
    /// As they are made: lines end as those of the file.
    pub(super) edits: Vec<Edit>,
}

/// The fixes of a round, the surest first: for each diagnostic that is not `barred` the first fix that the policy allows,
/// and of those that are in each other's way the surer, then the earlier. The order of the diagnostics does not matter.
pub(super) fn plan(
    text: &[u8],
    diagnosis: &Diagnosis,
    policy: Policy,
    barred: impl Fn(&Diagnostic) -> bool,
) -> Vec<Choice> {
    let line_end = LineEnd::of(text);
    let found = &diagnosis.diagnostics;
    let mut choices: Vec<Choice> = Vec::new();
    for (at, diagnostic) in found.iter().enumerate().filter(|(_, d)| !barred(d)) {
        let first = diagnostic.fixes.iter().enumerate().find_map(|(nth, fix)| {
            let edits = allowed(text, fix, policy, line_end)?;
            Some(Choice { diagnostic: at, fix: nth, edits })
        });
        choices.extend(first);
    }
    choices.sort_by_cached_key(|choice| {
        let of = &found[choice.diagnostic];
        let edits: Vec<_> = choice.edits.iter().map(|e| (e.span, e.text.clone())).collect();
        (Reverse(of.posterior), of.span, of.rule.clone(), edits)
    });
    let mut taken = Taken::default();
    choices.retain(|choice| taken.takes(&choice.edits));
    choices
}

/// The edits of a fix as they are made, or `None` where it is not to be made: the policy forbids it, it does not fit the
/// text, or it changes nothing.
fn allowed(text: &[u8], fix: &SourceFix, policy: Policy, line_end: LineEnd) -> Option<Vec<Edit>> {
    if !policy.allows(fix.safety) {
        return None;
    }
    fitting(text, &fix.edits, line_end)
}

/// The edits as they are made in a text, or `None` where they do not fit it or change nothing.
pub(super) fn fitting(text: &[u8], edits: &[Edit], line_end: LineEnd) -> Option<Vec<Edit>> {
    let in_order = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    if !in_order || !edits.iter().all(|edit| is_whole(text, edit.span)) {
        return None;
    }
    let edits: Vec<Edit> = edits
        .iter()
        .map(|edit| Edit { span: edit.span, text: line_end.write(&edit.text).into_owned() })
        .collect();
    let changes = edits.iter().any(|edit| &text[edit.span.range()] != edit.text.as_bytes());
    changes.then_some(edits)
}

/// What is taken by the fixes of a round.
#[derive(Default)]
struct Taken {
    /// Ends by starts and ends; disjoint.
    spans: BTreeMap<(u32, u32), u32>,
}

impl Taken {
    /// Takes the places of a fix, all or none.
    fn takes(&mut self, edits: &[Edit]) -> bool {
        let free = edits.iter().all(|edit| self.is_free(edit.span));
        if free {
            let spans = edits.iter().map(|edit| ((edit.span.start, edit.span.end), edit.span.end));
            self.spans.extend(spans);
        }
        free
    }

    /// Whether nothing that is taken overlaps it; touching is fine, unless both insert at one place, where nobody could
    /// say which comes first.
    fn is_free(&self, Span { start, end }: Span) -> bool {
        if start == end && self.spans.contains_key(&(start, end)) {
            return false;
        }
        // They are disjoint, so the last that starts before the end reaches farthest.
        self.spans.range(..(end, 0)).next_back().is_none_or(|(_, &reach)| reach <= start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_is_free_and_what_overlaps_is_not() {
        let edit = |start, end| Edit { span: Span::new(start, end), text: "x".into() };
        let mut taken = Taken::default();
        assert!(taken.takes(&[edit(10, 20), edit(30, 30)]));
        for (start, end, free) in [
            (5, 10, true),
            (20, 25, true),
            (5, 11, false),
            (19, 20, false),
            (12, 13, false),
            (5, 40, false),
            (10, 10, true),
            (20, 20, true),
            (15, 15, false),
            (30, 30, false),
            (25, 30, true),
            (30, 35, true),
            (29, 31, false),
        ] {
            assert_eq!(taken.is_free(Span::new(start, end)), free, "{start}..{end}");
        }
        // A fix is made whole or not at all.
        assert!(!taken.takes(&[edit(0, 2), edit(12, 14)]) && taken.is_free(Span::new(0, 2)));
    }
}
