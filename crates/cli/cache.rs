//! What is kept between runs because it takes long to make: packs compiled to tables, by a hash of all that made them.
//!
//! A cache that cannot be read or written costs time and nothing else, so no failure here is told.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy as _;

/// Entries that nobody read for so long are removed when another is added.
const KEPT: Duration = Duration::from_secs(60 * 60 * 24 * 30);

/// A folder of entries.
pub(crate) struct Cache {
    folder: Option<PathBuf>,
}

/// The name of an entry: a hash of what it was made of.
pub(crate) struct Key(String);

impl Key {
    /// The key of what this very program makes of the parts; `kind` names what that is and the version of its form.
    pub(crate) fn new<'p>(kind: &str, parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut hash = blake3::Hasher::new();
        let mut add = |part: &[u8]| {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        add(kind.as_bytes());
        add(env!("CARGO_PKG_VERSION").as_bytes());
        // A rebuilt program of the same version may make something else of them.
        add(program().unwrap_or_default().as_bytes());
        parts.into_iter().for_each(add);
        Self(format!("{kind}-{}", hash.finalize().to_hex()))
    }
}

/// What tells one build of this program from another.
fn program() -> Option<String> {
    let meta = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    let built = meta.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(format!("{} {}", meta.len(), built.as_nanos()))
}

impl Cache {
    /// The cache in the folder that `UNSPIN_CACHE` names by an absolute path, else in the user's cache folder; none where none is wanted.
    pub(crate) fn new(wanted: bool) -> Self {
        let named = std::env::var_os("UNSPIN_CACHE").filter(|named| !named.is_empty());
        let usual = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("unspin"));
        let folder = if wanted { named.map(PathBuf::from).or_else(usual) } else { None };
        Self { folder: folder.filter(|folder| folder.is_absolute()) }
    }

    /// The bytes under a key, as they were put; nothing if anything of them changed.
    pub(crate) fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let mut bytes = std::fs::read(self.folder.as_ref()?.join(&key.0)).ok()?;
        let end = bytes.len().checked_sub(blake3::OUT_LEN)?;
        let is_whole = *blake3::hash(&bytes[..end]).as_bytes() == bytes[end..];
        bytes.truncate(end);
        is_whole.then_some(bytes)
    }

    /// Keeps bytes under a key. Whoever reads at the same time finds all of them or none.
    pub(crate) fn put(&self, key: &Key, bytes: &[u8]) {
        let Some(folder) = &self.folder else { return };
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(bytes)?;
            file.write_all(blake3::hash(bytes).as_bytes())?;
            file.persist(folder.join(&key.0))?;
            Ok(())
        };
        if write().is_ok() {
            sweep(folder);
        }
    }
}

/// Removes what nobody used for long.
fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let used = || {
            let meta = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
            let latest =
                meta.modified().ok()?.max(meta.accessed().unwrap_or(SystemTime::UNIX_EPOCH));
            latest.elapsed().ok()
        };
        if used().is_some_and(|age| age > KEPT) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
