//! What holds of every container, whatever its bytes are.

use std::io::{self, Read};

use unspin_containers::{Container, Entry, Error, Format, Limits, Options, open};
use unspin_text::Document;

use crate::told;

/// What is read of a file: its entries and errors in order, an error of opening as the only one.
pub(crate) type Told = Vec<Result<Entry, String>>;

/// Limits that a small input can reach.
pub(crate) fn narrow() -> Limits {
    Limits {
        entry: 64,
        archive: 4096,
        part: 512,
        unpacked: 2048,
        depth: 6,
        columns: 4,
        bad_records: 3,
        ..Limits::default()
    }
}

/// Panics unless reading a container ends, keeps its limits, tells places and says the same however its bytes come.
pub(crate) fn check(container: Container, bytes: &[u8], options: &Options) -> Told {
    let told = all(container, bytes, options, bytes.len());
    for result in &told {
        match result {
            Ok(entry) => {
                check_entry(entry, &options.limits);
                // A compressed text is an entry whatever is in it.
                let is_text = matches!(container.format, Format::Text(_));
                assert!(is_text || !entry.text.trim_ascii().is_empty(), "{entry:?} of nothing");
            }
            Err(message) => told::sentence(message),
        }
    }
    let dribbled = all(container, Dribble(bytes), options, bytes.len());
    // Where a file is cut off for what it unpacks to, more was read of it at once or less.
    if options.limits.unpacked == Limits::default().unpacked || container.compression.is_none() {
        assert_eq!(told, dribbled, "not the same byte by byte");
    }
    // A file that cannot be read to its end.
    let broken = bytes[..bytes.len() / 2].chain(Broken);
    all(container, broken, options, bytes.len());
    told
}

fn all(container: Container, reader: impl Read + Send, options: &Options, length: usize) -> Told {
    let entries = match open(container, "story.txt.gz", reader, options) {
        Ok(entries) => entries,
        Err(error) => return vec![Err(error.to_string())],
    };
    // Each result is about bytes of its own: of a file that unpacks, about some that came out.
    let most = 1000 * (length + 2);
    let of = |result: Result<Entry, Error>| result.map_err(|error| error.to_string());
    let told: Told = entries.take(most).map(of).collect();
    assert!(told.len() < most, "more results than there can be");
    told
}

fn check_entry(entry: &Entry, limits: &Limits) {
    assert!(!entry.locator.is_empty() && !entry.locator.contains(char::is_control), "{entry:?}");
    assert!(entry.text.len() <= limits.entry, "{} bytes in an entry", entry.text.len());
    let document = Document::read(&entry.text, entry.markup);
    for token in document.tokens() {
        let place = document.in_source(token.span);
        let within = entry.locate(place.start);
        assert!(within.is_none_or(|within| !within.contains(char::is_control)));
    }
    for offset in [0, entry.text.len() as u32, u32::MAX] {
        let _ = entry.locate(offset);
    }
}

/// Gives one byte at a time.
struct Dribble<'b>(&'b [u8]);

impl Read for Dribble<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(1);
        self.0.read(&mut buffer[..most])
    }
}

/// Fails at once.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}
