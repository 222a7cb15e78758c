//! What the blocks of a text are about: word vectors, and the names and rare words that they share.

use std::collections::HashMap;

use unspin_model::{Statistics, Vectors, WordFlags, WordId};
use unspin_text::{Case, Document, Span, Token, TokenKind};

/// Blocks of fewer words say too little of what they are about.
const LEAST_WORDS: usize = 12;
/// A word this rare in running text says what a text is about: hundredths of log10.
const RARE: i32 = -430;
/// Commoner words than this say nothing of it.
const COMMON: i32 = -280;
/// Blocks to each side that a block is compared with.
const SIDE: usize = 4;

/// A sum of word vectors; coordinates of 127 times a weight of a few hundred, for as many words as a text can have.
type Sum = [i64; Vectors::DIMENSIONS];

/// A paragraph, or a sentence of a text that is hardly divided into paragraphs.
#[derive(Debug)]
pub(crate) struct Block {
    /// In bytes.
    pub(crate) span: Span,
    /// How many words it has.
    pub(crate) words: usize,
    /// How many names stand in it.
    pub(crate) names: usize,
    /// How many names or rare words stand in it and elsewhere too.
    pub(crate) shared: usize,
    /// How many names or rare words stand before it and after it, but not in it.
    pub(crate) straddled: usize,
}

/// The blocks of a document.
pub(crate) struct Topics<'d> {
    pub(crate) blocks: Vec<Block>,
    tokens: Vec<&'d [Token]>,
    statistics: &'d Statistics<'d>,
}

impl<'d> Topics<'d> {
    pub(crate) fn new(document: &'d Document<'_>, statistics: &'d Statistics<'d>) -> Self {
        let mut topics = Self { blocks: Vec::new(), tokens: blocks(document), statistics };
        let mut last_use: HashMap<u32, usize> = HashMap::new();
        // How many words open and close a gap between two uses at each block; a block within it is straddled.
        let mut gaps: Vec<i32> = vec![0];
        for tokens in &topics.tokens {
            let block = topics.blocks.len();
            gaps.push(0);
            let (mut names, mut shared) = (0, 0);
            for (i, token) in tokens.iter().enumerate() {
                let Some(kind) = kind(statistics, token, i == 0) else {
                    continue;
                };
                names += usize::from(kind == Kind::Name);
                match last_use.insert(token.key, block) {
                    None => {}
                    Some(last) if last == block => {}
                    Some(last) => {
                        shared += 1;
                        topics.blocks[last].shared += 1;
                        gaps[last + 1] += 1;
                        gaps[block] -= 1;
                    }
                }
            }
            let words = tokens.iter().filter(|t| t.kind == TokenKind::Word).count();
            let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
            topics.blocks.push(Block { span, words, names, shared, straddled: 0 });
        }
        let mut open = 0;
        for (block, change) in topics.blocks.iter_mut().zip(gaps) {
            open += change;
            block.straddled = usize::try_from(open).unwrap_or(0);
        }
        topics
    }

    /// Cosines, in thousandths, of a block with what stands before it and after it, and of these with each other; `None`
    /// where two blocks do not stand on each side.
    pub(crate) fn fit(&self, block: usize) -> Option<[i32; 3]> {
        // Hardly a block is asked about, so sums are made when they are wanted.
        let range = |from: usize, to: usize| {
            let mut sum = [0; Vectors::DIMENSIONS];
            for token in self.tokens[from..to].iter().copied().flatten() {
                add(self.statistics, token, &mut sum);
            }
            sum
        };
        if block < 2 || block + 2 >= self.blocks.len() {
            return None;
        }
        let own = range(block, block + 1);
        let left = range(block.saturating_sub(SIDE), block);
        let right = range(block + 1, (block + 1 + SIDE).min(self.blocks.len()));
        Some([cosine(&own, &left), cosine(&own, &right), cosine(&left, &right)])
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Rare,
}

/// The tokens of each block.
fn blocks<'d>(document: &'d Document<'_>) -> Vec<&'d [Token]> {
    let all = document.tokens();
    let long = |tokens: &[Token]| {
        tokens.iter().filter(|t| t.kind == TokenKind::Word).take(LEAST_WORDS).count() == LEAST_WORDS
    };
    let of_sentences = |range: std::ops::Range<u32>| {
        let sentences = &document.sentences()[range.start as usize..range.end as usize];
        let first = sentences.first().map_or(0, |s| s.tokens.start as usize);
        let last = sentences.last().map_or(first, |s| s.tokens.end as usize);
        &all[first..last]
    };
    let paragraphs: Vec<&[Token]> = document
        .paragraphs()
        .iter()
        .map(|p| of_sentences(p.sentences.clone()))
        .filter(|tokens| long(tokens))
        .collect();
    if paragraphs.len() >= 5 {
        return paragraphs;
    }
    let sentences = document.sentences().iter().map(|s| document.sentence_tokens(s));
    sentences.filter(|tokens| long(tokens)).collect()
}

/// Hundredths of log10 of the share of tokens that are this word, if it says something of the topic.
fn frequency_if_telling(statistics: &Statistics<'_>, id: WordId) -> Option<i32> {
    let frequency = statistics.lexicon.log10_hundredths(id);
    let function = statistics.lexicon.flags(id).0 & WordFlags::FUNCTION != 0;
    (frequency <= COMMON && !function).then_some(frequency)
}

/// What a word says of the topic.
fn kind(statistics: &Statistics<'_>, token: &Token, first: bool) -> Option<Kind> {
    if token.kind != TokenKind::Word || token.span.len() < 3 {
        return None;
    }
    let capital = !first && matches!(token.case, Case::Title | Case::Upper | Case::Mixed);
    let Some(id) = statistics.lexicon.get(token.key) else {
        return Some(if capital { Kind::Name } else { Kind::Rare });
    };
    let frequency = frequency_if_telling(statistics, id)?;
    if capital { Some(Kind::Name) } else { (frequency < RARE).then_some(Kind::Rare) }
}

/// Adds the weighted vector of a word.
fn add(statistics: &Statistics<'_>, token: &Token, sum: &mut Sum) {
    if token.kind != TokenKind::Word || token.span.len() < 3 {
        return;
    }
    if let Some(id) = statistics.lexicon.get(token.key)
        && let Some(frequency) = frequency_if_telling(statistics, id)
        && let Some(vector) = statistics.vectors.get(id)
    {
        let weight = i64::from(COMMON - frequency).min(250);
        for (sum, &coordinate) in sum.iter_mut().zip(vector) {
            *sum += weight * i64::from(coordinate.cast_signed());
        }
    }
}

/// In thousandths; 0 for a sum of nothing.
fn cosine(a: &Sum, b: &Sum) -> i32 {
    let dot = |a: &Sum, b: &Sum| a.iter().zip(b).map(|(&a, &b)| a as f64 * b as f64).sum::<f64>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths == 0.0 { 0 } else { (1000.0 * dot(a, b) / lengths).round() as i32 }
}
