//! What the client tells: texts that are opened, changed, saved and closed, and files that changed.

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams,
};
use lsp_server::Notification;
use serde::de::DeserializeOwned;
use serde_json::Value;
use unspin_lint::Markup;

use super::Server;
use super::settings::LINT_TOML;
use crate::actions::sent_name;
use crate::draft::Draft;
use crate::open_text::OpenText;
use crate::{Options, World, uri};

impl<W: World> Server<'_, W> {
    /// Takes a notification. One that is unknown or malformed says nothing; the next one may.
    pub(super) fn hear(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "initialized" => self.begin(),
            "textDocument/didOpen" => read(params, |params| self.open(params)),
            "textDocument/didChange" => read(params, |params| self.change(params)),
            "textDocument/didSave" => read(params, |params| self.saved(&params)),
            "textDocument/didClose" => read(params, |params| self.close(&params)),
            "workspace/didChangeWatchedFiles" => read(params, |params| self.watched(&params)),
            "workspace/didChangeConfiguration" => self.configured(&params),
            "workspace/didChangeWorkspaceFolders" => self.folders(&params),
            "window/workDoneProgress/cancel" => self.stop_check(&params),
            _ => {}
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let path = uri::path(&item.uri);
        let named = path.as_deref().and_then(|path| path.file_name());
        if let Some(path) = path.clone().filter(|_| named.is_some_and(|name| name == LINT_TOML)) {
            return self.look_at_settings(item.uri, path, OpenText::new(item.version, item.text));
        }
        let language = sent_name(&item.language_id);
        // An editor that goes by languages sends every file in TOML where it is to send `lint.toml`.
        if language == "toml" {
            return;
        }
        let Some(governed) = self.governed(path.as_deref()) else { return };
        let extension = path.as_deref().and_then(|p| p.extension()?.to_str());
        let by_language = match language.as_str() {
            "markdown" => Some(Markup::Markdown),
            "html" => Some(Markup::Html),
            _ => None,
        };
        // The name first, as in a check: what is found must not depend on who looks.
        let markup = extension.and_then(Markup::of_extension).or(by_language);
        let markup = markup.unwrap_or_else(|| Markup::of_bytes(item.text.as_bytes()));
        let key = item.uri.0.clone();
        // It was told by an address that the server made, which may be spelt otherwise.
        if let Some(uri) = path.as_deref().and_then(uri::of_path)
            && self.told.remove(&uri.0)
        {
            self.push(uri, None, Vec::new());
        }
        let text = OpenText::new(item.version, item.text);
        self.drafts.insert(key, Draft::new(item.uri, path, markup, governed, text, self.form()));
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        let key = document.text_document_identifier.uri.0.as_str();
        let delay = self.delay();
        if let Some(draft) = self.drafts.get_mut(key) {
            draft.change(document.version, params.content_changes, delay);
        } else if let Some(open) = self.settings.get_mut(key) {
            open.text.change(document.version, params.content_changes, self.client.encoding);
            open.is_changed = true;
        }
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        let path = uri::path(&params.text_document.uri);
        if path.is_some_and(|path| self.world.is_settings(&path)) {
            self.reload();
        }
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let key = params.text_document.uri.0.as_str();
        if let Some(draft) = self.drafts.remove(key) {
            self.worker.forget(draft.uri.clone());
            // What is said of a file that nobody looks at is taken back.
            self.push(draft.uri.clone(), None, Vec::new());
        } else {
            self.close_settings(key);
        }
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        let changed = params.changes.iter().filter_map(|change| uri::path(&change.uri));
        if changed.into_iter().any(|path| self.world.is_settings(&path)) {
            self.reload();
        }
    }

    fn configured(&mut self, params: &Value) {
        if self.client.has_settings {
            self.ask_for_settings();
        } else if let Some(sent) = params.get("settings").filter(|sent| Options::are_in(sent)) {
            self.set_options(sent);
        }
    }

    fn folders(&mut self, params: &Value) {
        let list = |key: &str| {
            let folders = params.pointer(&format!("/event/{key}")).and_then(Value::as_array);
            let uris = folders.into_iter().flatten().filter_map(|f| f.get("uri")?.as_str());
            uris.filter_map(|text| uri::path(&text.into())).collect::<Vec<_>>()
        };
        let removed = list("removed");
        self.client.folders.retain(|folder| !removed.contains(folder));
        self.client.folders.extend(list("added"));
    }
}

fn read<P: DeserializeOwned>(params: Value, hear: impl FnOnce(P)) {
    if let Ok(params) = serde_json::from_value(params) {
        hear(params);
    }
}
