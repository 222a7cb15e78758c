//! How fast a text is scored: afresh, and with the memory of its state before one word was changed.

use std::cell::Cell;

use divan::Bencher;
use divan::counter::BytesCount;
use unspin_lint::{Document, Memory, RuleSet};

const SENTENCES: &str = include_str!("reworded.sentences");
/// Longer ones are scored by sections, and nothing of them is remembered.
const LENGTHS: [usize; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

/// Reworded prose of about `length` bytes: the same sentences, each time in another order.
fn text(length: usize) -> String {
    let sentences: Vec<&str> = SENTENCES.lines().collect();
    let mut text = String::with_capacity(length + 200);
    // The generator of Park and Miller (1988).
    let mut random = 48_271_u64;
    while text.len() < length {
        random = random * 48_271 % 2_147_483_647;
        text += sentences[random as usize % sentences.len()];
        text += if random.is_multiple_of(4) { "\n\n" } else { " " };
    }
    text
}

fn rules() -> RuleSet {
    RuleSet::new(unspin_rules_substitution::rules())
}

#[divan::bench(args = LENGTHS)]
fn fresh(bencher: Bencher<'_, '_>, length: usize) {
    let (rules, text) = (rules(), text(length));
    let document = Document::new(text.as_bytes());
    bencher.counter(BytesCount::new(text.len())).bench_local(|| rules.run(&document));
}

#[divan::bench(args = LENGTHS)]
fn one_word_changed(bencher: Bencher<'_, '_>, length: usize) {
    let (rules, text) = (rules(), text(length));
    let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    let states: Vec<String> = (0..8)
        .map(|i| {
            let at = spaces[spaces.len() * i / 8];
            format!("{} harbour{}", &text[..at], &text[at..])
        })
        .collect();
    let documents: Vec<Document<'_>> =
        states.iter().map(|state| Document::new(state.as_bytes())).collect();
    let memory = Memory::default();
    let run = |i: usize| rules.run_rest(&documents[i % documents.len()], &memory, &|| false);
    run(0);
    let next = Cell::new(1);
    bencher.counter(BytesCount::new(text.len())).bench_local(|| run(next.replace(next.get() + 1)));
}
