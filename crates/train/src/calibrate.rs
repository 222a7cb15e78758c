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
/// Bounds of the classes of length, in words.
const BELOW: [usize; 4] = [150, 400, 1_000, usize::MAX];

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
    let mut words = 0_usize;
    let mut classes: Vec<(usize, u32, BTreeMap<i32, u32>)> =
        BELOW.map(|below| (below, 0, BTreeMap::new())).to_vec();
    let mut called: BTreeMap<String, [u32; 2]> = BTreeMap::new();
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
            words += report.verdict.words;
            let class = classes
                .iter_mut()
                .find(|c| report.verdict.words < c.0)
                .expect("the last holds all");
            class.1 += 1;
            *class.2.entry(report.verdict.score.milli().div_euclid(STEP) * STEP).or_default() += 1;
            let counts = called
                .entry(path.file_name().unwrap_or_default().to_string_lossy().into_owned())
                .or_default();
            counts[0] += 1;
            counts[1] += u32::from(report.verdict.level == Level::Reworded);
            for finding in &report.findings {
                *shown
                    .entry(format!("{} {}", finding.rule, document.slice(finding.span)))
                    .or_default() += 1;
            }
        })?;
    }
    writeln!(out, "// {words} words; texts and those called reworded: {called:?}")?;
    writeln!(out, "Calibration {{ lengths: &[")?;
    for (below, documents, scores) in classes {
        let mut at_least = 0;
        let highest = scores.keys().next_back().copied().unwrap_or_default();
        let mut steps: Vec<(i32, u32)> = vec![(highest + STEP, 0)];
        for (score, count) in scores.into_iter().rev() {
            at_least += count;
            steps.push((score, at_least));
        }
        steps.reverse();
        let below = if below == usize::MAX { "usize::MAX".to_owned() } else { below.to_string() };
        writeln!(
            out,
            "LengthClass {{ below: {below}, steps: &{steps:?}, documents: {documents} }},"
        )?;
    }
    writeln!(out, "] }}")?;
    for (finding, count) in shown {
        writeln!(out, "// shown: {finding:?} {count}")?;
    }
    Ok(())
}
