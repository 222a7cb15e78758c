//! What trees ask about: a score only changes with the answers.

use crate::Trees;
use crate::trees::Split;

/// The thresholds of an ensemble of trees, by feature.
#[derive(Clone, Debug)]
pub struct Borders(Vec<Vec<i16>>);

impl Borders {
    /// Those of the trees.
    pub fn of(trees: &Trees<'_>) -> Self {
        let mut thresholds = vec![Vec::new(); trees.features()];
        for Split { feature, threshold } in trees.splits() {
            thresholds[usize::from(feature)].push(threshold);
        }
        for thresholds in &mut thresholds {
            thresholds.sort_unstable();
            thresholds.dedup();
        }
        Self(thresholds)
    }

    /// Whether a question of the trees has another answer for one row than for the other. If none has, they have one score.
    pub fn tell_apart(&self, a: &[i16], b: &[i16]) -> bool {
        // A value is above a threshold or not, so that one that lies from the smaller value up to below the greater
        // one tells them apart.
        let is_between = |thresholds: &[i16], a: i16, b: i16| {
            thresholds[thresholds.partition_point(|&t| t < a.min(b))..]
                .first()
                .is_some_and(|&t| t < a.max(b))
        };
        a != b
            && a.iter()
                .zip(b)
                .zip(&self.0)
                .any(|((&a, &b), thresholds)| a != b && is_between(thresholds, a, b))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::trees::{Tree, encode};

    fn split() -> impl Strategy<Value = Split> {
        (0_u16..3, -4_i16..4).prop_map(|(feature, threshold)| Split { feature, threshold })
    }

    #[test]
    fn a_threshold_lies_below_what_is_above_it() {
        let tree = Tree { splits: vec![Split { feature: 1, threshold: 5 }], leaves: vec![-7, 7] };
        let bytes = encode(2, 0, &[tree]);
        let borders = Borders::of(&Trees::open(&bytes).expect("well formed"));
        assert!(borders.tell_apart(&[0, 5], &[0, 6]));
        assert!(!borders.tell_apart(&[0, 4], &[9, 5]));
        assert!(!borders.tell_apart(&[0, 6], &[0, 7]));
    }

    proptest! {
        #[test]
        fn rows_that_are_not_told_apart_have_one_score(
            splits in prop::collection::vec(split(), 2),
            a in prop::array::uniform3(-5_i16..5),
            b in prop::array::uniform3(-5_i16..5),
        ) {
            // Each leaf by itself, so that an answer that differs shows.
            let bytes = encode(3, 0, &[Tree { splits, leaves: vec![1, 2, 3, 4] }]);
            let trees = Trees::open(&bytes).expect("well formed");
            let mut scores = [0; 2];
            trees.score(&[a, b].concat(), &mut scores);
            prop_assert_eq!(Borders::of(&trees).tell_apart(&a, &b), scores[0] != scores[1]);
        }
    }
}
