//! The sections of a table.

use unspin_lint::{LogOdds, Safety};

use super::pool::Pool;
use super::{Compiler, EntryRecord, Phrase};
use crate::anchor::anchor;
use crate::layout::{HEADER, ITEM, MAGIC, Section, mix, mix_pair, top};

impl Compiler {
    /// The table of all rules added. The same rules in the same order give the same bytes.
    pub fn finish(self) -> Vec<u8> {
        let Self { rules, phrases, entries, context, regexes, manifest, pool, .. } = self;
        let placed = place(&phrases, &context, entries.len(), &pool);
        let mut records = Vec::with_capacity(placed.len() * ITEM[Section::Phrases as usize]);
        let mut anchors: Vec<[u32; 3]> = Vec::new();
        let mut neighbours = Vec::with_capacity(placed.len() * 4);
        for (index, phrase) in placed.iter().enumerate() {
            match anchors.last_mut() {
                Some([last, _, count]) if *last == phrase.key => *count += 1,
                _ => anchors.push([phrase.key, index as u32, 1]),
            }
            neighbours.extend_from_slice(&phrase.neighbour.to_le_bytes());
            for value in [phrase.first, phrase.suggestions, phrase.entry] {
                records.extend_from_slice(&value.to_le_bytes());
            }
            records.extend_from_slice(&[phrase.length, phrase.anchor, 0, 0]);
        }
        let rule_count = rules.len() as u32;
        let groups = (0..context.groups)
            .map(|group| EntryRecord::new(rule_count + group, LogOdds::EVEN, Safety::Display));
        let entries: Vec<[u32; 5]> = entries.into_iter().chain(groups).map(|e| e.0).collect();
        let words: Vec<[u32; 3]> =
            pool.words.iter().map(|w| [w.key, w.text[0], w.text[1]]).collect();
        let sections = [
            filter(anchors.len(), anchors.iter().map(|[key, ..]| mix(*key))),
            filter(placed.len(), placed.iter().map(Placed::pair)),
            slots(&anchors),
            neighbours,
            records,
            numbers(entries.as_flattened()),
            numbers(regexes.as_flattened()),
            numbers(&pool.sequence),
            numbers(words.as_flattened()),
            numbers(&pool.lists),
            numbers(pool.strings.as_flattened()),
            rules.concat(),
            manifest.map_or_else(Vec::new, |manifest| numbers(&manifest)),
            pool.blob.into_bytes(),
        ];
        let mut out = Vec::with_capacity(HEADER + sections.iter().map(Vec::len).sum::<usize>());
        out.extend(MAGIC);
        for (section, size) in sections.iter().zip(ITEM) {
            out.extend(((section.len() / size) as u32).to_le_bytes());
        }
        for section in &sections {
            out.extend_from_slice(section);
        }
        out
    }
}

/// A phrase in its place.
struct Placed {
    /// Of its anchor.
    key: u32,
    neighbour: u32,
    first: u32,
    suggestions: u32,
    entry: u32,
    length: u8,
    anchor: u8,
}

impl Placed {
    /// The pair of keys by which it is found, mixed.
    fn pair(&self) -> u32 {
        let is_after = self.anchor + 1 < self.length;
        match self.neighbour {
            before if before != 0 && !is_after => mix_pair(before, self.key),
            after => mix_pair(self.key, after),
        }
    }
}

/// All phrases by their anchors.
fn place(phrases: &[Phrase], context: &super::Context, entries: usize, pool: &Pool) -> Vec<Placed> {
    // In how many phrases a word stands.
    let mut shared = vec![0_u32; pool.words.len()];
    for phrase in phrases.iter().chain(&context.phrases) {
        for item in pool.items_of(phrase) {
            if let Some(count) = shared.get_mut(*item as usize) {
                *count += 1;
            }
        }
    }
    let texts: Vec<&str> = pool.words.iter().map(|word| pool.word_text(word)).collect();
    let ranks = crate::anchor::ranks(&texts, &shared);
    let key = |item: u32| pool.words.get(item as usize).map_or(0, |word| word.key);
    let context = context.phrases.iter().map(|phrase| (phrase, entries as u32 + phrase.entry));
    let mut placed: Vec<Placed> = phrases
        .iter()
        .map(|phrase| (phrase, phrase.entry))
        .chain(context)
        .filter_map(|(phrase, entry)| {
            let items = pool.items_of(phrase);
            let at = anchor(items, &ranks)?;
            let beside = items.get(at + 1).or_else(|| items.get(at.checked_sub(1)?));
            Some(Placed {
                key: key(items[at]),
                neighbour: beside.map_or(0, |item| key(*item)),
                first: phrase.first,
                suggestions: phrase.suggestions,
                entry,
                length: phrase.length,
                anchor: at as u8,
            })
        })
        .collect();
    placed.sort_by_key(|phrase| phrase.key);
    placed
}

fn numbers(values: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 * values.len());
    for value in values {
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    bytes
}

/// 16 to 32 bits for each of `count` hashes, so that one other in 20 or fewer is looked up in vain.
fn filter(count: usize, mixed: impl Iterator<Item = u32>) -> Vec<u8> {
    let bits = (count.max(4) * 16).next_power_of_two();
    let mut filter = vec![0u8; bits / 8];
    for mixed in mixed {
        let bit = top(mixed, bits.trailing_zeros());
        filter[bit / 8] |= 1 << (bit % 8);
    }
    filter
}

/// At most half full, probed linearly.
fn slots(anchors: &[[u32; 3]]) -> Vec<u8> {
    let size = (anchors.len().max(1) * 2).next_power_of_two();
    let mut slots = vec![[0u32; 3]; size];
    for anchor in anchors {
        let mut at = top(mix(anchor[0]), size.trailing_zeros());
        while slots[at][2] != 0 {
            at = (at + 1) & (size - 1);
        }
        slots[at] = *anchor;
    }
    numbers(slots.as_flattened())
}
