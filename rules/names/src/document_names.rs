//! The names that a document itself uses, found from a word near one of them.

use std::cell::OnceCell;

use unspin_lint::{Analysis, Context};
use unspin_text::{Case, Document, Token, TokenKind};

/// Names shorter than this are near too many words. In code points.
const SHORTEST: usize = 4;
/// Words longer than this are no names; it bounds the work for one word.
const LONGEST: usize = 32;

/// A name of the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'d> {
    /// As it is first written.
    pub(crate) text: &'d str,
    /// Indices of the tokens at which it stands capitalised, rising.
    pub(crate) uses: &'d [u32],
}

/// The words of a document that look like names, by what tells most of them from a given word: cheaper than
/// [`DocumentNames`] for the few unknown words of most texts, not for many.
#[derive(Debug)]
pub(crate) struct NameLike(Vec<Outline>);

/// A word from outside.
#[derive(Debug)]
struct Outline {
    /// Its token.
    at: u32,
    /// In bytes; 0 where one of them is not ASCII.
    length: u32,
    /// Its first and its last letter, in lower case.
    ends: [u8; 2],
}

impl Outline {
    fn of(at: usize, word: &str) -> Self {
        let end = |byte: Option<&u8>| byte.map_or(0, u8::to_ascii_lowercase);
        let ends = [end(word.as_bytes().first()), end(word.as_bytes().last())];
        let length = if word.is_ascii() { word.len() as u32 } else { 0 };
        Self { at: at as u32, length, ends }
    }

    /// Whether one edit may make one word of the other: it leaves the first letter or the last as it is.
    fn may_be_near(&self, other: &Self) -> bool {
        let is_near = self.length.abs_diff(other.length) < 2
            && (self.ends[0] == other.ends[0] || self.ends[1] == other.ends[1]);
        is_near || self.length == 0 || other.length == 0
    }
}

impl NameLike {
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let tokens = document.tokens();
        let mut all = Vec::with_capacity(tokens.len() / 8);
        for (at, token) in tokens.iter().enumerate() {
            if matches!(token.case, Case::Title | Case::Mixed) && token.kind == TokenKind::Word {
                all.push(Outline::of(at, document.token_text(token)));
            }
        }
        Self(all)
    }

    /// Whether one of them may be one edit from the word at token `at`, case aside, and is not the same.
    pub(crate) fn may_hold_near(&self, document: &Document<'_>, at: usize) -> bool {
        let token = |at: u32| &document.tokens()[at as usize];
        let word = document.token_text(token(at as u32));
        let outline = Outline::of(at, word);
        self.0.iter().any(|other| {
            outline.may_be_near(other)
                && token(other.at).key != token(outline.at).key
                && may_be_near(word, document.token_text(token(other.at)))
        })
    }
}

/// Whether one edit, case aside, may make one text of the other.
fn may_be_near(a: &str, b: &str) -> bool {
    if !a.is_ascii() || !b.is_ascii() {
        return true;
    }
    let equal = |(a, b): &(u8, u8)| a.eq_ignore_ascii_case(b);
    let before = a.bytes().zip(b.bytes()).take_while(equal).count();
    let after = a.bytes().rev().zip(b.bytes().rev()).take_while(equal).count();
    // Two letters that changed places stand between what is the same.
    before + after + 2 >= a.len().max(b.len())
}

/// All capitalised words of a document that are not merely sentence beginnings, with an index of deletions: two words
/// are at most one edit apart only if they share one of their single-character deletions (Garbe's symmetric delete).
#[derive(Debug, Default)]
pub(crate) struct DocumentNames {
    /// By key.
    names: Vec<Held>,
    /// The uses of all names, those of one name together and rising.
    uses: Vec<u32>,
    /// The deletions of the names that are used twice or more, and of the others.
    often: OnceCell<Deletions>,
    once: OnceCell<Deletions>,
}

/// A hash and the index of a name that has it: sorted.
type Deletions = Vec<(u32, u32)>;

/// A name as it is kept: `from` and `to` are indices into the uses, `first` is its first use inside a sentence.
#[derive(Debug)]
struct Held {
    key: u32,
    from: u32,
    to: u32,
    first: u32,
}

impl Held {
    fn uses(&self) -> usize {
        (self.to - self.from) as usize
    }
}

impl Analysis for DocumentNames {
    fn analyse(cx: &Context<'_>) -> Self {
        let document = cx.document();
        let mut uses: Vec<(u32, u32, bool)> = Vec::with_capacity(document.tokens().len() / 8);
        for sentence in document.sentences() {
            for (at, token) in sentence.tokens.clone().zip(document.sentence_tokens(sentence)) {
                if is_name_like(document, token) {
                    let initial = starts_clause(document, sentence.tokens.start, at);
                    uses.push((token.key, at, initial));
                }
            }
        }
        uses.sort_unstable();
        let mut found = Self::default();
        for uses in uses.chunk_by(|a, b| a.0 == b.0) {
            // A capital at the start of a sentence says nothing by itself.
            let Some(&(key, first, _)) = uses.iter().find(|(_, _, initial)| !initial) else {
                continue;
            };
            let from = found.uses.len() as u32;
            found.uses.extend(uses.iter().map(|(_, at, _)| at));
            found.names.push(Held { key, from, to: found.uses.len() as u32, first });
        }
        found
    }
}

impl DocumentNames {
    /// How often a word stands as a name.
    pub(crate) fn uses(&self, word: &Token) -> usize {
        let at = self.names.binary_search_by_key(&word.key, |name| name.key);
        at.map_or(0, |at| self.names[at].uses())
    }

    fn deletions(&self, document: &Document<'_>, wanted: impl Fn(&Held) -> bool) -> Deletions {
        let mut found = Vec::new();
        let mut letters = Vec::new();
        for (i, name) in self.names.iter().enumerate().filter(|(_, name)| wanted(name)) {
            let text = document.token_text(&document.tokens()[name.first as usize]);
            deletions(text, &mut letters, |hash| found.push((hash, i as u32)));
        }
        found.sort_unstable();
        found
    }

    /// The names of the document that are one edit from `word` (case aside) and used at least `min_uses` times, in the
    /// order in which they are first written.
    pub(crate) fn near<'d>(
        &'d self,
        document: &'d Document<'_>,
        word: &str,
        min_uses: usize,
    ) -> Vec<Name<'d>> {
        let often = self.often.get_or_init(|| self.deletions(document, |name| name.uses() >= 2));
        let once = || self.once.get_or_init(|| self.deletions(document, |name| name.uses() < 2));
        let indices = [Some(often), (min_uses < 2).then(once)];
        let mut near: Vec<&Held> = Vec::new();
        if word.chars().count() <= LONGEST {
            deletions(word, &mut Vec::new(), |hash| {
                for index in indices.into_iter().flatten() {
                    let from = index.partition_point(|(h, _)| *h < hash);
                    let same = index[from..].iter().take_while(|(h, _)| *h == hash);
                    near.extend(same.map(|(_, name)| &self.names[*name as usize]));
                }
            });
        }
        near.sort_unstable_by_key(|name| name.first);
        near.dedup_by_key(|name| name.first);
        let folded = word.to_lowercase();
        near.into_iter()
            .map(|name| Name {
                text: document.token_text(&document.tokens()[name.first as usize]),
                uses: &self.uses[name.from as usize..name.to as usize],
            })
            .filter(|name| name.uses.len() >= min_uses)
            .filter(|name| strsim::osa_distance(&folded, &name.text.to_lowercase()) == 1)
            .collect()
    }
}

fn is_name_like(document: &Document<'_>, token: &Token) -> bool {
    token.kind == TokenKind::Word
        && matches!(token.case, Case::Title | Case::Mixed)
        && (SHORTEST..=LONGEST).contains(&document.token_text(token).chars().count())
}

/// Whether nothing but marks and numbers stands between the token and the start of its sentence or a quotation mark.
fn starts_clause(document: &Document<'_>, sentence: u32, at: u32) -> bool {
    let before = &document.tokens()[sentence as usize..at as usize];
    match before.last() {
        None => true,
        Some(token) => {
            token.kind == TokenKind::Punct
                && !matches!(document.token_text(token), "," | "(" | "-" | "/" | "'")
        }
    }
}

/// Calls `each` with a hash of a word in lower case and of what is left of it without each one of its characters.
/// `letters` is room for them.
fn deletions(word: &str, letters: &mut Vec<char>, mut each: impl FnMut(u32)) {
    // Multiplies and rotates; what shares a hash by chance is compared afterwards.
    let extend =
        |hash: u32, c: &char| (hash.rotate_left(5) ^ u32::from(*c)).wrapping_mul(0x9E37_79B1);
    letters.clear();
    letters.extend(word.chars().flat_map(char::to_lowercase));
    each(letters.iter().fold(0, extend));
    let mut before = 0;
    for (at, letter) in letters.iter().enumerate() {
        each(letters[at + 1..].iter().fold(before, extend));
        before = extend(before, letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, word: &str) -> Vec<(String, usize)> {
        let document = Document::new(text.as_bytes());
        let cx = Context::new(&document);
        cx.get::<DocumentNames>()
            .near(&document, word, 1)
            .iter()
            .map(|n| (n.text.to_owned(), n.uses.len()))
            .collect()
    }

    /// Whether `text` may have a name near the word that it ends in.
    fn may_have_near(text: &str, word: &str) -> bool {
        let text = format!("{text} {word}");
        let document = Document::new(text.as_bytes());
        NameLike::of(&document).may_hold_near(&document, document.tokens().len() - 1)
    }

    #[test]
    fn most_words_are_told_from_names_by_their_ends() {
        let text = "Okoro spoke. Minister Okoro left, and Bridges fell.";
        for far in ["okoro", "Okoro", "okara", "koror", "ministerial", "fallen"] {
            assert!(!may_have_near(text, far), "{far}");
        }
        assert!(may_have_near("In Malm\u{f6} rain fell.", "malmo"));
    }

    #[test]
    fn names_one_edit_away_are_found_with_all_their_uses() {
        let text = "Okoro spoke. Minister Okoro left, and Okoro's aide stayed. Bridges fell.";
        for near in ["okora", "koro", "okorro", "kooro", "Okora"] {
            assert_eq!(names(text, near), [("Okoro".to_owned(), 3)], "{near}");
            assert!(may_have_near(text, near), "{near}");
        }
        assert_eq!(names(text, "okoro"), []);
        assert_eq!(names(text, "okara"), []);
        assert_eq!(names(text, "bridgas"), [], "a sentence's first word is no name by itself");
    }
}
