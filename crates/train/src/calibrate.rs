//! The command `calibrate`: how clean texts score, for `crates/linter/src/calibration.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use unspin_lint::{Document, Level, Report};
use unspin_linter::Linter;

use crate::archive::{self, Piece};
use crate::manifest::files;
use crate::part::{Part, even_files};

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
    /// Folders of clean news; of their files, those with an even number in their name
    #[arg(long)]
    clean: Vec<PathBuf>,
}

/// What is seen of clean texts.
#[derive(Default)]
struct Seen {
    words: usize,
    /// By class of length: number of texts, and of texts by score, rounded down.
    scores: [(u32, BTreeMap<i32, u32>); BELOW.len()],
    /// By genre and class of length.
    genres: BTreeMap<String, [Counts; BELOW.len()]>,
    /// Findings shown.
    shown: BTreeMap<String, u32>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    texts: u32,
    words: usize,
    doubtful: u32,
    reworded: u32,
}

impl Seen {
    fn look(&mut self, linter: &Linter, genre: &str, text: &[u8]) {
        let document = Document::new(text);
        let Report { findings, verdict } = linter.check(&document);
        // A text too short to be judged is never shown a rarity.
        if verdict.level == Level::Unknown {
            return;
        }
        self.words += verdict.words;
        let class = BELOW.iter().position(|&b| verdict.words < b).expect("the last holds all");
        let (texts, scores) = &mut self.scores[class];
        *texts += 1;
        *scores.entry(verdict.score.milli().div_euclid(STEP) * STEP).or_default() += 1;
        let counts = &mut self.genres.entry(genre.to_owned()).or_default()[class];
        counts.texts += 1;
        counts.words += verdict.words;
        counts.doubtful += u32::from(verdict.level == Level::Doubtful);
        counts.reworded += u32::from(verdict.level == Level::Reworded);
        for finding in &findings {
            let found = format!("{} {}", finding.rule, document.slice(finding.span));
            *self.shown.entry(found).or_default() += 1;
        }
    }
}

/// Scores the documents of the part for calibration and those of the folders, and prints the steps of the table: scores
/// rounded down, each with the number of documents that score at least so much; then what each genre came to.
///
/// # Errors
/// If an input cannot be read.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let linter = Linter::new();
    let mut out = io::stdout().lock();
    let mut seen = Seen::default();
    for path in files(&arguments.data.join("text"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().replace(".txt.zst", "");
        archive::read(&path, |piece| {
            if let Piece::Document(text) = piece
                && Part::of(text) == Part::Calibration
            {
                seen.look(&linter, &name, text.as_bytes());
            }
        })?;
    }
    for folder in &arguments.clean {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        for path in even_files(folder)? {
            seen.look(&linter, &name, &fs::read(&path)?);
        }
    }
    let Seen { words, scores: classes, genres, shown } = seen;
    writeln!(out, "// {words} words; genre, words below: texts, words, doubtful, reworded")?;
    for (genre, classes) in genres {
        for (below, Counts { texts, words, doubtful, reworded }) in BELOW.iter().zip(classes) {
            writeln!(out, "// {genre} {below}: {texts} {words} {doubtful} {reworded}")?;
        }
    }
    writeln!(out, "Calibration {{ lengths: &[")?;
    for (below, (documents, scores)) in BELOW.into_iter().zip(classes) {
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
