//! From places in the prose to places in the source.

use std::borrow::Cow;

use crate::markup::{Comment, Extract, Markup, Region};
use crate::{Roles, Span};

/// A stretch of prose and the source that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where it starts in the prose, in bytes; it ends where the next one starts.
    pub(crate) text: u32,
    /// The bytes of the source that it stands for: as many as in the prose where they are the same or white space for
    /// white space, else a reference or an escape. Empty for what was put in (a break between blocks).
    pub(crate) source: Span,
}

/// What a document keeps of a marked-up text besides its prose.
#[derive(Debug)]
pub(crate) struct Prose<'a> {
    pub(crate) source: Cow<'a, str>,
    pub(crate) markup: Markup,
    // Invariant: by `text`, which strictly rises.
    pub(crate) pieces: Vec<Piece>,
    pub(crate) regions: Vec<Region>,
    pub(crate) comments: Vec<Comment>,
    /// See [`Extract::labels`].
    pub(crate) labels: Vec<Span>,
    /// Bytes of the prose.
    pub(crate) len: u32,
}

impl<'a> Prose<'a> {
    /// Keeps what the extract holds but its text.
    pub(crate) fn new(source: Cow<'a, str>, markup: Markup, extract: &mut Extract) -> Self {
        Self {
            source,
            markup,
            pieces: std::mem::take(&mut extract.pieces),
            regions: std::mem::take(&mut extract.regions),
            comments: std::mem::take(&mut extract.comments),
            labels: std::mem::take(&mut extract.labels),
            len: extract.text.len() as u32,
        }
    }

    /// The piece that holds the byte at `offset`, with its end in the prose.
    pub(crate) fn piece_at(&self, offset: u32) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.text <= offset).checked_sub(1)
    }

    pub(crate) fn text_end(&self, piece: usize) -> u32 {
        self.pieces.get(piece + 1).map_or(self.len, |next| next.text)
    }

    pub(crate) fn is_verbatim(&self, piece: usize) -> bool {
        self.pieces[piece].source.len() == self.text_end(piece) - self.pieces[piece].text
    }

    fn start(&self, offset: u32) -> u32 {
        let Some(i) = self.piece_at(offset) else { return 0 };
        let Piece { text, source } = self.pieces[i];
        if offset >= self.len {
            source.end
        } else if self.is_verbatim(i) {
            source.start + (offset - text)
        } else {
            source.start
        }
    }

    fn end(&self, offset: u32) -> u32 {
        let Some(i) = offset.checked_sub(1).and_then(|last| self.piece_at(last)) else { return 0 };
        let Piece { text, source } = self.pieces[i];
        if self.is_verbatim(i) {
            (source.start + (offset - text)).min(source.end)
        } else {
            source.end
        }
    }

    /// The bytes of the source from the first to the last of `span`, markup between them included. O(log n).
    ///
    /// Alternative texts stand in the prose behind their block but in the source inside it; so the ends may have to
    /// change places.
    pub(crate) fn in_source(&self, span: Span) -> Span {
        let start = self.start(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        let end = self.end(span.end);
        Span::new(start.min(end), start.max(end))
    }

    /// The roles of the byte at `offset`. O(log n).
    pub(crate) fn roles_at(&self, offset: u32) -> Roles {
        let before = self.regions.partition_point(|region| region.span.start <= offset);
        match before.checked_sub(1).map(|i| self.regions[i]) {
            Some(region) if offset < region.span.end => region.roles,
            _ => Roles::NONE,
        }
    }
}
