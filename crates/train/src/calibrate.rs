//! The command `calibrate`: how clean texts score, for `crates/linter/src/calibration.rs`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use unspin_lint::{Document, Level};
use unspin_linter::Linter;

use crate::archive::{self, Piece};
use crate::manifest::files;
use crate::part::Part;

/// Scores are told apart to half a nat: in thousandths of a nat.
const STEP: i32 = 500;

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with `text/*.txt.zst`
    #[arg(long, env = "UNSPIN_DATA")]
    data: PathBuf,
}

/// Scores the documents of the part for calibration and prints the steps of the table: scores of
/// documents with a mark, rounded down, each with the number of documents that score at least so much.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let linter = Linter::new();
    let mut out = io::stdout().lock();
    let (mut documents, mut words) = (0_u32, 0_usize);
    let mut scores: BTreeMap<i32, u32> = BTreeMap::new();
    let mut shown: BTreeMap<String, u32> = BTreeMap::new();
    for path in files(&arguments.data.join("text"))? {
        archive::read(&path, |piece| {
            let Piece::Document(text) = piece else { return };
            if Part::of(text) != Part::Calibration {
                return;
            }
            let document = Document::new(text.as_bytes());
            let report = linter.check(&document);
            // A text too short to be judged is never shown a rarity.
            if report.verdict.level == Level::Unknown {
                return;
            }
            documents += 1;
            words += report.verdict.words;
            if report.verdict.marks > 0 {
                *scores.entry(report.verdict.score.milli().div_euclid(STEP) * STEP).or_default() +=
                    1;
            }
            for finding in &report.findings {
                *shown
                    .entry(format!("{} {}", finding.rule, document.slice(finding.span)))
                    .or_default() += 1;
            }
        })?;
    }
    writeln!(out, "// {documents} documents, {words} words")?;
    let mut at_least = 0;
    let highest = scores.keys().next_back().copied().unwrap_or_default();
    let mut steps: Vec<(i32, u32)> = vec![(highest + STEP, 0)];
    for (score, count) in scores.into_iter().rev() {
        at_least += count;
        steps.push((score, at_least));
    }
    steps.reverse();
    writeln!(out, "Calibration {{ steps: &{steps:?}, documents: {documents} }}")?;
    for (finding, count) in shown {
        writeln!(out, "// shown: {finding:?} {count}")?;
    }
    Ok(())
}
