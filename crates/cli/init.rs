//! `unspin init`: a settings file to start from.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context, bail};
use unspin_lint::page;
use unspin_linter::Linter;

/// Writes `lint.toml` into `folder` and returns its path; never over one that is there.
pub(crate) fn init(folder: &Path) -> anyhow::Result<std::path::PathBuf> {
    let path = folder.join("lint.toml");
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file
            .write_all(template().as_bytes())
            .with_context(|| format!("writing {}", path.display()))?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            bail!("{} exists already; edit it, or remove it first", path.display())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("there is no folder {}; make it first", folder.display())
        }
        Err(error) => return Err(error).with_context(|| format!("creating {}", path.display())),
    }
    Ok(path)
}

/// Every rule with its defaults, commented out: the file changes nothing until it is edited.
fn template() -> String {
    let mut text = String::from(
        "# Settings of unspin for this folder and those below it. The nearest lint.toml upward from a file governs it.\n\
         # Every setting below shows its default; take off the `#` to change it.\n\
         #   severity        error, warning, info or off\n\
         #   min-confidence  0 to 1: findings less sure than this are not shown\n\
         #   evidence        whether findings count towards the verdict on the whole text\n\
         \n# A language model made of your own archive by `unspin model build`, relative to this file.\n\
         # model = \"house.model\"\n",
    );
    for state in Linter::new().rules().states() {
        let meta = state.rule.meta();
        let _ = write!(
            text,
            "\n# {}\n# [rules.{}]\n# severity = \"{}\"\n# min-confidence = {}\n# evidence = {}\n",
            page::summary(&meta.page),
            meta.id,
            meta.severity,
            meta.min_confidence,
            state.counts,
        );
    }
    text
}
