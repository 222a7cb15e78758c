//! Packs and plugins from files: read, compiled or taken from the cache.

use std::collections::{HashMap, HashSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unspin_lint::{Problem, Span};
use unspin_linter::{Shelf, ShelvedPack};
use unspin_packs::{Pack, PackFile, PackSource};

use crate::cache::{Cache, Key, hash_of};
use crate::settings::{News, SettingsFile, shown};
use crate::walk;

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
    packs: HashMap<PathBuf, OpenedPack>,
    /// Hashes of what was given out since somebody asked last.
    taken: Vec<[u8; 32]>,
    /// Faults in packs that nobody was told of yet.
    news: Vec<News>,
    told: HashSet<PathBuf>,
}

impl Files {
    pub(crate) fn new(cache: Cache) -> Self {
        let (packs, taken, news, told) = Default::default();
        Self { cache, packs, taken, news, told }
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
        let source = PackSource { files: read(path, is_folder)? };
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
                let (path, text) = (shown(&path), file.text.clone());
                self.news.push(News::Problems(SettingsFile { path, text, problems }));
            }
        }
    }
}

impl Shelf for Files {
    fn pack(&mut self, path: &Path) -> Result<Option<ShelvedPack>, String> {
        let absolute = walk::absolute(path);
        let refuse =
            |why: &str| format!("cannot use the pack {}: {why}", shown(&absolute).display());
        let mut path = std::fs::canonicalize(&absolute).map_err(|e| refuse(&explain(&e)))?;
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
        let bytes = bytes(&path)
            .map_err(|why| format!("cannot use the plugin {}: {why}", shown(&path).display()))?;
        self.taken.push(*blake3::hash(&bytes).as_bytes());
        Ok(bytes)
    }
}

fn of_files(files: &[PackFile]) -> [u8; 32] {
    *hash_of(files.iter().flat_map(|file| [&file.path, &file.text])).as_bytes()
}

/// The files of a pack, by path from its folder.
fn read(path: &Path, is_folder: bool) -> Result<Vec<PackFile>, String> {
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
    String::from_utf8(bytes(path)?).map_err(|_| "it is not UTF-8; save it as UTF-8".into())
}

/// An I/O error with the way out, where the path stands in a file and not on the command line.
fn explain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such file or folder; check the spelling".into()
        }
        _ => walk::explain(error),
    }
}

/// The bytes of a regular file of bearable size: a pipe or a device may never end.
fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let explain = |error: std::io::Error| explain(&error);
    let file = std::fs::File::open(path).map_err(explain)?;
    let meta = file.metadata().map_err(explain)?;
    if meta.is_dir() {
        return Err("it is a folder; a file is needed here".into());
    }
    if !meta.is_file() {
        return Err("it is no regular file; remove it".into());
    }
    let mut bytes = Vec::with_capacity(meta.len().min(LARGEST) as usize);
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(explain)?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it has more than {} MiB; split it", LARGEST >> 20));
    }
    Ok(bytes)
}
