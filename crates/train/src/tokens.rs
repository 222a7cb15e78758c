//! Words of a line of plain text, with what their case may prove.
//!
//! Simpler than the product's tokens on purpose: counting needs letters and sentence starts, not
//! positions, and a tokeniser of its own keeps the counts stable while the product's changes.

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// `house`
    Lower,
    /// `House`, `McCain`, `O'Neill`
    Capital,
    /// `NATO`, `iPhone`, and words glued together by a lost space (`theBill`).
    Other,
}

/// A word of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word<'t> {
    /// As written: letters, with single apostrophes and hyphens inside.
    pub(crate) text: &'t str,
    pub(crate) case: Case,
    /// A capital here proves nothing: the word starts a sentence, a quotation or the line.
    pub(crate) starts: bool,
}

/// The words of one line.
pub(crate) fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = line;
    let mut starts = true;
    let mut after_capital = false;
    std::iter::from_fn(move || {
        loop {
            let begin = rest.find(char::is_alphanumeric)?;
            let gap = &rest[..begin];
            starts |=
                gap.contains(['.', '!', '?', ':', '"', '\u{201c}', '\u{2018}', '|', '\u{2022}']);
            rest = &rest[begin..];
            let word = &rest[..end_of_word(rest)];
            rest = &rest[word.len()..];
            let started = std::mem::replace(&mut starts, false);
            let glued = is_glued(gap.chars().next_back(), gap) || continues(rest);
            if !glued && word.chars().all(|c| c.is_alphabetic() || is_joint(c)) {
                let mut case = case_of(word);
                if after_capital && gap == " " && is_shouted(word) {
                    case = Case::Capital;
                }
                after_capital = case == Case::Capital;
                return Some(Word { text: word, case, starts: started });
            }
            after_capital = false;
        }
    })
}

/// Whether most of the longer words are capitalised, as in headlines, lists of names and tables,
/// where a capital is no evidence of a name.
pub(crate) fn is_title(line: &str) -> bool {
    let (mut capital, mut all) = (0, 0);
    for word in words(line).filter(|word| word.text.len() > 3) {
        all += 1;
        capital += usize::from(word.case != Case::Lower);
    }
    2 * capital > all
}

/// Marks that bind the parts of addresses (`www.example.org`) and of sentences whose space was lost.
fn binds(c: char) -> bool {
    matches!(c, '.' | '/' | '@' | '_' | '\\')
}

/// Whether a word is bound to the one before: `gap` lies between them.
fn is_glued(last: Option<char>, gap: &str) -> bool {
    last.is_some_and(binds) && gap.chars().count() == 1
}

/// Whether a word is bound to the one after it, where `rest` begins.
fn continues(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(binds) && chars.next().is_some_and(char::is_alphanumeric)
}

/// Whether a word is long enough to be a surname that its source sets in capitals
/// (`Emmanuel MACRON`) rather than an acronym. Asked only after a capitalised word.
fn is_shouted(word: &str) -> bool {
    word.chars().count() > 4 && word.chars().all(char::is_uppercase)
}

fn is_joint(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '-')
}

/// Byte length of the run of letters and digits at the front, single joints between them included.
fn end_of_word(text: &str) -> usize {
    let mut end = 0;
    let mut joint = false;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            end = at + c.len_utf8();
            joint = false;
        } else if is_joint(c) && !joint {
            joint = true;
        } else {
            break;
        }
    }
    end
}

fn case_of(word: &str) -> Case {
    let mut parts = word.split(is_joint).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default();
    let lower = |part: &str| part.chars().all(|c| !c.is_uppercase());
    let capital = |part: &str| {
        let rest = ["Mc", "Mac", "De", "Di", "La", "Le", "Van"]
            .iter()
            .filter_map(|prefix| part.strip_prefix(prefix))
            .find(|rest| rest.starts_with(char::is_uppercase))
            .unwrap_or(part);
        let mut chars = rest.chars();
        chars.next().is_some_and(char::is_uppercase)
            && chars.as_str().chars().all(char::is_lowercase)
    };
    if lower(word) {
        Case::Lower
    } else if (capital(first) || first.chars().count() == 1)
        && first.starts_with(char::is_uppercase)
        && parts.all(|part| lower(part) || capital(part))
        && word.chars().any(char::is_lowercase)
    {
        Case::Capital
    } else {
        Case::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_starts_are_marked() {
        let line = "The mayor met Lagos officials. She left: \"Fine,\" said Okoro.";
        let starts: Vec<&str> = words(line).filter(|w| w.starts).map(|w| w.text).collect();
        assert_eq!(starts, ["The", "She", "Fine", "said"]);
    }

    #[test]
    fn joints_bind_only_between_letters() {
        let text: Vec<&str> =
            words("'tis O'Neill's co-op -- ministers' 42nd x-").map(|w| w.text).collect();
        assert_eq!(text, ["tis", "O'Neill's", "co-op", "ministers", "x"]);
    }

    #[test]
    fn parts_of_addresses_are_no_words() {
        let text: Vec<&str> =
            words("see www.example.org or a@b.org, and/or.").map(|w| w.text).collect();
        assert_eq!(text, ["see", "or"]);
    }

    #[test]
    fn a_surname_in_capitals_counts_as_capitalised() {
        let case = |line| words(line).last().map(|word| word.case);
        assert_eq!(case("met Adaeze OKORO"), Some(Case::Capital));
        assert_eq!(case("met with OKORO"), Some(Case::Other));
    }

    #[test]
    fn case_tells_names_from_acronyms_and_glued_words() {
        for (word, case) in [
            ("house", Case::Lower),
            ("Okoro", Case::Capital),
            ("McCain", Case::Capital),
            ("O'Neill", Case::Capital),
            ("Bosnia-Herzegovina", Case::Capital),
            ("NATO", Case::Other),
            ("theBill", Case::Other),
            ("A", Case::Other),
        ] {
            assert_eq!(case_of(word), case, "{word}");
        }
    }

    #[test]
    fn a_headline_is_a_title() {
        assert!(is_title("Senate Passes Water Bill After Long Debate"));
        assert!(!is_title("The Senate passed the water bill after a long debate."));
    }
}
