//! Putting a repaired text in the place of a file, so that at every moment the file is what it was or what it becomes.
//!
//! The text goes to a temporary file in the same folder, with the permissions of the file and, where the system lets us,
//! its owner; it is forced to the disk and renamed. Just before, the file is read once more: what somebody else wrote
//! meanwhile is not overwritten.
//!
//! A process that is killed leaves its temporary file behind. It is told by its name and by nobody holding its lock, and
//! [`sweep`] removes it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// The name of a temporary file is this, six letters or digits, and [`SUFFIX`]; no walk over texts finds hidden files.
const PREFIX: &str = ".unspin-fix-";
const SUFFIX: &str = ".tmp";

/// Why a file was not written. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Its bytes are not those that were repaired.
    #[error(
        "it changed while it was being repaired, and was left as it is now; run the command again"
    )]
    Changed,
    /// It is gone, or no file any more.
    #[error("it was removed while it was being repaired")]
    Removed,
    /// It is a pipe, a device or the like.
    #[error("it is no regular file; save a copy and repair that")]
    Special,
    /// Its permissions forbid to write it.
    #[error("it is read-only; make it writable, or leave it out")]
    ReadOnly,
    /// A rename would part it from its other names.
    #[error("it has {0} names (hard links), of which one alone would be repaired; copy it first")]
    Linked(u64),
    /// Something else went wrong.
    #[error("writing it failed: {0}; it is as it was")]
    Io(#[from] io::Error),
}

/// Puts `new` in the place of a file whose bytes were `read`.
///
/// A symbolic link is followed and stays; the file that it leads to is written. Between the last look at the file and the
/// rename there is a moment in which a change is not seen; no system offers a rename on a condition.
pub fn write(path: &Path, read: &[u8], new: &[u8]) -> Result<(), WriteError> {
    let gone = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => WriteError::Removed,
        _ => WriteError::Io(error),
    };
    let path = std::fs::canonicalize(path).map_err(gone)?;
    let meta = std::fs::metadata(&path).map_err(gone)?;
    if !meta.is_file() {
        return Err(WriteError::Special);
    }
    // A rename asks the folder alone, so the file's own word is asked here; whoever may do everything is held to it too.
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => WriteError::ReadOnly,
        _ => gone(error),
    };
    if meta.permissions().readonly() {
        return Err(WriteError::ReadOnly);
    }
    let mut present = OpenOptions::new().read(true).write(true).open(&path).map_err(refused)?;
    names(&meta)?;

    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = temporary(folder)?;
    file.write_all(new)?;
    owner(&meta, file.as_file());
    file.as_file().set_permissions(meta.permissions())?;
    file.as_file().sync_all()?;

    let mut bytes = Vec::with_capacity(read.len());
    present.read_to_end(&mut bytes)?;
    if bytes != read || !is_same(&meta, &std::fs::symlink_metadata(&path).map_err(gone)?) {
        return Err(WriteError::Changed);
    }
    file.persist(&path).map_err(|error| error.error)?;
    // The rename itself; a system that cannot do so to a folder has its own ways.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Removes temporary files that killed processes left in a folder; those of running ones stay. Failures are not told:
/// such a file harms nobody.
pub fn sweep(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|n| n.starts_with(PREFIX) && n.ends_with(SUFFIX));
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = remove_if_left(entry.path());
        }
    }
}

fn remove_if_left(path: PathBuf) -> io::Result<()> {
    match File::open(&path)?.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(()),
        // Where files cannot be locked, nobody holds one.
        Ok(()) | Err(TryLockError::Error(_)) => std::fs::remove_file(path),
    }
}

/// A temporary file with its lock held as long as it is open.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let file = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
    // Without a lock the worst is that a sweep takes the file away and the rename fails.
    let _ = file.as_file().try_lock();
    Ok(file)
}

#[cfg(unix)]
fn names(meta: &std::fs::Metadata) -> Result<(), WriteError> {
    use std::os::unix::fs::MetadataExt as _;
    match meta.nlink() {
        0 | 1 => Ok(()),
        several => Err(WriteError::Linked(several)),
    }
}

#[cfg(unix)]
fn owner(meta: &std::fs::Metadata, file: &File) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    // Only the superuser may give a file away; a group that one belongs to may be set without.
    if fchown(file, Some(meta.uid()), Some(meta.gid())).is_err() {
        let _ = fchown(file, None, Some(meta.gid()));
    }
}

/// Whether the path still leads to the file that was read.
#[cfg(unix)]
fn is_same(meta: &std::fs::Metadata, now: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (meta.dev(), meta.ino()) == (now.dev(), now.ino())
}

#[cfg(not(unix))]
fn names(_meta: &std::fs::Metadata) -> Result<(), WriteError> {
    Ok(())
}

#[cfg(not(unix))]
fn owner(_meta: &std::fs::Metadata, _file: &File) {}

#[cfg(not(unix))]
fn is_same(_meta: &std::fs::Metadata, _now: &std::fs::Metadata) -> bool {
    true
}
