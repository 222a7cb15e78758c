//! Which files are containers, by their names.

use std::path::Path;

use unspin_text::Markup;

/// What a file holds, and how it is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Container {
    /// The format, once it is unpacked.
    pub format: Format,
    /// How it is compressed, if it is.
    pub compression: Option<Compression>,
}

/// The format of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A document of Word, as Office Open XML.
    Docx,
    /// A feed (RSS 2.0, RSS 1.0, Atom), NewsML-G2 or NITF; the root element tells which.
    Xml,
    /// One JSON value a line.
    JsonLines,
    /// Rows of values between commas, or between semicolons or tabs where the header has more of those.
    Csv,
    /// Rows of values between tabs.
    Tsv,
    /// One text. Without a markup, its bytes tell ([`Markup::of_bytes`]).
    Text(Option<Markup>),
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compression {
    /// One or more members of gzip.
    Gzip,
    /// One or more frames of Zstandard.
    Zstd,
}

impl Container {
    /// Every ending that names a format, lower-case, with that format and whether a walk over folders should pick files
    /// of that ending up. Those that it should not are as often configuration or figures as texts.
    pub const EXTENSIONS: [(&'static str, Format, bool); 10] = [
        ("docx", Format::Docx, true),
        ("rss", Format::Xml, true),
        ("atom", Format::Xml, true),
        ("nitf", Format::Xml, true),
        ("newsml", Format::Xml, true),
        ("jsonl", Format::JsonLines, true),
        ("ndjson", Format::JsonLines, true),
        ("xml", Format::Xml, false),
        ("csv", Format::Csv, false),
        ("tsv", Format::Tsv, false),
    ];

    /// Every ending that names a compression, lower-case.
    pub const COMPRESSIONS: [(&'static str, Compression); 2] =
        [("gz", Compression::Gzip), ("zst", Compression::Zstd)];

    /// What a file is by the ending of its name, in any letter case; `None` if it is no container, but a text that can
    /// be read as it is. A compressed file whose inner name says nothing is taken for a text.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = extension(path)?;
        let Some((_, compression)) = Self::COMPRESSIONS.iter().find(|(own, _)| *own == ending)
        else {
            let format = format_of(&ending)?.0;
            return Some(Self { format, compression: None });
        };
        let inner = path.file_stem().and_then(|stem| extension(Path::new(stem)));
        let format = match inner.as_deref() {
            Some(ending) => format_of(ending)
                .map_or_else(|| Format::Text(Markup::of_extension(ending)), |(format, _)| format),
            None => Format::Text(None),
        };
        Some(Self { format, compression: Some(*compression) })
    }

    /// Whether a walk over folders should pick a file up for what its name says: one that is a container and whose
    /// ending, without that of its compression, is that of a text or is marked in [`Container::EXTENSIONS`].
    pub fn is_found_in_folders(path: &Path) -> bool {
        let Some(ending) = extension(path) else { return false };
        if !Self::COMPRESSIONS.iter().any(|(own, _)| *own == ending) {
            return format_of(&ending).is_some_and(|(_, found)| found);
        }
        let inner = path.file_stem().and_then(|stem| extension(Path::new(stem)));
        inner.is_some_and(|inner| {
            format_of(&inner)
                .map_or_else(|| Markup::of_extension(&inner).is_some(), |(_, found)| found)
        })
    }
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

fn format_of(ending: &str) -> Option<(Format, bool)> {
    let known = Container::EXTENSIONS.iter().find(|(own, ..)| *own == ending);
    known.map(|(_, format, found)| (*format, *found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format_and_the_compression() {
        let plain = |format| Some(Container { format, compression: None });
        let gz = |format| Some(Container { format, compression: Some(Compression::Gzip) });
        let zst = |format| Some(Container { format, compression: Some(Compression::Zstd) });
        let cases = [
            ("a.docx", plain(Format::Docx), true),
            ("desk/wire.RSS", plain(Format::Xml), true),
            ("a.b.xml", plain(Format::Xml), false),
            ("a.ndjson", plain(Format::JsonLines), true),
            ("a.jsonl.zst", zst(Format::JsonLines), true),
            ("a.CSV.GZ", gz(Format::Csv), false),
            ("a.tsv", plain(Format::Tsv), false),
            ("a.txt.gz", gz(Format::Text(Some(Markup::Plain))), true),
            ("a.md.zst", zst(Format::Text(Some(Markup::Markdown))), true),
            ("a.html.gz", gz(Format::Text(Some(Markup::Html))), true),
            ("a.gz", gz(Format::Text(None)), false),
            ("a.tar.gz", gz(Format::Text(None)), false),
            ("a.txt", None, false),
            ("a.html", None, false),
            ("docx", None, false),
            (".gz", None, false),
        ];
        for (name, expected, found) in cases {
            assert_eq!(Container::of_path(Path::new(name)), expected, "{name}");
            assert_eq!(Container::is_found_in_folders(Path::new(name)), found, "{name}");
        }
    }
}
