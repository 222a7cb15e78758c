//! Files that hold texts, as entries.

use std::io::Cursor;
use std::path::Path;

use serde::Serialize;
use unspin_containers::{Container, Entry, Limits, Options};
use unspin_lint::{Diagnosis, Document, Markup};
use unspin_report::{FileReport, JsonLines, Offsets};
use unspin_text::source::decode;

use crate::engine::Engine;
use crate::options::markup_name;
use crate::text::written;

/// Memory is four gigabytes here, and somebody waits.
const LIMITS: (usize, usize, u64) = (32 << 20, 128 << 20, 256 << 20);

/// A text of a file, or why there is none in its place.
#[derive(Serialize)]
#[serde(untagged)]
enum Told<'e> {
    Entry { locator: &'e str, text: &'e str, markup: &'static str },
    Error { error: String },
}

/// Hands each entry of a file on, or why it cannot be read. A file that is no container is one entry without a locator.
fn each(
    name: &str,
    bytes: &[u8],
    mut take: impl FnMut(Result<(&str, &[u8], Markup, Option<&Entry>), String>),
) {
    let Some(container) = Container::of_path(Path::new(name)) else {
        let ending = Path::new(name).extension().and_then(std::ffi::OsStr::to_str);
        return take(Ok(("", bytes, Markup::of(ending, bytes), None)));
    };
    let (entry, archive, unpacked) = LIMITS;
    let limits = Limits { entry, archive, part: unpacked, unpacked, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let short = Path::new(name).file_name().unwrap_or_default().to_string_lossy();
    match unspin_containers::open(container, &short, Cursor::new(bytes), &options) {
        Err(error) => take(Err(error.to_string())),
        Ok(entries) => {
            for entry in entries {
                match entry {
                    Err(error) => take(Err(error.to_string())),
                    Ok(entry) => {
                        take(Ok((&entry.locator, &entry.text, entry.markup, Some(&entry))));
                    }
                }
            }
        }
    }
}

/// The texts of a file, by its name.
pub fn entries(name: &str, bytes: &[u8]) -> String {
    let mut out = Vec::new();
    each(name, bytes, |entry| {
        let json = match entry {
            Err(error) => serde_json::to_string(&Told::Error { error }),
            Ok((locator, text, markup, _)) => {
                let (text, ..) = decode(text);
                let markup = markup_name(markup);
                serde_json::to_string(&Told::Entry { locator, text: &text, markup })
            }
        };
        out.push(json.expect("strings are JSON"));
    });
    format!("[{}]", out.join(","))
}

impl Engine {
    /// What is said of each text of a file, as members of `files`; of an entry that cannot be read, why.
    pub fn check_file(&self, name: &str, bytes: &[u8]) -> String {
        let linter = self.for_file(name);
        let mut out = Vec::new();
        each(name, bytes, |entry| {
            let (locator, bytes, markup, entry) = match entry {
                Ok(read) => read,
                Err(error) => {
                    let told = serde_json::to_string(&Told::Error { error });
                    return out.push(told.expect("strings are JSON"));
                }
            };
            let document = Document::read(bytes, markup);
            let mut said = Diagnosis::new(&document, &linter.check(&document));
            let (source, encoding, _) = decode(bytes);
            let offsets = if entry.is_some() { Offsets::Entry } else { Offsets::of(encoding) };
            for found in &mut said.diagnostics {
                found.locator = entry.and_then(|entry| entry.locate(found.span.start));
            }
            let report =
                FileReport::new(name, &source, offsets, &said).with_entry(entry.map(|_| locator));
            out.push(written(&JsonLines, &[report]).trim_end().to_owned());
        });
        format!("[{}]", out.join(","))
    }
}
