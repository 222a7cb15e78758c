//! Tags to elements that nest.
//!
//! The standard's tree builder moves misplaced text about, which has no place for the bytes it came from, and only a few
//! of its rules matter to prose: which start tags end an element before them, and which end tags end nothing. Each
//! element knows the one of its name that was open before it, so that all questions are answered in constant time.

use super::element::{COUNT, Element, Tag};
use super::{Attributes, Target};
use crate::Span;

/// An element that is open.
struct Open {
    element: Element,
    tag: Tag,
    /// The one of this name that was innermost before: its depth from 1, or 0.
    outer: u32,
    /// The cell or table that was innermost before.
    scope: u32,
}

/// Open elements, and what takes their text.
pub(crate) struct Nesting<T> {
    target: T,
    open: Vec<Open>,
    /// The innermost open element of each name: its depth from 1, or 0.
    innermost: [u32; COUNT],
    /// Depth of the innermost cell, which end tags of other elements do not leave.
    scope: u32,
    /// How many open elements are not there; inside them every tag counts, since they end by theirs.
    hidden: u32,
}

impl<T: Target> Nesting<T> {
    pub(crate) fn new(target: T) -> Self {
        Self { target, open: Vec::new(), innermost: [0; COUNT], scope: 0, hidden: 0 }
    }

    pub(crate) fn target(&mut self) -> &mut T {
        &mut self.target
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Ends all elements deeper than `depth`.
    pub(crate) fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.pop();
        }
    }

    /// A start tag, its name lower-case.
    pub(crate) fn start(
        &mut self,
        name: &str,
        attributes: Attributes,
        self_closing: bool,
        span: Span,
    ) {
        match name {
            "html" | "head" => return self.target.page(),
            "body" => self.target.page(),
            "br" => return self.target.line_break(span.start),
            "hr" => return self.target.block_break(),
            "img" => {
                if !attributes.is_hidden {
                    self.target.image(attributes.alternative);
                }
                return;
            }
            "svg" | "math" if self_closing => return,
            _ => {}
        }
        let Some(element) = Element::named(name) else { return };
        let tag = attributes.role.and_then(Element::named).unwrap_or(element).tag();
        if tag == Tag::Inline && !attributes.is_hidden && self.hidden == 0 {
            return;
        }
        self.imply_ends(element, tag);
        self.push(element, tag, &attributes);
    }

    /// An end tag, its name lower-case.
    pub(crate) fn end(&mut self, name: &str, span: Span) {
        if name == "br" {
            return self.target.line_break(span.start);
        }
        let Some(element) = Element::named(name) else { return };
        let at = self.innermost[element.index()];
        let limit = match name {
            "table" => 0,
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" => self.innermost("table"),
            _ => self.scope,
        };
        if at > limit {
            self.close_to(at as usize - 1);
        } else if element.tag().is_block() {
            self.target.block_break();
        }
    }

    pub(crate) fn text(&mut self, span: Span, decoded: Option<&str>) {
        self.target.text(span, decoded);
    }

    pub(crate) fn line_break(&mut self, at: u32) {
        self.target.line_break(at);
    }

    pub(crate) fn block_break(&mut self) {
        self.target.block_break();
    }

    pub(crate) fn page(&mut self) {
        self.target.page();
    }

    pub(crate) fn comment(&mut self, span: Span) {
        self.target.comment(span);
    }

    /// Ends everything and hands the target back.
    pub(crate) fn finish(mut self) -> T {
        self.close_to(0);
        self.target
    }

    fn innermost(&self, name: &str) -> u32 {
        Element::named(name).map_or(0, |element| self.innermost[element.index()])
    }

    /// Ends what this start tag cannot stand in.
    fn imply_ends(&mut self, element: Element, tag: Tag) {
        let deepest = |names: &[&str]| names.iter().map(|n| self.innermost(n)).max().unwrap_or(0);
        let (ends, limit) = match element.name() {
            "a" => (deepest(&["a"]), self.scope),
            "li" => (deepest(&["li"]), deepest(&["ul", "ol", "menu", "dir"]).max(self.scope)),
            "dt" | "dd" => (deepest(&["dt", "dd"]), deepest(&["dl"]).max(self.scope)),
            "td" | "th" => (deepest(&["td", "th", "caption"]), deepest(&["tr", "table"])),
            "tr" => (deepest(&["tr", "td", "th", "caption"]), deepest(&["table"])),
            "tbody" | "thead" | "tfoot" => {
                (deepest(&["tbody", "thead", "tfoot", "caption"]), deepest(&["table"]))
            }
            // Two in a row are a mistake for the end tag.
            "form" | "body" | "main" => (0, 0),
            _ if tag.is_block() => (deepest(&["p"]), self.scope),
            _ => (0, 0),
        };
        if ends > limit {
            // `tr` after a cell ends the row around that cell.
            let row = if element.name() == "tr" { self.innermost("tr") } else { 0 };
            let ends = if row > limit { row } else { ends };
            self.close_to(ends as usize - 1);
        }
    }

    fn push(&mut self, element: Element, tag: Tag, attributes: &Attributes) {
        let depth = self.open.len() as u32 + 1;
        let outer = std::mem::replace(&mut self.innermost[element.index()], depth);
        let scope = self.scope;
        if matches!(element.name(), "td" | "th" | "table" | "caption") {
            self.scope = depth;
        }
        let tag = if attributes.is_hidden { hidden(tag) } else { tag };
        self.hidden += u32::from(is_hidden(tag));
        self.target.open(tag, attributes);
        self.open.push(Open { element, tag, outer, scope });
    }

    fn pop(&mut self) {
        if let Some(Open { element, tag, outer, scope }) = self.open.pop() {
            self.innermost[element.index()] = outer;
            self.scope = scope;
            self.hidden -= u32::from(is_hidden(tag));
            self.target.close();
        }
    }
}

fn hidden(tag: Tag) -> Tag {
    if tag.is_block() { Tag::Aside } else { Tag::Hidden }
}

fn is_hidden(tag: Tag) -> bool {
    matches!(tag, Tag::Aside | Tag::Hidden)
}
