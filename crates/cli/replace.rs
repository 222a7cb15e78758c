//! Files that a command writes whole, in the place of what may be there.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use tempfile::NamedTempFile;

use crate::walk;

/// A file to be written beside its place and renamed when it is whole, so that nobody ever sees half of it.
pub(crate) struct Replacement {
    path: PathBuf,
    file: NamedTempFile,
}

impl Replacement {
    /// Makes sure that the file can be written, before any work is done for it.
    pub(crate) fn prepare(path: &Path) -> anyhow::Result<Self> {
        if path.is_dir() {
            bail!("cannot write {}: it is a folder; name a file", path.display());
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".unspin-");
        // A temporary file is private unless told otherwise; what is written here is for everybody whom the umask lets.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(|error| {
            let shown = path.display();
            if error.kind() == io::ErrorKind::NotFound {
                let folder = folder.display();
                anyhow!("cannot write {shown}: there is no folder {folder}; make it first")
            } else {
                anyhow!("cannot write {shown}: {}", walk::explain(&error))
            }
        })?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Another handle to write by.
    pub(crate) fn writer(&self) -> io::Result<std::fs::File> {
        self.file.reopen()
    }

    /// Puts it in its place with these bytes.
    pub(crate) fn write(mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.file
            .write_all(bytes)
            .with_context(|| format!("cannot write {}", self.path.display()))?;
        self.keep()
    }

    /// Puts it in its place with what was written by its [`writer`](Self::writer).
    pub(crate) fn keep(self) -> anyhow::Result<()> {
        let Self { path, file } = self;
        file.as_file()
            .sync_all()
            .and_then(|()| file.persist(&path).map_err(|error| error.error))
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(())
    }
}
