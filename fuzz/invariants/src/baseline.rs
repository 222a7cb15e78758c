//! Baselines, which a merge may have broken.

use std::sync::LazyLock;

use unspin_apply::baseline::{Baseline, BaselineError, Draft};
use unspin_lint::{Diagnosis, Document};

use crate::linter::LINTER;
use crate::told;

/// What is sifted.
static SAID: LazyLock<Diagnosis> = LazyLock::new(|| {
    let text =
        "The boats wait withinside the the harbour. They pay with the aid of using a old card.\n";
    let document = Document::new(text.as_bytes());
    Diagnosis::new(&document, &LINTER.check(&document))
});

/// Any text is a baseline or an error that names its line; what is written is read again as the same.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Baseline::parse(&text) {
        Err(error) => {
            told::wording(&error.to_string());
            if let BaselineError::Conflict { line } | BaselineError::Malformed { line, .. } = error
            {
                let lines = text.matches('\n').count() + 1;
                assert!((1..=lines).contains(&line), "line {line} of {lines}");
            }
        }
        Ok(baseline) => read(&baseline),
    }
}

fn read(baseline: &Baseline) {
    let json = baseline.to_json();
    let again = Baseline::parse(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(*baseline, again, "{json}");
    assert_eq!(json, again.to_json(), "not the same twice");
    let paths: Vec<&str> = baseline.paths().collect();
    assert!(paths.is_sorted_by(|a, b| a < b), "{paths:?}");

    // A draft that keeps all of it is it.
    let mut kept = Draft::new();
    kept.keep(baseline, |_| true);
    assert_eq!(kept.finish(), *baseline);

    // What is known is taken out, and nothing else.
    let mut settled = baseline.clone();
    settled.settle_renames(|path| path.len() % 2 == 0);
    for of in [baseline, &settled] {
        let mut tally = of.tally();
        for path in paths.iter().copied().chain(["desk/story.txt"]).take(8) {
            for locator in [None, Some("item[1]/title")] {
                let mut said = SAID.clone();
                let sifted = of.file(path, locator).sift(&mut said);
                assert_eq!(said.diagnostics.len() + sifted.known, SAID.diagnostics.len());
                assert_eq!(said.verdict, SAID.verdict, "a baseline changes no verdict");
                assert!(said.diagnostics.iter().all(|d| SAID.diagnostics.contains(d)));
                tally.add(&sifted);
            }
        }
        let gone: usize = tally.gone().iter().map(|gone| gone.count as usize).sum();
        assert!(gone <= of.len(), "more is gone than was there");
    }
}
