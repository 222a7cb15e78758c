//! What the server asks of the machine it runs on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use unspin_lint::{Problem, RuleSet};
use unspin_linter::Linter;

use crate::Options;

/// What governs one text.
#[derive(Clone)]
pub struct Governed {
    /// The rules under the settings that hold for it.
    pub linter: Arc<Linter>,
    /// The nearest settings file; none where no file governs.
    pub lint_toml: Option<PathBuf>,
    /// A hash of everything that is asked of a text besides its bytes; equal ones find the same.
    pub digest: [u8; 32],
}

/// A settings file, a pack or the like, and what is wrong in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faulty {
    /// Where it lies, absolute.
    pub path: PathBuf,
    /// What was read of it; empty where it could not be.
    pub text: String,
    /// Each with its place in `text`.
    pub problems: Vec<Problem>,
}

/// A file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A text.
    Text(PathBuf),
    /// A path that cannot be looked at, and why: lower case, one sentence.
    Error(PathBuf, String),
}

/// The server's only door to files and settings. Asked on one thread.
pub trait World {
    /// Begins anew: settings are read again when they are asked for, under what the client adds to them.
    ///
    /// # Errors
    /// If the client's settings cannot be obeyed; then the previous ones hold.
    fn reload(&mut self, options: &Options) -> anyhow::Result<()>;

    /// What governs the text at a path, be it written already or not; without a path, one that was never saved, in the
    /// folder that the server runs in. `None` for a file that is not read as one text, such as JSON Lines.
    fn governed(&mut self, path: Option<&Path>) -> Option<Governed>;

    /// What is wrong with the rules and families that the client's settings name, once it is known what governs: one
    /// sentence.
    fn unknown_names(&mut self) -> Option<String>;

    /// What was found wrong in settings files and packs since it was asked last.
    fn faults(&mut self) -> Vec<Faulty>;

    /// Has a settings file that is open in the editor govern as it stands there; `None` as it lies on the disk. Holds
    /// from the next [`World::reload`] on.
    fn overlay(&mut self, lint_toml: &Path, text: Option<String>);

    /// What is wrong in a settings file that reads so, and the rules that it may name.
    fn inspect(&mut self, lint_toml: &Path, text: &str) -> (Vec<Problem>, Arc<RuleSet>);

    /// The texts below folders, in order, as a check finds them.
    fn texts(&mut self, folders: &[PathBuf]) -> Vec<Found>;

    /// Reads a file, on any thread.
    ///
    /// # Errors
    /// Why it cannot be read: lower case, one sentence.
    fn read(path: &Path) -> Result<Vec<u8>, String>
    where
        Self: Sized;

    /// Replaces a settings file that read so, or makes it where `read` is empty and there is none.
    ///
    /// # Errors
    /// If it cannot be written, or reads otherwise by now.
    fn write(&mut self, path: &Path, read: &str, new: &str) -> anyhow::Result<()>;

    /// Whether a change of this file may change what governs others: settings, packs, plugins, models.
    fn is_settings(&self, path: &Path) -> bool;

    /// Writes the page of a rule to a file that an editor can open.
    ///
    /// # Errors
    /// If it cannot be written.
    fn show(&mut self, rule: &str, page: &str) -> anyhow::Result<PathBuf>;
}
