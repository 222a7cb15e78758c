//! Namespaces, as far as a format asks for them.

use quick_xml::events::BytesStart;
use quick_xml::name::QName;

/// How many declarations may be in force at once, so that a look-up has a bound.
const MOST: usize = 256;

/// Whose name a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// Nobody's: no namespace was declared.
    None,
    /// One that no format here asks for.
    Other,
    Atom,
    /// RSS 1.0 and its predecessors; RSS 2.0 has none, but some writers give it one.
    Rss,
    Rdf,
    /// The module `content` of RSS.
    Content,
    /// IPTC's news architecture: NewsML-G2.
    NewsMl,
    Nitf,
    Xhtml,
    /// Word's own, transitional or strict.
    Word,
    /// Markup compatibility of Office.
    Compatibility,
    /// Relationships of a package of Office.
    Relationships,
}

impl Space {
    fn of_uri(uri: &str) -> Self {
        match uri.trim() {
            "" => Self::None,
            "http://www.w3.org/2005/Atom" | "http://purl.org/atom/ns#" => Self::Atom,
            "http://purl.org/rss/1.0/"
            | "http://purl.org/net/rss1.1#"
            | "http://channel.netscape.com/rdf/simple/0.9/"
            | "http://my.netscape.com/rdf/simple/0.9/"
            | "http://backend.userland.com/rss2" => Self::Rss,
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#" => Self::Rdf,
            "http://purl.org/rss/1.0/modules/content/" => Self::Content,
            "http://iptc.org/std/nar/2006-10-01/" => Self::NewsMl,
            uri if uri.starts_with("http://iptc.org/std/NITF/") => Self::Nitf,
            "http://www.w3.org/1999/xhtml" => Self::Xhtml,
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.openxmlformats.org/package/2006/relationships" => Self::Relationships,
            _ => Self::Other,
        }
    }
}

/// The declarations that are in force.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    declared: Vec<Declaration>,
}

#[derive(Debug)]
struct Declaration {
    /// How many elements were open with the one that declares it.
    depth: usize,
    /// Empty for the default namespace.
    prefix: String,
    space: Space,
}

impl Spaces {
    /// Takes what a start tag declares; `false` if that is too much.
    pub(super) fn enter(&mut self, depth: usize, start: &BytesStart<'_>) -> bool {
        // Not checked for doubles, which compares each attribute with each.
        for attribute in start.attributes().with_checks(false).flatten() {
            let name = attribute.key.into_inner();
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            if self.declared.len() == MOST || prefix.len() > super::NAME {
                return false;
            }
            let space = Space::of_uri(&attribute.value);
            self.declared.push(Declaration { depth, prefix: prefix.to_owned(), space });
        }
        true
    }

    /// Forgets what the element at `depth` declared.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.declared.last().is_some_and(|own| own.depth >= depth) {
            self.declared.pop();
        }
    }

    /// Whose name an element's is.
    pub(super) fn of(&self, name: QName<'_>) -> Space {
        let prefix = name.prefix().map_or("", |prefix| prefix.into_inner());
        let found = self.declared.iter().rev().find(|own| own.prefix == prefix);
        match found {
            Some(own) => own.space,
            None if prefix.is_empty() => Space::None,
            None => Space::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_declaration_counts_until_its_element_ends() {
        let mut spaces = Spaces::default();
        let atom = "a xmlns='http://www.w3.org/2005/Atom' xmlns:h='http://www.w3.org/1999/xhtml'";
        assert!(spaces.enter(1, &BytesStart::from_content(atom, 1)));
        assert!(spaces.enter(2, &BytesStart::from_content("b xmlns='' x='y'", 1)));
        assert_eq!(spaces.of(QName("a")), Space::None);
        assert_eq!(spaces.of(QName("h:p")), Space::Xhtml);
        assert_eq!(spaces.of(QName("x:p")), Space::Other);
        spaces.leave(2);
        assert_eq!(spaces.of(QName("a")), Space::Atom);
        spaces.leave(1);
        assert_eq!(spaces.of(QName("a")), Space::None);
    }

    #[test]
    fn declarations_have_a_bound() {
        let many = format!("a{}", " xmlns:b='c'".repeat(MOST + 1));
        assert!(!Spaces::default().enter(1, &BytesStart::from_content(many, 1)));
    }
}
