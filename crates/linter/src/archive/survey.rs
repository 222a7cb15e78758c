//! The first pass: words, and which pairs may stand in two texts.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use unspin_lint::{Document, Markup};
use unspin_model::{Model, Statistics, WordId};
use unspin_rules_substitution::units;
use unspin_text::source::FaultKind;
use unspin_text::{Case, Token, TokenKind};

use super::pairs::{self, Pairs};
use super::{PER_TEXT, number};
use crate::{LanguageModel, language};

/// Longer words are no words. In bytes.
const LONGEST: usize = 40;

/// Why a text is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The archive holds it already.
    Repeated,
    /// It is surely not English.
    Language,
    /// It has no words, or is no text at all.
    NoText,
}

/// How a word that the base does not know is used.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Use {
    pub(super) texts: u32,
    /// In lower case.
    pub(super) lower: u32,
    /// Capitalised, elsewhere than at the start of a sentence.
    pub(super) capital: u32,
}

/// What the first pass knows.
pub struct Survey {
    pub(super) base: Model<'static>,
    pub(super) statistics: Statistics<'static>,
    seen: HashSet<u64>,
    pub(super) texts: usize,
    pub(super) tokens: u64,
    /// By the index of the id.
    pub(super) words: Vec<u64>,
    pub(super) unknown: HashMap<Box<str>, Use>,
    pub(super) filter: pairs::Filter,
}

/// What the first pass reads in one text.
pub struct Surveyed {
    fingerprint: u64,
    refused: Option<Refused>,
    tokens: u64,
    words: Vec<(WordId, u32)>,
    unknown: Vec<(Box<str>, Use)>,
    pairs: Vec<u32>,
}

impl Survey {
    /// A survey that has seen no text. `base` is what the archive is counted into.
    pub fn new(base: LanguageModel) -> Self {
        let base = base.model();
        let statistics = base.statistics().expect("a language model has statistics");
        Self {
            base,
            statistics,
            seen: HashSet::new(),
            texts: 0,
            tokens: 0,
            words: vec![0; statistics.lexicon.id_bound()],
            unknown: HashMap::new(),
            filter: pairs::Filter::new(),
        }
    }

    /// Reads one text.
    pub fn read(&self, bytes: &[u8], markup: Markup) -> Surveyed {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let document = Document::read(bytes, markup);
        let mut read = Surveyed {
            fingerprint: hasher.finish(),
            refused: refused(&document),
            tokens: 0,
            words: Vec::new(),
            unknown: Vec::new(),
            pairs: Vec::new(),
        };
        if read.refused.is_none() {
            self.count(&document, &mut read);
            let units = units(&document, &self.statistics.lexicon);
            read.pairs = pairs::codes(&units).map(pairs::Filter::slot).collect();
            read.pairs.sort_unstable();
            read.pairs.dedup();
        }
        read
    }

    /// Adds what was read in one text.
    ///
    /// # Errors
    /// Why the text is not counted; it is to be left out of the other passes too.
    pub fn add(&mut self, read: Surveyed) -> Result<(), Refused> {
        if let Some(refused) = read.refused {
            return Err(refused);
        }
        if !self.seen.insert(read.fingerprint) {
            return Err(Refused::Repeated);
        }
        self.texts += 1;
        self.tokens += read.tokens;
        for (id, count) in read.words {
            self.words[id.index()] += u64::from(count);
        }
        for (word, own) in read.unknown {
            let all = self.unknown.entry(word).or_default();
            all.texts += own.texts;
            all.lower += own.lower;
            all.capital += own.capital;
        }
        self.filter.add(&read.pairs);
        Ok(())
    }

    /// The second pass.
    pub fn into_pairs(self) -> Pairs {
        Pairs::new(self)
    }

    fn count(&self, document: &Document<'_>, read: &mut Surveyed) {
        let tokens = document.tokens();
        let mut uses: Vec<(u32, u32, bool)> = Vec::new();
        for sentence in document.sentences() {
            for at in sentence.tokens.clone() {
                let token = &tokens[at as usize];
                if matches!(token.kind, TokenKind::Word | TokenKind::Clitic) {
                    uses.push((token.key, at, at == sentence.tokens.start));
                }
            }
        }
        let length = uses.len() as f64;
        // Words come together by their key; a sort is faster than a map that lives for one text.
        uses.sort_unstable();
        let lexicon = &self.statistics.lexicon;
        for uses in uses.chunk_by(|a, b| a.0 == b.0) {
            let id = lexicon.get(uses[0].0);
            let expected = id.map_or(0.0, |id| number(lexicon.log10_hundredths(id)) * length);
            let count = (uses.len() as u32).min(PER_TEXT.max(expected.ceil() as u32));
            read.tokens += u64::from(count);
            read.words.extend(id.map(|id| (id, count)));
            let token = &tokens[uses[0].1 as usize];
            if let Some(word) = self.unknown_word(document, token) {
                let with = |wanted: fn(Case) -> bool, initial: bool| {
                    let of = |u: &&(u32, u32, bool)| {
                        wanted(tokens[u.1 as usize].case) && (initial || !u.2)
                    };
                    (uses.iter().filter(of).count() as u32).min(PER_TEXT)
                };
                let own = Use {
                    texts: 1,
                    lower: with(|case| case == Case::Lower, true),
                    capital: with(|case| matches!(case, Case::Title | Case::Mixed), false),
                };
                read.unknown.push((word, own));
            }
        }
    }

    /// The folded word, if the base does not know it.
    fn unknown_word(&self, document: &Document<'_>, token: &Token) -> Option<Box<str>> {
        let vocabulary = self.base.vocabulary();
        if token.kind != TokenKind::Word || vocabulary.is_common(token.key) {
            return None;
        }
        let word = document.token_text(token);
        let is_word = (2..=LONGEST).contains(&word.len()) && word.chars().all(char::is_alphabetic);
        (is_word && vocabulary.get(word).is_none()).then(|| word.to_lowercase().into())
    }
}

fn refused(document: &Document<'_>) -> Option<Refused> {
    let no_text = document.faults().iter().any(|fault| matches!(fault.kind, FaultKind::NotText));
    if no_text || document.word_count() == 0 {
        Some(Refused::NoText)
    } else {
        language::unknown(document).map(|_| Refused::Language)
    }
}
