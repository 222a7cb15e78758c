//! What the tokenizer does with a byte or a character.

/// What an ASCII byte begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Space,
    Letter,
    Digit,
    Apostrophe,
    Hyphen,
    Stop,
    Exclamation,
    Punct,
    Symbol,
    Tag,
    Slash,
    /// Not ASCII.
    Wide,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Symbol; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'\t'..=b'\r' | b' ' => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            b'.' => Class::Stop,
            b'!' | b'?' => Class::Exclamation,
            b',' | b';' | b':' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' | b'`' => {
                Class::Punct
            }
            b'@' | b'#' => Class::Tag,
            b'/' => Class::Slash,
            0x80.. => Class::Wide,
            _ => Class::Symbol,
        };
        byte += 1;
    }
    classes
};

#[inline]
pub(crate) fn class(byte: u8) -> Class {
    CLASSES[byte as usize]
}

/// What a character outside ASCII begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wide {
    /// White space, and the invisible marks that scraped pages leave where white space was.
    Space,
    Apostrophe,
    Hyphen,
    Punct,
    Symbol,
    /// A letter, a mark, an emoji: left to UAX #29.
    Run,
}

/// The class of a character outside ASCII.
#[expect(
    clippy::match_same_arms,
    reason = "an arm for each block of Unicode can be read; one for each class cannot"
)]
pub(crate) fn wide(c: char) -> Wide {
    match c {
        '\u{2019}' | '\u{2bc}' => Wide::Apostrophe,
        '\u{2010}' | '\u{2011}' => Wide::Hyphen,
        '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => Wide::Space,
        '\u{a1}' | '\u{ab}' | '\u{b7}' | '\u{bb}' | '\u{bf}' => Wide::Punct,
        // Soft hyphens, joiners, ordinals and the micro sign belong to words.
        '\u{aa}'
        | '\u{ad}'
        | '\u{b5}'
        | '\u{ba}'
        | '\u{b2}'
        | '\u{b3}'
        | '\u{b9}'
        | '\u{bc}'..='\u{be}' => Wide::Run,
        '\u{200c}' | '\u{200d}' => Wide::Run,
        _ if c.is_whitespace() => Wide::Space,
        '\u{2022}' => Wide::Symbol,
        '\u{2012}'..='\u{205e}' | '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' => Wide::Punct,
        '\u{37e}' | '\u{589}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}'
        | '\u{965}' => Wide::Punct,
        '\u{ff01}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0c}' | '\u{ff0e}' | '\u{ff1a}'
        | '\u{ff1b}' | '\u{ff1f}' => Wide::Punct,
        '\u{80}'..='\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{20a0}'..='\u{20cf}'
        | '\u{2100}'..='\u{23ff}'
        | '\u{fffd}' => Wide::Symbol,
        _ => Wide::Run,
    }
}

/// The character that starts at `at`, with its length in bytes.
#[inline]
pub(crate) fn next_char(text: &str, at: usize) -> Option<(char, usize)> {
    let c = text.get(at..)?.chars().next()?;
    Some((c, c.len_utf8()))
}

/// Whether a letter or digit starts at `at`.
#[inline]
pub(crate) fn is_alphanumeric_at(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => false,
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => next_char(text, at)
            .is_some_and(|(c, _)| c.is_alphanumeric() && matches!(wide(c), Wide::Run)),
    }
}
