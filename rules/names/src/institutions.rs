//! The names of institutions, read in place from the table that the build script writes (see there for its layout).
//!
//! The reader checks every read against the bytes there are, so that a damaged table finds less and never panics.

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/institutions.bin"));

const NUMBERS: usize = 12;
const FILTER: usize = 4_096 / 8;
const HEADER: usize = NUMBERS + FILTER;
const NAME: usize = 12;
const WORD: usize = 8;
const KEY: usize = 4;
const ONLY_RIGHTFUL: u32 = 1 << 31;

/// A name of the gazetteer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Institution {
    /// Where its text stands among the texts, in bytes.
    offset: u32,
    /// The length of its text in bytes, and a flag.
    length: u32,
    /// The number of its first word above eight bits for how many it has.
    keys: u32,
}

impl Institution {
    /// As it is written.
    pub(crate) fn text(self) -> &'static str {
        text(self.offset, self.length & !ONLY_RIGHTFUL).unwrap_or_default()
    }

    /// Whether it is there only to be left alone.
    pub(crate) fn only_rightful(self) -> bool {
        self.length & ONLY_RIGHTFUL != 0
    }

    /// How many words it has.
    pub(crate) fn len(self) -> usize {
        (self.keys & 0xFF) as usize
    }

    /// Its words.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        self.text().split(' ')
    }

    /// The keys of its words.
    pub(crate) fn keys(self) -> impl Iterator<Item = u32> {
        let first = keys().map(|start| start + (self.keys >> 8) as usize * KEY);
        (0..self.len()).map_while(move |i| number(first? + i * KEY))
    }
}

/// Whether a name that is not only to be left alone may hold a word with this key: a filter, which few others pass.
pub(crate) fn may_lead_to_a_name(key: u32) -> bool {
    let byte = TABLE.get(NUMBERS + key as usize / 8 % FILTER);
    byte.is_some_and(|byte| byte >> (key % 8) & 1 == 1)
}

/// The names that hold a word with this key, with its place among the name's words. Function words lead to none.
pub(crate) fn holding(key: u32) -> impl Iterator<Item = (Institution, usize)> {
    let count = number(4).unwrap_or(0) as usize;
    let (mut from, mut to) = (0, count);
    while from < to {
        let middle = usize::midpoint(from, to);
        if word(middle).is_some_and(|(k, ..)| k < key) { from = middle + 1 } else { to = middle }
    }
    (from..count)
        .map_while(move |at| word(at).filter(|(k, ..)| *k == key))
        .filter_map(|(_, name, place)| Some((institution(name)?, usize::from(place))))
}

fn number(at: usize) -> Option<u32> {
    TABLE.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn word(index: usize) -> Option<(u32, u16, u16)> {
    let at = HEADER + number(0)? as usize * NAME + index * WORD;
    let pair = number(at + 4)?;
    Some((number(at)?, pair as u16, (pair >> 16) as u16))
}

fn institution(index: u16) -> Option<Institution> {
    let at = HEADER + usize::from(index) * NAME;
    Some(Institution { offset: number(at)?, length: number(at + 4)?, keys: number(at + 8)? })
}

/// Where the keys of all words begin, in bytes.
fn keys() -> Option<usize> {
    Some(HEADER + number(0)? as usize * NAME + number(4)? as usize * WORD)
}

fn text(offset: u32, length: u32) -> Option<&'static str> {
    let texts = keys()? + number(8)? as usize * KEY;
    let bytes = TABLE.get(texts + offset as usize..)?.get(..length as usize)?;
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use unspin_text::fold_key;

    use super::{holding, may_lead_to_a_name};

    #[test]
    fn a_word_leads_to_the_names_that_hold_it() {
        let names: Vec<_> = holding(fold_key("reserve")).map(|(n, at)| (n.text(), at)).collect();
        assert!(names.contains(&("Federal Reserve", 1)), "{names:?}");
        assert!(names.contains(&("Reserve Bank", 0)), "{names:?}");
        assert_eq!(holding(fold_key("of")).count(), 0);
        assert_eq!(holding(fold_key("withinside")).count(), 0);
        let (name, _) = holding(fold_key("reserve")).next().expect("there are");
        assert!(name.keys().eq(name.words().map(fold_key)) && name.keys().count() == name.len());
        assert!(may_lead_to_a_name(fold_key("Reserve")));
        assert!(!may_lead_to_a_name(fold_key("withinside")));
    }
}
