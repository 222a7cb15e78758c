//! Where words are mentioned and where they are used.

use super::*;
use crate::{Document, Fix, LogOdds, RuleMeta, Safety};

crate::rule! {
    /// For tests.
    ODD: "odd" in "tests", Warning, min_confidence 0.5, scope Word
}

/// The finding on the first "old roads" of a text, or on the first "roads", which stands for `instead`.
fn found(document: &Document<'_>, instead: &str) -> Finding {
    let text = document.text();
    let (at, phrase) = match text.find("old roads") {
        Some(at) => (at, "old roads"),
        None => (text.find("roads").expect("every text speaks of roads"), "roads"),
    };
    let span = Span::new(at as u32, (at + phrase.len()) as u32);
    let meta: &RuleMeta = &ODD;
    let finding = Finding::new(meta, span, LogOdds::EVEN, String::new());
    finding.fix(Fix::replace(span, instead, Safety::Unsafe))
}

#[track_caller]
fn expect(wanted: Option<Mention>, texts: &[&str]) {
    for text in texts {
        let document = Document::new(text.as_bytes());
        assert_eq!(mention(&document, &found(&document, "ways of our fathers")), wanted, "{text}");
    }
}

#[test]
fn what_stands_alone_in_quotation_marks_or_code_is_mentioned() {
    expect(
        Some(Mention::Alone),
        &[
            "Mend the \"old roads\" now.",
            "Mend the \"old roads,\" now.",
            "Mend the \u{2018}old roads\u{2019} now.",
            "Write `mend all of the old roads that we have` now.",
        ],
    );
    expect(None, &["Mend \"the old roads\" now.", "Mend the old roads \"now\" and then."]);
    // Eight tokens are a phrase at most; more, though they are stops, are something else.
    expect(Some(Mention::Alone), &["Mend \"old roads, , , , , ,\" now."]);
    expect(None, &["Mend \"old roads, , , , , , ,\" now."]);
}

#[test]
fn emphasis_that_touches_it_mentions_and_strong_emphasis_stresses() {
    expect(
        Some(Mention::Emphasised),
        &[
            "Mend the *old roads* now.",
            "Mend the _old roads_ now.",
            "Mend the <em>old roads</em> now.",
            "Mend the <i>old roads</i> now.",
        ],
    );
    expect(
        None,
        &[
            "Mend the **old roads** now.",
            "Mend the __old roads__ now.",
            "Mend *all old roads* now.",
            "Mend *old roads of ours* now.",
            "Mend the *old roads_ now.",
        ],
    );
}

#[test]
fn a_noun_for_words_announces_what_begins_within_four_tokens() {
    expect(
        Some(Mention::Announced),
        &[
            "The phrase old roads is odd.",
            "The Wording here is old roads now.",
            "Phrase: old roads.",
            "The phrase a b c old roads is odd.",
        ],
    );
    expect(
        None,
        &[
            "The phrase a b c d old roads is odd.",
            "The old roads phrase is odd.",
            "In other words, old roads are shut.",
            "In terms of old roads we are poor.",
            "His words on old roads were few.",
            "The word of old roads spread.",
            "The terms for old roads are hard.",
            "The phrase in old roads is odd.",
            // It announces within its sentence alone.
            "They had a word. Old roads: the old roads are shut.",
        ],
    );
}

#[test]
fn a_sentence_that_holds_what_it_stands_for_explains_it() {
    expect(
        Some(Mention::Explained),
        &[
            "They wrote old roads and meant the ways of our fathers.",
            "The ways of our fathers became old roads.",
        ],
    );
    expect(
        None,
        &[
            "They wrote old roads. They meant the ways of our fathers.",
            "They wrote old roads and meant the ways of our friends.",
            "They wrote old roads and meant the ways.",
        ],
    );
    let explained = |text: &str, instead: &str| {
        let document = Document::new(text.as_bytes());
        mention(&document, &found(&document, instead))
    };
    // One word stands in many a sentence.
    assert_eq!(explained("They wrote old roads and meant paths.", "paths"), None);
    // The words must stand beside it and not in it.
    assert_eq!(explained("They wrote old roads now.", "old roads"), None);
    assert_eq!(explained("They wrote old roads now.", "roads now"), None);
    let far = |words: usize| format!("The old roads {} new paths end.", "b ".repeat(words));
    assert_eq!(explained(&far(36), "new paths"), Some(Mention::Explained));
    assert_eq!(explained(&far(37), "new paths"), None);
    let far = |words: usize| format!("New paths {} the old roads end.", "b ".repeat(words));
    assert_eq!(explained(&far(37), "new paths"), Some(Mention::Explained));
    assert_eq!(explained(&far(38), "new paths"), None);
}

#[test]
fn one_mention_of_several_words_makes_mentions_of_them_all_and_of_one_word_of_none() {
    let left = |text: &str, phrase: &str| {
        let document = Document::new(text.as_bytes());
        let meta: &RuleMeta = &ODD;
        let mut raw: Vec<Finding> = document
            .text()
            .match_indices(phrase)
            .map(|(at, _)| Span::new(at as u32, (at + phrase.len()) as u32))
            .map(|span| Finding::new(meta, span, LogOdds::EVEN, String::new()))
            .collect();
        leave_out(&document, &mut raw, &mut ());
        raw.len()
    };
    assert_eq!(left("The \"old roads\" are odd. Mend the old roads.", "old roads"), 0);
    assert_eq!(left("The \"roads\" are odd. Mend the roads.", "roads"), 1);
    assert_eq!(left("Mend the old roads. Mend the old roads.", "old roads"), 2);
}
