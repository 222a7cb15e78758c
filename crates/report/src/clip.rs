//! Parts of long texts.

use std::borrow::Cow;

/// The beginning of `text`, of at most `most` characters and an ellipsis.
pub(crate) fn clipped_end(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some((at, _)) => {
            let head = &text[..at];
            let words = head.rsplit_once(char::is_whitespace).map(|(words, _)| words);
            match words.map(str::trim_end).filter(|words| !words.is_empty()) {
                Some(words) => Cow::Owned(format!("{words} \u{2026}")),
                None => Cow::Owned(format!("{head}\u{2026}")),
            }
        }
    }
}

/// The end of `text`, of at most `most` characters after an ellipsis.
pub(crate) fn clipped_start(text: &str, most: usize) -> Cow<'_, str> {
    // One from the end is the last character, so there is another before these.
    match text.char_indices().nth_back(most) {
        None => Cow::Borrowed(text),
        Some((at, first)) => {
            let tail = &text[at + first.len_utf8()..];
            let words = tail.split_once(char::is_whitespace).map(|(_, words)| words);
            match words.map(str::trim_start).filter(|words| !words.is_empty()) {
                Some(words) => Cow::Owned(format!("\u{2026} {words}")),
                None => Cow::Owned(format!("\u{2026}{tail}")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_loses_words_at_one_end() {
        assert_eq!(clipped_end("one two three", 9), "one two \u{2026}");
        assert_eq!(clipped_end("onetwothree", 6), "onetwo\u{2026}");
        assert_eq!(clipped_end("one two", 7), "one two");
        assert_eq!(clipped_start("one two three", 9), "\u{2026} three");
        assert_eq!(clipped_start("onetwothree", 5), "\u{2026}three");
        assert_eq!(clipped_start("one two", 7), "one two");
        assert_eq!(clipped_start("\u{e9}\u{e9}\u{e9}", 2), "\u{2026}\u{e9}\u{e9}");
    }
}
