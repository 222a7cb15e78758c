//! Which `lint.toml` governs a file: the nearest one upward from the file itself, not from where the command ran.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;
use unspin_lint::{Problem, nearest};
use unspin_linter::{LanguageModel, Linter};

use crate::args::Check;
use crate::model::{self, Models};
use crate::walk;

const NAME: &str = "lint.toml";

/// A settings file that could be read, and what is wrong in it.
pub(crate) struct SettingsFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) problems: Vec<Problem>,
}

/// What looking for a file's settings brought to light for the first time.
pub(crate) enum News {
    /// Nothing, or nothing new.
    None,
    /// A settings file with problems.
    Problems(SettingsFile),
    /// A settings file that cannot be read.
    Unreadable { path: PathBuf, message: String },
}

/// The linters of a run, one for each folder that was asked for.
pub(crate) struct Linters {
    base: Linter,
    models: Models,
    /// Whether the command line names the model, so that no file may.
    model_is_set: bool,
    check: Overrides,
    by_folder: HashMap<PathBuf, Arc<Linter>>,
    by_file: HashMap<PathBuf, Arc<Linter>>,
    use_files: bool,
}

/// What the command line says over any file.
struct Overrides {
    severity: Vec<(String, unspin_lint::Severity)>,
    select: Vec<String>,
    ignore: Vec<String>,
}

impl Linters {
    /// # Errors
    /// If the command line names a rule that does not exist, or a model that cannot be used.
    pub(crate) fn new(check: &Check) -> anyhow::Result<Self> {
        let mut base = Linter::new();
        let known: Vec<(&str, &str)> = base
            .rules()
            .states()
            .map(|s| (s.rule.meta().id.as_ref(), s.rule.meta().family.as_ref()))
            .collect();
        let named = check.severity.iter().map(|(rule, _)| (rule, false));
        let named = named.chain(check.select.iter().chain(&check.ignore).map(|name| (name, true)));
        for (name, or_family) in named {
            if !known.iter().any(|(id, family)| name == id || or_family && name == family) {
                if known.iter().any(|(_, family)| name == family) {
                    bail!(
                        "`{name}` is a family; --severity takes a rule, and `unspin rules` lists them"
                    );
                }
                let families = known.iter().map(|(_, family)| *family).filter(|_| or_family);
                match nearest(name, known.iter().map(|(id, _)| *id).chain(families)) {
                    Some(near) => bail!("there is no rule `{name}`; did you mean `{near}`?"),
                    None => bail!("there is no rule `{name}`; `unspin rules` lists them"),
                }
            }
        }
        let overrides = Overrides {
            severity: check.severity.clone(),
            select: check.select.clone(),
            ignore: check.ignore.clone(),
        };
        let model_is_set = check.model.is_some();
        if model_is_set {
            base.set_model(model::named(check.model.as_deref())?);
        }
        let (models, by_folder, by_file) = Default::default();
        let use_files = !check.no_config;
        Ok(Self { base, models, model_is_set, check: overrides, by_folder, by_file, use_files })
    }

    /// The model of files whose settings name none.
    pub(crate) fn model(&self) -> LanguageModel {
        self.base.model()
    }

    /// The linter for a file, and what is new about its settings.
    pub(crate) fn for_file(&mut self, file: &Path) -> (Arc<Linter>, News) {
        let absolute = walk::absolute(file);
        let folder =
            if self.use_files { absolute.parent().unwrap_or(&absolute) } else { Path::new("") };
        if let Some(linter) = self.by_folder.get(folder) {
            return (Arc::clone(linter), News::None);
        }
        let found = if self.use_files { nearest_file(folder) } else { None };
        let (linter, news) = self.load(found);
        self.by_folder.insert(folder.to_owned(), Arc::clone(&linter));
        (linter, news)
    }

    fn load(&mut self, found: Option<(PathBuf, io::Result<String>)>) -> (Arc<Linter>, News) {
        let key = found.as_ref().map_or_else(PathBuf::new, |(path, _)| path.clone());
        if let Some(linter) = self.by_file.get(&key) {
            return (Arc::clone(linter), News::None);
        }
        let mut linter = self.base.clone();
        let news = match found {
            None => News::None,
            Some((path, Ok(text))) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                let problems = linter.configure_with(&text, |model| {
                    if self.model_is_set {
                        return Ok(self.base.model());
                    }
                    self.models.open(&shown(&walk::absolute(&folder.join(model))))
                });
                if problems.is_empty() {
                    News::None
                } else {
                    News::Problems(SettingsFile { path: shown(&path), text, problems })
                }
            }
            Some((path, Err(error))) => {
                let message =
                    format!("{}; its folder is checked without it", walk::explain(&error));
                News::Unreadable { path: shown(&path), message }
            }
        };
        self.check.apply(&mut linter);
        let linter = Arc::new(linter);
        self.by_file.insert(key, Arc::clone(&linter));
        (linter, news)
    }
}

impl Overrides {
    fn apply(&self, linter: &mut Linter) {
        let rules = linter.rules_mut();
        for (rule, severity) in &self.severity {
            if let Some(state) = rules.state_mut(rule) {
                state.severity = *severity;
            }
        }
        let named = |list: &[String], meta: &unspin_lint::RuleMeta| {
            list.iter().any(|name| *name == meta.id || *name == meta.family)
        };
        rules.show(|meta| {
            (self.select.is_empty() || named(&self.select, meta)) && !named(&self.ignore, meta)
        });
    }
}

fn nearest_file(folder: &Path) -> Option<(PathBuf, io::Result<String>)> {
    folder.ancestors().map(|f| f.join(NAME)).find_map(|path| {
        // A link that leads nowhere is there; to pass it over would be to obey other settings than those meant.
        std::fs::symlink_metadata(&path).ok()?;
        let read = match std::fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(meta) if !meta.is_file() => {
                Err(io::Error::other("it is no regular file; remove it"))
            }
            _ => std::fs::read_to_string(&path),
        };
        Some((path, read))
    })
}

/// As it is shown: from the current folder where it lies below it.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    here.and_then(|h| path.strip_prefix(h).ok().map(Path::to_owned))
        .filter(|below| !below.as_os_str().is_empty())
        .unwrap_or_else(|| path.to_owned())
}
