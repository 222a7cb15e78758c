//! What holds of the comparison of any two texts.

use std::sync::LazyLock;

use proptest::prelude::*;
use unspin_compare::{Comparison, Relation, compare};
use unspin_model::Model;
use unspin_text::{Document, Markup, Span};

static MODEL: LazyLock<Model<'static>> = LazyLock::new(Model::embedded);

const WORDS: [&str; 28] = [
    "the", "of", "a", "to", "and", "ferry", "pier", "boats", "council", "closed", "shut", "storm",
    "Brenham", "Ada", "U.S.", "said", "40", "three", "million", "£", "\"", "”", "“", ".", ".", ",",
    "(", "\n\n",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..120)
        .prop_map(|words| words.join(" "))
}

/// A text, and what is left of it after some of its words were swapped, dropped or repeated.
fn reworded() -> impl Strategy<Value = (String, String)> {
    let change = (0..120_usize, 0..4_u8, prop::sample::select(&WORDS[..]));
    (
        prop::collection::vec(prop::sample::select(&WORDS[..]), 20..120),
        prop::collection::vec(change, 0..12),
    )
        .prop_map(|(words, changes)| {
            let mut other = words.clone();
            for (at, how, word) in changes {
                let at = at % other.len();
                match how {
                    0 => other[at] = word,
                    1 if other.len() > 1 => drop(other.remove(at)),
                    2 => other.insert(at, word),
                    _ => {
                        let end = other.len() - 1;
                        other.swap(at, end);
                    }
                }
            }
            (words.join(" "), other.join(" "))
        })
}

fn check(a: &Document<'_>, b: &Document<'_>) -> Comparison {
    let found = compare(a, b, &MODEL);
    let lies = |document: &Document<'_>, span: Span| document.text().get(span.range()).is_some();
    let mut last = Span::new(0, 0);
    for change in &found.changes {
        assert!(
            lies(a, change.original) && lies(b, change.reworded) && lies(b, change.repair),
            "{change:?}"
        );
        assert!(change.is_in_original() || change.is_in_reworded(), "{change:?} is nowhere");
        assert!(last <= change.reworded, "the order is that of the reworded text");
        last = change.reworded;
        assert!(!change.is_in_reworded() || change.repair.cover(change.reworded) == change.repair);
    }
    if found.relation != Relation::Derived {
        assert_eq!(found.changes, []);
    }
    assert!(found.links.len() <= b.sentences().len());
    for share in found.figures.containment.into_iter().chain(found.figures.common_subsequence) {
        assert!((0.0..=1.0).contains(&share));
    }
    assert!((0.0..=1.0).contains(&found.figures.kept) && (0.0..=1.0).contains(&found.common));
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_can_be_compared(a in prop::collection::vec(any::<u8>(), 0..400), b in ".{0,300}") {
        for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
            check(&Document::read(&a, markup), &Document::read(b.as_bytes(), markup));
        }
    }

    #[test]
    fn places_lie_in_their_texts((a, b) in reworded()) {
        check(&Document::new(a.as_bytes()), &Document::new(b.as_bytes()));
    }

    #[test]
    fn strangers_can_be_compared(a in text(), b in text()) {
        check(&Document::new(a.as_bytes()), &Document::new(b.as_bytes()));
    }

    #[test]
    fn a_text_has_no_changes_against_itself(a in text()) {
        let document = Document::new(a.as_bytes());
        let found = check(&document, &document);
        prop_assert_eq!(&found.changes, &[]);
        if found.figures.original_words > 0 {
            prop_assert_eq!(found.relation, Relation::Same);
            prop_assert!(found.figures.kept > 0.999);
        }
    }
}
