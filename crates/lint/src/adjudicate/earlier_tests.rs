//! Earlier states of a text, and how they bear on later ones.

use super::tests::Marker;
use super::*;
use crate::{Earlier, Held, Level};

/// A text with so many marks of five nats.
fn text(marks: usize) -> String {
    let filler = "The council met on Monday and spoke of roads \u{1f6a2}. ".repeat(20);
    let marks = ["roxds", "bridxe", "wxter"][..marks].join(" and the ");
    format!("{filler}The {marks} of the cafe\u{301}.\r\n")
}

fn after(text: &str, earlier: Earlier<'_>) -> (Level, LogOdds, Held) {
    let rules = RuleSet::new([
        Marker::of("odd", "roxds"),
        Marker::of("mad", "bridxe"),
        Marker::of("bad", "wxter"),
    ]);
    let document = Document::new(text.as_bytes());
    let raw = rules.run(&document);
    let (report, held) = adjudicate_after(&document, &rules, raw, (None, None), earlier);
    (report.verdict.level, report.verdict.score, held)
}

#[test]
fn a_level_that_was_shown_stays_until_the_text_is_clearly_below_it() {
    let (level, _, held) = after(&text(3), Earlier::None);
    assert_eq!(level, Level::Reworded);
    let (fresh, score, _) = after(&text(2), Earlier::None);
    assert_eq!(fresh, Level::Doubtful, "a mark less is not enough");
    let (stays, same, held) = after(&text(2), Earlier::Shown(&held));
    assert_eq!((stays, same), (Level::Reworded, score), "but its score is its own");
    let (stays, ..) = after(&text(2), Earlier::Shown(&held));
    assert_eq!(stays, Level::Reworded, "however often it is looked at");
    let (falls, _, held) = after(&text(1), Earlier::Shown(&held));
    assert_eq!(falls, Level::Doubtful);
    let (fresh, ..) = after(&text(2), Earlier::Shown(&held));
    assert_eq!(fresh, Level::Doubtful, "what fell has to rise as high as any other text");
}

#[test]
fn a_verdict_that_stands_does_so_whatever_is_left() {
    let (_, score, held) = after(&text(3), Earlier::None);
    let (level, stands, _) = after(&text(0), Earlier::Stands(&held));
    assert_eq!((level, stands), (Level::Reworded, score));
}
