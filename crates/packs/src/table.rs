//! Reading a table where it lies.
//!
//! Opening one checks its section lengths and no item: every read is checked against the bytes there are, so that a
//! damaged table matches less, or the wrong thing, and never panics.

use std::borrow::Cow;
use std::ops::Range;

use unspin_lint::{LogOdds, RuleMeta, Safety, Scope, Severity};

use crate::layout::{
    self, FURTHER, HEADER, ITEM, MAGIC, Section, WILDCARD, mix, mix_pair, top, u32_at,
};
use crate::scan::Match;
use crate::{Kind, Manifest};

/// A table of rules and their phrases, read in place.
#[derive(Clone, Debug)]
pub struct Pack {
    bytes: Cow<'static, [u8]>,
    sections: [Range<usize>; ITEM.len()],
}

/// Why bytes are no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// They do not begin as one.
    #[error("not a table of phrases, or one of another version")]
    Magic,
    /// Their length is not what the header says.
    #[error("the table of phrases is cut short or damaged")]
    Length,
}

impl Pack {
    /// Opens a table. Nothing is parsed or copied.
    ///
    /// # Errors
    /// If the bytes are no table; see [`TableError`].
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, TableError> {
        let bytes = bytes.into();
        if !bytes.starts_with(&MAGIC) {
            return Err(TableError::Magic);
        }
        let mut sections: [Range<usize>; ITEM.len()] = Default::default();
        let mut at = HEADER;
        for (i, section) in sections.iter_mut().enumerate() {
            let items = u32_at(&bytes, MAGIC.len() + 4 * i).ok_or(TableError::Length)? as usize;
            let end = items.checked_mul(ITEM[i]).and_then(|n| n.checked_add(at));
            let end = end.filter(|end| *end <= bytes.len()).ok_or(TableError::Length)?;
            if matches!(i, 0..=2) && !items.is_power_of_two() {
                return Err(TableError::Length);
            }
            *section = at..end;
            at = end;
        }
        if at != bytes.len() {
            return Err(TableError::Length);
        }
        Ok(Self { bytes, sections })
    }

    /// How many rules it holds.
    pub fn rule_count(&self) -> usize {
        self.section(Section::Rules).len() / ITEM[Section::Rules as usize]
    }

    /// How many phrases it holds after expansion.
    pub fn phrase_count(&self) -> usize {
        self.section(Section::Phrases).len() / ITEM[Section::Phrases as usize]
    }

    /// Whose table it is; empty strings where it was compiled without a manifest.
    pub fn manifest(&self) -> Manifest {
        let item = self.item(Section::Manifest, 0).unwrap_or_default();
        let string =
            |at| u32_at(item, at).and_then(|id| self.string(id)).unwrap_or_default().to_owned();
        let extends = u32_at(item, layout::manifest::EXTENDS).unwrap_or(layout::EMPTY);
        Manifest {
            name: string(layout::manifest::NAME),
            version: string(layout::manifest::VERSION),
            license: string(layout::manifest::LICENSE),
            description: string(layout::manifest::DESCRIPTION),
            extends: self.strings(extends).map(str::to_owned).collect(),
        }
    }

    fn section(&self, section: Section) -> &[u8] {
        self.bytes.get(self.sections[section as usize].clone()).unwrap_or_default()
    }

    fn number(&self, section: Section, index: u32) -> Option<u32> {
        u32_at(self.section(section), (index as usize).checked_mul(4)?)
    }

    fn item(&self, section: Section, index: u32) -> Option<&[u8]> {
        let size = ITEM[section as usize];
        let at = (index as usize).checked_mul(size)?;
        self.section(section).get(at..at.checked_add(size)?)
    }

    /// The anchors, for one scan.
    pub(crate) fn anchors(&self) -> Anchors<'_> {
        let slots = self.section(Section::Slots);
        let slot_bits = (slots.len() / ITEM[Section::Slots as usize]).trailing_zeros();
        Anchors {
            filter: Filter::new(self.section(Section::Filter)),
            pairs: Filter::new(self.section(Section::Pairs)),
            slots,
            slot_bits,
        }
    }

    pub(crate) fn phrase(&self, index: u32) -> Option<Phrase> {
        let (items, _) = self.section(Section::Phrases).as_chunks();
        items.get(index as usize).map(Phrase::read)
    }

    pub(crate) fn entry(&self, index: u32) -> Option<Entry> {
        let item = self.item(Section::Entries, index)?;
        Some(Entry {
            rule: u32_at(item, layout::entry::RULE)?,
            evidence: LogOdds::from_milli(u32_at(item, layout::entry::EVIDENCE)?.cast_signed()),
            conditions: u32_at(item, layout::entry::CONDITIONS)?,
            own: u32_at(item, layout::entry::OWN)?,
            safety: *layout::SAFETIES.get(*item.get(layout::entry::SAFETY)? as usize)?,
        })
    }

    pub(crate) fn regex(&self, index: u32) -> Option<RegexRecord> {
        let item = self.item(Section::Regexes, index)?;
        Some(RegexRecord {
            pattern: u32_at(item, layout::regex::PATTERN)?,
            suggestions: u32_at(item, layout::regex::SUGGESTIONS)?,
            needs: u32_at(item, layout::regex::NEEDS)?,
            entry: u32_at(item, layout::regex::ENTRY)?,
        })
    }

    /// The index of the entry that a match is of.
    pub(crate) fn entry_of(&self, found: &Match) -> u32 {
        let regex = (found.phrase as usize).checked_sub(self.phrase_count());
        let entry = match regex {
            None => self.phrase(found.phrase).map(|phrase| phrase.entry),
            Some(regex) => self.regex(regex as u32).map(|regex| regex.entry),
        };
        entry.unwrap_or(0)
    }

    /// The phrases of a range, as far as there are so many, each by its index and the key of its neighbour (see
    /// [`Section::Neighbours`]).
    pub(crate) fn neighbours(&self, range: Range<u32>) -> impl Iterator<Item = (u32, u32)> {
        let (keys, _) = self.section(Section::Neighbours).as_chunks();
        let from = (range.start as usize).min(keys.len());
        range.zip(keys[from..].iter().map(|key| u32::from_le_bytes(*key)))
    }

    /// The item of a sequence; `None` past the end.
    #[inline]
    pub(crate) fn word(&self, place: u32) -> Option<Item> {
        let (sequence, _) = self.section(Section::Sequence).as_chunks();
        let id = u32::from_le_bytes(*sequence.get(place as usize)?);
        match id {
            WILDCARD => return Some(Item::Wildcard),
            FURTHER => return Some(Item::Further),
            _ => {}
        }
        let (words, _) = self.section(Section::Words).as_chunks();
        let item: &[u8; ITEM[Section::Words as usize]] = words.get(id as usize)?;
        let at = |i: usize| u32::from_le_bytes([item[i], item[i + 1], item[i + 2], item[i + 3]]);
        Some(Item::Word { key: at(0), text: [at(4), at(8)] })
    }

    /// A text, given by its offset and length: UTF-8 where the table is whole.
    pub(crate) fn text(&self, [offset, length]: [u32; 2]) -> Option<&[u8]> {
        let start = offset as usize;
        self.section(Section::Blob).get(start..start.checked_add(length as usize)?)
    }

    /// The numbers of a list.
    pub(crate) fn list(&self, index: u32) -> impl Iterator<Item = u32> {
        let length = self.number(Section::Lists, index).unwrap_or(0);
        let first = index.saturating_add(1);
        (first..first.saturating_add(length)).map_while(|i| self.number(Section::Lists, i))
    }

    /// The strings of a list.
    pub(crate) fn strings(&self, index: u32) -> impl Iterator<Item = &str> {
        self.list(index).filter_map(|id| self.string(id))
    }

    pub(crate) fn string(&self, id: u32) -> Option<&str> {
        let item = self.item(Section::Strings, id)?;
        std::str::from_utf8(self.text([u32_at(item, 0)?, u32_at(item, 4)?])?).ok()
    }

    /// A string that lives as long as the table: borrowed where that is forever.
    fn lasting(&self, id: u32) -> Option<Cow<'static, str>> {
        let item = self.item(Section::Strings, id)?;
        let (offset, length) = (u32_at(item, 0)?, u32_at(item, 4)?);
        let Cow::Borrowed(bytes) = self.bytes else {
            return self.string(id).map(|text| text.to_owned().into());
        };
        let blob = bytes.get(self.sections[Section::Blob as usize].clone())?;
        let start = offset as usize;
        std::str::from_utf8(blob.get(start..start.checked_add(length as usize)?)?)
            .ok()
            .map(Cow::Borrowed)
    }

    pub(crate) fn rule(&self, index: u32) -> Option<RuleRecord> {
        let item = self.item(Section::Rules, index)?;
        let string = |offset| self.lasting(u32_at(item, offset)?);
        let meta = RuleMeta {
            id: string(layout::rule::ID)?,
            family: string(layout::rule::FAMILY)?,
            severity: *Severity::ALL.get(*item.get(layout::rule::SEVERITY)? as usize)?,
            // In millionths; a damaged one is a probability all the same.
            min_confidence: (f64::from(u32_at(item, layout::rule::MIN_CONFIDENCE)?) / 1e6).min(1.0),
            scope: match item.get(layout::rule::SCOPE)? {
                0 => Scope::Word,
                1 => Scope::Sentence,
                2 => Scope::Paragraph,
                _ => Scope::Document,
            },
            page: string(layout::rule::PAGE)?,
            evidence: true,
            options: Cow::Borrowed(&[]),
            formerly: &[],
            provenance: None,
        };
        let mut own = [0; 3];
        for (number, at) in own.iter_mut().zip(layout::rule::OWN) {
            *number = u32_at(item, at)?;
        }
        Some(RuleRecord {
            meta,
            kind: Kind::from_numbers(*item.get(layout::rule::KIND)?, own)?,
            message: string(layout::rule::MESSAGE)?,
            note: string(layout::rule::NOTE)?,
            names: u32_at(item, layout::rule::NAMES)?,
            conditions: u32_at(item, layout::rule::CONDITIONS)?,
            first_entry: u32_at(item, layout::rule::FIRST_ENTRY)?,
            first_regex: u32_at(item, layout::rule::FIRST_REGEX)?,
            regexes: u32_at(item, layout::rule::REGEXES)?,
        })
    }

    /// The conditions of all entries of a rule; none of a context group.
    pub(crate) fn rule_conditions(&self, index: u32) -> u32 {
        let item = self.item(Section::Rules, index).unwrap_or_default();
        u32_at(item, layout::rule::CONDITIONS).unwrap_or(layout::EMPTY)
    }
}

/// A rule as the table holds it.
pub(crate) struct RuleRecord {
    pub(crate) meta: RuleMeta,
    pub(crate) kind: Kind,
    pub(crate) message: Cow<'static, str>,
    pub(crate) note: Cow<'static, str>,
    /// See [`layout::rule`], as of the next four.
    pub(crate) names: u32,
    pub(crate) conditions: u32,
    pub(crate) first_entry: u32,
    pub(crate) first_regex: u32,
    pub(crate) regexes: u32,
}

/// An entry as the table holds it; see [`layout::entry`].
pub(crate) struct Entry {
    pub(crate) rule: u32,
    pub(crate) evidence: LogOdds,
    pub(crate) conditions: u32,
    pub(crate) own: u32,
    pub(crate) safety: Safety,
}

/// A regex as the table holds it; see [`layout::regex`].
pub(crate) struct RegexRecord {
    pub(crate) pattern: u32,
    pub(crate) suggestions: u32,
    pub(crate) needs: u32,
    pub(crate) entry: u32,
}

/// One word of a phrase or a condition.
pub(crate) enum Item {
    /// Any one word or number.
    Wildcard,
    /// Any one word or number, of the gap that the item before it belongs to.
    Further,
    /// This word, folded: its key, and where its text is (see [`Pack::text`]).
    Word { key: u32, text: [u32; 2] },
}

/// A phrase as the table holds it; see [`layout::phrase`].
#[derive(Clone, Copy)]
pub(crate) struct Phrase {
    pub(crate) first: u32,
    pub(crate) suggestions: u32,
    pub(crate) entry: u32,
    pub(crate) length: u8,
    pub(crate) anchor: u8,
}

impl Phrase {
    /// Reads an item of `Phrases`. Its length is a constant, so that no field costs a check of its own.
    #[inline]
    fn read(item: &[u8; ITEM[Section::Phrases as usize]]) -> Self {
        use layout::phrase::{ANCHOR, ENTRY, FIRST, LENGTH, SUGGESTIONS};
        let at = |i: usize| u32::from_le_bytes([item[i], item[i + 1], item[i + 2], item[i + 3]]);
        Self {
            first: at(FIRST),
            suggestions: at(SUGGESTIONS),
            entry: at(ENTRY),
            length: item[LENGTH],
            anchor: item[ANCHOR],
        }
    }
}

/// A bit for each hash of something; see [`Section`].
#[derive(Clone, Copy)]
struct Filter<'p> {
    bytes: &'p [u8],
    /// How many of the 32 bits of a hash are too many to say which bit is meant.
    surplus: u32,
}

impl<'p> Filter<'p> {
    fn new(bytes: &'p [u8]) -> Self {
        Self { bytes, surplus: 32 - (bytes.len() * 8).trailing_zeros().min(32) }
    }

    #[inline]
    fn may_hold(&self, mixed: u32) -> bool {
        // As a shift of 64 bits, which may be one of 32: the same as `top`, without a branch.
        let bit = (u64::from(mixed) >> self.surplus) as usize;
        self.bytes.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 != 0)
    }
}

/// The way from a token's key to the phrases that hang on it.
#[derive(Clone, Copy)]
pub(crate) struct Anchors<'p> {
    filter: Filter<'p>,
    pairs: Filter<'p>,
    slots: &'p [u8],
    slot_bits: u32,
}

impl Anchors<'_> {
    /// Whether phrases may hang on this key.
    #[inline]
    pub(crate) fn may_hold(&self, key: u32) -> bool {
        self.filter.may_hold(mix(key))
    }

    /// Whether a phrase whose anchor has this key may stand between these.
    #[inline]
    pub(crate) fn may_stand_between(&self, before: u32, key: u32, after: u32) -> bool {
        self.pairs.may_hold(mix_pair(key, after))
            || self.pairs.may_hold(mix_pair(before, key))
            || self.pairs.may_hold(mix_pair(key, 0))
    }

    /// The phrases whose anchor has this key.
    pub(crate) fn get(&self, key: u32) -> Range<u32> {
        self.probe(key).unwrap_or_default()
    }

    fn probe(&self, key: u32) -> Option<Range<u32>> {
        let mixed = mix(key);
        let size = ITEM[Section::Slots as usize];
        let count = self.slots.len() / size;
        let start = top(mixed, self.slot_bits);
        (0..count).map(|i| (start + i) & (count - 1)).find_map(|at| {
            let slot = self.slots.get(at * size..at * size + size)?;
            match (u32_at(slot, 0)?, u32_at(slot, 4)?, u32_at(slot, 8)?) {
                (_, _, 0) => Some(None),
                (found, first, phrases) if found == key => {
                    Some(first.checked_add(phrases).map(|end| first..end))
                }
                _ => None,
            }
        })?
    }
}
