//! `unspin model`: what is in a model file, and opening those that settings and the command line name.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use unspin_linter::LanguageModel;

use crate::{read, walk};

/// Bytes of a model: its offsets are numbers of 32 bits.
const LARGEST: u64 = 4 << 30;

/// The model files of a run, each opened once.
#[derive(Default)]
pub(crate) struct Models {
    by_path: HashMap<PathBuf, Result<LanguageModel, String>>,
}

impl Models {
    /// The model in a file, or why it cannot be used: one sentence that names the file.
    pub(crate) fn open(&mut self, path: &Path) -> Result<LanguageModel, String> {
        let key = std::fs::canonicalize(path).unwrap_or_else(|_| walk::absolute(path));
        self.by_path.entry(key).or_insert_with(|| open(path)).clone()
    }
}

fn open(path: &Path) -> Result<LanguageModel, String> {
    LanguageModel::open(bytes(path)?).map_err(|error| refusal(path, &error.to_string()))
}

/// The bytes of a model file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    read::named(path, LARGEST).map_err(|why| refusal(path, &why))
}

fn refusal(path: &Path, why: &str) -> String {
    format!("cannot use the model {}: {why}", path.display())
}

/// The model that the command line names, or the one inside.
pub(crate) fn named(path: Option<&Path>) -> anyhow::Result<LanguageModel> {
    path.map_or_else(|| Ok(LanguageModel::embedded()), open).map_err(|message| {
        anyhow::anyhow!(
            "{message}; rebuild it with `unspin model build`, or leave it out for the model inside"
        )
    })
}

/// The digest of a model and what is in it.
pub(crate) fn info(path: Option<&Path>) -> anyhow::Result<String> {
    let model = named(path)?;
    let mut out = format!("{}\n", model.digest());
    let sections = model.sections();
    for (tag, bytes) in &sections {
        let holds = match tag.as_str() {
            "VOCA" => "known words",
            "NAME" => "names",
            "LEXI" => "words that statistics are kept of",
            "BIGR" => "counts of neighbours",
            "CHAN" => "substitutions, from the word that came in to those it may stand for",
            "VECT" => "word vectors",
            "PHRA" => "expressions that may stand for one word",
            "RANK" => "trees that rank what may be put back",
            "TREE" => "trees that score words",
            "GATE" => "what judges a whole text",
            _ => "unknown to this version",
        };
        let _ = writeln!(out, "{tag}  {bytes:>9} bytes  {holds}");
    }
    let total: usize = sections.iter().map(|(_, bytes)| bytes).sum();
    let _ = writeln!(out, "all   {total:>9} bytes");
    Ok(out)
}
