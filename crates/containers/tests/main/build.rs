//! Files of every format, made of text.

use std::io::Write;

use flate2::write::{DeflateEncoder, GzEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use unspin_containers::{Container, Entry, Error, Options, open};

/// Everything that is read of a file.
pub(crate) type Read = Vec<Result<Entry, Error>>;

/// Reads a file by its name, with an error of opening as the only result.
pub(crate) fn read_with(name: &str, bytes: &[u8], options: &Options) -> Read {
    let container = Container::of_path(name.as_ref()).expect("a name of a container");
    match open(container, name, bytes, options) {
        Ok(entries) => entries.collect(),
        Err(error) => vec![Err(error)],
    }
}

pub(crate) fn read(name: &str, bytes: &[u8]) -> Read {
    read_with(name, bytes, &Options::default())
}

/// The fields as options.
pub(crate) fn fields(fields: &[&str]) -> Options {
    Options { fields: fields.iter().map(|&f| f.to_owned()).collect(), ..Options::default() }
}

/// Each entry as `locator: text`, each error as `! message`.
pub(crate) fn lines(read: &Read) -> Vec<String> {
    let line = |result: &Result<Entry, Error>| match result {
        Ok(entry) => format!("{}: {}", entry.locator, text(entry)),
        Err(error) => format!("! {error}"),
    };
    read.iter().map(line).collect()
}

pub(crate) fn text(entry: &Entry) -> &str {
    std::str::from_utf8(&entry.text).expect("entries of UTF-8 are UTF-8")
}

/// The only entry.
#[track_caller]
pub(crate) fn only(read: Read) -> Entry {
    assert_eq!(read.len(), 1, "{:?}", lines(&read));
    read.into_iter().next().unwrap().unwrap_or_else(|error| panic!("{error}"))
}

/// The message of the only error, with nothing beside it.
#[track_caller]
pub(crate) fn fault(read: &Read) -> String {
    assert_eq!(read.len(), 1, "{:?}", lines(read));
    read[0].as_ref().expect_err("it cannot be read").to_string()
}

pub(crate) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zst(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// UTF-16 with a byte-order mark.
pub(crate) fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// A zip archive of these files, deflated.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in files {
        let deflate = CompressionMethod::DEFLATE;
        let (mut entry, config) =
            archive.new_file(*name).compression_method(deflate).start().unwrap();
        let encoder = DeflateEncoder::new(&mut entry, flate2::Compression::default());
        let mut writer = config.wrap(encoder);
        writer.write_all(bytes).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

/// A Word document whose body is this XML.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", word(body).as_bytes())])
}

/// A part of a Word document.
pub(crate) fn word(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
         <w:body>{body}</w:body></w:document>"
    )
}

/// A paragraph of Word of these runs, given as text that is escaped already.
pub(crate) fn paragraph(runs: &[&str]) -> String {
    let run = |text: &&str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    format!("<w:p>{}</w:p>", runs.iter().map(run).collect::<String>())
}

pub(crate) fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
         <title>The Quay</title><description>News of the harbour</description>\n{items}\
         </channel></rss>"
    )
}

pub(crate) fn atom(entries: &str) -> String {
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Quay</title>{entries}</feed>")
}

/// A news item of NewsML-G2 with this in its set of contents.
pub(crate) fn newsml(headline: &str, content: &str) -> String {
    format!(
        "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:quay:1\">\
         <itemMeta><title>Internal title</title></itemMeta>\
         <contentMeta><headline>{headline}</headline><slugline>QUAY</slugline></contentMeta>\
         <contentSet>{content}</contentSet></newsItem>"
    )
}

pub(crate) fn nitf(hedline: &str, content: &str) -> String {
    format!(
        "<nitf><head><title>Internal title</title></head><body><body.head>\
         <hedline><hl1>{hedline}</hl1></hedline><byline>By A Writer</byline></body.head>\
         <body.content>{content}</body.content><body.end><tagline>Ends</tagline></body.end>\
         </body></nitf>"
    )
}

/// Text as XML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text as a string of JSON, all that can be escaped.
pub(crate) fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Text as a quoted value of CSV.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// What is written of each, one after another.
pub(crate) fn each<T>(items: impl IntoIterator<Item = T>, write: impl Fn(T) -> String) -> String {
    let mut all = String::new();
    for item in items {
        all.push_str(&write(item));
    }
    all
}
