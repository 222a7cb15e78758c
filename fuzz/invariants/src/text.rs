//! Plain text.

use unspin_text::Markup;

/// Any bytes are a sound document of plain text.
pub fn check(bytes: &[u8]) {
    crate::sound_document::check(bytes, Markup::Plain);
}
