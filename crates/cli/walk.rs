//! From the paths on the command line to the files that are checked, in order.
//!
//! A file that is named is checked whatever its name; a folder is walked for prose. Links to folders are not entered,
//! so a loop of links cannot trap the walk; a link to a file of the same tree is checked, and one that leads out of it or
//! nowhere is an error. Only ignore files of the tree itself count, so that results do not depend on the machine.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use globset::GlobBuilder;
use ignore::WalkBuilder;
use unspin_containers::Container;
use unspin_lint::Markup;

use crate::settings::shown;
use crate::tree;

/// An ignore file with more bytes is refused unread.
const LARGEST_IGNORE_FILE: u64 = 1 << 20;

/// A file to check, or a path that cannot be.
#[derive(Debug)]
pub(crate) enum Entry {
    File(PathBuf),
    Stdin,
    Error { path: PathBuf, message: String },
}

impl Entry {
    /// Where it stands in the order of the report.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Error { path, .. } => path,
            Self::Stdin => Path::new("-"),
        }
    }
}

/// The entries behind all paths of the command line, in path order: of folders the files that are `wanted`. However
/// often and in whatever spelling a file is named, it is there once.
pub(crate) fn all(paths: &[PathBuf], wanted: fn(&Path) -> bool) -> Vec<Entry> {
    let mut found: Vec<Entry> = paths.iter().flat_map(|path| entries(path, wanted)).collect();
    found.sort_by(|a, b| a.path().cmp(b.path()));
    let mut seen = HashSet::new();
    found.retain(|entry| seen.insert(absolute(entry.path())));
    found
}

/// The entries behind one path of the command line, in path order.
fn entries(path: &Path, wanted: fn(&Path) -> bool) -> Vec<Entry> {
    if path == Path::new("-") {
        return vec![Entry::Stdin];
    }
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => walk(path, wanted),
        Ok(_) => vec![Entry::File(path.to_owned())],
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_glob(path) => glob(path),
        Err(error) => vec![Entry::Error { path: path.to_owned(), message: explain(&error) }],
    }
}

/// Whether a file that lies in a folder is taken for a text.
pub(crate) fn is_text(path: &Path) -> bool {
    path.extension().and_then(OsStr::to_str).and_then(Markup::of_extension).is_some()
}

/// Whether a file that lies in a folder is taken for a text, or for something that holds texts.
pub(crate) fn holds_text(path: &Path) -> bool {
    is_text(path) || Container::is_found_in_folders(path)
}

/// An I/O error with the way out.
pub(crate) fn explain(error: &io::Error) -> String {
    let way_out = match error.kind() {
        io::ErrorKind::NotFound => {
            "no such file or folder; check the spelling, or put a glob in quotes"
        }
        io::ErrorKind::PermissionDenied => "permission denied; grant read access, or leave it out",
        io::ErrorKind::IsADirectory => "it is a folder; a file is needed here",
        io::ErrorKind::NotADirectory => {
            "a part of its path is a file, not a folder; check the spelling"
        }
        io::ErrorKind::InvalidData => "it is not UTF-8; save it as UTF-8",
        _ if is_link_loop(error) => "the link leads back to itself; remove it, or name its target",
        _ => return error.to_string(),
    };
    way_out.to_owned()
}

fn is_link_loop(error: &io::Error) -> bool {
    // `io::ErrorKind::FilesystemLoop` is not stable; ELOOP is 40 on Linux, 62 on the BSDs and macOS.
    cfg!(unix) && matches!(error.raw_os_error(), Some(40 | 62))
}

/// The format of a file, by its name if that says anything.
pub(crate) fn markup(path: &Path, bytes: &[u8]) -> Markup {
    Markup::of(path.extension().and_then(OsStr::to_str), bytes)
}

/// The endings of files that are found in folders, to be shown.
pub(crate) fn endings() -> String {
    let endings: Vec<_> =
        Markup::EXTENSIONS.iter().map(|(extension, _)| format!(".{extension}")).collect();
    let (last, others) = endings.split_last().expect("there are formats");
    format!("{} and {last}", others.join(", "))
}

fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

fn glob(path: &Path) -> Vec<Entry> {
    let matcher =
        match GlobBuilder::new(&plain(path).to_string_lossy()).literal_separator(true).build() {
            Ok(glob) => glob.compile_matcher(),
            Err(error) => {
                let message =
                    format!("not a glob: {}; an example is 'articles/**/*.txt'", error.kind());
                return vec![Entry::Error { path: path.to_owned(), message }];
            }
        };
    let fixed: PathBuf = path.components().take_while(|c| !is_glob(Path::new(c))).collect();
    let start = if fixed.as_os_str().is_empty() { Path::new(".") } else { &fixed };
    let entries = walk(start, |p| matcher.is_match(plain(p)));
    if entries.is_empty() {
        let message = "no file matches; `**` crosses folders, `*` does not".to_owned();
        return vec![Entry::Error { path: path.to_owned(), message }];
    }
    entries
}

/// The absolute path with `.` and `..` resolved by their names. Links are not followed: a file obeys, and is known by,
/// the folder that it is seen in.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::CurDir => {}
            part => resolved.push(part),
        }
    }
    resolved
}

/// The absolute path with links followed, as far as there is anything to follow: two names of one place are the same.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    let path = absolute(path);
    std::fs::canonicalize(&path).unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => {
            std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()).join(name)
        }
        _ => path,
    })
}

/// `./a/b` as `a/b`, the form that patterns are written in.
fn plain(path: &Path) -> &Path {
    match path.components().next() {
        Some(Component::CurDir) => path.strip_prefix(".").unwrap_or(path),
        _ => path,
    }
}

fn walk(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<Entry> {
    // Those of the folders above count too.
    if let Some(refused) = absolute(folder).ancestors().find_map(endless_ignore_file) {
        return vec![refused];
    }
    let refused = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&refused);
    let walk = WalkBuilder::new(folder)
        .git_global(false)
        .git_exclude(false)
        .follow_links(false)
        .sort_by_file_path(Path::cmp)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let found = is_folder.then(|| endless_ignore_file(entry.path())).flatten();
            let may_be_entered = found.is_none();
            told.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
            may_be_entered
        })
        .build();
    let tree = LazyCell::new(|| tree::around(folder));
    let mut entries = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let path = plain(entry.path());
                let is_link = entry.path_is_symlink();
                if entry.file_type().is_some_and(|t| t.is_dir()) || !wanted(path) {
                    continue;
                }
                // A pipe or a device may be read on purpose, when it is named, but never because it lies in a folder.
                let is_file = entry.file_type().is_some_and(|t| t.is_file());
                match is_link.then(|| std::fs::metadata(path)) {
                    Some(Ok(meta)) if !meta.is_file() => {}
                    None if !is_file => {}
                    Some(Err(error)) => {
                        entries
                            .push(Entry::Error { path: path.to_owned(), message: explain(&error) });
                    }
                    // Nobody named it, and what it leads to would be shown, or written.
                    Some(Ok(_)) if !tree::holds(&tree, path) => {
                        let message = tree::LEFT.to_owned();
                        entries.push(Entry::Error { path: path.to_owned(), message });
                    }
                    _ => entries.push(Entry::File(path.to_owned())),
                }
            }
            Err(error) => entries.push(walk_error(folder, &error)),
        }
    }
    entries.append(&mut refused.lock().unwrap_or_else(PoisonError::into_inner));
    entries
}

/// An ignore file of a folder whose reading may never end, such as a link to a device: the walk would wait for it.
fn endless_ignore_file(folder: &Path) -> Option<Entry> {
    [".ignore", ".gitignore"].into_iter().find_map(|name| {
        let path = folder.join(name);
        let meta = std::fs::metadata(&path).ok()?;
        let message = if meta.is_file() && meta.len() > LARGEST_IGNORE_FILE {
            format!(
                "it has more than {} MiB; shorten it, since its folder is left out",
                LARGEST_IGNORE_FILE >> 20
            )
        } else if meta.is_file() || meta.is_dir() {
            return None;
        } else {
            "it is no regular file; remove it, since its folder is left out".to_owned()
        };
        Some(Entry::Error { path: shown(plain(&path)), message })
    })
}

fn walk_error(folder: &Path, error: &ignore::Error) -> Entry {
    let mut path = folder.to_owned();
    let mut inner = error;
    while let ignore::Error::WithPath { err, .. }
    | ignore::Error::WithDepth { err, .. }
    | ignore::Error::WithLineNumber { err, .. } = inner
    {
        if let ignore::Error::WithPath { path: at, .. } = inner {
            path.clone_from(at);
        }
        inner = err;
    }
    let message = match inner {
        ignore::Error::Io(error) => explain(error),
        other => other.to_string(),
    };
    Entry::Error { path, message }
}
