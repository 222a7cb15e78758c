//! Archives, compressed data and records that were made to break their reader.

use std::io::{self, Cursor, Read as _};

use unspin_containers::{Container, Error, Limits, Options, open};

use crate::build::*;

/// Limits small enough to be met.
fn small() -> Options {
    let limits = Limits { entry: 1000, archive: 100_000, part: 50_000, ..Limits::default() };
    Options { limits, ..Options::default() }
}

/// Reads from a reader that is never held whole.
fn stream(name: &str, reader: impl io::Read + Send, options: &Options) -> Vec<String> {
    let container = Container::of_path(name.as_ref()).unwrap();
    let entries = match open(container, name, reader, options) {
        Ok(entries) => entries.take(1000).collect(),
        Err(error) => vec![Err(error)],
    };
    lines(&entries)
}

/// A reader of one byte at a time.
struct Drops<R>(R);

impl<R: io::Read> io::Read for Drops<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let one = buffer.len().min(1);
        self.0.read(&mut buffer[..one])
    }
}

#[test]
fn a_bomb_of_gzip_or_zstandard_is_stopped_by_its_ratio() {
    let expected = "! it unpacks to more than 250 times its size, as no text does: unpack it \
        yourself if you trust it";
    let blank = vec![b'a'; 40 << 20];
    let lines_of = vec![b'\n'; 40 << 20];
    assert_eq!(stream("a.txt.gz", &gz(&blank)[..], &Options::default()), [expected]);
    assert_eq!(stream("a.txt.zst", &zst(&blank)[..], &Options::default()), [expected]);
    assert_eq!(stream("a.jsonl.gz", &gz(&lines_of)[..], &Options::default()), [expected]);
    assert_eq!(stream("a.csv.zst", &zst(&blank)[..], &Options::default()), [expected]);
    assert_eq!(stream("a.xml.gz", &gz(&lines_of)[..], &Options::default()), [expected]);
}

#[test]
fn what_unpacks_to_too_much_is_stopped_whatever_its_ratio() {
    let limits = Limits { unpacked: 5000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let file = "{\"text\": \"One of many lines\"}\n".repeat(1000);
    let read = stream("a.jsonl.gz", &gz(file.as_bytes())[..], &options);
    assert_eq!(read.last().unwrap(), "! it unpacks to more than 5000 bytes: split it");
    let whole = stream("a.txt.gz", &gz(&[b'a'; 1001])[..], &small());
    assert_eq!(whole, ["! a.txt: the text is longer than 1000 bytes: split it"]);
    assert_eq!(stream("a.txt.gz", &gz(&[b'a'; 1000])[..], &small()).len(), 1);
}

#[test]
fn a_frame_with_a_huge_window_is_refused() {
    // A frame without a content size and with a window of 1 GiB, and an empty block.
    let frame = b"\x28\xb5\x2f\xfd\x00\xa0\x01\x00\x00";
    let expected = "! it needs 1073741824 bytes of memory to unpack, and 134217728 are the limit: pack \
        it again without `--long`";
    assert_eq!(stream("a.txt.zst", &frame[..], &Options::default()), [expected]);
}

#[test]
fn cut_off_or_changed_data_is_damaged() {
    let text = each(0..5000, |i| format!("word{} ", i * 7919));
    let line = format!("{{\"text\": \"One\"}}\n{{\"text\": \"{text}\"}}\n");
    for (name, packed) in
        [("a.jsonl.gz", gz(line.as_bytes())), ("a.jsonl.zst", zst(line.as_bytes()))]
    {
        let half = stream(name, &packed[..packed.len() / 2], &Options::default());
        let last = half.last().unwrap();
        assert!(
            last.contains("data is damaged") && last.ends_with("fetch the file again"),
            "{last}"
        );
        let plain = stream(name, line.as_bytes(), &Options::default());
        assert!(plain[0].contains("data is damaged"), "{plain:?}");
        assert_eq!(plain.len(), 1);
        let mut changed = packed.clone();
        let at = packed.len() / 2;
        changed[at] ^= 0x55;
        let changed = stream(name, &changed[..], &Options::default());
        let last = changed.last().unwrap();
        assert!(last.starts_with("! "), "{last}");
    }
    assert!(stream("a.txt.gz", &b""[..], &Options::default())[0].contains("damaged"));
}

#[test]
fn a_reader_that_gives_single_bytes_reads_the_same() {
    let file = rss("<item><title>Caf\u{e9}</title><description>&lt;p&gt;x</description></item>");
    let gzipped = gz(&utf16(&file));
    let whole = stream("a.rss.gz", &gzipped[..], &Options::default());
    assert_eq!(whole.len(), 2);
    assert_eq!(stream("a.rss.gz", Drops(&gzipped[..]), &Options::default()), whole);
    let file = "text\r\n\"a\r\nb\"\r\nc\r\n";
    let whole = stream("a.csv", file.as_bytes(), &Options::default());
    assert_eq!(whole, ["row 2 text: a\r\nb", "row 3 (line 4) text: c"]);
    assert_eq!(stream("a.csv", Drops(file.as_bytes()), &Options::default()), whole);
}

#[test]
fn a_fault_of_the_reader_is_told_with_the_place() {
    struct Fails;
    impl io::Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("no such disk"))
        }
    }
    let start = Cursor::new(b"{\"text\": \"One\"}\n".repeat(100));
    let read = stream("a.jsonl", start.chain(Fails), &Options::default());
    assert_eq!(read.len(), 101);
    assert_eq!(read[100], "! reading stopped in line 101: no such disk");
    let read = stream("a.gz", Fails, &Options::default());
    assert_eq!(read, ["! a: no such disk"]);
}

#[test]
fn an_endless_line_is_passed_over() {
    let long = io::repeat(b'a').take(100 << 20);
    let file = b"{\"text\": \"One\"}\n".chain(long).chain(&b"\n{\"text\": \"Three\"}\n"[..]);
    let expected = [
        "line 1 /text: One",
        "! line 2: the line is longer than 1000 bytes: split it",
        "line 3 /text: Three",
    ];
    assert_eq!(stream("a.jsonl", file, &small()), expected);
}

#[test]
fn deep_json_is_an_error_or_nothing() {
    let deep = 1_000_000;
    let (open, close) = ("[".repeat(deep), "]".repeat(deep));
    let file = format!("{{\"a\": {open}{close}, \"text\": \"One\"}}\n{open}\n{open}{close}\n");
    let read = stream("a.jsonl", file.as_bytes(), &Options::default());
    assert_eq!(read[0], "line 1 /text: One");
    assert!(read[1].starts_with("! line 2: not well-formed JSON (EOF"), "{}", read[1]);
    assert!(read[2].starts_with("! line 3: there is no field of the usual names"), "{}", read[2]);
    let path = "/0".repeat(1000);
    let read = read_with("a.jsonl", format!("{open}{close}\n").as_bytes(), &fields(&[&path]));
    assert!(fault(&read).contains("recursion limit exceeded"), "{:?}", lines(&read));
}

#[test]
fn names_with_control_characters_are_shown_escaped() {
    let file = "{\"a\\u001b[2J\\n\": 1}\n";
    let message = fault(&read("a.jsonl", file.as_bytes()));
    assert!(message.ends_with("choose of `a\\u{1b}[2J\\n`"), "{message}");
    let entry = only(read_with("a.csv", b"\"a\x1b[2J\n\",b\nOne,x\n", &fields(&["1"])));
    assert_eq!(entry.locator, "row 2 (line 3) a\\u{1b}[2J");
    let entry = only(read("a\u{202e}\n.txt.gz", &gz(b"One")));
    assert_eq!(entry.locator, "a\\u{202e}\\n.txt");
    let message = fault(&read("a.xml", b"<a\x1b[2J/>"));
    assert!(message.starts_with("`a\\u{1b}[2J` is the root"), "{message}");
}

#[test]
fn a_file_that_is_bad_from_the_start_is_given_up() {
    let read = stream("a.jsonl", Cursor::new("no json\n".repeat(5000)), &Options::default());
    assert_eq!(read.len(), 101);
    let expected = "! none of the first 100 records can be read, so the rest is left: name another \
        format or field";
    assert_eq!(read[100], expected);
    let file = format!("id,text\n{}", "x\n".repeat(5000));
    assert_eq!(stream("a.csv", file.as_bytes(), &Options::default()).len(), 101);
    let file = format!("{{\"text\": \"One\"}}\n{}", "no json\n".repeat(500));
    assert_eq!(stream("a.jsonl", file.as_bytes(), &Options::default()).len(), 501);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told() {
    let read = stream("a.csv", &b"text\nOne\n\"Two\nthree\n"[..], &Options::default());
    let expected = "! row 3: a quotation mark is opened and never closed: close or double it";
    assert_eq!(read, ["row 2 text: One", expected]);
    let long = io::repeat(b'a').take(100 << 20);
    let read = stream("a.csv", b"text\nOne\n\"".chain(long), &small());
    let expected = "! row 3 (up to line 3): the row is longer than 1000 bytes: close its \
        quotation mark, or split it";
    assert_eq!(read, ["row 2 text: One", expected]);
}

#[test]
fn rows_are_bounded_in_width() {
    let file = format!("text{}\n", ",".repeat(20_000));
    let read = stream("a.csv", file.as_bytes(), &Options::default());
    assert_eq!(read, ["! row 1 (up to line 1): more than 10000 columns: take some out"]);
}

#[test]
fn a_row_after_a_huge_one_costs_no_more_than_others() {
    let file = format!("text\n{}\n{}", "a".repeat(4 << 20), "b\n".repeat(20_000));
    let options = Options::default();
    let container = Container::of_path("a.csv".as_ref()).unwrap();
    let entries = open(container, "a.csv", file.as_bytes(), &options).unwrap();
    assert_eq!(entries.flatten().count(), 20_001);
}

#[test]
fn a_word_document_that_is_none_says_how_to_save_it() {
    let way_out = "save it again as .docx, without a password";
    for (bytes, why) in [
        (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"[..], "it has a password, or is"),
        (b"no zip", "it is cut off, or no zip archive"),
        (b"", "it is cut off, or no zip archive"),
    ] {
        let message = fault(&read("a.docx", bytes));
        assert!(message.starts_with(why) && message.ends_with(way_out), "{message}");
    }
    let whole = docx(&paragraph(&["One."]));
    for cut in 0..whole.len() {
        let read = read("a.docx", &whole[..cut]);
        assert!(read.iter().all(Result::is_err) && !read.is_empty(), "cut at {cut}");
    }
    let read = stream("a.docx", io::repeat(b'P').take(10 << 20), &small());
    let expected = "! word/document.xml: the file around it is longer than 100000 bytes: split it";
    assert_eq!(read, [expected]);
}

#[test]
fn a_part_that_is_a_bomb_is_stopped() {
    let body = paragraph(&[&" ".repeat(40 << 20)]);
    let message = fault(&read("a.docx", &docx(&body)));
    assert!(message.contains("250 times its size"), "{message}");
    let body = (0..400).map(|i| paragraph(&[&format!("x{}", i * 7919)])).collect::<String>();
    let read = read_with("a.docx", &docx(&body), &small());
    let expected = "word/document.xml: the text is longer than 1000 bytes: split it";
    assert_eq!(fault(&read), expected);
    let body = paragraph(&[""]).repeat(2000);
    let read = read_with("a.docx", &docx(&body), &small());
    assert_eq!(fault(&read), "it unpacks to more than 50000 bytes: split it");
}

#[test]
fn many_entries_and_many_of_one_name_make_no_work() {
    let part = word(&paragraph(&["One."]));
    let mut files: Vec<(&str, &[u8])> = vec![("word/document.xml", part.as_bytes())];
    files.extend(vec![("word/document.xml", &b"<other/>"[..]); 20_000]);
    assert_eq!(lines(&read("a.docx", &zip(&files))), ["word/document.xml: One."]);
}

/// Puts `value` over the first occurrence of the four bytes `signature`, so many bytes behind it.
fn patch(file: &mut [u8], signature: &[u8], behind: usize, value: &[u8]) {
    let at = file.windows(4).position(|bytes| bytes == signature).unwrap() + behind;
    file[at..at + value.len()].copy_from_slice(value);
}

#[test]
fn an_archive_that_lies_of_sizes_or_places_is_damaged() {
    const DIRECTORY: &[u8] = b"PK\x01\x02";
    let whole = zip(&[("word/document.xml", word(&paragraph(&["One."])).as_bytes())]);
    for (what, behind, value) in [
        ("the unpacked size is huge", 24, &[0xfe, 0xff, 0xff, 0xff][..]),
        ("the packed size is huge", 20, &[0xfe, 0xff, 0xff, 0xff]),
        ("the packed size is none", 20, &[0, 0, 0, 0]),
        ("the checksum is another", 16, &[1, 2, 3, 4]),
        ("the place is beyond the end", 42, &[0xf0, 0xff, 0xff, 0x7f]),
        ("the place is in the directory", 42, &[0x40, 0, 0, 0]),
        ("it is locked", 8, &[1, 0]),
        ("the method is unknown", 10, &[99, 0]),
    ] {
        let mut file = whole.clone();
        patch(&mut file, DIRECTORY, behind, value);
        let read = read("a.docx", &file);
        assert!(read.len() == 1 && read[0].is_err(), "{what}: {:?}", lines(&read));
    }
}

#[test]
fn parts_that_share_their_bytes_are_read_once_each() {
    // The directory of the second archive names the bytes of one part three times.
    let name = "word/document.xml";
    let mut whole = zip(&[(name, word(&paragraph(&["One."])).as_bytes())]);
    let directory = whole.windows(4).position(|b| b == b"PK\x01\x02").unwrap();
    let end = whole.windows(4).rposition(|b| b == b"PK\x05\x06").unwrap();
    let record = whole[directory..end].to_vec();
    let tail = whole.split_off(end);
    whole.extend(record.repeat(2));
    let size = (record.len() as u32 * 3).to_le_bytes();
    whole.extend(&tail[..8]);
    whole.extend([3, 0, 3, 0]);
    whole.extend(size);
    whole.extend(&tail[16..]);
    assert_eq!(lines(&read("a.docx", &whole)), ["word/document.xml: One."]);
}

#[test]
fn errors_are_one_sentence_in_lower_case() {
    let errors: Vec<Error> = [
        read("a.docx", b"x"),
        read("a.xml", b"<a/>"),
        read("a.xml", b""),
        read("a.jsonl", b"x"),
        read("a.csv", b"a\nb"),
        read("a.gz", b"x"),
    ]
    .into_iter()
    .flatten()
    .filter_map(Result::err)
    .collect();
    assert_eq!(errors.len(), 6);
    for error in errors {
        let message = error.to_string();
        assert!(!message.starts_with(char::is_uppercase), "{message}");
        assert!(!message.ends_with('.') && message.contains(": "), "{message}");
    }
}
