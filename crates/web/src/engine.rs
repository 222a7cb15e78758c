//! A linter under settings that a caller hands over.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::rc::Rc;
use std::sync::OnceLock;

use unspin_lint::{Opened, Problem, Sourced, Stack, StackFile};
use unspin_linter::{LanguageModel, Linter};
use unspin_report::{RuleInfo, Tool};

use crate::fault;
use crate::options::LinterOptions;
use crate::problem::{Told, told};
use crate::shelf::Files;

/// The model, for the life of the instance.
static MODEL: OnceLock<LanguageModel> = OnceLock::new();
/// What settings are called in what is told of them.
const SETTINGS: &str = "lint.toml";

/// Opens the model, once. To be `verified` is to have been compared with the digest that stands in it: the host may do
/// that in a tenth of the time.
///
/// # Errors
/// If the bytes are no model, or of another version.
pub fn start(model: Vec<u8>, verified: bool) -> Result<(), String> {
    if MODEL.get().is_none() {
        let open = if verified { LanguageModel::open_verified } else { LanguageModel::open };
        let opened = open(model).map_err(|error| format!("the model cannot be used: {error}"))?;
        // Nobody else writes it: there is one thread.
        let _ = MODEL.set(opened);
    }
    Ok(())
}

/// For tests, which carry the model inside.
#[cfg(test)]
pub(crate) fn start_embedded() {
    let _ = MODEL.set(LanguageModel::embedded());
}

/// The model that was opened.
pub(crate) fn model() -> Result<LanguageModel, String> {
    MODEL.get().copied().ok_or_else(|| "the model is not loaded; call load() first".into())
}

/// Rules under settings, ready to check texts.
pub struct Engine {
    /// Where no override holds.
    usual: Rc<Linter>,
    /// The shipped rules and those of packs, under their defaults.
    unset: Linter,
    stack: Stack,
    problems: Vec<Told>,
    /// The settings, as pages show them.
    settings: String,
    /// Ids of the rules of packs.
    brought: BTreeSet<String>,
    failed: Vec<String>,
    /// Linters by the overrides that hold.
    governed: RefCell<HashMap<Vec<bool>, Rc<Linter>>>,
}

impl Engine {
    /// # Errors If the options cannot be read, or there is no model. What is wrong in settings and packs is left out,
    /// and told by [`Engine::problems`].
    pub fn new(options: &str) -> Result<Self, String> {
        let LinterOptions { config, packs, failed } = LinterOptions::read(options)?;
        let mut linter = Linter::with_model(model()?);
        linter.rules_mut().set_observer(Some(fault::note_rule));
        #[cfg(feature = "fault")]
        linter.add([crate::demand::rule()]);
        let shipped = ids(&linter);
        let mut files = Files::new(&packs);
        let settings = config.as_deref().unwrap_or_default().trim().to_owned();
        let mut problems = Vec::new();
        let load = |linter: &Linter, files: &Files<'_>| {
            let opened = Opened { path: SETTINGS.into(), text: config.clone()? };
            Some(Stack::load(opened, linter.rules(), &mut |path| files.settings(path)))
        };
        let mut stack = load(&linter, &files).unwrap_or_default();
        let named = stack.settings(&[]);
        let mut wrong = linter.bring(&named, &stack, &mut files);
        let others = files.unopened();
        let others: Vec<&Path> = others.iter().map(AsRef::as_ref).collect();
        for (at, problem) in linter.bring_named(&others, &mut files) {
            problems.push(told(&others[at].display().to_string(), "", &problem));
        }
        problems.append(&mut files.problems);
        if linter.rules().states().count() > shipped.len() {
            // What it says of the rules of packs can be read now.
            stack = load(&linter, &files).unwrap_or_default();
        }
        let unset = linter.clone();
        wrong.extend(set(&mut linter, &stack, &[], &failed));
        problems.extend(stack.files().iter().enumerate().flat_map(|(number, file)| {
            let StackFile { path, text, problems, .. } = file;
            let own = wrong.iter().filter(move |p| p.origin.file == number).map(|p| &p.value);
            let name = path.display().to_string();
            problems.iter().chain(own).map(|p| told(&name, text, p)).collect::<Vec<_>>()
        }));
        problems.sort_by(|a, b| (&a.file, a.start).cmp(&(&b.file, b.start)));
        let brought = ids(&linter).difference(&shipped).cloned().collect();
        let (usual, governed) = (Rc::new(linter), RefCell::default());
        Ok(Self { usual, unset, stack, problems, settings, brought, failed, governed })
    }

    /// What is wrong in settings and packs, by file and place.
    pub fn problems(&self) -> &[Told] {
        &self.problems
    }

    /// The linter where no override holds.
    pub(crate) fn linter(&self) -> &Linter {
        &self.usual
    }

    /// The linter for a file, by its path from where the settings stand.
    pub(crate) fn for_file(&self, path: &str) -> Rc<Linter> {
        let matching = self.stack.matching(Path::new(path));
        if !matching.contains(&true) {
            return Rc::clone(&self.usual);
        }
        let mut governed = self.governed.borrow_mut();
        let known = governed.entry(matching).or_insert_with_key(|matching| {
            let mut linter = self.unset.clone();
            // What is wrong in them was told by whoever read the settings.
            let _ = set(&mut linter, &self.stack, matching, &self.failed);
            Rc::new(linter)
        });
        Rc::clone(known)
    }

    /// The settings, as pages show them.
    pub(crate) fn settings(&self) -> &str {
        &self.settings
    }

    /// Whether a pack brought this rule.
    pub(crate) fn is_brought(&self, id: &str) -> bool {
        self.brought.contains(id)
    }

    /// This program with its model, as reports name it.
    pub(crate) fn tool(&self) -> Tool {
        Tool {
            name: "unspin".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            model: Some(self.usual.model().digest()),
        }
    }

    /// The rules, as reports describe them.
    pub(crate) fn infos(&self) -> Vec<RuleInfo> {
        self.usual.rules().states().map(|state| RuleInfo::of(state.rule.meta())).collect()
    }
}

/// Puts settings over the rules where these overrides hold.
fn set(
    linter: &mut Linter,
    stack: &Stack,
    matching: &[bool],
    failed: &[String],
) -> Vec<Sourced<Problem>> {
    let settings = stack.settings(matching);
    let wrong = linter.apply(&settings, |named| {
        Err(format!("cannot use the model {}: no file can be opened here", named.value))
    });
    for id in failed {
        linter.rules_mut().give_up(id);
    }
    wrong
}

fn ids(linter: &Linter) -> BTreeSet<String> {
    linter.rules().states().map(|state| state.rule.meta().id.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_packs_and_rules_that_were_given_up_hold_together() {
        start_embedded();
        let options = serde_json::json!({
            "config": "packs = [\"quay.toml\"]\n[rules.quay-style]\nseverity = \"error\"\n\
                       [[override]]\nfiles = [\"wire/*\"]\n[override.rules.damaged-number]\nseverity = \"off\"\n",
            "packs": {"quay.toml": "[pack]\nname = \"quay\"\nversion = \"1\"\n\n[[rule]]\nid = \"quay-style\"\n\
                       kind = \"existence\"\n[rule.phrases]\n\"vesselled\" = {}\n[[rule.examples]]\n\
                       bad = \"It was [[vesselled]].\"\n[[rule.examples]]\ngood = \"It was towed.\"\n"},
            "failed": ["doubled-word"],
        });
        let engine = Engine::new(&options.to_string()).unwrap();
        assert_eq!(engine.problems(), []);
        assert!(engine.is_brought("quay-style") && !engine.is_brought("damaged-number"));
        let found = |path: &str| -> Vec<String> {
            let options = serde_json::json!({"path": path}).to_string();
            let text = b"A fleet of 7.four boats was vesselled away at noon.";
            let report: serde_json::Value =
                serde_json::from_str(&engine.check(text, &options).unwrap()).unwrap();
            let findings = report["findings"].as_array().unwrap().clone();
            findings.iter().map(|f| f["rule"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(found("a.txt"), ["internal-error", "damaged-number", "quay-style"]);
        assert_eq!(found("wire/a.txt"), ["internal-error", "quay-style"]);
    }

    #[test]
    fn options_that_are_wrong_are_told_without_the_place_in_json() {
        start_embedded();
        let refused = Engine::new("{\"pack\":1}").err().unwrap();
        assert!(
            refused.starts_with("the options cannot be used: unknown field `pack`"),
            "{refused}"
        );
        assert!(!refused.contains("line 1"), "{refused}");
    }
}
