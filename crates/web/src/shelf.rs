//! Packs and settings that the caller hands over, in the place of a disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use unspin_lint::Opened;
use unspin_linter::{Shelf, ShelvedPack};
use unspin_packs::{Pack, PackFile, PackSource};

use crate::problem::{Told, told};

/// Files by name, with `/` between folders.
pub(crate) struct Files<'f> {
    texts: &'f BTreeMap<String, String>,
    opened: BTreeSet<PathBuf>,
    /// Faults in the files of packs.
    pub(crate) problems: Vec<Told>,
}

impl<'f> Files<'f> {
    pub(crate) fn new(texts: &'f BTreeMap<String, String>) -> Self {
        Self { texts, opened: BTreeSet::new(), problems: Vec::new() }
    }

    /// A settings file that another one extends.
    pub(crate) fn settings(&self, path: &Path) -> Result<Opened, String> {
        let path = plain(path);
        match self.texts.get(&name(&path)) {
            Some(text) => Ok(Opened { path, text: text.clone() }),
            None => Err(format!("cannot read {}: {MISSING}", path.display())),
        }
    }

    /// The packs that nothing opened so far: files by themselves, and folders with a manifest.
    pub(crate) fn unopened(&self) -> Vec<PathBuf> {
        let mut found = BTreeSet::new();
        for name in self.texts.keys() {
            let path = plain(Path::new(name));
            let folder = path.ancestors().skip(1).find(|folder| self.is_folder_of_pack(folder));
            found.insert(folder.map_or(path.clone(), Path::to_owned));
        }
        found.retain(|path| {
            let is_pack = path.extension().is_some_and(|e| e == "toml")
                && path.file_name().is_some_and(|name| name != "lint.toml");
            (is_pack || self.is_folder_of_pack(path)) && !self.opened.contains(path)
        });
        found.into_iter().collect()
    }

    fn is_folder_of_pack(&self, folder: &Path) -> bool {
        folder != Path::new("") && self.texts.contains_key(&name(&folder.join(MANIFEST)))
    }

    /// The files of a pack, and whether it is a folder.
    fn source(&self, path: &Path) -> Result<(PackSource, bool), String> {
        if let Some(text) = self.texts.get(&name(path)) {
            if path.extension().is_none_or(|e| e != "toml") {
                return Err("a pack is a .toml file or a folder of them".into());
            }
            let path = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Ok((PackSource { files: vec![PackFile { path, text: text.clone() }] }, false));
        }
        let inside = |named: &String| {
            let own = plain(Path::new(named));
            let below = own.strip_prefix(path).ok()?.to_owned();
            let wanted = below.extension().is_some_and(|e| e == "toml" || e == "tsv");
            (wanted && !below.ends_with("lint.toml")).then(|| name(&below))
        };
        let files: Vec<PackFile> = self
            .texts
            .iter()
            .filter_map(|(named, text)| Some(PackFile { path: inside(named)?, text: text.clone() }))
            .collect();
        if files.is_empty() { Err(MISSING.into()) } else { Ok((PackSource { files }, true)) }
    }

    fn open(&mut self, path: &Path) -> Result<Option<ShelvedPack>, String> {
        let (source, is_folder) = self.source(path)?;
        let folder = if is_folder { path } else { path.parent().unwrap_or(path) }.to_owned();
        let compiled = unspin_packs::compile_pack(&source);
        if self.opened.insert(path.to_owned()) {
            for fault in &compiled.faults {
                let file = &source.files[fault.file];
                let own = name(&folder.join(&file.path));
                self.problems.push(told(&own, &file.text, &fault.problem()));
            }
        }
        if compiled.table.is_empty() {
            return Ok(None);
        }
        let pack = Pack::from_bytes(compiled.table).map_err(|error| error.to_string())?;
        Ok(Some(ShelvedPack { path: path.to_owned(), folder, pack: Arc::new(pack) }))
    }
}

const MANIFEST: &str = "pack.toml";
const MISSING: &str = "no file of that name was handed over";

impl Shelf for Files<'_> {
    fn pack(&mut self, path: &Path) -> Result<Option<ShelvedPack>, String> {
        let mut path = plain(path);
        // The manifest of a folder means the folder.
        if path.file_name().is_some_and(|name| name == MANIFEST) && path.components().count() > 1 {
            path.pop();
        }
        self.open(&path).map_err(|why| format!("cannot use the pack {}: {why}", path.display()))
    }

    fn plugin(&mut self, path: &Path) -> Result<Vec<u8>, String> {
        Err(format!(
            "the plugin {} cannot be used: plugins run in the command line alone",
            plain(path).display()
        ))
    }
}

/// A path without `.`, and without `..` where a folder stands before it.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
            Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// A path as a name.
fn name(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_a_manifest_is_one_pack_and_other_files_are_one_each() {
        let names =
            ["a.toml", "desk/pack.toml", "desk/sub/words.toml", "desk/list.tsv", "lint.toml"];
        let files = names.map(|name| (name.to_owned(), String::new())).into();
        let unopened = Files::new(&files).unopened();
        assert_eq!(unopened, [Path::new("a.toml"), Path::new("desk")]);
        let (source, is_folder) = Files::new(&files).source(Path::new("desk")).unwrap();
        let inside: Vec<_> = source.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!((inside, is_folder), (vec!["list.tsv", "pack.toml", "sub/words.toml"], true));
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        assert_eq!(plain(Path::new("./desk/../a.toml")), Path::new("a.toml"));
        assert_eq!(plain(Path::new("../a.toml")), Path::new("../a.toml"));
    }
}
