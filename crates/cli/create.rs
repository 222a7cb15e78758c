//! New files, never over one that is there.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anyhow::{Context as _, bail};

/// Writes a new file into a folder that is there.
pub(crate) fn create(path: &Path, text: &str) -> anyhow::Result<()> {
    let shown = path.display();
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).with_context(|| format!("writing {shown}")),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{shown} exists already; edit it, or remove it first")
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = path.parent().unwrap_or(path);
            bail!("there is no folder {}; make it first", folder.display())
        }
        Err(error) => Err(error).with_context(|| format!("creating {shown}")),
    }
}
