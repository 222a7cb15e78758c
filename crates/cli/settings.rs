//! Which settings govern a file: those of the nearest `lint.toml` upward from the file itself, not from where the
//! command ran, with what that one extends and the overrides that are meant for the file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;
use unspin_lint::{
    Lookup, Opened, Origin, Problem, Settings, Severity, Sourced, Span, Stack, StackFile, nearest,
};
use unspin_linter::{LanguageModel, Linter};
use unspin_report::{RuleInfo, printable};

use crate::args::Policy;
use crate::cache::{Cache, hash_of};
use crate::model::{self, Models};
use crate::shelf::Files;
use crate::{config, read, tree, walk};

pub(crate) const NAME: &str = "lint.toml";

/// A settings file with more bytes is refused unread.
const LARGEST: u64 = 16 << 20;
/// Why nothing of a file is used.
pub(crate) const UNTRUSTED: &str =
    "this editor holds the folder for untrusted; trust it there, and it is used";
/// Where mistakes in settings from elsewhere are shown.
const ELSEWHERE: &str = "a lint.toml beside the file that extends it shows them";

/// Settings files that are open in an editor, by absolute path, as they stand there.
pub(crate) type Edited = HashMap<PathBuf, String>;

/// A settings file that could be read, and what is wrong in it.
pub(crate) struct SettingsFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) problems: Vec<Problem>,
}

impl SettingsFile {
    /// The same, of a file that lies outside of the tree whose settings name it: that there are problems, and nothing of
    /// its text, which their messages quote. `way_out` says where they are shown.
    pub(crate) fn unseen(self, way_out: String) -> Self {
        let (count, s) = (self.problems.len(), if self.problems.len() == 1 { "" } else { "s" });
        let message = format!(
            "{count} mistake{s} in a file outside of the repository or folder whose settings name it, so that its text is not shown"
        );
        let problem = Problem { span: Span::new(0, 0), message, help: Some(way_out) };
        Self { path: self.path, text: String::new(), problems: vec![problem] }
    }
}

/// What looking for a file's settings brought to light for the first time.
pub(crate) enum News {
    /// A settings file with problems.
    Problems(SettingsFile),
    /// A settings file that cannot be read.
    Unreadable { path: PathBuf, message: String },
}

/// What governs one file.
#[derive(Clone)]
pub(crate) struct Governed {
    pub(crate) linter: Arc<Linter>,
    /// The settings files, the nearest first; none where no file governs.
    pub(crate) stack: Arc<Stack>,
    /// What they say of this file.
    pub(crate) settings: Arc<Settings>,
    /// A hash of everything that is asked of a text besides its bytes: settings, packs, plugins, model and command line.
    pub(crate) digest: [u8; 32],
    /// What is not as usual in all this, as reports show it.
    pub(crate) differing: Arc<str>,
}

/// A settings file that governs, with the rules that it brings.
struct Governing {
    stack: Arc<Stack>,
    /// The shipped rules and those of its packs and plugins, under their defaults.
    linter: Linter,
    /// Hashes of what packs and plugins held.
    brought: Vec<[u8; 32]>,
}

/// The linters of a run, one for each set of settings that was asked for.
pub(crate) struct Linters {
    base: Linter,
    models: Models,
    shelf: Files,
    /// Whether the command line names the model, so that no file may.
    model_is_set: bool,
    policy: Policy,
    /// The settings file of each folder.
    by_folder: HashMap<PathBuf, Option<PathBuf>>,
    governing: BTreeMap<PathBuf, Governing>,
    /// By settings file and the overrides that hold.
    governed: HashMap<(Option<PathBuf>, Vec<bool>), Governed>,
    told: HashSet<(PathBuf, Problem)>,
    edited: Edited,
}

impl Linters {
    /// # Errors
    /// If the command line names a model that cannot be used.
    pub(crate) fn new(policy: &Policy, base: &Linter) -> anyhow::Result<Self> {
        let mut base = base.clone();
        let model_is_set = policy.model.is_some();
        if model_is_set {
            base.set_model(model::named(policy.model.as_deref())?);
        }
        let (models, by_folder, governing, governed, told, edited) = Default::default();
        let (policy, shelf) =
            (policy.clone(), Files::new(Cache::new(!policy.no_cache), policy.untrusted));
        Ok(Self {
            base,
            models,
            shelf,
            model_is_set,
            policy,
            by_folder,
            governing,
            governed,
            told,
            edited,
        })
    }

    /// Has settings files govern as they stand in an editor; to be said before anything is asked.
    pub(crate) fn set_edited(&mut self, edited: Edited) {
        self.edited = edited;
    }

    /// The linters that are known by now, under their defaults.
    pub(crate) fn all(&self) -> Vec<&Linter> {
        let brought = self.governing.values().map(|governing| &governing.linter);
        std::iter::once(&self.base).chain(brought).collect()
    }

    /// Checks the rules and families that the command line names, once it is known which packs and plugins there are.
    ///
    /// # Errors
    /// If one is in no settings of the run.
    pub(crate) fn expect_names(&self) -> anyhow::Result<()> {
        let policy = &self.policy;
        let named = policy.severity.iter().map(|(rule, _)| (rule, false));
        let named =
            named.chain(policy.select.iter().chain(&policy.ignore).map(|name| (name, true)));
        for (name, or_family) in named {
            let mut wrong = expect_rule(&self.base, name, or_family);
            for governing in self.governing.values() {
                if wrong.is_err() {
                    wrong = expect_rule(&governing.linter, name, or_family);
                }
            }
            wrong?;
        }
        Ok(())
    }

    /// The rules of the run, each once, by id: the shipped ones and those of packs and plugins.
    pub(crate) fn rules(&self) -> Vec<RuleInfo> {
        let mut rules = BTreeMap::new();
        for state in self.all().into_iter().flat_map(|l| l.rules().states()) {
            let meta = state.rule.meta();
            rules.entry(meta.id.to_string()).or_insert_with(|| RuleInfo::of(meta));
        }
        rules.into_values().collect()
    }

    /// The model of files whose settings name none.
    pub(crate) fn model(&self) -> LanguageModel {
        self.base.model()
    }

    /// What governs a file, and what is new about its settings.
    pub(crate) fn for_file(&mut self, file: &Path) -> (Governed, Vec<News>) {
        let absolute = walk::absolute(file);
        self.govern(absolute.parent().unwrap_or(&absolute), Some(&absolute))
    }

    /// What governs the files of the current folder that no override is meant for.
    pub(crate) fn for_any_file(&mut self) -> (Governed, Vec<News>) {
        self.govern(&walk::absolute(Path::new(".")), None)
    }

    fn govern(&mut self, folder: &Path, file: Option<&Path>) -> (Governed, Vec<News>) {
        let mut news = Vec::new();
        let found = self.settings_file(folder, &mut news);
        let governing = found.as_ref().map(|path| &self.governing[path]);
        let stack = governing.map(|governing| Arc::clone(&governing.stack)).unwrap_or_default();
        let inside = found
            .as_ref()
            .zip(file)
            .and_then(|(path, file)| file.strip_prefix(path.parent()?).ok());
        let key = (found, inside.map(|inside| stack.matching(inside)).unwrap_or_default());
        if let Some(governed) = self.governed.get(&key) {
            return (governed.clone(), news);
        }
        let settings = stack.settings(&key.1);
        let mut linter = governing.map_or(&self.base, |governing| &governing.linter).clone();
        let problems = linter.apply(&settings, |named| {
            if self.model_is_set {
                return Ok(self.base.model());
            }
            if self.policy.untrusted {
                return Err(format!("cannot use the model {}: {UNTRUSTED}", named.value));
            }
            let folder = stack.files()[named.origin.file].path.parent().unwrap_or(Path::new(""));
            self.models.open(&shown(&walk::absolute(&folder.join(&named.value))))
        });
        self.policy.apply(&mut linter);
        let brought = governing.map_or(&[][..], |governing| &governing.brought);
        let digest = self.digest(&stack, &key.1, brought, &linter);
        self.tell(&stack, &problems, &mut news);
        let (linter, settings) = (Arc::new(linter), Arc::new(settings));
        let mut governed = Governed { linter, stack, settings, digest, differing: Arc::default() };
        governed.differing = config::differing(&governed, &self.policy).into();
        self.governed.insert(key, governed.clone());
        (governed, news)
    }

    /// See [`Governed::digest`].
    fn digest(
        &self,
        stack: &Stack,
        overrides: &[bool],
        brought: &[[u8; 32]],
        linter: &Linter,
    ) -> [u8; 32] {
        let Policy { severity, select, ignore, no_config: _, no_cache: _, model: _, untrusted: _ } =
            &self.policy;
        let mut parts =
            vec![format!("{severity:?} {select:?} {ignore:?}"), linter.model().digest()];
        // A program with rules of its own may have set them by hand.
        parts.extend(linter.rules().states().map(|state| {
            let (id, counts) = (&state.rule.meta().id, state.counts);
            format!("{id} {:?} {:?} {counts}", state.severity, state.min_confidence)
        }));
        parts.extend(stack.files().iter().map(|file| file.text.clone()));
        parts.push(format!("{overrides:?} {brought:?}"));
        *hash_of(parts).as_bytes()
    }

    /// The settings file of a folder, its stack loaded.
    fn settings_file(&mut self, folder: &Path, news: &mut Vec<News>) -> Option<PathBuf> {
        if self.policy.no_config {
            return None;
        }
        if let Some(known) = self.by_folder.get(folder) {
            return known.clone();
        }
        let found = folder.ancestors().map(|f| f.join(NAME)).find(|path| {
            // A link that leads nowhere is there; to pass it over would be to obey other settings than those meant.
            self.edited.contains_key(path) || std::fs::symlink_metadata(path).is_ok()
        });
        if let Some(path) = found.as_ref().filter(|path| !self.governing.contains_key(*path)) {
            let text = self.edited.get(path).map_or_else(|| text(path), |text| Ok(text.clone()));
            let governing = match text {
                Ok(text) => self.load(Opened { path: path.clone(), text }, news),
                Err(message) => {
                    let message = format!("{message}; its folder is checked without it");
                    news.push(News::Unreadable { path: shown(path), message });
                    Governing {
                        stack: Arc::default(),
                        linter: self.base.clone(),
                        brought: Vec::new(),
                    }
                }
            };
            self.governing.insert(path.clone(), governing);
        }
        self.by_folder.insert(folder.to_owned(), found.clone());
        found
    }

    /// Reads a settings file and what it extends, brings its packs and plugins, and then reads what it says of rules.
    fn load(&mut self, opened: Opened, news: &mut Vec<News>) -> Governing {
        let mut linter = self.base.clone();
        let edited = &self.edited;
        let tree = tree_of(&opened.path);
        let is_open_to = |path: &Path| !self.policy.untrusted || tree::holds(&tree, path);
        let mut open = |path: &Path| {
            if is_open_to(path) {
                return open(path, edited);
            }
            Err(format!("cannot read {}: {UNTRUSTED}", shown(path).display()))
        };
        let mut stack = Stack::load(opened.clone(), linter.rules(), &mut open);
        let named = stack.settings(&[]);
        let mut problems = Vec::new();
        if !(named.packs.is_empty() && named.plugins.is_empty()) {
            self.shelf.keep_to(tree.clone());
            problems = linter.bring(&named, &stack, &mut self.shelf);
            stack = Stack::load(opened, linter.rules(), &mut open);
        }
        news.extend(self.shelf.news());
        self.tell(&stack, &problems, news);
        Governing { stack: Arc::new(stack), linter, brought: self.shelf.taken() }
    }

    /// Tells what is wrong in settings files, and in applying them, unless it was told before.
    fn tell(&mut self, stack: &Stack, applied: &[Sourced<Problem>], news: &mut Vec<News>) {
        for (number, StackFile { path, text, problems, .. }) in stack.files().iter().enumerate() {
            let applied = applied.iter().filter(|p| p.origin.file == number).map(|p| &p.value);
            let all = problems.iter().chain(applied);
            let problems: Vec<Problem> =
                all.filter(|p| self.told.insert((path.clone(), (*p).clone()))).cloned().collect();
            if !problems.is_empty() {
                let told = SettingsFile { path: shown(path), text: text.clone(), problems };
                // What the nearest file names is somebody else's; it itself may be a link to that.
                let tree = tree_of(&stack.files()[0].path);
                let is_inside = tree::holds(&tree, path);
                let told = if is_inside { told } else { told.unseen(ELSEWHERE.to_owned()) };
                news.push(News::Problems(told));
            }
        }
    }
}

pub(crate) fn expect_rule(linter: &Linter, name: &str, or_family: bool) -> anyhow::Result<()> {
    let families = || linter.rules().states().map(|state| state.rule.meta().family.as_ref());
    let near = match linter.rules().lookup(name) {
        Lookup::Known(_) => return Ok(()),
        Lookup::Renamed(state) => {
            bail!("the rule `{name}` is now called `{}`", state.rule.meta().id)
        }
        Lookup::Unknown(near) => near,
    };
    if families().any(|family| family == name) {
        if or_family {
            return Ok(());
        }
        bail!("`{name}` is a family; a severity is that of a rule, and `unspin rules` lists them");
    }
    match near.or_else(|| nearest(name, families().filter(|_| or_family))) {
        Some(near) => bail!("there is no rule `{name}`; did you mean `{near}`?"),
        None => bail!("there is no rule `{name}`; `unspin rules` lists them"),
    }
}

impl Policy {
    /// Puts what the command line says over everything else.
    fn apply(&self, linter: &mut Linter) {
        put_over(linter, &self.severity, &self.select, &self.ignore);
    }
}

fn put_over(
    linter: &mut Linter,
    severity: &[(String, Severity)],
    select: &[String],
    ignore: &[String],
) {
    let rules = linter.rules_mut();
    for (rule, severity) in severity {
        if let Some(state) = rules.state_mut(rule) {
            state.severity = *severity;
        }
    }
    let named = |list: &[String], meta: &unspin_lint::RuleMeta| {
        list.iter().any(|name| *name == meta.id || *name == meta.family)
    };
    rules.show(|meta| (select.is_empty() || named(select, meta)) && !named(ignore, meta));
}

/// Puts over the settings of a linter what `--severity`, `--select` and `--ignore` put: severities by rule, and which
/// rules and families are shown. Nothing is put if a name is wrong; returned is what is wrong with each such, a sentence
/// that names it.
///
/// # Errors
/// If a name is that of no rule of the linter or, in `select` and `ignore`, of no family.
pub fn narrow(
    linter: &mut Linter,
    severity: &[(String, Severity)],
    select: &[String],
    ignore: &[String],
) -> Result<(), Vec<String>> {
    let rules = severity.iter().map(|(rule, _)| (rule, false));
    let named = rules.chain(select.iter().chain(ignore).map(|name| (name, true)));
    let wrong = named.filter_map(|(name, or_family)| expect_rule(linter, name, or_family).err());
    let wrong: Vec<String> = wrong.map(|error| error.to_string()).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    put_over(linter, severity, select, ignore);
    Ok(())
}

/// A settings file that another one extends, known by where it really lies: links may name it in two ways.
pub(crate) fn open(path: &Path, edited: &Edited) -> Result<Opened, String> {
    let absolute = walk::absolute(path);
    let text = edited
        .get(&absolute)
        .map_or_else(|| text(&absolute), |text| Ok(text.clone()))
        .map_err(|why| format!("cannot read {}: {why}", shown(&absolute).display()))?;
    Ok(Opened { path: std::fs::canonicalize(&absolute).unwrap_or(absolute), text })
}

fn text(path: &Path) -> Result<String, String> {
    let bytes = read::named(path, LARGEST)?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8; save it as UTF-8".into())
}

/// The tree of which a settings file may show what is wrong.
fn tree_of(settings: &Path) -> PathBuf {
    tree::around(settings.parent().unwrap_or(settings))
}

/// As it is shown: from the current folder where it lies below it.
pub(crate) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    here.and_then(|h| path.strip_prefix(h).ok().map(Path::to_owned))
        .filter(|below| !below.as_os_str().is_empty())
        .unwrap_or_else(|| path.to_owned())
}

/// A settings file as a person finds it from the current folder.
pub(crate) fn shown_name(path: &Path) -> String {
    printable(&shown(path).display().to_string()).into_owned()
}

/// Where a value was written, such as `desk/lint.toml:12`.
pub(crate) fn place(stack: &Stack, origin: Origin) -> String {
    let file = &stack.files()[origin.file];
    let line = 1 + file.text[..origin.span.start as usize].matches('\n').count();
    let which = if origin.in_override { ", override" } else { "" };
    format!("{}:{line}{which}", shown_name(&file.path))
}
