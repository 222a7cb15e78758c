//! The layout of the corpora: zstd, sections (a senator, a book) between `##### ` lines, documents between `### ` lines.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context;

/// What comes next in an archive.
pub(crate) enum Piece<'t> {
    /// The text of a document; invalid UTF-8 is replaced.
    Document(&'t str),
    /// The end of a section.
    SectionEnd,
}

/// Calls `visit` with each piece of an archive, in order.
pub(crate) fn read(path: &Path, mut visit: impl FnMut(Piece<'_>)) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut lines = BufReader::new(zstd::Decoder::new(file)?);
    let (mut bytes, mut text) = (Vec::new(), String::new());
    while lines.read_until(b'\n', &mut bytes)? > 0 {
        let line = String::from_utf8_lossy(&bytes);
        let section = line.starts_with("##### ");
        if section || line.starts_with("### ") {
            visit(Piece::Document(&text));
            text.clear();
        } else {
            text.push_str(&line);
        }
        if section {
            visit(Piece::SectionEnd);
        }
        bytes.clear();
    }
    visit(Piece::Document(&text));
    visit(Piece::SectionEnd);
    Ok(())
}
