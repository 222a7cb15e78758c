//! Nanoseconds a question to the embedded model.

use unspin_model::Model;

fn main() {
    divan::main();
}

/// Cycles through `words`, so that one hot cache line does not flatter the figure.
fn each_in_turn(bencher: divan::Bencher<'_, '_>, words: &[&str], mut ask: impl FnMut(&str)) {
    let mut turn = words.iter().cycle();
    bencher.bench_local(|| ask(turn.next().copied().unwrap_or_default()));
}

const KNOWN: [&str; 8] =
    ["the", "government", "Reuters", "negotiations", "colour", "said", "Washington", "of"];
const ODD: [&str; 8] =
    ["diden", "washingten", "kremlim", "withinside", "obana", "ministerr", "putim", "netanyahoo"];

#[divan::bench(sample_size = 10_000)]
fn get_known(bencher: divan::Bencher<'_, '_>) {
    let vocabulary = Model::embedded().vocabulary();
    each_in_turn(bencher, &KNOWN, |word| {
        divan::black_box(vocabulary.get(word));
    });
}

#[divan::bench(sample_size = 10_000)]
fn get_unknown(bencher: divan::Bencher<'_, '_>) {
    let vocabulary = Model::embedded().vocabulary();
    each_in_turn(bencher, &ODD, |word| {
        divan::black_box(vocabulary.get(word));
    });
}

#[divan::bench(sample_size = 10_000)]
fn near(bencher: divan::Bencher<'_, '_>) {
    let names = Model::embedded().names();
    let mut out = Vec::new();
    each_in_turn(bencher, &ODD, |word| {
        names.near(word, &mut out);
        divan::black_box(&out);
    });
}

#[divan::bench(sample_size = 10_000)]
fn open() -> Model<'static> {
    Model::embedded()
}
