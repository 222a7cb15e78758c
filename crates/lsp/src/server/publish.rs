//! Telling the client what is found.

use gen_lsp_types::{Diagnostic, PublishDiagnosticsParams, Uri};
use serde_json::{Value, json};

use super::{Asked, Server};
use crate::draft::{Draft, Form};
use crate::{World, diagnostics};

impl<W: World> Server<'_, W> {
    /// How what is found is told to this client.
    pub(super) fn form(&self) -> Form {
        let tells_verdict = self.options.verdict_diagnostic;
        Form { encoding: self.client.encoding, tells_verdict }
    }

    /// Tells what is said of an open text by now; a client that asks itself is told to ask again.
    pub(super) fn publish(&mut self, uri: &str, diagnostics: Vec<Diagnostic>) {
        if self.client.pulls {
            return self.ask("workspace/diagnostic/refresh", Value::Null, Asked::Nothing);
        }
        let Some(draft) = self.drafts.get(uri) else { return };
        self.push(draft.uri.clone(), Some(draft.text.version), diagnostics);
    }

    /// What is said of an open text, as it stands.
    pub(super) fn diagnostics(&mut self, uri: &str) -> Vec<Diagnostic> {
        let tells_verdict = self.options.verdict_diagnostic;
        let known = self.drafts.get_mut(uri).and_then(Draft::diagnosis);
        known.map_or_else(Vec::new, |(diagnosis, places)| {
            diagnostics::of_text(diagnosis, places, tells_verdict)
        })
    }

    /// Sends diagnostics of a file.
    pub(super) fn push(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let params = PublishDiagnosticsParams { uri, version, diagnostics };
        self.notify("textDocument/publishDiagnostics", params);
    }

    /// Tells the verdict to a client that shows it.
    pub(super) fn tell_verdict(&mut self, uri: &str, version: i32) {
        if self.client.shows_verdicts
            && let Some(mut verdict) = self.verdict(uri)
        {
            verdict["uri"] = json!(uri);
            verdict["version"] = json!(version);
            self.notify("unspin/verdict", verdict);
        }
    }

    /// The verdict on an open text, with its figures.
    pub(super) fn verdict(&mut self, uri: &str) -> Option<Value> {
        let (diagnosis, places) = self.drafts.get_mut(uri)?.diagnosis()?;
        Some(diagnostics::verdict_data(diagnosis.verdict.as_ref()?, places))
    }
}
