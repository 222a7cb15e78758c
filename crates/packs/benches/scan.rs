//! Speed of a scan over generated prose, with few phrases and with very many.

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::BytesCount;
use unspin_packs::{Pack, compile};
use unspin_text::Document;

fn main() {
    divan::main();
}

/// The word of a rank: syllables of its digits, the commonest shortest.
fn word(mut rank: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ta", "ne", "mi", "so", "ru", "la", "ke", "di", "po", "vu", "ga", "be", "fi", "jo", "zu",
        "ha",
    ];
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[rank % 16]);
        rank /= 16;
        if rank == 0 {
            return word;
        }
    }
}

/// Numbers below 1, evenly spread and the same at each run (Weyl's sequence).
fn spread(seed: u64) -> impl Iterator<Item = f64> {
    (1..).map(move |i| ((seed + i) as f64 * 0.618_033_988_749_895).fract())
}

/// About 1 MB of words whose frequencies fall with their rank (Zipf), in sentences.
fn prose() -> String {
    let mut text = String::new();
    for (i, x) in spread(7).take(180_000).enumerate() {
        text.push_str(&word((20_000_f64.powf(x)) as usize));
        text.push_str(if i % 17 == 16 { ". A " } else { " " });
    }
    text
}

fn pack(phrases: usize) -> Pack {
    let mut toml =
        "id = \"r\"\nfamily = \"f\"\nkind = \"substitution\"\nseverity = \"info\"\nevidence = 1\n\
        message = \"m\"\npage = \"p\"\n[phrases]\n"
            .to_owned();
    for i in 0..phrases {
        let (first, second) = (i % 20_000 + 40, i / 20_000 * 37 + i * 7 % 19_000 + 40);
        let _ = writeln!(toml, "\"{} {}\" = \"x\"", word(first), word(second));
    }
    let table = compile(&toml).expect("no pair twice");
    Pack::from_bytes(table).expect("just written")
}

#[divan::bench(args = [100, 100_000])]
fn scan(bencher: Bencher<'_, '_>, phrases: usize) {
    let (pack, text) = (pack(phrases), prose());
    let document = Document::new(text.as_bytes());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| pack.scan(&document));
}

#[divan::bench(args = [100_000])]
fn open(bencher: Bencher<'_, '_>, phrases: usize) {
    let pack = pack(phrases);
    bencher.bench_local(|| unspin_packs::rules(pack.clone()).len());
}
