//! Elements to prose.

use super::element::Tag;
use super::{Attributes, Target};
use crate::markup::{Builder, Chunk};
use crate::{Roles, Span};

/// What holds at a place, by the elements around it.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each holds or not, whatever the others do")]
struct State {
    roles: Roles,
    /// Nothing is written.
    is_out: bool,
    keeps_space: bool,
    in_article: bool,
    is_raised: bool,
    in_code: bool,
}

/// Writes the text of elements to a [`Builder`].
pub(crate) struct Layout<'s> {
    builder: Builder<'s>,
    state: State,
    /// For each open element what held before it, what it is, and where the prose stood.
    open: Vec<(State, Tag, u32)>,
}

impl<'s> Layout<'s> {
    pub(crate) fn new(builder: Builder<'s>) -> Self {
        Self { builder, state: State::default(), open: Vec::new() }
    }

    pub(crate) fn into_builder(self) -> Builder<'s> {
        self.builder
    }

    /// Writes a stretch of code inside a sentence.
    pub(crate) fn code(&mut self, span: Span) {
        if !self.state.is_out {
            let start = self.builder.at();
            self.builder.verbatim(span);
            self.builder.close_opaque(start);
        }
    }
}

impl Target for Layout<'_> {
    fn open(&mut self, tag: Tag, _attributes: &Attributes) {
        let outer = self.state;
        if tag.is_block() {
            self.block_break();
        }
        self.open.push((outer, tag, self.builder.at()));
        let state = &mut self.state;
        match tag {
            Tag::Hidden | Tag::Aside | Tag::Form => state.is_out = true,
            Tag::Header => state.is_out |= !state.in_article,
            Tag::Article | Tag::Main => state.in_article = true,
            Tag::Link => state.is_out |= state.is_raised,
            Tag::Raised => state.is_raised = true,
            // In a preformatted block it is the block that is code.
            Tag::Code => {
                state.is_out |= state.keeps_space;
                state.in_code = true;
            }
            Tag::Preformatted => state.keeps_space = true,
            Tag::Heading => state.roles |= Roles::HEADING,
            Tag::Quote | Tag::InlineQuote => state.roles |= Roles::QUOTE,
            Tag::Caption => state.roles |= Roles::CAPTION,
            Tag::Item => state.roles |= Roles::LIST_ITEM,
            Tag::Cell => state.roles |= Roles::TABLE_CELL,
            Tag::Paragraph => state.roles = state.roles - Roles::TABLE_CELL,
            Tag::Inline | Tag::Block => {}
        }
        self.builder.roles = self.state.roles;
        self.builder.keeps_space = self.state.keeps_space;
    }

    fn close(&mut self) {
        let Some((outer, tag, start)) = self.open.pop() else { return };
        if tag.is_block() && !outer.is_out {
            // A block that is not there still parts what stands around it.
            self.builder.block_break();
        }
        match tag {
            Tag::Code if !outer.in_code && !outer.is_out => self.builder.close_opaque(start),
            Tag::Quote | Tag::InlineQuote => self.builder.close_quoted(start),
            _ => {}
        }
        self.state = outer;
        self.builder.roles = outer.roles;
        self.builder.keeps_space = outer.keeps_space;
    }

    fn text(&mut self, span: Span, decoded: Option<&str>) {
        if !self.state.is_out {
            match decoded {
                Some(text) => self.builder.decoded(span, text),
                None => self.builder.verbatim(span),
            }
        }
    }

    fn block_break(&mut self) {
        if !self.state.is_out {
            self.builder.block_break();
        }
    }

    fn line_break(&mut self, at: u32) {
        if !self.state.is_out {
            self.builder.line_break(at);
        }
    }

    fn image(&mut self, alternative: Vec<Chunk>) {
        if !self.state.is_out {
            self.builder.alternative(alternative);
        }
    }

    fn comment(&mut self, span: Span) {
        self.builder.comment(span);
    }
}
