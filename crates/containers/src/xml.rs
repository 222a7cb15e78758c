//! XML, event by event, within bounds: what all formats in XML share, and which of them a file is.
//!
//! No document type is looked into, so nothing is expanded or fetched: an entity is one of HTML's or an error.

mod metered;
mod space;

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, resolve_xml_entity};
use quick_xml::events::{BytesEnd, BytesStart, Event};

use crate::encoding::{Declares, to_utf8};
use crate::entry::Entry;
use crate::error::Error;
use crate::feed::Feed;
use crate::limits::Limits;
use crate::news::News;
use crate::shown::shown;
use crate::unpack::Input;
use metered::Metered;
pub(crate) use space::Space;
use space::Spaces;

/// The longest name of an element or namespace prefix; the parser keeps those of all open elements.
const NAME: usize = 1000;

/// One step through a file.
#[derive(Debug)]
pub(crate) enum Node<'x> {
    /// An element begins.
    Start(Tag<'x>),
    /// An element ends.
    End(EndTag<'x>),
    /// Text, with references resolved; an element may hold it in many pieces.
    Text(Cow<'x, str>),
    /// A reference to an entity that only a document type could explain.
    Entity(Cow<'x, str>),
    /// Nothing that says anything: a comment, an instruction, a document type.
    Nothing,
    /// The end of the file, with every element closed.
    Eof,
}

/// A start tag.
#[derive(Debug)]
pub(crate) struct Tag<'x> {
    /// Whose name it is.
    pub(crate) space: Space,
    /// How many elements are open, itself included.
    pub(crate) depth: usize,
    start: BytesStart<'x>,
}

impl Tag<'_> {
    /// Its name without a prefix.
    pub(crate) fn local(&self) -> &str {
        self.start.name().local_name().into_inner()
    }

    /// The value of an attribute by its name without a prefix; references in it stay as they are.
    pub(crate) fn attribute(&self, local: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        // The check for doubles compares each with each.
        attributes.with_checks(false);
        let found = attributes.flatten().find(|a| a.key.local_name().into_inner() == local);
        found.map(|attribute| attribute.value.into_owned())
    }

    /// All that stands behind its name, as written.
    pub(crate) fn attributes(&self) -> &str {
        self.start.attributes_raw()
    }
}

/// An end tag.
#[derive(Debug)]
pub(crate) struct EndTag<'x> {
    /// How many elements are open, the one that ends included.
    pub(crate) depth: usize,
    end: BytesEnd<'x>,
}

impl EndTag<'_> {
    /// Its name without a prefix.
    pub(crate) fn local(&self) -> &str {
        self.end.name().local_name().into_inner()
    }
}

/// Reads one file.
pub(crate) struct Xml<'r> {
    reader: Reader<Metered<Input<'r>>>,
    buffer: Vec<u8>,
    spaces: Spaces,
    depth: usize,
    /// Whether the element that ended in the last step is to be counted off.
    has_ended: bool,
    limits: Limits,
    /// What stands before a line in the place of an error.
    part: String,
}

impl<'r> Xml<'r> {
    /// Reads what is XML, in any encoding that it declares. `part` names it in errors, if the file has several.
    pub(crate) fn new(input: Input<'r>, part: &str, limits: &Limits) -> Result<Self, Error> {
        let input = to_utf8(input, Declares::Xml)?;
        let mut reader = Reader::from_reader(Metered::new(input));
        reader.config_mut().expand_empty_elements = true;
        Ok(Self {
            reader,
            buffer: Vec::new(),
            spaces: Spaces::default(),
            depth: 0,
            has_ended: false,
            limits: *limits,
            part: if part.is_empty() { String::new() } else { format!("{part} ") },
        })
    }

    /// Where reading is, for an error.
    pub(crate) fn place(&self) -> String {
        format!("{}line {}", self.part, self.reader.get_ref().line())
    }

    fn ill(&self, why: &str) -> Error {
        Error::Syntax { place: self.place(), format: "XML", why: why.to_owned() }
    }

    /// The next step. None can be taken after an error.
    pub(crate) fn next(&mut self) -> Result<Node<'_>, Error> {
        if std::mem::take(&mut self.has_ended) {
            self.spaces.leave(self.depth);
            self.depth -= 1;
        }
        self.buffer.clear();
        self.reader.get_mut().allow(self.limits.entry as u64);
        let at = |reader: &Reader<Metered<Input<'r>>>| {
            format!("{}line {}", self.part, reader.get_ref().line())
        };
        let ill =
            |place, why: &str| Err(Error::Syntax { place, format: "XML", why: why.to_owned() });
        match self.reader.read_event_into(&mut self.buffer) {
            Err(error) => Err(told(error, &self.reader, at(&self.reader), self.limits.entry)),
            Ok(Event::Start(start)) => {
                self.depth += 1;
                if self.depth > self.limits.depth {
                    return Err(Error::TooDeep {
                        place: at(&self.reader),
                        most: self.limits.depth,
                    });
                }
                if start.name().into_inner().len() > NAME {
                    return ill(at(&self.reader), "a name of more than 1000 bytes");
                }
                if !self.spaces.enter(self.depth, &start) {
                    return ill(at(&self.reader), "too many namespaces are declared");
                }
                let space = self.spaces.of(start.name());
                Ok(Node::Start(Tag { space, depth: self.depth, start }))
            }
            Ok(Event::End(end)) => {
                self.has_ended = true;
                Ok(Node::End(EndTag { depth: self.depth, end }))
            }
            Ok(Event::Text(text)) => Ok(Node::Text(text.xml10_content())),
            Ok(Event::CData(text)) => Ok(Node::Text(text.xml10_content())),
            Ok(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                Ok(Some(c)) if is_xml(c) => Ok(Node::Text(c.to_string().into())),
                Ok(None) => {
                    Ok(match resolve_xml_entity(&name).or_else(|| resolve_html5_entity(&name)) {
                        Some(text) => Node::Text(text.into()),
                        None => Node::Entity(name.into_inner()),
                    })
                }
                _ => ill(at(&self.reader), "a reference to no character"),
            },
            Ok(Event::Eof) if self.depth > 0 => {
                ill(at(&self.reader), "it ends before its elements do")
            }
            Ok(Event::Eof) => Ok(Node::Eof),
            Ok(_) => Ok(Node::Nothing),
        }
    }
}

/// What XML lets a reference stand for.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

fn told(
    error: quick_xml::Error,
    reader: &Reader<Metered<Input<'_>>>,
    place: String,
    most: usize,
) -> Error {
    let why = match error {
        _ if reader.get_ref().is_spent() => {
            let what = "a tag, or the text between two tags";
            return Error::TooLong { place, what, most };
        }
        quick_xml::Error::Io(error) => {
            return match std::sync::Arc::try_unwrap(error) {
                Ok(error) => Error::of_io(error, || place),
                Err(error) => Error::Read { place, source: error.kind().into() },
            };
        }
        quick_xml::Error::Encoding(_) => return Error::NotEncoded { place, encoding: "UTF-8" },
        error => shown(&error.to_string()),
    };
    Error::Syntax { place, format: "XML", why }
}

/// Which format a file of XML is, by its root, and its entries.
pub(crate) fn open<'r>(
    input: Input<'r>,
    limits: &Limits,
) -> Result<Box<dyn Iterator<Item = Result<Entry, Error>> + Send + 'r>, Error> {
    let mut xml = Xml::new(input, "", limits)?;
    let root = loop {
        match xml.next()? {
            Node::Start(tag) => break (tag.space, tag.local().to_owned()),
            Node::Text(text) if !text.trim().is_empty() => {
                drop(text);
                return Err(xml.ill("it begins with text"));
            }
            Node::Eof => {
                return Err(xml.ill("it is empty"));
            }
            _ => {}
        }
    };
    match (root.0, root.1.as_str()) {
        (Space::None | Space::Rss, "rss") | (Space::Rdf, "RDF") => {
            Ok(Box::new(Feed::new(xml, "item", limits)))
        }
        (Space::Atom, "feed") => Ok(Box::new(Feed::new(xml, "entry", limits))),
        (Space::NewsMl, "newsItem" | "packageItem" | "newsMessage") => {
            Ok(Box::new(News::new(xml, &root.1, limits)))
        }
        (Space::None | Space::Nitf, "nitf") => Ok(Box::new(News::new(xml, "nitf", limits))),
        _ => Err(Error::Vocabulary { root: shown(&root.1) }),
    }
}
