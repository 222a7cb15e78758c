//! Memory stays bounded, whatever the size of a file. One test alone, since it looks at the whole process.
#![cfg(target_os = "linux")]

use std::io::{Cursor, Read, Write};

use unspin_containers::{Container, Limits, Options, open};

/// The most bytes that this process ever had in memory.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// So many copies of a text, without their bytes.
struct Copies {
    text: Cursor<Vec<u8>>,
    left: u64,
}

impl Read for Copies {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.text.read(buffer)?;
        if count > 0 || self.left == 0 {
            return Ok(count);
        }
        self.left -= 1;
        self.text.set_position(0);
        self.text.read(buffer)
    }
}

fn copies(text: &str, times: u64) -> Copies {
    Copies { text: Cursor::new(text.as_bytes().to_vec()), left: times - 1 }
}

/// Entries and errors of a file.
fn count(name: &str, reader: impl Read + Send) -> (usize, usize) {
    let limits = Limits { entry: 1 << 20, ratio: 2000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let container = Container::of_path(name.as_ref()).unwrap();
    let (mut good, mut bad) = (0, 0);
    for entry in open(container, name, reader, &options).unwrap() {
        if entry.is_ok() { good += 1 } else { bad += 1 }
    }
    (good, bad)
}

#[test]
fn no_file_takes_more_than_its_limits() {
    let line = format!("{{\"text\": \"{}\"}}\n", "One of many. ".repeat(100));
    let long = format!("{{\"text\": \"{}", "One of many. ".repeat(100));
    let packed = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::copy(&mut copies(&line, 100_000), &mut encoder).unwrap();
        encoder.flush().unwrap();
        encoder.finish().unwrap()
    };
    let tree = format!("{{\"a\": [{}0], \"text\": \"One\"}}\n", "0,".repeat(500_000));
    let row = format!("\"{}\",x\n", "One of many. ".repeat(100));
    let item = format!("<item><title>{}</title></item>", "One of many. ".repeat(100));
    let start = peak();
    // 130 MB of lines, 130 MB in one line, values that would be large as a tree, and 130 MB of rows and items.
    assert_eq!(count("a.jsonl", copies(&line, 100_000)), (100_000, 0));
    assert_eq!(count("a.jsonl.gz", &packed[..]), (100_000, 0));
    assert_eq!(count("a.jsonl", copies(&long, 100_000)), (0, 1));
    assert_eq!(count("a.jsonl", copies(&tree, 20)), (20, 0));
    assert_eq!(count("a.csv", Cursor::new("text,b\n").chain(copies(&row, 100_000))), (100_000, 0));
    assert_eq!(count("a.csv", Cursor::new("text,b\n\"").chain(copies(&long, 100_000))).1, 1);
    let feed = Cursor::new("<rss><channel>").chain(copies(&item, 100_000));
    assert_eq!(count("a.rss", feed), (100_000, 1));
    let endless = Cursor::new("<rss><channel a=\"").chain(copies("One of many. ", 10_000_000));
    assert_eq!(count("a.rss", Cursor::new("<rss>").chain(endless)), (0, 1));
    let grown = peak() - start;
    assert!(grown < 24 << 20, "{grown} bytes more than at the start");
}
