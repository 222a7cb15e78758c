//! The files that settings name, read from the disk and kept, or read from what was kept.
//!
//! A linter goes to other processes and machines, where its files are not. So it carries all that was read to make it, and
//! is made there as it was made here.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use unspin::disk::{self, PackFiles};
use unspin_lint::{Opened, Problem};
use unspin_linter::{LanguageModel, Shelf, ShelvedPack};
use unspin_packs::{Pack, PackFile, PackSource};

/// What was read: kind and path as asked for, then path and folder as found, and the files by name.
pub(crate) type Kept = (String, String, String, String, Vec<(String, Vec<u8>)>);

/// A file in which something is wrong.
pub(crate) struct Faulty {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) problems: Vec<Problem>,
}

/// What one name led to.
#[derive(Clone)]
struct Found {
    path: PathBuf,
    folder: PathBuf,
    files: Vec<(String, Vec<u8>)>,
}

/// The files of one linter.
pub(crate) struct Files {
    /// By kind and path as asked for.
    kept: BTreeMap<(String, String), Found>,
    reads_disk: bool,
    /// Faults in packs.
    pub(crate) faulty: Vec<Faulty>,
}

impl Files {
    /// Those on the disk.
    pub(crate) fn on_disk() -> Self {
        Self { kept: BTreeMap::new(), reads_disk: true, faulty: Vec::new() }
    }

    /// Those that were kept, and no others.
    pub(crate) fn of_kept(kept: Vec<Kept>) -> Self {
        let found = kept.into_iter().map(|(kind, asked, path, folder, files)| {
            ((kind, asked), Found { path: path.into(), folder: folder.into(), files })
        });
        Self { kept: found.collect(), reads_disk: false, faulty: Vec::new() }
    }

    /// All that was read.
    pub(crate) fn into_kept(self) -> Vec<Kept> {
        let kept = self.kept.into_iter().map(|((kind, asked), found)| {
            let [path, folder] = [&found.path, &found.folder].map(|path| shown(path));
            (kind, asked, path, folder, found.files)
        });
        kept.collect()
    }

    fn find(
        &mut self,
        kind: &str,
        asked: &Path,
        read: impl FnOnce() -> Result<Found, String>,
    ) -> Result<Found, String> {
        let key = (kind.to_owned(), shown(asked));
        if let Some(found) = self.kept.get(&key) {
            return Ok(found.clone());
        }
        if !self.reads_disk {
            return Err(format!("this linter came without the file {}", asked.display()));
        }
        let found = read()?;
        self.kept.insert(key, found.clone());
        Ok(found)
    }

    fn bytes(
        &mut self,
        kind: &str,
        path: &Path,
        read: impl FnOnce(&Path) -> Result<Vec<u8>, String>,
    ) -> Result<Vec<u8>, String> {
        let found = self.find(kind, path, || {
            let files = vec![(String::new(), read(path)?)];
            Ok(Found { path: path.to_owned(), folder: PathBuf::new(), files })
        })?;
        Ok(found.files.into_iter().next().map(|(_, bytes)| bytes).unwrap_or_default())
    }

    /// A settings file.
    pub(crate) fn settings(&mut self, path: &Path) -> Result<Opened, String> {
        let found = self.find("settings", path, || {
            let Opened { path, text } = disk::settings(path)?;
            let files = vec![(String::new(), text.into_bytes())];
            Ok(Found { path, folder: PathBuf::new(), files })
        })?;
        let text = found.files.into_iter().next().map(|(_, bytes)| bytes).unwrap_or_default();
        Ok(Opened { path: found.path, text: text_of(text) })
    }

    /// A model. Its bytes stay in memory until the process ends, so each is opened once.
    pub(crate) fn model(&mut self, path: &Path) -> Result<LanguageModel, String> {
        static OPENED: LazyLock<Mutex<HashMap<[u8; 32], LanguageModel>>> =
            LazyLock::new(Mutex::default);
        let bytes = self.bytes("model", path, disk::model)?;
        let hash = *blake3::hash(&bytes).as_bytes();
        let mut opened = OPENED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(model) = opened.get(&hash) {
            return Ok(*model);
        }
        let model = LanguageModel::open(bytes)
            .map_err(|error| format!("cannot use the model {}: {error}", path.display()))?;
        opened.insert(hash, model);
        Ok(model)
    }
}

impl Shelf for Files {
    fn pack(&mut self, path: &Path) -> Result<Option<ShelvedPack>, String> {
        let found = self.find("pack", path, || {
            let PackFiles { path, folder, source } = PackFiles::open(path)?;
            let files = source.files.into_iter().map(|file| (file.path, file.text.into_bytes()));
            Ok(Found { path, folder, files: files.collect() })
        })?;
        let files = found.files.into_iter();
        let files = files.map(|(path, bytes)| PackFile { path, text: text_of(bytes) });
        let source = PackSource { files: files.collect() };
        let compiled = unspin_packs::compile_pack(&source);
        for (number, file) in source.files.iter().enumerate() {
            let own = compiled.faults.iter().filter(|fault| fault.file == number);
            let problems: Vec<Problem> = own.map(unspin_packs::Fault::problem).collect();
            if !problems.is_empty() {
                let path = found.folder.join(&file.path);
                self.faulty.push(Faulty { path, text: file.text.clone(), problems });
            }
        }
        if compiled.table.is_empty() {
            return Ok(None);
        }
        let pack = Pack::from_bytes(compiled.table).map_err(|error| error.to_string())?;
        Ok(Some(ShelvedPack { path: found.path, folder: found.folder, pack: Arc::new(pack) }))
    }

    fn plugin(&mut self, path: &Path) -> Result<Vec<u8>, String> {
        self.bytes("plugin", path, disk::plugin)
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What was read as text is text still.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into())
}
