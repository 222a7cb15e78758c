//! A text as the editor has it.

use gen_lsp_types::TextDocumentContentChangeEvent;
use unspin_text::Positions;

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
    pub(crate) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
                    let span = self.places(encoding).span(change.range);
                    self.text.replace_range(span.range(), &change.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    self.text = whole.text;
                }
            }
            self.positions = Positions::new(&self.text);
        }
        self.version = version;
    }
}
