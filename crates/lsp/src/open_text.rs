//! A text as the editor has it.

use gen_lsp_types::TextDocumentContentChangeEvent as Event;
use unspin_text::{Positions, Span};

use crate::encoding::{Encoding, Places};

/// A text with the table of its lines, kept in step with the editor's.
pub(crate) struct OpenText {
    text: String,
    positions: Positions,
    /// As the client counts.
    pub(crate) version: i32,
}

impl OpenText {
    pub(crate) fn new(version: i32, text: String) -> Self {
        let positions = Positions::new(&text);
        Self { text, positions, version }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn places(&self, encoding: Encoding) -> Places<'_> {
        Places { text: &self.text, positions: &self.positions, encoding }
    }

    /// Changes it as the client did, one change after another: the places of each are those that the one before left.
    pub(crate) fn change(&mut self, version: i32, changes: Vec<Event>, encoding: Encoding) {
        let mut changes = changes.into_iter().peekable();
        while let Some(first) = changes.next() {
            match first {
                Event::TextDocumentContentChangePartial(first) => {
                    let places = self.places(encoding);
                    let mut edits = vec![(places.span(first.range), first.text)];
                    // Who replaces a word everywhere sends the last place first, and all that stand before a change stand
                    // where they did. A large text is not copied for each of thousands.
                    while let Some(Event::TextDocumentContentChangePartial(next)) =
                        changes.next_if(|next| {
                            span_of(next, places).is_some_and(|span| span.end < start(&edits))
                        })
                    {
                        edits.push((places.span(next.range), next.text));
                    }
                    self.replace(&edits);
                }
                Event::TextDocumentContentChangeWholeDocument(whole) => self.text = whole.text,
            }
            self.positions = Positions::new(&self.text);
        }
        self.version = version;
    }

    /// Makes edits whose places are those of the text as it stands, the last of them first.
    fn replace(&mut self, edits: &[(Span, String)]) {
        if let [(span, text)] = edits {
            return self.text.replace_range(span.range(), text);
        }
        let came: usize = edits.iter().map(|(_, text)| text.len()).sum();
        let mut new = String::with_capacity(self.text.len() + came);
        let mut at = 0;
        for (span, text) in edits.iter().rev() {
            new.push_str(&self.text[at..span.start as usize]);
            new.push_str(text);
            at = span.end as usize;
        }
        new.push_str(&self.text[at..]);
        self.text = new;
    }
}

/// Where the foremost of edits begins, which is the last.
fn start(edits: &[(Span, String)]) -> u32 {
    edits.last().map_or(u32::MAX, |(span, _)| span.start)
}

/// What a change replaces; `None` if it is all.
fn span_of(change: &Event, places: Places<'_>) -> Option<Span> {
    match change {
        Event::TextDocumentContentChangePartial(change) => Some(places.span(change.range)),
        Event::TextDocumentContentChangeWholeDocument(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::{Position, Range};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn change(((line, character), (end_line, end_character), text): Change) -> Event {
        let start = Position { line, character };
        let end = Position { line: end_line, character: end_character };
        let change = json!({ "range": Range { start, end }, "text": text });
        serde_json::from_value(change).expect("it is a change")
    }

    type Change = ((u32, u32), (u32, u32), String);

    proptest! {
        #[test]
        fn changes_at_once_are_changes_one_by_one(
            text in "[a\u{e9}\u{1f6a2}e\u{301}\r\n ]{0,30}",
            mut changes in prop::collection::vec(
                ((0_u32..5, 0_u32..9), (0_u32..5, 0_u32..9), "[b\u{1f30a}\r\n]{0,3}"),
                0..6,
            ),
            is_sorted in any::<bool>(),
        ) {
            if is_sorted {
                for change in &mut changes {
                    change.1 = change.1.max(change.0);
                }
                changes.sort_by(|a, b| b.cmp(a));
            }
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut at_once = OpenText::new(1, text.clone());
                at_once.change(2, changes.iter().cloned().map(change).collect(), encoding);
                let mut one_by_one = OpenText::new(1, text.clone());
                for one in &changes {
                    one_by_one.change(2, vec![change(one.clone())], encoding);
                }
                prop_assert_eq!(at_once.as_str(), one_by_one.as_str());
            }
        }
    }
}
