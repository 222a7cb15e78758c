//! Settings: those of the house, in their files and as they are being edited, and those of the client.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use gen_lsp_types::{MessageType, Uri};
use serde_json::{Value, json};
use unspin_lint::{Diagnosis, Problem, RuleSet};

use super::{Asked, Server};
use crate::draft::Draft;
use crate::encoding::Places;
use crate::open_text::OpenText;
use crate::world::Faulty;
use crate::{Governed, Options, World, diagnostics, uri};

/// The name of a settings file.
pub(super) const LINT_TOML: &str = "lint.toml";

/// A settings file that is open in the editor.
pub(super) struct SettingsText {
    pub(super) uri: Uri,
    pub(super) path: PathBuf,
    pub(super) text: OpenText,
    /// Whether it was changed since it was looked at.
    pub(super) is_changed: bool,
    /// The rules that it may name.
    pub(super) rules: Arc<RuleSet>,
    pub(super) problems: Vec<Problem>,
}

impl<W: World> Server<'_, W> {
    pub(super) fn ask_for_settings(&mut self) {
        let params = json!({ "items": [{ "section": "unspin" }] });
        self.ask("workspace/configuration", params, Asked::Settings);
    }

    /// Takes the client's settings.
    pub(super) fn set_options(&mut self, sent: &Value) {
        let trusted = Options::trust(sent, self.options.trusted);
        match Options::read(sent).map(|options| Options { trusted, ..options }) {
            Ok(options) if options != self.options => {
                let previous = std::mem::replace(&mut self.options, options);
                if !self.reload() {
                    self.options = previous;
                }
            }
            Ok(_) => {}
            Err(message) => self.show(MessageType::Error, &message),
        }
    }

    /// Reads all settings anew, and looks again at every open text. Says whether the client's settings can be obeyed.
    pub(super) fn reload(&mut self) -> bool {
        self.reload_due = None;
        if let Err(error) = self.world.reload(&self.options) {
            self.show(MessageType::Error, &format!("{error:#}"));
            return false;
        }
        let paths: Vec<_> = self.drafts.iter().map(|(k, d)| (k.clone(), d.path.clone())).collect();
        let form = self.form();
        for (key, path) in paths {
            let governed = self.world.governed(path.as_deref());
            match (governed, self.drafts.get_mut(&key)) {
                (Some(governed), Some(draft))
                    if governed.digest != draft.governed.digest || form != draft.form =>
                {
                    self.worker.forget(draft.uri.clone());
                    draft.govern(governed, form);
                }
                _ => {}
            }
        }
        if let Some(message) = self.world.unknown_names() {
            self.show(MessageType::Warning, &message);
        }
        self.tell_faults(true);
        true
    }

    /// Tells what is wrong in settings files and packs; `all` if they were all read anew.
    pub(super) fn tell_faults(&mut self, all: bool) {
        let mut sound = if all { std::mem::take(&mut self.faulty) } else { BTreeMap::new() };
        for Faulty { path, text, problems } in self.world.faults() {
            let is_open = self.settings.values().any(|open| open.path == path);
            let Some(uri) = sound.remove(&path).or_else(|| uri::of_path(&path)) else { continue };
            self.faulty.insert(path, uri.clone());
            if !is_open {
                let text = OpenText::new(0, text);
                let places = text.places(self.client.encoding);
                self.push(uri, None, Self::problems(places, &problems));
            }
        }
        for (path, uri) in sound {
            if !self.settings.values().any(|open| open.path == path) {
                self.push(uri, None, Vec::new());
            }
        }
    }

    /// What is wrong in a settings file of this text.
    fn problems(places: Places<'_>, problems: &[Problem]) -> Vec<gen_lsp_types::Diagnostic> {
        let diagnosis = Diagnosis::of_settings(places.text, problems);
        let with_way_out = |d: &unspin_lint::Diagnostic| {
            let mut d = d.clone();
            d.notes.drain(..).for_each(|note| {
                d.message.push_str("; ");
                d.message.push_str(&note);
            });
            diagnostics::of(&d, places)
        };
        diagnosis.diagnostics.iter().map(with_way_out).collect()
    }

    /// What is wrong in an open settings file, as it stands.
    pub(super) fn settings_diagnostics(&self, key: &str) -> Vec<gen_lsp_types::Diagnostic> {
        self.settings.get(key).map_or_else(Vec::new, |open| {
            Self::problems(open.text.places(self.client.encoding), &open.problems)
        })
    }

    /// Looks at a settings file that was opened or changed. It governs as it stands as soon as nothing is wrong in it.
    pub(super) fn look_at_settings(&mut self, uri: Uri, path: PathBuf, text: OpenText) {
        let (problems, rules) = self.world.inspect(&path, text.as_str());
        let is_sound = problems.is_empty();
        let key = uri.0.clone();
        if is_sound {
            self.world.overlay(&path, Some(text.as_str().to_owned()));
            self.reload_due = Some(Instant::now() + self.delay());
        }
        let open = SettingsText { uri, path, text, is_changed: false, rules, problems };
        self.settings.insert(key.clone(), open);
        self.publish_settings(&key);
    }

    /// Looks at the settings files that changed since they were looked at: a large one takes too long for each key of a
    /// burst.
    pub(super) fn look_at_changed_settings(&mut self) {
        let changed = self.settings.iter().filter(|(_, open)| open.is_changed);
        let changed: Vec<String> = changed.map(|(key, _)| key.clone()).collect();
        for open in changed.iter().filter_map(|key| self.settings.remove(key)).collect::<Vec<_>>() {
            self.look_at_settings(open.uri, open.path, open.text);
        }
    }

    fn publish_settings(&mut self, key: &str) {
        let Some(open) = self.settings.get(key) else { return };
        if !self.client.pulls {
            self.push(open.uri.clone(), Some(open.text.version), self.settings_diagnostics(key));
        } else if let Some(uri) = self.faulty.remove(&open.path) {
            // A client that pulls asks after each of its own changes, and what is wrong depends on nothing else. What it
            // was sent before would stand beside that.
            self.push(uri, None, Vec::new());
        }
    }

    /// Has the file govern as it lies on the disk.
    pub(super) fn close_settings(&mut self, key: &str) {
        if let Some(open) = self.settings.remove(key) {
            self.world.overlay(&open.path, None);
            self.push(open.uri, None, Vec::new());
            self.reload();
        }
    }

    /// What governs a text, told to whoever opens it.
    pub(super) fn governed(&mut self, path: Option<&Path>) -> Option<Governed> {
        let governed = self.world.governed(path);
        self.tell_faults(false);
        governed
    }

    /// The open text or settings file of an address.
    pub(super) fn places_of(&self, key: &str) -> Option<Places<'_>> {
        let encoding = self.client.encoding;
        let text = self.drafts.get(key).map(|draft: &Draft| draft.text.places(encoding));
        text.or_else(|| self.settings.get(key).map(|open| open.text.places(encoding)))
    }
}
