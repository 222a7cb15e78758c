//! Text in XML 1.0 and in HTML.

use crate::printable::{printable, printable_lines};

/// Appends `text` as character data that may stand in an element or, in double quotes, in an attribute.
///
/// XML 1.0 has no way to write most control characters, not even as references, and parsers turn line ends and tabs in
/// attributes into spaces. So what cannot be printed is replaced as [`printable`] does it, and so is what is no character.
pub(crate) fn escape(out: &mut String, text: &str) {
    escape_printable(out, &printable(text));
}

/// The same for an element in which lines and tabs are shown; a line end is a line feed.
pub(crate) fn escape_lines(out: &mut String, text: &str) {
    escape_printable(out, &printable_lines(&text.replace("\r\n", "\n")));
}

fn escape_printable(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\t' => out.push_str("&#9;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Also so that no `]]>` stands in an element.
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(c),
        }
    }
}

/// Appends ` name="value"`.
pub(crate) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}
