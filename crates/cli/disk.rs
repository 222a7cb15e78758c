//! The files that settings name, read from the disk: for who keeps a linter of their own and has no command line.

use std::path::{Path, PathBuf};

use unspin_lint::Opened;
use unspin_packs::{PackFile, PackSource};

use crate::settings::{Edited, shown};
use crate::{model, read, walk};

/// A file of a pack or a plugin with more bytes is refused unread.
const LARGEST: u64 = 16 << 20;
/// Most files in the folder of a pack.
const MOST_FILES: usize = 10_000;

/// A settings file. One that is named in two ways, by links too, is known by where it really lies.
///
/// # Errors
/// If it cannot be read: one sentence that names the file.
pub fn settings(path: &Path) -> Result<Opened, String> {
    crate::settings::open(path, &Edited::default())
}

/// The bytes of a model.
///
/// # Errors
/// If the file cannot be read: one sentence that names it.
pub fn model(path: &Path) -> Result<Vec<u8>, String> {
    model::bytes(path)
}

/// The bytes of a plugin.
///
/// # Errors
/// If the file cannot be read: one sentence that names it.
pub fn plugin(path: &Path) -> Result<Vec<u8>, String> {
    read::named(&walk::absolute(path), LARGEST).map_err(|why| no_plugin(path, &why))
}

pub(crate) fn no_plugin(path: &Path, why: &str) -> String {
    format!("cannot use the plugin {}: {why}", shown(&walk::absolute(path)).display())
}

pub(crate) fn no_pack(absolute: &Path, why: &str) -> String {
    format!("cannot use the pack {}: {why}", shown(absolute).display())
}

/// A pack as it lies on the disk.
#[derive(Clone, Debug)]
pub struct PackFiles {
    /// What it is known by: the same for the same pack, however it was named.
    pub path: PathBuf,
    /// The folder that its paths are relative to.
    pub folder: PathBuf,
    /// The files in it.
    pub source: PackSource,
}

impl PackFiles {
    /// Reads the pack in a file or folder.
    ///
    /// # Errors
    /// If it cannot be read: one sentence that names the file or folder.
    pub fn open(path: &Path) -> Result<Self, String> {
        let absolute = walk::absolute(path);
        let opened = Self::place(&absolute).and_then(|place| Self::read(&place));
        opened.map_err(|why| no_pack(&absolute, &why))
    }

    /// Where a pack really lies.
    pub(crate) fn place(absolute: &Path) -> Result<PathBuf, String> {
        let mut path = std::fs::canonicalize(absolute).map_err(|error| read::explain(&error))?;
        // The manifest of a folder means the folder.
        if path.file_name().is_some_and(|name| name == "pack.toml") {
            path.pop();
        }
        Ok(path)
    }

    /// Reads the pack that lies there.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let is_folder = path.is_dir();
        let folder = if is_folder { path } else { path.parent().unwrap_or(path) };
        let source = PackSource { files: files_of(path, is_folder)? };
        Ok(Self { path: path.to_owned(), folder: folder.to_owned(), source })
    }
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
