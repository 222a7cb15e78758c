//! Speed of compiling a house's lists, and of opening the table that comes of them.

use std::fmt::Write as _;

use divan::Bencher;
use unspin_packs::{Pack, PackFile, PackSource, compile_pack, pack_rules};

fn main() {
    divan::main();
}

/// A word of its own for each number: its digits to base 26.
fn word(mut number: usize) -> String {
    let mut word = "word".to_owned();
    while number > 0 {
        word.push((b'a' + (number % 26) as u8) as char);
        number /= 26;
    }
    word
}

fn rows(count: usize) -> impl Iterator<Item = (String, String)> {
    (0..count).map(|i| (format!("{} {}", word(i % 40_000), word(i * 7 % 39_989)), word(i % 9_000)))
}

const HEAD: &str = "[pack]\nname = \"house\"\nversion = \"1\"\n\n[[rule]]\nid = \"terms\"\nkind = \"substitution\"\n";

fn file(path: &str, text: String) -> PackFile {
    PackFile { path: path.into(), text }
}

fn list(count: usize) -> PackSource {
    let mut tsv = String::new();
    for (phrase, suggestion) in rows(count) {
        let _ = writeln!(tsv, "{phrase}\t{suggestion}");
    }
    PackSource { files: vec![file("pack.toml", HEAD.to_owned()), file("terms/a.tsv", tsv)] }
}

fn toml(count: usize) -> PackSource {
    let mut toml = format!("{HEAD}[rule.phrases]\n");
    for (phrase, suggestion) in rows(count) {
        let _ = writeln!(toml, "\"{phrase}\" = \"{suggestion}\"");
    }
    PackSource { files: vec![file("house.toml", toml)] }
}

fn compile(bencher: Bencher<'_, '_>, source: &PackSource) {
    assert_eq!(compile_pack(source).faults, []);
    bencher.bench_local(|| compile_pack(source));
}

#[divan::bench(args = [1_000, 100_000])]
fn compile_list(bencher: Bencher<'_, '_>, count: usize) {
    compile(bencher, &list(count));
}

#[divan::bench(args = [1_000, 100_000])]
fn compile_toml(bencher: Bencher<'_, '_>, count: usize) {
    compile(bencher, &toml(count));
}

#[divan::bench(args = [100_000])]
fn open(bencher: Bencher<'_, '_>, count: usize) {
    let table = compile_pack(&list(count)).table;
    bencher.with_inputs(|| table.clone()).bench_local_values(|table| {
        let pack = Pack::from_bytes(table).expect("just written");
        pack_rules(pack, "house.toml")
    });
}
