//! What the blocks of a text are about: word vectors, and the names and rare words that they share.

use std::ops::Range;

use unspin_model::{Statistics, Vectors, WordFlags};
use unspin_text::{Case, Document, Span, Token, TokenKind};
use unspin_words::{KnownWord, KnownWords};

/// Blocks of fewer words say too little of what they are about.
const LEAST_WORDS: usize = 12;
/// Shorter words say nothing. In bytes.
const SHORTEST: u32 = 3;
/// A word this rare in running text says what a text is about: hundredths of log10.
const RARE: i32 = -430;
/// Commoner words than this say nothing of it.
const COMMON: i32 = -280;
/// Blocks to each side that a block is compared with.
const SIDE: usize = 4;
/// A block must have two on each side.
const LEAST_BLOCKS: usize = 5;

/// A sum of word vectors; coordinates of 127 times a weight of a few hundred, for as many words as a text can have.
type Sum = [i64; Vectors::DIMENSIONS];

/// A paragraph, or a sentence of a text that is hardly divided into paragraphs.
#[derive(Debug)]
pub(crate) struct Block {
    /// In bytes.
    pub(crate) span: Span,
    /// How many names or rare words stand in it and elsewhere too.
    pub(crate) shared: usize,
    /// How many names or rare words stand before it and after it, but not in it.
    pub(crate) straddled: usize,
}

/// The blocks of a document.
pub(crate) struct Topics<'d> {
    pub(crate) blocks: Vec<Block>,
    tokens: Vec<Range<usize>>,
    words: Words<'d>,
}

impl<'d> Topics<'d> {
    pub(crate) fn new(
        document: &'d Document<'_>,
        statistics: &'d Statistics<'d>,
        known: &'d KnownWords,
    ) -> Self {
        let words = Words { document, statistics, known };
        let tokens = blocks(document);
        if tokens.len() < LEAST_BLOCKS {
            return Self { blocks: Vec::new(), tokens, words };
        }
        let mut blocks: Vec<Block> = Vec::with_capacity(tokens.len());
        // The uses of names and rare words: the key above the block.
        let mut uses: Vec<u64> = Vec::with_capacity(document.tokens().len() / 2);
        for range in &tokens {
            let all = &document.tokens()[range.clone()];
            let span = all[0].span.cover(all[all.len() - 1].span);
            for (token, _) in words.telling(range.clone()) {
                uses.push(u64::from(token.key) << 32 | blocks.len() as u64);
            }
            blocks.push(Block { span, shared: 0, straddled: 0 });
        }
        uses.sort_unstable();
        // How many words open and close a gap between two uses at each block; a block within it is straddled.
        let mut gaps: Vec<i32> = vec![0; blocks.len() + 1];
        for pair in uses.windows(2).filter(|pair| pair[0] >> 32 == pair[1] >> 32) {
            let [last, block] = [pair[0] as u32 as usize, pair[1] as u32 as usize];
            if last != block {
                blocks[last].shared += 1;
                blocks[block].shared += 1;
                gaps[last + 1] += 1;
                gaps[block] -= 1;
            }
        }
        let mut open = 0;
        for (block, change) in blocks.iter_mut().zip(gaps) {
            open += change;
            block.straddled = usize::try_from(open).unwrap_or(0);
        }
        Self { blocks, tokens, words }
    }

    /// How many words a block has, and how many names. Hardly a block is asked about, so they are counted when they are
    /// wanted.
    pub(crate) fn words_and_names(&self, block: usize) -> (usize, usize) {
        let range = self.tokens[block].clone();
        let words = self.words.of(range.clone()).filter(|(t, _)| t.kind == TokenKind::Word).count();
        let names = self.words.telling(range).filter(|(_, kind)| *kind == Kind::Name).count();
        (words, names)
    }

    /// Cosines, in thousandths, of a block with what stands before it and after it, and of these with each other; `None`
    /// where two blocks do not stand on each side.
    pub(crate) fn fit(&self, block: usize) -> Option<[i32; 3]> {
        let range = |from: usize, to: usize| {
            let mut sum = [0; Vectors::DIMENSIONS];
            for (token, known) in
                self.tokens[from..to].iter().flat_map(|r| self.words.of(r.clone()))
            {
                self.words.add(token, *known, &mut sum);
            }
            sum
        };
        if block < LEAST_BLOCKS / 2 || block + LEAST_BLOCKS / 2 >= self.blocks.len() {
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

/// The tokens of each block, by index.
fn blocks(document: &Document<'_>) -> Vec<Range<usize>> {
    let long = |tokens: &Range<usize>| {
        let words = document.tokens()[tokens.clone()].iter().filter(|t| t.kind == TokenKind::Word);
        words.take(LEAST_WORDS).count() == LEAST_WORDS
    };
    let of_sentences = |range: Range<u32>| {
        let sentences = &document.sentences()[range.start as usize..range.end as usize];
        let first = sentences.first().map_or(0, |s| s.tokens.start as usize);
        let last = sentences.last().map_or(first, |s| s.tokens.end as usize);
        first..last
    };
    let paragraphs = document.paragraphs().iter().map(|p| of_sentences(p.sentences.clone()));
    let paragraphs: Vec<Range<usize>> = paragraphs.filter(long).collect();
    if paragraphs.len() >= LEAST_BLOCKS {
        return paragraphs;
    }
    let sentences = document.sentences().iter();
    sentences.map(|s| s.tokens.start as usize..s.tokens.end as usize).filter(long).collect()
}

/// The words of a document and what is known of them.
struct Words<'d> {
    document: &'d Document<'d>,
    statistics: &'d Statistics<'d>,
    known: &'d KnownWords,
}

impl<'d> Words<'d> {
    fn of(
        &self,
        tokens: Range<usize>,
    ) -> impl Iterator<Item = (&'d Token, &'d KnownWord)> + use<'d> {
        self.document.tokens()[tokens.clone()].iter().zip(&self.known.all()[tokens])
    }

    /// Hundredths of log10 of the share of tokens that are this word, if it says something of the topic.
    fn frequency_if_telling(&self, word: KnownWord) -> Option<i32> {
        if word.flags.0 & WordFlags::FUNCTION != 0 {
            return None;
        }
        Some(self.statistics.lexicon.log10_hundredths(word.id)).filter(|&log10| log10 <= COMMON)
    }

    /// The names and rare words among the tokens of a block.
    fn telling(&self, tokens: Range<usize>) -> impl Iterator<Item = (&'d Token, Kind)> {
        let (all, known) = (&self.document.tokens()[tokens.clone()], &self.known.all()[tokens]);
        // Half of all words are told by their flags, without a look at the token.
        let content = (0..all.len()).filter(|at| known[*at].flags.0 & WordFlags::FUNCTION == 0);
        content
            .filter(|at| all[*at].kind == TokenKind::Word)
            .filter_map(|at| Some((&all[at], self.kind(&all[at], known[at], at == 0)?)))
    }

    /// What a word says of the topic.
    fn kind(&self, token: &Token, known: KnownWord, first: bool) -> Option<Kind> {
        if token.span.len() < SHORTEST {
            return None;
        }
        let capital = !first && matches!(token.case, Case::Title | Case::Upper | Case::Mixed);
        if !known.id.is_word() {
            return Some(if capital { Kind::Name } else { Kind::Rare });
        }
        let frequency = self.frequency_if_telling(known)?;
        if capital { Some(Kind::Name) } else { (frequency < RARE).then_some(Kind::Rare) }
    }

    /// Adds the weighted vector of a word.
    fn add(&self, token: &Token, known: KnownWord, sum: &mut Sum) {
        if token.kind != TokenKind::Word || token.span.len() < SHORTEST || !known.id.is_word() {
            return;
        }
        if let Some(frequency) = self.frequency_if_telling(known)
            && let Some(vector) = self.statistics.vectors.get(known.id)
        {
            let weight = i64::from(COMMON - frequency).min(250);
            for (sum, &coordinate) in sum.iter_mut().zip(vector) {
                *sum += weight * i64::from(coordinate.cast_signed());
            }
        }
    }
}

/// In thousandths; 0 for a sum of nothing.
fn cosine(a: &Sum, b: &Sum) -> i32 {
    let dot = |a: &Sum, b: &Sum| a.iter().zip(b).map(|(&a, &b)| a as f64 * b as f64).sum::<f64>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths == 0.0 { 0 } else { (1000.0 * dot(a, b) / lengths).round() as i32 }
}
