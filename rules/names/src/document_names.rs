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

    #[test]
    fn names_one_edit_away_are_found_with_all_their_uses() {
        let text = "Okoro spoke. Minister Okoro left, and Okoro's aide stayed. Bridges fell.";
        for near in ["okora", "koro", "okorro", "kooro", "Okora"] {
            assert_eq!(names(text, near), [("Okoro".to_owned(), 3)], "{near}");
        }
        assert_eq!(names(text, "okoro"), []);
        assert_eq!(names(text, "okara"), []);
        assert_eq!(names(text, "bridgas"), [], "a sentence's first word is no name by itself");
    }
}
