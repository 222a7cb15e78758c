//! HTML.

use unspin_text::Markup;

/// Any bytes are a sound document of HTML.
pub fn check(bytes: &[u8]) {
    crate::sound_document::check(bytes, Markup::Html);
}
