//! Known paragraphs, wrapped in every format: the same words come out, at the place that the locator names.

use proptest::prelude::*;
use unspin_containers::Entry;
use unspin_text::{Document, Markup};

use crate::build::*;

/// A word: letters, marks that some format escapes, and characters of two, three and four bytes.
const WORD: &str = "[a-zA-Z][a-z&<>'\u{e9}\u{2019}\u{1f44d}]{0,6}[a-z]";

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let paragraph = prop::collection::vec(WORD, 1..12).prop_map(|words| words.join(" "));
    prop::collection::vec(paragraph, 1..6)
}

/// How a file is packed, by the ending that it adds.
fn pack(how: u8, name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    match how {
        0 => (name.to_owned(), bytes.to_vec()),
        1 => (format!("{name}.gz"), gz(bytes)),
        _ => (format!("{name}.zst"), zst(bytes)),
    }
}

/// Every word of the paragraphs stands in the prose of the entry, in order, and its bytes in the entry are at the place
/// that `place` expects of its paragraph.
#[track_caller]
fn agrees(entry: &Entry, texts: &[String], place: impl Fn(usize) -> Option<String>) {
    let document = Document::read(&entry.text, entry.markup);
    let prose = document.text();
    let mut from = 0;
    for (number, text) in texts.iter().enumerate() {
        for word in text.split(' ') {
            let at = prose[from..].find(word).unwrap_or_else(|| panic!("{word:?} in {prose:?}"));
            let between = &prose[from..from + at];
            assert!(between.trim().is_empty(), "{between:?} before {word:?}");
            let start = (from + at) as u32;
            let span = unspin_text::Span::new(start, start + word.len() as u32);
            let source = document.in_source(span);
            let bytes = &entry.text[source.start as usize..source.end as usize];
            if entry.markup == Markup::Plain {
                assert_eq!(bytes, word.as_bytes());
            } else {
                let alone = [b"<p>", bytes].concat();
                assert_eq!(Document::read(&alone, Markup::Html).text(), word);
            }
            assert_eq!(entry.locate(source.start), place(number), "{word:?}");
            from += at + word.len();
        }
    }
    assert!(prose[from..].trim().is_empty(), "{:?}", &prose[from..]);
}

fn html(texts: &[String]) -> String {
    each(texts, |text| format!("<p>{}</p>\n", escape(text)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn word_documents(texts in paragraphs(), cut in 1..5_usize, how in 0..3_u8) {
        // A run holds `cut` words.
        let body: String = texts.iter().map(|text| {
            let words: Vec<&str> = text.split_inclusive(' ').collect();
            let runs: Vec<String> = words.chunks(cut).map(|run| escape(&run.concat())).collect();
            paragraph(&runs.iter().map(String::as_str).collect::<Vec<_>>()) + "<w:p/>"
        }).collect();
        let (name, bytes) = pack(how, "a.docx", &docx(&body));
        let entry = only(read(&name, &bytes));
        prop_assert_eq!(&entry.locator, "word/document.xml");
        prop_assert_eq!(text(&entry), texts.join("\n\n"));
        let mut at = 0;
        for (number, text) in texts.iter().enumerate() {
            for (count, word) in text.split_inclusive(' ').enumerate() {
                let expected = format!("p[{}] r[{}]", 2 * number + 1, count / cut + 1);
                prop_assert_eq!(entry.locate(at), Some(expected));
                at += word.len() as u32;
            }
            at += 2;
        }
    }

    #[test]
    fn feeds(texts in paragraphs(), items in 1..4_usize, how in 0..3_u8, wide in any::<bool>()) {
        let encode = |file: String| if wide { utf16(&file) } else { file.into_bytes() };
        let html = html(&texts);
        let item = format!("<item><description>{}</description></item>\n", escape(&html));
        let cdata = format!("<item><content:encoded><![CDATA[{html}]]></content:encoded></item>");
        let feed = rss(&(item.repeat(items) + &cdata));
        let (name, bytes) = pack(how, "a.rss", &encode(feed));
        let entries = read(&name, &bytes);
        prop_assert_eq!(entries.len(), items + 1);
        for (number, entry) in entries.iter().enumerate() {
            let entry = entry.as_ref().unwrap();
            let field = if number == items { "content:encoded" } else { "description" };
            prop_assert_eq!(&entry.locator, &format!("item[{}]/{field}", number + 1));
            agrees(entry, &texts, |_| None);
        }

        let item = format!("<entry><content type='xhtml'><div>{html}</div></content></entry>");
        let (name, bytes) = pack(how, "a.atom", &encode(atom(&item.repeat(items))));
        let entries = read(&name, &bytes);
        prop_assert_eq!(entries.len(), items);
        for (number, entry) in entries.iter().enumerate() {
            let entry = entry.as_ref().unwrap();
            prop_assert_eq!(&entry.locator, &format!("entry[{}]/content", number + 1));
            agrees(entry, &texts, |number| Some(format!("p[{}]", number + 1)));
        }

        let item = format!("<entry><summary>{}</summary></entry>", escape(&texts.join("\n\n")));
        let (name, bytes) = pack(how, "a.atom", &encode(atom(&item)));
        agrees(&only(read(&name, &bytes)), &texts, |_| None);
    }

    #[test]
    fn news(texts in paragraphs(), how in 0..3_u8) {
        let place = |number: usize| match number {
            0 => Some("headline".to_owned()),
            number => Some(format!("p[{number}]")),
        };
        let body = html(&texts[1..]) + "<p>Last</p>";
        let all = [&texts[..], &["Last".to_owned()]].concat();
        let head = escape(&texts[0]);
        let xhtml = format!("<inlineXML><html><body>{body}</body></html></inlineXML>");
        let (name, bytes) = pack(how, "a.newsml", newsml(&head, &xhtml).as_bytes());
        let entry = only(read(&name, &bytes));
        agrees(&entry, &all, place);

        let plain = all[1..].join("\n\n");
        let data = format!("<inlineData>{}</inlineData>", escape(&plain));
        let (name, bytes) = pack(how, "a.xml", newsml(&head, &data).as_bytes());
        agrees(&only(read(&name, &bytes)), &all, |number| {
            Some(if number == 0 { "headline" } else { "inlineData" }.to_owned())
        });

        let (name, bytes) = pack(how, "a.nitf", nitf(&head, &body).as_bytes());
        agrees(&only(read(&name, &bytes)), &all, |number| match number {
            0 => Some("hl1[1]".to_owned()),
            number => place(number),
        });
    }

    #[test]
    fn records(texts in paragraphs(), how in 0..3_u8) {
        let lines = each(&texts, |text| format!("{{\"a\": {{\"b\": {}}}}}\n", json(text)));
        let (name, bytes) = pack(how, "a.jsonl", lines.as_bytes());
        let entries = read_with(&name, &bytes, &fields(&["/a/b"]));
        prop_assert_eq!(entries.len(), texts.len());
        for (number, (entry, text)) in entries.iter().zip(&texts).enumerate() {
            let entry = entry.as_ref().unwrap();
            prop_assert_eq!(&entry.locator, &format!("line {} /a/b", number + 1));
            agrees(entry, std::slice::from_ref(text), |_| None);
        }

        for (name, separator) in [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")] {
            let rows = each(&texts, |text| {
                format!("1{separator}{}\n", quoted(&text.replace(' ', "\n")))
            });
            let (name, bytes) = pack(how, name, format!("id{separator}body\n{rows}").as_bytes());
            let entries = read(&name, &bytes);
            prop_assert_eq!(entries.len(), texts.len());
            let mut line = 2;
            for (number, (entry, text)) in entries.iter().zip(&texts).enumerate() {
                let entry = entry.as_ref().unwrap();
                let row = number + 2;
                let place =
                    if row == line { String::new() } else { format!(" (line {line})") };
                prop_assert_eq!(&entry.locator, &format!("row {row}{place} body"));
                agrees(entry, std::slice::from_ref(text), |_| None);
                line += text.split(' ').count();
            }
        }
    }

    #[test]
    fn compressed_texts(texts in paragraphs(), how in 1..3_u8, page in any::<bool>()) {
        let (name, file) =
            if page { ("a.html", html(&texts)) } else { ("a.txt", texts.join("\n\n")) };
        let (packed, bytes) = pack(how, name, file.as_bytes());
        let entry = only(read(&packed, &bytes));
        prop_assert_eq!(&entry.locator, name);
        agrees(&entry, &texts, |_| None);
    }

    #[test]
    fn any_change_of_a_file_ends(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(), which in 0..9_usize) {
        let paragraph = paragraph(&["The harbour ", "opened."]);
        let news = newsml("Head", "<inlineXML><html><p>One.</p></html></inlineXML>");
        let feed = rss("<item><title>One</title><description>&lt;p&gt;Two</description></item>");
        let rows = "{\"text\": \"One\"}\n{\"text\": \"Two \\u2014\"}\n";
        let (name, mut file) = match which {
            0 => ("a.docx", docx(&paragraph)),
            1 => ("a.newsml", news.into_bytes()),
            2 => ("a.rss", feed.into_bytes()),
            3 => ("a.nitf", nitf("Head", "<p>One.</p>").into_bytes()),
            4 => ("a.jsonl", rows.as_bytes().to_vec()),
            5 => ("a.csv", b"id,text\n1,\"One\n\"\"two\"\"\"\n".to_vec()),
            6 => ("a.rss.gz", gz(feed.as_bytes())),
            7 => ("a.jsonl.zst", zst(rows.repeat(40).as_bytes())),
            _ => ("a.rss", utf16(&feed)),
        };
        let at = at.index(file.len());
        file[at] ^= byte;
        file.truncate(cut.index(file.len() * 2).max(at + 1));
        for entry in read(name, &file).into_iter().flatten() {
            prop_assert!(!entry.locator.contains(char::is_control));
            for offset in 0..=entry.text.len() as u32 {
                entry.locate(offset);
            }
        }
    }

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in ["a.docx", "a.xml", "a.jsonl", "a.csv", "a.tsv", "a.gz", "a.zst", "a.csv.gz"] {
            read(name, &bytes);
        }
    }
}
