//! The command `reword`: given texts as a strange spinner would leave them, to try the linter on.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use unspin_lint::Document;
use unspin_model::{Lexicon, Model};

use crate::channel::{self, Surface};
use crate::manifest::files;
use crate::random::Random;
use crate::spin::{Dictionaries, Style, spin};
use crate::thesaurus;
use crate::word_class::WordClasses;

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Model with statistics
    #[arg(long)]
    model: PathBuf,
    /// Folder of plain texts
    #[arg(long)]
    texts: PathBuf,
    /// Folder to write to
    #[arg(long)]
    out: PathBuf,
    /// The Moby thesaurus, which training does not use: `moby.txt` of the crate thesaurus-moby
    #[arg(long)]
    moby: PathBuf,
    /// Folder of the database of Debian's package wordnet-base
    #[arg(long)]
    wordnet: PathBuf,
    /// Share of the eligible words that are replaced, instead of a random one for each text
    #[arg(long)]
    rate: Option<f64>,
    /// Seed of everything random
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The Moby thesaurus as a spinner's dictionary, which no training uses.
///
/// # Errors
/// If the file or the database of `WordNet` cannot be read.
pub(crate) fn stranger(
    lexicon: &Lexicon<'_>,
    moby: &Path,
    wordnet: &Path,
) -> anyhow::Result<Surface> {
    let frequency = |word: &str| channel::frequency(lexicon, word);
    let classes = WordClasses::read(wordnet)?;
    let read = thesaurus::moby(moby, &frequency, &unspin_lang::is_function_word)?;
    Ok(channel::inflected(&read.0, &classes))
}

/// Writes each text reworded under its own name, and prints how many of its words were put in.
///
/// # Errors
/// If an input cannot be read or an output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let bytes = fs::read(&arguments.model)
        .with_context(|| format!("cannot read {}", arguments.model.display()))?;
    let statistics = Model::from_bytes(&bytes)?.statistics().context("no statistics")?;
    let stranger = stranger(&statistics.lexicon, &arguments.moby, &arguments.wordnet)?;
    let dictionaries = Dictionaries { sources: vec![(1.0, &stranger)] };
    fs::create_dir_all(&arguments.out)?;
    let mut out = io::stdout().lock();
    for (i, path) in files(&arguments.texts)?.iter().enumerate() {
        let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let document = Document::new(&text);
        let mut style = Style::random(&mut Random::new(arguments.seed ^ i as u64), &dictionaries);
        if let Some(rate) = arguments.rate {
            style = style.throughout(rate);
        }
        let spun = spin(&document, &style, &dictionaries);
        let name = path.file_name().unwrap_or_default();
        let (words, changes) = (document.word_count(), spun.changes.len());
        writeln!(out, "{}\t{words}\t{changes}", name.display())?;
        fs::write(arguments.out.join(name), spun.text)?;
    }
    Ok(())
}
