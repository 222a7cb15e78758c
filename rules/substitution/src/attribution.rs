//! What the features of a word do to its score, for whoever asks.
//!
//! Each is compared with its median over the words of a plain passage of news that the program carries
//! (`reference.txt`), computed with the model that scored the word: what would the score be if this one feature were
//! that of a typical word? The words of the text itself would be no measure of what they all share, such as
//! `document-odds`. The figure means no more than [`Attribution`] says: it is no part of a sum, and where several
//! features say much the same thing, each alone may move little.

use unspin_lint::{Attribution, LogOdds};
use unspin_model::{Statistics, Trees};
use unspin_text::Document;

use crate::candidates::All;
use crate::features::{self, COUNT, NAMES};
use crate::units;

/// Plain news, written for the project.
const PASSAGE: &str = include_str!("../reference.txt");
/// Most features told of a word.
const MOST: usize = 6;
/// What moves the score less than this is not told: thousandths of a nat.
const LEAST: i32 = 50;

/// The features of a typical word.
pub(crate) struct Reference(Vec<i16>);

impl Reference {
    /// Of the passage, by the statistics of a model. Costs about what scoring a page does.
    pub(crate) fn of(statistics: &Statistics<'_>) -> Self {
        let document = Document::new(PASSAGE.as_bytes());
        let units = units(&document, &statistics.lexicon);
        Self(medians(&features::rows(&document, statistics, &units, &All).values))
    }

    /// The features that move the score of a word most, the greatest first.
    pub(crate) fn attributions(&self, trees: &Trees<'_>, row: &[i16]) -> Vec<Attribution> {
        let moves = trees.ablate(row, &self.0);
        let mut told: Vec<Attribution> = (0..COUNT)
            .filter(|&i| moves[i].abs() >= LEAST)
            .map(|i| Attribution {
                feature: NAMES[i],
                value: row[i].into(),
                reference: self.0[i].into(),
                moves: LogOdds::from_milli(moves[i]),
            })
            .collect();
        // Stable, so that equals stay in the order of `NAMES`.
        told.sort_by_key(|a| std::cmp::Reverse(a.moves.milli().abs()));
        told.truncate(MOST);
        told
    }
}

/// The median of each column of rows of [`COUNT`] values, the upper one of an even number; zeros without a row.
fn medians(values: &[i16]) -> Vec<i16> {
    let median = |feature| {
        let mut column: Vec<i16> = values.iter().skip(feature).step_by(COUNT).copied().collect();
        let middle = column.len() / 2;
        if column.is_empty() { 0 } else { *column.select_nth_unstable(middle).1 }
    };
    (0..COUNT).map(median).collect()
}

#[cfg(test)]
mod tests {
    use unspin_model::Model;

    use super::*;
    use crate::score::{ODD, score};

    fn model() -> (Statistics<'static>, Trees<'static>) {
        let model = Model::embedded();
        (model.statistics().expect("it has some"), model.scorer().expect("it has one"))
    }

    #[test]
    fn a_median_is_of_its_own_column() {
        let mut values = vec![0; 3 * COUNT];
        for (row, (first, last)) in [(7, -1), (5, -3), (6, -2)].into_iter().enumerate() {
            values[row * COUNT] = first;
            values[row * COUNT + COUNT - 1] = last;
        }
        let medians = medians(&values);
        assert_eq!((medians[0], medians[1], medians[COUNT - 1]), (6, 0, -2));
    }

    #[test]
    fn the_reference_is_a_word_that_nobody_would_mark() {
        let (statistics, trees) = model();
        let reference = Reference::of(&statistics);
        let mut typical = [0];
        trees.score(&reference.0, &mut typical);
        assert!(typical[0] < ODD.milli() - 2_000, "{}", typical[0]);
        assert_eq!(reference.attributions(&trees, &reference.0), []);
        let document = Document::new(PASSAGE.as_bytes());
        let (_, scores) =
            score(&document, &statistics, &trees, &units(&document, &statistics.lexicon));
        let odd = scores.iter().filter(|&&s| s >= ODD.milli()).count();
        assert!(scores.len() > 250 && odd * 50 < scores.len(), "{odd} of {}", scores.len());
    }

    #[test]
    fn an_attribution_is_the_score_less_the_score_without_the_feature() {
        let (statistics, trees) = model();
        let reference = Reference::of(&statistics);
        let text = "The boats usher in food, remedy and maximum of the cash that the islands earn.";
        let document = Document::new(text.as_bytes());
        let units = units(&document, &statistics.lexicon);
        let (rows, scores) = score(&document, &statistics, &trees, &units);
        let mut told = 0;
        for (i, &own) in scores.iter().enumerate() {
            let attributions = reference.attributions(&trees, rows.row(i));
            for one in &attributions {
                let feature = NAMES.iter().position(|name| *name == one.feature).expect("named");
                assert_eq!(one.value, i32::from(rows.row(i)[feature]));
                let mut without = rows.row(i).to_vec();
                without[feature] = one.reference as i16;
                let mut score = [0];
                trees.score(&without, &mut score);
                assert_eq!(one.moves.milli(), own - score[0], "{}", one.feature);
            }
            assert!(attributions.is_sorted_by_key(|a| -a.moves.milli().abs()));
            told += attributions.len();
        }
        assert!(told > 10, "{told}");
    }
}
