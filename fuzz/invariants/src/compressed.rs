//! What holds of every compressed file.

use unspin_containers::{Compression, Container, Format, Options};

use crate::choices::Choices;
use crate::container;

/// The first byte decides whether the rest is a file, or what is packed into one by `pack`, and which format is in it.
pub(crate) fn check(bytes: &[u8], compression: Compression, pack: fn(&[u8]) -> Vec<u8>) {
    let mut choices = Choices::new(bytes);
    let how = choices.byte();
    let rest = choices.rest();
    let formats = [Format::Text(None), Format::JsonLines, Format::Xml, Format::Csv];
    let format = formats[usize::from(how >> 1) % formats.len()];
    let packed = Container { format, compression: Some(compression) };
    let limits = if how & 8 == 0 { Options::default().limits } else { container::narrow() };
    let options = Options { limits, ..Options::default() };
    if how & 1 == 0 {
        container::check(packed, rest, &options);
        return;
    }
    let told = container::check(packed, &pack(rest), &options);
    // Two members or frames, one after the other, are the file that was cut in two.
    let (first, second) = rest.split_at(rest.len() / 2);
    let two = [pack(first), pack(second)].concat();
    if how & 8 == 0 {
        assert_eq!(told, container::check(packed, &two, &options), "otherwise in two pieces");
        let plain = Container { format, compression: None };
        assert_eq!(told, container::check(plain, rest, &options), "otherwise than unpacked");
    } else {
        container::check(packed, &two, &options);
    }
}
