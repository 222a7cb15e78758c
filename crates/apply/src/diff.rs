//! Unified diffs that `patch -p1` and `git apply` take.

use std::fmt::Write as _;
use std::path::{Component, Path};

use similar::{Algorithm, DiffTag, capture_diff_slices, group_diff_ops};

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// The unified diff of a file's bytes, with the headers `a/PATH` and `b/PATH`; empty where they are equal.
///
/// Lines are what line feeds end, so that carriage returns and bytes that are not UTF-8 stay as they are.
pub fn unified_diff(path: &Path, old: &[u8], new: &[u8]) -> Vec<u8> {
    if old == new {
        return Vec::new();
    }
    let lines = |text| <[u8]>::split_inclusive(text, |byte| *byte == b'\n').collect::<Vec<_>>();
    let (before, after) = (lines(old), lines(new));
    let operations = capture_diff_slices(Algorithm::Myers, &before, &after);
    let mut out = Vec::new();
    for (mark, side) in [("---", "a"), ("+++", "b")] {
        out.extend_from_slice(format!("{mark} ").as_bytes());
        out.extend_from_slice(&name(side, path));
        out.push(b'\n');
    }
    for hunk in group_diff_ops(operations, CONTEXT) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let range = |start: usize, end: usize| match end - start {
            // Nothing is told by the line before it.
            0 => format!("{start},0"),
            1 => format!("{}", start + 1),
            length => format!("{},{length}", start + 1),
        };
        let from = range(first.old_range().start, last.old_range().end);
        let to = range(first.new_range().start, last.new_range().end);
        out.extend_from_slice(format!("@@ -{from} +{to} @@\n").as_bytes());
        for operation in hunk {
            let (tag, old, new) = operation.as_tag_tuple();
            if tag == DiffTag::Equal {
                before[old].iter().for_each(|line| push(&mut out, b' ', line));
                continue;
            }
            before[old].iter().for_each(|line| push(&mut out, b'-', line));
            after[new].iter().for_each(|line| push(&mut out, b'+', line));
        }
    }
    out
}

fn push(out: &mut Vec<u8>, mark: u8, line: &[u8]) {
    out.push(mark);
    out.extend_from_slice(line);
    if !line.ends_with(b"\n") {
        out.extend_from_slice(b"\n\\ No newline at end of file\n");
    }
}

/// A path as a header has it: with slashes, relative, and quoted as in C where it holds what would end it early.
fn name(side: &str, path: &Path) -> Vec<u8> {
    let mut name = side.as_bytes().to_vec();
    for part in path.components() {
        if let Component::Normal(_) | Component::ParentDir = part {
            name.push(b'/');
            name.extend_from_slice(part.as_os_str().as_encoded_bytes());
        }
    }
    if name.iter().any(|byte| byte.is_ascii_control() || b"\"\\".contains(byte)) {
        let mut quoted = String::from("\"");
        for byte in name {
            let _ = match byte {
                b'"' | b'\\' => write!(quoted, "\\{}", char::from(byte)),
                b'\n' => write!(quoted, "\\n"),
                b'\t' => write!(quoted, "\\t"),
                b' '..=b'~' => write!(quoted, "{}", char::from(byte)),
                other => write!(quoted, "\\{other:03o}"),
            };
        }
        quoted.push('"');
        return quoted.into_bytes();
    }
    // `patch` takes what follows a space for a time, unless a tab ends the name.
    if name.contains(&b' ') {
        name.push(b'\t');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(path: &str, old: &str, new: &str) -> String {
        String::from_utf8(unified_diff(Path::new(path), old.as_bytes(), new.as_bytes())).unwrap()
    }

    #[test]
    fn a_change_has_three_lines_around_it() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        assert_eq!(
            diff("./desk/a.txt", old, &old.replace('5', "five")),
            "--- a/desk/a.txt\n+++ b/desk/a.txt\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
        assert_eq!(diff("a", old, old), "");
    }

    #[test]
    fn a_missing_last_line_feed_is_told_and_carriage_returns_stay() {
        assert_eq!(
            diff("a", "x\r\ny", "z\r\ny"),
            "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n-x\r\n+z\r\n y\n\\ No newline at end of file\n"
        );
        assert_eq!(
            diff("a", "x", "z"),
            "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+z\n\\ No newline at end of file\n"
        );
        assert_eq!(diff("a", "", "z\n"), "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+z\n");
    }

    #[test]
    fn names_that_would_end_early_are_quoted() {
        assert_eq!(name("a", Path::new("/desk/my story.txt")), b"a/desk/my story.txt\t");
        assert_eq!(name("a", Path::new("a\"\n\u{e9}")), b"\"a/a\\\"\\n\\303\\251\"");
        assert_eq!(name("b", Path::new("\u{e9}.txt")), "b/\u{e9}.txt".as_bytes());
    }
}
