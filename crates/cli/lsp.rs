//! The language server's door to files and settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use unspin_containers::Container;
use unspin_lint::{Problem, RuleSet, Span};
use unspin_linter::Linter;
use unspin_lsp::{Faulty, Found, Governed, Options, World};

use crate::args::Policy;
use crate::cache::Cache;
use crate::settings::{Edited, Linters, NAME, News, expect_rule};
use crate::{create, walk};

/// Serves an editor until it goes.
pub(crate) fn lsp(base: &Linter) -> anyhow::Result<u8> {
    let linters = Linters::new(&Policy::default(), base)?;
    let (policy, edited, faults) = Default::default();
    let house = House { base: base.clone(), policy, linters, edited, faults };
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
    faults: Vec<Faulty>,
}

impl House {
    fn keep(&mut self, news: Vec<News>) {
        self.faults.extend(news.into_iter().map(fault));
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
            ..Policy::default()
        };
        let mut linters = Linters::new(&policy, &self.base)?;
        linters.set_edited(self.edited.clone());
        (self.policy, self.linters) = (policy, linters);
        self.faults.clear();
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
        std::mem::take(&mut self.faults)
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
        std::fs::read(path).map_err(|error| walk::explain(&error))
    }

    fn write(&mut self, path: &Path, read: &str, new: &str) -> anyhow::Result<()> {
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
