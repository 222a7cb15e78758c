//! Which word of a phrase a scan waits for.

use std::cmp::Reverse;

use unspin_lang::is_function_word;

/// How seldom a text will hold a word, the rarest lowest: no function word, in few phrases of the table (so that no
/// list under one anchor grows long), and of the rest the longest, since rare words are long (Zipf).
pub(crate) type Rank = (bool, u32, Reverse<u32>);

/// The rank of each word of a table; none of what has no letter or digit, which is no anchor. `shared` tells in how
/// many phrases it stands.
pub(crate) fn ranks(words: &[&str], shared: &[u32]) -> Vec<Option<Rank>> {
    let rank = |(word, shared): (&&str, &u32)| {
        word.chars()
            .any(char::is_alphanumeric)
            .then(|| (is_function_word(word), *shared, Reverse(word.len() as u32)))
    };
    words.iter().zip(shared).map(rank).collect()
}

/// The position of the word of the lowest rank, the first of equals. `items` are numbers of words, or beyond them what
/// is no word. `None` if the phrase has no word.
pub(crate) fn anchor(items: &[u32], ranks: &[Option<Rank>]) -> Option<usize> {
    let ranked = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((ranks.get(*item as usize).copied().flatten()?, at)));
    ranked.min().map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor_of(phrase: &str, shared: &[(&str, u32)]) -> Option<usize> {
        let words: Vec<&str> = phrase.split(' ').filter(|word| *word != "*").collect();
        let counts: Vec<u32> = words
            .iter()
            .map(|word| shared.iter().find(|(w, _)| w == word).map_or(0, |(_, count)| *count))
            .collect();
        let item = |word| words.iter().position(|w| *w == word).map_or(u32::MAX, |at| at as u32);
        let items: Vec<u32> = phrase.split(' ').map(item).collect();
        anchor(&items, &ranks(&words, &counts))
    }

    #[test]
    fn the_anchor_is_the_rarest_word() {
        assert_eq!(anchor_of("with the aid of using", &[]), Some(4));
        assert_eq!(anchor_of("legal tender", &[("tender", 90), ("legal", 2)]), Some(0));
        assert_eq!(anchor_of("of the of", &[]), Some(1));
        assert_eq!(anchor_of("* - based", &[]), Some(2));
        assert_eq!(anchor_of("* *", &[]), None);
    }
}
