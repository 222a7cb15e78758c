//! What a run of `unspin fix` came to, in a line.

use std::fmt::Write as _;
use std::ops::AddAssign;

use unspin_apply::fix::{HeldBack, Policy, is_repairable};
use unspin_lint::Diagnostic;

const UNSAFE: Policy = Policy { unsafe_fixes: true, quotations: false };
const QUOTED: Policy = Policy { unsafe_fixes: true, quotations: true };

/// Counts of one file or of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Fixes that were made.
    pub(super) made: usize,
    /// Files with any.
    pub(super) files: usize,
    /// Findings left that `--unsafe-fixes` would repair.
    pub(super) with_unsafe: usize,
    /// Findings left that it would repair with `--quotations`.
    pub(super) with_quotations: usize,
    /// Findings left whose fix would do harm.
    pub(super) held_back: usize,
    /// Texts that ten rounds did not settle.
    pub(super) unsettled: usize,
}

impl Counts {
    /// Of what is left in a text.
    pub(super) fn of_left(
        text: &[u8],
        left: &[Diagnostic],
        held_back: &[HeldBack],
        allowed: Policy,
    ) -> Self {
        let with = |policy| move |d: &&Diagnostic| is_repairable(text, d, policy);
        let not = |policy| move |d: &&Diagnostic| !is_repairable(text, d, policy);
        let rest = || left.iter().filter(not(allowed));
        Self {
            with_unsafe: rest().filter(with(UNSAFE)).count(),
            with_quotations: rest().filter(not(UNSAFE)).filter(with(QUOTED)).count(),
            held_back: held_back.len(),
            ..Self::default()
        }
    }

    /// One line, or nothing where there is nothing to say. `written` tells what was done from what would be.
    pub(super) fn said(&self, written: bool, allowed: Policy) -> String {
        let mut line = match (self.made, written) {
            (0, _) => "nothing repaired".to_owned(),
            (_, true) => "repaired ".to_owned(),
            (_, false) => "would repair ".to_owned(),
        };
        if self.made > 0 {
            let _ = write!(
                line,
                "{} in {}",
                counted(self.made, "finding"),
                counted(self.files, "file")
            );
        }
        let bare = line.len();
        let flags =
            if allowed.unsafe_fixes { "--quotations" } else { "--unsafe-fixes --quotations" };
        let rest = [
            (self.with_unsafe, "can be repaired with --unsafe-fixes"),
            (self.with_quotations, &format!("in quotations with {flags}")),
            (self.held_back, "held back"),
        ];
        for (n, what) in rest.into_iter().filter(|(n, _)| *n > 0) {
            let _ = write!(line, "; {n} {what}");
        }
        if self.unsettled > 0 {
            let files = counted(self.unsettled, "file");
            let _ = write!(line, "; {files} not settled in ten rounds: run it again");
        }
        if self.made == 0 && line.len() == bare { String::new() } else { line + "\n" }
    }
}

fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.made += other.made;
        self.files += other.files;
        self.with_unsafe += other.with_unsafe;
        self.with_quotations += other.with_quotations;
        self.held_back += other.held_back;
        self.unsettled += other.unsettled;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_there_is_is_said() {
        let none = Counts::default();
        assert_eq!(none.said(true, Policy::default()), "");
        let some = Counts { made: 3, files: 2, with_unsafe: 5, ..none };
        assert_eq!(
            some.said(true, Policy::default()),
            "repaired 3 findings in 2 files; 5 can be repaired with --unsafe-fixes\n"
        );
        let quoted = Counts { with_quotations: 1, held_back: 2, ..none };
        assert_eq!(
            quoted.said(false, UNSAFE),
            "nothing repaired; 1 in quotations with --quotations; 2 held back\n"
        );
    }
}
