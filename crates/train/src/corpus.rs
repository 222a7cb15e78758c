//! Counts of words by case over the corpora, clipped so that no document or author dominates.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::archive::{self, Piece};
use crate::evidence::fold;
use crate::part::Part;
use crate::tokens::{Case, is_title, words};

/// A word counts at most so often in one document: contact blocks repeat.
const PER_DOCUMENT: u32 = 3;
/// And at most so often in one section (a senator, a book): each repeats its own name.
const PER_SECTION: u32 = 300;

/// Clipped counts of one folded word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// In lower case, anywhere.
    pub(crate) lower: u32,
    /// Capitalised inside a sentence.
    pub(crate) capital: u32,
    /// Sections that have it in lower case.
    pub(crate) sections: u32,
}

/// Counts over all files so far.
#[derive(Debug, Default)]
pub(crate) struct Corpus {
    pub(crate) counts: BTreeMap<String, Counts>,
    pub(crate) documents: u64,
    /// Words seen, before clipping.
    pub(crate) words: u64,
    in_section: HashMap<String, [u32; 2]>,
    in_document: HashMap<String, [u32; 2]>,
}

impl Corpus {
    /// Counts an archive: of its documents, those in the part for counting.
    pub(crate) fn read(&mut self, path: &Path) -> anyhow::Result<()> {
        archive::read(path, |piece| match piece {
            Piece::Document(text) if Part::of(text) == Part::Counts => {
                text.lines().for_each(|line| self.line(line));
                self.end_document();
            }
            Piece::Document(_) => {}
            Piece::SectionEnd => self.end_section(),
        })
    }

    fn line(&mut self, line: &str) {
        let title = is_title(line);
        for word in words(line) {
            self.words += 1;
            let column = match word.case {
                Case::Lower => 0,
                Case::Capital if !word.starts && !title => 1,
                _ => continue,
            };
            let count = self.in_document.entry(fold(word.text)).or_default();
            count[column] = (count[column] + 1).min(PER_DOCUMENT);
        }
    }

    fn end_document(&mut self) {
        self.documents += u64::from(!self.in_document.is_empty());
        merge(&mut self.in_document, |word, counts| {
            let total = self.in_section.entry(word).or_default();
            for (total, count) in total.iter_mut().zip(counts) {
                *total = (*total + count).min(PER_SECTION);
            }
        });
    }

    fn end_section(&mut self) {
        self.end_document();
        merge(&mut self.in_section, |word, [lower, capital]| {
            let total = self.counts.entry(word).or_default();
            total.lower += lower;
            total.capital += capital;
            total.sections += u32::from(lower > 0);
        });
    }
}

/// Empties `from` into `add`; additions commute, so the order of the map does not matter.
fn merge(from: &mut HashMap<String, [u32; 2]>, mut add: impl FnMut(String, [u32; 2])) {
    #[expect(clippy::iter_over_hash_type, reason = "sums and minima do not depend on the order")]
    for (word, counts) in from.drain() {
        add(word, counts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_clipped_by_document_and_keep_case_apart() {
        let mut corpus = Corpus::default();
        for _ in 0..9 {
            corpus.line("The river near Okoro rose, and the river fell.");
        }
        corpus.end_document();
        corpus.line("Water from the river reached a town.");
        corpus.end_section();
        let river = Counts { lower: PER_DOCUMENT + 1, capital: 0, sections: 1 };
        assert_eq!(corpus.counts["river"], river);
        assert_eq!(corpus.counts["okoro"].capital, PER_DOCUMENT);
        assert!(!corpus.counts.contains_key("water"));
        assert_eq!(corpus.documents, 2);
    }
}
