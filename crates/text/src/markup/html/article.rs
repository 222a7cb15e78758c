//! Where the article of a page is.
//!
//! A fragment, without `html`, `body` or doctype, is what somebody pasted: all of it counts. Of a whole page:
//!
//! 1. If there is a `main`, the one with most text is looked at alone, else the whole page.
//! 2. If an `article` holds half of that text or more, the article is the innermost that does.
//! 3. Else it is the `main`, if there is one.
//! 4. Else each paragraph of [`LONG`] bytes or more outside links counts for the block that holds it, and half for the
//!    block around that one. The article is the block that most counts for, and those beside it with at least a fifth
//!    of its count.
//! 5. A page without any such paragraph is read whole.
//!
//! Text in `nav`, `aside` and their like counts for nothing and is left out wherever it stands. Two passes over the
//! elements do it, so the work is linear.

use super::element::Tag;
use super::{Attributes, Layout, Target};
use crate::Span;
use crate::markup::Chunk;

/// Bytes from which text in one block is a paragraph; menus and captions are shorter.
const LONG: u32 = 80;

/// One thing that a page says.
#[derive(Debug)]
enum Event {
    Open(Tag),
    Close,
    Text(Span),
    /// Bytes and what they stand for, as a range of [`Recorder::decoded`].
    Decoded(Span, u32, u32),
    BlockBreak,
    LineBreak(u32),
    Image(Vec<Chunk>),
    Comment(Span),
}

/// An element, or the page.
#[derive(Debug)]
struct Node {
    tag: Tag,
    parent: u32,
    /// Its events, without its own `Open` and `Close`.
    events: (u32, u32),
    /// One past the last element inside it.
    end: u32,
    /// Bytes of text that stand in it and in no block inside it, links aside.
    own: u32,
    is_out: bool,
    is_link: bool,
}

/// Keeps what a page says until the article is known.
#[derive(Debug)]
pub(crate) struct Recorder {
    events: Vec<Event>,
    decoded: String,
    // Invariant: the first is the page, and each stands before those inside it.
    nodes: Vec<Node>,
    open: Vec<u32>,
    is_page: bool,
}

impl Recorder {
    pub(crate) fn new() -> Self {
        let page = Node {
            tag: Tag::Block,
            parent: 0,
            events: (0, 0),
            end: 0,
            own: 0,
            is_out: false,
            is_link: false,
        };
        Self {
            events: Vec::new(),
            decoded: String::new(),
            nodes: vec![page],
            open: vec![0],
            is_page: false,
        }
    }

    /// Gives the article to `layout`, and comments wherever they stand.
    pub(crate) fn replay(mut self, layout: &mut Layout<'_>) {
        let last = self.events.len() as u32;
        self.nodes[0].events = (0, last);
        self.nodes[0].end = self.nodes.len() as u32;
        let chosen = self.chosen();
        let mut spans: Vec<(Tag, (u32, u32))> = chosen
            .into_iter()
            .map(|node| (self.nodes[node].tag, self.nodes[node].events))
            .collect();
        spans.push((Tag::Block, (last, last)));
        let mut at = 0;
        for (tag, (start, end)) in spans {
            for event in &mut self.events[at as usize..start as usize] {
                if let Event::Comment(span) = event {
                    layout.comment(*span);
                }
            }
            let around = match tag {
                Tag::Article | Tag::Main => tag,
                _ => Tag::Block,
            };
            layout.open(around, &Attributes::default());
            for event in &mut self.events[start as usize..end as usize] {
                play(event, &self.decoded, layout);
            }
            layout.close();
            at = end;
        }
    }

    /// The elements that hold the article, in order and disjoint.
    fn chosen(&self) -> Vec<usize> {
        let nodes = &self.nodes;
        let landmarks =
            |tag: Tag| (0..nodes.len()).filter(move |&i| nodes[i].tag == tag && !nodes[i].is_out);
        let (counts, totals) = self.counts();
        let main = landmarks(Tag::Main).max_by_key(|&i| (totals[i], std::cmp::Reverse(i)));
        let main = main.filter(|&i| totals[i] > 0);
        if !self.is_page && main.is_none() && landmarks(Tag::Article).next().is_none() {
            return vec![0];
        }
        let scope = main.unwrap_or(0);
        let inside = scope..nodes[scope].end as usize;
        let article = landmarks(Tag::Article)
            .filter(|i| inside.contains(i) && totals[*i] > 0 && totals[*i] * 2 >= totals[scope])
            .min_by_key(|&i| (totals[i], std::cmp::Reverse(i)));
        if let Some(only) = article.or(main) {
            return vec![only];
        }
        let best = (0..nodes.len()).max_by_key(|&i| (counts[i], std::cmp::Reverse(i)));
        let Some(best) = best.filter(|&i| counts[i] > 0) else { return vec![0] };
        let beside = |i: &usize| {
            *i == best
                || (best > 0
                    && nodes[*i].parent == nodes[best].parent
                    && counts[*i] > 0
                    && counts[*i] * 5 >= counts[best])
        };
        (best.min(1)..nodes.len()).filter(beside).collect()
    }

    /// What counts for each element, and the paragraphs that it holds at any depth; in half bytes.
    fn counts(&self) -> (Vec<u64>, Vec<u64>) {
        let nodes = &self.nodes;
        let (mut counts, mut totals) = (vec![0; nodes.len()], vec![0; nodes.len()]);
        for (i, node) in nodes.iter().enumerate().rev() {
            if node.own >= LONG && !node.is_out {
                let own = u64::from(node.own);
                totals[i] += 2 * own;
                let holds_itself = i == 0
                    || matches!(
                        node.tag,
                        Tag::Block | Tag::Cell | Tag::Article | Tag::Main | Tag::Form
                    );
                let holder = if holds_itself { i } else { node.parent as usize };
                counts[holder] += 2 * own;
                if holder > 0 {
                    counts[nodes[holder].parent as usize] += own;
                }
            }
            if i > 0 {
                totals[node.parent as usize] += totals[i];
            }
        }
        (counts, totals)
    }

    fn node(&mut self) -> &mut Node {
        let at = self.open.last().map_or(0, |node| *node as usize);
        &mut self.nodes[at]
    }

    fn count(&mut self, len: u32) {
        // Inline elements are no nodes, but links are, so that their text counts for nothing.
        let node = self.node();
        if !node.is_link {
            node.own += len;
        }
    }
}

fn play(event: &mut Event, decoded: &str, layout: &mut Layout<'_>) {
    match event {
        Event::Open(tag) => layout.open(*tag, &Attributes::default()),
        Event::Close => layout.close(),
        Event::Text(span) => layout.text(*span, None),
        Event::Decoded(span, from, to) => {
            layout.text(*span, Some(&decoded[*from as usize..*to as usize]));
        }
        Event::BlockBreak => layout.block_break(),
        Event::LineBreak(at) => layout.line_break(*at),
        Event::Image(alternative) => layout.image(std::mem::take(alternative)),
        Event::Comment(span) => layout.comment(*span),
    }
}

impl Target for Recorder {
    fn page(&mut self) {
        self.is_page = true;
    }

    fn open(&mut self, tag: Tag, _attributes: &Attributes) {
        self.events.push(Event::Open(tag));
        let parent = self.open.last().copied().unwrap_or(0);
        let start = self.events.len() as u32;
        let outer = &self.nodes[parent as usize];
        let node = Node {
            tag,
            parent,
            events: (start, start),
            end: 0,
            own: 0,
            is_out: outer.is_out || matches!(tag, Tag::Hidden | Tag::Aside),
            is_link: outer.is_link || tag == Tag::Link,
        };
        self.open.push(self.nodes.len() as u32);
        self.nodes.push(node);
    }

    fn close(&mut self) {
        if self.open.len() > 1
            && let Some(node) = self.open.pop()
        {
            let (end, events) = (self.nodes.len() as u32, self.events.len() as u32);
            let node = &mut self.nodes[node as usize];
            (node.end, node.events.1) = (end, events);
        }
        self.events.push(Event::Close);
    }

    fn text(&mut self, span: Span, decoded: Option<&str>) {
        match decoded {
            None => self.events.push(Event::Text(span)),
            Some(text) => {
                let start = self.decoded.len() as u32;
                self.decoded.push_str(text);
                self.events.push(Event::Decoded(span, start, self.decoded.len() as u32));
            }
        }
        self.count(span.len());
    }

    fn block_break(&mut self) {
        self.events.push(Event::BlockBreak);
    }

    fn line_break(&mut self, at: u32) {
        self.events.push(Event::LineBreak(at));
    }

    fn image(&mut self, alternative: Vec<Chunk>) {
        if !alternative.is_empty() {
            self.events.push(Event::Image(alternative));
        }
    }

    fn comment(&mut self, span: Span) {
        self.events.push(Event::Comment(span));
    }
}
