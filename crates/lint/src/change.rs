//! What lies between two states of a text, and where findings of the earlier one stand in the later.

use unspin_text::Span;

use crate::{Finding, Raw};

/// A stretch of a text that was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What went, in bytes of the earlier text.
    pub old: Span,
    /// How many bytes came.
    pub new_len: u32,
}

impl Change {
    /// The least change that makes `new` of `old`; `None` if they are the same. Linear.
    pub fn between(old: &str, new: &str) -> Option<Self> {
        if old == new {
            return None;
        }
        let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        let start = (0..=same).rev().find(|&i| old.is_char_boundary(i)).unwrap_or(0);
        let rest = (old.len() - start).min(new.len() - start);
        let (old_end, new_end) = (old.bytes().rev(), new.bytes().rev());
        let same = old_end.zip(new_end).take(rest).take_while(|(a, b)| a == b).count();
        let is_border =
            |i: &usize| old.is_char_boundary(old.len() - i) && new.is_char_boundary(new.len() - i);
        let tail = (0..=same).rev().find(is_border).unwrap_or(0);
        let old_end = (old.len() - tail) as u32;
        Some(Self {
            old: Span::new(start as u32, old_end),
            new_len: (new.len() - tail - start) as u32,
        })
    }

    /// So many bytes before everything.
    pub(crate) fn before(bytes: u32) -> Self {
        Self { old: Span::new(0, 0), new_len: bytes }
    }

    /// Where a span that the change does not touch stands afterwards.
    pub(crate) fn span(self, span: Span) -> Span {
        // An empty span where something comes in follows that: it belongs to what stands behind it.
        if span.start < self.old.end {
            return span;
        }
        let moved = |offset: u32| offset - self.old.len() + self.new_len;
        Span::new(moved(span.start), moved(span.end))
    }

    fn touches(self, span: Span) -> bool {
        span.start < self.old.end && self.old.start < span.end
    }

    /// Puts a finding where it stands afterwards, with the remedies that are untouched.
    pub(crate) fn shift(self, finding: &mut Finding) {
        finding.span = self.span(finding.span);
        finding.fixes.retain(|fix| !fix.edits().iter().any(|edit| self.touches(edit.span)));
        finding.fixes.iter_mut().for_each(|fix| fix.shift(|span| self.span(span)));
    }

    /// Whether a letter or digit of the change now stands right beside `span`, untouched otherwise: another word.
    fn extends(self, span: Span, new: &str) -> bool {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let joined = |at: u32| {
            let Some((before, after)) = new.split_at_checked(at as usize) else { return true };
            is_word(before.chars().next_back()) && is_word(after.chars().next())
        };
        let moved = self.span(span);
        self.old.start == span.end && joined(span.end)
            || self.old.end == span.start && joined(moved.start)
    }

    /// Where the words of a span stand in the text `new` that the change made; `None` if it touched them.
    pub fn moved(self, span: Span, new: &str) -> Option<Span> {
        let is_sound = !self.touches(span) && !self.extends(span, new);
        is_sound.then(|| self.span(span))
    }

    /// What is left of `raw` in the text `new` that the change made: findings whose words it does not touch, in their new
    /// places.
    pub fn carry(self, raw: &mut Raw, new: &str) {
        let is_sound = |span: Span| self.moved(span, new).is_some();
        raw.findings.retain(|finding| is_sound(finding.span));
        raw.findings.iter_mut().for_each(|finding| self.shift(finding));
        raw.adjustments.retain(|adjustment| is_sound(adjustment.span));
        raw.adjustments.iter_mut().for_each(|a| a.span = self.span(a.span));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{LogOdds, Severity};

    fn finding(span: Span) -> Finding {
        let mut finding = Finding::internal_error("m", "n");
        (finding.span, finding.severity, finding.evidence) = (span, Severity::Info, LogOdds::EVEN);
        finding
    }

    #[test]
    fn what_is_not_touched_moves() {
        let (old, new) = ("the old quay", "the very old quay");
        let change = Change::between(old, new).expect("they differ");
        let findings = [(0, 3), (4, 7), (8, 12)].map(|(a, b)| finding(Span::new(a, b))).into();
        let mut raw = Raw { findings, ..Raw::default() };
        change.carry(&mut raw, new);
        let words: Vec<&str> = raw.findings.iter().map(|f| &new[f.span.range()]).collect();
        assert_eq!(words, ["the", "old", "quay"]);
    }

    #[test]
    fn what_is_put_right_behind_a_finding_is_not_in_it() {
        let mut raw = Raw { findings: vec![finding(Span::new(0, 4))], ..Raw::default() };
        Change::between("quay", "quay, old").expect("they differ").carry(&mut raw, "quay, old");
        assert_eq!(raw.findings[0].span, Span::new(0, 4));
    }

    #[test]
    fn what_has_no_length_moves_with_what_stands_behind_it() {
        let change = Change::before(7);
        assert_eq!(change.span(Span::new(0, 0)), Span::new(7, 7));
        assert_eq!(change.span(Span::new(0, 4)), Span::new(7, 11));
        let change = Change { old: Span::new(3, 5), new_len: 6 };
        let moved = |at: u32| change.span(Span::new(at, at)).start;
        assert_eq!([2, 3, 5, 6].map(moved), [2, 3, 9, 10]);
    }

    #[test]
    fn a_word_that_is_written_on_is_another() {
        for (old, new) in
            [("the quay", "the quays"), ("the quay", "the aquay"), ("a quay b", "a qb")]
        {
            let start = old.find("quay").expect("there") as u32;
            let findings = vec![finding(Span::new(start, start + 4))];
            let mut raw = Raw { findings, ..Raw::default() };
            Change::between(old, new).expect("they differ").carry(&mut raw, new);
            assert!(raw.findings.is_empty(), "{new}");
        }
    }

    proptest! {
        #[test]
        fn a_change_makes_the_new_text(old in "[aé🙂 ]{0,12}", new in "[aé🙂 ]{0,12}") {
            match Change::between(&old, &new) {
                None => prop_assert_eq!(old, new),
                Some(Change { old: span, new_len }) => {
                    let came = &new[span.start as usize..(span.start + new_len) as usize];
                    let made = format!("{}{came}{}", &old[..span.start as usize], &old[span.end as usize..]);
                    prop_assert_eq!(made, new);
                }
            }
        }
    }
}
