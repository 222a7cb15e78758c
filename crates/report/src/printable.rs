//! Characters that a terminal obeys instead of showing, and what is shown in their place.
//!
//! A linter prints other people's text. An escape sequence in it could rewrite the lines above, a bidirectional
//! override could show words in another order than they are stored ("Trojan Source", CVE-2021-42574), and an invisible
//! character could make two different words look the same. Each gets a stand-in of one column, so that the width a
//! terminal gives a line is the sum of its characters' widths and carets stand where they should.

use std::borrow::Cow;

/// Whether a terminal may obey or hide `c`: a control character, a bidirectional control, a line or paragraph
/// separator, or an invisible format character. Tab and line feed are among them.
pub(crate) fn is_unprintable(c: char) -> bool {
    // Most text is ASCII, and this is asked of every character.
    if matches!(c, ' '..='~') {
        return false;
    }
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        // Interlinear annotations; tags, which spell whole hidden sentences.
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What is shown for an unprintable character: its control picture where there is one.
fn stand_in(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// `text` as one line that can be printed.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(is_unprintable) {
        Cow::Owned(text.chars().map(|c| if is_unprintable(c) { stand_in(c) } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// `text` with its lines and tabs, as it can be printed.
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| matches!(c, '\n' | '\t') || !is_unprintable(c);
    if text.chars().all(is_kept) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(|c| if is_kept(c) { c } else { stand_in(c) }).collect())
    }
}

/// Appends `text` as [`printable`] shows it, but with its tabs, for an output that expands them.
pub(crate) fn push_source(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if c != '\t' && is_unprintable(c) { stand_in(c) } else { c }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_drives_a_terminal_becomes_visible() {
        assert_eq!(
            printable("a\x1b[2J\r\n\tb\x7f"),
            "a\u{241b}[2J\u{240d}\u{240a}\u{2409}b\u{2421}"
        );
        assert_eq!(printable("\u{9b}31m"), "\u{fffd}31m");
        assert_eq!(printable("ad\u{202e}nimda\u{2069}"), "ad\u{fffd}nimda\u{fffd}");
        assert_eq!(printable("pay\u{200b}pal\u{200d}"), "pay\u{fffd}pal\u{fffd}");
    }

    #[test]
    fn lines_and_tabs_stay_where_lines_are_printed() {
        assert_eq!(printable_lines("+a\tb\r\n+\x1b[2J\n"), "+a\tb\u{240d}\n+\u{241b}[2J\n");
        assert!(matches!(printable_lines("+a\tb\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in [
            "plain",
            "\u{201c}caf\u{e9}\u{201d} \u{2014} \u{1f600}",
            "\u{65e5}\u{672c}",
            "e\u{301}",
        ] {
            assert!(matches!(printable(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn every_stand_in_is_printable_and_one_column_wide() {
        use unicode_width::UnicodeWidthChar;
        for c in ('\0'..=char::MAX).filter(|c| is_unprintable(*c)).map(stand_in) {
            assert!(!is_unprintable(c) && c.width() == Some(1), "{c:?}");
        }
    }
}
