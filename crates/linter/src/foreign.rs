//! Rules that settings bring: packs and plugins.
//!
//! What is wrong with one is told at the line of `lint.toml` that names it, and it alone is left out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use unspin_lint::{Origin, PluginFile, Problem, Rule, Settings, Sourced, Span, Stack};
use unspin_packs::Pack;

use crate::{Linter, Taken};

/// Most packs that extend one another in a row: more is a mistake, and the depth of a call stack is bounded.
const DEEPEST: usize = 32;

/// Where packs and plugins are kept. Paths are as they follow from the folder of the file that names them; an error says
/// in one sentence why something cannot be used.
pub trait Shelf {
    /// The pack in a file or folder. Faults in its files are the shelf's to tell: the pack is without rules that have
    /// any, and there is none where its manifest has.
    fn pack(&mut self, path: &Path) -> Result<Option<ShelvedPack>, String>;

    /// The bytes of a plugin.
    fn plugin(&mut self, path: &Path) -> Result<Vec<u8>, String>;
}

/// A pack that was opened.
#[derive(Clone, Debug)]
pub struct ShelvedPack {
    /// What it is known by: the same for the same pack, however it was named. What it extends is relative to it, if it
    /// is a folder, and to its folder otherwise.
    pub path: PathBuf,
    /// The folder that its paths are relative to.
    pub folder: PathBuf,
    /// Its rules.
    pub pack: Arc<Pack>,
}

impl Linter {
    /// Adds the rules of the packs and plugins that settings name, in their order; `stack` is what the settings were made
    /// of. What goes wrong is left out and returned with its place.
    pub fn bring(
        &mut self,
        settings: &Settings,
        stack: &Stack,
        shelf: &mut dyn Shelf,
    ) -> Vec<Sourced<Problem>> {
        let mut bringing =
            Bringing { linter: self, shelf, known: Vec::new(), problems: Vec::new() };
        let folder = |origin: Origin| {
            stack.files()[origin.file].path.parent().unwrap_or(Path::new("")).to_owned()
        };
        for Sourced { value, origin } in &settings.packs {
            bringing.pack(&folder(*origin), value, *origin, &mut Vec::new());
        }
        for Sourced { value, origin } in &settings.plugins {
            bringing.plugin(&folder(*origin), value, *origin);
        }
        bringing.problems
    }

    /// Adds the rules of packs and plugins (files that end in `.wasm`) that are named outside of settings; returns what
    /// goes wrong, each with the index of its path.
    pub fn bring_named(&mut self, paths: &[&Path], shelf: &mut dyn Shelf) -> Vec<(usize, Problem)> {
        let mut bringing =
            Bringing { linter: self, shelf, known: Vec::new(), problems: Vec::new() };
        for (file, path) in paths.iter().enumerate() {
            let origin = Origin { file, span: Span::new(0, 0), in_override: false };
            let named = path.to_string_lossy();
            if path.extension().is_some_and(|e| e == "wasm") {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy().replace('_', "-");
                let plugin = PluginFile { name: stem, path: named.into_owned(), sha256: None };
                bringing.plugin(Path::new(""), &plugin, origin);
            } else {
                bringing.pack(Path::new(""), &named, origin, &mut Vec::new());
            }
        }
        bringing.problems.into_iter().map(|wrong| (wrong.origin.file, wrong.value)).collect()
    }
}

struct Bringing<'b> {
    linter: &'b mut Linter,
    shelf: &'b mut dyn Shelf,
    /// The packs that are there, by path.
    known: Vec<PathBuf>,
    problems: Vec<Sourced<Problem>>,
}

impl Bringing<'_> {
    fn wrong(&mut self, origin: Origin, message: String, help: impl Into<String>) {
        let value = Problem { span: origin.span, message, help: Some(help.into()) };
        self.problems.push(Sourced { value, origin });
    }

    /// Adds what a pack extends, then the pack. `above` are the packs that led here, with their names.
    fn pack(
        &mut self,
        folder: &Path,
        named: &str,
        origin: Origin,
        above: &mut Vec<(PathBuf, String)>,
    ) {
        let ShelvedPack { path, folder, pack } = match self.shelf.pack(&folder.join(named)) {
            Ok(Some(opened)) => opened,
            Ok(None) => return,
            Err(message) => return self.wrong(origin, message, "its rules are left out"),
        };
        if let Some(from) = above.iter().position(|(known, _)| *known == path) {
            let circle = above[from..].iter().map(|(_, name)| name.as_str()).chain([named]);
            let way = circle.collect::<Vec<_>>().join(" extends ");
            let message = format!("the pack `{named}` leads back to itself: {way}");
            return self.wrong(origin, message, "take one of them out of `extends`");
        }
        // What two packs extend is there once.
        if self.known.contains(&path) {
            return;
        }
        if above.len() >= DEEPEST {
            let message = format!("more than {DEEPEST} packs extend one another");
            return self.wrong(origin, message, "name the last of them in lint.toml directly");
        }
        self.known.push(path.clone());
        above.push((path, named.to_owned()));
        for extended in pack.manifest().extends {
            self.pack(&folder, &extended, origin, above);
        }
        above.pop();
        let taken = self.linter.add(unspin_packs::pack_rules(pack, named));
        self.taken(&format!("the pack `{named}`"), taken, origin);
    }

    fn taken(&mut self, of: &str, taken: Vec<Taken>, origin: Origin) {
        for Taken { id, holder } in taken {
            let message =
                format!("the rule `{id}` of {of} is left out: {holder} has one of that id");
            self.wrong(origin, message, "give it an id of its own");
        }
    }

    fn plugin(&mut self, folder: &Path, plugin: &PluginFile, origin: Origin) {
        let PluginFile { name, path, sha256 } = plugin;
        let bytes = match self.shelf.plugin(&folder.join(path)) {
            Ok(bytes) => bytes,
            Err(message) => return self.wrong(origin, message, "its rules are left out"),
        };
        let hash = format!("{:x}", Sha256::digest(&bytes));
        if sha256.as_ref().is_some_and(|pinned| *pinned != hash) {
            let message = format!("the plugin `{name}` is not the one that sha256 pins");
            return self.wrong(
                origin,
                message,
                format!("its hash is {hash}; look at what changed"),
            );
        }
        match load(name, path, &bytes) {
            Ok(rules) => {
                let taken = self.linter.add(rules);
                self.taken(&format!("the plugin `{name}`"), taken, origin);
            }
            Err(message) => self.wrong(origin, message, "its rules are left out"),
        }
    }
}

/// The rules of a plugin, or why it cannot be used.
#[cfg(feature = "plugins")]
fn load(name: &str, path: &str, wasm: &[u8]) -> Result<Vec<Arc<dyn Rule>>, String> {
    unspin_plugins::load(name, path, wasm).map_err(|error| error.to_string())
}

/// Why a plugin cannot be used: this build knows none.
#[cfg(not(feature = "plugins"))]
fn load(name: &str, _: &str, _: &[u8]) -> Result<Vec<Arc<dyn Rule>>, String> {
    Err(format!(
        "the plugin `{name}` cannot be used: this unspin was built without the feature `plugins`"
    ))
}
