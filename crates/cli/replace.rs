//! Files that a command writes whole, in the place of what may be there.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use tempfile::NamedTempFile;

use crate::{tree, walk};

/// A file to be written beside its place and renamed when it is whole, so that nobody ever sees half of it. A link stays,
/// and the file that it leads to is written, unless it leads out of the tree that it lies in; what is no regular file, such as a pipe, is written as it is.
pub(crate) struct Replacement {
    path: PathBuf,
    place: Place,
}

enum Place {
    Beside(NamedTempFile),
    Itself(File),
}

impl Replacement {
    /// Makes sure that the file can be written, before any work is done for it.
    pub(crate) fn prepare(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let refuse = |error: io::Error| anyhow!("cannot write {shown}: {}", walk::explain(&error));
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                bail!("cannot write {shown}: it is a folder; name a file")
            }
            Ok(meta) if !meta.is_file() => {
                let file = OpenOptions::new().write(true).open(path).map_err(refuse)?;
                return Ok(Self { path: path.to_owned(), place: Place::Itself(file) });
            }
            _ => {}
        }
        // Whoever sent the repository may not choose which of our files a report is written over.
        if tree::is_left_by(path) {
            bail!("cannot write {shown}: {}", tree::LEFT);
        }
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".unspin-");
        // A temporary file is private unless told otherwise; what is written here is for everybody whom the umask lets.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(|error| {
            if error.kind() == io::ErrorKind::NotFound {
                let folder = folder.display();
                anyhow!("cannot write {shown}: there is no folder {folder}; make it first")
            } else {
                refuse(error)
            }
        })?;
        Ok(Self { path, place: Place::Beside(file) })
    }

    /// Another handle to write by.
    pub(crate) fn writer(&self) -> io::Result<File> {
        match &self.place {
            Place::Beside(file) => file.reopen(),
            Place::Itself(file) => file.try_clone(),
        }
    }

    /// Puts it in its place with these bytes.
    pub(crate) fn write(self, bytes: &[u8]) -> anyhow::Result<()> {
        self.writer()
            .and_then(|mut file| file.write_all(bytes))
            .with_context(|| format!("cannot write {}", self.path.display()))?;
        self.keep()
    }

    /// Puts it in its place with what was written by its [`writer`](Self::writer).
    pub(crate) fn keep(self) -> anyhow::Result<()> {
        let Self { path, place } = self;
        let Place::Beside(file) = place else { return Ok(()) };
        file.as_file()
            .sync_all()
            .and_then(|()| file.persist(&path).map_err(|error| error.error))
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(())
    }
}
