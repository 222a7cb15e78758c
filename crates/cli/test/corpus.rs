//! `unspin test --corpus`: what rules report in clean texts, before a reader sees it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use unspin_lint::{Document, INTERNAL_ERROR};
use unspin_linter::Linter;
use unspin_report::printable;

use super::{Tested, counted, in_context, states};
use crate::args::Test;
use crate::check::threads;
use crate::walk::{self, Entry};
use crate::{CLEAN, FAILED};

/// Texts checked before any is counted: enough for every thread to stay busy, few enough to hold what they gave.
const BATCH: usize = 256;

/// What a rule reported.
#[derive(Default)]
struct Tally {
    findings: usize,
    texts: usize,
    samples: Vec<String>,
}

/// What one text gave: its words, and what was found by which rule, in context.
struct Seen {
    words: usize,
    found: Vec<(String, String)>,
    /// Rules that failed on it.
    failures: Vec<String>,
}

/// Counts and prints; the exit status says only whether all texts could be read.
pub(super) fn count(arguments: &Test, tested: &Tested) -> anyhow::Result<u8> {
    let mut linter = tested.linter.clone();
    linter.rules_mut().show(|meta| tested.ids.contains(meta.id.as_ref()));
    let mut status = CLEAN;
    let mut out = String::new();
    let mut paths = Vec::new();
    for entry in walk::all(&arguments.corpus, walk::is_text) {
        match entry {
            Entry::File(path) => paths.push(path),
            Entry::Stdin => anyhow::bail!("--corpus takes files and folders, not standard input"),
            Entry::Error { path, message } => {
                status = FAILED;
                let _ = writeln!(out, "{}: {message}", printable(&path.display().to_string()));
            }
        }
    }
    let pool = threads(arguments.threads, paths.len())?;
    let mut tallies: BTreeMap<String, Tally> =
        states(tested).map(|state| (state.rule.meta().id.to_string(), Tally::default())).collect();
    let (mut texts, mut words) = (0, 0);
    for batch in paths.chunks(BATCH) {
        let seen: Vec<Result<Seen, String>> =
            pool.install(|| batch.par_iter().map(|path| see(path, &linter)).collect());
        for seen in seen {
            match seen {
                Ok(seen) => {
                    for failure in &seen.failures {
                        status = FAILED;
                        let _ = writeln!(out, "{}", printable(failure));
                    }
                    texts += 1;
                    words += seen.words;
                    add(&mut tallies, &seen, arguments.samples);
                }
                Err(message) => {
                    status = FAILED;
                    let _ = writeln!(out, "{}", printable(&message));
                }
            }
        }
    }
    if texts == 0 {
        anyhow::bail!("--corpus names no text; check the spelling");
    }
    let _ = writeln!(out, "{}, {}", counted(texts, "text"), counted(words, "word"));
    let _ =
        writeln!(out, "{:<24} {:>8} {:>14} {:>6}", "rule", "findings", "a 10,000 words", "texts");
    for (id, tally) in &tallies {
        let rate = tally.findings as f64 * 1e4 / words.max(1) as f64;
        let _ = writeln!(out, "{id:<24} {:>8} {rate:>14.2} {:>6}", tally.findings, tally.texts);
        for sample in &tally.samples {
            let _ = writeln!(out, "  {}", printable(sample));
        }
    }
    crate::print(out.as_bytes()).map(|_| status)
}

fn add(tallies: &mut BTreeMap<String, Tally>, seen: &Seen, samples: usize) {
    let mut last = "";
    for (rule, sample) in &seen.found {
        let Some(tally) = tallies.get_mut(rule) else { continue };
        tally.findings += 1;
        if rule != last {
            tally.texts += 1;
            last = rule;
        }
        if tally.samples.len() < samples {
            tally.samples.push(sample.clone());
        }
    }
}

fn see(path: &PathBuf, linter: &Linter) -> Result<Seen, String> {
    let name = path.display();
    let bytes =
        std::fs::read(path).map_err(|error| format!("{name}: {}", walk::explain(&error)))?;
    let document = Document::read(&bytes, walk::markup(path, &bytes));
    let report = linter.check(&document);
    let (failed, findings): (Vec<_>, Vec<_>) =
        report.findings.iter().partition(|finding| finding.rule == INTERNAL_ERROR);
    let failures = failed.iter().map(|f| format!("{name}: {}", f.message)).collect();
    let mut found: Vec<(String, String)> = findings
        .iter()
        .map(|finding| {
            let source = document.in_source(finding.span);
            let at = document.positions().at(document.source(), source.start);
            let context = in_context(&document, finding.span);
            (finding.rule.to_string(), format!("{name}:{}:{}: {context}", at.line, at.column))
        })
        .collect();
    // By rule, and within a rule by place.
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(Seen { words: document.word_count(), found, failures })
}
