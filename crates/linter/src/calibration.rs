//! How clean texts score: where `rarity` comes from.

use unspin_lint::Calibration;

/// Scores of 18,153 clean texts of 40 words or more (10.3 million words of press releases, government prose and
/// textbooks), the fifth of the corpora that no count in the model has seen. The weights of phrases were set with that
/// fifth in view, so the table says little of their rarest tail; of other rules' findings it is an honest sample.
/// Measured by `cargo run --release -p unspin-train -- calibrate`.
pub(crate) static CLEAN: Calibration = Calibration {
    steps: &[
        (-9500, 24),
        (-8000, 23),
        (-7000, 22),
        (-6500, 20),
        (-6000, 16),
        (-5500, 5),
        (-5000, 4),
        (-4500, 2),
        (-4000, 1),
        (-3500, 0),
    ],
    documents: 18_153,
};
