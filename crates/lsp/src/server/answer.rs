//! What the client asks.

use gen_lsp_types::{
    CodeAction, CodeActionParams, CompletionItem, CompletionItemKind, CompletionItemTextEdit,
    CompletionParams, DocumentDiagnosticParams, Documentation, HoverParams, MarkupContent,
    MarkupKind, TextDocumentPositionParams, TextEdit, WorkspaceEdit,
};
use lsp_server::{ErrorCode, Request, RequestId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use unspin_lint::Edit;

use super::Server;
use crate::actions::{self, Asked};
use crate::encoding::Places;
use crate::lint_toml::{self, CompletionKind};
use crate::{World, hover};

impl<W: World> Server<'_, W> {
    /// Answers a request.
    pub(super) fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        match method.as_str() {
            "textDocument/diagnostic" => self.with(id, params, Self::pulled),
            "textDocument/codeAction" => self.with(id, params, Self::actions),
            "textDocument/hover" => self.with(id, params, Self::hover),
            "textDocument/completion" => self.with(id, params, Self::completions),
            "workspace/executeCommand" => self.execute(id, &params),
            _ => {
                let message = format!("unspin answers no request `{method}`");
                self.refuse(id, ErrorCode::MethodNotFound, &message);
            }
        }
    }

    fn with<P: DeserializeOwned, R: Serialize>(
        &mut self,
        id: RequestId,
        params: Value,
        answer: impl FnOnce(&mut Self, &P) -> R,
    ) {
        match serde_json::from_value(params) {
            Ok(params) => {
                let result = answer(self, &params);
                self.reply(id, result);
            }
            Err(error) => self.refuse(id, ErrorCode::InvalidParams, &error.to_string()),
        }
    }

    fn pulled(&mut self, params: &DocumentDiagnosticParams) -> Value {
        let key = &params.text_document.uri.0;
        let items = if self.settings.contains_key(key) {
            self.look_at_changed_settings();
            self.settings_diagnostics(key)
        } else {
            self.diagnostics(key)
        };
        json!({ "kind": "full", "items": items })
    }

    fn hover(&mut self, params: &HoverParams) -> Option<gen_lsp_types::Hover> {
        let TextDocumentPositionParams { text_document, position } =
            &params.text_document_position_params;
        let (key, encoding) = (&text_document.uri.0, self.client.encoding);
        if let Some(open) = self.settings.get(key) {
            let places = open.text.places(encoding);
            let found =
                lint_toml::hover(places.text, places.byte(*position) as usize, &open.rules)?;
            return Some(hover::markdown(found.markdown, Some(places.range(found.span))));
        }
        let draft = self.drafts.get_mut(key)?;
        let linter = std::sync::Arc::clone(&draft.governed.linter);
        let (diagnosis, places) = draft.diagnosis()?;
        hover::at(diagnosis, places, places.byte(*position), linter.rules())
    }

    fn completions(&mut self, params: &CompletionParams) -> Vec<CompletionItem> {
        let TextDocumentPositionParams { text_document, position } =
            &params.text_document_position_params;
        let Some(open) = self.settings.get(&text_document.uri.0) else { return Vec::new() };
        let places = open.text.places(self.client.encoding);
        let found =
            lint_toml::completions(places.text, places.byte(*position) as usize, &open.rules);
        found.into_iter().map(|completion| item(completion, places)).collect()
    }

    fn actions(&mut self, params: &CodeActionParams) -> Vec<CodeAction> {
        let key = params.text_document.uri.0.clone();
        let only = params.context.only.as_deref();
        let (versions, edited) = (self.client.versions_edits, key.clone());
        let Some(draft) = self.drafts.get_mut(&key) else { return Vec::new() };
        let (uri, markup, version) = (draft.uri.clone(), draft.markup, draft.text.version);
        let Some((diagnosis, places)) = draft.diagnosis() else { return Vec::new() };
        let span = places.span(params.range);
        let asked = Asked { uri: &uri, markup, span, only };
        let edit = |edits: &[Edit]| workspace_edit(&edited, version, versions, edits, places);
        let mut actions = actions::at(diagnosis, places, &asked, edit);
        if asked.wants_all_fixed()
            && let Some((edits, _)) = self.repair(&key)
            && let Some(places) = self.places_of(&key)
        {
            let edit = workspace_edit(&key, version, versions, &edits, places);
            actions.push(actions::fix_all(edit));
        }
        actions
    }
}

/// The edits of one text, of the version that they were made for where the client understands that.
pub(super) fn workspace_edit(
    uri: &str,
    version: i32,
    versions: bool,
    edits: &[Edit],
    places: Places<'_>,
) -> WorkspaceEdit {
    let edits: Vec<TextEdit> = edits
        .iter()
        .map(|edit| TextEdit { range: places.range(edit.span), new_text: edit.text.clone() })
        .collect();
    let edit = if versions {
        json!({ "documentChanges": [{
            "textDocument": { "uri": uri, "version": version }, "edits": edits,
        }] })
    } else {
        json!({ "changes": { uri: edits } })
    };
    // It is one, as the line above says.
    serde_json::from_value(edit).unwrap_or_default()
}

fn item(completion: lint_toml::Completion, places: Places<'_>) -> CompletionItem {
    let kind = match completion.kind {
        CompletionKind::Key => CompletionItemKind::Property,
        CompletionKind::Rule => CompletionItemKind::Class,
        CompletionKind::Family => CompletionItemKind::Module,
        CompletionKind::Value => CompletionItemKind::Value,
    };
    let edit = TextEdit { range: places.range(completion.replace), new_text: completion.insert };
    let documentation =
        MarkupContent { kind: MarkupKind::Markdown, value: completion.documentation };
    CompletionItem {
        kind: Some(kind),
        detail: Some(completion.detail),
        documentation: Some(Documentation::MarkupContent(documentation)),
        filter_text: Some(completion.label.clone()),
        text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
        label: completion.label,
        ..CompletionItem::default()
    }
}
