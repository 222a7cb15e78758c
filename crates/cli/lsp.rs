//! The language server's door to files and settings.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unspin_containers::Container;
use unspin_lint::{Problem, RuleSet, Span};
use unspin_linter::Linter;
use unspin_lsp::{Faulty, Found, Governed, Options, World};

use crate::args::Policy;
use crate::cache::Cache;
use crate::settings::{Edited, Linters, NAME, News, expect_rule};
use crate::{create, read, tree, walk};

/// Serves an editor until it goes.
pub(crate) fn lsp(base: &Linter) -> anyhow::Result<u8> {
    let linters = Linters::new(&Policy::default(), base)?;
    let (policy, edited, faults, untold) = Default::default();
    let house = House { base: base.clone(), policy, linters, edited, faults, untold };
    match unspin_lsp::stdio(house) {
        Ok(()) => Ok(crate::CLEAN),
        Err(error) => {
            crate::complain(&error);
            Ok(NO_GOODBYE)
        }
    }
}

/// The exit status that the protocol wants where an editor went without a goodbye.
const NO_GOODBYE: u8 = 1;

/// Settings as a check finds them.
struct House {
    base: Linter,
    policy: Policy,
    linters: Linters,
    /// Settings files as they stand in the editor.
    edited: Edited,
    /// All since the settings were read anew.
    faults: Vec<Faulty>,
    /// The files of those that nobody was told of as they are.
    untold: BTreeSet<PathBuf>,
}

impl House {
    /// Adds what is new to what is known of each file: what is told of a file takes the place of what was told before.
    fn keep(&mut self, news: Vec<News>) {
        for fault in news.into_iter().map(fault) {
            self.untold.insert(fault.path.clone());
            match self.faults.iter_mut().find(|known| known.path == fault.path) {
                Some(known) => known.problems.extend(fault.problems),
                None => self.faults.push(fault),
            }
        }
    }
}

fn fault(news: News) -> Faulty {
    match news {
        News::Problems(file) => {
            let path = walk::absolute(&file.path);
            Faulty { path, text: file.text, problems: file.problems }
        }
        News::Unreadable { path, message } => {
            let problem = Problem { span: Span::new(0, 0), message, help: None };
            Faulty { path: walk::absolute(&path), text: String::new(), problems: vec![problem] }
        }
    }
}

impl World for House {
    fn reload(&mut self, options: &Options) -> anyhow::Result<()> {
        let policy = Policy {
            select: options.select.clone(),
            ignore: options.ignore.clone(),
            no_config: options.no_config,
            model: options.model.clone(),
            untrusted: !options.trusted,
            ..Policy::default()
        };
        let mut linters = Linters::new(&policy, &self.base)?;
        linters.set_edited(self.edited.clone());
        (self.policy, self.linters) = (policy, linters);
        self.faults.clear();
        self.untold.clear();
        Ok(())
    }

    fn governed(&mut self, path: Option<&Path>) -> Option<Governed> {
        if path.is_some_and(|path| Container::of_path(path).is_some()) {
            return None;
        }
        let (governed, news) = match path {
            Some(path) => self.linters.for_file(path),
            None => self.linters.for_any_file(),
        };
        self.keep(news);
        let lint_toml = governed.stack.files().first().map(|file| file.path.clone());
        Some(Governed { linter: governed.linter, lint_toml, digest: governed.digest })
    }

    fn unknown_names(&mut self) -> Option<String> {
        let names = self.policy.select.iter().chain(&self.policy.ignore);
        let linters = self.linters.all();
        let known = |name: &&String| linters.iter().any(|l| expect_rule(l, name, true).is_ok());
        let unknown: Vec<String> =
            names.filter(|name| !known(name)).map(|n| format!("`{n}`")).collect();
        let list = unknown.join(", ");
        (!unknown.is_empty())
            .then(|| format!("there is no rule or family {list}; `unspin rules` lists them"))
    }

    fn faults(&mut self) -> Vec<Faulty> {
        let untold = std::mem::take(&mut self.untold);
        self.faults.iter().filter(|fault| untold.contains(&fault.path)).cloned().collect()
    }

    fn overlay(&mut self, lint_toml: &Path, text: Option<String>) {
        let path = walk::absolute(lint_toml);
        match text {
            Some(text) => self.edited.insert(path, text),
            None => self.edited.remove(&path),
        };
    }

    fn inspect(&mut self, lint_toml: &Path, text: &str) -> (Vec<Problem>, Arc<RuleSet>) {
        let path = walk::absolute(lint_toml);
        let mut edited = self.edited.clone();
        edited.insert(path.clone(), text.to_owned());
        let policy = Policy { no_config: false, ..self.policy.clone() };
        let Ok(mut linters) = Linters::new(&policy, &self.base) else {
            return (Vec::new(), Arc::new(self.base.rules().clone()));
        };
        linters.set_edited(edited);
        let (governed, news) = linters.for_file(&path);
        let own = news.into_iter().map(fault).filter(|fault| fault.path == path);
        let problems = own.flat_map(|fault| fault.problems).collect();
        (problems, Arc::new(governed.linter.rules().clone()))
    }

    fn texts(&mut self, folders: &[PathBuf]) -> Vec<Found> {
        let found = walk::all(folders, walk::is_text).into_iter();
        found
            .filter_map(|entry| match entry {
                walk::Entry::File(path) => Some(Found::Text(path)),
                walk::Entry::Error { path, message } => Some(Found::Error(path, message)),
                walk::Entry::Stdin => None,
            })
            .collect()
    }

    fn read(path: &Path) -> Result<Vec<u8>, String> {
        read::text(path)
    }

    fn write(&mut self, path: &Path, read: &str, new: &str) -> anyhow::Result<()> {
        // The settings of a repository may be a link to a file that is none of its own.
        anyhow::ensure!(!tree::is_left_by(path), tree::LEFT);
        if read.is_empty() && !path.exists() {
            return create::create(path, new);
        }
        Ok(unspin_apply::write(path, read.as_bytes(), new.as_bytes())?)
    }

    fn is_settings(&self, path: &Path) -> bool {
        let by_ending =
            path.extension().is_some_and(|e| e == "toml" || e == "wasm" || e == "model");
        by_ending || path.file_name().is_some_and(|name| name == NAME)
    }

    fn show(&mut self, rule: &str, page: &str) -> anyhow::Result<PathBuf> {
        let cache = Cache::new(true);
        let Some(folder) = cache.folder() else {
            anyhow::bail!(
                "there is no cache folder to put the page in; `unspin explain {rule}` prints it"
            );
        };
        let folder = folder.join("pages");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{rule}.md"));
        crate::replace::Replacement::prepare(&path)?.write(page.as_bytes())?;
        Ok(path)
    }
}
