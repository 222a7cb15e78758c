//! Words, strings and lists of a table, each stored once.

use unspin_text::fold_key;

use super::Phrase;
use super::index::Index;
use crate::layout::{FURTHER, WILDCARD};
use crate::pattern::Element;

/// What the records of a table refer to by number.
pub(super) struct Pool {
    /// Words of phrases and conditions, one phrase after another.
    pub(super) sequence: Vec<u32>,
    pub(super) words: Vec<Word>,
    pub(super) lists: Vec<u32>,
    pub(super) strings: Vec<[u32; 2]>,
    pub(super) blob: String,
    word_index: Index,
    list_index: Index,
    string_index: Index,
}

/// A word of phrases.
pub(super) struct Word {
    pub(super) key: u32,
    /// Offset and length in the blob.
    pub(super) text: [u32; 2],
}

impl Pool {
    /// A pool whose first list is empty.
    pub(super) fn new() -> Self {
        let mut pool = Self {
            sequence: Vec::new(),
            words: Vec::new(),
            lists: Vec::new(),
            strings: Vec::new(),
            blob: String::new(),
            word_index: Index::default(),
            list_index: Index::default(),
            string_index: Index::default(),
        };
        pool.list(&[]);
        pool
    }

    pub(super) fn string(&mut self, text: &str) -> u32 {
        let Self { string_index, strings, blob, .. } = self;
        let new = strings.len() as u32;
        let is_same = |id: u32| part(blob, strings[id as usize]) == text;
        string_index.find_or_note(text, new, is_same).unwrap_or_else(|| {
            strings.push(append(blob, text));
            new
        })
    }

    /// A list of strings.
    pub(super) fn strings(&mut self, texts: impl IntoIterator<Item = impl AsRef<str>>) -> u32 {
        let ids: Vec<u32> = texts.into_iter().map(|text| self.string(text.as_ref())).collect();
        self.list(&ids)
    }

    pub(super) fn word(&mut self, word: &str) -> u32 {
        let Self { word_index, words, blob, .. } = self;
        let new = words.len() as u32;
        let is_same = |id: u32| part(blob, words[id as usize].text) == word;
        word_index.find_or_note(word, new, is_same).unwrap_or_else(|| {
            words.push(Word { key: fold_key(word), text: append(blob, word) });
            new
        })
    }

    /// The text of a word.
    pub(super) fn word_text(&self, word: &Word) -> &str {
        part(&self.blob, word.text)
    }

    /// The items of `Sequence` that stand for a phrase.
    pub(super) fn items(&mut self, elements: &[Element]) -> Vec<u32> {
        let item = |element: &Element| match element {
            Element::Word(word) => self.word(word),
            Element::Wildcard => WILDCARD,
            Element::Further => FURTHER,
        };
        elements.iter().map(item).collect()
    }

    /// The items of a phrase that was appended.
    pub(super) fn items_of(&self, phrase: &Phrase) -> &[u32] {
        let first = phrase.first as usize;
        &self.sequence[first..first + usize::from(phrase.length)]
    }

    /// Appends the items of a phrase; returns the place of the first.
    pub(super) fn append(&mut self, items: &[u32]) -> u32 {
        let first = self.sequence.len() as u32;
        self.sequence.extend(items);
        first
    }

    pub(super) fn list(&mut self, items: &[u32]) -> u32 {
        let Self { list_index, lists, .. } = self;
        let new = lists.len() as u32;
        let is_same = |id: u32| {
            let id = id as usize;
            lists.get(id + 1..id + 1 + lists[id] as usize) == Some(items)
        };
        list_index.find_or_note(items, new, is_same).unwrap_or_else(|| {
            lists.push(items.len() as u32);
            lists.extend(items);
            new
        })
    }
}

/// Offset and length of a text that was put at the end.
fn append(blob: &mut String, text: &str) -> [u32; 2] {
    let offset = blob.len() as u32;
    blob.push_str(text);
    [offset, text.len() as u32]
}

fn part(blob: &str, [offset, length]: [u32; 2]) -> &str {
    &blob[offset as usize..(offset + length) as usize]
}
