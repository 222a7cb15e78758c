//! A house whose rules and settings say what they were shown.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use unspin_lint::{Context, Finding, LogOdds, Problem, Rule, RuleMeta, RuleSet, Span, rule};
use unspin_linter::Linter;
use unspin_lsp::{Faulty, Found, Governed, Options, World};

use crate::linter::LINTER;

rule! {
    /// Tells the text that it is shown.
    pub(super) ECHO: "echo" in "test", Info, min_confidence 0.0, scope Document, evidence false
}

/// What tells a text from another.
pub(super) fn hash(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("a text of {} bytes and hash {:016x}", text.len(), hasher.finish())
}

struct Echo;

impl Rule for Echo {
    fn meta(&self) -> &RuleMeta {
        &ECHO
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        // In Markdown the text is the prose, and its source all of it.
        let said = hash(cx.document().source());
        out.push(Finding::new(&ECHO, Span::new(0, 0), LogOdds::from_nats(3.0), said));
    }
}

static RULES: LazyLock<Arc<Linter>> = LazyLock::new(|| {
    let mut linter = LINTER.clone();
    assert_eq!(linter.add([Arc::new(Echo) as Arc<dyn Rule>]), []);
    Arc::new(linter)
});

pub(super) struct House;

impl World for House {
    fn reload(&mut self, options: &Options) -> anyhow::Result<()> {
        anyhow::ensure!(options.select.is_empty(), "nothing can be selected here");
        Ok(())
    }

    fn governed(&mut self, path: Option<&Path>) -> Option<Governed> {
        let lint_toml = path.and_then(|path| Some(path.parent()?.join("lint.toml")));
        Some(Governed { linter: Arc::clone(&RULES), lint_toml, digest: [0; 32] })
    }

    fn unknown_names(&mut self) -> Option<String> {
        None
    }

    fn faults(&mut self) -> Vec<Faulty> {
        Vec::new()
    }

    fn overlay(&mut self, _: &Path, _: Option<String>) {}

    fn inspect(&mut self, _: &Path, text: &str) -> (Vec<Problem>, Arc<RuleSet>) {
        let said = Problem { span: Span::new(0, 0), message: hash(text), help: None };
        (vec![said], Arc::new(RULES.rules().clone()))
    }

    fn texts(&mut self, _: &[PathBuf]) -> Vec<Found> {
        vec![
            Found::Text("/desk/story.txt".into()),
            Found::Text("/desk/feed.md".into()),
            Found::Error("/desk/lost.txt".into(), "it cannot be opened".into()),
        ]
    }

    fn read(path: &Path) -> Result<Vec<u8>, String> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("md") => Err("the disk is gone".into()),
            Some("toml") => Ok(b"# settings\n".to_vec()),
            _ => Ok(b"The boats wait withinside the bay.\r\n\xff".to_vec()),
        }
    }

    fn write(&mut self, _: &Path, _: &str, _: &str) -> anyhow::Result<()> {
        Ok(())
    }

    fn is_settings(&self, path: &Path) -> bool {
        path.ends_with("lint.toml")
    }

    fn show(&mut self, _: &str, _: &str) -> anyhow::Result<PathBuf> {
        anyhow::bail!("there is no folder for pages")
    }
}
