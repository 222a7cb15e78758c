//! What the client has done by command: `README.md` lists them.

use anyhow::Context as _;
use gen_lsp_types::MessageType;
use lsp_server::{ErrorCode, RequestId};
use serde_json::{Value, json};
use unspin_apply::fix::{Policy, repair};
use unspin_lint::{Change, Diagnosis, Document, Edit, Held, RuleMeta, Span, page};

use super::answer::workspace_edit;
use super::settings::LINT_TOML;
use super::{Asked, Server};
use crate::{World, actions, uri, vocabulary};

/// The commands that the server answers.
pub(crate) const COMMANDS: [&str; 6] = [
    "unspin.checkWorkspace",
    "unspin.fixFile",
    "unspin.explainRule",
    "unspin.openRule",
    "unspin.addToVocabulary",
    "unspin.verdict",
];

impl<W: World> Server<'_, W> {
    pub(super) fn execute(&mut self, id: RequestId, params: &Value) {
        let argument = |i: usize| params.pointer(&format!("/arguments/{i}"))?.as_str();
        let (first, second) = (argument(0).unwrap_or_default(), argument(1));
        let result = match params.get("command").and_then(Value::as_str).unwrap_or_default() {
            "unspin.checkWorkspace" => return self.check_workspace(id),
            "unspin.fixFile" => Ok(self.fix_file(first)),
            "unspin.explainRule" => Ok(self.explain(first, second).unwrap_or_default()),
            "unspin.openRule" => self.open_rule(first, second),
            "unspin.addToVocabulary" => self.add_to_vocabulary(first, second.unwrap_or_default()),
            "unspin.verdict" => Ok(self.verdict(first).unwrap_or_default()),
            unknown => {
                let message = format!("there is no command `{unknown}`");
                return self.refuse(id, ErrorCode::InvalidParams, &message);
            }
        };
        match result {
            Ok(value) => self.reply(id, value),
            Err(error) => {
                let message = format!("{error:#}");
                self.show(MessageType::Error, &message);
                self.refuse(id, ErrorCode::RequestFailed, &message);
            }
        }
    }

    /// The edits that make the safe repairs of an open text, as `unspin fix` makes them, and how many they are.
    pub(super) fn repair(&mut self, key: &str) -> Option<(Vec<Edit>, usize)> {
        let draft = self.drafts.get(key)?;
        let (markup, linter) = (draft.markup, &draft.governed.linter);
        let check = |bytes: &[u8], held: Option<&Held>| {
            let document = Document::read(bytes, markup);
            let (report, held) = linter.check_held(&document, held);
            (Diagnosis::new(&document, &report), held)
        };
        let repaired = repair(draft.text.as_str().as_bytes(), Policy::default(), check);
        // It was Unicode, and repairs are.
        let text = String::from_utf8(repaired.text).ok()?;
        let Change { old, new_len } = Change::between(draft.text.as_str(), &text)?;
        let new = Span::new(old.start, old.start + new_len);
        let edit = Edit { span: old, text: text[new.range()].to_owned() };
        Some((vec![edit], repaired.made.len()))
    }

    fn fix_file(&mut self, key: &str) -> Value {
        let Some((edits, fixes)) = self.repair(key) else { return json!({ "fixes": 0 }) };
        let versions = self.client.versions_edits;
        if let (Some(draft), Some(places)) = (self.drafts.get(key), self.places_of(key)) {
            let edit = workspace_edit(key, draft.text.version, versions, &edits, places);
            let params = json!({ "label": "unspin: safe repairs", "edit": edit });
            self.ask("workspace/applyEdit", params, Asked::Nothing);
        }
        json!({ "fixes": fixes })
    }

    /// The meta data of a rule, as it holds for a text.
    fn rule(&mut self, rule: &str, key: Option<&str>) -> Option<RuleMeta> {
        let draft = key.and_then(|key| self.drafts.get(key));
        let linter = match draft {
            Some(draft) => draft.governed.linter.clone(),
            None => self.world.governed(None)?.linter,
        };
        Some(linter.rules().state(rule)?.rule.meta().clone())
    }

    fn explain(&mut self, rule: &str, key: Option<&str>) -> Option<Value> {
        let meta = self.rule(rule, key)?;
        Some(json!({ "rule": meta.id, "family": meta.family, "page": meta.page }))
    }

    fn open_rule(&mut self, rule: &str, key: Option<&str>) -> anyhow::Result<Value> {
        let Some(meta) = self.rule(rule, key) else { anyhow::bail!("there is no rule `{rule}`") };
        let page = format!("# {}\n\n{}", meta.id, meta.page);
        if self.client.shows_pages {
            self.notify("unspin/rulePage", json!({ "rule": meta.id, "page": page }));
        } else if self.client.shows_documents {
            let path = self.world.show(&meta.id, &page)?;
            if let Some(uri) = uri::of_path(&path) {
                let params = json!({ "uri": uri, "takeFocus": true });
                self.ask("window/showDocument", params, Asked::Nothing);
            }
        } else {
            let summary = format!("{}: {}", meta.id, page::summary(&meta.page));
            self.show(MessageType::Info, &summary);
        }
        Ok(Value::Null)
    }

    /// Adds a term to the settings file that governs a text: where that is open in the editor there, else on the disk.
    fn add_to_vocabulary(&mut self, term: &str, key: &str) -> anyhow::Result<Value> {
        let draft = self.drafts.get(key);
        let governing = draft.and_then(|draft| draft.governed.lint_toml.clone());
        let folder = || {
            let own = draft.and_then(|draft| Some(draft.path.as_deref()?.parent()?.to_owned()));
            let root =
                self.client.folders.iter().find(|f| own.as_ref().is_none_or(|o| o.starts_with(f)));
            root.cloned().or(own).map(|folder| folder.join(LINT_TOML))
        };
        let Some(path) = governing.or_else(folder) else {
            anyhow::bail!("save the text first, so that it has a folder for a lint.toml");
        };
        let open = self.settings.values().find(|open| open.path == path);
        if let Some(open) = open {
            let Some(edits) = vocabulary::accept(open.text.as_str(), term)? else {
                return Ok(Value::Null);
            };
            let edits = actions::edits(edits);
            let (versions, places) =
                (self.client.versions_edits, open.text.places(self.client.encoding));
            let edit = workspace_edit(&open.uri.0, open.text.version, versions, &edits, places);
            let params = json!({ "label": "unspin: add to the vocabulary", "edit": edit });
            self.ask("workspace/applyEdit", params, Asked::Nothing);
            return Ok(Value::Null);
        }
        let shown = || path.display().to_string();
        let read = match W::read(&path) {
            Ok(bytes) => String::from_utf8(bytes).with_context(shown)?,
            Err(_) if !path.exists() => String::new(),
            Err(why) => anyhow::bail!("{}: {why}", path.display()),
        };
        let edits = vocabulary::accept(&read, term).with_context(shown)?;
        let Some(edits) = edits else { return Ok(Value::Null) };
        let mut new = read.clone();
        for (span, text) in edits.iter().rev() {
            new.replace_range(span.range(), text);
        }
        self.world.write(&path, &read, &new).with_context(shown)?;
        self.reload();
        Ok(Value::Null)
    }
}
