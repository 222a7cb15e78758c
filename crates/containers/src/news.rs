//! NewsML-G2 and NITF: one entry a news item, its headline first.

mod nitf;

use unspin_text::Markup;

use crate::entry::{Block, Entry, Marks};
use crate::error::Error;
use crate::html::Html;
use crate::limits::Limits;
use crate::shown::shown;
use crate::xml::{EndTag, Node, Space, Tag, Xml};
use nitf::{Part, part_of};

/// Reads news items one after another; holds one.
pub(crate) struct News<'r> {
    xml: Xml<'r>,
    most: usize,
    /// The news items so far, and whether the file may hold several.
    number: u64,
    is_message: bool,
    item: Option<Item>,
    /// Whether any item had a body.
    has_body: bool,
    ended: bool,
}

/// The news item that is being read.
struct Item {
    depth: usize,
    locator: String,
    headline: String,
    body: Body,
    fault: Option<Error>,
    at: At,
}

/// What of an item is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Nothing that is a text.
    Between,
    /// The description of its content, with the depth of that.
    Meta(usize),
    /// The headline.
    Headline(usize),
    /// A body, with the depth of what holds it.
    Body(usize, How),
    /// What is left out of a body, with the depth of the body, how that is read, and the depth of what is left out.
    Skipped(usize, How, usize),
}

/// How the elements of a body are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Its first element will tell.
    Unknown,
    Xhtml,
    Nitf,
    /// There are none.
    Plain,
}

/// The body as far as it was read.
enum Body {
    None,
    Html(Html),
    Plain(String),
}

impl<'r> News<'r> {
    /// Goes on behind the root.
    pub(crate) fn new(xml: Xml<'r>, root: &str, limits: &Limits) -> Self {
        let mut news = Self {
            xml,
            most: limits.entry,
            number: 0,
            is_message: root == "newsMessage",
            item: None,
            has_body: false,
            ended: false,
        };
        if root == "nitf" {
            let body = Body::Html(Html::new(news.most));
            news.begin(1, "nitf", At::Body(1, How::Nitf), body);
        } else if root == "newsItem" {
            news.begin(1, "newsItem", At::Between, Body::None);
        }
        news
    }

    fn begin(&mut self, depth: usize, name: &str, at: At, body: Body) {
        self.number += 1;
        let locator =
            if self.is_message { format!("{name}[{}]", self.number) } else { name.to_owned() };
        let headline = String::new();
        self.item = Some(Item { depth, locator, headline, body, fault: None, at });
    }

    /// Takes one step; what comes out is the entry of an item that has ended.
    fn advance(&mut self) -> Result<Option<Entry>, Error> {
        match self.xml.next()? {
            Node::Start(tag) => match &mut self.item {
                Some(item) => item.start(&tag, self.most),
                None if tag.space == Space::NewsMl && tag.local() == "newsItem" => {
                    let depth = tag.depth;
                    self.begin(depth, "newsItem", At::Between, Body::None);
                }
                None => {}
            },
            Node::End(tag) => {
                let is_over = self.item.as_mut().is_some_and(|item| item.end(&tag));
                if is_over {
                    let item = self.item.take().expect("it has just ended");
                    let entry = item.entry(self.most);
                    self.has_body |= !matches!(entry, Ok(None));
                    return entry;
                }
            }
            Node::Text(text) => {
                if let Some(item) = &mut self.item {
                    item.text(&text, self.most);
                }
            }
            Node::Entity(name) => {
                if let Some(item) = &mut self.item
                    && !matches!(item.at, At::Between | At::Meta(_) | At::Skipped(..))
                {
                    let place = item.locator.clone();
                    item.fault.get_or_insert(Error::Entity { place, name: shown(&name) });
                }
            }
            Node::Nothing => {}
            Node::Eof => {
                self.ended = true;
                if !self.has_body {
                    return Err(Error::NoBody);
                }
            }
        }
        Ok(None)
    }
}

impl Item {
    fn start(&mut self, tag: &Tag<'_>, most: usize) {
        let depth = tag.depth;
        match self.at {
            At::Between => match tag.local() {
                "contentMeta" => self.at = At::Meta(depth),
                // Of several renderings the first is read.
                "inlineXML" if self.has_no_body() => {
                    self.body = Body::Html(Html::new(most));
                    self.at = At::Body(depth, How::Unknown);
                }
                "inlineData" if self.has_no_body() && is_text(tag) => {
                    let is_html = tag.attribute("contenttype").is_some_and(|t| t.contains("html"));
                    self.body = if is_html {
                        Body::Html(Html::new(most))
                    } else {
                        Body::Plain(String::new())
                    };
                    self.at = At::Body(depth, How::Plain);
                }
                _ => {}
            },
            At::Meta(meta) => {
                let is_headline = depth == meta + 1 && tag.local() == "headline";
                if is_headline && self.headline.is_empty() {
                    self.at = At::Headline(depth);
                }
            }
            At::Body(body, How::Unknown) => {
                let is_nitf = tag.space == Space::Nitf || tag.local() == "nitf";
                let how = if is_nitf { How::Nitf } else { How::Xhtml };
                self.at = At::Body(body, how);
                self.element(tag, body, how);
            }
            At::Body(body, how) => self.element(tag, body, how),
            At::Headline(_) | At::Skipped(..) => {}
        }
    }

    fn has_no_body(&self) -> bool {
        match &self.body {
            Body::None => true,
            Body::Html(html) => !html.has_text(),
            Body::Plain(text) => text.trim().is_empty(),
        }
    }

    /// An element within a body begins.
    fn element(&mut self, tag: &Tag<'_>, body: usize, how: How) {
        let Body::Html(html) = &mut self.body else { return };
        match part(tag.local(), how) {
            Part::As(name) => {
                // What NITF says in attributes is nothing that HTML knows.
                let attributes = if how == How::Xhtml { tag.attributes() } else { "" };
                html.start(name.unwrap_or(tag.local()), tag.local(), attributes);
            }
            Part::Within => {}
            Part::Left => self.at = At::Skipped(body, how, tag.depth),
        }
    }

    /// An element ends; whether that is the item itself.
    fn end(&mut self, tag: &EndTag<'_>) -> bool {
        match self.at {
            At::Meta(depth) if tag.depth == depth => self.at = At::Between,
            At::Headline(depth) if tag.depth == depth => self.at = At::Meta(depth - 1),
            At::Skipped(body, how, depth) if tag.depth == depth => self.at = At::Body(body, how),
            At::Body(depth, _) if tag.depth == depth => self.at = At::Between,
            At::Body(_, how) => {
                if let (Body::Html(html), Part::As(name)) = (&mut self.body, part(tag.local(), how))
                {
                    html.end(name.unwrap_or(tag.local()));
                }
            }
            _ => {}
        }
        tag.depth == self.depth
    }

    fn text(&mut self, text: &str, most: usize) {
        match self.at {
            At::Headline(_) if self.headline.len() + text.len() <= most => {
                self.headline.push_str(text);
            }
            At::Body(_, how) => match &mut self.body {
                Body::Html(html) if how == How::Plain => html.push(text),
                Body::Html(html) => html.push_text(text),
                Body::Plain(plain)
                    if self.headline.len() + 2 + plain.len() + text.len() <= most =>
                {
                    plain.push_str(text);
                }
                Body::Plain(_) => {
                    let place = self.locator.clone();
                    self.fault.get_or_insert(Error::TooLong { place, what: "the text", most });
                }
                Body::None => {}
            },
            _ => {}
        }
    }

    fn entry(self, most: usize) -> Result<Option<Entry>, Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let is_empty = self.has_no_body();
        let headline = self.headline.trim();
        let (text, marks, markup) = match self.body {
            _ if is_empty => return Ok(None),
            Body::Html(mut html) => {
                html.put_headline(headline);
                if html.is_too_long() {
                    let place = self.locator;
                    return Err(Error::TooLong { place, what: "the text", most });
                }
                let (text, marks) = html.finish();
                (text, marks, Markup::Html)
            }
            Body::Plain(text) if headline.is_empty() => {
                (text.into_bytes(), Marks::None, Markup::Plain)
            }
            Body::Plain(text) => {
                let at = headline.len() as u32 + 2;
                let block = |start, name| Block { start, name, number: 0 };
                let marks = Marks::Blocks(vec![block(0, "headline"), block(at, "inlineData")]);
                (format!("{headline}\n\n{text}").into_bytes(), marks, Markup::Plain)
            }
            Body::None => return Ok(None),
        };
        Ok(Some(Entry { locator: self.locator, text, markup, marks }))
    }
}

/// What becomes of an element in a body.
fn part(local: &str, how: How) -> Part {
    match how {
        How::Nitf => part_of(local),
        How::Plain => Part::Within,
        How::Xhtml | How::Unknown => match local {
            "html" | "body" => Part::Within,
            "head" | "script" | "style" => Part::Left,
            _ => Part::As(None),
        },
    }
}

/// Whether inline data is a text as it stands.
fn is_text(tag: &Tag<'_>) -> bool {
    let kind = tag.attribute("contenttype");
    tag.attribute("encoding").is_none() && kind.is_none_or(|kind| kind.starts_with("text/"))
}

impl Iterator for News<'_> {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let is_record = self.item.is_some();
            match self.advance() {
                Ok(None) => {}
                Ok(Some(entry)) => return Some(Ok(entry)),
                Err(error) => {
                    // An item's own fault leaves nothing open; any other is the file's.
                    self.ended |= !(is_record && self.item.is_none());
                    return Some(Err(error));
                }
            }
        }
        None
    }
}
