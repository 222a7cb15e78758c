//! The command `examples`: rows of features with what is true of them, from simulated rewording or from given texts.
//!
//! Writes `rows.i16` (the features of one word after another), `words.i32` (for each: document, 1 if it was put in
//! and 2 if it was and fits as well as what stood there, start and end in bytes of its text) and `documents.tsv` (name, kind, rate of rewording, words).

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;
use unspin_lint::Document;
use unspin_model::{Model, Statistics};
use unspin_rules_substitution::{All, Visible, features, fit_gain, units};
use unspin_text::fold_key;

use crate::manifest::files;
use crate::part::Part;
use crate::random::Random;
use crate::reword::stranger;
use crate::simulate::{Inputs, Sample, Simulation, Text, passages};
use crate::spin::{Dictionaries, Spun, Style, spin};

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Model with statistics
    #[arg(long)]
    model: PathBuf,
    /// Folder to write to
    #[arg(long)]
    out: PathBuf,
    /// Folders of plain texts, instead of simulated rewording
    #[arg(long)]
    texts: Vec<PathBuf>,
    /// Folder with `text/*.txt.zst`
    #[arg(long, env = "UNSPIN_DATA")]
    data: Option<PathBuf>,
    /// Folder of the substitution channel
    #[arg(long)]
    channel: Option<PathBuf>,
    /// Folder of the database of Debian's package wordnet-base
    #[arg(long)]
    wordnet: Option<PathBuf>,
    /// Passages to make; every second is reworded
    #[arg(long, default_value_t = 18_000)]
    passages: usize,
    /// Seed of everything random
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Reword the given texts with a thesaurus that training does not use: `moby.txt` of the crate thesaurus-moby
    #[arg(long)]
    moby: Option<PathBuf>,
    /// Use the part of the corpora kept for calibration, all of it and unchanged
    #[arg(long)]
    calibration: bool,
}

/// Writes the examples.
///
/// # Errors
/// If an input cannot be read or an output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let bytes = fs::read(&arguments.model)
        .with_context(|| format!("cannot read {}", arguments.model.display()))?;
    let model = Model::from_bytes(&bytes)?;
    let statistics = model.statistics().context("the model has no statistics; build them first")?;
    fs::create_dir_all(&arguments.out)?;
    let mut out = Output::create(&arguments.out)?;
    if !arguments.texts.is_empty() {
        let mut paths = Vec::new();
        for folder in &arguments.texts {
            let mut found = files(folder)?;
            found.retain(|path| path.extension().is_some_and(|e| e == "txt"));
            paths.extend(found);
        }
        let stranger = match (&arguments.moby, &arguments.wordnet) {
            (Some(moby), Some(wordnet)) => Some(stranger(&statistics.lexicon, moby, wordnet)?),
            _ => None,
        };
        let made = paths.par_iter().enumerate().map(|(i, path)| {
            let text = fs::read(path).unwrap_or_default();
            let document = Document::new(&text);
            let name = path.display().to_string();
            let Some(stranger) = &stranger else {
                return Example::clean(name, &document, &statistics, &All);
            };
            let dictionaries = Dictionaries { sources: vec![(1.0, stranger)] };
            let style = Style::random(&mut Random::new(arguments.seed ^ i as u64), &dictionaries);
            let spun = spin(&document, &style, &dictionaries);
            Example::reworded(name, &spun, style.rate, &statistics, &All)
        });
        return out.write_all(made.collect());
    }
    let data = arguments.data.as_ref().context("--data or --texts is needed")?;
    if arguments.calibration {
        let passages = passages(data, Part::Calibration, usize::MAX, arguments.seed)?;
        for some in passages.chunks(2000) {
            let made = some.par_iter().map(|(name, text)| {
                Example::clean(name.clone(), &Document::new(text.as_bytes()), &statistics, &All)
            });
            out.write_all(made.collect())?;
        }
        return Ok(());
    }
    let simulation = Simulation::new(&Inputs {
        statistics: &statistics,
        data,
        channel: arguments.channel.as_deref(),
        wordnet: arguments.wordnet.as_deref(),
        passages: arguments.passages,
        seed: arguments.seed,
        hidden: (0.1, 0.8),
    })?;
    for chunk in simulation.chunks() {
        let made = chunk.into_par_iter().map(|i| match simulation.sample(i) {
            Sample { name, text: Text::Clean(text), hidden, .. } => {
                Example::clean(name, &Document::new(text.as_bytes()), &statistics, &hidden)
            }
            Sample { name, text: Text::Reworded(spun, rate), hidden } => {
                Example::reworded(name, &spun, rate, &statistics, &hidden)
            }
        });
        out.write_all(made.collect())?;
    }
    Ok(())
}

/// The features of one document.
struct Example {
    name: String,
    rate: f64,
    rows: features::Rows,
    words: Vec<[u32; 3]>,
}

impl Example {
    fn clean(
        name: String,
        document: &Document<'_>,
        statistics: &Statistics<'_>,
        visible: &impl Visible,
    ) -> Self {
        let units = units(document, &statistics.lexicon);
        let rows = features::rows(document, statistics, &units, visible);
        let words = rows
            .units
            .iter()
            .map(|&unit| {
                let span = document.tokens()[units[unit as usize].token as usize].span;
                [0, span.start, span.end]
            })
            .collect();
        Self { name, rate: 0.0, rows, words }
    }

    fn reworded(
        name: String,
        spun: &Spun,
        rate: f64,
        statistics: &Statistics<'_>,
        visible: &impl Visible,
    ) -> Self {
        let document = Document::new(spun.text.as_bytes());
        let mut example = Self::clean(name, &document, statistics, visible);
        example.rate = rate;
        let mut change = 0;
        let id = |word: &str| statistics.lexicon.get(fold_key(word));
        let units = units(&document, &statistics.lexicon);
        let start_of =
            |unit: usize| document.tokens()[units[unit].token as usize].span.start as usize;
        for (&unit, [label, start, _]) in example.rows.units.iter().zip(&mut example.words) {
            while spun.changes.get(change).is_some_and(|c| c.end <= *start as usize) {
                change += 1;
            }
            let Some(changed) = spun.changes.get(change).filter(|c| c.start <= *start as usize)
            else {
                continue;
            };
            let (mut first, mut last) = (unit as usize, unit as usize);
            while units[first - 1].id.is_word() && start_of(first - 1) >= changed.start {
                first -= 1;
            }
            while units[last + 1].id.is_word() && start_of(last + 1) < changed.end {
                last += 1;
            }
            // What fits as well as what stood there is no damage that anybody could see.
            let harmless = id(&changed.original).is_some_and(|original| {
                let around = [units[first - 1].id, units[last + 1].id];
                fit_gain(statistics, around, original, [units[first].id, units[last].id]) < 0
            });
            *label = if harmless { 2 } else { 1 };
        }
        example
    }
}

struct Output {
    rows: BufWriter<File>,
    words: BufWriter<File>,
    documents: BufWriter<File>,
    count: u32,
}

impl Output {
    fn create(folder: &Path) -> anyhow::Result<Self> {
        let file = |name| File::create(folder.join(name)).map(BufWriter::new);
        Ok(Self {
            rows: file("rows.i16")?,
            words: file("words.i32")?,
            documents: file("documents.tsv")?,
            count: 0,
        })
    }

    fn write_all(&mut self, examples: Vec<Example>) -> anyhow::Result<()> {
        for example in examples {
            for value in &example.rows.values {
                self.rows.write_all(&value.to_le_bytes())?;
            }
            for [label, start, end] in &example.words {
                for number in [self.count, *label, *start, *end] {
                    self.words.write_all(&number.to_le_bytes())?;
                }
            }
            writeln!(
                self.documents,
                "{}\t{:.3}\t{}",
                example.name,
                example.rate,
                example.words.len()
            )?;
            self.count += 1;
        }
        Ok(())
    }
}
