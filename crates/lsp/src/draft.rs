//! A text that is open in the editor, and what is known of it.
//!
//! At a key only the parts that changed are looked at again ([`Draft::glance`]); what rules saw that look at the whole is
//! carried to where its words stand now. When the writer rests, a thread looks at all of it ([`crate::worker`]), and
//! what it says takes the place of all that ([`Draft::accept`]).

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use gen_lsp_types::{Diagnostic, TextDocumentContentChangeEvent, Uri};
use unspin_lint::{Change, Diagnosis, Document, Held, Local, Markup, Raw, Report, Seen, Span};

use crate::encoding::{Encoding, Places};
use crate::open_text::OpenText;
use crate::worker::{Done, Job};
use crate::{Governed, diagnostics};

/// See the module.
pub(crate) struct Draft {
    pub(crate) uri: Uri,
    pub(crate) path: Option<PathBuf>,
    pub(crate) markup: Markup,
    pub(crate) governed: Governed,
    pub(crate) text: OpenText,
    /// Whether it was changed since the last glance.
    is_dirty: bool,
    seen: Seen,
    local: Local,
    settled: Option<Settled>,
    /// Whether that was under other settings, whose verdict has no say in that of these.
    is_under_others: bool,
    /// What is said of the text as it stands; `None` where its places have to be found anew.
    diagnosis: Option<Diagnosis>,
    /// What is to be shown and was not yet.
    untold: Option<Vec<Diagnostic>>,
    pub(crate) form: Form,
    /// When all of it is to be looked at.
    pub(crate) due: Option<Instant>,
    /// How often it was changed; a look at an earlier state ends where it sees that.
    generation: Arc<AtomicU64>,
}

/// How what is found is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) encoding: Encoding,
    /// Whether the verdict is a diagnostic.
    pub(crate) tells_verdict: bool,
}

/// What the last look at the whole came to.
struct Settled {
    /// The prose that it is about, by now: what follows is carried along.
    prose: String,
    rest: Raw,
    held: Held,
    /// Where findings are shown.
    shown: Vec<Span>,
}

impl Draft {
    pub(crate) fn new(
        uri: Uri,
        path: Option<PathBuf>,
        markup: Markup,
        governed: Governed,
        text: OpenText,
        form: Form,
    ) -> Self {
        Self {
            uri,
            path,
            markup,
            governed,
            text,
            is_dirty: true,
            seen: Seen::default(),
            local: Local::default(),
            settled: None,
            is_under_others: false,
            diagnosis: None,
            untold: None,
            form,
            due: Some(Instant::now()),
            generation: Arc::default(),
        }
    }

    /// Changes the text as the client did, and has the whole looked at after `delay`.
    pub(crate) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        delay: Duration,
    ) {
        self.text.change(version, changes, self.form.encoding);
        self.outdate();
        self.due = Some(Instant::now() + delay);
    }

    /// Puts other rules in the place of those that governed, and forgets what they said.
    pub(crate) fn govern(&mut self, governed: Governed, form: Form) {
        (self.governed, self.form) = (governed, form);
        self.seen = Seen::default();
        self.is_under_others = true;
        self.outdate();
        self.due = Some(Instant::now());
    }

    fn outdate(&mut self) {
        self.is_dirty = true;
        self.generation.fetch_add(1, Ordering::Relaxed);
    }

    /// Looks again at the parts that changed. Gives what is to be shown by now, where that is something new; never
    /// before the whole was looked at once, since the verdict decides on much of it.
    pub(crate) fn glance(&mut self) -> Option<Vec<Diagnostic>> {
        self.look();
        self.untold.take()
    }

    fn look(&mut self) {
        if !std::mem::take(&mut self.is_dirty) {
            return;
        }
        let document = Document::read(self.text.as_str().as_bytes(), self.markup);
        let local = self.governed.linter.glance(&document, &mut self.seen);
        let tells_the_same = local.tells_as(&self.local);
        self.local = local;
        self.diagnosis = None;
        let Some(settled) = &mut self.settled else { return };
        let shown = settled.shown.len();
        settled.carry(document.text());
        if tells_the_same && settled.shown.len() == shown && self.untold.is_none() {
            return;
        }
        let report = settled.report(&self.governed, &document, &self.local);
        let places = self.text.places(self.form.encoding);
        self.untold =
            Some(diagnostics::of_report(&document, &report, places, self.form.tells_verdict));
    }

    /// What is said of the text as it stands, with the places in it that it is said of; `None` before the whole was
    /// looked at once.
    pub(crate) fn diagnosis(&mut self) -> Option<(&Diagnosis, Places<'_>)> {
        self.look();
        let settled = self.settled.as_mut()?;
        if self.diagnosis.is_none() {
            let document = Document::read(self.text.as_str().as_bytes(), self.markup);
            let report = settled.report(&self.governed, &document, &self.local);
            self.diagnosis = Some(Diagnosis::new(&document, &report));
        }
        self.diagnosis.as_ref().zip(Some(self.text.places(self.form.encoding)))
    }

    /// The work of looking at all of it, which is not due any more then.
    pub(crate) fn job(&mut self) -> Job {
        self.look();
        self.due = None;
        let held = self.settled.as_ref().filter(|_| !self.is_under_others);
        Job {
            uri: self.uri.clone(),
            version: self.text.version,
            generation: self.generation.load(Ordering::Relaxed),
            current: Arc::clone(&self.generation),
            text: self.text.as_str().into(),
            markup: self.markup,
            linter: Arc::clone(&self.governed.linter),
            local: self.local.clone(),
            shown: held.map(|settled| settled.held.clone()),
        }
    }

    /// Takes what a look at all of it came to. Says whether it is about the text as it stands.
    pub(crate) fn accept(&mut self, done: Done) -> bool {
        let is_present = done.generation == self.generation.load(Ordering::Relaxed);
        if !is_present || !Arc::ptr_eq(&done.current, &self.generation) {
            return false;
        }
        let unspin_linter::Settled { rest, report, held } = done.settled;
        let shown = report.findings.iter().map(|finding| finding.span).collect();
        self.is_under_others = false;
        self.settled = Some(Settled { prose: done.prose, rest, held, shown });
        self.diagnosis = Some(done.diagnosis);
        self.untold = None;
        true
    }
}

impl Drop for Draft {
    /// Nobody waits for what is being done for it.
    fn drop(&mut self) {
        self.generation.fetch_add(1, Ordering::Relaxed);
    }
}

impl Settled {
    /// Carries everything to the present prose.
    fn carry(&mut self, prose: &str) {
        let Some(change) = Change::between(&self.prose, prose) else { return };
        change.carry(&mut self.rest, prose);
        let moved = self.shown.iter().filter_map(|&span| change.moved(span, prose));
        self.shown = moved.collect();
        prose.clone_into(&mut self.prose);
    }

    /// What is said of the present text, and where it is shown from now on.
    fn report(&mut self, governed: &Governed, document: &Document<'_>, local: &Local) -> Report {
        let report = governed.linter.unsettled(document, local, &self.rest, &self.held);
        self.shown = report.findings.iter().map(|finding| finding.span).collect();
        report
    }
}

#[cfg(test)]
mod tests;
