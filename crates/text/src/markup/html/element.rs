//! Elements by what they do to prose.

/// What an element does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Stands in a sentence, as `b`.
    Inline,
    /// A link.
    Link,
    /// A quotation inside a sentence.
    InlineQuote,
    /// Text that is no prose, as one token of its sentence; not there at all if it is a block.
    Code,
    /// Raised text; a link in it is a note mark.
    Raised,
    /// Not there, as `script`.
    Hidden,
    /// A block that holds blocks.
    Block,
    /// A block with text in it.
    Paragraph,
    Heading,
    Quote,
    Caption,
    Item,
    Cell,
    Preformatted,
    /// A block that is not there, as `nav`.
    Aside,
    /// Not there, except inside an article, where it holds the headline.
    Header,
    /// Not there, except around an article.
    Form,
    Article,
    Main,
}

impl Tag {
    /// Whether it begins and ends a block.
    pub(crate) fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Link
                | Self::InlineQuote
                | Self::Code
                | Self::Raised
                | Self::Hidden
        )
    }
}

/// The number of elements that are known.
pub(crate) const COUNT: usize = ELEMENTS.len();

/// An element that is known, by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element(u8);

impl Element {
    /// The element of this name, lower-case. One that is not known does nothing.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let at = ELEMENTS.binary_search_by_key(&name, |(name, _)| name).ok()?;
        Some(Self(at as u8))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    pub(crate) fn name(self) -> &'static str {
        ELEMENTS[self.index()].0
    }

    pub(crate) fn tag(self) -> Tag {
        ELEMENTS[self.index()].1
    }
}

/// By name.
const ELEMENTS: &[(&str, Tag)] = &[
    ("a", Tag::Link),
    ("abbr", Tag::Inline),
    ("address", Tag::Block),
    ("article", Tag::Article),
    ("aside", Tag::Aside),
    ("audio", Tag::Hidden),
    ("b", Tag::Inline),
    ("blockquote", Tag::Quote),
    ("body", Tag::Block),
    ("button", Tag::Hidden),
    ("canvas", Tag::Hidden),
    ("caption", Tag::Caption),
    ("center", Tag::Block),
    ("code", Tag::Code),
    ("datalist", Tag::Hidden),
    ("dd", Tag::Item),
    ("del", Tag::Hidden),
    ("details", Tag::Block),
    ("dialog", Tag::Aside),
    ("dir", Tag::Block),
    ("div", Tag::Block),
    ("dl", Tag::Block),
    ("dt", Tag::Item),
    ("em", Tag::Inline),
    ("fieldset", Tag::Block),
    ("figcaption", Tag::Caption),
    ("figure", Tag::Block),
    ("font", Tag::Inline),
    ("footer", Tag::Aside),
    ("form", Tag::Form),
    ("h1", Tag::Heading),
    ("h2", Tag::Heading),
    ("h3", Tag::Heading),
    ("h4", Tag::Heading),
    ("h5", Tag::Heading),
    ("h6", Tag::Heading),
    ("header", Tag::Header),
    ("hgroup", Tag::Block),
    ("i", Tag::Inline),
    ("iframe", Tag::Hidden),
    ("ins", Tag::Inline),
    ("kbd", Tag::Code),
    ("legend", Tag::Paragraph),
    ("li", Tag::Item),
    ("main", Tag::Main),
    ("math", Tag::Hidden),
    ("menu", Tag::Block),
    ("nav", Tag::Aside),
    ("noembed", Tag::Hidden),
    ("noscript", Tag::Hidden),
    ("object", Tag::Hidden),
    ("ol", Tag::Block),
    ("p", Tag::Paragraph),
    ("picture", Tag::Inline),
    ("pre", Tag::Preformatted),
    ("q", Tag::InlineQuote),
    ("rp", Tag::Hidden),
    ("rt", Tag::Hidden),
    ("s", Tag::Hidden),
    ("samp", Tag::Code),
    ("script", Tag::Hidden),
    ("section", Tag::Block),
    ("select", Tag::Hidden),
    ("small", Tag::Inline),
    ("span", Tag::Inline),
    ("strike", Tag::Hidden),
    ("strong", Tag::Inline),
    ("style", Tag::Hidden),
    ("summary", Tag::Paragraph),
    ("sup", Tag::Raised),
    ("svg", Tag::Hidden),
    ("table", Tag::Block),
    ("tbody", Tag::Block),
    ("td", Tag::Cell),
    ("template", Tag::Hidden),
    ("textarea", Tag::Hidden),
    ("tfoot", Tag::Block),
    ("th", Tag::Cell),
    ("thead", Tag::Block),
    ("title", Tag::Hidden),
    ("tr", Tag::Block),
    ("tt", Tag::Code),
    ("u", Tag::Inline),
    ("ul", Tag::Block),
    ("var", Tag::Code),
    ("video", Tag::Hidden),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted_and_found() {
        assert!(ELEMENTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(Element::named("nav").map(Element::tag), Some(Tag::Aside));
        assert_eq!(Element::named("news-story"), None);
    }
}
