//! HTML that is written from the elements of a file, with a note of which block came from which.

use crate::entry::{Block, Marks};

/// Elements that hold a paragraph, by their names in XHTML and NITF; a place is named after the innermost.
const BLOCKS: [&str; 19] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hl1",
    "hl2",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "caption",
    "figcaption",
    "media-caption",
    "pre",
    "blockquote",
];

/// Elements that have no end tag in HTML.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// A text in HTML, of bounded length.
#[derive(Debug)]
pub(crate) struct Html {
    text: String,
    most: usize,
    is_too_long: bool,
    blocks: Vec<Block>,
    counts: [u32; BLOCKS.len()],
    has_heading: bool,
    has_text: bool,
}

impl Html {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            text: String::new(),
            most,
            is_too_long: false,
            blocks: Vec::new(),
            counts: [0; BLOCKS.len()],
            has_heading: false,
            has_text: false,
        }
    }

    /// Writes what is HTML already.
    pub(crate) fn push(&mut self, html: &str) {
        self.is_too_long |= self.text.len() + html.len() > self.most;
        if !self.is_too_long {
            self.text.push_str(html);
            self.has_text = self.has_text || !html.trim().is_empty();
        }
    }

    /// Writes text, so that none of it is read as markup.
    pub(crate) fn push_text(&mut self, text: &str) {
        for part in text.split_inclusive(['&', '<', '>']) {
            let escaped = match part.as_bytes().last() {
                Some(b'&') => "&amp;",
                Some(b'<') => "&lt;",
                Some(b'>') => "&gt;",
                _ => {
                    self.push(part);
                    continue;
                }
            };
            self.push(&part[..part.len() - 1]);
            self.push(escaped);
        }
    }

    /// Writes a start tag for the element that the file calls `source`, and notes where a block begins.
    pub(crate) fn start(&mut self, name: &str, source: &str, attributes: &str) {
        let has_text = self.has_text;
        for part in ["<", name, attributes.trim_end(), ">"] {
            self.push(part);
        }
        self.has_text = has_text;
        if self.is_too_long {
            return;
        }
        if let Some(kind) = BLOCKS.iter().position(|block| *block == source) {
            self.counts[kind] += 1;
            let (start, number) = (self.text.len() as u32, self.counts[kind]);
            self.blocks.push(Block { start, name: BLOCKS[kind], number });
            self.has_heading |= matches!(source, "h1" | "hl1");
        }
    }

    /// Writes an end tag, if HTML has one.
    pub(crate) fn end(&mut self, name: &str) {
        if VOID.contains(&name) {
            return;
        }
        let has_text = self.has_text;
        for part in ["</", name, ">"] {
            self.push(part);
        }
        self.has_text = has_text;
    }

    /// Whether more was written than may be.
    pub(crate) fn is_too_long(&self) -> bool {
        self.is_too_long
    }

    /// Whether there is anything but markup and white space.
    pub(crate) fn has_text(&self) -> bool {
        self.has_text
    }

    /// Puts a headline before all, unless there is one of the first rank.
    pub(crate) fn put_headline(&mut self, headline: &str) {
        if self.has_heading || headline.is_empty() {
            return;
        }
        let mut whole = Self::new(self.most);
        whole.push("<h1>");
        let start = whole.text.len() as u32;
        whole.push_text(headline);
        whole.push("</h1>\n");
        let shift = whole.text.len() as u32;
        whole.push(&self.text);
        self.is_too_long |= whole.is_too_long;
        self.text = whole.text;
        for block in &mut self.blocks {
            block.start += shift;
        }
        self.blocks.insert(0, Block { start, name: "headline", number: 0 });
    }

    /// The text and its places.
    pub(crate) fn finish(self) -> (Vec<u8>, Marks) {
        let marks = if self.blocks.is_empty() { Marks::None } else { Marks::Blocks(self.blocks) };
        (self.text.into_bytes(), marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_blocks_are_counted() {
        let mut html = Html::new(1000);
        html.start("p", "p", " class='a' ");
        assert!(!html.has_text());
        html.push_text("R&D <b>");
        html.start("br", "br", "");
        html.end("br");
        html.end("p");
        html.start("h2", "hl2", "");
        html.put_headline("A < B");
        let (text, marks) = html.finish();
        let expected = "<h1>A &lt; B</h1>\n<p class='a'>R&amp;D &lt;b&gt;<br></p><h2>";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
        let block = |start, name, number| Block { start, name, number };
        let expected = vec![block(4, "headline", 0), block(31, "p", 1), block(60, "hl2", 1)];
        assert_eq!(marks, Marks::Blocks(expected));
    }

    #[test]
    fn nothing_is_written_beyond_the_bound() {
        let mut html = Html::new(10);
        html.push_text("12345<");
        assert!(!html.is_too_long());
        html.push("xy");
        assert!(html.is_too_long());
        html.push("z");
        assert_eq!(html.finish().0, b"12345&lt;");
    }
}
