//! Prominent names, found from a word one edit away.
//!
//! Scanning 40,000 names for each odd word would cost a millisecond; an index of deletions turns
//! it into as many bucket reads as the word has letters.
//!
//! Section `NAME`: `u32` number of names `n`; `n` weights of one byte, padded to 4; `n + 1` `u32`
//! ends into the text; the deletion table (value: the name's number); the names' text, UTF-8.

use crate::bytes::{take, take_u32, u32_at};
use crate::fold::{Folded, within_one_edit};
use crate::table::{self, Table};
use crate::vocabulary::{hundredths, quantise};

/// Tag of the section.
pub(crate) const TAG: [u8; 4] = *b"NAME";

/// Shorter names are near too many words to mean anything, and are not indexed. In code points.
pub const SHORTEST_INDEXED: usize = 4;

/// A name near a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameMatch<'a> {
    /// The name as usually written: *Biden*, with any capital inside the word.
    pub name: &'a str,
    /// How prominent it is: hundredths of log10 of its share of all tokens of running text.
    pub weight: i16,
    /// Edits between the word and the name, case aside: 0 or 1.
    pub distance: u8,
}

/// The gazetteer.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    count: u32,
    weights: &'a [u8],
    ends: &'a [u8],
    deletions: Table<'a>,
    text: &'a [u8],
}

impl<'a> Names<'a> {
    pub(crate) fn open(section: &'a [u8]) -> Option<Self> {
        let mut rest = section;
        let count = take_u32(&mut rest)?;
        let weights = take(&mut rest, count.checked_next_multiple_of(4)?, 1)?;
        let ends = take(&mut rest, count.checked_add(1)?, 4)?;
        let deletions = Table::take(&mut rest)?;
        let text = take(&mut rest, u32_at(ends, count as usize * 4)?, 1)?;
        Some(Self { count, weights, ends, deletions, text })
    }

    /// Clears `out` and fills it with the names within one edit of `word` (substitution,
    /// insertion, deletion, transposition of neighbours; case aside), heaviest first.
    ///
    /// Names shorter than [`SHORTEST_INDEXED`] code points are never found.
    pub fn near(&self, word: &str, out: &mut Vec<NameMatch<'a>>) {
        out.clear();
        let Some(folded) = Folded::new(word) else { return };
        if folded.as_slice().len() + 1 < SHORTEST_INDEXED {
            return;
        }
        folded.deletion_hashes(|hash| {
            for number in self.deletions.values(hash) {
                let Some((name, weight)) = self.name(u32::from(number)) else { continue };
                if !out.iter().any(|found| found.name == name)
                    && let Some(candidate) = Folded::new(name)
                    && let Some(distance) = within_one_edit(folded.as_slice(), candidate.as_slice())
                {
                    out.push(NameMatch { name, weight, distance });
                }
            }
        });
        out.sort_unstable_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.name.cmp(b.name)));
    }

    /// All names with their weights (see [`NameMatch::weight`]), heaviest first.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, i16)> + use<'a> {
        let names = *self;
        (0..self.count).filter_map(move |number| names.name(number))
    }

    fn name(&self, number: u32) -> Option<(&'a str, i16)> {
        let at = number as usize;
        let start = u32_at(self.ends, at * 4)? as usize;
        let end = u32_at(self.ends, at * 4 + 4)? as usize;
        let name = std::str::from_utf8(self.text.get(start..end)?).ok()?;
        Some((name, hundredths(*self.weights.get(at)?)?))
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether it holds no name.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// The section for `names` with their weights, or `None` if there are more than 65,536.
pub(crate) fn encode(names: &[(&str, i16)]) -> Option<Vec<u8>> {
    let mut sorted: Vec<(u8, &str)> =
        names.iter().map(|&(name, weight)| (quantise(Some(weight)), name)).collect();
    sorted.sort_unstable();
    u16::try_from(sorted.len().saturating_sub(1)).ok()?;

    let count = sorted.len() as u32;
    let mut out = count.to_le_bytes().to_vec();
    out.extend(sorted.iter().map(|&(code, _)| code));
    out.resize(out.len().next_multiple_of(4), 0);
    let mut end = 0_u32;
    out.extend(end.to_le_bytes());
    let mut deletions = Vec::new();
    for (number, &(_, name)) in sorted.iter().enumerate() {
        end += name.len() as u32;
        out.extend(end.to_le_bytes());
        if let Some(folded) = Folded::new(name)
            && folded.as_slice().len() >= SHORTEST_INDEXED
        {
            folded.deletion_hashes(|hash| deletions.push((hash, number as u16)));
        }
    }
    table::encode(&deletions, &mut out);
    out.extend(sorted.iter().flat_map(|(_, name)| name.bytes()));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(names: &[(&str, i16)], word: &str) -> Vec<(String, u8)> {
        let bytes = encode(names).expect("few names");
        let names = Names::open(&bytes).expect("well formed");
        let mut out = Vec::new();
        names.near(word, &mut out);
        out.iter().map(|m| (m.name.to_owned(), m.distance)).collect()
    }

    #[test]
    fn each_kind_of_edit_is_found() {
        let names = [("Biden", -500)];
        for word in ["diden", "bidden", "bden", "ibden", "BIDEN", "biden"] {
            let distance = u8::from(!word.eq_ignore_ascii_case("biden"));
            assert_eq!(near(&names, word), [("Biden".to_owned(), distance)], "{word}");
        }
        assert!(near(&names, "didan").is_empty());
    }

    #[test]
    fn the_more_prominent_name_comes_first() {
        let names = [("Cain", -640), ("Spain", -420), ("Pain", -700)];
        let found: Vec<String> = near(&names, "pain").into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, ["Spain", "Cain", "Pain"]);
    }

    #[test]
    fn short_names_are_kept_but_not_indexed() {
        assert!(near(&[("Xi", -500)], "xi").is_empty());
        let bytes = encode(&[("Xi", -500), ("Li", -400)]).expect("few names");
        let names = Names::open(&bytes).expect("well formed");
        assert_eq!(names.iter().collect::<Vec<_>>(), [("Li", -400), ("Xi", -500)]);
    }

    #[test]
    fn more_names_than_a_number_can_tell_apart_are_refused() {
        let many = vec![("Aaaa", -500); 65_537];
        assert_eq!(encode(&many), None);
    }
}
