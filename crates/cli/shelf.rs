//! Packs and plugins from files: read, compiled or taken from the cache.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unspin_lint::Problem;
use unspin_linter::{Shelf, ShelvedPack};
use unspin_packs::{Pack, PackFile, PackSource};

use crate::cache::{Cache, Key, hash_of};
use crate::disk::PackFiles;
use crate::settings::{News, SettingsFile, UNTRUSTED, shown};
use crate::{disk, tree, walk};

/// A pack with less text is compiled sooner than it is found in a cache.
const WORTH_KEEPING: usize = 64 << 10;

/// A pack, or why there is none, and a hash of its files.
type OpenedPack = (Result<Option<ShelvedPack>, String>, [u8; 32]);

/// The packs of a run, each opened once.
pub(crate) struct Files {
    cache: Cache,
    untrusted: bool,
    packs: HashMap<PathBuf, OpenedPack>,
    /// Hashes of what was given out since somebody asked last.
    taken: Vec<[u8; 32]>,
    /// Faults in packs that nobody was told of yet.
    news: Vec<News>,
    told: HashSet<PathBuf>,
    /// See [`Files::keep_to`].
    tree: Option<PathBuf>,
}

impl Files {
    /// With `untrusted`, no pack and no plugin is given out.
    pub(crate) fn new(cache: Cache, untrusted: bool) -> Self {
        let (packs, taken, news, told, tree) = Default::default();
        Self { cache, untrusted, packs, taken, news, told, tree }
    }

    /// Shows nothing of packs that lie outside of this tree from now on. Without one it is the command line that names
    /// packs, and whoever wrote that may read what it names.
    pub(crate) fn keep_to(&mut self, tree: PathBuf) {
        self.tree = Some(tree);
    }

    /// The faults found in packs since this was asked last.
    pub(crate) fn news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    /// Hashes of the packs and plugins given out since this was asked last, in order: what rules they bring depends on
    /// nothing else.
    pub(crate) fn taken(&mut self) -> Vec<[u8; 32]> {
        std::mem::take(&mut self.taken)
    }

    fn open(&mut self, path: &Path, digest: &mut [u8; 32]) -> Result<Option<ShelvedPack>, String> {
        let PackFiles { folder, source, .. } = PackFiles::read(path)?;
        *digest = of_files(&source.files);
        let size: usize = source.files.iter().map(|file| file.text.len()).sum();
        let kind = format!("pack{}", unspin_packs::FORMAT);
        let key = (size >= WORTH_KEEPING).then(|| {
            let parts = source.files.iter().flat_map(|f| [f.path.as_bytes(), f.text.as_bytes()]);
            Key::new(&kind, parts)
        });
        let kept = key.as_ref().and_then(|key| self.cache.get(key));
        // A table that is cut short is made again.
        let kept = kept.and_then(|table| Pack::from_bytes(table).ok());
        let pack = if let Some(pack) = kept {
            pack
        } else {
            let compiled = unspin_packs::compile_pack(&source);
            if let Some(key) = key.filter(|_| compiled.faults.is_empty()) {
                self.cache.put(&key, &compiled.table);
            }
            self.tell(&folder, &source, &compiled.faults);
            if compiled.table.is_empty() {
                return Ok(None);
            }
            Pack::from_bytes(compiled.table).map_err(|error| error.to_string())?
        };
        Ok(Some(ShelvedPack { path: path.to_owned(), folder, pack: Arc::new(pack) }))
    }

    /// Keeps the faults of a pack until somebody asks for news, by file.
    fn tell(&mut self, folder: &Path, source: &PackSource, faults: &[unspin_packs::Fault]) {
        for (number, file) in source.files.iter().enumerate() {
            let own = faults.iter().filter(|fault| fault.file == number);
            let problems: Vec<Problem> = own.map(unspin_packs::Fault::problem).collect();
            let path = folder.join(&file.path);
            if !problems.is_empty() && self.told.insert(path.clone()) {
                let is_outside = self.tree.as_ref().is_some_and(|tree| !tree::holds(tree, &path));
                let told = SettingsFile { path: shown(&path), text: file.text.clone(), problems };
                let test = format!("`unspin test {}` shows them", shown(folder).display());
                let told = if is_outside { told.unseen(test) } else { told };
                self.news.push(News::Problems(told));
            }
        }
    }
}

impl Shelf for Files {
    fn pack(&mut self, path: &Path) -> Result<Option<ShelvedPack>, String> {
        let absolute = walk::absolute(path);
        let refuse = |why: &str| disk::no_pack(&absolute, why);
        if self.untrusted {
            return Err(refuse(UNTRUSTED));
        }
        let path = PackFiles::place(&absolute).map_err(|why| refuse(&why))?;
        if let Some((known, digest)) = self.packs.get(&path) {
            self.taken.push(*digest);
            return known.clone();
        }
        let mut digest = [0; 32];
        let opened = self.open(&path, &mut digest).map_err(|why| refuse(&why));
        self.taken.push(digest);
        self.packs.insert(path, (opened.clone(), digest));
        opened
    }

    fn plugin(&mut self, path: &Path) -> Result<Vec<u8>, String> {
        if self.untrusted {
            return Err(disk::no_plugin(path, UNTRUSTED));
        }
        let bytes = disk::plugin(path)?;
        self.taken.push(*blake3::hash(&bytes).as_bytes());
        Ok(bytes)
    }
}

fn of_files(files: &[PackFile]) -> [u8; 32] {
    *hash_of(files.iter().flat_map(|file| [&file.path, &file.text])).as_bytes()
}
