//! HTML.
//!
//! Text of a page that nobody wrote as prose is left out by its element. What is left of a whole page is its article
//! and what stands around it; [`article`] chooses.

mod article;
mod element;
mod layout;
mod nesting;
mod scan;
#[cfg(test)]
mod tests;

use crate::Span;
use crate::markup::{Builder, Chunk, Extract, front_matter};
pub(crate) use layout::Layout;
pub(crate) use nesting::Nesting;
pub(crate) use scan::scan;

/// Something that takes what a page says, in order.
pub(crate) trait Target {
    /// It is a whole page.
    fn page(&mut self) {}
    /// An element begins.
    fn open(&mut self, tag: element::Tag, attributes: &Attributes);
    /// The element that was opened last ends.
    fn close(&mut self);
    /// Text: these bytes, or what they stand for.
    fn text(&mut self, span: Span, decoded: Option<&str>);
    /// A block ends and another begins.
    fn block_break(&mut self);
    /// A line ends at this byte.
    fn line_break(&mut self, at: u32);
    /// An image with this alternative text.
    fn image(&mut self, alternative: Vec<Chunk>);
    /// A comment.
    fn comment(&mut self, span: Span);
}

/// The attributes of a start tag that say something of its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributes {
    /// `hidden`, or `aria-hidden="true"`.
    pub(crate) is_hidden: bool,
    /// `role`, where it is one that an element has, as that element.
    pub(crate) role: Option<&'static str>,
    /// The value of `alt`.
    pub(crate) alternative: Vec<Chunk>,
}

/// The prose of a page or of a fragment of one.
pub(crate) fn extract(source: &str) -> Extract {
    let start = front_matter::len(source) as u32;
    let mut nesting = Nesting::new(article::Recorder::new());
    scan(source, Span::new(start, source.len() as u32), &mut nesting);
    let recorder = nesting.finish();
    let mut layout = Layout::new(Builder::new(source));
    recorder.replay(&mut layout);
    layout.into_builder().finish()
}
