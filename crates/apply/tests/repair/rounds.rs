//! Rounds: what is made first, what is undone, and when it ends.

use unspin_apply::fix::{HeldBack, Policy, Why, is_repairable, make, repair};
use unspin_lint::{Diagnosis, Safety};

use crate::made_up::{ANY, Replacements, edit, finding, fix, text};

#[test]
fn of_overlapping_fixes_the_surer_is_made_first_and_the_other_if_it_still_stands() {
    let rules = Replacements::of(&[("big boat", "ferry", 2000), ("boat pier", "quay", 3000)]);
    let done = rules.repair("The big boat pier and the big boat.");
    assert_eq!(text(&done), "The big quay and the ferry.");
    assert_eq!((done.made.len(), done.rounds, done.converged), (2, 1, true));
    // The longer one is gone once the surer is made, the third is not and has its turn.
    let rules = Replacements::of(&[("a b c", "d", 3000), ("c e", "f", 1000), ("e", "g", 500)]);
    let done = rules.repair("a b c e");
    assert_eq!((text(&done), done.rounds), ("d g", 1));
}

#[test]
fn a_fix_that_brings_a_finding_is_undone_and_the_others_stay() {
    let rules =
        Replacements::of(&[("utilise", "employ", 2000), ("employ", "use", 2000), ("x", "y", 1000)]);
    let done = rules.repair("They utilise x.\nWe wait x.\n");
    assert_eq!(text(&done), "They utilise y.\nWe wait y.\n");
    assert_eq!(done.made.len(), 2);
    let held: Vec<_> = done.held_back.iter().map(|held| held.rule.as_ref()).collect();
    assert_eq!(held, ["rule-0"]);
    let HeldBack { why, .. } = &done.held_back[0];
    assert_eq!(*why, Why::Brings { rule: "rule-1".into(), text: "employ".into() });
    assert!(done.held_back[0].note().contains("it would leave \"employ\" to rule-1"));
    assert_eq!(done.left.diagnostics.len(), 1);
}

#[test]
fn a_fix_that_does_not_take_its_finding_away_is_undone() {
    let rules = Replacements::of(&[("pier", "the pier", 2000)]);
    let done = rules.repair("They left pier.");
    assert_eq!((text(&done), done.made.len(), done.held_back.len()), ("They left pier.", 0, 1));
}

#[test]
fn what_appears_far_from_every_fix_costs_the_fix_that_brings_it() {
    // A rule about the whole text: it fires at the end where fewer than two `odd` are left.
    let rules = Replacements::of(&[("odd", "ok", 2000), ("queer", "ok", 1000)]);
    let check = |bytes: &[u8]| {
        let mut said = rules.check(bytes);
        let text = std::str::from_utf8(bytes).unwrap();
        if text.matches("queer").count() < 2 {
            let end = text.len();
            said.diagnostics.push(finding(text, "whole", (end, end), 500, vec![]));
        }
        said
    };
    let source = "odd\nqueer\nodd\nqueer\nend\n";
    let done = repair(source.as_bytes(), ANY, |text, _: Option<&()>| (check(text), ()));
    assert_eq!(text(&done), "ok\nqueer\nok\nqueer\nend\n");
    assert_eq!((done.made.len(), done.held_back.len(), done.converged), (2, 2, true));
    // One that deals with the words of the new finding is blamed before surer ones are tried.
    let rules = Replacements::of(&[("odd", "ok", 2000), ("queer", "grey", 3000)]);
    let check = |bytes: &[u8]| {
        let mut said = rules.check(bytes);
        let text = std::str::from_utf8(bytes).unwrap();
        if let (Some(_), Some(at)) = (text.find("grey\n"), text.find("Grey")) {
            said.diagnostics.push(finding(text, "whole", (at, at + 4), 500, vec![]));
        }
        said
    };
    let done = repair(b"odd\nqueer\nGrey\n", ANY, |text, _: Option<&()>| (check(text), ()));
    assert_eq!(text(&done), "ok\nqueer\nGrey\n");
}

#[test]
fn fixes_that_undo_each_other_are_undone_and_told() {
    let check = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).unwrap();
        let to = |other: &str| vec![fix(Safety::Unsafe, vec![edit(0, 1, other)])];
        let standing = |fixes| finding(text, "standing", (0, 3), 1000, fixes);
        let diagnostics = match text {
            "a b" => vec![finding(text, "first", (0, 1), 2000, to("c")), standing(vec![])],
            _ => vec![standing(to("a"))],
        };
        Diagnosis { verdict: None, diagnostics }
    };
    let done = repair(b"a b", ANY, |text, _: Option<&()>| (check(text), ()));
    assert_eq!((text(&done), done.made.len(), done.converged), ("a b", 0, true));
    let told: Vec<_> = done.held_back.iter().map(|h| (h.rule.as_ref(), &h.why)).collect();
    assert_eq!(told, [("first", &Why::Circle), ("standing", &Why::Circle)]);
    assert!(done.held_back[0].note().contains("undo each other"));
}

#[test]
fn later_states_are_looked_at_under_the_first_verdict_and_a_last_time_without() {
    // The verdict is the number of marks; under 2 nothing is shown.
    let rules = Replacements::of(&[("odd", "ok", 2000)]);
    let mut asked = Vec::new();
    let check = |bytes: &[u8], held: Option<&usize>| {
        let mut said = rules.check(bytes);
        said.diagnostics.iter_mut().skip(1).for_each(|d| d.fixes.clear());
        let marks = held.copied().unwrap_or(said.diagnostics.len());
        asked.push((said.diagnostics.len(), held.copied()));
        if marks < 2 {
            said.diagnostics.clear();
        }
        (said, marks)
    };
    let done = repair(b"odd\nodd\nodd", ANY, check);
    // Each round the first is mended: only under the verdict of three marks is the last one still seen.
    assert_eq!(text(&done), "ok\nok\nok");
    assert_eq!(done.rounds, 3);
    assert_eq!(asked, [(3, None), (2, Some(3)), (1, Some(3)), (0, Some(3)), (0, None)]);
    assert_eq!(done.found.diagnostics.len(), 3);
    assert!(done.made.iter().map(|m| m.span.start).eq([0, 4, 8]), "{:?}", done.made);
}

#[test]
fn no_more_than_ten_rounds_are_made() {
    // One mark a round is mended; what is left is told as such.
    let rules = Replacements::of(&[("odd", "ok", 2000)]);
    let check = |bytes: &[u8], _: Option<&()>| {
        let mut said = rules.check(bytes);
        said.diagnostics.iter_mut().skip(1).for_each(|d| d.fixes.clear());
        (said, ())
    };
    let done = repair("odd\n".repeat(12).as_bytes(), ANY, check);
    assert_eq!((done.rounds, done.left.diagnostics.len(), done.converged), (10, 2, false));
    let done = repair("odd\n".repeat(10).as_bytes(), ANY, check);
    assert_eq!((done.rounds, done.left.diagnostics.len()), (10, 0));
}

#[test]
fn the_policy_decides_and_the_first_fix_that_it_allows_is_made() {
    let text = "one two";
    let choices = vec![
        fix(Safety::Display, vec![]),
        fix(Safety::Quoted, vec![edit(0, 3, "quoted")]),
        fix(Safety::Unsafe, vec![edit(0, 3, "unsafe")]),
        fix(Safety::Safe, vec![edit(0, 3, "safe")]),
    ];
    let found = finding(text, "rule", (0, 3), 1000, choices);
    for (unsafe_fixes, quotations, expected) in [
        (false, false, "safe two"),
        (false, true, "safe two"),
        (true, false, "unsafe two"),
        (true, true, "quoted two"),
    ] {
        let policy = Policy { unsafe_fixes, quotations };
        let check = |bytes: &[u8], _: Option<&()>| {
            let diagnostics = if bytes == text.as_bytes() { vec![found.clone()] } else { vec![] };
            (Diagnosis { verdict: None, diagnostics }, ())
        };
        let done = repair(text.as_bytes(), policy, check);
        assert_eq!(done.text, expected.as_bytes(), "{policy:?}");
        assert!(is_repairable(text.as_bytes(), &found, policy));
    }
    let mut shown = found.clone();
    shown.fixes.truncate(2);
    assert!(!is_repairable(
        text.as_bytes(),
        &shown,
        Policy { unsafe_fixes: true, quotations: false }
    ));
}

#[test]
fn lines_that_a_fix_adds_end_as_those_of_the_file() {
    let text = "one\r\ntwo\r\n";
    let found =
        finding(text, "rule", (0, 3), 1000, vec![fix(Safety::Safe, vec![edit(0, 3, "1\n1")])]);
    let check = |bytes: &[u8], _: Option<&()>| {
        let diagnostics = if bytes == text.as_bytes() { vec![found.clone()] } else { vec![] };
        (Diagnosis { verdict: None, diagnostics }, ())
    };
    assert_eq!(repair(text.as_bytes(), ANY, check).text, b"1\r\n1\r\ntwo\r\n");
}

#[test]
fn what_only_the_first_verdict_would_find_new_is_no_finding_that_is_left() {
    // Under a verdict of two marks and more `c` is found, too.
    let rules = Replacements::of(&[("b", "c", 2000), ("odd", "ok", 3000), ("queer", "ok", 3000)]);
    let check = |bytes: &[u8], held: Option<&usize>| {
        let mut said = rules.check(bytes);
        let text = std::str::from_utf8(bytes).unwrap();
        let marks = held.copied().unwrap_or(said.diagnostics.len());
        if let Some(at) = text.find('c').filter(|_| marks > 1) {
            said.diagnostics.push(finding(text, "weak", (at, at + 1), 100, vec![]));
        }
        (said, marks)
    };
    let done = repair(b"b\nodd\nqueer", ANY, check);
    assert_eq!((text(&done), done.rounds, done.converged), ("c\nok\nok", 2, true));
    assert_eq!((done.left.diagnostics.len(), done.held_back.len()), (0, 0));
    assert_eq!(text(&repair(&done.text, ANY, check)), "c\nok\nok");
}

#[test]
fn one_fix_is_made_or_refused() {
    let (made, moved) = make(b"a wet\r\nquay", &[edit(2, 5, "dry\nold")]).expect("it fits");
    assert_eq!(made, b"a dry\r\nold\r\nquay", "its lines end as those of the text");
    assert_eq!(moved.start(7), 12);
    assert!(make(b"a wet quay", &[edit(2, 5, "wet")]).is_none(), "it changes nothing");
    assert!(make(b"a wet quay", &[edit(8, 50, "x")]).is_none(), "it does not fit");
}
