//! A text that is compared: a file, standard input, or the one text in a container.

use std::borrow::Cow;
use std::io::{self, Cursor, Read as _};
use std::path::Path;

use anyhow::{anyhow, bail};
use unspin_containers::{Container, Entry, Options};
use unspin_lint::{Document, Markup};
use unspin_report::Offsets;
use unspin_text::source::decode;

use crate::{read, walk};

/// Bytes of a text that is compared: a comparison takes about a hundred times as much memory, and its time grows a little
/// faster than the text.
const MOST: usize = 16 << 20;

/// A text with the file that it comes from.
pub(crate) struct Subject {
    /// Path as given.
    pub name: String,
    /// The bytes of the file.
    pub file: Vec<u8>,
    /// Where the file is a container: its text.
    entry: Option<Entry>,
    markup: Markup,
}

/// The source of a text, as reports count in it.
pub(crate) struct Decoded<'s> {
    pub source: Cow<'s, str>,
    pub offsets: Offsets,
}

impl Subject {
    /// # Errors
    /// If the file cannot be read, or holds no text, or several.
    pub(crate) fn read(path: &Path, fields: &[String]) -> anyhow::Result<Self> {
        let name =
            if path.as_os_str() == "-" { "<stdin>".into() } else { path.display().to_string() };
        let wrong = |why: String| anyhow!("{name}: {why}");
        let file = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            read.map(|_| bytes).map_err(|error| wrong(walk::explain(&error)))?
        } else {
            read::text(path).map_err(wrong)?
        };
        let fits = |bytes: &[u8]| {
            if bytes.len() > MOST {
                bail!("{name}: its text has more than {} MiB; compare a part of it", MOST >> 20);
            }
            Ok(())
        };
        let Some(container) = Container::of_path(path) else {
            fits(&file)?;
            let markup = walk::markup(path, &file);
            return Ok(Self { name, file, entry: None, markup });
        };
        let options = Options { fields: fields.to_vec(), ..Options::default() };
        let short = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let entries = unspin_containers::open(container, &short, Cursor::new(&file), &options);
        let mut entries = entries.map_err(|error| wrong(error.to_string()))?;
        let entry = match entries.next() {
            None => bail!("{name}: it holds no text"),
            Some(entry) => entry.map_err(|error| wrong(error.to_string()))?,
        };
        if entries.next().is_some() {
            bail!(
                "{name}: it holds several texts; take one out to compare it, or look through all with --search"
            );
        }
        drop(entries);
        fits(&entry.text)?;
        let markup = entry.markup;
        Ok(Self { name, file, entry: Some(entry), markup })
    }

    fn bytes(&self) -> &[u8] {
        self.entry.as_ref().map_or(&self.file, |entry| &entry.text)
    }

    pub(crate) fn document(&self) -> Document<'_> {
        Document::read(self.bytes(), self.markup)
    }

    /// Which entry of the file it is, where the file is a container.
    pub(crate) fn locator(&self) -> Option<&str> {
        self.entry.as_ref().map(|entry| entry.locator.as_str())
    }

    /// Where in the entry a person finds a byte of its source.
    pub(crate) fn locate(&self, byte: u32) -> Option<String> {
        self.entry.as_ref().and_then(|entry| entry.locate(byte))
    }

    pub(crate) fn decoded(&self) -> Decoded<'_> {
        let (source, encoding, _) = decode(self.bytes());
        let offsets = if self.entry.is_some() { Offsets::Entry } else { Offsets::of(encoding) };
        Decoded { source, offsets }
    }
}
