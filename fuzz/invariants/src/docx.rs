//! Word documents: bytes as a file, or as the XML of the parts of one.

use unspin_containers::{Container, Format, Options};

use crate::choices::Choices;
use crate::{container, pack};

/// The first byte decides whether the rest is a file, or the main document and, behind a NUL, the relations of one.
pub fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let how = choices.byte();
    let rest = choices.rest();
    let limits = if how & 2 == 0 { container::narrow() } else { Options::default().limits };
    let options = Options { limits, ..Options::default() };
    let docx = Container { format: Format::Docx, compression: None };
    if how & 1 == 0 {
        container::check(docx, rest, &options);
        return;
    }
    let mut parts = rest.split(|byte| *byte == 0);
    let names = ["word/document.xml", "_rels/.rels", "word/footnotes.xml"];
    let files = names.into_iter().filter_map(|name| Some((name, parts.next()?)));
    container::check(docx, &pack::zip(&files.collect::<Vec<_>>()), &options);
}
