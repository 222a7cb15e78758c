//! Time to read the words of a passage of ordinary news prose.

use unspin_lang::{article, lemmas, word_class};

const WORDS: &str = "The ministry said on Tuesday that talks between the two governments had broken down after nearly eleven \
    hours and that neither side was willing to discuss the properties left in the disputed valley where families have been \
    living without running water since the bridges were destroyed last winter by the heaviest floods in forty years";

fn main() {
    divan::main();
}

#[divan::bench]
fn lemmas_of_news(bencher: divan::Bencher<'_, '_>) {
    let words = WORDS.split_whitespace().collect::<Vec<_>>();
    bencher.counter(divan::counter::ItemsCount::new(words.len())).bench(|| {
        words
            .iter()
            .map(|word| {
                lemmas(divan::black_box(word)).filter(|reading| !reading.forms.is_empty()).count()
            })
            .sum::<usize>()
    });
}

#[divan::bench]
fn classes_of_news(bencher: divan::Bencher<'_, '_>) {
    let words = WORDS.split_whitespace().collect::<Vec<_>>();
    bencher
        .counter(divan::counter::ItemsCount::new(words.len()))
        .bench(|| words.iter().filter(|word| word_class(divan::black_box(word)).is_some()).count());
}

#[divan::bench]
fn articles_of_news(bencher: divan::Bencher<'_, '_>) {
    let words = WORDS.split_whitespace().collect::<Vec<_>>();
    bencher.counter(divan::counter::ItemsCount::new(words.len())).bench(|| {
        words
            .iter()
            .filter(|word| article(divan::black_box(word)) == unspin_lang::Article::An)
            .count()
    });
}
