//! Word documents: a package of parts, of which those with running text are read.

mod story;

use std::io::{BufReader, Read};

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};

use crate::entry::Entry;
use crate::error::Error;
use crate::limits::Limits;
use crate::shown::shown_bytes;
use crate::unpack::{CHUNK, Input};
use crate::xml::{Node, Space, Xml};

type Archive = ZipSliceArchive<Vec<u8>>;

/// The entries: the main document, footnotes, endnotes, as far as there is text in them. A part that cannot be read is
/// one error.
pub(crate) fn read(input: Input<'_>, limits: &Limits) -> Result<Vec<Result<Entry, Error>>, Error> {
    let mut bytes = Vec::new();
    let result = input.take(limits.archive as u64 + 1).read_to_end(&mut bytes);
    result.map_err(|error| Error::of_io(error, || "at the start".into()))?;
    if bytes.len() > limits.archive {
        let (place, what) = ("word/document.xml".into(), "the file around it");
        return Err(Error::TooLong { place, what, most: limits.archive });
    }
    // What Office writes under a password, and what it wrote before 2007.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let why = "it has a password, or is a document of the old format .doc".to_owned();
        return Err(Error::NotDocx { why });
    }
    let archive = ZipArchive::from_slice(bytes)
        .map_err(|_| Error::NotDocx { why: "it is cut off, or no zip archive".into() })?;
    let main = main_part(&archive, limits)?;
    let notes = relations(&archive, &relations_of(&main), limits)?;
    let mut names = vec![main.clone()];
    for kind in ["/footnotes", "/endnotes"] {
        let target = notes.iter().find(|relation| relation.kind.ends_with(kind));
        names.extend(target.map(|relation| resolve(&main, &relation.target)));
    }
    let mut entries = Vec::new();
    for name in names {
        match part(&archive, &name, limits) {
            Ok(Some(input)) => {
                entries.extend(story::read(input, &name, limits).transpose());
            }
            Ok(None) if name == main => {
                let why = format!("it holds no {}", shown_bytes(main.as_bytes()));
                return Err(Error::NotDocx { why });
            }
            Ok(None) => {}
            Err(error) => entries.push(Err(error)),
        }
    }
    Ok(entries)
}

/// A part, unpacked as it is read; `None` if there is none of that name.
///
/// Parts are found by name one by one, and no more than a handful is read, so neither their number nor how they overlap
/// makes work.
fn part<'a>(archive: &'a Archive, name: &str, limits: &Limits) -> Result<Option<Input<'a>>, Error> {
    let damaged = |error: rawzip::Error| Error::NotDocx {
        why: format!("its directory is damaged ({error})"),
    };
    let mut files = archive.entries();
    while let Some(file) = files.next_entry().map_err(damaged)? {
        if file.file_path().as_bytes() != name.as_bytes() {
            continue;
        }
        if file.flags().bits() & 1 != 0 {
            return Err(Error::NotDocx { why: format!("{name} has a password") });
        }
        let found = archive.get_entry(file.wayfinder()).map_err(damaged)?;
        let packed = found.data();
        let method = file.compression_method();
        let reader: Box<dyn Read + Send + 'a> = if method == CompressionMethod::STORE {
            Box::new(packed)
        } else if method == CompressionMethod::DEFLATE {
            Box::new(DeflateDecoder::new(packed))
        } else {
            return Err(Error::NotDocx { why: format!("{name} is packed in a way of its own") });
        };
        let fair = (packed.len() as u64).saturating_mul(limits.ratio).max(Limits::GRACE);
        let bounded = PartReader {
            reader: found.verifying_reader(reader),
            left: limits.part.min(fair),
            error: if fair < limits.part {
                Bound::Ratio(limits.ratio)
            } else {
                Bound::Part(limits.part)
            },
        };
        return Ok(Some(Box::new(BufReader::with_capacity(CHUNK, bounded))));
    }
    Ok(None)
}

/// What a part may unpack to.
#[derive(Clone, Copy)]
enum Bound {
    Ratio(u64),
    Part(u64),
}

struct PartReader<R> {
    reader: R,
    left: u64,
    error: Bound,
}

impl<R: Read> Read for PartReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.reader.read(buffer).map_err(|error| {
            std::io::Error::from(Error::Damaged { what: "zip", why: error.to_string() })
        })?;
        let Some(left) = self.left.checked_sub(count as u64) else {
            return Err(match self.error {
                Bound::Ratio(most) => Error::Ratio { most },
                Bound::Part(most) => Error::Unpacked { most },
            }
            .into());
        };
        self.left = left;
        Ok(count)
    }
}

/// Where a part stands to another.
struct Relation {
    kind: String,
    target: String,
}

/// How many relations of one part are looked at.
const RELATIONS: usize = 10_000;

/// What a part of relations says; nothing if it is not there.
fn relations(archive: &Archive, name: &str, limits: &Limits) -> Result<Vec<Relation>, Error> {
    let Some(input) = part(archive, name, limits)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(input, name, limits)?;
    let mut found = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(tag)
                if tag.space == Space::Relationships && tag.local() == "Relationship" =>
            {
                if let (Some(kind), Some(target)) = (tag.attribute("Type"), tag.attribute("Target"))
                    && kind.len() + target.len() < 1000
                {
                    found.push(Relation { kind, target });
                }
            }
            Node::Eof => return Ok(found),
            _ if found.len() == RELATIONS => return Ok(found),
            _ => {}
        }
    }
}

/// The name of the main document, which writers other than Word may call what they like.
fn main_part(archive: &Archive, limits: &Limits) -> Result<String, Error> {
    let roots = relations(archive, "_rels/.rels", limits)?;
    let main = roots.iter().find(|relation| relation.kind.ends_with("/officeDocument"));
    Ok(main.map_or_else(|| "word/document.xml".into(), |main| resolve("", &main.target)))
}

/// Where the relations of a part stand.
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The name of a part that is told from another.
fn resolve(from: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_told_from_the_part_that_names_them() {
        assert_eq!(resolve("", "word/document.xml"), "word/document.xml");
        assert_eq!(resolve("word/document.xml", "footnotes.xml"), "word/footnotes.xml");
        assert_eq!(resolve("word/document.xml", "../notes/./f.xml"), "notes/f.xml");
        assert_eq!(resolve("word/document.xml", "/notes/f.xml"), "notes/f.xml");
        assert_eq!(relations_of("word/document.xml"), "word/_rels/document.xml.rels");
        assert_eq!(relations_of("document.xml"), "_rels/document.xml.rels");
    }
}
