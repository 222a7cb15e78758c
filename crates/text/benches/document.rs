//! How fast bytes become a document, in bytes a second.

use divan::Bencher;
use divan::counter::BytesCount;
use unspin_text::{Document, Markup};

const PROSE: &str = "\
LEEDS, March 3 (Wire) - The council's plan to sell 4.5% of the harbour fund for $1,250,000 didn't survive its first \
hearing. \"We were told in Jan. that nobody would object,\" Ms. Orla Finch said, \"and I believed it.\"\n\n\
Finch & Sons Inc. The firm, based in the U.S., owns the long-term lease; it won't comment at www.finch.example.com \
or elsewhere. 'Nothing is final,' one of the directors' aides remarked.\n\n";

const CURLY: &str = "\
“Caf\u{e9} owners don’t agree,” said Zo\u{eb} Ng – and they’ve asked for ‘fair’ rents…\n\n";

fn main() {
    divan::main();
}

fn text(paragraphs: &str, len: usize) -> Vec<u8> {
    paragraphs.bytes().cycle().take(len).collect()
}

#[divan::bench(args = [10_000, 1_000_000, 10_000_000])]
fn ascii_prose(bencher: Bencher<'_, '_>, len: usize) {
    let bytes = text(PROSE, len);
    bencher.counter(BytesCount::new(len)).bench_local(|| Document::new(divan::black_box(&bytes)));
}

#[divan::bench(args = [1_000_000])]
fn curly_prose(bencher: Bencher<'_, '_>, len: usize) {
    let bytes = text(CURLY, len);
    bencher.counter(BytesCount::new(len)).bench_local(|| Document::new(divan::black_box(&bytes)));
}

#[divan::bench(args = [1_000_000])]
fn one_letter(bencher: Bencher<'_, '_>, len: usize) {
    let bytes = text("a", len);
    bencher.counter(BytesCount::new(len)).bench_local(|| Document::new(divan::black_box(&bytes)));
}

/// The same prose as a page.
#[divan::bench(args = [1_000_000])]
fn page(bencher: Bencher<'_, '_>, len: usize) {
    let prose = String::from_utf8_lossy(&text(PROSE, len)).into_owned();
    let paragraphs = prose.lines().filter(|l| !l.is_empty()).map(|l| format!("<p>{l}</p>\n"));
    let page = format!("<!doctype html><body><main>{}</main>", paragraphs.collect::<String>());
    let read = || Document::read(divan::black_box(page.as_bytes()), Markup::Html);
    bencher.counter(BytesCount::new(page.len())).bench_local(read);
}
