//! Which part of the corpora a document belongs to.
//!
//! What is counted into the model must not also train a detector on top of it, or calibrate that:
//! a text inside the counts looks too clean. The hash is of the text, not of its name, so that a
//! copy under another name falls into the same part. Of clean news that is no corpus of ours, the number in a file's name
//! tells.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::manifest::files;

/// A part of the corpora; no document is in two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Counted into the model: three fifths.
    Counts,
    /// Trains detectors: one fifth.
    Training,
    /// Calibrates them: one fifth.
    Calibration,
}

impl Part {
    /// The part of a document: by the first byte of the SHA-256 of its text.
    pub(crate) fn of(text: &str) -> Self {
        match Sha256::digest(text)[0] {
            0..=153 => Self::Counts,
            154..=204 => Self::Training,
            205.. => Self::Calibration,
        }
    }
}

/// Those files of a folder of clean news that may set thresholds, sorted by name.
///
/// # Errors
/// If the folder cannot be listed.
pub(crate) fn even_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = files(folder)?;
    paths.retain(|path| is_even(path));
    Ok(paths)
}

/// Whether the first number in a file's name is even: these files may set thresholds, the others test them.
fn is_even(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let digits: String =
        name.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.bytes().last().is_some_and(|digit| (digit - b'0').is_multiple_of(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_their_shares_and_stay_the_same() {
        let parts: Vec<Part> = (0..2000).map(|i| Part::of(&format!("text {i}"))).collect();
        let share = |part| parts.iter().filter(|&&p| p == part).count();
        assert!((1130..1270).contains(&share(Part::Counts)));
        assert!((340..460).contains(&share(Part::Training)));
        assert!((340..460).contains(&share(Part::Calibration)));
        assert_eq!(parts, (0..2000).map(|i| Part::of(&format!("text {i}"))).collect::<Vec<_>>());
    }

    #[test]
    fn even_numbers_in_names_are_told() {
        assert!(is_even(Path::new("/a1/00012_x_001.txt")));
        assert!(!is_even(Path::new("/a2/00013.txt")));
        assert!(!is_even(Path::new("/a2/readme.txt")));
    }
}
