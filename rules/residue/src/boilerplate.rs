//! The list of what pages put around articles, searched in place.
//!
//! The file that a person edits is the file that the program reads. The compiler makes an index of its rows by the key
//! of their first word, and a filter that turns most tokens away without a look at it.

use unspin_text::{Document, KeyFilter, Token, fold_key_of_ascii};

const LIST: &str = include_str!("../data/boilerplate.tsv");
const ROWS: usize = count_rows(LIST.as_bytes());
static INDEX: [Row; ROWS] = index();
/// First words of phrases that may stand anywhere, and of all phrases.
static ANYWHERE: KeyFilter = first_words(true);
static ANY: KeyFilter = first_words(false);

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
    if anywhere { ANYWHERE.may_hold(token.key) } else { ANY.may_hold(token.key) }
}

/// The phrases that begin with token `at`, in the order of the list.
pub(crate) fn phrases_at<'d>(
    document: &'d Document<'_>,
    at: usize,
) -> impl Iterator<Item = Phrase> + use<'d> {
    let tokens = &document.tokens()[at..];
    let key = tokens[0].key;
    let second = tokens.get(1).map_or(0, |token| token.key);
    let first = INDEX.partition_point(|row| row.key < key);
    let rows = INDEX[first..].iter().take_while(move |row| row.key == key);
    // Many a sentence begins with a first word of the list, hardly one goes on with the second.
    let rows = rows.filter(move |row| row.second == 0 || row.second == second);
    rows.filter_map(move |row| {
        let mut count = 0;
        for word in LIST[row.start as usize..row.end as usize].split(' ') {
            let token = tokens.get(count)?;
            if !is_same(document.token_text(token), word) {
                return None;
            }
            count += 1;
        }
        let rest = LIST[row.end as usize + 1..].lines().next()?;
        let (place, what) = rest.split_once('\t')?;
        let place = match place {
            "line" => Place::Line,
            "start" => Place::Start,
            _ => Place::Anywhere,
        };
        Some(Phrase { tokens: count, place, what })
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
    /// Of its second; 0 where it has none, or one that only its text tells.
    second: u32,
    /// Where it starts in the list, in bytes.
    start: u32,
    /// Where its phrase ends there.
    end: u32,
}

/// The first words of all phrases, or of those that may stand anywhere.
const fn first_words(anywhere: bool) -> KeyFilter {
    let rows = index();
    let (mut filter, mut i) = (KeyFilter::EMPTY, 0);
    while i < ROWS {
        // The second column is "any", "line" or "start".
        if !anywhere || LIST.as_bytes()[rows[i].end as usize + 1] == b'a' {
            filter = filter.with(rows[i].key);
        }
        i += 1;
    }
    filter
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
    let mut rows = [Row { key: 0, second: 0, start: 0, end: 0 }; ROWS];
    let (mut at, mut row) = (0, 0);
    while at < bytes.len() {
        if (at == 0 || bytes[at - 1] == b'\n') && bytes[at] != b'#' {
            let (key, end) = key_of_word(bytes, at);
            assert!(key != 0, "a first word is not ASCII");
            let (second, mut end) =
                if bytes[end] == b' ' { key_of_word(bytes, end + 1) } else { (0, end) };
            while bytes[end] != b'\t' {
                end += 1;
            }
            let new = Row { key, second, start: at as u32, end: end as u32 };
            // By key, and those of one key in the order of the list: into its place from behind.
            let mut place = row;
            while place > 0 && rows[place - 1].key > new.key {
                rows[place] = rows[place - 1];
                place -= 1;
            }
            rows[place] = new;
            row += 1;
        }
        at += 1;
    }
    rows
}

/// The key of the word that begins at `at`, 0 where it is not ASCII, and where it ends.
const fn key_of_word(bytes: &[u8], at: usize) -> (u32, usize) {
    let mut end = at;
    while bytes[end] != b' ' && bytes[end] != b'\t' {
        end += 1;
    }
    let (word, _) = bytes.split_at(at).1.split_at(end - at);
    match str::from_utf8(word) {
        Ok(word) if word.is_ascii() => (fold_key_of_ascii(word), end),
        _ => (0, end),
    }
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
