//! Reading files for whose size and kind nobody vouches.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::walk;

/// Bytes of a text in a file of its own. Checking takes about ten times as much memory.
const TEXT: u64 = 256 << 20;

/// The bytes of a text. A pipe or a device that somebody named is read as far as a text may go.
pub(crate) fn text(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| walk::explain(&error))?;
    within(file, TEXT)
}

/// The bytes of a regular file that something names. A pipe or a device may never end, and to open one may be to wait for
/// ever, so it is looked at first.
pub(crate) fn named(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let explain = |error: std::io::Error| explain(&error);
    let meta = std::fs::metadata(path).map_err(explain)?;
    if meta.is_dir() {
        return Err("it is a folder; a file is needed here".into());
    }
    if !meta.is_file() {
        return Err("it is no regular file; remove it".into());
    }
    within(File::open(path).map_err(explain)?, most)
}

/// An I/O error with the way out, where the path stands in a file and not on the command line.
pub(crate) fn explain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such file or folder; check the spelling".to_owned()
        }
        _ => walk::explain(error),
    }
}

fn within(file: File, most: u64) -> Result<Vec<u8>, String> {
    let told = file.metadata().map_or(0, |meta| meta.len());
    let too_large = || format!("it has more than {} MiB; split it", most >> 20);
    if told > most {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(told as usize);
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| walk::explain(&error))?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}
