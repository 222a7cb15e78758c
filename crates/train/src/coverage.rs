//! The command `coverage`: how many words of clean texts a model does not know.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use unspin_model::{Model, Vocabulary};

use crate::evidence::fold;
use crate::manifest::files;
use crate::tokens::{Case, words};

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Model file
    #[arg(long)]
    model: PathBuf,
    /// Folder of plain UTF-8 texts; those whose file name starts with an odd number are left out,
    /// so that they can test what was tuned here
    #[arg(long)]
    texts: PathBuf,
    /// Number of unknown words to print of each kind
    #[arg(long, default_value_t = 40)]
    samples: usize,
}

#[derive(Default)]
struct Tally {
    words: u64,
    unknown: u64,
    unlisted: u64,
    samples: BTreeMap<String, u64>,
}

impl Tally {
    fn add(&mut self, word: &str, vocabulary: Vocabulary<'_>) {
        // A compound is known by its parts.
        let entry = vocabulary.get(word);
        let known = |part: &str| part.is_empty() || vocabulary.get(part).is_some();
        self.words += 1;
        if entry.is_none() && !(word.contains('-') && word.split('-').all(known)) {
            self.unknown += 1;
            *self.samples.entry(fold(word)).or_default() += 1;
        } else if entry.is_some_and(|entry| !entry.is_listed()) {
            self.unlisted += 1;
        }
    }

    fn print(&self, kind: &str, samples: usize, out: &mut impl Write) -> io::Result<()> {
        let percent = |part: u64| 100.0 * part as f64 / self.words.max(1) as f64;
        writeln!(
            out,
            "{kind}: {} words, {:.3} % unknown ({} different), {:.2} % known but in no list",
            self.words,
            percent(self.unknown),
            self.samples.len(),
            percent(self.unlisted),
        )?;
        // Evenly over the alphabet: the commonest alone would be one article's hobby.
        let step = self.samples.len().div_ceil(samples.max(1)).max(1);
        for (word, count) in self.samples.iter().step_by(step) {
            write!(out, " {word}:{count}")?;
        }
        writeln!(out)
    }
}

/// Prints the shares.
///
/// # Errors
/// If the model or a text cannot be read.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let bytes = fs::read(&arguments.model)
        .with_context(|| format!("cannot read {}", arguments.model.display()))?;
    let vocabulary = Model::from_bytes(&bytes)?.vocabulary();
    let (mut lower, mut capital) = (Tally::default(), Tally::default());
    for path in files(&arguments.texts)?.into_iter().filter(|path| !is_odd(path)) {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for line in String::from_utf8_lossy(&bytes).lines() {
            for word in words(line).filter(|word| !word.starts) {
                match word.case {
                    Case::Lower => lower.add(word.text, vocabulary),
                    Case::Capital => capital.add(word.text, vocabulary),
                    Case::Other => {}
                }
            }
        }
    }
    let mut out = io::stdout().lock();
    lower.print("lower case inside sentences", arguments.samples, &mut out)?;
    capital.print("capitalised inside sentences", arguments.samples, &mut out)?;
    Ok(())
}

/// Whether the file name starts with an odd number.
fn is_odd(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let digits = name.bytes().take_while(u8::is_ascii_digit);
    digits.last().is_some_and(|digit| (digit - b'0') % 2 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_odd_numbered_files_are_left_out() {
        assert!(is_odd(Path::new("a/0013_x.txt")));
        assert!(!is_odd(Path::new("a/0010_x1.txt")));
        assert!(!is_odd(Path::new("a/x1.txt")));
    }
}
