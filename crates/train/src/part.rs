//! Which part of the corpora a document belongs to.
//!
//! What is counted into the model must not also train a detector on top of it, or calibrate that:
//! a text inside the counts looks too clean. The hash is of the text, not of its name, so that a
//! copy under another name falls into the same part.

use sha2::{Digest, Sha256};

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
}
