use unspin_text::Document;

use super::{Ranking, rank};
use crate::search::{Contents, Query};

const ORIGINAL: &str = "The council of Fernby voted on Tuesday to close the Marsh Lane library after 112 years. \
    Mayor Anna Holt said the roof alone would cost 40,000 crowns to mend. \"We have put this off for as long as we \
    could,\" she told reporters. Campaigners led by Peter Quill gathered 3,100 signatures against the closure and \
    plan to go to court in Osk before the doors shut in June.";
const REWORDED: &str = "The board of Fernby voted on Tuesday to shut the Marsh Lane library after 112 years. Mayor \
    Anna Holt stated the rooftop alone might price forty thousand crowns to repair. \"We have put this off for as \
    long as we could,\" she informed newshounds. Campaigners led through Peter Quill accumulated 3,100 signatures \
    towards the closure and plan to visit courtroom in Osk earlier than the doorways close in June.";
const FOLLOW_UP: &str = "A judge in Osk has refused to halt the sale of reading rooms across the county. Mayor Anna \
    Holt welcomed the ruling. Nine branches will be sold by the spring, and their books will go to schools. The \
    county hopes to raise two million crowns, which would pay for buses to the branches that remain.";
const OTHER: &str = "The ferry between Linholt and the islands will run every hour from next week. Captain Josef \
    Rudd said that the new boat carries sixty cars and rarely needs more than four of its crew on deck. Fares rise \
    by a tenth, the first change in six years, and islanders travel free on Sundays.";

fn ranked(reworded: &str, archive: &[&str]) -> Ranking {
    let query = Query::new(&Document::new(reworded.as_bytes()));
    let sketches: Vec<_> =
        archive.iter().map(|text| query.score(&Document::new(text.as_bytes()))).collect();
    rank(&query, &sketches, archive.len())
}

fn order(ranking: &Ranking) -> Vec<usize> {
    ranking.ranked.iter().map(|ranked| ranked.candidate).collect()
}

#[test]
fn the_original_comes_first_and_alone_is_likely() {
    let ranking = ranked(REWORDED, &[OTHER, FOLLOW_UP, ORIGINAL]);
    assert_eq!(order(&ranking), [2, 1, 0]);
    let likely: Vec<bool> = ranking.ranked.iter().map(|ranked| ranked.is_likely).collect();
    assert_eq!(likely, [true, false, false]);
    assert_eq!(ranking.documents, 3);
}

#[test]
fn without_the_original_nothing_is_likely_in_an_archive_of_any_size() {
    for archive in [&[][..], &[OTHER], &[FOLLOW_UP], &[OTHER, FOLLOW_UP, OTHER, FOLLOW_UP]] {
        assert!(ranked(REWORDED, archive).ranked.iter().all(|ranked| !ranked.is_likely));
    }
    assert!(ranked(REWORDED, &[ORIGINAL]).ranked[0].is_likely, "an archive of one text");
}

#[test]
fn the_reasons_are_told_as_the_reworded_text_writes_them() {
    let shared = ranked(REWORDED, &[OTHER, ORIGINAL]).ranked.remove(0).shared;
    for name in ["Marsh Lane", "Mayor Anna Holt", "Peter Quill", "Fernby", "Osk"] {
        assert!(shared.names.iter().any(|told| told == name), "{name}: {shared:?}");
    }
    assert!(!shared.names.iter().any(|told| told == "Quill"), "{shared:?}");
    assert_eq!(shared.numbers, ["112", "forty thousand", "3,100"]);
    assert_eq!(shared.quotations, ["\"We have put this off for as long as we could,\""]);
    assert_eq!(shared.words, [""; 0], "three texts do not tell which words are rare");
}

#[test]
fn the_reworded_text_itself_is_first_and_marked_and_changes_no_weight() {
    let archive = [OTHER, ORIGINAL, FOLLOW_UP];
    let without = ranked(REWORDED, &archive);
    let with = ranked(REWORDED, &[&archive[..], &[&REWORDED.replace(' ', "\n")]].concat());
    assert_eq!(order(&with), [3, 1, 2, 0]);
    assert!(with.ranked[0].is_identical && with.ranked[0].is_likely);
    assert_eq!(with.ranked[1..], without.ranked[..]);
}

#[test]
fn a_pile_of_all_texts_does_not_come_before_the_original() {
    let many: Vec<String> = (0..40).map(|n| format!("{OTHER} {FOLLOW_UP} Day {n}.")).collect();
    let pile = format!("{} {ORIGINAL}", many.join(" "));
    let mut archive: Vec<&str> = many.iter().map(String::as_str).collect();
    archive.extend([&pile, ORIGINAL]);
    let ranking = ranked(REWORDED, &archive);
    assert_eq!(order(&ranking)[..2], [41, 40]);
    assert!(ranking.ranked[0].shared.words.iter().any(|word| word == "signatures"), "{ranking:?}");
}

#[test]
fn one_passage_of_a_longer_text_makes_none_likely() {
    let passage = &REWORDED[..REWORDED.find("Campaigners").unwrap()];
    let ranking = ranked(&format!("{FOLLOW_UP} {OTHER} {passage}"), &[ORIGINAL]);
    assert!(ranking.ranked[0].shared.names.iter().any(|name| name == "Marsh Lane"));
    assert!(!ranking.ranked[0].is_likely);
}

#[test]
fn a_text_without_words_shares_nothing_and_is_found_nowhere() {
    let ranking = ranked("", &["", ORIGINAL, "..."]);
    assert!(ranking.ranked.iter().all(|ranked| !ranked.is_likely && !ranked.is_identical));
    assert_eq!(order(&ranking), [0, 1, 2]);
    assert!(!ranked(REWORDED, &["", "..."]).ranked[0].is_likely);
}

#[test]
fn names_are_found_with_other_dots_and_numbers_in_other_words() {
    let reworded = "Officials of the U.S. agency met envoy Tomas Berg over three visits in 1994.";
    let original = "Tomas Berg, the envoy, saw US agency staff on 3 visits in 1994.";
    let mut shared = ranked(reworded, &[original, OTHER]).ranked.remove(0).shared;
    shared.names.sort();
    assert_eq!(shared.names, ["Tomas Berg", "U.S."]);
    assert_eq!(shared.numbers, ["three", "1994"]);
}

#[test]
fn contents_give_the_same_sketch_as_the_document() {
    let (reworded, original) =
        (Document::new(REWORDED.as_bytes()), Document::new(ORIGINAL.as_bytes()));
    let query = Query::new(&reworded);
    let sketch = query.score(&original);
    assert_eq!(sketch, query.score_contents(&Contents::of(&original)));
    assert!(sketch.held().count() > 40 && sketch.held().all(|feature| feature < query.features()));
}

proptest::proptest! {
    #[test]
    fn any_text_holds_all_of_itself_and_any_other_can_be_ranked(
        one in "([A-Z]?[a-z]{1,8}|[0-9,.]{1,6}|two|hundred|and|[-“”\"'.,: \n]|\\PC){0,60}",
        other in "\\PC{0,80}",
    ) {
        let (document, other) = (Document::new(one.as_bytes()), Document::new(other.as_bytes()));
        let query = Query::new(&document);
        let own = query.score(&document);
        proptest::prop_assert!(own.held().eq(0..query.features()));
        let ranking = rank(&query, &[query.score(&other), own], 2);
        proptest::prop_assert_eq!(ranking.ranked.len(), 2);
        if query.words() > 0 && query.words() != other.word_count() {
            proptest::prop_assert_eq!(ranking.ranked[0].candidate, 1);
            proptest::prop_assert!(ranking.ranked[0].is_identical);
        }
    }
}
