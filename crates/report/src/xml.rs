//! Text in XML 1.0.

use crate::printable::printable;

/// Appends `text` as character data that may stand in an element or, in double quotes, in an attribute.
///
/// XML 1.0 has no way to write most control characters, not even as references, and parsers turn line ends and tabs in
/// attributes into spaces. So what cannot be printed is replaced as [`printable`] does it, and so is what is no character.
pub(crate) fn escape(out: &mut String, text: &str) {
    for c in printable(text).chars() {
        match c {
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
