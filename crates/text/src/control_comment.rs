//! Comments to the linter: where one begins and ends, in a text of any format.
//!
//! There are two forms, `<!-- unspin-... -->` for what is shown as HTML and `[unspin-...]` for everything else. Both say
//! the tool's name with a hyphen right after the opening, which prose does not. What they ask is the business of the
//! crate that has rules; here they are only no prose.

use memchr::memmem;

use crate::Span;

/// Every comment to the linter begins so, after its opening.
pub const MARK: &str = "unspin-";
/// A comment without an end within so many bytes is none, which keeps any input linear.
const LONGEST: usize = 1_000;

/// A comment to the linter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ControlComment {
    /// With its brackets, in bytes.
    pub span: Span,
    /// What stands after [`MARK`] and before the closing, in bytes.
    pub body: Span,
}

/// The comments of a text, in order. Linear.
pub fn find(text: &str) -> impl Iterator<Item = ControlComment> {
    let bytes = text.as_bytes();
    let mut done = 0;
    memmem::find_iter(bytes, MARK).filter_map(move |mark| {
        let start = opening(bytes, mark)?;
        let (body, end) = closing(bytes, start)?;
        if start < done {
            return None;
        }
        done = end;
        let span = |start, end| Span::new(start as u32, end as u32);
        Some(ControlComment { span: span(start, end), body: span(mark + MARK.len(), body) })
    })
}

/// Where the comment that is opened right at `start` ends.
pub(crate) fn end(bytes: &[u8], start: usize) -> Option<usize> {
    let mark = match bytes.get(start)? {
        b'[' => start + 1,
        b'<' if bytes[start..].starts_with(b"<!--") => {
            start
                + 4
                + bytes[start + 4..]
                    .iter()
                    .take(LONGEST)
                    .take_while(|b| b.is_ascii_whitespace())
                    .count()
        }
        _ => return None,
    };
    if !bytes[mark..].starts_with(MARK.as_bytes()) {
        return None;
    }
    Some(closing(bytes, start)?.1)
}

/// Where the opening of the comment stands that goes on with the mark at `mark`.
fn opening(bytes: &[u8], mark: usize) -> Option<usize> {
    if mark > 0 && bytes[mark - 1] == b'[' {
        return Some(mark - 1);
    }
    let spaces =
        bytes[..mark].iter().rev().take(LONGEST).take_while(|b| b.is_ascii_whitespace()).count();
    let before = &bytes[..mark - spaces];
    before.ends_with(b"<!--").then(|| before.len() - 4)
}

/// Where what closes the comment at `start` begins and ends. Square brackets close on their own line.
fn closing(bytes: &[u8], start: usize) -> Option<(usize, usize)> {
    let rest = &bytes[start..bytes.len().min(start + LONGEST)];
    if rest[0] == b'[' {
        let len = rest.iter().position(|b| matches!(b, b']' | b'\n' | b'\r'))?;
        (rest[len] == b']').then_some((start + len, start + len + 1))
    } else {
        let len = rest.windows(3).position(|window| window == b"-->")?;
        Some((start + len, start + len + 3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, TokenKind};

    fn found(text: &str) -> Vec<(&str, &str)> {
        find(text).map(|c| (&text[c.span.range()], &text[c.body.range()])).collect()
    }

    #[test]
    fn both_forms_are_found_with_what_they_say() {
        let text =
            "A. [unspin-disable-line x]\n<!--unspin-enable-->\n<!-- \n unspin-disable x\ny -->";
        let wanted = [
            ("[unspin-disable-line x]", "disable-line x"),
            ("<!--unspin-enable-->", "enable"),
            ("<!-- \n unspin-disable x\ny -->", "disable x\ny "),
        ];
        assert_eq!(found(text), wanted);
    }

    #[test]
    fn what_is_not_closed_or_not_opened_is_prose() {
        for text in [
            "[unspin-disable",
            "[unspin-disable\n]",
            "unspin-disable]",
            "[the unspin-x]",
            "<!-- unspin-x",
            "[unspin]",
        ] {
            assert_eq!(found(text), [], "{text}");
            let document = Document::new(text.as_bytes());
            assert!(document.tokens().iter().any(|t| t.kind == TokenKind::Word), "{text}");
        }
    }

    #[test]
    fn a_comment_is_one_token_and_no_word() {
        for comment in
            ["[unspin-disable-line garbled-word: the club's name]", "<!-- unspin-disable -->"]
        {
            let text = format!("The weir froze. {comment}\nIt thawed.");
            let document = Document::new(text.as_bytes());
            assert_eq!(document.word_count(), 5, "{comment}");
            let tokens = document.tokens().iter().filter(|t| document.token_text(t) == comment);
            assert_eq!(tokens.map(|t| t.kind).collect::<Vec<_>>(), [TokenKind::Address]);
        }
    }
}
