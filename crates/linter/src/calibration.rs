//! How clean texts score: where `rarity` comes from.

use unspin_lint::{Calibration, LengthClass};

/// Scores of 18,153 clean texts of 40 words or more (10.3 million words of press releases, government prose, textbooks
/// and speeches), the fifth of the corpora that no count in the model and no training text has seen. The weights of
/// phrases were set with that fifth in view; for the scorer and the gate it is an honest sample, but of no news. Four
/// are called reworded: two presidents' inaugural addresses, a textbook chapter and an old text of the mixed corpus MASC.
/// Measured by `cargo run --release -p unspin-train -- calibrate`.
pub(crate) static CLEAN: Calibration = Calibration {
    lengths: &[
        LengthClass {
            below: 150,
            steps: &[(-8500, 1386), (-6000, 12), (-5500, 6), (-5000, 5), (-4500, 1), (-4000, 0)],
            documents: 1386,
        },
        LengthClass {
            below: 400,
            steps: &[
                (-8500, 8158),
                (-8000, 18),
                (-7500, 16),
                (-6500, 12),
                (-6000, 11),
                (-5500, 9),
                (-5000, 8),
                (-4000, 7),
                (-3500, 6),
                (-3000, 5),
                (-2000, 3),
                (4000, 2),
                (4500, 1),
                (5000, 0),
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
                (-6000, 17),
                (-5500, 15),
                (-5000, 13),
                (-4500, 9),
                (-4000, 8),
                (-3000, 4),
                (-2500, 3),
                (-1500, 2),
                (2500, 1),
                (3000, 0),
            ],
            documents: 6717,
        },
        LengthClass {
            below: usize::MAX,
            steps: &[
                (-8500, 1892),
                (-8000, 120),
                (-7500, 119),
                (-7000, 117),
                (-6000, 116),
                (-5500, 113),
                (-5000, 111),
                (-4500, 110),
                (-4000, 104),
                (-3500, 94),
                (-3000, 79),
                (-2500, 64),
                (-2000, 50),
                (-1500, 39),
                (-1000, 27),
                (-500, 23),
                (0, 17),
                (1000, 15),
                (1500, 13),
                (2000, 9),
                (2500, 6),
                (4000, 5),
                (4500, 3),
                (5000, 2),
                (5500, 0),
            ],
            documents: 1892,
        },
    ],
};
