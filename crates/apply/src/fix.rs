//! Repairing one text: fixes are chosen, made, and looked at again, until nothing more is to be made.
//!
//! Nothing here opens a file or knows a rule. A text is bytes, its diagnostics hold places in those bytes, and a callback
//! says what is found in a later state of it; `FIXES.md` beside this crate tells people what to expect.
//!
//! 1. For each finding the first of its fixes that the [`Policy`] allows is chosen. Of fixes that overlap the surer is made,
//!    then the earlier; a fix is made whole or not at all.
//! 2. The text is checked again, under the verdict of the first check: a page that is half repaired is not taken for clean
//!    because its evidence is gone. What is found now and was not before is a fault of the nearest fix in its sentence, or
//!    of all there, which is undone and [held back](HeldBack); where its sentence has none, of those elsewhere that dealt
//!    with the same words, else of the first, in order of sureness, without which it would not be found.
//! 3. Rounds go on until no fix is left. Fixes that come to a state of the text that was there before go in a circle: all
//!    since then are undone.
//! 4. Then the text is looked at as by somebody who sees it for the first time, and repaired so again. It is done when such
//!    a look changes nothing, hence repairing a repaired text changes nothing. A fix that was held back because the first
//!    verdict sees a new finding in what it leaves may be made then.

mod edit;
mod known;
mod plan;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use unspin_lint::{Diagnosis, Diagnostic, Edit, Safety};
use unspin_text::{Encoding, FaultKind, Span};

use edit::LineEnd;
pub use edit::Moved;
use plan::Choice;

/// Most rounds in which fixes are made.
pub const MOST_ROUNDS: usize = 10;
/// Most rounds that are begun under one verdict, those counted whose fixes were all held back.
const MOST_BEGUN: usize = 2 * MOST_ROUNDS;
/// So often single fixes of a round are undone before all but the surest that do no harm are.
const MOST_ATTEMPTS: usize = 8;

/// Which fixes are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Those that want a look, too.
    pub unsafe_fixes: bool,
    /// Those that change somebody's words, too; only where `unsafe_fixes` is set.
    pub quotations: bool,
}

impl Policy {
    /// Whether a fix of this safety is made.
    pub const fn allows(self, safety: Safety) -> bool {
        match safety {
            Safety::Safe => true,
            Safety::Unsafe => self.unsafe_fixes,
            Safety::Quoted => self.unsafe_fixes && self.quotations,
            Safety::Display => false,
        }
    }
}

/// What became of a text.
#[derive(Clone, Debug)]
pub struct Repair {
    /// The text, repaired.
    pub text: Vec<u8>,
    /// What was found in it at first.
    pub found: Diagnosis,
    /// What is found in the repaired text, under the verdict of the first check.
    pub left: Diagnosis,
    /// The fixes that were made, by place.
    pub made: Vec<Made>,
    /// The fixes that were not made though the policy allows them, by place.
    pub held_back: Vec<HeldBack>,
    /// In how many rounds they were made.
    pub rounds: usize,
    /// Whether another round would change nothing.
    pub converged: bool,
}

/// A fix that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Id of the rule.
    pub rule: Cow<'static, str>,
    /// What the finding lay in, in bytes of the text as it was at first.
    pub span: Span,
    /// The prose there, in the round that it was made in.
    pub text: String,
    /// What the fix does.
    pub title: String,
    /// The round, from 1.
    pub round: usize,
}

/// A fix that is allowed and does no good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBack {
    /// Id of the rule.
    pub rule: Cow<'static, str>,
    /// What the finding lies in, in bytes of the repaired text.
    pub span: Span,
    /// What the fix does.
    pub title: String,
    /// Why it is not made.
    pub why: Why,
}

/// Why a fix is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It brings a finding that was not there, or does not take its own away.
    Brings {
        /// The rule of that finding.
        rule: Cow<'static, str>,
        /// What it is found in.
        text: String,
    },
    /// It leads back to a text that was there before.
    Circle,
}

impl HeldBack {
    /// Why, in a note for people: lower case, one sentence, no final stop.
    pub fn note(&self) -> String {
        match &self.why {
            Why::Brings { rule, text } => format!(
                "not repaired ({}): it would leave \"{text}\" to {rule}; repair the sentence by hand",
                self.title
            ),
            Why::Circle => format!(
                "not repaired ({}): the fixes here undo each other; repair it by hand, and tell whoever wrote {}",
                self.title, self.rule
            ),
        }
    }
}

/// Repairs a text.
///
/// `check` says what is found in a text: with `None` by itself, else under what an earlier check gave beside its findings.
/// It must be pure.
pub fn repair<H>(
    source: &[u8],
    policy: Policy,
    mut check: impl FnMut(&[u8], Option<&H>) -> (Diagnosis, H),
) -> Repair {
    let (found, first) = check(source, None);
    let state = State { text: source.to_vec(), diagnosis: found.clone(), made: 0 };
    let mut bench =
        Bench { policy, state, made: Vec::new(), moves: Vec::new(), barred: Vec::new(), phase: 0 };
    let mut converged = bench.settle(&mut |text| check(text, Some(&first)).0);
    let mut made = bench.made.len();
    while made > 0 && converged && bench.moves.len() < MOST_ROUNDS {
        let (diagnosis, own) = check(&bench.state.text, None);
        let left = std::mem::replace(&mut bench.state.diagnosis, diagnosis);
        bench.phase += 1;
        let before = (bench.made.len(), bench.moves.len());
        converged = bench.settle(&mut |text| check(text, Some(&own)).0);
        made = bench.made.len() - before.0;
        bench.state.diagnosis = match made {
            0 => left,
            _ => bench.remaining(&left, before, check(&bench.state.text, Some(&first)).0),
        };
    }
    converged &= made == 0 || bench.moves.len() < MOST_ROUNDS;
    bench.done(found, converged)
}

impl Repair {
    /// Tells of each finding whose fix was held back why it was.
    pub fn note_held_back(&mut self) {
        for held in &self.held_back {
            let at = self.left.diagnostics.iter_mut().find(|d| {
                d.rule == held.rule && (d.span == held.span || d.span.overlaps(held.span))
            });
            if let Some(diagnostic) = at {
                diagnostic.notes.push(held.note());
            }
        }
    }
}

/// Why no edit of a file can be told from its text, if so, with the way out.
pub fn refusal(bytes: &[u8]) -> Option<&'static str> {
    let (_, encoding, faults) = unspin_text::source::decode(bytes);
    if encoding != Encoding::Utf8 {
        return Some("it is UTF-16 and was left alone; save it as UTF-8 to have it repaired");
    }
    faults.iter().find_map(|fault| match fault.kind {
        FaultKind::NotText => {
            Some("it does not look like text and was left alone; save it as UTF-8")
        }
        FaultKind::TooLarge => Some("it is over 4 GiB and was left alone; split it"),
        _ => None,
    })
}

/// Makes the edits of one fix, whose lines are made to end as those of the text; `None` where they do not fit the text or
/// change nothing.
pub fn make(text: &[u8], edits: &[Edit]) -> Option<(Vec<u8>, Moved)> {
    let edits = plan::fitting(text, edits, LineEnd::of(text))?;
    Some(edit::make(text, &edits))
}

/// Whether any fix of a finding would be made, as far as it alone is concerned.
pub fn is_repairable(text: &[u8], finding: &Diagnostic, policy: Policy) -> bool {
    finding.fixes.iter().any(|fix| {
        policy.allows(fix.safety) && plan::fitting(text, &fix.edits, LineEnd::Lf).is_some()
    })
}

/// A text between two rounds.
#[derive(Clone)]
struct State {
    text: Vec<u8>,
    diagnosis: Diagnosis,
    /// How many fixes had been made.
    made: usize,
}

/// A fix that is not tried again.
struct Bar {
    held: HeldBack,
    /// Under a later verdict it is.
    phase: usize,
}

struct Bench {
    policy: Policy,
    state: State,
    /// Their spans in the text as it was at first.
    made: Vec<Made>,
    /// Of each round.
    moves: Vec<Moved>,
    /// Their spans in the present text.
    barred: Vec<Bar>,
    phase: usize,
}

impl Bench {
    /// Makes rounds under one verdict until nothing is left to do; returns whether that was reached.
    fn settle(&mut self, check: &mut dyn FnMut(&[u8]) -> Diagnosis) -> bool {
        let began = self.moves.len();
        let mut history: Vec<State> = Vec::new();
        for _ in 0..MOST_BEGUN {
            let is_barred = |d: &Diagnostic| {
                let mut bars = self.barred.iter().filter(|bar| bar.phase == self.phase);
                bars.any(|Bar { held, .. }| held.rule == d.rule && known::meets(held.span, d.span))
            };
            let plan = plan::plan(&self.state.text, &self.state.diagnosis, self.policy, is_barred);
            if plan.is_empty() {
                return true;
            }
            if self.moves.len() == MOST_ROUNDS {
                return false;
            }
            self.round(plan, &mut history, began, check);
        }
        false
    }

    /// Of what the first verdict finds in the present text that which it found before, when so many fixes and rounds had been
    /// made. Under its own verdict the text has nothing new; that an earlier one would see more in it helps nobody.
    fn remaining(
        &self,
        before: &Diagnosis,
        (made, moves): (usize, usize),
        mut after: Diagnosis,
    ) -> Diagnosis {
        let (then, since) = self.moves.split_at(moves);
        let through = |moves: &[Moved], span| moves.iter().fold(span, |span, m| m.span(span));
        let repaired: Vec<_> =
            self.made[made..].iter().map(|m| (&m.rule, through(then, m.span))).collect();
        let is_repaired = |at: usize| {
            let found = &before.diagnostics[at];
            repaired.iter().any(|(rule, span)| **rule == found.rule && *span == found.span)
        };
        let news: Vec<Diagnostic> =
            known::news(before, is_repaired, |span| through(since, span), &after)
                .into_iter()
                .cloned()
                .collect();
        after.diagnostics.retain(|found| !news.contains(found));
        after
    }

    /// Makes the fixes of a round, less those that do harm.
    fn round(
        &mut self,
        mut plan: Vec<Choice>,
        history: &mut Vec<State>,
        began: usize,
        check: &mut dyn FnMut(&[u8]) -> Diagnosis,
    ) {
        let mut attempts = 0;
        while !plan.is_empty() {
            let (text, moved) = self.made_of(&plan);
            let seen = history.iter().position(|state| state.text == text);
            if seen.is_some() || text == self.state.text {
                self.break_circle(plan, history, seen, began);
                return;
            }
            let after = check(&text);
            let news = self.news(&plan, &moved, &after);
            if news.is_empty() {
                let made = self.made.len();
                self.record(&plan);
                self.bars_follow(&moved);
                self.moves.push(moved);
                let next = State { text, diagnosis: after, made: self.made.len() };
                let last = std::mem::replace(&mut self.state, next);
                history.push(State { made, ..last });
                return;
            }
            attempts += 1;
            let mut blamed = self.blamed(&plan, &moved, &news, attempts > MOST_ATTEMPTS / 2);
            if attempts >= MOST_ATTEMPTS || blamed.iter().all(Option::is_none) {
                let fine = self.fine(&plan, check);
                let culprits = if attempts < MOST_ATTEMPTS { fine + 1 } else { plan.len() };
                blamed.fill(None);
                blamed[fine..culprits].fill(Some(0));
            }
            let mut kept = Vec::with_capacity(plan.len());
            for (choice, fault) in plan.into_iter().zip(blamed) {
                let Some(fault) = fault else {
                    kept.push(choice);
                    continue;
                };
                let fault = news[fault];
                let why = Why::Brings { rule: fault.rule.clone(), text: fault.text.clone() };
                let held = self.held(&choice, why);
                self.barred.push(Bar { held, phase: self.phase });
            }
            plan = kept;
        }
    }

    /// The present text with the fixes made.
    fn made_of(&self, plan: &[Choice]) -> (Vec<u8>, Moved) {
        let mut edits: Vec<&Edit> = plan.iter().flat_map(|choice| &choice.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        edit::make(&self.state.text, edits)
    }

    /// What is found after the fixes and was not there before.
    fn news<'d>(
        &self,
        plan: &[Choice],
        moved: &Moved,
        after: &'d Diagnosis,
    ) -> Vec<&'d Diagnostic> {
        let repaired: BTreeSet<usize> = plan.iter().map(|choice| choice.diagnostic).collect();
        known::news(&self.state.diagnosis, |at| repaired.contains(&at), |s| moved.span(s), after)
    }

    /// How many of the fixes, the surest first, bring nothing new, as far as halving finds out; not all of them do so.
    fn fine(&self, plan: &[Choice], check: &mut dyn FnMut(&[u8]) -> Diagnosis) -> usize {
        let (mut fine, mut bad) = (0, plan.len());
        while bad - fine > 1 {
            let middle = usize::midpoint(fine, bad);
            let (text, moved) = self.made_of(&plan[..middle]);
            let after = check(&text);
            if self.news(&plan[..middle], &moved, &after).is_empty() {
                fine = middle;
            } else {
                bad = middle;
            }
        }
        fine
    }

    /// For each choice of a plan, the surest first, the new finding that it is blamed for, if any. Of the fixes in the
    /// sentence of a new finding the nearest is blamed, or all if that did not help (`widely`); elsewhere those that
    /// replaced or put in just its words, since a text is read by what else it has.
    fn blamed(
        &self,
        plan: &[Choice],
        moved: &Moved,
        news: &[&Diagnostic],
        widely: bool,
    ) -> Vec<Option<usize>> {
        let places: Vec<Vec<Span>> = plan
            .iter()
            .map(|choice| choice.edits.iter().map(|edit| moved.span(edit.span)).collect())
            .collect();
        let mut blamed = vec![None; plan.len()];
        for (nth, fault) in news.iter().enumerate() {
            let sentence = fault.sentence.cover(fault.span);
            let distance = |at: &usize| {
                let inside = |edit: &&Span| known::meets(**edit, sentence);
                let gap = |edit: &Span| {
                    let before = fault.span.start.saturating_sub(edit.end);
                    before.max(edit.start.saturating_sub(fault.span.end))
                };
                places[*at].iter().filter(inside).map(gap).min()
            };
            let near: Vec<(u32, usize)> =
                (0..plan.len()).filter_map(|at| Some((distance(&at)?, at))).collect();
            // Of two as near the less sure, which comes later.
            let nearest = near.iter().min_by_key(|(gap, at)| (*gap, Reverse(*at))).copied();
            for (_, at) in near.into_iter().filter(|one| widely || Some(*one) == nearest) {
                blamed[at].get_or_insert(nth);
            }
        }
        if blamed.iter().any(Option::is_some) {
            return blamed;
        }
        let found = &self.state.diagnosis.diagnostics;
        for (choice, blamed) in plan.iter().zip(&mut blamed) {
            let same = |fault: &&Diagnostic| {
                let words = |text: &str| text.to_lowercase() == fault.text.to_lowercase();
                words(&found[choice.diagnostic].text) || choice.edits.iter().any(|e| words(&e.text))
            };
            *blamed = news.iter().position(same);
        }
        blamed
    }

    fn held(&self, choice: &Choice, why: Why) -> HeldBack {
        let finding = &self.state.diagnosis.diagnostics[choice.diagnostic];
        let title = finding.fixes[choice.fix].title.clone();
        HeldBack { rule: finding.rule.clone(), span: finding.span, title, why }
    }

    /// Goes back to the state that the fixes of the plan lead to again, and bars them with all that were made since. Not
    /// going on would be no end: who repairs the text anew would go round once more.
    fn break_circle(
        &mut self,
        plan: Vec<Choice>,
        history: &mut Vec<State>,
        seen: Option<usize>,
        began: usize,
    ) {
        for choice in plan {
            let held = self.held(&choice, Why::Circle);
            self.barred.push(Bar { held, phase: self.phase });
        }
        let Some(seen) = seen else { return };
        let undone = self.moves.split_off(began + seen);
        for moved in undone.iter().rev() {
            self.bars_follow(&moved.inverse());
        }
        self.state = history.swap_remove(seen);
        history.truncate(seen);
        for made in self.made.split_off(self.state.made) {
            let span = self.moves.iter().fold(made.span, |span, moved| moved.span(span));
            let held = HeldBack { rule: made.rule, span, title: made.title, why: Why::Circle };
            self.barred.push(Bar { held, phase: self.phase });
        }
    }

    fn record(&mut self, plan: &[Choice]) {
        let back: Vec<Moved> = self.moves.iter().rev().map(Moved::inverse).collect();
        let round = self.moves.len() + 1;
        for choice in plan {
            let finding = &self.state.diagnosis.diagnostics[choice.diagnostic];
            self.made.push(Made {
                rule: finding.rule.clone(),
                span: back.iter().fold(finding.span, |span, moved| moved.span(span)),
                text: finding.text.clone(),
                title: finding.fixes[choice.fix].title.clone(),
                round,
            });
        }
    }

    fn bars_follow(&mut self, moved: &Moved) {
        for bar in &mut self.barred {
            bar.held.span = moved.span(bar.held.span);
        }
    }

    fn done(self, found: Diagnosis, converged: bool) -> Repair {
        let State { text, diagnosis: left, .. } = self.state;
        // What was held back under one verdict may have been made under another.
        let is_left = |held: &HeldBack| {
            left.diagnostics.iter().any(|d| d.rule == held.rule && known::meets(d.span, held.span))
        };
        let mut held_back: Vec<HeldBack> =
            self.barred.into_iter().map(|bar| bar.held).filter(is_left).collect();
        held_back.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        held_back.dedup_by(|a, b| a.span == b.span && a.rule == b.rule);
        let mut made = self.made;
        made.sort_by(|a, b| (a.span, a.round, &a.rule).cmp(&(b.span, b.round, &b.rule)));
        let rounds = self.moves.len();
        Repair { text, found, left, made, held_back, rounds, converged }
    }
}
