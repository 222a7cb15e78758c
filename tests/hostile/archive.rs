//! Archives that unpack to more than anybody has room for, through the built binary, under a limit of memory. Every other
//! hostile form of each format is in `crates/containers/tests`.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::unspin::folder_with;

/// Kilobytes of address space. A check of one file needs less than half of it.
const MEMORY: &str = "2000000";

fn check_in_little_memory(folder: &Path, name: &str) -> Output {
    let command = format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"");
    Command::new("sh")
        .args(["-c", &command, env!("CARGO_BIN_EXE_unspin")])
        .args(["check", "--no-config", "--threads", "1", "--format", "concise", name])
        .current_dir(folder)
        .output()
        .expect("sh runs")
}

/// Noughts in so many members of 64 MiB each, as gzip has them.
fn noughts(members: usize) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![b'0'; 1 << 20];
    for _ in 0..64 {
        packed.write_all(&block).unwrap();
    }
    packed.finish().unwrap().repeat(members)
}

#[test]
fn ten_gigabytes_of_noughts_in_ten_megabytes_are_stopped() {
    let folder = folder_with(&[]);
    let bomb = noughts(160);
    assert!(bomb.len() < 12 << 20, "{}", bomb.len());
    for name in ["a.txt.gz", "a.jsonl.gz", "a.csv.gz", "a.xml.gz", "a.html.gz"] {
        std::fs::write(folder.path().join(name), &bomb).unwrap();
        let got = check_in_little_memory(folder.path(), name);
        let told = String::from_utf8_lossy(&got.stderr);
        assert_eq!(got.status.code(), Some(2), "{name}: {told}");
        assert!(told.starts_with(&format!("{name}: error: ")), "{name}: {told}");
        assert_eq!(told.lines().count(), 1, "{name}: {told}");
    }
}

#[test]
fn a_billion_laughs_are_one_error_or_none() {
    let mut feed = String::from("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    for level in 1..40 {
        let entity = format!("&a{};", level - 1).repeat(10);
        feed.extend(["<!ENTITY a", &level.to_string(), " \"", &entity, "\">"]);
    }
    feed.push_str("]><rss><channel><item><title>t</title><description>&a39;</description></item></channel></rss>");
    let folder = folder_with(&[("a.rss", &feed)]);
    let got = check_in_little_memory(folder.path(), "a.rss");
    let printed = got.stdout.len() + got.stderr.len();
    assert!(matches!(got.status.code(), Some(0..=2)) && printed < 1_000, "{got:?}");
}
