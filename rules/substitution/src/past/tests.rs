use std::cell::Cell;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use unspin_lint::{Context, Document, Finding, Memory, Rule, RuleMeta, RuleSet};

use super::Past;
use crate::garbled_word::GARBLED_WORD;
use crate::score::WordScores;

/// In the place of a rule: what the scorer made of the last text, in words.
#[derive(Default)]
struct Probe(Mutex<String>);

impl Rule for Probe {
    fn meta(&self) -> &RuleMeta {
        &GARBLED_WORD
    }

    fn check(&self, cx: &Context<'_>, _: &mut Vec<Finding>) {
        let scores = cx.get::<WordScores>();
        let mut said = format!("{:?} odd {}\n", scores.reading, scores.odd);
        for word in &scores.words {
            writeln!(said, "{word:?} {:?}", scores.offers(word)).expect("a string takes all");
        }
        *self.0.lock().expect("no run panics") = said;
    }
}

/// Runs the scorer alone.
struct Scorer {
    rules: RuleSet,
    probe: Arc<Probe>,
}

impl Scorer {
    fn new() -> Self {
        let probe = Arc::new(Probe::default());
        let rule: Arc<dyn Rule> = Arc::clone(&probe) as _;
        Self { rules: RuleSet::new([rule]), probe }
    }

    fn said(&self) -> String {
        std::mem::take(&mut *self.probe.0.lock().expect("no run panics"))
    }

    fn fresh(&self, text: &str) -> String {
        assert!(self.rules.run(&Document::new(text.as_bytes())).findings.is_empty());
        self.said()
    }

    /// `None` if it was cancelled.
    fn remembered(
        &self,
        text: &str,
        memory: &Memory,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Option<String> {
        let raw = self.rules.run_rest(&Document::new(text.as_bytes()), memory, is_cancelled)?;
        assert!(raw.findings.is_empty());
        Some(self.said())
    }
}

/// Sentences as rewording leaves them, and some that it left alone.
fn sentences() -> Vec<&'static str> {
    include_str!("../../benches/reworded.sentences").lines().collect()
}

/// Words that somebody types: common ones, odd ones, and some that are no words of the lexicon.
const WORDS: [&str; 24] = [
    "the",
    "a",
    "an",
    "harbour",
    "metropolis",
    "utilised",
    "yr",
    "Krog",
    "isn't",
    "\"",
    "however,",
    "40",
    "antique",
    "withinside",
    "enterprise",
    "said.",
    "of",
    "hour",
    "zzyxt",
    "ill-fated",
    "kilos",
    "River",
    "would",
    "paintings",
];

/// What somebody does to a text of words; places are shares of it, in 1,000.
#[derive(Clone, Debug)]
enum Edit {
    Insert(usize, Vec<usize>),
    Delete(usize, usize),
    Replace(usize, usize),
    Paste(usize, usize, usize),
    DeleteHalf(bool),
    /// Each such word for another, all over the text.
    ReplaceAll(usize, usize),
    Undo,
}

fn edit() -> impl Strategy<Value = Edit> {
    let word = 0..WORDS.len();
    prop_oneof![
        4 => (0_usize..1000, prop::collection::vec(word.clone(), 1..4)).prop_map(|(at, words)| Edit::Insert(at, words)),
        4 => (0_usize..1000, 1_usize..5).prop_map(|(at, count)| Edit::Delete(at, count)),
        4 => (0_usize..1000, word.clone()).prop_map(|(at, word)| Edit::Replace(at, word)),
        2 => (0_usize..1000, 0_usize..28, 1_usize..6).prop_map(|(at, first, count)| Edit::Paste(at, first, count)),
        1 => any::<bool>().prop_map(Edit::DeleteHalf),
        1 => (word.clone(), word).prop_map(|(old, new)| Edit::ReplaceAll(old, new)),
        2 => Just(Edit::Undo),
    ]
}

type Words = Vec<&'static str>;

fn apply(edit: &Edit, states: &[Words]) -> Words {
    let mut words = states.last().cloned().unwrap_or_default();
    let place = |share: usize| share * words.len() / 1000;
    match *edit {
        Edit::Insert(at, ref typed) => {
            let at = place(at);
            words.splice(at..at, typed.iter().map(|&i| WORDS[i]));
        }
        Edit::Delete(at, count) => {
            let at = place(at);
            words.drain(at..(at + count).min(words.len()));
        }
        Edit::Replace(at, word) => {
            let at = place(at);
            if let Some(there) = words.get_mut(at) {
                *there = WORDS[word];
            }
        }
        Edit::Paste(at, first, count) => {
            let at = place(at);
            let pasted = sentences().into_iter().cycle().skip(first).take(count);
            words.splice(at..at, pasted.flat_map(|s| s.split(' ')).chain(["\n\n"]));
        }
        Edit::DeleteHalf(first) => {
            let half = words.len() / 2;
            words.drain(if first { 0..half } else { half..words.len() });
        }
        Edit::ReplaceAll(old, new) => {
            for word in words.iter_mut().filter(|word| **word == WORDS[old]) {
                *word = WORDS[new];
            }
        }
        Edit::Undo => {
            let before = states.len().saturating_sub(2);
            words.clone_from(&states[before]);
        }
    }
    words
}

fn words() -> Words {
    let sentences = sentences();
    let paragraphs = sentences.chunks(4);
    paragraphs.flat_map(|p| p.iter().flat_map(|s| s.split(' ')).chain(["\n\n"])).collect()
}

/// Whether the screen let a text through, and how many words of it read as put in.
fn odd(said: &str) -> Option<usize> {
    let first = said.lines().next()?;
    (said.lines().count() > 1).then(|| first.rsplit(' ').next()?.parse().ok()).flatten()
}

#[test]
fn the_text_of_these_tests_is_scored_and_doubted() {
    let said = Scorer::new().fresh(&words().join(" "));
    assert!(odd(&said) > Some(40), "{:?}", odd(&said));
    assert!(said.matches("Offer {").count() > 200);
}

#[test]
fn a_run_that_nobody_waits_for_loses_nothing() {
    let scorer = Scorer::new();
    let memory = Memory::default();
    let text = words().join(" ");
    scorer.remembered(&text, &memory, &|| false).expect("waited for");
    let before = memory.take::<Arc<Past>>().expect("kept");
    memory.keep(Arc::clone(&before));
    // All but the first sentence anew, so that all steps have something to do.
    let mut sentences = sentences();
    sentences[1..].reverse();
    let text = sentences.join(" ");
    let wanted = scorer.fresh(&text);
    let mut asked = 0_usize;
    loop {
        let left = Cell::new(asked);
        let is_cancelled = || left.replace(left.get().saturating_sub(1)) == 0;
        if let Some(said) = scorer.remembered(&text, &memory, &is_cancelled) {
            assert_eq!(said, wanted);
            break;
        }
        let kept = memory.take::<Arc<Past>>().expect("still there");
        assert!(Arc::ptr_eq(&kept, &before), "cancelled at question {asked}");
        memory.keep(kept);
        asked += 1;
    }
    assert!(asked > 6, "asked {asked} times only");
    let kept = memory.take::<Arc<Past>>().expect("kept");
    assert!(!Arc::ptr_eq(&kept, &before));
}

#[test]
fn a_state_that_the_screen_lets_go_leaves_the_one_before() {
    let scorer = Scorer::new();
    let memory = Memory::default();
    scorer.remembered(&words().join(" "), &memory, &|| false).expect("waited for");
    scorer.remembered("The players left the field.", &memory, &|| false).expect("waited for");
    assert!(memory.take::<Arc<Past>>().is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn what_is_remembered_changes_nothing(edits in prop::collection::vec(edit(), 1..7)) {
        let scorer = Scorer::new();
        let memory = Memory::default();
        let mut states = vec![words()];
        scorer.remembered(&states[0].join(" "), &memory, &|| false).expect("waited for");
        for edit in &edits {
            states.push(apply(edit, &states));
            let text = states[states.len() - 1].join(" ");
            let said = scorer.remembered(&text, &memory, &|| false).expect("waited for");
            let fresh = scorer.fresh(&text);
            let mut lines = said.lines().zip(fresh.lines());
            let odd_one_out = lines.find(|(remembered, fresh)| remembered != fresh);
            prop_assert!(said == fresh, "after {:?}: {:?}", edit, odd_one_out);
        }
    }
}
