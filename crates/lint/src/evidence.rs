//! Evidence as integers, so that a threshold falls the same way on every machine.

use std::ops::{Add, AddAssign};

use serde::{Deserialize, Serialize};

/// Log-odds in thousandths of a nat: how much likelier a sight is in reworded text than in clean text.
///
/// Sums stay integers; a probability is computed only to be shown or to read a setting.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct LogOdds(i32);

impl LogOdds {
    /// No evidence either way; a probability of one half.
    pub const EVEN: Self = Self(0);

    /// From thousandths of a nat.
    pub const fn from_milli(milli: i32) -> Self {
        Self(milli)
    }

    /// From nats, rounded to a thousandth.
    pub fn from_nats(nats: f64) -> Self {
        Self((nats * 1000.0).round() as i32)
    }

    /// The log-odds `ln(p / (1 - p))` of a probability, held within +-20 nats.
    pub fn from_probability(p: f64) -> Self {
        Self::from_nats((p.ln() - (1.0 - p).ln()).clamp(-20.0, 20.0))
    }

    /// In thousandths of a nat.
    pub const fn milli(self) -> i32 {
        self.0
    }

    /// In nats.
    pub fn nats(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// As a probability, 0 to 1 (the logistic function).
    pub fn probability(self) -> f64 {
        1.0 / (1.0 + (-self.nats()).exp())
    }
}

impl Add for LogOdds {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for LogOdds {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

#[cfg(test)]
mod tests {
    use super::LogOdds;

    #[test]
    fn probabilities_round_trip_within_a_thousandth() {
        for p in [0.001, 0.05, 0.5, 0.8, 0.999] {
            assert!((LogOdds::from_probability(p).probability() - p).abs() < 1e-3);
        }
        assert_eq!(LogOdds::from_probability(1.0), LogOdds::from_nats(20.0));
    }
}
