//! What is kept between runs because it takes long to make: packs compiled to tables and what is said of texts, each by
//! a hash of all that made it.
//!
//! A cache that cannot be read or written costs time and nothing else, so no failure here is told.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy as _;

/// Entries that nobody read for so long are removed when another is added.
const KEPT: Duration = Duration::from_secs(60 * 60 * 24 * 30);
/// Digits of a hash behind those that name its folder.
const REST: usize = 2 * blake3::OUT_LEN - 2;
/// More bytes than these are not kept.
const MOST: u64 = 1 << 30;
const DAY: Duration = Duration::from_secs(60 * 60 * 24);

/// A folder of entries.
pub(crate) struct Cache {
    folder: Option<PathBuf>,
}

/// The name of an entry: a hash of what it was made of.
pub(crate) struct Key {
    kind: String,
    hash: String,
}

impl Key {
    /// The key of what this very program makes of the parts; `kind` names what that is and the version of its form.
    pub(crate) fn new<'p>(kind: &'p str, parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        // A rebuilt program of the same version may make something else of them.
        let own = [kind.as_bytes(), env!("CARGO_PKG_VERSION").as_bytes(), &PROGRAM];
        let hash = hash_of(own.into_iter().chain(parts)).to_hex().to_string();
        Self { kind: kind.to_owned(), hash }
    }
}

/// A hash of several parts, each with its length, so that no two lists of parts read alike.
pub(crate) fn hash_of<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> blake3::Hash {
    let mut hash = blake3::Hasher::new();
    for part in parts {
        hash.update(&(part.as_ref().len() as u64).to_le_bytes());
        hash.update(part.as_ref());
    }
    hash.finalize()
}

/// What tells one build of this program from another: a hash of its bytes. A date would be the same for two builds that
/// are made to be reproducible, and another one on every machine that fetches the same program.
static PROGRAM: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let read = || -> std::io::Result<blake3::Hash> {
        let mut hash = blake3::Hasher::new();
        hash.update_reader(std::fs::File::open(std::env::current_exe()?)?)?;
        Ok(hash.finalize())
    };
    // A program that cannot be read shares its entries with no other one.
    let alone = || format!("{} {:?}", std::process::id(), SystemTime::now()).into_bytes();
    read().map_or_else(|_| alone(), |hash| hash.as_bytes().to_vec())
});

impl Cache {
    /// The cache in the folder that `UNSPIN_CACHE` names by an absolute path, else in the user's cache folder; none where none is wanted.
    pub(crate) fn new(wanted: bool) -> Self {
        let named = std::env::var_os("UNSPIN_CACHE").filter(|named| !named.is_empty());
        let usual = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("unspin"));
        let folder = if wanted { named.map(PathBuf::from).or_else(usual) } else { None };
        Self { folder: folder.filter(|folder| folder.is_absolute()) }
    }

    /// Where it lies, if anywhere.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The bytes under a key, as they were put; nothing if anything of them changed.
    pub(crate) fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let path = key.path(self.folder.as_ref()?);
        // The folder may lie where somebody else writes too: a link there may lead to what never ends.
        let meta = std::fs::symlink_metadata(&path).ok()?;
        let is_entry = meta.is_file() && meta.len() <= MOST;
        whole(is_entry.then(|| std::fs::read(path).ok()).flatten()?)
    }

    /// Keeps bytes under a key. Whoever reads at the same time finds all of them or none.
    pub(crate) fn put(&self, key: &Key, bytes: &[u8]) {
        let Some(folder) = &self.folder else { return };
        let path = key.path(folder);
        let folder = path.parent().unwrap_or(folder);
        let write = || -> std::io::Result<()> {
            let mut file = tempfile::NamedTempFile::new_in(folder).or_else(|_| {
                std::fs::create_dir_all(folder)?;
                tempfile::NamedTempFile::new_in(folder)
            })?;
            file.write_all(bytes)?;
            file.write_all(blake3::hash(bytes).as_bytes())?;
            file.persist(&path)?;
            Ok(())
        };
        let _ = write();
    }
}

impl Cache {
    /// Once a day, removes what nobody used for long and, where more than [`MOST`] bytes are kept, what was used longest ago.
    /// Only what has the name of an entry is touched, since the folder may be anybody's, and no link is followed.
    pub(crate) fn sweep(&self) {
        let Some(folder) = &self.folder else { return };
        let marker = folder.join("swept");
        let age = |meta: std::fs::Metadata| meta.modified().ok()?.elapsed().ok();
        let swept = std::fs::metadata(&marker).ok().and_then(age);
        if !folder.is_dir() || swept.is_some_and(|age| age < DAY) {
            return;
        }
        if std::fs::write(&marker, "").is_err() {
            return;
        }
        let mut entries: Vec<(Duration, u64, PathBuf)> = inside(folder, true, is_kind)
            .into_iter()
            .flat_map(|kind| inside(&kind, true, |name| is_hexadecimal(name, 2)))
            .flat_map(|part| inside(&part, false, |name| is_hexadecimal(name, REST)))
            .filter_map(|path| {
                let meta = std::fs::symlink_metadata(&path).ok()?;
                let used =
                    meta.modified().ok()?.max(meta.accessed().unwrap_or(SystemTime::UNIX_EPOCH));
                Some((used.elapsed().ok()?, meta.len(), path))
            })
            .collect();
        entries.sort();
        let mut bytes = 0;
        for (age, len, path) in entries {
            bytes += len;
            if age > KEPT || bytes > MOST {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

/// What was put into the file of an entry; nothing if anything of it changed.
pub(crate) fn whole(mut file: Vec<u8>) -> Option<Vec<u8>> {
    let end = file.len().checked_sub(blake3::OUT_LEN)?;
    let is_whole = *blake3::hash(&file[..end]).as_bytes() == file[end..];
    file.truncate(end);
    is_whole.then_some(file)
}

/// Whether a folder holds entries: its name is that of what they are and the version of its form.
fn is_kind(name: &str) -> bool {
    let version = name.strip_prefix("pack");
    name == "check"
        || version.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

fn is_hexadecimal(name: &str, digits: usize) -> bool {
    name.len() == digits && name.bytes().all(|b| b.is_ascii_hexdigit())
}

/// What lies in a folder and has a name that is wanted: folders or files, and never a link to one.
fn inside(folder: &Path, folders: bool, wanted: fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_wanted = |entry: &std::fs::DirEntry| {
        let is_kind =
            |kind: std::fs::FileType| if folders { kind.is_dir() } else { kind.is_file() };
        entry.file_type().is_ok_and(is_kind) && entry.file_name().to_str().is_some_and(wanted)
    };
    entries.filter(is_wanted).map(|entry| entry.path()).collect()
}

impl Key {
    /// Entries are spread over folders, since some systems are slow with many files in one.
    fn path(&self, folder: &Path) -> PathBuf {
        let (part, rest) = self.hash.split_at(2);
        folder.join(&self.kind).join(part).join(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn an_entry_that_is_a_link_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache { folder: Some(folder.path().to_owned()) };
        let [kept, linked] = ["kept", "linked"].map(|part| Key::new("check", [part.as_bytes()]));
        cache.put(&kept, b"said");
        cache.put(&linked, b"said");
        std::fs::remove_file(linked.path(folder.path())).unwrap();
        std::os::unix::fs::symlink("/dev/zero", linked.path(folder.path())).unwrap();
        assert_eq!(cache.get(&linked), None);
        assert_eq!(cache.get(&kept).as_deref(), Some(&b"said"[..]));
    }

    #[cfg(unix)]
    #[test]
    fn only_entries_that_nobody_used_for_long_are_removed() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let cache = Cache { folder: Some(folder.path().to_owned()) };
        let old = |path: &Path| {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let file = std::fs::File::create(path).unwrap();
            let times = std::fs::FileTimes::new();
            let then = SystemTime::now() - KEPT - DAY;
            file.set_times(times.set_accessed(then).set_modified(then)).unwrap();
        };
        let entry = Key::new("check", [&b"old"[..]]).path(folder.path());
        let others = [
            folder.path().join("photos/20/cat.jpg"),
            folder.path().join("check/2019/cat.jpg"),
            folder.path().join("check/ab/cat.jpg"),
            elsewhere.path().join("ab").join(entry.file_name().unwrap()),
        ];
        old(&entry);
        for other in &others {
            old(other);
        }
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("pack6")).unwrap();
        let fresh = Key::new("check", [&b"fresh"[..]]);
        cache.put(&fresh, b"fresh");
        cache.sweep();
        assert!(!entry.exists());
        assert!(others.iter().all(|other| other.exists()), "{others:?}");
        assert_eq!(cache.get(&fresh).as_deref(), Some(&b"fresh"[..]));
        // Not again on the same day.
        old(&entry);
        cache.sweep();
        assert!(entry.exists());
    }
}
