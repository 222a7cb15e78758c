//! Formats: which bytes of a file are its prose.
//!
//! Rules must read `<b>arti</b>ficial` as one word and `&#8217;` as an apostrophe, and a fix must still land on the right
//! bytes of the file. So the prose of a marked-up text is written out as a text of its own, in one pass, with a list of
//! [`Piece`]s that says where each stretch of it came from. Everything after that (tokens, sentences, quotations,
//! rules) sees prose alone; only reports and fixes ask for the source again. Plain text has no such list and costs
//! nothing.
//!
//! What the formats share: blocks end sentences and inline markup ends nothing, not even a word; code, comments,
//! scripts, attributes, link targets and front matter are no prose; a code span is one
//! [`Address`](crate::TokenKind::Address) token; the alternative text of an image is a block of its own, after the block
//! that the image stands in.

mod builder;
mod edit;
mod front_matter;
mod html;
mod markdown;
mod prose;
mod role;

pub(crate) use builder::{Builder, Chunk};
pub(crate) use prose::{Piece, Prose};
pub use role::{Comment, Region, Roles};

use crate::Span;

/// The format of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Markup {
    /// Every byte is prose.
    #[default]
    Plain,
    /// `CommonMark` with tables, footnotes, strikethrough and task lists, HTML inside it, and YAML or TOML front matter.
    Markdown,
    /// HTML or XHTML: of a whole page the article, of a fragment everything that is not navigation.
    Html,
}

impl Markup {
    /// Every ending that names a format, lower-case, with that format.
    pub const EXTENSIONS: [(&'static str, Self); 7] = [
        ("txt", Self::Plain),
        ("text", Self::Plain),
        ("md", Self::Markdown),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("htm", Self::Html),
        ("xhtml", Self::Html),
    ];

    /// The format that the ending of a file name stands for, in any letter case, given without its dot.
    pub fn of_extension(extension: &str) -> Option<Self> {
        let known = Self::EXTENSIONS.iter().find(|(own, _)| own.eq_ignore_ascii_case(extension));
        known.map(|(_, markup)| *markup)
    }

    /// The format of bytes whose name says nothing: HTML if they begin as a page does, else plain text.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        let begins = |with: &[u8]| {
            bytes.len() > with.len()
                && bytes[..with.len()].eq_ignore_ascii_case(with)
                && matches!(bytes[with.len()], b' ' | b'>' | b'\n' | b'\r' | b'\t')
        };
        if begins(b"<!doctype html") || begins(b"<html") { Self::Html } else { Self::Plain }
    }

    /// The format by the ending if it is known, else by the bytes.
    pub fn of(extension: Option<&str>, bytes: &[u8]) -> Self {
        extension.and_then(Self::of_extension).unwrap_or_else(|| Self::of_bytes(bytes))
    }
}

/// What was read off a marked-up text.
#[derive(Debug, Default)]
pub(crate) struct Extract {
    pub(crate) text: String,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) regions: Vec<Region>,
    pub(crate) comments: Vec<Comment>,
    /// Of the text, in order and disjoint: what is one token, whatever stands in it.
    pub(crate) opaque: Vec<Span>,
    /// Of the source, by their start: links whose text says where they lead, so that it must stay.
    pub(crate) labels: Vec<Span>,
    /// Of the text, in order and disjoint: what the format marks as quoted.
    pub(crate) quoted: Vec<Span>,
}

/// Reads the prose of a text that is not plain. Linear.
pub(crate) fn extract(source: &str, markup: Markup) -> Extract {
    match markup {
        Markup::Plain | Markup::Markdown => markdown::extract(source),
        Markup::Html => html::extract(source),
    }
}

#[cfg(test)]
mod tests;
