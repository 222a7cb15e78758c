//! XML that was made to break its reader.

use std::io::{self, Cursor, Read as _};

use unspin_containers::{Container, Limits, Options, open};

use crate::build::*;

fn small() -> Options {
    Options { limits: Limits { entry: 1000, ..Limits::default() }, ..Options::default() }
}

fn stream(name: &str, reader: impl io::Read + Send, options: &Options) -> Vec<String> {
    let container = Container::of_path(name.as_ref()).unwrap();
    match open(container, name, reader, options) {
        Ok(entries) => lines(&entries.collect()),
        Err(error) => vec![format!("! {error}")],
    }
}

#[test]
fn a_billion_laughs_are_not_laughed() {
    let levels = each(1..10, |level| {
        let inner = format!("&lol{};", level - 1).repeat(10);
        format!("<!ENTITY lol{level} \"{inner}\">")
    });
    let doctype = format!("<!DOCTYPE rss [<!ENTITY lol0 \"lol\">{levels}]>");
    let file = doctype
        + &rss("<item><title>&lol9;</title><description>One</description></item>\
             <item><title>Two</title></item>")
        .replace("<?xml version=\"1.0\"?>", "");
    let expected = [
        "! item[1]/title: the entity `lol9` is not expanded: write its text instead",
        "item[1]/description: One",
        "item[2]/title: Two",
    ];
    assert_eq!(lines(&read("a.rss", file.as_bytes())), expected);
}

#[test]
fn nothing_outside_the_file_is_fetched() {
    let file =
        "<!DOCTYPE nitf SYSTEM \"file:///etc/passwd\" [<!ENTITY x SYSTEM \"file:///etc/passwd\">\
        <!ENTITY % y SYSTEM \"http://example.invalid/\"> %y;]>"
            .to_owned()
            + &nitf("Head", "<p>&x;</p>");
    let expected = "nitf: the entity `x` is not expanded: write its text instead";
    assert_eq!(fault(&read("a.nitf", file.as_bytes())), expected);
    let file = docx(&paragraph(&["&x;"]));
    let message = fault(&read("a.docx", &file));
    assert!(message.contains("the entity `x` is not expanded"), "{message}");
}

#[test]
fn a_million_elements_inside_each_other_are_too_deep() {
    let deep = 1_000_000;
    let file = rss(&format!("<item>{}{}</item>", "<a>".repeat(deep), "</a>".repeat(deep)));
    let expected = ["! line 3: elements nested deeper than 256: take some out"];
    assert_eq!(lines(&read("a.rss", file.as_bytes())), expected);
    let body = format!("{}{}", "<w:p>".repeat(deep), "</w:p>".repeat(deep));
    let message = fault(&read("a.docx", &docx(&body)));
    assert_eq!(message, "word/document.xml line 2: elements nested deeper than 256: take some out");
}

#[test]
fn an_endless_attribute_text_comment_or_name_is_stopped() {
    let long = |byte| io::repeat(byte).take(100 << 20);
    for start in [
        "<rss><channel><item a=\"",
        "<rss><channel><item><title>",
        "<rss><!--",
        "<rss><![CDATA[",
        "<rss><?x ",
        "<!DOCTYPE rss [",
        "<rss><",
        "<rss>&",
        "<",
    ] {
        let read = stream("a.rss", start.as_bytes().chain(long(b'a')), &small());
        let expected =
            "line 1: a tag, or the text between two tags is longer than 1000 bytes: split it";
        assert_eq!(read, [format!("! {expected}")], "{start}");
    }
    let many = "<item>".to_owned() + &"<title>a</title>".repeat(3) + "</item>";
    let file = rss("").replace("</channel></rss>", "");
    let endless = Cursor::new(file).chain(Cursor::new(many.repeat(100_000)));
    let read = stream("a.rss", endless, &small());
    assert_eq!(read.len(), 300_001);
    assert!(read[300_000].ends_with("(it ends before its elements do): mend it there"));
}

#[test]
fn a_field_in_many_pieces_is_bounded_and_the_next_is_read() {
    let pieces = "<b>word</b>&amp;".repeat(1000);
    let file = rss(&format!("<item><title>{pieces}</title><description>One</description></item>"));
    let expected = [
        "! item[1]/title: the text is longer than 1000 bytes: split it",
        "item[1]/description: One",
    ];
    assert_eq!(stream("a.rss", file.as_bytes(), &small()), expected);
    let file = newsml("Head", &format!("<inlineXML><html>{pieces}</html></inlineXML>"));
    let expected = ["! newsItem: the text is longer than 1000 bytes: split it"];
    assert_eq!(stream("a.newsml", file.as_bytes(), &small()), expected);
    let file = newsml("Head", &format!("<inlineData>{pieces}</inlineData>"));
    assert_eq!(stream("a.newsml", file.as_bytes(), &small()), expected);
}

#[test]
fn many_attributes_and_namespaces_take_linear_time() {
    // Were each compared with each, this would take hours.
    let attributes = each(0..1_000_000, |i| format!(" a{i}='x'"));
    let file = rss(&format!("<item{attributes}><title>One</title></item>"));
    assert_eq!(lines(&read("a.rss", file.as_bytes())), ["item[1]/title: One"]);
    let spaces = each(0..1000, |i| format!(" xmlns:a{i}='x'"));
    let file = rss(&format!("<item{spaces}><title>One</title></item>"));
    let message = fault(&read("a.rss", file.as_bytes()));
    assert!(message.contains("too many namespaces are declared"), "{message}");
    let file = rss(&format!("<item><{}/></item>", "n".repeat(2000)));
    let message = fault(&read("a.rss", file.as_bytes()));
    assert!(message.contains("a name of more than 1000 bytes"), "{message}");
}

#[test]
fn many_open_fields_of_word_take_linear_time() {
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>a</w:t></w:r>";
    let body = format!("<w:p>{}</w:p>{}", begin.repeat(200_000), paragraph(&["One."]));
    let read = read("a.docx", &docx(&body));
    assert_eq!(lines(&read), ["word/document.xml: One."]);
}

#[test]
fn what_is_not_well_formed_ends_reading_behind_what_was() {
    let whole = "<item><title>One</title></item>";
    let read_of = |rest: &str| {
        let file = rss("").replace("</channel></rss>", &format!("{whole}{rest}"));
        let mut read = lines(&read("a.rss", file.as_bytes()));
        assert_eq!(read.remove(0), "item[1]/title: One", "{rest}");
        assert_eq!(read.len(), 1, "{rest}: {read:?}");
        read.remove(0)
    };
    assert!(read_of("<item><title>Two").contains("not well-formed XML"));
    assert!(
        read_of("</item>").contains("not well-formed XML (ill-formed"),
        "{}",
        read_of("</item>")
    );
    assert!(read_of("<item a='").contains("line 3"));
    assert!(read_of("<item><title>a & b</title></item>").contains("not well-formed XML"));
    assert!(read_of("<item><title>&#0;</title></item>").contains("a reference to no character"));
    assert!(read_of("<item><title>&#xD800;</title></item>").contains("not well-formed"));
    assert!(read_of("<item><title>&#27;</title></item>").contains("a reference to no character"));
}

#[test]
fn files_cut_anywhere_end_in_an_error() {
    let item = newsml("Head", "<inlineXML><html><body><p>One.</p></body></html></inlineXML>");
    for cut in 0..item.len() {
        let read = read("a.newsml", &item.as_bytes()[..cut]);
        assert!(read.last().is_some_and(Result::is_err), "cut at {cut}: {:?}", lines(&read));
    }
}
