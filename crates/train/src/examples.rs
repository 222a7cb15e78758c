//! The command `examples`: rows of features with what is true of them, from simulated rewording or from given texts.
//!
//! Writes `rows.i16` (the features of one word after another), `words.i32` (for each: document, 1 if it was put in
//! and 2 if it was and fits as well as what stood there, start and end in bytes of its text) and `documents.tsv` (name, kind, rate of rewording, words).

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;
use unspin_lint::Document;
use unspin_model::{Lexicon, Model, Statistics, WordId};
use unspin_rules_substitution::{All, Unit, Visible, features, fit_gain, units};
use unspin_text::fold_key;

use crate::archive::{self, Piece};
use crate::channel;
use crate::manifest::files;
use crate::nuisance::roughen;
use crate::part::Part;
use crate::random::{Random, fixed};
use crate::spin::{Dictionaries, Spun, Style, spin};
use crate::thesaurus;
use crate::word_class::WordClasses;

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

/// Shares of the passages by corpus; the rest is shared by the others. Press releases would drown everything.
const SHARES: [(&str, f64); 4] =
    [("senate_pr", 0.36), ("doj_pr", 0.16), ("openstax_ccby", 0.22), ("us_gov_web", 0.12)];

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
    let frequency = |word: &str| channel::frequency(&statistics.lexicon, word);
    if !arguments.texts.is_empty() {
        let mut paths = Vec::new();
        for folder in &arguments.texts {
            let mut found: Vec<PathBuf> =
                fs::read_dir(folder)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
            found.retain(|path| path.extension().is_some_and(|e| e == "txt"));
            found.sort();
            paths.extend(found);
        }
        let stranger = match (&arguments.moby, &arguments.wordnet) {
            (Some(moby), Some(wordnet)) => {
                let classes = WordClasses::read(wordnet)?;
                let read = thesaurus::moby(moby, &frequency, &unspin_lang::is_function_word)?;
                Some(channel::inflected(&read.0, &classes))
            }
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
    let (channel, wordnet) = arguments
        .channel
        .as_ref()
        .zip(arguments.wordnet.as_ref())
        .context("--channel and --wordnet are needed to reword")?;
    let classes = WordClasses::read(wordnet)?;
    let own = channel::inflected(&channel::read(channel)?, &classes);
    let wordnet = channel::inflected(&thesaurus::wordnet(wordnet, &frequency)?.0, &classes);
    let dictionaries = Dictionaries { sources: vec![(0.7, &own), (0.3, &wordnet)] };
    let passages = passages(data, Part::Training, arguments.passages, arguments.seed)?;
    for (chunk, some) in passages.chunks(2000).enumerate() {
        let made = some.par_iter().enumerate().map(|(i, (name, text))| {
            let mut random =
                Random::new(arguments.seed.wrapping_mul(1_000_003) ^ (chunk * 2000 + i) as u64);
            let rough = random.chance(0.25).then(|| roughen(text, &mut random));
            let document = Document::new(rough.as_ref().unwrap_or(text).as_bytes());
            let hidden = Hidden::random(&mut random, statistics.lexicon);
            if i % 2 == 0 || name.starts_with("nltk_inaugural") {
                return Example::clean(name.clone(), &document, &statistics, &hidden);
            }
            let style = Style::random(&mut random, &dictionaries);
            let spun = spin(&document, &style, &dictionaries);
            Example::spun(name.clone(), &spun, style.rate, &statistics, hidden, &mut random)
        });
        out.write_all(made.collect())?;
    }
    Ok(())
}

/// Substitutions that the features of one document must not know of.
struct Hidden<'l> {
    lexicon: Lexicon<'l>,
    pairs: HashSet<(WordId, WordId)>,
    phrases: HashSet<(WordId, Vec<WordId>)>,
    seed: u64,
    /// Share of the replacements of which nothing is known.
    share: f64,
    /// Share of the pairs really used that are hidden.
    used: f64,
}

impl<'l> Hidden<'l> {
    fn random(random: &mut Random, lexicon: Lexicon<'l>) -> Self {
        Self {
            lexicon,
            pairs: HashSet::new(),
            phrases: HashSet::new(),
            seed: random.next(),
            share: random.between(0.0, 0.12),
            used: random.between(0.1, 0.8),
        }
    }
}

impl Visible for Hidden<'_> {
    fn visible(&self, original: WordId, replacement: WordId) -> bool {
        fixed(self.seed, self.lexicon.spelling(replacement)) >= self.share
            && !self.pairs.contains(&(original, replacement))
    }

    fn visible_phrase(&self, original: WordId, expression: &[Unit]) -> bool {
        let spellings: Vec<&str> = expression.iter().map(|u| self.lexicon.spelling(u.id)).collect();
        fixed(self.seed, &spellings.join(" ")) >= self.share
            && !self.phrases.contains(&(original, expression.iter().map(|u| u.id).collect()))
    }
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

    fn spun(
        name: String,
        spun: &Spun,
        rate: f64,
        statistics: &Statistics<'_>,
        mut hidden: Hidden<'_>,
        random: &mut Random,
    ) -> Self {
        let id = |word: &str| statistics.lexicon.get(fold_key(word));
        for change in &spun.changes {
            let Some(original) = id(&change.original) else { continue };
            if random.chance(hidden.used) {
                if let Some(replacement) = id(&change.replacement) {
                    hidden.pairs.insert((original, replacement));
                } else {
                    let words = channel::words_of(&change.replacement, &statistics.lexicon);
                    hidden.phrases.insert((original, words));
                }
            }
        }
        Self::reworded(name, spun, rate, statistics, &hidden)
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

/// Passages of 60 to 700 words of one part of the corpora, shuffled.
fn passages(
    data: &Path,
    part: Part,
    most: usize,
    seed: u64,
) -> anyhow::Result<Vec<(String, String)>> {
    let mut chosen = Vec::new();
    for path in files(&data.join("text"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().replace(".txt.zst", "");
        let share = SHARES.iter().find(|(n, _)| *n == name).map_or(0.03, |(_, share)| *share);
        let mut found = Vec::new();
        let mut random = Random::new(seed);
        archive::read(&path, |piece| {
            if let Piece::Document(text) = piece
                && Part::of(text) == part
            {
                cut(text, &mut random, |passage| found.push((name.clone(), passage)));
            }
        })?;
        shuffle(&mut found, seed);
        // Old oratory is rare here and odd everywhere: every passage of it counts as many.
        if part == Part::Training && name == "nltk_inaugural" {
            found = std::iter::repeat_n(found, 5).flatten().collect();
        }
        found.truncate((most as f64 * share).min(1e9) as usize);
        chosen.extend(found);
    }
    shuffle(&mut chosen, seed + 1);
    Ok(chosen)
}

/// Cuts a text between lines.
fn cut(text: &str, random: &mut Random, mut visit: impl FnMut(String)) {
    let mut passage = String::new();
    let mut words = 0;
    let mut wanted = random.between(60.0, 700.0) as usize;
    for line in text.lines() {
        passage.push_str(line);
        passage.push('\n');
        words += line.split_whitespace().count();
        if words >= wanted {
            visit(std::mem::take(&mut passage));
            words = 0;
            wanted = random.between(60.0, 700.0) as usize;
        }
    }
    if words >= 60 {
        visit(passage);
    }
}

fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut random = Random::new(seed);
    for i in (1..items.len()).rev() {
        items.swap(i, (random.next() % (i as u64 + 1)) as usize);
    }
}
