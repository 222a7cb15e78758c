//! The sections of a long text. A text of the length of a book says little about each of its words, and more of it reads
//! oddly somewhere than a screen could let go. So each section is screened, and scored, as a text of its own: what that
//! costs and holds grows with the sections that read oddly, not with the text.

use std::ops::Range;

use unspin_text::Document;

use crate::Unit;

/// Units of a text that is looked at as a whole, at most: some 200 kB.
const WHOLE: usize = 40_000;
/// Units of a section, at least: as many as an article has.
const SECTION: usize = 800;

/// The sections of a document with these units, in order, as ranges of them: one, or several that begin with a paragraph
/// and end with the sentence end that the next begins with.
pub(crate) fn sections(document: &Document<'_>, units: &[Unit]) -> Vec<Range<usize>> {
    if units.len() <= WHOLE {
        return std::iter::once(0..units.len()).collect();
    }
    let mut sections = Vec::with_capacity(units.len() / SECTION);
    let (mut start, mut at) = (0, 0);
    for paragraph in document.paragraphs() {
        let Some(sentence) = document.sentences().get(paragraph.sentences.start as usize) else {
            continue;
        };
        let token = sentence.tokens.start;
        while units[at].token < token {
            at += 1;
        }
        // What is left at the end is no section if it is short.
        if at - start >= SECTION && units.len() - at >= SECTION {
            sections.push(start..at + 1);
            start = at;
        }
    }
    sections.push(start..units.len());
    sections
}

#[cfg(test)]
mod tests;
