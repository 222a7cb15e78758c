//! How much more often two words stand side by side than chance would have it.

use unspin_model::{Bigrams, Lexicon, WordId};

/// Half a sighting is added to what was seen and to what was expected (a Jeffreys prior), in hundredths of log10.
const HALF: i32 = -30;

/// `100 log10(1 + 10^(-d / 100))` for `d` = 0, 5, 10, ...: what the smaller of two summands adds to the greater.
const ADDED: [u8; 40] = [
    30, 28, 25, 23, 21, 19, 18, 16, 15, 13, 12, 11, 10, 9, 8, 7, 6, 6, 5, 5, 4, 4, 3, 3, 3, 2, 2,
    2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
];

/// `100 log10(10^(a / 100) + 10^(b / 100))`, to a hundredth or two.
pub(crate) const fn log_add(a: i32, b: i32) -> i32 {
    let (high, low) = if a >= b { (a, b) } else { (b, a) };
    // The last of the table is 0, and stands for all that are further apart.
    let at = (high - low).unsigned_abs() as usize / 5;
    high + ADDED[if at < ADDED.len() { at } else { ADDED.len() - 1 }] as i32
}

/// By count code, hundredths of log10 of the count, [`HALF`] if unseen; and of the count and a half.
const SEEN: [[i32; 2]; Bigrams::CODES] = {
    let mut seen = [[HALF, HALF]; Bigrams::CODES];
    let mut code = 0;
    while code < Bigrams::CODES {
        if let Some(count) = Bigrams::log10_of(code as u8) {
            seen[code] = [count, log_add(count, HALF)];
        }
        code += 1;
    }
    seen
};

/// What is known of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Association {
    /// Hundredths of log10 of (seen + 1/2) / (expected + 1/2).
    pub(crate) score: i32,
    /// Hundredths of log10 of the count, -30 if unseen.
    pub(crate) seen: i32,
}

/// The association of `first` and the word after it.
#[inline]
pub(crate) fn association(
    lexicon: &Lexicon<'_>,
    bigrams: &Bigrams<'_>,
    first: WordId,
    second: WordId,
) -> Association {
    let expected =
        lexicon.log10_hundredths(first) + lexicon.log10_hundredths(second) + bigrams.log10_total();
    Association::of(bigrams.code(first, second), expected)
}

impl Association {
    /// The association of a pair with this count code, of which so many were expected: hundredths of log10.
    #[inline]
    pub(crate) fn of(code: u8, expected: i32) -> Self {
        let [seen, smoothed] = SEEN[usize::from(code) % Bigrams::CODES];
        Self { score: smoothed - log_add(expected, HALF), seen }
    }
}

#[cfg(test)]
mod tests {
    use super::log_add;

    #[test]
    fn sums_of_logarithms_are_right_to_two_hundredths() {
        for a in (-600..600).step_by(7) {
            for b in (-600..600).step_by(11) {
                let exact =
                    100.0 * (10f64.powf(a as f64 / 100.0) + 10f64.powf(b as f64 / 100.0)).log10();
                assert!((f64::from(log_add(a, b)) - exact).abs() < 2.6, "{a} {b}");
            }
        }
    }
}
