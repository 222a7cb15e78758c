//! Packs and plugins from files: read, compiled or taken from the cache.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unspin_lint::{Problem, Span};
use unspin_linter::{Shelf, ShelvedPack};
use unspin_packs::{Pack, PackFile, PackSource};

use crate::cache::{Cache, Key, hash_of};
use crate::settings::{News, SettingsFile, UNTRUSTED, shown};
use crate::{read, tree, walk};

/// A pack with less text is compiled sooner than it is found in a cache.
const WORTH_KEEPING: usize = 64 << 10;
/// A file of a pack or a plugin with more bytes is refused unread.
const LARGEST: u64 = 16 << 20;
/// Most files in the folder of a pack.
const MOST_FILES: usize = 10_000;

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
        let is_folder = path.is_dir();
        let folder = if is_folder { path } else { path.parent().unwrap_or(path) };
        let source = PackSource { files: files_of(path, is_folder)? };
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
            self.tell(folder, &source, &compiled.faults);
            if compiled.table.is_empty() {
                return Ok(None);
            }
            Pack::from_bytes(compiled.table).map_err(|error| error.to_string())?
        };
        Ok(Some(ShelvedPack {
            path: path.to_owned(),
            folder: folder.to_owned(),
            pack: Arc::new(pack),
        }))
    }

    /// Keeps the faults of a pack until somebody asks for news, by file.
    fn tell(&mut self, folder: &Path, source: &PackSource, faults: &[unspin_packs::Fault]) {
        for (number, file) in source.files.iter().enumerate() {
            let own = faults.iter().filter(|fault| fault.file == number);
            let problems: Vec<Problem> = own
                .map(|fault| Problem {
                    span: Span::new(fault.error.span.start as u32, fault.error.span.end as u32),
                    message: fault.error.message.clone(),
                    help: fault.error.help.clone(),
                })
                .collect();
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
        let refuse =
            |why: &str| format!("cannot use the pack {}: {why}", shown(&absolute).display());
        if self.untrusted {
            return Err(refuse(UNTRUSTED));
        }
        let mut path = std::fs::canonicalize(&absolute).map_err(|e| refuse(&read::explain(&e)))?;
        // The manifest of a folder means the folder.
        if path.file_name().is_some_and(|name| name == "pack.toml") {
            path.pop();
        }
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
        let path = walk::absolute(path);
        let bytes =
            if self.untrusted { Err(UNTRUSTED.to_owned()) } else { read::named(&path, LARGEST) };
        let refuse = |why| format!("cannot use the plugin {}: {why}", shown(&path).display());
        let bytes = bytes.map_err(refuse)?;
        self.taken.push(*blake3::hash(&bytes).as_bytes());
        Ok(bytes)
    }
}

fn of_files(files: &[PackFile]) -> [u8; 32] {
    *hash_of(files.iter().flat_map(|file| [&file.path, &file.text])).as_bytes()
}

/// The files of a pack, by path from its folder.
fn files_of(path: &Path, is_folder: bool) -> Result<Vec<PackFile>, String> {
    if !is_folder {
        if path.extension().is_none_or(|e| e != "toml") {
            return Err("a pack is a .toml file or a folder of them".into());
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(vec![PackFile { path: name, text: text(path)? }]);
    }
    let mut files = Vec::new();
    // Hidden files are left out, links are not followed: a pack is what lies in its folder.
    let walk = ignore::WalkBuilder::new(path)
        .standard_filters(false)
        .hidden(true)
        .max_depth(Some(8))
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        let entry = entry.map_err(|error| error.to_string())?;
        let is = |wanted| entry.path().extension().is_some_and(|e| e.eq_ignore_ascii_case(wanted));
        let wanted = (is("toml") || is("tsv")) && !entry.path().ends_with("lint.toml");
        if !wanted || entry.file_type().is_none_or(|kind| !kind.is_file()) {
            continue;
        }
        if files.len() == MOST_FILES {
            return Err(format!("it holds more than {MOST_FILES} files; name the right folder"));
        }
        let inside = entry.path().strip_prefix(path).unwrap_or(entry.path());
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let text = text(entry.path()).map_err(|why| format!("{}: {why}", inside.display()))?;
        files.push(PackFile { path: parts.join("/"), text });
    }
    if files.is_empty() {
        return Err("the folder holds no .toml file".into());
    }
    Ok(files)
}

fn text(path: &Path) -> Result<String, String> {
    let bytes = read::named(path, LARGEST)?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8; save it as UTF-8".into())
}
