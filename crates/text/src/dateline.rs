//! Datelines: the place, date and agency before the first sentence of a report.

use std::ops::Range;

use crate::mark::{Mark, mark};
use crate::{Case, Token, TokenKind};

/// Tokens that a dateline has at most, its dash included; longer ones than `NEW YORK/SAN FRANCISCO, Sept. 29, 2003
/// (Reuters) -` are headlines.
const LONGEST: usize = 24;

/// How many tokens of the paragraph that starts the range form a dateline, its dash included.
///
/// It starts with capitals of three letters or more, holds nothing but names, numbers, commas and a bracket, and ends
/// with a dash that is not a hyphen. Capitals straight before a dash (`OPEC - what next`) are a headline unless a
/// capital follows.
pub(crate) fn dateline(text: &str, tokens: &[Token], paragraph: Range<usize>) -> Option<usize> {
    let tokens = &tokens[paragraph];
    let first = tokens.first()?;
    let opens_with_place =
        first.kind == TokenKind::Word && first.case == Case::Upper && first.span.len() >= 3;
    let opens_with_agency = mark(text, first) == Mark::OpenBracket;
    if !opens_with_place && !opens_with_agency {
        return None;
    }
    let mut brackets = 0;
    let mut has_date = false;
    for (i, token) in tokens.iter().take(LONGEST).enumerate() {
        let surface = &text[token.span.range()];
        match mark(text, token) {
            Mark::Dash if i > 0 => {
                let agency_alone =
                    opens_with_agency && mark(text, &tokens[i - 1]) == Mark::CloseBracket && i <= 4;
                let names_all_capitals =
                    opens_with_place && tokens.get(i + 1).is_some_and(|t| t.case != Case::Lower);
                let is_dateline = agency_alone
                    || (opens_with_place && (brackets > 0 || has_date))
                    || names_all_capitals;
                return is_dateline.then_some(i + 1);
            }
            Mark::OpenBracket => brackets += 1,
            Mark::CloseBracket | Mark::Stop => {}
            Mark::Other if matches!(surface, "," | "/") => {}
            Mark::Other => match token.kind {
                TokenKind::Number => has_date = true,
                TokenKind::Hyphen | TokenKind::Address => {}
                TokenKind::Word if brackets > 0 => {}
                TokenKind::Word if token.case == Case::Upper || follows_comma(text, tokens, i) => {}
                _ => return None,
            },
            _ => return None,
        }
    }
    None
}

/// Whether only capitalised words stand between the nearest comma and this token: `PARIS, March`, `MACON, Ga`.
fn follows_comma(text: &str, tokens: &[Token], i: usize) -> bool {
    let is_comma = |token: &Token| &text[token.span.range()] == ",";
    let mut before =
        tokens[..=i].iter().rev().take(4).take_while(|t| t.case == Case::Title || is_comma(t));
    tokens[i].case == Case::Title && before.any(is_comma)
}
