//! How clean texts score: where `rarity` comes from.

use unspin_lint::Calibration;

/// Scores of clean reference texts; `crates/train` measures them (`unspin-train calibrate`).
pub(crate) static CLEAN: Calibration = Calibration { steps: &[], documents: 0 };
