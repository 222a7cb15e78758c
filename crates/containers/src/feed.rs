//! RSS 2.0, RSS 1.0 and Atom: one entry a field of an item.

use std::collections::VecDeque;

use unspin_text::Markup;

use crate::entry::{Entry, Marks};
use crate::error::Error;
use crate::html::Html;
use crate::limits::Limits;
use crate::shown::shown;
use crate::xml::{Node, Space, Tag, Xml};

/// Reads items one after another; holds the fields of one.
pub(crate) struct Feed<'r> {
    xml: Xml<'r>,
    items: Items,
    ended: bool,
}

/// Where in a feed reading is.
struct Items {
    /// `item` or `entry`.
    name: &'static str,
    most: usize,
    /// Items so far.
    number: u64,
    /// The depth of the open item.
    item: Option<usize>,
    field: Option<Field>,
    queue: VecDeque<Result<Entry, Error>>,
}

/// A field that is being read.
struct Field {
    depth: usize,
    /// Its name in a locator.
    name: &'static str,
    kind: Kind,
    html: Html,
    fault: Option<Error>,
}

/// How a field's text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// As it is.
    Plain,
    /// As it is, but some writers escape it as they do HTML.
    Title,
    /// As HTML, escaped once.
    Escaped,
    /// As elements.
    Elements,
}

impl Kind {
    /// Whether elements within the field belong to its text.
    fn has_tags(self) -> bool {
        matches!(self, Self::Escaped | Self::Elements)
    }
}

impl<'r> Feed<'r> {
    /// Goes on behind the root of a feed whose items have this name.
    pub(crate) fn new(xml: Xml<'r>, name: &'static str, limits: &Limits) -> Self {
        let items = Items {
            name,
            most: limits.entry,
            number: 0,
            item: None,
            field: None,
            queue: VecDeque::new(),
        };
        Self { xml, items, ended: false }
    }

    fn advance(&mut self) -> Result<(), Error> {
        match self.xml.next()? {
            Node::Start(tag) => self.items.start(&tag),
            Node::End(tag) => self.items.end(tag.depth, tag.local()),
            Node::Text(text) => self.items.text(&text),
            Node::Entity(name) => self.items.entity(&name),
            Node::Nothing => {}
            Node::Eof => self.ended = true,
        }
        Ok(())
    }
}

impl Items {
    fn start(&mut self, tag: &Tag<'_>) {
        let depth = tag.depth;
        if let Some(field) = &mut self.field {
            if field.kind.has_tags() {
                field.html.start(tag.local(), tag.local(), tag.attributes());
            }
            return;
        }
        match self.item {
            None => {
                let is_item = tag.local() == self.name
                    && matches!(tag.space, Space::None | Space::Rss | Space::Atom);
                if is_item {
                    self.number += 1;
                    self.item = Some(depth);
                }
            }
            Some(item) if depth == item + 1 => {
                self.field = field_of(tag).map(|(name, kind)| Field {
                    depth,
                    name,
                    kind,
                    html: Html::new(self.most),
                    fault: None,
                });
            }
            Some(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(field) = &mut self.field {
            if field.kind == Kind::Elements {
                field.html.push_text(text);
            } else {
                field.html.push(text);
            }
        }
    }

    fn entity(&mut self, name: &str) {
        let place = self.place();
        if let Some(field) = &mut self.field {
            let place = format!("{place}/{}", field.name);
            field.fault.get_or_insert(Error::Entity { place, name: shown(name) });
        }
    }

    fn end(&mut self, depth: usize, local: &str) {
        if let Some(field) = &mut self.field
            && field.depth < depth
        {
            if field.kind.has_tags() {
                field.html.end(local);
            }
        } else if let Some(field) = self.field.take() {
            let result = self.entry(field);
            self.queue.extend(result.transpose());
        } else if self.item == Some(depth) {
            self.item = None;
        }
    }

    fn place(&self) -> String {
        format!("{}[{}]", self.name, self.number)
    }

    fn entry(&self, field: Field) -> Result<Option<Entry>, Error> {
        let locator = format!("{}/{}", self.place(), field.name);
        if let Some(fault) = field.fault {
            return Err(fault);
        }
        if field.html.is_too_long() {
            return Err(Error::TooLong { place: locator, what: "the text", most: self.most });
        }
        if !field.html.has_text() {
            return Ok(None);
        }
        let (text, marks) = field.html.finish();
        let markup = match field.kind {
            Kind::Plain => Markup::Plain,
            Kind::Title if !has_reference(&text) => Markup::Plain,
            _ => Markup::Html,
        };
        // Places in HTML that was escaped would be those of a text within the text.
        let marks = if field.kind == Kind::Elements { marks } else { Marks::None };
        Ok(Some(Entry { locator, text, markup, marks }))
    }
}

/// What a child of an item is, if it is a text.
fn field_of(tag: &Tag<'_>) -> Option<(&'static str, Kind)> {
    match (tag.space, tag.local()) {
        (Space::None | Space::Rss, "title") => Some(("title", Kind::Title)),
        (Space::None | Space::Rss, "description") => Some(("description", Kind::Escaped)),
        (Space::Content, "encoded") => Some(("content:encoded", Kind::Escaped)),
        (Space::Atom, local) => {
            let name = ["title", "summary", "content"].into_iter().find(|own| *own == local)?;
            Some((name, atom_kind(tag)?))
        }
        _ => None,
    }
}

/// How a text of Atom is written; `None` if it is none, or lies elsewhere.
fn atom_kind(tag: &Tag<'_>) -> Option<Kind> {
    if tag.attribute("src").is_some() {
        return None;
    }
    match tag.attribute("type").as_deref() {
        Some("html" | "text/html") => Some(Kind::Escaped),
        Some("xhtml" | "application/xhtml+xml") => Some(Kind::Elements),
        None | Some("text" | "text/plain") => Some(Kind::Plain),
        Some(_) => None,
    }
}

/// Whether there is something like `&#8217;` or `&amp;` in a text.
fn has_reference(text: &[u8]) -> bool {
    memchr::memchr_iter(b'&', text).any(|at| {
        let name = &text[at + 1..text.len().min(at + 12)];
        let name = name.strip_prefix(b"#").unwrap_or(name);
        let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric());
        end.is_some_and(|end| end > 0 && name[end] == b';')
    })
}

impl Iterator for Feed<'_> {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.items.queue.is_empty() && !self.ended {
            if let Err(error) = self.advance() {
                self.ended = true;
                self.items.queue.push_back(Err(error));
            }
        }
        self.items.queue.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::has_reference;

    #[test]
    fn only_whole_references_count() {
        for text in ["R&amp;D", "the city&#8217;s", "&#x2019;"] {
            assert!(has_reference(text.as_bytes()), "{text}");
        }
        for text in ["R&D", "a & b; c", "&;", "&", "&verylongnamethatisnone;"] {
            assert!(!has_reference(text.as_bytes()), "{text}");
        }
    }
}
