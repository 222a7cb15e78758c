//! Arrays of Arrow.

use arrow_array::{ArrayRef, StructArray};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use unspin_linter::Linter;

use crate::columns::struct_of;
use crate::{Asked, NotTexts, Outcome, Texts, score_text};

/// Scores an array of texts on the rayon pool that this is called in: as many rows of [`columns`](crate::columns), none
/// of them null as a whole. The texts are not copied, unless the array is a dictionary.
///
/// # Errors
/// If the array holds no texts.
pub fn score_array(
    linter: &Linter,
    texts: ArrayRef,
    asked: Asked,
) -> Result<StructArray, NotTexts> {
    let outcomes = outcomes_of(linter, &Texts::new(texts)?, asked);
    Ok(struct_of(&outcomes, asked.findings))
}

/// What comes of each text.
pub(crate) fn outcomes_of(linter: &Linter, texts: &Texts, asked: Asked) -> Vec<Outcome> {
    let one = |at| texts.get(at).map_or(Outcome::Empty, |text| score_text(linter, text, asked));
    (0..texts.len()).into_par_iter().map(one).collect()
}
