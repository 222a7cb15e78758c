//! A settings file with those that it extends.

use std::path::{Path, PathBuf};

use super::{Problem, Settings, SettingsFile, Sourced};
use crate::RuleSet;

/// Most files that extend one another in a row: more is a mistake, and the depth of a call stack is bounded.
const DEEPEST: usize = 32;

/// The settings file that governs a folder, with those that it extends.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    /// As they were found; the governing one first.
    files: Vec<StackFile>,
    /// Indices of `files`, the weakest first.
    order: Vec<usize>,
}

/// One file of a [`Stack`].
#[derive(Clone, Debug)]
pub struct StackFile {
    /// What it is known by.
    pub path: PathBuf,
    /// Its text, which all spans index.
    pub text: String,
    /// What it says.
    pub contents: SettingsFile,
    /// What is wrong in it.
    pub problems: Vec<Problem>,
}

/// A settings file that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What it is known by: the same for the same file, however it was named.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

impl Stack {
    /// Reads the file and all that it extends. `open` gets a path as it follows from the folder of the file that names
    /// it, and says in one sentence why it could not be opened.
    pub fn load(
        governing: Opened,
        rules: &RuleSet,
        open: &mut dyn FnMut(&Path) -> Result<Opened, String>,
    ) -> Self {
        let mut stack = Self::default();
        stack.visit(governing, rules, open, &mut Vec::new());
        stack
    }

    /// Lays a file over those that it extends. `above` are the files that led here.
    fn visit(
        &mut self,
        Opened { path, text }: Opened,
        rules: &RuleSet,
        open: &mut dyn FnMut(&Path) -> Result<Opened, String>,
        above: &mut Vec<usize>,
    ) {
        let number = self.files.len();
        let (contents, problems) = SettingsFile::parse(&text, rules, number);
        let (extends, path_here) = (contents.extends.clone(), path.clone());
        self.files.push(StackFile { path, text, contents, problems });
        above.push(number);
        for Sourced { value, origin } in extends {
            let folder = path_here.parent().unwrap_or(Path::new(""));
            let wrong = match open(&folder.join(&value)) {
                Err(message) => Some((message, "its settings are left out".to_owned())),
                Ok(opened) => match self.files.iter().position(|file| file.path == opened.path) {
                    Some(known) if above.contains(&known) => Some((
                        format!("`{value}` leads back to a file that extends this one"),
                        self.way(above, known),
                    )),
                    // What two files extend is the base of both, so it holds once, below them.
                    Some(_) => None,
                    None if above.len() >= DEEPEST => Some((
                        format!("more than {DEEPEST} files extend one another"),
                        "extend the last of them directly".to_owned(),
                    )),
                    None => {
                        self.visit(opened, rules, open, above);
                        None
                    }
                },
            };
            if let Some((message, help)) = wrong {
                let problem = Problem { span: origin.span, message, help: Some(help) };
                self.files[number].problems.push(problem);
            }
        }
        above.pop();
        self.files[number].problems.sort_by_key(|problem| problem.span);
        self.order.push(number);
    }

    /// The circle that closes at a file, for a person to follow.
    fn way(&self, above: &[usize], known: usize) -> String {
        let from = above.iter().position(|&file| file == known).unwrap_or_default();
        let circle = above[from..].iter().chain([&known]);
        let name = |&file: &usize| {
            let name = self.files[file].path.file_name().unwrap_or_default();
            name.to_string_lossy().into_owned()
        };
        format!("{}; take one of them out", circle.map(name).collect::<Vec<_>>().join(" extends "))
    }

    /// The files as they were found, the governing one first; [`Origin::file`](super::Origin::file) counts them.
    pub fn files(&self) -> &[StackFile] {
        &self.files
    }

    /// Which overrides are meant for a file, by its path from the folder of the governing settings file.
    pub fn matching(&self, file: &Path) -> Vec<bool> {
        let overrides = self.order.iter().flat_map(|&file| &self.files[file].contents.overrides);
        overrides.map(|o| o.files.is_match(file)).collect()
    }

    /// What all files come to where these overrides hold, as [`Stack::matching`] gives them; none of them otherwise.
    pub fn settings(&self, matching: &[bool]) -> Settings {
        let mut settings = Settings::default();
        let mut matching = matching.iter();
        for &file in &self.order {
            let contents = &self.files[file].contents;
            settings.merge(&contents.settings);
            for own in &contents.overrides {
                if matching.next().is_some_and(|&holds| holds) {
                    settings.merge(&own.settings);
                }
            }
        }
        settings
    }
}
