//! What can be looked up of a text: its words by lemma, its names, numbers by value, and runs of two and three words.

use std::ops::Range;

use unspin_lang::lemmas;
use unspin_text::{Case, Document, Token, TokenKind, fold_key};

use crate::number::numbers;

/// What is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A word, by the first lemma that it may have.
    Lemma,
    /// A word with a capital.
    Capitalised,
    /// A number, by its value.
    Number,
    /// Two words in a row.
    Two,
    /// Three words in a row.
    Three,
}

/// Something of a text that can be looked up in others.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The same for what counts as the same. Other pieces may share it, once in 2^64.
    pub(super) key: u64,
    pub(super) form: Form,
    /// From its first to its last token.
    pub(super) tokens: Range<usize>,
}

/// Calls `see` for all that can be looked up of a document, in linear time; some of it more than once.
pub(super) fn each(document: &Document<'_>, mut see: impl FnMut(Piece)) {
    let tokens = document.tokens();
    // The two words before.
    let mut before: [Option<usize>; 2] = [None; 2];
    for (at, token) in tokens.iter().enumerate() {
        if !matches!(token.kind, TokenKind::Word | TokenKind::Number) {
            continue;
        }
        if token.kind == TokenKind::Word {
            let text = document.token_text(token);
            let key = lemma(text);
            see(Piece { key: mixed(&[1, key]), form: Form::Lemma, tokens: at..at + 1 });
            if is_capitalised(token) {
                let key = mixed(&[2, name(text, token).into()]);
                see(Piece { key, form: Form::Capitalised, tokens: at..at + 1 });
            }
        }
        if let Some(second) = before[1] {
            let keys = [4, tokens[second].key.into(), token.key.into()];
            see(Piece { key: mixed(&keys), form: Form::Two, tokens: second..at + 1 });
            if let Some(first) = before[0] {
                let keys = [5, tokens[first].key.into(), keys[1], keys[2]];
                see(Piece { key: mixed(&keys), form: Form::Three, tokens: first..at + 1 });
            }
        }
        before = [before[1], Some(at)];
    }
    for number in numbers(document) {
        let key = mixed(&[3, number.value.to_bits()]);
        see(Piece { key, form: Form::Number, tokens: number.tokens });
    }
}

/// A number for all words of a text in their order, white space, punctuation and letter case aside.
pub(super) fn print(document: &Document<'_>) -> u64 {
    let words = document.tokens().iter().filter(|token| {
        matches!(token.kind, TokenKind::Word | TokenKind::Clitic | TokenKind::Number)
    });
    words.fold(SEED, |print, token| step(print, token.key.into()))
}

/// Whether a word is written as names are.
pub(super) fn is_capitalised(token: &Token) -> bool {
    matches!(token.case, Case::Title | Case::Upper | Case::Mixed)
}

/// `U.S.` as `US`.
fn name(text: &str, token: &Token) -> u32 {
    if text.contains('.') { fold_key(&text.replace('.', "")) } else { token.key }
}

fn lemma(text: &str) -> u64 {
    let lemma = lemmas(text).next().expect("a word has a reading").lemma;
    // FNV-1a of 64 bits.
    lemma.bytes().fold(SEED, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn mixed(keys: &[u64]) -> u64 {
    keys.iter().fold(SEED, |mixed, key| step(mixed, *key))
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood, OOPSLA 2014), for each key.
fn step(mixed: u64, key: u64) -> u64 {
    let mut z = (mixed ^ key).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
