//! Collecting what may be put back for a word.

use std::collections::HashMap;
use std::ops::Range;

use unspin_model::{Lexicon, Original, Phrases, Statistics, WordFlags, WordId};
use unspin_text::Document;

use crate::Unit;
use crate::candidates::{FORM, Visible, alike};
use crate::written::Written;

/// Originals of a word whose own originals are looked at, and how many of these.
const SECOND_HAND: usize = 12;
/// Least likeness of a word with one of second hand, in thousandths of a cosine; and how many are kept.
const SECOND_HAND_ALIKE: i16 = 100;
const SECOND_HAND_KEPT: usize = 24;
/// The same for words of the document that nothing else speaks for.
const DOCUMENT_ALIKE: i16 = 350;
const DOCUMENT_KEPT: usize = 8;
/// Words of a document that are compared with each doubted one, the most frequent: in a long text all of them would be a
/// square of its length.
const DOCUMENT_WORDS: usize = 512;
/// Share of a substitution that no table holds: hundredths of log10.
const UNKNOWN_SHARE: i32 = -250;

/// Why a word may have stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The channel knows the substitution.
    Channel,
    /// The channel knows the expression for the word.
    Expression,
    /// The channel knows both steps of a replacement that was replaced.
    SecondHand,
    /// The document has the word, and it is used like the one found.
    Document,
}

/// A word that may be put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Index of the first unit that it takes the place of.
    pub first: u32,
    /// How many units it takes the place of.
    pub length: u8,
    /// The word.
    pub original: WordId,
    /// How readily it is replaced by what was found: hundredths of log10 of the share of its replacements.
    pub log10_share: i32,
    /// Why it may have stood there.
    pub source: Source,
}

impl Repair {
    /// Indices of the units that it takes the place of.
    pub fn stretch(&self) -> Range<usize> {
        self.first as usize..self.first as usize + usize::from(self.length)
    }

    /// The words on both sides of these units.
    pub(super) fn around(&self, units: &[Unit]) -> [WordId; 2] {
        let stretch = self.stretch();
        [units[stretch.start - 1].id, units[stretch.end].id]
    }
}

/// What collecting repairs needs of a document.
pub(super) struct Survey<'s> {
    pub(super) document: &'s Document<'s>,
    pub(super) statistics: &'s Statistics<'s>,
    pub(super) units: &'s [Unit],
    /// The document's most frequent words of open classes, each once.
    words: Vec<WordId>,
}

impl<'s> Survey<'s> {
    pub(super) fn new(
        document: &'s Document<'s>,
        statistics: &'s Statistics<'s>,
        units: &'s [Unit],
    ) -> Self {
        let lexicon = &statistics.lexicon;
        let is_open = |id: &WordId| {
            id.is_word() && lexicon.flags(*id).0 & (WordFlags::FUNCTION | WordFlags::NAME) == 0
        };
        let mut words: Vec<WordId> = units.iter().map(|u| u.id).filter(is_open).collect();
        words.sort_unstable();
        let mut counted: Vec<(usize, WordId)> =
            words.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
        if counted.len() > DOCUMENT_WORDS {
            counted.sort_unstable_by_key(|&(count, word)| (std::cmp::Reverse(count), word));
            counted.truncate(DOCUMENT_WORDS);
        }
        let words = counted.into_iter().map(|(_, word)| word).collect();
        Self { document, statistics, units, words }
    }

    /// The document's most frequent words of open classes, sorted.
    pub(super) fn sorted_words(&self) -> Vec<WordId> {
        let mut words = self.words.clone();
        words.sort_unstable();
        words
    }

    /// What may be put back for the unit `at`. `known` keeps what may be put back for its word alone, which is the same at
    /// each of its places; start with an empty one, and keep to one `visible`.
    pub(super) fn repairs(
        &self,
        at: usize,
        visible: &impl Visible,
        known: &mut HashMap<WordId, Vec<Repair>>,
    ) -> Vec<Repair> {
        if !self.is_whole(self.units[at]) {
            return Vec::new();
        }
        let id = self.units[at].id;
        let alone = known.entry(id).or_insert_with(|| self.singles(id, visible));
        let mut repairs: Vec<Repair> =
            alone.iter().map(|&repair| Repair { first: at as u32, ..repair }).collect();
        self.expressions(at, visible, &mut repairs);
        repairs
    }

    /// What may be put back for one word, wherever it stands; `first` is left at 0.
    fn singles(&self, id: WordId, visible: &impl Visible) -> Vec<Repair> {
        let mut repairs: Vec<Repair> = Vec::with_capacity(64);
        let single = |Original { id: original, log10_share }, source| Repair {
            first: 0,
            length: 1,
            original,
            log10_share,
            source,
        };
        let Statistics { lexicon, channel, .. } = self.statistics;
        let known = channel.all_originals(id).filter(|o| visible.visible(o.id, id));
        repairs.extend(known.map(|o| single(o, Source::Channel)));
        let direct = repairs.len();

        let form = |id| form(lexicon, id);
        let may_be = |other: WordId, repairs: &[Repair]| {
            other != id
                && form(other) == form(id)
                && repairs.iter().all(|r| r.length > 1 || r.original != other)
        };
        let mut further: Vec<(i16, Original)> = Vec::new();
        for first in channel.all_originals(id).take(SECOND_HAND) {
            for second in channel.all_originals(first.id).take(SECOND_HAND) {
                if may_be(second.id, &repairs[..direct])
                    && further.iter().all(|(_, o)| o.id != second.id)
                {
                    let alike = alike(self.statistics, id, second.id);
                    let log10_share = (first.log10_share + second.log10_share).max(-510);
                    further.push((alike, Original { id: second.id, log10_share }));
                }
            }
        }
        further.retain(|(alike, _)| *alike >= SECOND_HAND_ALIKE);
        further.sort_unstable_by_key(|(alike, o)| (-alike, o.id));
        further.truncate(SECOND_HAND_KEPT);
        repairs.extend(further.iter().map(|(_, o)| single(*o, Source::SecondHand)));

        if lexicon.flags(id).0 & WordFlags::FUNCTION == 0 {
            let mut here: Vec<(i16, WordId)> = self
                .words
                .iter()
                .filter_map(|&word| Some((likeness(self.statistics, id, word)?, word)))
                .filter(|&(_, word)| may_be(word, &repairs))
                .collect();
            here.sort_unstable_by_key(|&(alike, word)| (-alike, word));
            here.truncate(DOCUMENT_KEPT);
            repairs.extend(here.iter().map(|&(_, id)| {
                single(Original { id, log10_share: UNKNOWN_SHARE }, Source::Document)
            }));
        }
        repairs
    }

    /// Whether a unit is a word, and neither a part of a contraction nor what is left of one.
    fn is_whole(&self, unit: Unit) -> bool {
        Written::of_unit(self.document, unit).is_whole
    }

    /// What expressions that cover the unit `at` may stand for.
    fn expressions(&self, at: usize, visible: &impl Visible, repairs: &mut Vec<Repair>) {
        for first in (at + 1).saturating_sub(Phrases::LONGEST).max(1)..=at {
            for length in (at - first + 1).max(2)..=Phrases::LONGEST {
                let Some(words) = self.units.get(first..first + length) else { break };
                if first + length == self.units.len() || !words.iter().all(|u| self.is_whole(*u)) {
                    break;
                }
                for original in self.statistics.phrases.originals(words.iter().map(|u| u.id)) {
                    if visible.visible_phrase(original.id, words) {
                        repairs.push(Repair {
                            first: first as u32,
                            length: length as u8,
                            original: original.id,
                            log10_share: original.log10_share,
                            source: Source::Expression,
                        });
                    }
                }
            }
        }
    }
}

fn form(lexicon: &Lexicon<'_>, id: WordId) -> u8 {
    lexicon.flags(id).0 & FORM
}

/// How alike a word of the document is to a doubted one, if that is enough to put it back.
fn likeness(statistics: &Statistics<'_>, doubted: WordId, word: WordId) -> Option<i16> {
    let lexicon = &statistics.lexicon;
    let is_same_form = form(lexicon, word) == form(lexicon, doubted);
    is_same_form.then(|| alike(statistics, doubted, word)).filter(|&alike| alike >= DOCUMENT_ALIKE)
}

/// By which words two states of a document differ, of those that doubted ones are compared with.
pub(super) struct Changes<'s> {
    statistics: &'s Statistics<'s>,
    words: Vec<WordId>,
    /// Whether they concern a word, as far as that was asked.
    known: HashMap<WordId, bool>,
}

impl<'s> Changes<'s> {
    /// Those between the surveyed state and one that had the `earlier` words, which are sorted.
    pub(super) fn between(survey: &Survey<'s>, earlier: &[WordId]) -> Self {
        let words = survey.sorted_words();
        let only = |these: &[WordId], those: &[WordId]| -> Vec<WordId> {
            these.iter().filter(|word| those.binary_search(word).is_err()).copied().collect()
        };
        let changed = [only(&words, earlier), only(earlier, &words)].concat();
        Self { statistics: survey.statistics, words: changed, known: HashMap::new() }
    }

    /// Whether other words may be put back for `id` than before, apart from expressions.
    pub(super) fn concern(&mut self, id: WordId) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let Self { statistics, words, known } = self;
        let may_be = |word: &WordId| *word != id && likeness(statistics, id, *word).is_some();
        *known.entry(id).or_insert_with(|| words.iter().any(may_be))
    }
}
