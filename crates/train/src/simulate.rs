//! Simulated rewording of passages of the corpora, one spinner to each, with what the features may know of it.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use anyhow::Context;
use unspin_lint::Document;
use unspin_model::{Lexicon, Statistics, WordId};
use unspin_rules_substitution::{Unit, Visible};
use unspin_text::fold_key;

use crate::archive::{self, Piece};
use crate::channel::{self, Surface};
use crate::manifest::files;
use crate::nuisance::roughen;
use crate::part::Part;
use crate::random::{Random, fixed};
use crate::spin::{Dictionaries, Spun, Style, spin};
use crate::thesaurus;
use crate::word_class::WordClasses;

/// Shares of the passages by corpus; the rest is shared by the others. Press releases would drown everything.
const SHARES: [(&str, f64); 4] =
    [("senate_pr", 0.36), ("doj_pr", 0.16), ("openstax_ccby", 0.22), ("us_gov_web", 0.12)];

/// Samples that are made before any is written.
const CHUNK: usize = 2000;

/// What a simulation is made of.
pub(crate) struct Inputs<'i> {
    pub(crate) statistics: &'i Statistics<'i>,
    /// Folder with `text/*.txt.zst`.
    pub(crate) data: &'i Path,
    /// Folder of the substitution channel.
    pub(crate) channel: Option<&'i Path>,
    /// Folder of the database of `WordNet`.
    pub(crate) wordnet: Option<&'i Path>,
    /// Passages to make; every second is reworded.
    pub(crate) passages: usize,
    pub(crate) seed: u64,
    /// Share of the substitutions really used that are hidden: at least and at most.
    pub(crate) hidden: (f64, f64),
}

/// Passages and the dictionaries to reword them with.
pub(crate) struct Simulation<'i> {
    statistics: &'i Statistics<'i>,
    own: Surface,
    wordnet: Surface,
    passages: Vec<(String, String)>,
    seed: u64,
    hidden: (f64, f64),
}

/// A passage as the simulation leaves it.
pub(crate) struct Sample<'l> {
    /// Of the corpus.
    pub(crate) name: String,
    pub(crate) text: Text,
    /// What the features must not know of.
    pub(crate) hidden: Hidden<'l>,
}

/// The text of a sample.
pub(crate) enum Text {
    Clean(String),
    /// With the share of eligible words that the spinner means to replace.
    Reworded(Spun, f64),
}

impl<'i> Simulation<'i> {
    /// # Errors
    /// If an input is missing or cannot be read.
    pub(crate) fn new(inputs: &Inputs<'i>) -> anyhow::Result<Self> {
        let (channel, wordnet) = inputs
            .channel
            .zip(inputs.wordnet)
            .context("--channel and --wordnet are needed to reword")?;
        let classes = WordClasses::read(wordnet)?;
        let frequency = |word: &str| channel::frequency(&inputs.statistics.lexicon, word);
        Ok(Self {
            statistics: inputs.statistics,
            own: channel::inflected(&channel::read(channel)?, &classes),
            wordnet: channel::inflected(&thesaurus::wordnet(wordnet, &frequency)?.0, &classes),
            passages: passages(inputs.data, Part::Training, inputs.passages, inputs.seed)?,
            seed: inputs.seed,
            hidden: inputs.hidden,
        })
    }

    /// The samples' numbers, some at a time.
    pub(crate) fn chunks(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        let count = self.passages.len();
        (0..count).step_by(CHUNK).map(move |from| from..(from + CHUNK).min(count))
    }

    /// A sample by its number; the same for the same seed.
    pub(crate) fn sample(&self, i: usize) -> Sample<'i> {
        let (name, text) = &self.passages[i];
        let dictionaries = Dictionaries { sources: vec![(0.7, &self.own), (0.3, &self.wordnet)] };
        let mut random = Random::new(self.seed.wrapping_mul(1_000_003) ^ i as u64);
        let rough = random.chance(0.25).then(|| roughen(text, &mut random));
        let text = rough.unwrap_or_else(|| text.clone());
        let mut hidden = Hidden::random(&mut random, self.statistics.lexicon, self.hidden);
        let name = name.clone();
        if i.is_multiple_of(2) || name.starts_with("nltk_inaugural") {
            return Sample { name, text: Text::Clean(text), hidden };
        }
        let style = Style::random(&mut random, &dictionaries);
        let spun = spin(&Document::new(text.as_bytes()), &style, &dictionaries);
        hidden.hide_some_of(&spun, &mut random);
        Sample { name, text: Text::Reworded(spun, style.rate), hidden }
    }
}

/// Substitutions that the features of one document must not know of.
pub(crate) struct Hidden<'l> {
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
    fn random(random: &mut Random, lexicon: Lexicon<'l>, used: (f64, f64)) -> Self {
        Self {
            lexicon,
            pairs: HashSet::new(),
            phrases: HashSet::new(),
            seed: random.next(),
            share: random.between(0.0, 0.12),
            used: random.between(used.0, used.1),
        }
    }

    fn hide_some_of(&mut self, spun: &Spun, random: &mut Random) {
        let id = |word: &str| self.lexicon.get(fold_key(word));
        for change in &spun.changes {
            let Some(original) = id(&change.original) else { continue };
            if random.chance(self.used) {
                if let Some(replacement) = id(&change.replacement) {
                    self.pairs.insert((original, replacement));
                } else {
                    let words = channel::words_of(&change.replacement, &self.lexicon);
                    self.phrases.insert((original, words));
                }
            }
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

/// Passages of 60 to 700 words of one part of the corpora, shuffled.
pub(crate) fn passages(
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
