//! `a` or `an`: by the first sound of the next word, which spelling tells but for a table of exceptions.

use crate::table::Table;

/// Which form of the indefinite article a word takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Article {
    /// Before a consonant sound: "a union".
    A,
    /// Before a vowel sound: "an hour".
    An,
    /// Usage varies ("a historic", "an historic"): neither is a fault.
    Either,
}

/// The article that `next` takes, where `next` is the word after the article as it stands: with its capitals, which
/// tell an abbreviation, its hyphens and figures. Leading quotation marks, brackets and currency signs are passed over.
pub fn article(next: &str) -> Article {
    let next = next.trim_start_matches(|c: char| !c.is_alphanumeric());
    match next.chars().next() {
        None => Article::A,
        Some(first) if first.is_ascii_digit() => of_number(next),
        Some(_) => of_word(next),
    }
}

/// The article that should stand in place of `written` ("a", "an", in any case) before `next`, in the case of
/// `written`; `None` where `written` may stay or is no article.
pub fn repair(written: &str, next: &str) -> Option<&'static str> {
    if !matches!(written, "a" | "A" | "an" | "An" | "AN") {
        return None;
    }
    match (written, article(next)) {
        ("a", Article::An) => Some("an"),
        ("A", Article::An) => Some("An"),
        ("an", Article::A) => Some("a"),
        ("An" | "AN", Article::A) => Some("A"),
        _ => None,
    }
}

/// Only eight, eleven, eighteen and eighty start with a vowel sound, whatever thousands follow them.
fn of_number(text: &str) -> Article {
    let grouped = text
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b',')
        .filter(u8::is_ascii_digit)
        .count();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with('8') {
        return Article::An;
    }
    let teen = text.starts_with("11") || text.starts_with("18");
    // Four figures without a comma are read by hundreds: "an 1860 map".
    let leading = if digits == 4 && grouped == 4 { 2 } else { (grouped + 2) % 3 + 1 };
    if teen && leading == 2 { Article::An } else { Article::A }
}

fn of_word(text: &str) -> Article {
    let end = text
        .char_indices()
        .find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '.' | '&')))
        .map_or(text.len(), |(at, _)| at);
    let first = text[..end].trim_end_matches('.');
    if let Some(article) = of_abbreviation(first) {
        return article;
    }
    by_sound(first)
}

/// The article of what is read as a word.
fn by_sound(word: &str) -> Article {
    match Table::ARTICLES.get(word) {
        Some("a") => Article::A,
        Some("an") => Article::An,
        Some(_) => Article::Either,
        None => by_rule(word),
    }
}

/// The article before the name of a letter.
fn of_letter(letter: char) -> Article {
    if "AEFHILMNORSX".contains(letter.to_ascii_uppercase()) { Article::An } else { Article::A }
}

/// The article of a word read letter by letter, or `None` if it is read as a word.
fn of_abbreviation(word: &str) -> Option<Article> {
    let mut chars = word.chars();
    let first = chars.next()?;
    let Some(second) = chars.next() else { return Some(of_letter(first)) };
    // "U.S.", "R&D", "F16", and a small letter before a capital, as in "mRNA"; but "eBay" and "iPhone" agree anyway.
    if !second.is_alphabetic() || (first.is_lowercase() && second.is_uppercase()) {
        return Some(of_letter(first));
    }
    // A plural s is no part of the abbreviation: "an MPs' vote".
    let letters = word.strip_suffix('s').filter(|rest| rest.len() > 1).unwrap_or(word);
    if !letters.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '&')) {
        return None;
    }
    match Table::ABBREVIATIONS.get(letters) {
        Some("letters") => return Some(of_letter(first)),
        Some("either") => return Some(Article::Either),
        Some(_) => return None,
        None => {}
    }
    read_by_letter(letters).then(|| of_letter(first))
}

/// Whether capitals are read letter by letter, told by their look: the short ones, and those that no one could say.
fn read_by_letter(letters: &str) -> bool {
    letters.len() <= 3 || !pronounceable(letters)
}

/// Whether capitals look like a word: no run of three consonants or of three vowels, none of two at the start that
/// no English word starts with.
fn pronounceable(letters: &str) -> bool {
    let mut run = 0_usize;
    let mut in_vowels = None;
    let mut vowels = 0_usize;
    for (i, byte) in letters.bytes().map(|b| b.to_ascii_lowercase()).enumerate() {
        if !byte.is_ascii_alphabetic() {
            return false;
        }
        let vowel = matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u') || (byte == b'y' && i > 0);
        vowels += usize::from(vowel);
        run = if in_vowels == Some(vowel) { run + 1 } else { 1 };
        in_vowels = Some(vowel);
        if run > 3 || (run == 3 && i == 2) {
            return false;
        }
    }
    let start = &letters.as_bytes()[..2];
    let onset = [
        "bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "kn", "ph", "pl", "pr", "qu",
        "sc", "sh", "sk", "sl", "sm", "sn", "sp", "st", "sw", "th", "tr", "tw", "wh", "wr",
    ];
    let opens = start.iter().any(|b| b"AEIOUYaeiouy".contains(b))
        || onset.iter().any(|o| o.as_bytes().eq_ignore_ascii_case(start));
    vowels > 0 && opens
}

/// The article by spelling alone, for deriving and testing the table.
pub fn by_rule(word: &str) -> Article {
    let starts = |prefix: &str| {
        word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let starts_any = |prefixes: &[&str]| prefixes.iter().any(|prefix| starts(prefix));
    let Some(first) = word.chars().next() else { return Article::A };
    let vowel = match first.to_lowercase().next().unwrap_or(first) {
        'e' => !starts_any(&["eu", "ewe", "ewi"]),
        'o' => {
            !starts_any(&["once", "one-", "ones", "ouij", "oua"])
                && !word.eq_ignore_ascii_case("one")
        }
        'u' => !starts_with_yoo(word),
        'h' => starts_any(&["hour", "honest", "honor", "honour", "heir", "dishonor"]),
        'a' | 'i' | 'à' | 'á' | 'â' | 'ä' | 'å' | 'æ' | 'è' | 'é' | 'ê' | 'ë' | 'ì' | 'í' | 'î'
        | 'ï' | 'ò' | 'ó' | 'ô' | 'ö' | 'ø' | 'œ' | 'ù' | 'ú' | 'û' | 'ü' => true,
        _ => false,
    };
    if vowel { Article::An } else { Article::A }
}

/// Whether a word in u starts with the sound of "you": u, one consonant, one vowel ("use", "utility", "unit"), but not
/// where un- is a prefix ("unable", "unimportant").
fn starts_with_yoo(word: &str) -> bool {
    let bytes = word.as_bytes();
    let lower = |i: usize| bytes.get(i).map_or(0, u8::to_ascii_lowercase);
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    match lower(1) {
        b'n' => {
            lower(2) == b'i'
                && !(matches!(
                    (lower(3), lower(4)),
                    (b'n', _)
                        | (b'm', b'a' | b'p' | b'm')
                        | (b'd', b'e')
                        | (b'l' | b'r', b'l' | b'r')
                ))
                || lower(2) == b'a' && lower(3) == b'n' && lower(4) == b'i'
        }
        b'r' => {
            lower(2) == b'a' && lower(3) == b'n'
                || lower(2) == b'i'
                || lower(2) == b'e'
                || lower(2) == b'o'
        }
        b's' | b't' | b'b' | b'k' | b'f' | b'c' => vowel(lower(2)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_all(article_wanted: Article, words: &str) {
        for word in words.split_whitespace() {
            assert_eq!(article(word), article_wanted, "{word}");
        }
    }

    #[test]
    fn sound_and_not_spelling_decides() {
        assert_all(
            Article::A,
            "one once one-off use user European university unanimous union Ukrainian eulogy usual utility",
        );
        assert_all(
            Article::A,
            "house hotel hospital year UK-based ewe unique unit uniform Ugandan Uruguayan",
        );
        assert_all(
            Article::An,
            "hour honest heir honour heirloom umbrella unable uninvited unimportant undo ugly urgent",
        );
        assert_all(
            Article::An,
            "elephant only onion owner idea urn up-front understanding unassuming",
        );
    }

    #[test]
    fn abbreviations_are_read_by_letter_or_as_words() {
        assert_all(
            Article::An,
            "FBI NGO MRI MP MPs SUV HIV NHS LGBT X-ray RSPCA NBA SEC FDA HTML L.A. R&D F-16 mRNA S&P M25",
        );
        assert_all(
            Article::A,
            "NATO NASA FIFA FEMA NASCAR U.S. US UN UK BBC CIA TV UNESCO UEFA HUD U-turn T-shirt pH",
        );
        assert_all(Article::An, "AIDS OPEC e-mail eBay iPhone AI IT A-list OECD");
        assert_all(Article::A, "HOUSE REPORT NEW LOSS FINAL SENATOR");
    }

    #[test]
    fn every_abbreviation_listed_changes_the_answer() {
        let redundant = Table::ABBREVIATIONS.rows().filter(|(letters, reading)| {
            let first = letters.chars().next().expect("a row has a key");
            let by_word = by_sound(letters);
            let by_look =
                if read_by_letter(&letters.to_uppercase()) { of_letter(first) } else { by_word };
            let listed = match *reading {
                "word" => by_word,
                "letters" => of_letter(first),
                _ => Article::Either,
            };
            listed == by_look
        });
        assert_eq!(redundant.map(|(letters, _)| letters).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn figures_are_read_aloud() {
        assert_all(
            Article::An,
            "8 11 18 80 800 8,000 11,000 18,500 8-year-old 11th 18-month 80% $8 1860s 11.5 8.2m 11m 18,000,000",
        );
        assert_all(
            Article::A,
            "1 110 180 1,100 1.8 1.1 10 7 100 118 1,800-seat 111 $1.8bn 9 2018 1,180,000 110,000",
        );
    }

    #[test]
    fn varying_usage_is_no_fault() {
        assert_all(Article::Either, "historic historian herb homage");
        assert_eq!(repair("an", "historic"), None);
        assert_eq!(repair("a", "historic"), None);
    }

    #[test]
    fn prefixes_hyphens_and_marks_do_not_confuse() {
        assert_all(
            Article::A,
            "non-EU \u{201c}useful\u{201d} (one) 'European one-armed US-led U.S.-backed",
        );
        assert_all(
            Article::An,
            "\u{201c}honest\u{201d} all-party hour-long FBI-led élite ex-MP anti-war MP's NHS\u{2019}s",
        );
        assert_all(Article::A, "non-MP re-elected");
    }

    #[test]
    fn an_article_is_repaired_in_its_own_case() {
        assert_eq!(repair("a", "hour"), Some("an"));
        assert_eq!(repair("An", "union"), Some("A"));
        assert_eq!(repair("a", "union"), None);
        assert_eq!(repair("the", "hour"), None);
    }

    #[test]
    fn nothing_to_read_takes_a() {
        for empty in ["", "-", "\u{201c}\u{201d}", "…"] {
            assert_eq!(article(empty), Article::A);
        }
    }
}
