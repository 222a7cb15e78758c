//! What a punctuation token does to sentences and quotations.

use crate::{QuoteKind, Token, TokenKind};

/// The role of a punctuation token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `.`
    Stop,
    /// `!`, `?` and their runs
    Exclamation,
    /// `...`
    Ellipsis,
    /// `-` between words with space, `--`, en and em dashes
    Dash,
    OpenBracket,
    CloseBracket,
    /// A mark that can only open, as `“`.
    OpenQuote(QuoteKind),
    /// A mark that can only close, as `”`. U+2019 is one, although it is mostly an apostrophe.
    CloseQuote(QuoteKind),
    /// A mark whose neighbours tell what it does: `"`, `'`, a back-tick.
    Quote(QuoteKind),
    Other,
}

/// The mark of a token; [`Mark::Other`] for those that are not punctuation.
#[inline]
pub(crate) fn mark(text: &str, token: &Token) -> Mark {
    if token.kind == TokenKind::Punct {
        punctuation(&text[token.span.range()])
    } else {
        Mark::Other
    }
}

fn punctuation(text: &str) -> Mark {
    match text.chars().next().unwrap_or(' ') {
        '.' if text.len() > 1 => Mark::Ellipsis,
        '\u{2026}' => Mark::Ellipsis,
        '.' | '\u{3002}' | '\u{ff0e}' | '\u{964}' | '\u{965}' | '\u{6d4}' => Mark::Stop,
        '!' | '?' | '\u{203c}' | '\u{2047}'..='\u{2049}' | '\u{ff01}' | '\u{ff1f}' | '\u{61f}' => {
            Mark::Exclamation
        }
        '-' | '\u{2010}'..='\u{2015}' => Mark::Dash,
        '(' | '[' | '{' | '\u{ff08}' => Mark::OpenBracket,
        ')' | ']' | '}' | '\u{ff09}' => Mark::CloseBracket,
        '"' => Mark::Quote(QuoteKind::Double),
        '\'' => Mark::Quote(QuoteKind::Single),
        '`' => Mark::Quote(QuoteKind::Code),
        '\u{201c}' | '\u{201e}' | '\u{ab}' => Mark::OpenQuote(QuoteKind::Double),
        '\u{201d}' | '\u{bb}' => Mark::CloseQuote(QuoteKind::Double),
        '\u{2018}' | '\u{201a}' => Mark::OpenQuote(QuoteKind::Single),
        '\u{2019}' => Mark::CloseQuote(QuoteKind::Single),
        _ => Mark::Other,
    }
}
