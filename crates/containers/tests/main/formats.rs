//! What is read of documents, feeds and news.

use unspin_containers::Entry;
use unspin_text::{Document, Markup};

use crate::build::*;

/// Where the entry says that the first occurrence of a word came from.
fn place(entry: &Entry, word: &str) -> Option<String> {
    entry.locate(text(entry).find(word).expect("the word is there") as u32)
}

#[test]
fn a_word_document_is_its_paragraphs() {
    let body = [
        &paragraph(&["The ", "harbour", " opened."]),
        "<w:p/>",
        "<w:tbl><w:tr><w:tc>",
        &paragraph(&["A cell &amp; more"]),
        "</w:tc></w:tr></w:tbl>",
        "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t> one </w:t><w:tab/>\
         <w:t>two</w:t><w:br/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t></w:r></w:p>",
    ];
    let entry = only(read("a.docx", &docx(&body.concat())));
    assert_eq!(entry.locator, "word/document.xml");
    assert_eq!(entry.markup, Markup::Plain);
    let expected = "The harbour opened.\n\nA cell & more\n\none\ttwo\nthree\u{2011}four";
    assert_eq!(text(&entry), expected);
    assert_eq!(place(&entry, "arbour").as_deref(), Some("p[1] r[2]"));
    assert_eq!(place(&entry, "cell").as_deref(), Some("p[3] r[1]"));
    assert_eq!(place(&entry, "four").as_deref(), Some("p[4] r[1]"));
}

#[test]
fn what_was_deleted_or_is_hidden_is_left_out() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">Kept </w:t></w:r>\
        <w:del><w:r><w:delText>gone</w:delText><w:t>gone too</w:t></w:r></w:del>\
        <w:ins><w:r><w:t>added</w:t></w:r></w:ins>\
        <w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val=\"0\"/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>\
        <w:t> . </w:t></w:r></w:p>";
    let entry = only(read("a.docx", &docx(body)));
    assert_eq!(text(&entry), "Kept added.");
    assert_eq!(place(&entry, "added").as_deref(), Some("p[1] r[2]"));
    assert_eq!(place(&entry, ".").as_deref(), Some("p[1] r[4]"));
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>"
        .replace("<w:t>", "<w:t xml:space=\"preserve\">")
        + &paragraph(&["two."])
        + &paragraph(&["Three."]);
    assert_eq!(text(&only(read("a.docx", &docx(&body)))), "One two.\n\nThree.");
}

#[test]
fn of_fields_the_result_is_read() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let body = format!(
        "<w:p><w:r><w:t xml:space=\"preserve\">See </w:t></w:r>{}\
         <w:r><w:instrText> REF x </w:instrText></w:r><w:r><w:t>not this</w:t></w:r>{}\
         <w:r><w:t>page 3</w:t></w:r>{}</w:p><w:p>{}<w:r><w:t>lost</w:t></w:r></w:p>{}",
        field("begin"),
        field("separate"),
        field("end"),
        field("begin"),
        paragraph(&["Not lost."]),
    );
    assert_eq!(text(&only(read("a.docx", &docx(&body)))), "See page 3\n\nNot lost.");
}

#[test]
fn a_text_box_comes_behind_its_paragraph_and_only_once() {
    let boxed = format!("<w:txbxContent>{}</w:txbxContent>", paragraph(&["In the box."]));
    let body = format!(
        "<w:p><w:r><w:t xml:space=\"preserve\">Before </w:t></w:r><w:r><mc:AlternateContent>\
         <mc:Choice Requires=\"wps\">{boxed}</mc:Choice><mc:Fallback>{boxed}</mc:Fallback>\
         </mc:AlternateContent></w:r><w:r><w:t>after.</w:t></w:r></w:p>{}",
        paragraph(&["Next."])
    );
    let entry = only(read("a.docx", &docx(&body)));
    assert_eq!(text(&entry), "Before after.\n\nIn the box.\n\nNext.");
    assert_eq!(place(&entry, "after").as_deref(), Some("p[1] r[3]"));
    assert_eq!(place(&entry, "box").as_deref(), Some("p[2] r[1]"));
    assert_eq!(place(&entry, "Next").as_deref(), Some("p[3] r[1]"));
}

#[test]
fn symbols_are_characters_or_unknown() {
    let body = "<w:p><w:r><w:t>a</w:t><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/>\
        <w:sym w:char=\"2022\"/><w:sym w:char=\"zz\"/><w:sym w:char=\"0007\"/></w:r></w:p>";
    assert_eq!(text(&only(read("a.docx", &docx(body)))), "a\u{fffd}\u{2022}\u{fffd}");
}

#[test]
fn notes_and_a_main_part_of_another_name_are_found() {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |list: &str| {
        format!(
            "<Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}\
             </Relationships>"
        )
    };
    let roots = relations(&format!(
        "<Relationship Id=\"a\" Type=\"{kind}/officeDocument\" Target=\"/word/document2.xml\"/>"
    ));
    let own = relations(&format!(
        "<Relationship Id=\"b\" Type=\"{kind}/endnotes\" Target=\"endnotes.xml\"/>\
         <Relationship Id=\"c\" Type=\"{kind}/footnotes\" Target=\"footnotes.xml\"/>\
         <Relationship Id=\"d\" Type=\"{kind}/header\" Target=\"header1.xml\"/>"
    ));
    let part = |text: &str| word(&paragraph(&[text]));
    let file = zip(&[
        ("word/header1.xml", part("Header.").as_bytes()),
        ("word/footnotes.xml", part("A footnote.").as_bytes()),
        ("word/endnotes.xml", part("An endnote.").as_bytes()),
        ("word/document2.xml", part("The text.").as_bytes()),
        ("word/_rels/document2.xml.rels", own.as_bytes()),
        ("_rels/.rels", roots.as_bytes()),
    ]);
    let expected = [
        "word/document2.xml: The text.",
        "word/footnotes.xml: A footnote.",
        "word/endnotes.xml: An endnote.",
    ];
    assert_eq!(lines(&read("a.docx", &file)), expected);
    assert_eq!(lines(&read("a.docx.gz", &gz(&file))), expected);
}

#[test]
fn each_field_of_an_rss_item_is_an_entry() {
    let feed = rss("<item><title>One &amp; all</title><link>x</link>\
         <description>&lt;p&gt;R&amp;amp;D&lt;/p&gt;</description>\
         <content:encoded><![CDATA[<p>Long <b>text</b></p>]]></content:encoded></item>\
         <item><title>It&amp;#8217;s two</title><description> </description></item>\
         <item><description><p>Not escaped &amp; so</p></description></item>");
    let read = read("a.rss", feed.as_bytes());
    let expected = [
        "item[1]/title: One & all",
        "item[1]/description: <p>R&amp;D</p>",
        "item[1]/content:encoded: <p>Long <b>text</b></p>",
        "item[2]/title: It&#8217;s two",
        "item[3]/description: <p>Not escaped & so</p>",
    ];
    assert_eq!(lines(&read), expected);
    let markups: Vec<Markup> = read.iter().map(|e| e.as_ref().unwrap().markup).collect();
    let (plain, html) = (Markup::Plain, Markup::Html);
    assert_eq!(markups, [plain, html, html, html, html]);
}

#[test]
fn items_of_rss_1_stand_beside_their_channel() {
    let feed = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
        xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>\
        <channel><title>The Quay</title></channel>\
        <item><title>One</title><dc:description>Not this</dc:description></item></rdf:RDF>";
    assert_eq!(lines(&read("a.xml", feed.as_bytes())), ["item[1]/title: One"]);
}

#[test]
fn atom_says_how_its_texts_are_written() {
    let feed = atom(
        "<entry><title>A &lt; B</title><summary type='html'>&lt;p&gt;So&lt;/p&gt;</summary>\
         <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Is <b>5 &lt; 6</b>\
         <br/></p><p>Two</p></div></content><source><title>Elsewhere</title></source></entry>\
         <entry><content type='image/png'>AAAA</content><content src='x'>see</content></entry>",
    );
    let read = read("a.atom", feed.as_bytes());
    let expected = [
        "entry[1]/title: A < B",
        "entry[1]/summary: <p>So</p>",
        "entry[1]/content: <div xmlns='http://www.w3.org/1999/xhtml'><p>Is <b>5 &lt; 6</b><br></p><p>Two</p></div>",
    ];
    assert_eq!(lines(&read), expected);
    let content = read[2].as_ref().unwrap();
    assert_eq!(place(content, "6").as_deref(), Some("p[1]"));
    assert_eq!(place(content, "Two").as_deref(), Some("p[2]"));
    let document = Document::read(&content.text, content.markup);
    assert_eq!(document.text().trim(), "Is 5 < 6\n\nTwo");
}

#[test]
fn a_news_item_is_its_headline_and_its_body() {
    let html = "<inlineXML contenttype='application/xhtml+xml'>\
        <html xmlns='http://www.w3.org/1999/xhtml'><head><title>No</title></head>\
        <body><p>One.</p><p>Two.</p></body></html></inlineXML>\
        <inlineXML><html><body><p>The same again.</p></body></html></inlineXML>";
    let entry = only(read("a.newsml", newsml("Ferry &amp; quay", html).as_bytes()));
    assert_eq!(entry.locator, "newsItem");
    assert_eq!(text(&entry), "<h1>Ferry &amp; quay</h1>\n<p>One.</p><p>Two.</p>");
    assert_eq!(entry.markup, Markup::Html);
    assert_eq!(place(&entry, "Ferry").as_deref(), Some("headline"));
    assert_eq!(place(&entry, "Two").as_deref(), Some("p[2]"));

    let plain = "<inlineData contenttype='text/plain'>One.\n\nTwo.</inlineData>";
    let entry = only(read("a.newsml", newsml("Ferry", plain).as_bytes()));
    assert_eq!((text(&entry), entry.markup), ("Ferry\n\nOne.\n\nTwo.", Markup::Plain));
    assert_eq!(place(&entry, "Two").as_deref(), Some("inlineData"));
}

#[test]
fn a_message_holds_many_news_items() {
    let body =
        |text: &str| newsml("Head", &format!("<inlineXML>{}</inlineXML>", nitf("Own head", text)));
    let message = format!(
        "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>{}\
         <packageItem><contentMeta><headline>P</headline></contentMeta></packageItem>{}{}\
         </itemSet></newsMessage>",
        body("<p>One.</p>"),
        newsml("Picture", "<remoteContent href='x'/>"),
        body("<p>Two.</p>"),
    );
    let expected =
        ["newsItem[1]: <h1>Own head</h1><p>One.</p>", "newsItem[3]: <h1>Own head</h1><p>Two.</p>"];
    assert_eq!(lines(&read("a.xml", message.as_bytes())), expected);
}

#[test]
fn nitf_is_read_as_what_it_means() {
    let content = "<block><p>The <person>Ann Lee</person> said &#8220;so&#8221;.</p>\
        <media media-type='image'><media-reference source='x'>No</media-reference>\
        <media-caption>The quay.</media-caption><media-producer>No</media-producer></media>\
        <hl2>More</hl2><ul><li>First</li></ul></block>";
    let file = "<!DOCTYPE nitf SYSTEM \"http://example.invalid/nitf.dtd\">".to_owned()
        + &nitf("Ferry&nbsp;in", content);
    let entry = only(read("a.nitf", file.as_bytes()));
    assert_eq!(entry.locator, "nitf");
    let expected = "<h1>Ferry\u{a0}in</h1><div><p>The Ann Lee said \u{201c}so\u{201d}.</p>\
        <div><figcaption>The quay.</figcaption></div><h2>More</h2><ul><li>First</li></ul></div>";
    assert_eq!(text(&entry), expected);
    assert_eq!(place(&entry, "Ferry").as_deref(), Some("hl1[1]"));
    assert_eq!(place(&entry, "quay").as_deref(), Some("media-caption[1]"));
    assert_eq!(place(&entry, "More").as_deref(), Some("hl2[1]"));
    assert_eq!(place(&entry, "First").as_deref(), Some("li[1]"));
}

#[test]
fn files_that_hold_no_text_say_what_to_do() {
    let package = "<packageItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>";
    let expected = "there is no news item with a body in it: name the file that holds the text";
    assert_eq!(fault(&read("a.xml", package.as_bytes())), expected);
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    let message = fault(&read("a.xml", svg.as_bytes()));
    assert!(message.starts_with("`svg` is the root of no RSS or Atom feed"), "{message}");
    assert_eq!(lines(&read("a.rss", rss("").as_bytes())), [""; 0]);
    let message = fault(&read("a.docx", &zip(&[("a.txt", b"x")])));
    let expected = "it holds no word/document.xml: save it again as .docx, without a password";
    assert_eq!(message, expected);
}

#[test]
fn a_compressed_text_is_one_entry_under_its_inner_name() {
    let entry = only(read("desk/a.md.gz", &gz(b"# One\n\ncaf\xe9\n")));
    assert_eq!((entry.locator.as_str(), entry.markup), ("a.md", Markup::Markdown));
    assert_eq!(entry.text, b"# One\n\ncaf\xe9\n");
    let entry = only(read("page.zst", &zst(b"<!doctype html><p>One")));
    assert_eq!((entry.locator.as_str(), entry.markup), ("page", Markup::Html));
    let whole = [gz(b"One "), gz(b"two.")].concat();
    assert_eq!(only(read("a.txt.gz", &whole)).text, b"One two.");
    let skipped = [&zst(b"One "), &b"\x50\x2a\x4d\x18\x03\0\0\0abc"[..], &zst(b"two.")].concat();
    assert_eq!(only(read("a.txt.zst", &skipped)).text, b"One two.");
}

#[test]
fn an_archive_in_a_compressed_file_is_told_from_a_text() {
    let expected = "it holds an archive of files: unpack it and name those";
    let mut tar = vec![0; 1024];
    tar[..5].copy_from_slice(b"a.txt");
    tar[257..262].copy_from_slice(b"ustar");
    assert_eq!(fault(&read("a.tar.gz", &gz(&tar))), expected);
    assert_eq!(fault(&read("a.zst", &zst(&docx("")))), expected);
}

#[test]
fn xml_is_read_in_the_encoding_that_it_declares() {
    let feed = rss("<item><title>Caf\u{e9} open</title></item>");
    let expected = ["item[1]/title: Caf\u{e9} open"];
    assert_eq!(lines(&read("a.rss", &utf16(&feed))), expected);
    let declared = feed.replace("?>", " encoding='windows-1252'?>");
    let latin: Vec<u8> = declared.chars().map(|c| c as u8).collect();
    assert_eq!(lines(&read("a.rss", &latin)), expected);
    let message = fault(&read("a.rss", &feed.chars().map(|c| c as u8).collect::<Vec<u8>>()));
    assert_eq!(message, "line 3: bytes that are not UTF-8: save the file as UTF-8");
}
