//! The list of what pages put around articles, searched in place.
//!
//! The file that a person edits is the file that the program reads. The compiler makes an index of its rows by the key
//! of their first word, and a filter that turns most tokens away without a look at it.

use unspin_text::{Document, Token, fold_key_of_ascii};

const LIST: &str = include_str!("../data/boilerplate.tsv");
const ROWS: usize = count_rows(LIST.as_bytes());
static INDEX: [Row; ROWS] = index();
/// First words of phrases that may stand anywhere, and of all phrases.
static ANYWHERE: Filter = Filter::new(true);
static ANY: Filter = Filter::new(false);

/// Where a phrase is no prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// All of a line.
    Line,
    /// The start of a sentence.
    Start,
    /// Anywhere.
    Anywhere,
}

/// A phrase that was met.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    /// How many tokens it has.
    pub(crate) tokens: usize,
    /// Where it is no prose.
    pub(crate) place: Place,
    /// What it is, as a message says it.
    pub(crate) what: &'static str,
}

/// Whether a token can begin a phrase at all, or one that may stand anywhere.
pub(crate) fn may_begin(token: &Token, anywhere: bool) -> bool {
    if anywhere { ANYWHERE.has(token.key) } else { ANY.has(token.key) }
}

/// The phrases that begin with token `at`, in the order of the list.
pub(crate) fn phrases_at<'d>(
    document: &'d Document<'_>,
    at: usize,
) -> impl Iterator<Item = Phrase> + use<'d> {
    let tokens = &document.tokens()[at..];
    let key = tokens[0].key;
    INDEX.iter().filter(move |row| row.key == key).filter_map(move |row| {
        let rest = &LIST[row.start as usize..];
        let mut columns = rest[..rest.find('\n').unwrap_or(rest.len())].split('\t');
        let words = columns.next()?.split(' ');
        let place = match columns.next()? {
            "line" => Place::Line,
            "start" => Place::Start,
            _ => Place::Anywhere,
        };
        let mut count = 0;
        for word in words {
            let token = tokens.get(count)?;
            if !is_same(document.token_text(token), word) {
                return None;
            }
            count += 1;
        }
        Some(Phrase { tokens: count, place, what: columns.next()? })
    })
}

/// Whether a token is a word of the list, case and the kind of apostrophe aside.
fn is_same(token: &str, word: &str) -> bool {
    let fold = |c: char| if c == '\u{2019}' { '\'' } else { c.to_ascii_lowercase() };
    token.chars().map(fold).eq(word.chars())
}

/// A row of the list.
#[derive(Clone, Copy)]
struct Row {
    /// Of its first word.
    key: u32,
    /// Where it starts in the list, in bytes.
    start: u32,
}

/// One bit for the key of each first word.
struct Filter([u64; 16]);

impl Filter {
    const fn new(anywhere: bool) -> Self {
        let rows = index();
        let mut bits = [0; 16];
        let mut i = 0;
        while i < ROWS {
            if !anywhere || is_anywhere(rows[i].start as usize) {
                let bit = rows[i].key as usize % 1024;
                bits[bit / 64] |= 1 << (bit % 64);
            }
            i += 1;
        }
        Self(bits)
    }

    #[inline]
    fn has(&self, key: u32) -> bool {
        let bit = key as usize % 1024;
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// Whether the second column of the row that starts there is `any`.
const fn is_anywhere(mut at: usize) -> bool {
    let bytes = LIST.as_bytes();
    while bytes[at] != b'\t' {
        at += 1;
    }
    bytes[at + 1] == b'a'
}

const fn count_rows(bytes: &[u8]) -> usize {
    let (mut at, mut rows) = (0, 0);
    while at < bytes.len() {
        if (at == 0 || bytes[at - 1] == b'\n') && bytes[at] != b'#' {
            rows += 1;
        }
        at += 1;
    }
    rows
}

const fn index() -> [Row; ROWS] {
    let bytes = LIST.as_bytes();
    let mut rows = [Row { key: 0, start: 0 }; ROWS];
    let (mut at, mut row) = (0, 0);
    while at < bytes.len() {
        if (at == 0 || bytes[at - 1] == b'\n') && bytes[at] != b'#' {
            let mut end = at;
            while bytes[end] != b' ' && bytes[end] != b'\t' {
                end += 1;
            }
            let (word, _) = bytes.split_at(at).1.split_at(end - at);
            let Ok(word) = str::from_utf8(word) else { panic!("a first word is not ASCII") };
            rows[row] = Row { key: fold_key_of_ascii(word), start: at as u32 };
            row += 1;
        }
        at += 1;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_as_it_is_tokenised() {
        let rows = LIST.lines().filter(|line| !line.starts_with('#'));
        for row in rows {
            let phrase =
                row.split('\t').next().unwrap().replace(" n't", "n't").replace(" 's", "'s");
            let document = Document::new(phrase.as_bytes());
            let found = phrases_at(&document, 0).any(|p| p.tokens == document.tokens().len());
            assert!(found && may_begin(&document.tokens()[0], false), "{phrase}");
        }
    }
}
