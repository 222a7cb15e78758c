//! The tables are what their headers promise: sorted, normalised, and no larger than the rules make necessary.

#[path = "../examples/exceptions/agree.rs"]
mod agree;

use proptest::prelude::*;
use unspin_lang::{
    Form, Occurrence, Table, article, forms, inflect, lemmas, split_possessive, transfer_case,
};

const TABLES: [(&str, &str, Table); 5] = [
    ("inflections", include_str!("../data/inflections.tsv"), Table::INFLECTIONS),
    ("lemmas", include_str!("../data/lemmas.tsv"), Table::LEMMAS),
    ("articles", include_str!("../data/articles.tsv"), Table::ARTICLES),
    ("abbreviations", include_str!("../data/abbreviations.tsv"), Table::ABBREVIATIONS),
    ("function_words", include_str!("../data/function_words.tsv"), Table::FUNCTION_WORDS),
];

#[test]
fn every_table_names_its_source_licence_and_columns() {
    for (name, text, _) in TABLES {
        for field in ["# source: ", "# licence: ", "# columns: "] {
            assert!(
                text.lines()
                    .take_while(|line| line.starts_with('#'))
                    .any(|line| line.starts_with(field)),
                "{name} {field}"
            );
        }
    }
}

#[test]
fn every_table_is_sorted_and_normalised() {
    for (name, text, table) in TABLES {
        assert!(text.ends_with('\n') && !text.contains('\r'), "{name}");
        let rows = table.rows().collect::<Vec<_>>();
        assert_eq!(
            rows.len(),
            text.lines().filter(|line| !line.starts_with('#')).count(),
            "{name}: a row without a tab"
        );
        for (key, value) in &rows {
            assert!(key.bytes().all(|b| b.is_ascii_lowercase() || b == b'\''), "{name}: {key}");
            assert!(
                !value.is_empty() && value.trim() == *value && !value.contains('\t'),
                "{name}: {key}"
            );
        }
        for pair in rows.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{name}: {} before {}", pair[0].0, pair[1].0);
        }
    }
}

#[test]
fn every_row_is_found() {
    for (name, _, table) in TABLES {
        for (key, value) in table.rows() {
            assert_eq!(table.get(key), Some(value), "{name}: {key}");
        }
    }
}

#[test]
fn no_row_says_what_the_rules_say_already() {
    for (lemma, row) in Table::INFLECTIONS.rows() {
        assert_eq!(agree::wrong_cells(lemma, row).join(" "), row, "{lemma}");
    }
    for (word, row) in Table::LEMMAS.rows() {
        assert!(!agree::reads_right(word, row), "{word}");
    }
    for (word, row) in Table::ARTICLES.rows() {
        assert!(!agree::article_right(word, row), "{word}");
    }
}

#[test]
fn what_the_lemma_table_undoes_inflection_does_again() {
    let (mut there_and_back, mut all) = (0, 0);
    for (word, _) in Table::LEMMAS.rows() {
        for reading in lemmas(word) {
            let lemma = reading.lemma.to_string();
            for form in reading.forms.iter().filter(|&form| form != Form::Base) {
                all += 1;
                there_and_back += u32::from(
                    forms(&lemma).any(|(made, spelling)| made == form && spelling == word),
                );
            }
        }
    }
    assert!(all > 1_000, "only {all} readings");
    assert!(there_and_back * 1000 >= all * 995, "{there_and_back} of {all}");
}

#[test]
fn inflected_spellings_of_the_inflection_table_lead_back_to_their_lemma() {
    let (mut back, mut all) = (0, 0);
    for (lemma, row) in Table::INFLECTIONS.rows() {
        for spelling in row.split([' ', '|', ':']).filter(|part| part.len() > 1 && *part != lemma) {
            all += 1;
            back += u32::from(lemmas(spelling).any(|reading| reading.lemma.is(lemma)));
        }
    }
    assert!(all > 2_000, "only {all} spellings");
    assert!(back * 100 >= all * 95, "{back} of {all}");
}

proptest! {
    #[test]
    fn any_text_is_taken_without_panic(word in "\\PC{0,12}", other in "\\PC{0,12}") {
        prop_assert!(lemmas(&word).all(|reading| !reading.forms.is_empty()));
        let (stem, ending) = split_possessive(&word);
        prop_assert_eq!(format!("{stem}{ending}"), word.clone());
        let _ = article(&word);
        let _ = transfer_case(&word, &other);
        for form in Form::ALL {
            let _ = inflect(&word, form);
        }
        let found = word.split(' ').collect::<Vec<_>>();
        let pattern = other.split(' ').collect::<Vec<_>>();
        let _ = Occurrence { before: Some(&other), found: &found, pattern: &pattern }.replace(&word);
    }

    #[test]
    fn letters_of_any_kind_in_regular_endings_do_not_panic(stem in "[a-zé\u{2019}']{0,6}", ending in "(s|es|ies|ed|ied|ing|iest|men|man|y|e)") {
        let word = format!("{stem}{ending}");
        for reading in lemmas(&word) {
            let mut buffer = String::new();
            reading.lemma.write_to(&mut buffer);
            prop_assert!(reading.lemma.is(&buffer));
        }
        prop_assert_eq!(lemmas(&word).map(|r| r.lemma.to_string()).collect::<Vec<_>>(),
            lemmas(&word.to_ascii_uppercase()).map(|r| r.lemma.to_string()).collect::<Vec<_>>());
    }
}
