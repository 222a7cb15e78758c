//! Whether a row says what the regular rules say already: the one measure for deriving the tables and testing them.

use unspin_lang::article::{Article, by_rule};
use unspin_lang::lemma::lemmas_by_rule;
use unspin_lang::{Form, Forms, spelling};

/// The cells of `row` that are not exactly what the rules make of `lemma`.
pub(crate) fn wrong_cells<'r>(lemma: &str, row: &'r str) -> Vec<&'r str> {
    row.split(' ')
        .filter(|cell| {
            let (letter, wanted) = cell.split_once(':').expect("a cell is letter:spelling");
            let form =
                letter.chars().next().and_then(Form::from_letter).expect("a cell names a form");
            spelling::inflect(lemma, form).as_deref().unwrap_or("-") != wanted
        })
        .collect()
}

/// Whether the rules find the same lemmas, in forms that hold the gold ones. That a word in -ing or -ed is also a
/// word of its own counts neither way.
pub(crate) fn reads_right(word: &str, row: &str) -> bool {
    let base = Forms::of(&[Form::Base]);
    let ambiguous = word.ends_with("ing") || word.ends_with("ed");
    let gold = row.split(' ').map(|reading| {
        let (lemma, letters) = reading.split_once(':').expect("a reading is lemma:forms");
        (lemma, Forms::from_letters(letters))
    });
    let wanted = gold.clone().filter(|&(_, forms)| forms != base).count();
    let inflected = lemmas_by_rule(word).filter(|reading| reading.forms != base).count();
    if wanted != inflected {
        return false;
    }
    gold.into_iter().filter(|&(_, forms)| forms != base || (wanted == 0 || !ambiguous)).all(
        |(lemma, forms)| {
            lemmas_by_rule(word)
                .any(|reading| reading.lemma.is(lemma) && reading.forms.contains_all(forms))
        },
    )
}

/// Whether spelling alone gives the article of `row`.
pub(crate) fn article_right(word: &str, row: &str) -> bool {
    match row {
        "a" => by_rule(word) == Article::A,
        "an" => by_rule(word) == Article::An,
        _ => false,
    }
}
