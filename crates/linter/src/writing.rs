//! Checking a text that somebody is writing: at a key what its paragraph tells, and all of it when the writer rests.

use unspin_lint::{
    Document, Earlier, Finding, Held, Local, Memory, Raw, Report, Seen, adjudicate_after,
};

use crate::{Linter, calibration, language};

/// A state of a text of which everything is known.
#[derive(Clone, Debug)]
pub struct Settled {
    /// What the rules saw that look at the whole.
    pub rest: Raw,
    /// What is said of it.
    pub report: Report,
    /// What bears on later states.
    pub held: Held,
}

impl Linter {
    /// What rules see that look no further than a paragraph. `seen` is that of the state before; after it, that of this
    /// one. Looks only at what is new.
    pub fn glance(&self, document: &Document<'_>, seen: &mut Seen) -> Local {
        self.rules.run_local(document, seen)
    }

    /// What is said of a state that is not settled: what local rules see in it, and what others saw in an earlier one
    /// ([carried](unspin_lint::Change::carry) to this one), under the verdict of that one.
    pub fn unsettled(
        &self,
        document: &Document<'_>,
        local: &Local,
        rest: &Raw,
        held: &Held,
    ) -> Report {
        // The verdict stands, so that what is too weak to be shown under it bears on nothing.
        let shift = held.verdict().shift();
        let may_be_shown = |finding: &Finding| {
            let state = self.rules.state(&finding.rule);
            state.is_none_or(|s| !s.counts || finding.evidence + shift >= s.min_confidence)
        };
        let raw = local.with_those(rest, may_be_shown);
        adjudicate_after(document, &self.rules, raw, (None, None), Earlier::Stands(held)).0
    }

    /// Checks a document of which `local` is known, as [`Linter::check`] does, but for what was `shown` of an earlier state:
    /// its verdict stays until the text is clearly below it. `None` if `is_cancelled` said so meanwhile. `memory` is that
    /// of the same text.
    pub fn settle(
        &self,
        document: &Document<'_>,
        local: &Local,
        memory: &Memory,
        shown: Option<&Held>,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Option<Settled> {
        let rest = self.rules.run_rest(document, memory, is_cancelled)?;
        let raw = local.with(&rest);
        let grounds = (language::unknown(document), Some(&calibration::CLEAN));
        let earlier = shown.map_or(Earlier::None, Earlier::Shown);
        let (report, held) = adjudicate_after(document, &self.rules, raw, grounds, earlier);
        Some(Settled { rest, report, held })
    }
}
