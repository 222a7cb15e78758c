//! Feeds, NewsML-G2 and NITF.

use unspin_containers::{Container, Format, Options};

use crate::choices::Choices;
use crate::container;

/// The first byte decides about limits and encoding, the rest is the file.
pub fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let how = choices.byte();
    let rest = choices.rest();
    let limits = if how & 1 == 0 { Options::default().limits } else { container::narrow() };
    let options = Options { limits, ..Options::default() };
    let xml = Container { format: Format::Xml, compression: None };
    let told = container::check(xml, rest, &options);
    // Without a declaration that says otherwise, another encoding changes nothing but its own errors.
    if how & 2 == 2
        && let Ok(text) = std::str::from_utf8(rest)
        && told.iter().all(Result::is_ok)
        && !text.contains("encoding")
        && !text.starts_with('\u{feff}')
    {
        let wide: Vec<u8> = "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(told, container::check(xml, &wide, &options), "otherwise in UTF-16");
    }
}
