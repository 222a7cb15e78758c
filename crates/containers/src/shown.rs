//! Names out of files, made fit for one line of a report.

/// The most characters of a name that are shown.
const MOST: usize = 80;

/// `name` without control and invisible characters that could make a terminal or a reader see something else, and cut
/// where it is long. Linear in what is shown.
pub(crate) fn shown(name: &str) -> String {
    let mut out = String::new();
    for (count, c) in name.chars().enumerate() {
        if count == MOST {
            out.push('…');
            break;
        }
        let is_hidden = c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if is_hidden { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

/// The same of bytes that may not be UTF-8.
pub(crate) fn shown_bytes(name: &[u8]) -> String {
    shown(&String::from_utf8_lossy(&name[..name.len().min(MOST * 4 + 4)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor_or_turns_the_line() {
        assert_eq!(shown("bod\u{1b}[31my\n\u{202e}x"), "bod\\u{1b}[31my\\n\\u{202e}x");
        assert_eq!(shown(&"é".repeat(100)).chars().count(), 81);
        assert_eq!(shown_bytes(b"caf\xe9"), "caf\u{fffd}");
    }
}
