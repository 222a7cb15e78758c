//! Every check over its seeds (small inputs of our own writing, and every input that once found a fault) and over a fixed
//! number of changes of them: fuzzing for as long as `cargo test` may take.

mod change;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use unspin_invariants::ALL;

use change::{Lot, changed};

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The seeds of a check, by name.
fn seeds(check: &str) -> Vec<(String, Vec<u8>)> {
    let folder = fuzz().join("seeds").join(check);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|_| panic!("{}", folder.display()));
    let mut seeds: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let entry = entry.expect("a folder can be read");
            let bytes = std::fs::read(entry.path()).expect("a file can be read");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    seeds.sort();
    seeds
}

/// Runs a check over its seeds and so many changes of each; `UNSPIN_CHANGES` makes it so many times as many.
fn run(name: &str, changes: usize) {
    let times = std::env::var("UNSPIN_CHANGES").ok().and_then(|times| times.parse().ok());
    let changes = changes * times.unwrap_or(1_usize);
    let check = ALL.iter().find(|check| check.name == name).expect("it is listed");
    let seeds = seeds(name);
    assert!(!seeds.is_empty(), "a check without seeds");
    let holds = |input: &[u8], what: &str| {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (check.run)(input))) {
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("broken_{name}"));
            let _ = std::fs::write(&kept, input);
            let broken = panic.downcast_ref::<String>().map(String::as_str);
            let broken = broken.or(panic.downcast_ref::<&str>().copied()).unwrap_or_default();
            panic!("{name}, {what}: {broken}; the input is {}", kept.display());
        }
    };
    holds(b"", "nothing");
    for (number, (seed, bytes)) in seeds.iter().enumerate() {
        holds(bytes, seed);
        let mut lot = Lot::new(name, number);
        for change in 0..changes {
            let other = &seeds[lot.below(seeds.len())].1;
            holds(&changed(bytes, other, &mut lot), &format!("{seed} changed, number {change}"));
        }
    }
}

macro_rules! runs {
    ($($name:ident: $changes:literal),* $(,)?) => {
        $(#[test] fn $name() { run(stringify!($name), $changes); })*

        #[test]
        fn every_check_is_run_and_has_its_target() {
            let run = [$(stringify!($name)),*];
            let listed: Vec<&str> = ALL.iter().map(|check| check.name).collect();
            assert_eq!(listed, run);
            let manifest = std::fs::read_to_string(fuzz().join("Cargo.toml")).expect("it is there");
            let page = std::fs::read_to_string(fuzz().join("README.md")).expect("it is there");
            for name in run {
                let target = fuzz().join(format!("targets/{name}.rs"));
                let target = std::fs::read_to_string(target).expect("each has a target");
                assert!(target.contains(&format!("unspin_invariants::{name}::check")), "{name}");
                assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")), "{name}");
                assert!(page.contains(&format!("\n| `{name}` | ")), "{name} has no row");
            }
        }
    };
}

runs! {
    baseline: 300,
    cache: 100,
    csv: 300,
    docx: 300,
    gzip: 300,
    html: 300,
    json_lines: 300,
    lint_toml: 100,
    linter: 40,
    lsp: 20,
    markdown: 300,
    model: 60,
    pack_table: 300,
    packs: 150,
    plugin_module: 150,
    plugin_output: 300,
    text: 300,
    writing: 40,
    xml: 300,
    zstd: 300,
}
