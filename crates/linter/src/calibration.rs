//! How clean texts score: where `rarity` comes from.

use unspin_lint::{Calibration, LengthClass};

/// Scores of 18,153 clean texts of 40 words or more (10.3 million words of press releases, government prose, textbooks
/// and speeches), the fifth of the corpora that no count in the model and no training text has seen. The weights of
/// phrases were set with that fifth in view; for the scorer and the gate it is an honest sample, but of no news. Four
/// are called reworded: three presidents' inaugural addresses and a textbook.
/// Measured by `cargo run --release -p unspin-train -- calibrate`.
pub(crate) static CLEAN: Calibration = Calibration {
    lengths: &[
        LengthClass {
            below: 150,
            steps: &[(-8500, 1386), (-3000, 9), (-2500, 0)],
            documents: 1386,
        },
        LengthClass {
            below: 400,
            steps: &[
                (-8500, 8158),
                (-8000, 19),
                (-7500, 17),
                (-6500, 13),
                (-3000, 12),
                (-2500, 6),
                (-1500, 5),
                (-1000, 3),
                (500, 2),
                (1000, 1),
                (1500, 0),
            ],
            documents: 8158,
        },
        LengthClass {
            below: 1000,
            steps: &[
                (-8500, 6717),
                (-8000, 24),
                (-7500, 23),
                (-6500, 18),
                (-5500, 17),
                (-3000, 16),
                (-2500, 8),
                (-2000, 5),
                (-1000, 3),
                (0, 1),
                (500, 0),
            ],
            documents: 6717,
        },
        LengthClass {
            below: usize::MAX,
            steps: &[
                (-8500, 1892),
                (-8000, 124),
                (-7500, 123),
                (-7000, 121),
                (-3000, 120),
                (-2500, 111),
                (-2000, 81),
                (-1500, 60),
                (-1000, 47),
                (-500, 36),
                (0, 28),
                (500, 23),
                (1000, 18),
                (1500, 12),
                (2500, 10),
                (3000, 8),
                (3500, 6),
                (4000, 5),
                (4500, 4),
                (5500, 3),
                (6000, 1),
                (6500, 0),
            ],
            documents: 1892,
        },
    ],
};
