//! Which fields of a record are its texts.

use unspin_text::Markup;

use crate::entry::{Entry, Marks};
use crate::error::Error;
use crate::shown::shown;

/// The fields of which the first that a record has is its text, where none is chosen; letter case is ignored.
pub const DEFAULT_FIELDS: [&str; 9] = [
    "body",
    "text",
    "content",
    "article",
    "articleBody",
    "article_body",
    "body_text",
    "maintext",
    "story",
];

/// How many names an error lists.
const LISTED: usize = 20;

/// A place in a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pointer {
    /// Names of members, or numbers of elements from 0.
    pub(crate) steps: Vec<String>,
}

impl Pointer {
    /// A JSON pointer (RFC 6901) if it begins with a slash, else the name of a member.
    pub(crate) fn new(field: &str) -> Self {
        let unescape = |step: &str| step.replace("~1", "/").replace("~0", "~");
        let steps = match field.strip_prefix('/') {
            Some(path) => path.split('/').map(unescape).collect(),
            None => vec![field.to_owned()],
        };
        Self { steps }
    }

    /// As a JSON pointer, fit for a report.
    pub(crate) fn shown(&self) -> String {
        let escape = |step: &String| format!("/{}", step.replace('~', "~0").replace('/', "~1"));
        shown(&self.steps.iter().map(escape).collect::<String>())
    }
}

/// What a record has no field of: what was chosen, or the whole list of defaults.
pub(crate) fn missing<'n>(
    place: String,
    chosen: Option<String>,
    there: impl ExactSizeIterator<Item = &'n str>,
) -> Error {
    let field = match chosen {
        Some(name) => format!("`{name}`"),
        None => format!("field of the usual names ({})", DEFAULT_FIELDS.join(", ")),
    };
    let count = there.len();
    let mut names: Vec<String> =
        there.take(LISTED).map(|name| format!("`{}`", shown(name))).collect();
    if count > LISTED {
        names.push(format!("{} more", count - LISTED));
    }
    let there =
        if names.is_empty() { "nothing, since it is empty".into() } else { names.join(", ") };
    Error::NoField { place, field, there }
}

/// The entry of one field; `None` if there is nothing in it to read.
pub(crate) fn entry(locator: String, text: String, markup: Option<Markup>) -> Option<Entry> {
    if text.trim().is_empty() {
        return None;
    }
    let markup = markup.unwrap_or_else(|| field_markup(&text));
    Some(Entry { locator, text: text.into_bytes(), markup, marks: Marks::None })
}

/// What the text of a record is taken for: HTML if it begins with a tag that HTML texts begin with, else plain text.
pub fn field_markup(text: &str) -> Markup {
    const TAGS: [&str; 29] = [
        "!doctype",
        "a",
        "article",
        "b",
        "blockquote",
        "body",
        "br",
        "center",
        "div",
        "em",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "head",
        "header",
        "html",
        "i",
        "img",
        "li",
        "main",
        "ol",
        "p",
        "section",
        "span",
        "strong",
        "ul",
    ];
    let Some(rest) = text.trim_start().strip_prefix('<') else { return Markup::Plain };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '!').unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let is_tag = after.starts_with(['>', '/', ' ', '\t', '\r', '\n']);
    let is_known = TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name));
    if is_tag && is_known { Markup::Html } else { Markup::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_and_names_lead_to_members() {
        let steps = |field: &str| Pointer::new(field).steps;
        assert_eq!(steps("body"), ["body"]);
        assert_eq!(steps("/article/body"), ["article", "body"]);
        assert_eq!(steps("/a~1b/~01"), ["a/b", "~1"]);
        assert_eq!(Pointer::new("/a~1b/~01").shown(), "/a~1b/~01");
        assert_eq!(Pointer::new("a/b").shown(), "/a~1b");
        assert_eq!(Pointer::new("bo\ndy").shown(), "/bo\\ndy");
    }

    #[test]
    fn only_what_begins_with_a_tag_is_html() {
        for html in ["<p>One.", " \n<DIV class=a>x</DIV>", "<br/>x", "<!DOCTYPE html><p>x"] {
            assert_eq!(field_markup(html), Markup::Html, "{html}");
        }
        for plain in ["One <b>two</b>.", "<3 to all", "<name withheld> said", "<p", "< p>", "a<p>"]
        {
            assert_eq!(field_markup(plain), Markup::Plain, "{plain}");
        }
    }

    #[test]
    fn a_missing_field_names_those_there_are() {
        let error = missing("line 3".into(), Some("/body".into()), ["id", "te\nxt"].into_iter());
        assert_eq!(error.to_string(), "line 3: there is no `/body`: choose of `id`, `te\\nxt`");
        let many = vec!["a"; 30];
        let error = missing("line 3".into(), None, many.iter().copied());
        assert!(error.to_string().ends_with("`a`, 10 more"), "{error}");
    }
}
