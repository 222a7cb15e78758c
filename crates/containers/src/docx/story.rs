//! The text of one part of a Word document, and which run each stretch of it came from.

use unspin_text::Markup;

use crate::entry::{Entry, Marks, Run};
use crate::error::Error;
use crate::limits::Limits;
use crate::shown::shown;
use crate::unpack::Input;
use crate::xml::{Node, Space, Tag, Xml};

/// Reads a part; `None` if there is no text in it.
pub(super) fn read(input: Input<'_>, name: &str, limits: &Limits) -> Result<Option<Entry>, Error> {
    let locator = shown(name);
    let mut xml = Xml::new(input, &locator, limits)?;
    let mut story = Story::default();
    let mut is_over = false;
    while !is_over {
        match xml.next()? {
            Node::Start(tag) => story.start(&tag),
            Node::End(tag) => story.end(tag.depth),
            Node::Text(text) => story.text(&text),
            Node::Entity(name) => {
                let name = shown(&name);
                return Err(Error::Entity { place: xml.place(), name });
            }
            Node::Nothing => {}
            Node::Eof => is_over = true,
        }
        if story.size.max(story.flow.text.len()) > limits.entry {
            return Err(Error::TooLong { place: locator, what: "the text", most: limits.entry });
        }
    }
    let Flow { text, runs, .. } = story.flow;
    if text.is_empty() {
        return Ok(None);
    }
    let marks = Marks::Runs(runs);
    Ok(Some(Entry { locator, text: text.into_bytes(), markup: Markup::Plain, marks }))
}

#[derive(Default)]
struct Story {
    flow: Flow,
    /// Bytes of finished and open paragraphs.
    size: usize,
    /// Start tags of paragraphs so far.
    count: u32,
    /// Open paragraphs: more than one where a text box hangs on a run.
    open: Vec<Paragraph>,
    /// The depth of an element that is left out with all in it.
    left_out: Option<usize>,
    /// The depth of each open choice between renderings, and whether one was taken.
    choices: Vec<(usize, bool)>,
    /// Of each open field, whether its result has begun.
    fields: Vec<bool>,
    /// How many of those have not.
    instructions: usize,
    /// The depth of the element whose text counts, and whether its outer white space does.
    kept: Option<(usize, bool)>,
    /// Text of that element.
    piece: String,
}

/// Finished paragraphs, with a blank line between them.
#[derive(Default)]
struct Flow {
    text: String,
    runs: Vec<Run>,
    /// Whether the mark of the last one was deleted, so that the next goes on with it.
    goes_on: bool,
}

impl Flow {
    /// Adds paragraphs, if there is text in them.
    fn push(&mut self, other: Flow) {
        if other.text.trim().is_empty() {
            self.goes_on &= other.goes_on;
            return;
        }
        if !self.text.is_empty() && !self.goes_on {
            self.text.push_str("\n\n");
        }
        let start = self.text.len() as u32;
        self.text.push_str(&other.text);
        let runs = other.runs.into_iter();
        self.runs.extend(runs.map(|run| Run { start: run.start + start, ..run }));
        self.goes_on = other.goes_on;
    }
}

/// A paragraph whose end is to come.
struct Paragraph {
    depth: usize,
    number: u32,
    /// Its text so far, and whether its mark was deleted.
    own: Flow,
    /// Start tags of runs so far.
    count: u32,
    /// The depth of the open run, and whether it is hidden.
    run: Option<(usize, bool)>,
    /// The depth of its properties, while they are read.
    properties: Option<usize>,
    /// What stands in text boxes that hang on it, to come behind it.
    boxes: Flow,
}

impl Story {
    fn start(&mut self, tag: &Tag<'_>) {
        if self.left_out.is_some() {
            return;
        }
        match (tag.space, tag.local()) {
            (Space::Compatibility, "AlternateContent") => self.choices.push((tag.depth, false)),
            (Space::Compatibility, "Choice" | "Fallback") => {
                if let Some((_, is_taken)) = self.choices.last_mut()
                    && std::mem::replace(is_taken, true)
                {
                    self.left_out = Some(tag.depth);
                }
            }
            (Space::Word, local) => self.word(tag, local),
            _ => {}
        }
    }

    fn word(&mut self, tag: &Tag<'_>, local: &str) {
        if local == "p" {
            self.count += 1;
            self.open.push(Paragraph::new(tag.depth, self.count));
            return;
        }
        let Some(paragraph) = self.open.last_mut() else {
            return;
        };
        if let Some(depth) = paragraph.properties {
            // `w:pPr/w:rPr/w:del`
            paragraph.own.goes_on |= local == "del" && tag.depth == depth + 2;
            return;
        }
        match local {
            "pPr" => paragraph.properties = Some(tag.depth),
            // Deletions, instructions, how a run looked before, and readings set above a word.
            "del" | "moveFrom" | "instrText" | "delText" | "rPrChange" | "rt" => {
                self.left_out = Some(tag.depth);
            }
            "r" => {
                paragraph.count += 1;
                paragraph.run = Some((tag.depth, false));
            }
            "vanish" if is_on(tag) => {
                if let Some((_, is_hidden)) = &mut paragraph.run {
                    *is_hidden = true;
                }
            }
            "fldChar" => match tag.attribute("fldCharType").as_deref() {
                Some("begin") => {
                    self.fields.push(false);
                    self.instructions += 1;
                }
                Some("separate") => {
                    if let Some(has_result) = self.fields.last_mut()
                        && !std::mem::replace(has_result, true)
                    {
                        self.instructions -= 1;
                    }
                }
                Some("end") if self.fields.pop() == Some(false) => self.instructions -= 1,
                _ => {}
            },
            "t" => {
                let is_preserved = tag.attribute("space").as_deref() == Some("preserve");
                self.kept = Some((tag.depth, is_preserved));
            }
            // Tabulators are also declared in properties, which stand outside runs.
            "tab" | "ptab" if paragraph.run.is_some() => self.put("\t"),
            "br" | "cr" => self.put("\n"),
            "noBreakHyphen" => self.put("\u{2011}"),
            "sym" => {
                let code = tag.attribute("char");
                let code = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    // A place in a font of symbols says nothing of what is drawn there.
                    let is_private = matches!(c, '\u{e000}'..='\u{f8ff}');
                    let c = if is_private || c.is_control() { '\u{fffd}' } else { c };
                    self.put(c.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.kept.is_some() && self.left_out.is_none() {
            self.size += text.len();
            self.piece.push_str(text);
        }
    }

    /// Adds to the open run, if that is to be seen.
    fn put(&mut self, text: &str) {
        if self.instructions > 0 || text.is_empty() {
            return;
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        let Some((_, false)) = paragraph.run else { return };
        self.size += text.len();
        let run = Run {
            start: paragraph.own.text.len() as u32,
            paragraph: paragraph.number,
            number: paragraph.count,
        };
        if paragraph.own.runs.last().is_none_or(|last| last.number != run.number) {
            paragraph.own.runs.push(run);
        }
        paragraph.own.text.push_str(text);
    }

    fn end(&mut self, depth: usize) {
        if let Some(left_out) = self.left_out {
            if left_out == depth {
                self.left_out = None;
            }
            return;
        }
        if self.choices.last().is_some_and(|(own, _)| *own == depth) {
            self.choices.pop();
        }
        if let Some((own, is_preserved)) = self.kept
            && own == depth
        {
            self.kept = None;
            let piece = std::mem::take(&mut self.piece);
            self.size -= piece.len();
            // A line end in the file is white space; those of the text are elements.
            let piece = piece.replace(['\n', '\r'], " ");
            self.put(if is_preserved { &piece } else { piece.trim_matches([' ', '\t']) });
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        if paragraph.properties == Some(depth) {
            paragraph.properties = None;
        }
        if paragraph.run.is_some_and(|(own, _)| own == depth) {
            paragraph.run = None;
        }
        if paragraph.depth == depth {
            let Paragraph { own, boxes, .. } = self.open.pop().expect("it was just seen");
            let flow = if let Some(outer) = self.open.last_mut() {
                &mut outer.boxes
            } else {
                // A field that was never closed must not swallow what follows.
                self.fields.clear();
                self.instructions = 0;
                &mut self.flow
            };
            flow.push(own);
            if !boxes.text.is_empty() {
                flow.push(boxes);
            }
        }
    }
}

impl Paragraph {
    fn new(depth: usize, number: u32) -> Self {
        Self {
            depth,
            number,
            own: Flow::default(),
            count: 0,
            run: None,
            properties: None,
            boxes: Flow::default(),
        }
    }
}

/// Whether a property that is on or off is on.
fn is_on(tag: &Tag<'_>) -> bool {
    !matches!(tag.attribute("val").as_deref(), Some("0" | "false" | "off"))
}
