//! The reworded text as a list of features, and which of them a candidate holds.

use std::ops::Range;

use unspin_lang::is_function_word;
use unspin_text::{Document, QuoteKind, Sentence, Span, TokenKind};

use super::features::{Form, Piece, each, is_capitalised, print};

/// Features of one query. A text with more is asked for by those of its beginning.
const MOST_FEATURES: usize = 4096;
/// Words of a quotation that is told as one.
const LEAST_QUOTED: usize = 4;
/// The share of capitals among the words of a sentence, those of closed classes left out, above which they say nothing:
/// it is a headline.
const HEADLINE: f64 = 0.7;

/// What a feature is in the reworded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Kind {
    /// A word with a capital inside a sentence.
    Name,
    /// Two words with capitals in a row.
    Pair,
    /// A number.
    Number,
    /// Three words in a row within quotation marks.
    Quoted,
    /// A word of an open class, by its lemma.
    Word,
    /// Two words in a row.
    Two,
    /// Three words in a row.
    Three,
}

impl Kind {
    /// How many there are.
    pub const COUNT: usize = 7;
}

/// Something that the reworded text holds.
#[derive(Clone, Debug)]
pub(super) struct Feature {
    pub(super) kind: Kind,
    /// The first of its tokens, where it stands first.
    pub(super) start: usize,
    /// As it is written there.
    pub(super) label: String,
}

/// Direct speech of the reworded text.
#[derive(Clone, Debug)]
pub(super) struct Speech {
    pub(super) label: String,
    /// The numbers of the features in it.
    pub(super) features: Vec<u32>,
}

/// A reworded text whose original is looked for.
#[derive(Clone, Debug)]
pub struct Query {
    /// In the order of the text.
    pub(super) features: Vec<Feature>,
    pub(super) speeches: Vec<Speech>,
    /// Key and number of every feature, by key.
    index: Vec<(u64, u32)>,
    /// Bits of keys: most of what a candidate holds is told from the features by it alone.
    filter: Box<[u64]>,
    print: u64,
    words: u32,
}

/// What any query may ask of a text.
#[derive(Clone, Debug)]
pub struct Contents {
    keys: Vec<u64>,
    print: u64,
    words: u32,
}

impl Contents {
    /// Lists what `document` holds. Linear in its length.
    pub fn of(document: &Document<'_>) -> Self {
        let mut keys = Vec::new();
        each(document, |piece| keys.push(piece.key));
        Self { keys, print: print(document), words: document.word_count() as u32 }
    }
}

/// What one candidate holds of a query's features: some hundred bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// A bit a feature.
    held: Box<[u64]>,
    words: u32,
    is_identical: bool,
}

impl Query {
    /// Lists what `reworded` holds. Linear in its length.
    pub fn new(reworded: &Document<'_>) -> Self {
        let tokens = reworded.tokens();
        let is_quoted = quoted(reworded);
        let is_name = names(reworded);
        let content: Vec<bool> = tokens
            .iter()
            .map(|token| match token.kind {
                TokenKind::Word => !is_function_word(reworded.token_text(token)),
                kind => kind == TokenKind::Number,
            })
            .collect();
        let kind = |piece: &Piece| {
            let mut within = piece.tokens.clone();
            match piece.form {
                Form::Lemma => {
                    let is_word = content[within.start] && !is_name[within.start];
                    is_word.then_some(Kind::Word)
                }
                Form::Capitalised => is_name[within.start].then_some(Kind::Name),
                Form::Number => Some(Kind::Number),
                Form::Two
                    if within.len() == 2
                        && within.clone().all(|at| content[at] && is_capitalised(&tokens[at])) =>
                {
                    within.any(|at| is_name[at]).then_some(Kind::Pair)
                }
                Form::Two => within.any(|at| content[at]).then_some(Kind::Two),
                Form::Three if within.clone().all(|at| is_quoted[at]) => Some(Kind::Quoted),
                Form::Three => within.any(|at| content[at]).then_some(Kind::Three),
            }
        };
        let mut found = Vec::new();
        each(reworded, |piece| {
            if let Some(kind) = kind(&piece) {
                found.push((piece, kind));
            }
        });
        found.sort_by_key(|(piece, _)| piece.tokens.start);
        let mut query = Self {
            features: Vec::new(),
            speeches: Vec::new(),
            index: Vec::new(),
            filter: vec![0; FILTER_WORDS].into(),
            print: print(reworded),
            words: reworded.word_count() as u32,
        };
        query.fill(reworded, &found);
        query.speeches = speeches(reworded, &query, &found);
        query
    }

    fn fill(&mut self, reworded: &Document<'_>, found: &[(Piece, Kind)]) {
        let tokens = reworded.tokens();
        let mut known = std::collections::HashSet::new();
        for (piece, kind) in found {
            if self.features.len() == MOST_FEATURES {
                break;
            }
            if known.insert(piece.key) {
                let (first, last) = (&tokens[piece.tokens.start], &tokens[piece.tokens.end - 1]);
                let label =
                    plain(reworded.slice(Span { start: first.span.start, end: last.span.end }));
                self.index.push((piece.key, self.features.len() as u32));
                self.features.push(Feature { kind: *kind, start: piece.tokens.start, label });
                let (word, bit) = place(piece.key);
                self.filter[word] |= bit;
            }
        }
        self.index.sort_unstable();
    }

    /// What `candidate` holds of this query. Linear in its length; any thread may call it.
    pub fn score(&self, candidate: &Document<'_>) -> Sketch {
        self.score_contents(&Contents::of(candidate))
    }

    /// [`Query::score`] of a candidate whose contents are at hand, for who has many queries.
    pub fn score_contents(&self, candidate: &Contents) -> Sketch {
        let mut held = vec![0_u64; self.features.len().div_ceil(64)].into_boxed_slice();
        for number in candidate.keys.iter().filter_map(|key| self.number(*key)) {
            held[number as usize / 64] |= 1 << (number % 64);
        }
        let is_identical = self.words > 0 && candidate.print == self.print;
        Sketch { held, words: candidate.words, is_identical }
    }

    /// How many words the reworded text has.
    pub fn words(&self) -> usize {
        self.words as usize
    }

    /// How many features it is looked for by.
    pub fn features(&self) -> usize {
        self.features.len()
    }

    /// What each feature is.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> + '_ {
        self.features.iter().map(|feature| feature.kind)
    }

    fn number(&self, key: u64) -> Option<u32> {
        let (word, bit) = place(key);
        if self.filter[word] & bit == 0 {
            return None;
        }
        let at = self.index.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(self.index[at].1)
    }
}

impl Sketch {
    /// The numbers of the features that are held, ascending.
    pub fn held(&self) -> impl Iterator<Item = usize> {
        self.held.iter().enumerate().flat_map(|(word, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(word * 64 + bit)
            })
        })
    }

    /// Whether the feature with this number is held.
    pub(super) fn holds(&self, number: u32) -> bool {
        self.held[number as usize / 64] >> (number % 64) & 1 == 1
    }

    /// How many words the candidate has.
    pub fn words(&self) -> usize {
        self.words as usize
    }

    /// Whether its words are those of the reworded text itself.
    pub fn is_identical(&self) -> bool {
        self.is_identical
    }
}

/// 32,768 bits: no more than one in eight is set by the most features that there may be.
const FILTER_WORDS: usize = 512;

fn place(key: u64) -> (usize, u64) {
    ((key >> 6) as usize % FILTER_WORDS, 1 << (key % 64))
}

/// White space in a row as one space: a label may come from two lines.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which tokens stand within quotation marks.
fn quoted(document: &Document<'_>) -> Vec<bool> {
    let mut is_quoted = vec![false; document.tokens().len()];
    for quotation in document.quotations().iter().filter(|found| found.kind != QuoteKind::Code) {
        is_quoted[range(&quotation.tokens)].fill(true);
    }
    is_quoted
}

fn range(tokens: &Range<u32>) -> Range<usize> {
    tokens.start as usize..tokens.end as usize
}

/// Which tokens are words with capitals that the place does not call for.
fn names(document: &Document<'_>) -> Vec<bool> {
    let tokens = document.tokens();
    let mut is_name = vec![false; tokens.len()];
    let is_open = |at: usize| {
        let text = document.token_text(&tokens[at]);
        tokens[at].kind == TokenKind::Word && text.len() > 1 && !is_function_word(text)
    };
    for Sentence { tokens: within, .. } in document.sentences() {
        let words: Vec<usize> = range(within).filter(|at| is_open(*at)).collect();
        let capitals = words.iter().filter(|at| is_capitalised(&tokens[**at])).count();
        if words.len() > 2 && capitals as f64 > HEADLINE * words.len() as f64 {
            continue;
        }
        // A sentence within quotation marks begins with a capital, too.
        let first = range(within).find(|at| tokens[*at].kind == TokenKind::Word);
        for at in words {
            let opens = Some(at) == first
                || document.token_text(&tokens[at - 1]).ends_with(['"', '“', ':']);
            is_name[at] = is_capitalised(&tokens[at]) && !opens;
        }
    }
    is_name
}

/// The quotations that are long enough to be told, with the features in them.
fn speeches(document: &Document<'_>, query: &Query, found: &[(Piece, Kind)]) -> Vec<Speech> {
    let is_speech = |kind: QuoteKind| kind != QuoteKind::Code;
    let outermost = document.quotations().iter().filter(|q| q.depth == 0 && is_speech(q.kind));
    outermost
        .filter_map(|quotation| {
            let within = range(&quotation.tokens);
            let start = found.partition_point(|(piece, _)| piece.tokens.start < within.start);
            let end = found.partition_point(|(piece, _)| piece.tokens.start < within.end);
            let pieces = found[start..end]
                .iter()
                .filter(|(piece, kind)| *kind == Kind::Quoted && piece.tokens.end <= within.end);
            let features: Vec<u32> =
                pieces.filter_map(|(piece, _)| query.number(piece.key)).collect();
            let label = plain(document.slice(quotation.span));
            (features.len() + 2 >= LEAST_QUOTED).then_some(Speech { label, features })
        })
        .collect()
}
