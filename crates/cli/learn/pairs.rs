//! Which texts are pairs, as the command line names them.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::args::Learn;
use crate::read;
use crate::walk::{self, Entry};

/// Bytes of a table of pairs.
const LARGEST: u64 = 16 << 20;

/// An original and a text that was reworded from it, by their paths.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub original: PathBuf,
    pub reworded: PathBuf,
}

/// All pairs that are named, each once and in order, and what is wrong with the rest.
pub(super) fn named(arguments: &Learn) -> (Vec<Pair>, Vec<String>) {
    let (mut pairs, mut faults) = (Vec::new(), Vec::new());
    for path in &arguments.pairs {
        match std::fs::metadata(path) {
            Err(error) => faults.push(format!("{}: {}", path.display(), walk::explain(&error))),
            Ok(meta) if meta.is_dir() => of_folder(path, &mut pairs, &mut faults),
            Ok(_) if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("tsv")) => {
                of_table(path, &mut pairs, &mut faults);
            }
            Ok(_) => faults.push(format!(
                "{}: it is no folder and no table (.tsv) of pairs; name two texts with --original and --reworded",
                path.display()
            )),
        }
    }
    let (originals, reworded) = (&arguments.original, &arguments.reworded);
    for (original, reworded) in originals.iter().zip(reworded) {
        pairs.push(Pair { original: original.clone(), reworded: reworded.clone() });
    }
    let alone = originals.iter().skip(reworded.len()).map(|path| (path, "--reworded"));
    let alone = alone.chain(reworded.iter().skip(originals.len()).map(|path| (path, "--original")));
    faults.extend(alone.map(|(path, lacks)| format!("{}: it has no {lacks}", path.display())));
    pairs.retain(|pair| {
        let is_stdin = [&pair.original, &pair.reworded].iter().any(|path| path.as_os_str() == "-");
        if is_stdin {
            faults.push("standard input is read as no text of a pair; name a file".into());
        }
        !is_stdin
    });
    pairs.sort();
    pairs.dedup();
    (pairs, faults)
}

fn of_table(path: &Path, pairs: &mut Vec<Pair>, faults: &mut Vec<String>) {
    let shown = path.display();
    let text = read::named(path, LARGEST).and_then(|bytes| {
        String::from_utf8(bytes).map_err(|_| "it is not UTF-8; save it as UTF-8".into())
    });
    let text = match text {
        Ok(text) => text,
        Err(why) => return faults.push(format!("{shown}: {why}")),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut is_first = true;
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let is_head = std::mem::take(&mut is_first)
            && ["original", "reworded"]
                .iter()
                .zip(&cells)
                .all(|(name, cell)| cell.eq_ignore_ascii_case(name));
        match cells[..] {
            _ if is_head => {}
            [original, reworded, ..] if !original.is_empty() && !reworded.is_empty() => {
                pairs.push(Pair {
                    original: folder.join(original),
                    reworded: folder.join(reworded),
                });
            }
            _ => faults.push(format!(
                "{shown}:{}: it is no pair: write the original, a tab, the reworded text",
                at + 1
            )),
        }
    }
}

fn of_folder(folder: &Path, pairs: &mut Vec<Pair>, faults: &mut Vec<String>) {
    let (mut originals, mut reworded) = (BTreeMap::new(), Vec::new());
    for entry in walk::all(&[folder.to_owned()], walk::holds_text) {
        match entry {
            Entry::File(path) => {
                let stem = stem(&path);
                match stem.strip_suffix(".orig") {
                    Some(name) => {
                        let name = path.with_file_name(name);
                        if let Some(other) = originals.insert(name, (path.clone(), false)) {
                            faults.push(format!(
                                "{}: {} is an original of the same text",
                                path.display(),
                                other.0.display()
                            ));
                        }
                    }
                    None => reworded.push((path.with_file_name(stem), path)),
                }
            }
            Entry::Stdin => {}
            Entry::Error { path, message } => faults.push(format!("{}: {message}", path.display())),
        }
    }
    let found = pairs.len();
    for (name, path) in reworded {
        match originals.get_mut(&name) {
            Some((original, is_used)) => {
                *is_used = true;
                pairs.push(Pair { original: original.clone(), reworded: path });
            }
            None => faults.push(format!(
                "{}: it has no original; put it beside it as {}.orig.txt",
                path.display(),
                name.file_name().unwrap_or_default().display()
            )),
        }
    }
    for (path, _) in originals.values().filter(|(_, is_used)| !is_used) {
        faults.push(format!("{}: no text beside it was reworded from it", path.display()));
    }
    if pairs.len() == found && originals.is_empty() && faults.is_empty() {
        faults.push(format!("{}: the folder holds no text", folder.display()));
    }
}

/// The name of a file without its ending, and without that of what packs it.
fn stem(path: &Path) -> String {
    let packed =
        path.extension().and_then(OsStr::to_str).is_some_and(|e| ["gz", "zst"].contains(&e));
    let path = if packed { path.with_extension("") } else { path.to_owned() };
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_without_ending() {
        for (path, name) in [("a/b.txt", "b"), ("b.orig.md.gz", "b.orig"), ("b.v2.html", "b.v2")] {
            assert_eq!(stem(Path::new(path)), name);
        }
    }
}
