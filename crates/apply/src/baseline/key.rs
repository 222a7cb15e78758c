//! What of a finding tells it from others.

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};
use unspin_lint::{Diagnostic, INTERNAL_ERROR, Severity};

use super::Entry;

/// A text of more bytes is kept by its beginning and a hash: a finding may be a paragraph, or a whole file of no text.
const LONGEST: usize = 160;
/// Bytes of the beginning, at most.
const BEGINNING: usize = 100;

/// Whether a baseline may know a finding. Mistakes in settings are to be put right, and what was not checked whole must
/// not pass for clean from then on.
pub(super) fn may_be_known(found: &Diagnostic) -> bool {
    let is_unread = found.rule == "encoding" && found.severity >= Severity::Warning;
    found.rule != "settings" && found.rule != INTERNAL_ERROR && !is_unread
}

/// The entry of a finding.
pub(super) fn entry(found: &Diagnostic) -> Entry {
    let [before, after] = &found.surroundings;
    Entry {
        rule: found.rule.clone().into_owned(),
        text: text(&found.text),
        before: folded(before).into_owned(),
        after: folded(after).into_owned(),
        count: 1,
    }
}

/// A text with one space for every run of white space, shortened if it is long.
pub(super) fn text(text: &str) -> String {
    let folded = folded(text);
    if folded.len() <= LONGEST {
        return folded.into_owned();
    }
    let end = (0..=BEGINNING).rev().find(|at| folded.is_char_boundary(*at)).unwrap_or(0);
    let beginning = &folded[..end];
    let hash = Sha256::digest(folded.as_bytes());
    let hash = hash.first_chunk::<8>().copied().unwrap_or_default();
    format!("{beginning}\u{2026} #{:016x}", u64::from_be_bytes(hash))
}

/// A text with one space for every run of white space and none at its ends.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let is_folded = !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
        && !text.contains("  ")
        && !text.contains(|c: char| c != ' ' && c.is_whitespace());
    if is_folded {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    Cow::Owned(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded() {
        for (raw, expected) in [
            ("in  the\n\tharbour", "in the harbour"),
            (" in\u{a0}the ", "in the"),
            ("in the", "in the"),
            (" \n", ""),
            ("", ""),
        ] {
            assert_eq!(folded(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_long_text_is_told_from_another_with_the_same_beginning() {
        let long = "\u{e9}t\u{e9} ".repeat(200);
        let (one, other) = (text(&long), text(&format!("{long} end")));
        assert!(one.len() < LONGEST && other.len() < LONGEST);
        assert_ne!(one, other);
        assert_eq!(one, text(&one), "what is short stays as it is");
        assert_eq!(one, text(&long.replace(' ', "\n\n")));
    }
}
