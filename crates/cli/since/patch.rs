//! The patches that `git diff --unified=0 --full-index` prints, as files with their changed lines.

use anyhow::{Context as _, bail};

use super::ChangedLines;

/// A file that a patch leaves changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PatchedFile {
    /// Its new path from the root, in bytes.
    pub(super) name: Vec<u8>,
    pub(super) lines: ChangedLines,
    /// The name of its new contents; all noughts where git did not store them.
    pub(super) blob: Option<String>,
}

/// What is known of a file while its part of a patch is read.
#[derive(Default)]
struct Draft {
    name: Vec<u8>,
    ranges: Vec<(u32, u32)>,
    blob: Option<String>,
    is_whole: bool,
    /// It is deleted, or no regular file.
    is_none: bool,
}

/// The files of a patch. Those of which lines were only deleted, deleted files, links and submodules are left out.
pub(super) fn files(patch: &[u8]) -> anyhow::Result<Vec<PatchedFile>> {
    let mut files = Vec::new();
    let mut draft: Option<Draft> = None;
    let mut lines = patch.split(|byte| *byte == b'\n');
    while let Some(line) = lines.next() {
        if let Some(names) = line.strip_prefix(b"diff --git ") {
            files.extend(draft.take().and_then(Draft::finish));
            draft = Some(Draft { name: both(names), ..Draft::default() });
        } else if let Some(name) = line.strip_prefix(b"* Unmerged path ") {
            files.extend(draft.take().and_then(Draft::finish));
            // What a person is about to settle.
            draft = Some(Draft { name: unquoted(name), is_whole: true, ..Draft::default() });
        } else if let Some(draft) = &mut draft {
            let (old, new) = draft.read(line)?;
            // The lines of a hunk are counted, since one of them may look like anything.
            let mut left = u64::from(old) + u64::from(new);
            while left > 0 {
                let line = lines.next().context("git printed a patch that breaks off")?;
                left -= u64::from(!line.starts_with(b"\\"));
            }
        }
    }
    files.extend(draft.and_then(Draft::finish));
    Ok(files)
}

impl Draft {
    /// Takes one line of a header and returns how many lines follow that are text, deleted and added.
    fn read(&mut self, line: &[u8]) -> anyhow::Result<(u32, u32)> {
        if let Some(hunk) = line.strip_prefix(b"@@ ") {
            let hunk = hunk.split(|byte| *byte == b'@').next().unwrap_or_default();
            let hunk = std::str::from_utf8(hunk).ok().and_then(ranges);
            let Some(((_, old), (start, new))) = hunk else {
                let line = String::from_utf8_lossy(line);
                bail!("git printed a patch that cannot be read, at `{line}`");
            };
            if new > 0 {
                self.ranges.push((start, start.saturating_add(new - 1)));
            }
            return Ok((old, new));
        }
        if let Some(name) = line.strip_prefix(b"rename to ") {
            self.name = unquoted(name);
        } else if let Some(index) = line.strip_prefix(b"index ") {
            let index = String::from_utf8_lossy(index);
            let new = index.split_once("..").map_or("", |(_, new)| new);
            let (blob, mode) = new.split_once(' ').unwrap_or((new, ""));
            self.blob = Some(blob.to_owned());
            self.is_none |= is_no_file(mode.as_bytes());
        } else if let Some(mode) = line.strip_prefix(b"new file mode ") {
            self.is_whole = true;
            self.is_none |= is_no_file(mode);
        } else if let Some(mode) = line.strip_prefix(b"new mode ") {
            self.is_none |= is_no_file(mode);
        } else if line.starts_with(b"deleted file mode ") {
            self.is_none = true;
        } else if line.starts_with(b"Binary files ") {
            self.is_whole = true;
        }
        Ok((0, 0))
    }

    fn finish(self) -> Option<PatchedFile> {
        let lines = if self.is_whole {
            ChangedLines::Whole
        } else {
            ChangedLines::Ranges(Some(self.ranges).filter(|ranges| !ranges.is_empty())?)
        };
        (!self.is_none).then_some(PatchedFile { name: self.name, lines, blob: self.blob })
    }
}

/// A link or a submodule.
fn is_no_file(mode: &[u8]) -> bool {
    mode.starts_with(b"120") || mode.starts_with(b"160")
}

/// `-3,2 +5 ` as starts and counts.
fn ranges(hunk: &str) -> Option<((u32, u32), (u32, u32))> {
    let range = |range: &str| {
        let (start, count) = range.split_once(',').unwrap_or((range, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let (old, new) = hunk.trim_end().strip_prefix('-')?.split_once(" +")?;
    Some((range(old)?, range(new)?))
}

/// The name in `a/name b/name`, where both are the same, so that it ends in the middle whatever stands in it.
fn both(names: &[u8]) -> Vec<u8> {
    let name = unquoted(&names[..names.len() / 2]);
    name.strip_prefix(b"a/").map(<[u8]>::to_vec).unwrap_or(name)
}

/// A name as git writes it: between quotation marks with escapes of C where it holds odd bytes.
fn unquoted(name: &[u8]) -> Vec<u8> {
    let Some(quoted) = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) else {
        return name.to_vec();
    };
    let mut bytes = quoted.iter().copied();
    let mut name = Vec::with_capacity(quoted.len());
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            name.push(byte);
            continue;
        }
        name.push(match bytes.next() {
            Some(b'a') => 7,
            Some(b'b') => 8,
            Some(b't') => b'\t',
            Some(b'n') => b'\n',
            Some(b'v') => 11,
            Some(b'f') => 12,
            Some(b'r') => b'\r',
            Some(first @ b'0'..=b'3') => {
                let mut digit = || bytes.next().unwrap_or(b'0') & 7;
                (first & 3) << 6 | digit() << 3 | digit()
            }
            Some(other) => other,
            None => break,
        });
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges_of(patch: &str) -> Vec<(String, ChangedLines)> {
        let files = files(patch.as_bytes()).expect("the patch can be read").into_iter();
        files.map(|f| (String::from_utf8(f.name).expect("it is UTF-8"), f.lines)).collect()
    }

    #[test]
    fn what_a_hunk_holds_is_never_taken_for_a_header() {
        let patch = "diff --git a/x y.txt b/x y.txt\nindex 1..2 100644\n--- a/x y.txt\t\n+++ b/x y.txt\t\n\
                     @@ -2,2 +2,3 @@ @@ -9 +9 @@\n-diff --git a/z b/z\n-- a\n+deleted file mode 100644\n+@@ -1 +1 @@\n+Binary files\n\
                     \\ No newline at end of file\n@@ -9,4 +10,0 @@\n-a\n-b\n-c\n-d\n@@ -20,0 +17 @@\n+e\n";
        let expected = ChangedLines::Ranges(vec![(2, 4), (17, 17)]);
        assert_eq!(ranges_of(patch), [("x y.txt".to_owned(), expected)]);
    }

    #[test]
    fn headers_say_what_becomes_of_a_file() {
        for (header, expected) in [
            ("new file mode 100644\nindex 0..1\n@@ -0,0 +1 @@\n+a\n", Some(ChangedLines::Whole)),
            ("new file mode 100644\nindex 0..e\n", Some(ChangedLines::Whole)),
            ("index 1..2 100644\nBinary files a/f and b/f differ\n", Some(ChangedLines::Whole)),
            ("deleted file mode 100644\nindex 1..0\n@@ -1 +0,0 @@\n-a\n", None),
            ("old mode 100644\nnew mode 100755\n", None),
            ("new file mode 120000\nindex 0..1\n@@ -0,0 +1 @@\n+a\n", None),
            ("index 1..2 160000\n@@ -1 +1 @@\n-a\n+b\n", None),
            ("index 1..2 100644\n@@ -1,2 +0,0 @@\n-a\n-b\n", None),
        ] {
            let found = ranges_of(&format!("diff --git a/f b/f\n{header}"));
            assert_eq!(found, expected.map(|lines| ("f".to_owned(), lines)).as_slice(), "{header}");
        }
    }

    #[test]
    fn odd_names_are_read() {
        for (header, expected) in [
            ("a/b b/c b/b b/c", "b b/c"),
            (r#""a/t\303\251\t\"x\"\\.txt" "b/t\303\251\t\"x\"\\.txt""#, "t\u{e9}\t\"x\"\\.txt"),
            (r#""a/two\nlines" "b/two\nlines""#, "two\nlines"),
        ] {
            let found = ranges_of(&format!("diff --git {header}\n@@ -1 +1 @@\n-a\n+b\n"));
            assert_eq!(found[0].0, expected);
        }
        let renamed =
            "diff --git a/old b/newer\nrename from old\nrename to newer\n@@ -1 +1 @@\n-a\n+b\n";
        assert_eq!(ranges_of(renamed)[0].0, "newer");
        assert_eq!(ranges_of("* Unmerged path f\n"), [("f".to_owned(), ChangedLines::Whole)]);
    }

    #[test]
    fn a_patch_that_cannot_be_read_is_an_error() {
        for patch in ["@@ -1 +1,5 @@\n-a\n+b\n", "@@ -a +b @@\n", "@@ -1 +99999999999 @@\n"] {
            let patch = format!("diff --git a/f b/f\n{patch}");
            assert!(files(patch.as_bytes()).is_err(), "{patch}");
        }
    }
}
