//! Entries of the cache, whatever anybody put into their files.

use std::sync::LazyLock;

use unspin_lint::{Diagnosis, Document};

use crate::choices::Choices;
use crate::linter::LINTER;
use crate::{damage, findings, reports};

/// The text that an entry is about.
const TEXT: &str = "The caf\u{e9}'s boats wait withinside the the harbour. They pay with the aid of using a old card.\n";

/// A sound entry, without its digest.
static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let document = Document::new(TEXT.as_bytes());
    let said = Diagnosis::new(&document, &LINTER.check(&document));
    let body = serde_json::to_vec(&said).expect("what is said can be written");
    assert_eq!(unspin::kept(sealed(&body), TEXT.as_bytes()), Some(said), "what is kept comes back");
    body
});

/// The first byte decides whether the rest is a file, what is in a file with a right digest, or damage to that.
pub fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let file = match choices.byte() % 4 {
        0 => {
            let file = choices.rest().to_vec();
            // Nobody meets a digest of 32 bytes by chance.
            assert_eq!(unspin::kept(file.clone(), TEXT.as_bytes()), None, "a digest by chance");
            file
        }
        1 => sealed(choices.rest()),
        2 => sealed(&damage::done(SOUND.clone(), choices)),
        _ => sealed(&replaced(choices)),
    };
    if let Some(said) = unspin::kept(file, TEXT.as_bytes()) {
        findings::diagnosis(TEXT, &said);
        reports::all(TEXT, &said);
    }
}

/// A sound entry with some of its numbers replaced by others.
fn replaced(mut choices: Choices<'_>) -> Vec<u8> {
    let mut body = String::from_utf8(SOUND.clone()).expect("JSON is text");
    while !choices.is_empty() {
        let numbers: Vec<(usize, usize)> = numbers(&body);
        let (start, end) = numbers[choices.below(numbers.len())];
        let new = ["0", "9", "-1", "13", "4294967295", "88", "1e9", "\"\\u202e\""];
        let new = choices.one(&new);
        body.replace_range(start..end, new);
    }
    body.into_bytes()
}

/// Where the numbers of a text begin and end.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let mut found = vec![(0, 0)];
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match found.last_mut() {
            Some((_, end)) if *end == at && at > 0 => *end = at + c.len_utf8(),
            _ => found.push((at, at + c.len_utf8())),
        }
    }
    found
}

/// A body as the file of an entry holds it.
fn sealed(body: &[u8]) -> Vec<u8> {
    [body, blake3::hash(body).as_bytes()].concat()
}
