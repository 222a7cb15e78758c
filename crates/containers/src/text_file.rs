//! One compressed text.

use std::io::Read;
use std::path::Path;

use unspin_text::Markup;

use crate::entry::{Entry, Marks};
use crate::error::Error;
use crate::limits::Limits;
use crate::shown::shown;
use crate::unpack::Input;

/// Reads the text; its locator is the name of the file without the ending of its compression. Its bytes are left as
/// they are, since `text` reads any.
pub(crate) fn read(
    input: Input<'_>,
    name: &str,
    markup: Option<Markup>,
    limits: &Limits,
) -> Result<Entry, Error> {
    let locator =
        Path::new(name).file_stem().map_or_else(String::new, |stem| shown(&stem.to_string_lossy()));
    let mut text = Vec::new();
    let result = input.take(limits.entry as u64 + 1).read_to_end(&mut text);
    result.map_err(|error| Error::of_io(error, || locator.clone()))?;
    if text.len() > limits.entry {
        return Err(Error::TooLong { place: locator, what: "the text", most: limits.entry });
    }
    if is_archive(&text) {
        return Err(Error::Archive);
    }
    let markup = markup.unwrap_or_else(|| Markup::of_bytes(&text));
    Ok(Entry { locator, text, markup, marks: Marks::None })
}

/// Whether the bytes begin as tar or zip do.
fn is_archive(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar") || bytes.starts_with(b"PK\x03\x04")
}
