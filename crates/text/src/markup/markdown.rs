//! Markdown.
//!
//! pulldown-cmark says which bytes each event came from. Its blocks are opened as the HTML elements that they stand for,
//! in the same [`Nesting`] as the HTML that Markdown may hold, so that both formats mean the same by a heading, a cell or
//! a comment.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::Span;
use crate::markup::html::{Attributes, Layout, Nesting, scan};
use crate::markup::{Builder, Chunk, Extract, front_matter};

/// The prose of a Markdown text.
pub(crate) fn extract(source: &str) -> Extract {
    let start = front_matter::len(source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader {
        source,
        nesting: Nesting::new(Layout::new(Builder::new(source))),
        depths: Vec::new(),
        html: None,
        image: None,
        labels: Vec::new(),
        read: start as u32,
    };
    for (event, range) in Parser::new_ext(&source[start..], options).into_offset_iter() {
        reader.event(&event, range.start + start..range.end + start);
    }
    let labels = reader.labels;
    Extract { labels, ..reader.nesting.finish().into_builder().finish() }
}

struct Reader<'s> {
    source: &'s str,
    nesting: Nesting<Layout<'s>>,
    /// For each open block how many elements were open before it.
    depths: Vec<usize>,
    /// The HTML block at hand, and whether its lines lie side by side.
    html: Option<(Span, bool)>,
    image: Option<Image>,
    /// See [`Extract::labels`].
    labels: Vec<Span>,
    /// Where the text before ended.
    read: u32,
}

/// An image whose alternative text is being read.
#[derive(Default)]
struct Image {
    alternative: Vec<Chunk>,
    /// Images inside it that are open, itself included.
    depth: u32,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        let span = Span::new(range.start as u32, range.end as u32);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text, span),
            Event::SoftBreak => self.text(" ", span),
            Event::HardBreak => match &mut self.image {
                Some(image) => image.alternative.push((span, Some(" ".to_owned()))),
                None => self.nesting.line_break(span.start),
            },
            Event::Code(_) => self.code(span),
            Event::Html(_) => self.html_line(span),
            Event::InlineHtml(_) if self.image.is_none() => {
                scan(self.source, span, &mut self.nesting);
            }
            Event::Rule => self.nesting.block_break(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        self.read = span.start;
        if let Tag::Link { link_type, .. } | Tag::Image { link_type, .. } = tag
            && !matches!(link_type, LinkType::Inline | LinkType::Reference)
        {
            self.labels.push(span);
        }
        let name = match tag {
            Tag::Paragraph => "p",
            Tag::Heading { .. } => "h1",
            Tag::BlockQuote(_) => "blockquote",
            Tag::List(_) => "ul",
            Tag::Item => "li",
            Tag::FootnoteDefinition(_) => "div",
            Tag::Table(_) => "table",
            Tag::TableHead | Tag::TableRow => "tr",
            Tag::TableCell => "td",
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => "nav",
            Tag::HtmlBlock => return self.html = Some((Span::new(span.start, span.start), true)),
            Tag::Strikethrough => "s",
            Tag::Image { .. } => {
                self.image.get_or_insert_default().depth += 1;
                return;
            }
            _ => return,
        };
        self.depths.push(self.nesting.depth());
        self.nesting.start(name, Attributes::default(), false, span);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => {
                if let Some((span, true)) = self.html.take() {
                    scan(self.source, span, &mut self.nesting);
                }
            }
            TagEnd::Image => {
                if let Some(image) = &mut self.image {
                    image.depth -= 1;
                }
                if let Some(Image { alternative, .. }) = self.image.take_if(|i| i.depth == 0) {
                    let attributes = Attributes { alternative, ..Attributes::default() };
                    self.nesting.start("img", attributes, true, Span::default());
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => {}
            _ => {
                if let Some(depth) = self.depths.pop() {
                    self.nesting.close_to(depth);
                }
            }
        }
    }

    /// Text is verbatim, or a reference, or white space; a backslash before it belongs to it.
    fn text(&mut self, text: &str, span: Span) {
        let before = self.read as usize..span.start as usize;
        let is_escape = self.source.get(before).is_some_and(|before| before.ends_with('\\'));
        self.read = span.end;
        let own = &self.source[span.range()];
        let decoded = if own == text { None } else { Some(text) };
        let first = text.chars().next().map_or(0, char::len_utf8) as u32;
        if is_escape && decoded.is_none() && first > 0 {
            let head = Span::new(span.start - 1, span.start + first);
            self.push(head, Some(&text[..first as usize]));
            if first < span.len() {
                self.push(Span::new(span.start + first, span.end), None);
            }
        } else {
            self.push(span, decoded);
        }
    }

    fn push(&mut self, span: Span, decoded: Option<&str>) {
        match &mut self.image {
            Some(image) => image.alternative.push((span, decoded.map(str::to_owned))),
            None => self.nesting.text(span, decoded),
        }
    }

    /// Code between back-ticks, without these.
    fn code(&mut self, span: Span) {
        let own = &self.source[span.range()];
        let ticks = own.bytes().take_while(|&byte| byte == b'`').count() as u32;
        self.read = span.end;
        if self.image.is_none() && ticks * 2 < span.len() {
            self.nesting.target().code(Span::new(span.start + ticks, span.end - ticks));
        }
    }

    /// A line of an HTML block. Lines with marks of a block quote between them cannot be read as one text.
    fn html_line(&mut self, span: Span) {
        match &mut self.html {
            Some((block, is_whole)) => {
                let between = self.source.get(block.end as usize..span.start as usize);
                *is_whole &= block.is_empty() || between.is_some_and(|b| b.trim().is_empty());
                let start = if block.is_empty() { span.start } else { block.start };
                *block = Span::new(start, span.end.max(start));
            }
            None => scan(self.source, span, &mut self.nesting),
        }
    }
}
