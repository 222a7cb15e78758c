//! The names of institutions, read in place from the table that the build script writes (see there for its layout).
//!
//! The reader checks every read against the bytes there are, so that a damaged table finds less and never panics.

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/institutions.bin"));

const HEADER: usize = 8;
const NAME: usize = 8;
const WORD: usize = 8;
const ONLY_RIGHTFUL: u32 = 1 << 31;

/// A name of the gazetteer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Institution {
    /// As it is written.
    pub(crate) text: &'static str,
    /// Whether it is there only to be left alone.
    pub(crate) only_rightful: bool,
}

impl Institution {
    /// Its words.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        self.text.split(' ')
    }
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
    let (offset, length) = (number(at)? as usize, number(at + 4)?);
    let texts = HEADER + number(0)? as usize * NAME + number(4)? as usize * WORD;
    let bytes = TABLE.get(texts + offset..)?.get(..(length & !ONLY_RIGHTFUL) as usize)?;
    let text = std::str::from_utf8(bytes).ok()?;
    Some(Institution { text, only_rightful: length & ONLY_RIGHTFUL != 0 })
}

#[cfg(test)]
mod tests {
    use unspin_text::fold_key;

    use super::holding;

    #[test]
    fn a_word_leads_to_the_names_that_hold_it() {
        let names: Vec<_> = holding(fold_key("reserve")).map(|(n, at)| (n.text, at)).collect();
        assert!(names.contains(&("Federal Reserve", 1)), "{names:?}");
        assert!(names.contains(&("Reserve Bank", 0)), "{names:?}");
        assert_eq!(holding(fold_key("of")).count(), 0);
        assert_eq!(holding(fold_key("withinside")).count(), 0);
    }
}
