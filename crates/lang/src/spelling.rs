//! The regular spelling of inflection, both ways and without tables.
//!
//! Public because the tables are derived by asking these rules which words they get wrong (`examples/exceptions.rs`),
//! and tested by asking them again.

use crate::form::{Form, Forms};

const fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The byte `back` places before the end (0 is the last), lower case; 0 before the start.
fn at(word: &[u8], back: usize) -> u8 {
    word.len().checked_sub(back + 1).map_or(0, |i| word[i].to_ascii_lowercase())
}

fn ends_with(word: &[u8], ending: &str) -> bool {
    word.len() >= ending.len()
        && word[word.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

fn ends_with_any(word: &[u8], endings: &[&str]) -> bool {
    endings.iter().any(|ending| ends_with(word, ending))
}

/// Groups of vowel letters, less a silent final e; at least 1 for a word with any vowel.
pub fn syllables(word: &str) -> usize {
    let bytes = word.as_bytes();
    let mut groups = 0;
    let mut in_group = false;
    for (i, byte) in bytes.iter().map(u8::to_ascii_lowercase).enumerate() {
        let vowel = is_vowel(byte) || (byte == b'y' && i > 0);
        groups += usize::from(vowel && !in_group);
        in_group = vowel;
    }
    let syllabic_le = at(bytes, 1) == b'l' && !is_vowel(at(bytes, 2)) && at(bytes, 2) != b'l';
    let silent_e = at(bytes, 0) == b'e' && !is_vowel(at(bytes, 1)) && !syllabic_le;
    if silent_e && groups > 1 { groups - 1 } else { groups }
}

/// Whether the word ends in one vowel letter and one consonant that can be doubled ("stop", "quit", not "stoop").
fn ends_short(word: &[u8]) -> bool {
    let (last, vowel, before) = (at(word, 0), at(word, 1), at(word, 2));
    last.is_ascii_alphabetic()
        && !is_vowel(last)
        && !matches!(last, b'w' | b'x' | b'y' | b'h' | b'c' | b's')
        && (is_vowel(vowel) || (vowel == b'y' && before != 0))
        && (!is_vowel(before) || (before == b'u' && at(word, 3) == b'q'))
        && !(vowel == b'u' && before == b'q')
}

/// Whether the last consonant is doubled before -ed and -ing. Doubling follows stress, which spelling shows in words
/// of one syllable and in few others.
fn doubles(word: &str) -> bool {
    let bytes = word.as_bytes();
    ends_short(bytes)
        && (syllables(word) <= 1
            || ends_with_any(
                bytes,
                &[
                    "mit", "cur", "pel", "trol", "bet", "cap", "wrap", "ship", "step", "shop",
                    "plug",
                ],
            ))
}

/// The regular form of `lemma`: an ending to put after its first so many bytes, or `None` where the comparative and
/// superlative are made with "more" and "most".
///
/// Returns the number of bytes of `lemma` kept, the byte to double (or `None`), and the ending.
fn ending(lemma: &str, form: Form) -> Option<(usize, bool, &'static str)> {
    let bytes = lemma.as_bytes();
    let len = bytes.len();
    let (last, before) = (at(bytes, 0), at(bytes, 1));
    let y = last == b'y'
        && (before.is_ascii_alphabetic() && !is_vowel(before) || ends_with(bytes, "quy"));
    Some(match form {
        Form::Base => (len, false, ""),
        Form::Plural if ends_with(bytes, "man") && len > 4 => (len - 2, false, "en"),
        Form::Plural if len > 4 && ends_with_any(bytes, &["sis", "xis"]) => (len - 2, false, "es"),
        Form::Plural | Form::ThirdSingular => {
            if y {
                (len - 1, false, "ies")
            } else if last == b'z' && ends_short(bytes) && syllables(lemma) == 1 {
                (len, true, "es")
            } else if matches!(last, b's' | b'x' | b'z') || ends_with_any(bytes, &["ch", "sh"]) {
                (len, false, "es")
            } else {
                (len, false, "s")
            }
        }
        Form::Past | Form::Participle => match last {
            b'e' => (len, false, "d"),
            _ if y => (len - 1, false, "ied"),
            b'c' if before == b'i' => (len, false, "ked"),
            _ => (len, doubles(lemma), "ed"),
        },
        Form::Gerund => match last {
            b'e' if before == b'i' && len > 2 => (len - 2, false, "ying"),
            b'e' if !matches!(before, b'e' | b'o' | b'y') && len > 2 => (len - 1, false, "ing"),
            b'c' if before == b'i' => (len, false, "king"),
            _ => (len, doubles(lemma), "ing"),
        },
        Form::Comparative | Form::Superlative => {
            let syllables = syllables(lemma);
            let graded = syllables <= 1
                || (syllables == 2 && y)
                || (syllables == 2 && ends_with(bytes, "le"));
            // Most words in -ly are adverbs, which take "more".
            if !graded || syllables > 1 && ends_with_any(bytes, &["ed", "ing", "ly"]) {
                return None;
            }
            let superlative = form == Form::Superlative;
            match last {
                b'e' => (len, false, if superlative { "st" } else { "r" }),
                _ if y => (len - 1, false, if superlative { "iest" } else { "ier" }),
                _ => (len, doubles(lemma), if superlative { "est" } else { "er" }),
            }
        }
    })
}

/// The regular form of `lemma` as one word; `None` where a comparative or superlative takes "more" or "most".
pub fn inflect(lemma: &str, form: Form) -> Option<String> {
    let (kept, double, ending) = ending(lemma, form)?;
    let mut word = String::with_capacity(lemma.len() + 4);
    word.push_str(&lemma[..kept]);
    if double && let Some(last) = lemma.chars().next_back() {
        word.push(last);
    }
    word.push_str(ending);
    Some(word)
}

/// What the regular rules take `word` to be: the bytes kept of it, the ending of its lemma, and its forms. `None`
/// where the word carries no regular ending. A word in -ing can always be a noun or an adjective too.
pub fn analyse(word: &str) -> Option<(usize, &'static str, Forms)> {
    let bytes = word.as_bytes();
    let len = bytes.len();
    if len < 4 {
        return None;
    }
    match at(bytes, 0) {
        b's' => analyse_s(bytes).map(|(kept, ending)| (kept, ending, Forms::S)),
        b'd' if at(bytes, 1) == b'e' => match at(bytes, 2) {
            b'i' if len > 4 => Some((len - 3, "y", Forms::ED)),
            b'i' => Some((len - 1, "", Forms::ED)),
            b'e' => None,
            _ => verb_base(word, len - 2).map(|(kept, ending)| (kept, ending, Forms::ED)),
        },
        b'g' if ends_with(bytes, "ing") => verb_base(word, len - 3)
            .map(|(kept, ending)| (kept, ending, Forms::of(&[Form::Gerund]))),
        b'n' if len > 5 && ends_with(bytes, "men") => {
            Some((len - 2, "an", Forms::of(&[Form::Plural])))
        }
        b't' if len > 5 && ends_with(bytes, "iest") => {
            Some((len - 4, "y", Forms::of(&[Form::Superlative])))
        }
        _ => None,
    }
}

fn analyse_s(bytes: &[u8]) -> Option<(usize, &'static str)> {
    let len = bytes.len();
    match (at(bytes, 2), at(bytes, 1)) {
        (_, b's' | b'u' | b'i' | b'\'') => None,
        (b'i', b'e') if len > 4 => Some((len - 3, "y")),
        (b'x' | b'o', b'e') if len > 4 => Some((len - 2, "")),
        (b'h', b'e') if matches!(at(bytes, 3), b'c' | b's') => Some((len - 2, "")),
        (b's' | b'z', b'e') if at(bytes, 3) == at(bytes, 2) => Some((len - 2, "")),
        (b's', b'e') if len > 6 && ends_with_any(bytes, &["yses", "eses"]) => Some((len - 2, "is")),
        _ => Some((len - 1, "")),
    }
}

/// The verb behind the stem that -ed or -ing was taken from: `word[..stem_len]`, with a doubled consonant made single
/// or a final e put back. `None` where the stem cannot be a verb ("thing", "bed").
fn verb_base(word: &str, stem_len: usize) -> Option<(usize, &'static str)> {
    let stem = &word[..stem_len];
    let bytes = stem.as_bytes();
    let (last, before) = (at(bytes, 0), at(bytes, 1));
    let count = syllables(stem);
    if count == 0 || stem_len < 2 {
        return None;
    }
    if last == before && matches!(last, b'b' | b'd' | b'g' | b'm' | b'n' | b'p' | b'r' | b't') {
        return Some((stem_len - 1, ""));
    }
    if ends_with(bytes, "ick") && count > 1 {
        return Some((stem_len - 1, ""));
    }
    Some((stem_len, if restores_e(stem, bytes, count) { "e" } else { "" }))
}

/// Whether a stem without its -ed or -ing had a final e, told by its last letters.
fn restores_e(stem: &str, bytes: &[u8], count: usize) -> bool {
    let (last, before, third) = (at(bytes, 0), at(bytes, 1), at(bytes, 2));
    // One vowel, one consonant, one syllable: without the e the consonant would have been doubled.
    if count == 1 && doubles(stem) {
        return true;
    }
    // Two vowel letters, as in "train" and "avoid", are long already; the u of "equate" belongs to the q.
    let short = is_vowel(before) && (!is_vowel(third) || matches!(third, b'u' | b'i'));
    match last {
        b'c' | b'v' | b'u' => true,
        b'z' => is_vowel(before),
        b's' => before != b's' && !(before == b'u' && count > 1 && !is_vowel(third)),
        b'g' => {
            matches!(before, b'd' | b'r' | b'l' | b'a' | b'e' | b'i' | b'u')
                || ends_with_any(bytes, &["ang", "eng", "ung"])
        }
        b'l' => {
            !matches!(before, b'a' | b'e' | b'i' | b'o' | b'l' | b'r' | b'w' | b'y')
                && !ends_with_any(bytes, &["aul", "oul"])
        }
        b't' => {
            short && (matches!(before, b'a' | b'u')) && third != b'e' && !ends_with(bytes, "mat")
        }
        b'r' => match before {
            b'i' | b'u' => short && !matches!(third, b'a' | b'o'),
            b'a' => !matches!(third, b'e' | b'o') && count > 1,
            b't' | b'c' | b'b' => true,
            _ => false,
        },
        b'n' => short && before == b'i' && !matches!(third, b'a' | b'e' | b'o'),
        b'd' => {
            short
                && matches!(before, b'a' | b'i' | b'o' | b'u')
                && !matches!(third, b'a' | b'e' | b'o')
        }
        b'm' => short && matches!(before, b'o' | b'u' | b'a') && count > 1,
        b'k' => short && before != b'e' && before != b'o' || ends_with(bytes, "vok"),
        b'p' => short && before == b'a' && count > 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(word: &str) -> Option<String> {
        analyse(word).map(|(kept, ending, _)| format!("{}{ending}", &word[..kept]))
    }

    #[test]
    fn regular_spelling_runs_forward() {
        for (lemma, form, wanted) in [
            ("property", Form::Plural, "properties"),
            ("key", Form::Plural, "keys"),
            ("church", Form::Plural, "churches"),
            ("fireman", Form::Plural, "firemen"),
            ("stop", Form::Past, "stopped"),
            ("visit", Form::Past, "visited"),
            ("quit", Form::Gerund, "quitting"),
            ("tie", Form::Gerund, "tying"),
            ("agree", Form::Gerund, "agreeing"),
            ("argue", Form::Gerund, "arguing"),
            ("panic", Form::Past, "panicked"),
            ("carry", Form::Past, "carried"),
            ("big", Form::Comparative, "bigger"),
            ("happy", Form::Superlative, "happiest"),
            ("large", Form::Superlative, "largest"),
        ] {
            assert_eq!(inflect(lemma, form).as_deref(), Some(wanted));
        }
        assert_eq!(inflect("intelligent", Form::Comparative), None);
    }

    #[test]
    fn regular_spelling_runs_backward() {
        for (word, wanted) in [
            ("ministries", "ministry"),
            ("boxes", "box"),
            ("houses", "house"),
            ("stopped", "stop"),
            ("making", "make"),
            ("visiting", "visit"),
            ("operated", "operate"),
            ("repeated", "repeat"),
            ("handled", "handle"),
            ("requiring", "require"),
            ("considered", "consider"),
            ("explaining", "explain"),
            ("panicking", "panic"),
            ("died", "die"),
        ] {
            assert_eq!(base(word).as_deref(), Some(wanted), "{word}");
        }
        for plain in ["king", "thing", "red", "class", "virus", "basis", "as"] {
            assert_eq!(base(plain), None, "{plain}");
        }
    }

    #[test]
    fn short_and_odd_words_do_not_panic() {
        for word in ["", "s", "ed", "ing", "é", "éed", "éing", "és", "aing", "'s", "ies", "qqing"]
        {
            let _ = analyse(word);
            for form in Form::ALL {
                let _ = inflect(word, form);
            }
        }
    }
}
