//! The names that a document itself uses, found from a word near one of them.

use std::collections::HashMap;

use unspin_lint::{Analysis, Context};
use unspin_text::{Case, Document, Token, TokenKind, fold_key};

/// Names shorter than this are near too many words. In code points.
const SHORTEST: usize = 4;
/// Words longer than this are no names; it bounds the work for one word.
const LONGEST: usize = 32;

/// A name of the document.
#[derive(Debug)]
pub(crate) struct Name {
    /// As it is first written.
    pub(crate) text: String,
    /// Indices of the tokens at which it stands capitalised, rising.
    pub(crate) uses: Vec<u32>,
}

/// All capitalised words of a document that are not merely sentence beginnings, with an index of deletions: two words
/// are at most one edit apart only if they share one of their single-character deletions (Garbe's symmetric delete).
#[derive(Debug, Default)]
pub(crate) struct DocumentNames {
    names: Vec<Name>,
    by_key: HashMap<u32, u32>,
    by_deletion: HashMap<u32, Vec<u32>>,
}

impl Analysis for DocumentNames {
    fn analyse(cx: &Context<'_>) -> Self {
        let document = cx.document();
        let mut found = Self::default();
        // A capital at the start of a sentence says nothing by itself, so those uses are joined in a second pass.
        for initial in [false, true] {
            for sentence in document.sentences() {
                for (offset, token) in document.sentence_tokens(sentence).iter().enumerate() {
                    let at = sentence.tokens.start + offset as u32;
                    if is_name_like(token)
                        && starts_clause(document, sentence.tokens.start, at) == initial
                    {
                        found.add(document, token, at, !initial);
                    }
                }
            }
        }
        for (id, name) in found.names.iter_mut().enumerate() {
            name.uses.sort_unstable();
            deletions(&name.text, |key| found.by_deletion.entry(key).or_default().push(id as u32));
        }
        found
    }
}

impl DocumentNames {
    fn add(&mut self, document: &Document<'_>, token: &Token, at: u32, new: bool) {
        let text = document.token_text(token);
        if !(SHORTEST..=LONGEST).contains(&text.chars().count()) {
            return;
        }
        if let Some(id) = self.by_key.get(&token.key) {
            self.names[*id as usize].uses.push(at);
        } else if new {
            self.by_key.insert(token.key, self.names.len() as u32);
            self.names.push(Name { text: text.to_owned(), uses: vec![at] });
        }
    }

    /// How often a word stands capitalised in the document as a name.
    pub(crate) fn uses(&self, word: &Token) -> usize {
        self.by_key.get(&word.key).map_or(0, |id| self.names[*id as usize].uses.len())
    }

    /// Names used at least `min_uses` times and exactly one edit away from a word, case aside, in order of first use.
    pub(crate) fn near(&self, word: &str, min_uses: usize) -> Vec<&Name> {
        let mut ids: Vec<u32> = Vec::new();
        if word.chars().count() <= LONGEST {
            deletions(word, |key| ids.extend(self.by_deletion.get(&key).into_iter().flatten()));
        }
        ids.sort_unstable();
        ids.dedup();
        let folded = word.to_lowercase();
        let names = ids.into_iter().map(|id| &self.names[id as usize]);
        let names = names.filter(|name| name.uses.len() >= min_uses);
        names.filter(|name| strsim::osa_distance(&folded, &name.text.to_lowercase()) == 1).collect()
    }
}

fn is_name_like(token: &Token) -> bool {
    token.kind == TokenKind::Word && matches!(token.case, Case::Title | Case::Mixed)
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

/// Keys of the word itself and of each of its single-character deletions.
fn deletions(word: &str, mut each: impl FnMut(u32)) {
    each(fold_key(word));
    let mut shorter = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        shorter.clear();
        shorter.push_str(&word[..at]);
        shorter.push_str(&word[at + c.len_utf8()..]);
        each(fold_key(&shorter));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, word: &str) -> Vec<(String, usize)> {
        let document = Document::new(text.as_bytes());
        let cx = Context::new(&document);
        cx.get::<DocumentNames>()
            .near(word, 1)
            .iter()
            .map(|n| (n.text.clone(), n.uses.len()))
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
