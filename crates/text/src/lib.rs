//! Bytes to a [`Document`]: tokens, sentences, paragraphs, direct speech and positions.
//!
//! Of a marked-up file only its prose is read, and every place in the prose knows its bytes in the file ([`Markup`]).
//! Nothing here fails: any bytes give a document, and what was wrong with them is a [`Fault`]. Everything is found in
//! one linear pass each (decode, tokenise, split, pair quotation marks) over text that is borrowed from the caller,
//! and every result is a [`Span`] of `u32` byte offsets, so that nobody downstream searches the text again.

mod address;
mod character;
pub mod control_comment;
mod dateline;
mod document;
mod fence;
mod key;
mod lexicon;
mod mark;
mod markup;
mod part;
mod position;
mod quotation;
mod sentence;
pub mod source;
mod span;
mod token;
mod tokenize;

pub use document::{Document, Paragraph, Quotation, QuoteKind, Sentence};
pub use key::{KeyFilter, fold_key, fold_key_of_ascii};
pub use markup::{Comment, Markup, Region, Roles};
pub use part::Part;
pub use position::{Position, Positions};
pub use sentence::is_abbreviation;
pub use source::{Encoding, Fault, FaultKind};
pub use span::Span;
pub use token::{Case, Token, TokenKind};
