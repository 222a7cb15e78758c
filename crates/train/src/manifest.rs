//! What a model file was made from, written beside it.

use std::fmt::Write;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The manifest, in the order in which it is written.
#[derive(Debug, Serialize)]
pub(crate) struct Manifest {
    /// Bytes of the model file.
    pub(crate) bytes: usize,
    /// Digest of the whole file.
    pub(crate) sha256: String,
    /// Digest of everything after the header, as the header has it.
    pub(crate) content: String,
    /// The command that builds it, but for the folders of this machine.
    pub(crate) command: String,
    /// Entries of the vocabulary.
    pub(crate) words: usize,
    /// Of these: used in lower case.
    pub(crate) ordinary_words: usize,
    /// Of these: used as names.
    pub(crate) name_words: usize,
    /// Of these: in some word list.
    pub(crate) listed_words: usize,
    /// Names in the gazetteer.
    pub(crate) names: usize,
    /// Documents counted.
    pub(crate) documents: u64,
    /// Words counted, before clipping.
    pub(crate) corpus_words: u64,
    /// Everything read, in order.
    #[serde(rename = "source")]
    pub(crate) sources: Vec<Source>,
}

/// A file or folder that was read.
#[derive(Debug, Serialize)]
pub(crate) struct Source {
    name: String,
    licence: &'static str,
    /// Of a file, its digest; of a folder, that of its `sha256  name` lines, sorted by name.
    sha256: String,
}

impl Source {
    pub(crate) fn new(name: &str, licence: &'static str, path: &Path) -> anyhow::Result<Self> {
        Ok(Self { name: name.to_owned(), licence, sha256: digest(path)? })
    }
}

fn digest(path: &Path) -> anyhow::Result<String> {
    if path.is_dir() {
        let lines = files(path)?
            .iter()
            .map(|file| {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                Ok(format!("{}  {name}\n", digest(file)?))
            })
            .collect::<anyhow::Result<String>>()?;
        return Ok(hexadecimal(&Sha256::digest(lines)));
    }
    let mut file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&hasher.finalize())),
            n => hasher.update(&buffer[..n]),
        }
    }
}

/// The files of a folder, not of those inside it, sorted by name.
pub(crate) fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = fs::read_dir(folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<anyhow::Result<Vec<_>>>()?;
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

/// `bytes` in lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").expect("a string takes any text");
        out
    })
}
