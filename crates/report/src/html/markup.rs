//! HTML as it is written: our own markup, and what comes from elsewhere as text.

use std::io;

use crate::printable::printable;
use crate::xml::{escape, escape_lines};

/// A piece of a page.
///
/// Markup is `&'static str`, so that nothing from a text, a path or a message can pass for it.
#[derive(Default)]
pub(super) struct Markup(String);

impl Markup {
    /// Our own markup, as it is.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Somebody's words on one line. What cannot be printed is replaced.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        escape(&mut self.0, text);
        self
    }

    /// Somebody's words with their lines and tabs.
    pub(super) fn lines(&mut self, text: &str) -> &mut Self {
        escape_lines(&mut self.0, text);
        self
    }

    /// ` name="value"`.
    pub(super) fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        crate::xml::attribute(&mut self.0, name, value);
        self
    }

    /// What another one wrote and the report kept for its end.
    pub(super) fn kept(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.push_str(&String::from_utf8_lossy(bytes));
        self
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// Writes what there is so far, and begins anew.
    pub(super) fn drain_to(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(self.0.as_bytes())?;
        self.0.clear();
        Ok(())
    }

    /// Appends it to a report.
    pub(super) fn write_to(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
}

/// A sentence of Markdown as text: without what sets code and emphasis off.
pub(super) fn plain(sentence: &str) -> String {
    printable(sentence).replace(['`', '*'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_text_is_markup() {
        let mut out = Markup::default();
        out.raw("<p").attribute("title", "\"><script>'").raw(">");
        out.text("</p><img onerror=x>\n\u{202e}&").raw("</p>");
        assert_eq!(
            out.0,
            "<p title=\"&quot;&gt;&lt;script&gt;'\">&lt;/p&gt;&lt;img onerror=x&gt;\u{240a}\u{fffd}&amp;</p>"
        );
    }

    #[test]
    fn lines_and_tabs_stay_and_line_ends_are_one_character() {
        let mut out = Markup::default();
        out.lines("a\tb\r\nc\rd\x1b\n");
        assert_eq!(out.0, "a&#9;b\nc\u{240d}d\u{241b}\n");
    }

    #[test]
    fn a_sentence_of_markdown_is_shown_without_its_marks() {
        assert_eq!(plain("No hand writes `it` *so*."), "No hand writes it so.");
    }
}
