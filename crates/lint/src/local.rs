//! Running rules over a text that somebody is writing.
//!
//! Rules that look no further than a paragraph are local: what they see in a [part](unspin_text::Part) of the text is
//! kept, and asked for again only where the part is not as it was. The rest see the whole text, and follow when the
//! writer rests. Both together see what [`RuleSet::run`] sees.

use std::borrow::Cow;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use unspin_text::Document;

use crate::context::{Cancelled, Circumstances};
use crate::run::failure;
use crate::{Adjustment, Change, Context, Finding, Memory, Raw, RuleSet, RuleState, Scope};

/// What local rules saw in the parts of the last state of a text.
#[derive(Default)]
pub struct Seen(HashMap<u64, Arc<InPart>>);

/// What local rules see in one state of a text.
#[derive(Clone, Default)]
pub struct Local(Vec<(u32, Arc<InPart>)>);

/// What they see in one part; spans count from its start.
#[derive(Debug, Default)]
struct InPart {
    findings: Vec<Finding>,
    adjustments: Vec<Adjustment>,
    /// Ids of rules that panicked.
    failed: Vec<Cow<'static, str>>,
}

impl InPart {
    fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.adjustments.is_empty() && self.failed.is_empty()
    }

    /// Whether a reader is told the same, wherever in the part it stands.
    fn tells_as(&self, other: &Self) -> bool {
        let told = |f: &Finding| (f.rule.clone(), f.evidence, f.span.len(), f.message.clone());
        self.failed == other.failed
            && self.adjustments.len() == other.adjustments.len()
            && self.findings.len() == other.findings.len()
            && self.findings.iter().zip(&other.findings).all(|(a, b)| told(a) == told(b))
    }
}

impl Local {
    /// Whether a reader is told the same as by an earlier state, but for places: then nothing new has to be shown.
    pub fn tells_as(&self, earlier: &Self) -> bool {
        let same = |a: &Arc<InPart>, b: &Arc<InPart>| Arc::ptr_eq(a, b) || a.tells_as(b);
        self.0.len() == earlier.0.len()
            && self.0.iter().zip(&earlier.0).all(|((_, now), (_, before))| same(now, before))
    }

    /// What local rules see, and `rest`, which others saw in this state of the text or in an earlier one. A rule that
    /// failed in any part is left out in all.
    pub fn with(&self, rest: &Raw) -> Raw {
        self.with_those(rest, |_| true)
    }

    /// The same of the findings that are `wanted`.
    pub fn with_those(&self, rest: &Raw, wanted: impl Fn(&Finding) -> bool) -> Raw {
        let mut raw = Raw {
            findings: rest.findings.iter().filter(|f| wanted(f)).cloned().collect(),
            readings: rest.readings.clone(),
            adjustments: rest.adjustments.clone(),
        };
        self.join(&mut raw, wanted);
        raw
    }

    fn join(&self, raw: &mut Raw, wanted: impl Fn(&Finding) -> bool) {
        let mut failed: Vec<&Cow<'static, str>> =
            self.0.iter().flat_map(|(_, part)| &part.failed).collect();
        failed.sort_unstable();
        failed.dedup();
        for (start, part) in &self.0 {
            let shift = Change::before(*start);
            let is_sound = |f: &&Finding| !failed.contains(&&f.rule) && wanted(f);
            let sound = part.findings.iter().filter(is_sound);
            raw.findings.extend(sound.cloned().map(|mut finding| {
                shift.shift(&mut finding);
                finding
            }));
            let sound = part.adjustments.iter().filter(|a| !failed.contains(&&a.by));
            raw.adjustments.extend(sound.cloned().map(|mut adjustment| {
                adjustment.span = shift.span(adjustment.span);
                adjustment
            }));
        }
        raw.findings.extend(failed.into_iter().map(|id| failure(id)));
    }
}

impl RuleState {
    fn is_local(&self) -> bool {
        self.rule.reach() != Scope::Document && !self.rule.concludes()
    }

    /// Runs one rule, and is told the payload if it unwinds. Then nothing of it stays in `raw` but, unless nobody waits
    /// any more, a finding about the run.
    pub(crate) fn run(
        &self,
        cx: &Context<'_>,
        looks: bool,
        raw: &mut Raw,
    ) -> std::thread::Result<()> {
        let (sound, adjusted) = (raw.findings.len(), raw.adjustments.len());
        let run = catch_unwind(AssertUnwindSafe(|| {
            if looks {
                self.rule.check(cx, &mut raw.findings);
                self.rule.adjust(cx, &mut raw.adjustments);
            }
            self.counts.then(|| self.rule.gauge(cx)).flatten()
        }));
        let meta = self.rule.meta();
        match run {
            Ok(reading) => {
                raw.readings.extend(reading.map(|r| (meta.family.clone(), r)));
                Ok(())
            }
            Err(payload) => {
                raw.findings.truncate(sound);
                raw.adjustments.truncate(adjusted);
                raw.findings.push(failure(&meta.id));
                Err(payload)
            }
        }
    }
}

impl RuleSet {
    /// What local rules see in a document, part by part; `seen` holds the parts of the state before, and is given those
    /// of this one.
    pub fn run_local(&self, document: &Document<'_>, seen: &mut Seen) -> Local {
        let mut now = HashMap::with_capacity(seen.0.len());
        let mut local = Local::default();
        for part in document.parts() {
            let in_part = now.entry(part.key).or_insert_with(|| {
                seen.0.remove(&part.key).unwrap_or_else(|| {
                    let alone = document.part(&part);
                    Arc::new(self.run_in_part(&alone))
                })
            });
            if !in_part.is_empty() {
                local.0.push((part.span.start, Arc::clone(in_part)));
            }
        }
        seen.0 = now;
        local
    }

    fn run_in_part(&self, part: &Document<'_>) -> InPart {
        let cx = self.context(part);
        let mut found = InPart::default();
        for state in self.states().filter(|state| state.is_local()) {
            self.announce(Some(state));
            let (sound, adjusted) = (found.findings.len(), found.adjustments.len());
            let run = catch_unwind(AssertUnwindSafe(|| {
                state.rule.check(&cx, &mut found.findings);
                state.rule.adjust(&cx, &mut found.adjustments);
            }));
            if run.is_err() {
                found.findings.truncate(sound);
                found.adjustments.truncate(adjusted);
                found.failed.push(state.rule.meta().id.clone());
            }
        }
        self.announce(None);
        found
    }

    /// What the rules see that are not local, and the opinions of all on the whole. `None` if `is_cancelled` said so
    /// meanwhile. `memory` is that of the same text.
    pub fn run_rest(
        &self,
        document: &Document<'_>,
        memory: &Memory,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Option<Raw> {
        let circumstances =
            Circumstances { memory: Some(memory), is_cancelled: Some(is_cancelled) };
        let cx = self.context(document).under(circumstances);
        let mut raw = Raw::default();
        for state in self.states() {
            if is_cancelled() {
                return None;
            }
            self.announce(Some(state));
            match state.run(&cx, !state.is_local(), &mut raw) {
                Err(payload) if payload.is::<Cancelled>() => return None,
                _ => {}
            }
        }
        self.announce(None);
        Some(raw)
    }
}
