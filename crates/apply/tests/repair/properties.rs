//! Any text, any fixes.

use std::cmp::Reverse;

use proptest::prelude::*;
use unspin_apply::fix::{make, repair};
use unspin_lint::{Diagnosis, Diagnostic, Edit, Safety};

use crate::made_up::{ANY, Replacements, edit, finding, fix, text};

/// Diagnostics with one fix each of one or two edits, at any places of a text.
fn diagnostics(source: String) -> impl Strategy<Value = (String, Vec<Diagnostic>)> {
    let marks: Vec<usize> = source.char_indices().map(|(at, _)| at).chain([source.len()]).collect();
    let place = prop::sample::select(marks);
    let edits = prop::collection::vec((place.clone(), place, "[a-z\u{e9}]{0,3}"), 1..3);
    let one = (edits, 1000..1100_i32).prop_map({
        let source = source.clone();
        move |(mut places, sure)| {
            for (start, end, _) in &mut places {
                (*start, *end) = (*start.min(end), *start.max(end));
            }
            places.sort();
            if places.windows(2).any(|pair| pair[0].1 > pair[1].0) {
                places.truncate(1);
            }
            let span = (places[0].0, places.last().map_or(0, |last| last.1));
            let edits = places.iter().map(|(s, e, text)| edit(*s as u32, *e as u32, text));
            finding(&source, "rule", span, sure, vec![fix(Safety::Unsafe, edits.collect())])
        }
    });
    (Just(source), prop::collection::vec(one, 0..12))
}

/// What should come out, said simply.
fn simply(source: &str, found: &[Diagnostic]) -> String {
    let between = |at: u32| {
        let at = at as usize;
        at > 0 && &source[at - 1..at] == "\r" && source[at..].starts_with('\n')
    };
    let is_bounded = |at: u32| source.is_char_boundary(at as usize);
    let parts = |e: &Edit| {
        [e.span.start, e.span.end]
            .iter()
            .any(|at| !is_bounded(*at) || (*at > 0 && is_bounded(*at - 1) && between(*at)))
    };
    let changes = |edits: &[Edit]| edits.iter().any(|e| source[e.span.range()] != e.text);
    let mut best: Vec<&Diagnostic> = found
        .iter()
        .filter(|d| !d.fixes[0].edits.iter().any(parts) && changes(&d.fixes[0].edits))
        .collect();
    best.sort_by_key(|d| {
        let edits: Vec<_> = d.fixes[0].edits.iter().map(|e| (e.span, e.text.clone())).collect();
        (Reverse(d.posterior), d.span, edits)
    });
    let clash = |a: &Edit, b: &Edit| {
        let (a, b) = (a.span, b.span);
        (a.start < b.end && b.start < a.end) || (a == b && a.start == a.end)
    };
    let mut taken: Vec<Edit> = Vec::new();
    for diagnostic in best {
        let edits = &diagnostic.fixes[0].edits;
        if !edits.iter().any(|edit| taken.iter().any(|other| clash(edit, other))) {
            taken.extend(edits.iter().cloned());
        }
    }
    taken.sort_by_key(|edit| edit.span);
    let mut out = source.to_owned();
    for edit in taken.iter().rev() {
        out.replace_range(edit.span.range(), &edit.text);
    }
    out
}

proptest! {
    #[test]
    fn the_surest_fixes_that_do_not_overlap_are_made_whatever_their_order(
        (source, found) in "[ab \u{e9}\u{1f600}\r\n]{0,24}".prop_flat_map(diagnostics),
        turn in 0..12_usize,
    ) {
        let done = |found: &[Diagnostic]| -> String {
            let first = Diagnosis { verdict: None, diagnostics: found.to_vec() };
            let repaired = repair(source.as_bytes(), ANY, |text, _: Option<&()>| {
                (if text == source.as_bytes() { first.clone() } else { Diagnosis::default() }, ())
            });
            text(&repaired).to_owned()
        };
        let expected = simply(&source, &found);
        prop_assert_eq!(done(&found), expected.clone());
        let mut turned = found.clone();
        turned.rotate_left(turn.min(found.len()));
        prop_assert_eq!(done(&turned), expected.clone());
        turned.reverse();
        prop_assert_eq!(done(&turned), expected.clone());
    }

    #[test]
    fn it_ends_brings_nothing_and_a_second_time_changes_nothing(
        source in "[abc\r\n\u{e9}]{0,40}",
        rules in prop::collection::vec(("[abc\u{e9}]{1,3}", "[abc\u{e9}]{0,3}", 1000..1010_i32), 1..6),
    ) {
        let rules = Replacements(rules);
        let once = rules.repair(&source);
        if once.converged {
            let again = rules.repair(text(&once));
            prop_assert_eq!(text(&again), text(&once));
            prop_assert_eq!(again.made.len(), 0);
        }
        prop_assert!(once.rounds <= 10);
        prop_assert_eq!(once.made.is_empty(), text(&once) == source);
    }

    #[test]
    fn no_bytes_make_it_panic_and_unreadable_ones_stay(
        source in prop::collection::vec(any::<u8>(), 0..40),
        places in prop::collection::vec((0..45_u32, 0..45_u32), 1..4),
    ) {
        let edits: Vec<_> = places.iter().map(|&(a, b)| edit(a.min(b), a.max(b), "x")).collect();
        let unreadable = |bytes: &[u8]| -> Vec<u8> {
            bytes.utf8_chunks().flat_map(|chunk| chunk.invalid().to_vec()).collect()
        };
        if let Some((made, moved)) = make(&source, &edits) {
            prop_assert_eq!(unreadable(&made), unreadable(&source));
            let end = moved.end(source.len() as u32);
            prop_assert_eq!(end as usize, made.len());
        }
    }
}
