//! Markdown.

use unspin_text::Markup;

/// Any bytes are a sound document of Markdown.
pub fn check(bytes: &[u8]) {
    crate::sound_document::check(bytes, Markup::Markdown);
}
