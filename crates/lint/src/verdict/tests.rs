//! Sums, thresholds and windows, to the thousandth of a nat.

use super::*;
use crate::{RuleMeta, Trace};

crate::rule! {
    /// For tests.
    ODD: "odd" in "tests", Warning, min_confidence 0.5, scope Word
}

/// A text of so many words of four letters, with others at some places, each counted in words.
fn text(words: usize, others: &[(usize, &str)]) -> String {
    let word = |at| others.iter().find(|(place, _)| *place == at).map_or("boat", |(_, word)| word);
    (0..words).flat_map(|at| [word(at), " "]).collect()
}

/// So many bytes of the words of [`text`] from one on, with what they weigh.
fn found(word: usize, bytes: u32, milli: i32) -> Finding {
    let meta: &RuleMeta = &ODD;
    let start = word as u32 * 5;
    let span = Span::new(start, start + bytes);
    Finding::new(meta, span, LogOdds::from_milli(milli), String::new())
}

/// The verdict and how it was reached.
fn judged(text: &str, findings: &[Finding], readings: &[(&'static str, Reading)]) -> Judged {
    let document = Document::new(text.as_bytes());
    let findings: Vec<&Finding> = findings.iter().collect();
    let readings: Vec<_> = readings
        .iter()
        .map(|(family, reading)| (Cow::Borrowed(*family), reading.clone()))
        .collect();
    let mut trace = Trace::default();
    let (verdict, nearness) = judge(&document, &findings, &readings, (None, None), &mut trace);
    Judged { verdict, nearness, weighings: trace.weighings }
}

struct Judged {
    verdict: Verdict,
    nearness: Nearness,
    weighings: Vec<Weighing>,
}

fn reading(milli: i32, windows: &[i32]) -> Reading {
    let windows = windows.iter().copied().map(LogOdds::from_milli).collect();
    Reading { document: LogOdds::from_milli(milli), windows }
}

#[test]
fn a_score_is_the_prior_the_distinct_marks_and_the_cost_of_the_words() {
    let others = [(10, "qaqa"), (20, "wawa"), (30, "qaqa")];
    let text = text(100, &others);
    for (findings, weight, score) in [
        (vec![], 0, -6_907),
        (vec![found(10, 4, 0), found(20, 4, -3_000)], 0, -6_907),
        // A mark that weighs less than the text costs is worth nothing, not less.
        (vec![found(10, 4, 40)], 40, -6_907),
        (vec![found(10, 4, 5_000), found(20, 4, 3_000)], 8_000, -6_907 + 8_000 - 50),
        (vec![found(10, 4, 9_000)], 6_000, -6_907 + 6_000 - 50),
        (vec![found(10, 4, 4_000), found(30, 4, 4_000)], 5_000, -6_907 + 5_000 - 50),
        (vec![found(10, 9, 4_000), found(11, 4, 5_000)], 5_000, -6_907 + 5_000 - 50),
        (vec![found(10, 9, 5_000), found(11, 4, 4_000)], 5_000, -6_907 + 5_000 - 50),
        // On the same words the stronger counts.
        (vec![found(20, 2, 1_000), found(20, 2, 2_000)], 2_000, -6_907 + 2_000 - 50),
    ] {
        let judged = judged(&text, &findings, &[]);
        assert_eq!(judged.weighings[0].marks.milli(), weight, "{findings:?}");
        assert_eq!(judged.verdict.score.milli(), score, "{findings:?}");
        assert_eq!(judged.weighings.len(), 1);
    }
}

#[test]
fn of_two_marks_on_the_same_words_that_weigh_alike_the_first_is_repeated() {
    // "qaqa boat" again is a repeat of the longer mark, not of the shorter one on the same token.
    let text = text(100, &[(10, "qaqa"), (30, "qaqa")]);
    let findings = [found(10, 4, 4_000), found(10, 9, 4_000), found(30, 4, 4_000)];
    assert_eq!(judged(&text, &findings, &[]).weighings[0].marks.milli(), 5_000);
}

#[test]
fn each_level_begins_at_its_threshold() {
    for (score, level) in [
        (4_595, Level::Reworded),
        (4_594, Level::Doubtful),
        (-2_197, Level::Doubtful),
        (-2_198, Level::Clean),
    ] {
        let readings = [("reader", reading(score + 6_907, &[]))];
        let verdict = judged(&text(40, &[]), &[], &readings).verdict;
        assert_eq!((verdict.score.milli(), verdict.level), (score, level));
        assert_eq!((verdict.reason, verdict.words, verdict.rarity), (None, 40, None));
    }
    let short = judged(&text(39, &[]), &[], &[("reader", reading(20_000, &[]))]).verdict;
    assert_eq!((short.level, short.reason), (Level::Unknown, Some(Unknown::Short)));
    let document = Document::new(b"boat");
    let foreign = (Some(Unknown::Language), None);
    let (verdict, _) = judge(&document, &[], &[], foreign, &mut ());
    assert_eq!((verdict.level, verdict.reason), (Level::Unknown, Some(Unknown::Language)));
}

#[test]
fn several_readings_add_up_and_stand_for_the_findings_of_their_families_alone() {
    let text = text(100, &[(10, "qaqa")]);
    let findings = [found(10, 4, 5_000)];
    let two = [("reader", reading(2_000, &[])), ("other", reading(500, &[]))];
    assert_eq!(judged(&text, &findings, &two).verdict.score.milli(), -6_907 + 4_950 + 2_500);
    let own = [("reader", reading(2_000, &[])), ("tests", reading(500, &[]))];
    assert_eq!(judged(&text, &findings, &own).verdict.score.milli(), -6_907 + 2_500);
}

#[test]
fn windows_begin_every_150_words_and_the_last_reaches_the_end() {
    let of = |words: usize| -> Vec<(u32, u32)> {
        let text = text(words, &[]);
        let spans = windows(&Document::new(text.as_bytes()));
        spans.iter().map(|w| (w.start / 5, w.end / 5)).collect()
    };
    assert_eq!(of(300), []);
    assert_eq!(of(301), [(0, 300), (150, 301)]);
    assert_eq!(of(450), [(0, 300), (150, 450)]);
    assert_eq!(of(451), [(0, 300), (150, 450), (300, 451)]);
    assert_eq!(of(750), [(0, 300), (150, 450), (300, 600), (450, 750)]);
}

#[test]
fn a_window_has_the_marks_that_begin_in_it_and_pays_for_the_number_of_windows() {
    let others = [(149, "qaqa"), (150, "wawa"), (299, "eaea"), (300, "rara")];
    let text = text(600, &others);
    let findings =
        [found(149, 4, 1_000), found(150, 4, 2_000), found(299, 9, 3_000), found(300, 4, 1_500)];
    let judged = judged(&text, &findings, &[("reader", reading(0, &[100, 200, 300]))]);
    // The last two overlap, and the stronger one is the mark.
    let weights: Vec<_> = judged.weighings.iter().map(|w| w.marks.milli()).collect();
    assert_eq!(weights, [6_000, 6_000, 5_000, 0]);
    // The logarithm of three windows is 1.099.
    let costs: Vec<_> = judged.weighings.iter().map(|w| w.cost.milli()).collect();
    assert_eq!(costs, [-300, -1_099, -1_099, -1_099]);
    let scores: Vec<_> = judged.weighings.iter().map(|w| w.score.milli()).collect();
    let window = |marks, reading| -6_907 + marks + reading - 1_099;
    assert_eq!(scores, [-1_207, window(6_000, 100), window(5_000, 200), window(0, 300)]);
    assert_eq!(judged.verdict.score.milli(), -1_207);
    // Of a long text the whole lends its places the reading, and not the marks.
    assert_eq!(judged.nearness.document.milli(), -6_907);
    let near: Vec<_> = judged.nearness.windows.iter().map(|(_, score)| score.milli()).collect();
    assert_eq!(near, scores[1..]);
}

#[test]
fn a_mark_at_the_first_word_of_the_next_window_but_one_is_not_in_this() {
    let text = text(600, &[(300, "rara")]);
    let judged = judged(&text, &[found(300, 4, 1_500)], &[]);
    let weights: Vec<_> = judged.weighings.iter().map(|w| w.marks.milli()).collect();
    assert_eq!(weights, [1_500, 0, 1_500, 1_500]);
}

#[test]
fn windows_that_stand_out_are_merged_where_they_touch() {
    let text = text(900, &[]);
    let standing_out = |nats: [i32; 5]| -> Vec<(u32, u32, i32)> {
        // The logarithm of five windows is 1.609.
        let windows = nats.map(|nats| nats * 1_000 + 6_907 + 1_609);
        let verdict = judged(&text, &[], &[("reader", reading(0, &windows))]).verdict;
        let place = |w: &Window| (w.span.start / 5, w.span.end / 5, w.score.milli() / 1_000);
        verdict.windows.iter().map(place).collect()
    };
    assert_eq!(standing_out([4, 4, 4, 4, 4]), []);
    assert_eq!(standing_out([5, 0, 0, 9, 0]), [(0, 300, 5), (450, 750, 9)]);
    assert_eq!(standing_out([9, 0, 5, 0, 0]), [(0, 600, 9)]);
    assert_eq!(standing_out([5, 9, 0, 0, 6]), [(0, 450, 9), (600, 900, 6)]);
    let exact = 4_595 + 6_907 + 1_609;
    let stands = |milli| {
        let readings = [("reader", reading(0, &[milli, 0, 0, 0, 0]))];
        judged(&text, &[], &readings).verdict.windows.len()
    };
    assert_eq!((stands(exact), stands(exact - 1)), (1, 0));
}

#[test]
fn a_place_has_the_best_of_the_text_and_of_the_two_windows_around_it() {
    let score = |missing: i32| LogOdds::from_milli(4_595 - missing);
    let nearness = |document, windows: &[(u32, u32, i32)]| Nearness {
        document: score(document),
        windows: windows.iter().map(|&(a, b, m)| (Span::new(a, b), score(m))).collect(),
    };
    let at = |near: &Nearness, start: u32| near.shortfall(Span::new(start, start + 1)).milli();
    for (missing, lost) in
        [(-500, 0), (0, 0), (1, -702), (500, -700 - 1_400), (1_000, -700 - 2_800)]
    {
        assert_eq!(at(&nearness(missing, &[]), 3), lost, "{missing}");
    }
    let near = nearness(9_000, &[(0, 10, 0), (5, 15, 1_000), (10, 20, 2_000)]);
    let lost = |missing: i32| -700 - missing * 28 / 10;
    for (place, expected) in
        [(0, 0), (5, 0), (9, 0), (10, lost(1_000)), (14, lost(1_000)), (15, lost(2_000))]
    {
        assert_eq!(at(&near, place), expected, "{place}");
    }
    // A window that has not begun yet lends nothing, and a text may be surer than its windows.
    let near = nearness(3_000, &[(0, 10, 4_000), (5, 15, 0)]);
    assert_eq!([4, 5].map(|place| at(&near, place)), [lost(3_000), 0]);
}

#[test]
fn a_shift_is_three_tenths_of_a_score_within_bounds() {
    let mut verdict = judged(&text(40, &[]), &[], &[]).verdict;
    for (score, shift) in
        [(1_000, 300), (5_000, 1_500), (9_000, 1_500), (-6_907, -2_072), (-20_000, -3_000)]
    {
        verdict.score = LogOdds::from_milli(score);
        assert_eq!(verdict.shift().milli(), shift, "{score}");
    }
}

#[test]
fn a_rarity_is_the_upper_end_of_a_95_per_cent_interval_for_texts_of_that_length() {
    const CLASSES: &[LengthClass] = &[
        LengthClass {
            below: 100,
            steps: &[(-6_000, 100), (-1_000, 5), (2_000, 0)],
            documents: 100,
        },
        LengthClass { below: 500, steps: &[(-6_000, 1_000), (0, 0)], documents: 1_000 },
    ];
    let calibration = Calibration { lengths: CLASSES };
    let rarity = |milli, words| calibration.rarity(LogOdds::from_milli(milli), words).unwrap();
    // By hand: for no hit in n the bound is 3.8416 / (n + 3.8416); for 5 in 100 it is 0.11175.
    for (milli, words, expected) in [
        (2_000, 99, 3.8416 / 103.8416),
        (9_000, 0, 3.8416 / 103.8416),
        (1_999, 99, 0.111_75),
        (-1_000, 99, 0.111_75),
        (-1_001, 99, 1.0),
        (-9_000, 99, 1.0),
        (0, 100, 3.8416 / 1_003.841_6),
        (0, 5_000, 3.8416 / 1_003.841_6),
        (-1, 499, 1.0),
    ] {
        let rarity = rarity(milli, words);
        assert!((rarity - expected).abs() < 1e-5, "{milli} {words}: {rarity} {expected}");
    }
    let none = Calibration { lengths: &[] };
    assert_eq!(none.rarity(LogOdds::EVEN, 10), None);
    let document = Document::new(b"boat");
    let (verdict, _) = judge(&document, &[], &[], (None, Some(&calibration)), &mut ());
    assert_eq!(verdict.rarity, Some(rarity(-6_907, 1)));
}

#[test]
fn levels_and_reasons_have_the_names_that_reports_show() {
    let levels = [Level::Reworded, Level::Doubtful, Level::Clean, Level::Unknown];
    assert_eq!(levels.map(Level::as_str), ["reworded", "doubtful", "clean", "unknown"]);
    let least = levels.map(|level| level.least().map(LogOdds::milli));
    assert_eq!(least, [Some(4_595), Some(-2_197), None, None]);
    let reasons = [Unknown::Short, Unknown::Language];
    assert_eq!(reasons.map(Unknown::as_str), ["short", "language"]);
}

/// A state of a text: its level and score, and the scores of its windows.
fn state(level: Level, score: i32, windows: &[(u32, u32, i32)]) -> (Verdict, Nearness) {
    let verdict = judged(&text(40, &[]), &[], &[]).verdict;
    let odds = LogOdds::from_milli;
    let windows = windows.iter().map(|&(a, b, s)| (Span::new(a, b), odds(s))).collect();
    (Verdict { level, score: odds(score), ..verdict }, Nearness { document: odds(score), windows })
}

#[test]
fn a_verdict_that_stands_takes_the_best_of_each_window_at_its_present_place() {
    let (verdict, nearness) =
        state(Level::Reworded, 6_000, &[(0, 10, 7_000), (5, 15, -3_000), (10, 20, 2_000)]);
    let held = Held::new(verdict.clone(), &nearness);
    assert_eq!(held.verdict(), &verdict);
    let (mut now, mut near) =
        state(Level::Clean, -6_000, &[(0, 12, 1_000), (6, 17, -1_000), (13, 22, 5_000)]);
    Earlier::Stands(&held).bear(&mut now, &mut near);
    assert_eq!((now.level, now.score.milli()), (Level::Reworded, 6_000));
    assert_eq!(near.document.milli(), 6_000);
    let scores: Vec<_> = near.windows.iter().map(|(_, score)| score.milli()).collect();
    assert_eq!(scores, [7_000, -1_000, 5_000]);
    let windows: Vec<_> = now.windows.iter().map(|w| (w.span.start, w.span.end)).collect();
    assert_eq!(windows, [(0, 12), (13, 22)]);
    let (mut surer, mut near) = state(Level::Reworded, 9_000, &[]);
    Earlier::Stands(&held).bear(&mut surer, &mut near);
    assert_eq!((surer.score.milli(), near.document.milli()), (6_000, 9_000));
    assert_eq!(Earlier::Stands(&held).standing(), Some(&verdict));
    assert_eq!(Earlier::Shown(&held).standing(), None);
}

#[test]
fn what_was_shown_holds_until_it_has_lost_more_than_the_hysteresis() {
    let lost = |was: i32, now: i32| {
        let (verdict, nearness) = state(Level::Reworded, was, &[(0, 10, was)]);
        let held = Held::new(verdict, &nearness);
        let (mut verdict, mut near) = state(Level::Doubtful, now, &[(0, 10, now)]);
        Earlier::Shown(&held).bear(&mut verdict, &mut near);
        assert_eq!(near.document, near.windows[0].1);
        assert_eq!(verdict.windows.len(), usize::from(near.document >= REWORDED));
        (near.document.milli(), verdict.level, verdict.score.milli())
    };
    let (bound, least) = (4_595 - 2_303, 4_595);
    assert_eq!(lost(5_000, bound), (least, Level::Reworded, bound));
    assert_eq!(lost(5_000, bound - 1), (bound - 1, Level::Doubtful, bound - 1));
    assert_eq!(lost(least, least - 1).0, least);
    // One that was not there before has nothing to keep, and nobody loses what is surer now.
    assert_eq!(lost(least - 1, least - 1).0, least - 1);
    assert_eq!(lost(5_000, 6_000).0, 6_000);
    assert_eq!(lost(5_000, least).0, least);
}

#[test]
fn a_level_that_was_shown_is_kept_against_lower_ones_only() {
    use Level::{Clean, Doubtful, Reworded, Unknown};
    let after = |was: Level, now: Level, score: i32| {
        let (verdict, nearness) = state(was, 0, &[]);
        let held = Held::new(verdict, &nearness);
        let (mut verdict, mut near) = state(now, score, &[]);
        Earlier::Shown(&held).bear(&mut verdict, &mut near);
        verdict.level
    };
    let bound = -2_197 - 2_303;
    assert_eq!(after(Doubtful, Clean, bound), Doubtful);
    assert_eq!(after(Doubtful, Clean, bound - 1), Clean);
    assert_eq!(after(Doubtful, Reworded, 5_000), Reworded);
    assert_eq!(after(Reworded, Doubtful, 2_292), Reworded);
    assert_eq!(after(Reworded, Doubtful, 2_291), Doubtful);
    for was in [Clean, Unknown] {
        assert_eq!(after(was, Clean, bound), Clean);
        assert_eq!(after(was, Doubtful, 4_000), Doubtful);
    }
    // Of what is too short, or no English any more, nothing is said.
    assert_eq!(after(Reworded, Unknown, 4_000), Unknown);
    assert_eq!(after(Doubtful, Unknown, 4_000), Unknown);
}
