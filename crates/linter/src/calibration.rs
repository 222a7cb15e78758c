//! How clean texts score: where `rarity` comes from.

use unspin_lint::Calibration;

/// Scores of 18,153 clean texts of 40 words or more (10.3 million words of press releases, government prose and
/// textbooks), the fifth of the corpora that no count in the model has seen. The weights of phrases were set with that
/// fifth in view, so the table says little of their rarest tail; of other rules' findings it is an honest sample.
/// Measured by `cargo run --release -p unspin-train -- calibrate`.
pub(crate) static CLEAN: Calibration = Calibration {
    steps: &[
        (-9500, 58),
        (-9000, 57),
        (-8000, 56),
        (-7500, 55),
        (-7000, 54),
        (-6500, 50),
        (-6000, 40),
        (-5500, 33),
        (-5000, 31),
        (-4500, 8),
        (-3500, 2),
        (-1500, 1),
        (-1000, 0),
    ],
    documents: 18_153,
};
