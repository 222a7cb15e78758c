//! CSV and TSV.

use unspin_containers::{Container, Format, Options};

use crate::choices::Choices;
use crate::container;

/// The first byte decides about limits, separator and columns, the rest is the file.
pub fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let how = choices.byte();
    let rest = choices.rest();
    let limits = if how & 1 == 0 { Options::default().limits } else { container::narrow() };
    let format = if how & 2 == 0 { Format::Csv } else { Format::Tsv };
    let fields = if how & 4 == 0 { Vec::new() } else { vec!["2".to_owned(), "body".to_owned()] };
    let options = Options { fields, limits, ..Options::default() };
    container::check(Container { format, compression: None }, rest, &options);
}
