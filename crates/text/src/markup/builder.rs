//! Prose written out piece by piece.

use crate::markup::{Comment, Extract, Piece, Region};
use crate::{Roles, Span};

/// A stretch of text: its bytes, and what they stand for if that is something else.
pub(crate) type Chunk = (Span, Option<String>);

/// What stands between two stretches of prose, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    /// White space, with the bytes it was.
    Space(Span),
    /// A line end that the writer asked for, such as `<br>`, at this byte of the source.
    Line(u32),
    /// The end of a block.
    Block,
}

/// Writes prose with its pieces. White space is held back until text follows, so that the prose neither begins nor ends
/// with it, and no run of it is longer than one.
#[derive(Debug)]
pub(crate) struct Builder<'s> {
    source: &'s str,
    out: Extract,
    gap: Gap,
    /// The roles of what is written next.
    pub(crate) roles: Roles,
    /// Whether white space is kept as it is.
    pub(crate) keeps_space: bool,
    /// Alternative texts of the block at hand.
    alternatives: Vec<Vec<Chunk>>,
}

impl<'s> Builder<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        let out = Extract { text: String::with_capacity(source.len() / 2), ..Extract::default() };
        let (gap, roles) = (Gap::Block, Roles::NONE);
        Self { source, out, gap, roles, keeps_space: false, alternatives: Vec::new() }
    }

    /// Where the next byte of prose will stand at the earliest.
    pub(crate) fn at(&self) -> u32 {
        self.out.text.len() as u32
    }

    /// Adds these bytes of the source.
    pub(crate) fn verbatim(&mut self, span: Span) {
        let bytes = self.source.as_bytes();
        let (mut at, end) = (span.start as usize, span.end as usize);
        while at < end {
            let from = at;
            while at < end && !is_space(bytes[at]) {
                at += 1;
            }
            if from < at {
                self.push(Span::new(from as u32, at as u32), None);
            }
            let from = at;
            while at < end && is_space(bytes[at]) {
                at += 1;
            }
            if from < at {
                self.space(Span::new(from as u32, at as u32));
            }
        }
    }

    /// Adds what these bytes of the source stand for.
    pub(crate) fn decoded(&mut self, span: Span, text: &str) {
        // A soft hyphen says where a word may be parted, and is no part of it.
        if !text.is_empty() && text != "\u{ad}" {
            if text.bytes().all(is_space) {
                self.space(span);
            } else {
                self.push(span, Some(text));
            }
        }
    }

    /// Adds white space.
    pub(crate) fn space(&mut self, span: Span) {
        if !self.keeps_space {
            if self.gap == Gap::None {
                self.gap = Gap::Space(span);
            }
            return;
        }
        // In preformatted text a line end is one, and two in a row are a blank line.
        let ends = self.source[span.range()].bytes().filter(|&byte| byte == b'\n').count();
        match ends {
            0 if self.gap == Gap::None => self.gap = Gap::Space(span),
            0 => {}
            1 => self.line_break(span.start),
            _ => self.block_break(),
        }
    }

    /// Ends a line; a second time in a row, the block.
    pub(crate) fn line_break(&mut self, at: u32) {
        self.gap = match self.gap {
            Gap::Line(_) | Gap::Block => Gap::Block,
            Gap::None | Gap::Space(_) => Gap::Line(at),
        };
    }

    /// Ends the block, if one is open.
    pub(crate) fn block_break(&mut self) {
        self.gap = Gap::Block;
        if self.alternatives.is_empty() {
            return;
        }
        let roles = self.roles;
        for chunks in std::mem::take(&mut self.alternatives) {
            self.roles = roles | Roles::ALT_TEXT;
            for (span, text) in chunks {
                match text {
                    Some(text) => self.decoded(span, &text),
                    None => self.verbatim(span),
                }
            }
            self.gap = Gap::Block;
        }
        self.roles = roles;
    }

    /// Adds the alternative text of an image; it is written after the block.
    pub(crate) fn alternative(&mut self, chunks: Vec<Chunk>) {
        if !chunks.is_empty() {
            self.alternatives.push(chunks);
        }
    }

    /// Marks what was written since `start` as one token that is no prose.
    pub(crate) fn close_opaque(&mut self, start: u32) {
        // The gap before it was written with its first byte.
        let text = &self.out.text[start as usize..];
        let start = start + (text.len() - text.trim_ascii_start().len()) as u32;
        if start < self.at() {
            self.out.opaque.push(Span::new(start, self.at()));
        }
    }

    /// Marks what was written since `start` as quoted.
    pub(crate) fn close_quoted(&mut self, start: u32) {
        let text = &self.out.text[start as usize..];
        let start = start + (text.len() - text.trim_ascii_start().len()) as u32;
        if start < self.at() {
            self.out.quoted.push(Span::new(start, self.at()));
        }
    }

    /// Notes a comment.
    pub(crate) fn comment(&mut self, source: Span) {
        self.out.comments.push(Comment { source, at: self.at() });
    }

    /// The prose and what is known of it.
    pub(crate) fn finish(mut self) -> Extract {
        self.block_break();
        // They were noted when they closed, the inner ones first.
        for spans in [&mut self.out.quoted, &mut self.out.opaque] {
            spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
            let mut end = 0;
            spans.retain(|span| {
                let is_outermost = span.start >= end;
                end = end.max(span.end);
                is_outermost
            });
        }
        self.out
    }

    fn push(&mut self, source: Span, text: Option<&str>) {
        match std::mem::replace(&mut self.gap, Gap::None) {
            Gap::Space(span) => self.write(span, " "),
            Gap::Line(at) if self.at() > 0 => self.write(Span::new(at, at), "\n"),
            Gap::Block if self.at() > 0 => {
                self.write(Span::new(source.start, source.start), "\n\n");
            }
            Gap::None | Gap::Line(_) | Gap::Block => {}
        }
        let start = self.at();
        let own = &self.source[source.range()];
        self.write(source, text.unwrap_or(own));
        if self.roles != Roles::NONE {
            self.extend_region(Span::new(start, self.at()));
        }
    }

    fn extend_region(&mut self, span: Span) {
        match self.out.regions.last_mut() {
            // What lies between is white space.
            Some(last) if last.roles == self.roles && span.start - last.span.end <= 2 => {
                last.span.end = span.end;
            }
            _ => self.out.regions.push(Region { span, roles: self.roles }),
        }
    }

    fn write(&mut self, source: Span, text: &str) {
        let at = self.at();
        let is_verbatim = |len: u32, source: Span| source.len() == len;
        let goes_on = is_verbatim(text.len() as u32, source)
            && self.out.pieces.last().is_some_and(|last| {
                is_verbatim(at - last.text, last.source) && last.source.end == source.start
            });
        match self.out.pieces.last_mut() {
            Some(last) if goes_on => last.source.end = source.end,
            _ => self.out.pieces.push(Piece { text: at, source }),
        }
        self.out.text.push_str(text);
    }
}

/// White space as both formats have it; a no-break space is a character.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}
