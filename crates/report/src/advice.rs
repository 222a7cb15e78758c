//! What to do about a finding, on one line.

use std::borrow::Cow;

use unspin_lint::{Diagnostic, LogOdds, Safety, SourceFix};

use crate::FileReport;

/// Most suggestions named in one sentence.
const MOST: usize = 4;

/// `try "a", "b" or 3 more`, `remove it`, or the way out of what no rule weighed; `None` where there is nothing to say.
pub(crate) fn advice(found: &Diagnostic) -> Option<String> {
    match found.suggestions.as_slice() {
        // What no rule weighed (encoding, settings) has its way out in a note.
        [] if found.evidence == LogOdds::EVEN => found.notes.first().cloned(),
        [] => None,
        [only] if only.is_empty() => Some("remove it".to_owned()),
        all => {
            let named = all.iter().take(MOST).map(|by| match by.as_str() {
                "" => "nothing".to_owned(),
                by => format!("\"{by}\""),
            });
            let named = named.collect::<Vec<_>>().join(", ");
            let more = match all.len().saturating_sub(MOST) {
                0 => String::new(),
                n => format!(" or {n} more"),
            };
            Some(format!("try {named}{more}"))
        }
    }
}

/// The message of a finding and the advice, as sentences.
pub(crate) fn told(found: &Diagnostic) -> String {
    match advice(found) {
        Some(advice) => format!("{} {}", ended(&found.message), ended(&capitalised(&advice))),
        None => ended(&found.message).into_owned(),
    }
}

/// `text` with a final stop, unless it ends a sentence already.
pub(crate) fn ended(text: &str) -> Cow<'_, str> {
    if text.ends_with(['.', '?', '!']) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("{text}."))
    }
}

/// The same, after the entry where the file holds several, for a format that has no place for one.
pub(crate) fn told_with_entry(file: &FileReport<'_>, found: &Diagnostic) -> String {
    match file.entry() {
        Some(entry) => format!("{entry}: {}", told(found)),
        None => told(found),
    }
}

/// `text` with a capital at its beginning.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The fixes that a program may offer to apply: those with edits that change nobody's words.
pub(crate) fn applicable(found: &Diagnostic) -> impl Iterator<Item = &SourceFix> {
    found
        .fixes
        .iter()
        .filter(|fix| matches!(fix.safety, Safety::Safe | Safety::Unsafe) && !fix.edits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(capitalised("remove it"), "Remove it");
        assert_eq!(capitalised(""), "");
    }

    #[test]
    fn a_sentence_ends_once() {
        assert_eq!([ended("odd"), ended("did you mean `x`?")], ["odd.", "did you mean `x`?"]);
    }
}
