//! Text to tokens, in one pass.
//!
//! News is almost all ASCII, so bytes drive the scan and the key is hashed while they pass. Typographic marks are
//! handled by hand, so that a text with curly quotes reads like the same text with straight ones; every other run that
//! is not ASCII goes to UAX #29. Each look ahead is either bounded or remembered, which keeps any input linear.

use unicode_segmentation::UnicodeSegmentation;

use crate::character::{Class, Wide, class, is_alphanumeric_at, next_char, wide};
use crate::key::{OFFSET, extend, fold_key};
use crate::lexicon::Lexicon;
use crate::{Case, Span, Token, TokenKind, address, control_comment};

static ELISIONS: Lexicon = Lexicon::new(include_str!("../data/elisions.tsv"));

/// All tokens of `text`, in order and disjoint.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    // The capacity suits prose; a bound keeps a huge file of another kind from claiming memory it does not need.
    let tokens = Vec::with_capacity(text.len().min(1 << 22) / 5 + 8);
    let mut scanner =
        Scanner { text, bytes: text.as_bytes(), at: 0, spaced: true, tokens, no_address_before: 0 };
    scanner.run();
    scanner.tokens
}

/// Joins the tokens that reach into each of these places, in order and disjoint, to one address. Linear.
pub(crate) fn join(text: &str, tokens: &mut Vec<Token>, places: &[Span]) {
    let mut places = places.iter().peekable();
    if places.peek().is_none() {
        return;
    }
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut open: Option<Span> = None;
    for token in tokens.drain(..) {
        while places.next_if(|place| place.end <= token.span.start).is_some() {
            open = None;
        }
        let place = places.peek().filter(|place| place.overlaps(token.span));
        match (place, joined.last_mut()) {
            (None, _) => joined.push(token),
            (Some(place), Some(last)) if open == Some(**place) => {
                last.span = last.span.cover(token.span);
            }
            (Some(place), _) => {
                open = Some(**place);
                joined.push(Token { kind: TokenKind::Address, case: Case::Caseless, ..token });
            }
        }
    }
    for token in joined.iter_mut().filter(|token| token.kind == TokenKind::Address) {
        token.key = fold_key(&text[token.span.range()]);
    }
    *tokens = joined;
}

/// A word or number that is still growing.
struct Pending {
    start: usize,
    /// Where the letters and digits since the last connector (apostrophe, dot) began.
    core: usize,
    key: u32,
    letters: u32,
    capitals: u32,
    /// Holds a character that is not ASCII, apart from apostrophes; then key and case are taken from the text.
    wide: bool,
    /// Is a letter-dot sequence so far: `U.S`.
    dotted: bool,
}

impl Pending {
    fn new(start: usize) -> Self {
        Self {
            start,
            core: start,
            key: OFFSET,
            letters: 0,
            capitals: 0,
            wide: false,
            dotted: false,
        }
    }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    spaced: bool,
    tokens: Vec<Token>,
    /// No address starts before this offset: the text up to here was looked at already.
    no_address_before: usize,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match class(byte) {
                Class::Space => {
                    self.at += 1;
                    self.spaced = true;
                }
                Class::Letter | Class::Digit => self.word(Pending::new(self.at)),
                Class::Apostrophe => self.apostrophe(1),
                Class::Hyphen => self.hyphen(byte),
                Class::Stop => self.repeated(TokenKind::Punct, |next| next == b'.'),
                Class::Exclamation => {
                    self.repeated(TokenKind::Punct, |next| matches!(next, b'!' | b'?'));
                }
                Class::Punct | Class::Symbol if self.control_comment() => {}
                Class::Punct => self.single(TokenKind::Punct, 1),
                Class::Symbol => self.repeated(TokenKind::Symbol, |next| next == byte),
                Class::Tag => self.tag(byte),
                Class::Slash => self.slash(),
                Class::Wide => self.wide(),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    #[inline]
    fn push(&mut self, start: usize, end: usize, key: u32, kind: TokenKind, case: Case) {
        let span = Span::new(start as u32, end as u32);
        self.tokens.push(Token { span, key, kind, case, spaced: self.spaced });
        self.at = end;
        self.spaced = false;
    }

    /// Pushes a token whose key and case are read off its text.
    fn push_text(&mut self, end: usize, kind: TokenKind) {
        let text = &self.text[self.at..end];
        let case = if matches!(kind, TokenKind::Punct | TokenKind::Hyphen) {
            Case::Caseless
        } else {
            case_of(text)
        };
        self.push(self.at, end, fold_key(text), kind, case);
    }

    fn single(&mut self, kind: TokenKind, len: usize) {
        self.push_text(self.at + len, kind);
    }

    fn repeated(&mut self, kind: TokenKind, same: impl Fn(u8) -> bool) {
        let more = self.bytes[self.at + 1..].iter().take_while(|&&next| same(next)).count();
        self.push_text(self.at + 1 + more, kind);
    }

    fn touches_word(&self) -> bool {
        let is_word = |token: &Token| {
            matches!(
                token.kind,
                TokenKind::Word | TokenKind::Number | TokenKind::Clitic | TokenKind::Address
            )
        };
        !self.spaced && self.tokens.last().is_some_and(is_word)
    }

    fn hyphen(&mut self, byte: u8) {
        if self.peek(1) == Some(b'-') {
            self.repeated(TokenKind::Punct, |next| next == byte);
            return;
        }
        self.hyphen_of(1);
    }

    fn hyphen_of(&mut self, len: usize) {
        let inside = self.touches_word() && is_alphanumeric_at(self.text, self.at + len);
        self.single(if inside { TokenKind::Hyphen } else { TokenKind::Punct }, len);
    }

    /// Takes a comment to the linter, which is no prose. Whether there was one.
    fn control_comment(&mut self) -> bool {
        let end = control_comment::end(self.bytes, self.at);
        if let Some(end) = end {
            self.push_text(end, TokenKind::Address);
        }
        end.is_some()
    }

    /// `@handle`, `#tag`; elsewhere a symbol.
    fn tag(&mut self, byte: u8) {
        let starts = match self.peek(1) {
            Some(next) if byte == b'@' => next.is_ascii_alphanumeric() || next == b'_',
            Some(next) => next.is_ascii_alphabetic(),
            None => false,
        };
        if !starts || self.touches_word() {
            return self.repeated(TokenKind::Symbol, |next| next == byte);
        }
        let is_part = |next: &&u8| next.is_ascii_alphanumeric() || **next == b'_';
        let len = self.bytes[self.at + 1..].iter().take_while(is_part).count();
        self.push_text(self.at + 1 + len, TokenKind::Address);
    }

    /// The `/` of `and/or`, or an absolute path.
    fn slash(&mut self) {
        let path = if self.spaced { address::path_end(self.bytes, self.at) } else { None };
        match path {
            Some(end) => self.push_text(end, TokenKind::Address),
            None => self.single(TokenKind::Punct, 1),
        }
    }

    fn word(&mut self, mut word: Pending) {
        loop {
            self.core(&mut word);
            let Some(next) = self.peek(0) else { break };
            if next == b' ' {
                // As most words end.
                break;
            }
            if self.at == word.core || word.wide {
                // Nothing to look at: an address is ASCII.
            } else if word.core == word.start
                && self.at >= self.no_address_before
                && matches!(next, b'.' | b'@' | b':' | b'/' | b'_' | b'-' | b'+')
                && self.peek(1).is_some_and(|after| {
                    after.is_ascii_alphanumeric() || matches!(after, b'/' | b'\\')
                })
            {
                match address::end(self.bytes, word.start) {
                    Ok(end) => {
                        self.at = word.start;
                        return self.push_text(end, TokenKind::Address);
                    }
                    Err(looked_at) => self.no_address_before = looked_at,
                }
            }
            let grows = match next {
                b'\'' => self.inner_apostrophe(&mut word, 1),
                b'.' => self.inner_stop(&mut word),
                b',' => self.inner_comma(&mut word),
                b'_' => {
                    self.connect(&mut word, 1, b'_', is_alphanumeric_at(self.text, self.at + 1))
                }
                0x80.. => match next_char(self.text, self.at) {
                    Some((c, len)) => match wide(c) {
                        Wide::Apostrophe => self.inner_apostrophe(&mut word, len),
                        Wide::Run => self.run_of(&mut word),
                        _ => false,
                    },
                    None => false,
                },
                _ => false,
            };
            if !grows {
                break;
            }
        }
        self.finish(&word);
    }

    /// Takes ASCII letters and digits.
    #[inline]
    fn core(&mut self, word: &mut Pending) {
        let mut key = word.key;
        let (mut letters, mut capitals) = (0, 0);
        let rest = &self.bytes[self.at..];
        let mut len = 0;
        for &byte in rest {
            if !matches!(class(byte), Class::Letter | Class::Digit) {
                break;
            }
            // Digits have the bit that makes a letter lower-case.
            key = extend(key, byte | 0x20);
            letters += u32::from(byte >= b'A');
            capitals += u32::from(byte & 0x20 == 0);
            len += 1;
        }
        self.at += len;
        word.key = key;
        word.letters += letters;
        word.capitals += capitals;
    }

    fn connect(&mut self, word: &mut Pending, len: usize, byte: u8, joins: bool) -> bool {
        if joins {
            word.key = extend(word.key, byte);
            self.at += len;
            word.core = self.at;
        }
        joins
    }

    /// Takes the `.` of `U.S.`, `9.2`, `Ph.D.` or `HPE.N`.
    fn inner_stop(&mut self, word: &mut Pending) -> bool {
        let next = self.peek(1);
        let last = self.bytes[self.at - 1];
        let len = self.at - word.start;
        let next_is_single = next.is_some_and(|b| b.is_ascii_alphabetic())
            && !is_alphanumeric_at(self.text, self.at + 2);
        if word.wide {
            return false;
        }
        if next_is_single && last.is_ascii_alphabetic() {
            let is_short = len == 1
                || (len == 2
                    && last.is_ascii_lowercase()
                    && next.is_some_and(|b| b.is_ascii_uppercase()));
            let is_mixed = word.capitals > 1 && next.is_some_and(|b| b.is_ascii_uppercase());
            if word.dotted || is_short || is_mixed {
                word.dotted = word.dotted || is_short;
                return self.connect(word, 1, b'.', true);
            }
        } else if word.dotted {
            // The last stop of `U.S.`, but not the first of `the U.S...`
            return self.connect(word, 1, b'.', next != Some(b'.'));
        }
        let joins = if last.is_ascii_digit() && next.is_some_and(|b| b.is_ascii_digit()) {
            true
        } else {
            // A stock symbol: capitals and digits, a stop, one to three capitals.
            word.letters == word.capitals
                && self.capitals_after_stop().is_some_and(|count| count <= 3)
        };
        self.connect(word, 1, b'.', joins)
    }

    /// How many capitals stand after the stop at hand, where nothing else of a word follows them. Looks at 4 at most.
    fn capitals_after_stop(&self) -> Option<usize> {
        let tail = &self.bytes[self.at + 1..];
        let count = tail.iter().take(4).take_while(|b| b.is_ascii_uppercase()).count();
        let ends = !is_alphanumeric_at(self.text, self.at + 1 + count);
        (count > 0 && ends).then_some(count)
    }

    /// Takes the `,` of `10,000`.
    fn inner_comma(&mut self, word: &mut Pending) -> bool {
        let is_digit = |byte: Option<u8>| byte.is_some_and(|b| b.is_ascii_digit());
        let joins = word.letters == 0
            && !word.wide
            && is_digit(Some(self.bytes[self.at - 1]))
            && is_digit(self.peek(1));
        self.connect(word, 1, b',', joins)
    }

    /// Takes the apostrophe of `O'Brien`; splits off the clitic of `it's` and `don't`.
    fn inner_apostrophe(&mut self, word: &mut Pending, len: usize) -> bool {
        if let Some(end) = self.clitic_end(self.at + len) {
            self.finish(word);
            self.push_text(end, TokenKind::Clitic);
            word.start = end;
            return false;
        }
        let last = self.bytes[self.at - 1];
        if last | 0x20 == b'n'
            && self.peek(len).is_some_and(|b| b | 0x20 == b't')
            && !is_alphanumeric_at(self.text, self.at + len + 1)
        {
            let end = self.at + len + 1;
            self.at -= 1;
            if self.at > word.start {
                let text = &self.text[word.start..self.at];
                self.push(word.start, self.at, fold_key(text), kind_of(text), case_of(text));
            }
            self.push_text(end, TokenKind::Clitic);
            word.start = end;
            return false;
        }
        let joins = next_char(self.text, self.at + len).is_some_and(|(c, _)| c.is_alphabetic());
        self.connect(word, len, b'\'', joins)
    }

    /// The end of the clitic whose letters start at `from`, if they are one.
    fn clitic_end(&self, from: usize) -> Option<usize> {
        let lower = |at: usize| self.bytes.get(at).map_or(0, u8::to_ascii_lowercase);
        let end = match (lower(from), lower(from + 1)) {
            (b'l', b'l') | (b'r' | b'v', b'e') => from + 2,
            (b's' | b'd' | b'm', _) => from + 1,
            _ => return None,
        };
        (!is_alphanumeric_at(self.text, end)).then_some(end)
    }

    /// Takes a run with characters outside ASCII, cut where UAX #29 cuts it; its last piece may go on growing.
    ///
    /// The run is cut once and as a whole. Asking for one piece at a time would look at the rest again for each.
    fn run_of(&mut self, word: &mut Pending) -> bool {
        let rest = &self.text[self.at..];
        let is_run = |c: char| {
            if c.is_ascii() { c.is_ascii_alphanumeric() } else { matches!(wide(c), Wide::Run) }
        };
        let run_end = rest.find(|c| !is_run(c)).map_or(self.text.len(), |len| self.at + len);
        word.wide = true;
        for (offset, piece) in self.text[word.core..run_end].split_word_bound_indices() {
            if offset > 0 {
                self.finish(word);
                let at = self.at;
                *word = Pending { wide: true, ..Pending::new(at) };
            }
            self.at = word.core + piece.len();
        }
        true
    }

    /// Pushes what has grown, unless a branch has pushed it already.
    #[inline]
    fn finish(&mut self, word: &Pending) {
        if self.at <= word.start {
            return;
        }
        if word.wide {
            let text = &self.text[word.start..self.at];
            return self.push(word.start, self.at, fold_key(text), kind_of(text), case_of(text));
        }
        let bytes = &self.bytes[word.start..self.at];
        let kind = if bytes[0].is_ascii_digit() { TokenKind::Number } else { TokenKind::Word };
        let starts_with_capital =
            || bytes.iter().find(|b| b.is_ascii_alphabetic()).is_some_and(u8::is_ascii_uppercase);
        let case = case_from(word.letters - word.capitals, word.capitals, starts_with_capital);
        self.push(word.start, self.at, word.key, kind, case);
    }

    /// An apostrophe that is not inside a word: a clitic after a quotation, an elision, or a quotation mark.
    fn apostrophe(&mut self, len: usize) {
        let from = self.at + len;
        if !self.spaced
            && let Some(end) = self.clitic_end(from)
        {
            return self.push_text(end, TokenKind::Clitic);
        }
        if let Some(end) = self.decade_end(from, len > 1) {
            return self.push_text(end, TokenKind::Number);
        }
        let opens =
            self.spaced || self.tokens.last().is_some_and(|token| token.kind == TokenKind::Punct);
        let letters =
            self.bytes[from..].iter().take(8).take_while(|b| b.is_ascii_alphabetic()).count();
        if opens
            && letters > 0
            && ELISIONS.has(&self.text[from..from + letters])
            && !is_alphanumeric_at(self.text, from + letters)
        {
            return self.push_text(from + letters, TokenKind::Word);
        }
        self.single(TokenKind::Punct, len);
    }

    /// The end of the digits of `'90s`, or of `’90` where the mark is curly and so cannot open a quotation.
    fn decade_end(&self, from: usize, curly: bool) -> Option<usize> {
        let is_pair = self.bytes.get(from..from + 2)?.iter().all(u8::is_ascii_digit);
        let has_s = self.bytes.get(from + 2) == Some(&b's');
        let end = from + 2 + usize::from(has_s);
        (is_pair && (has_s || curly) && !is_alphanumeric_at(self.text, end)).then_some(end)
    }

    fn wide(&mut self) {
        let Some((c, len)) = next_char(self.text, self.at) else { return };
        match wide(c) {
            Wide::Space => {
                self.at += len;
                self.spaced = true;
            }
            Wide::Apostrophe => self.apostrophe(len),
            Wide::Hyphen => self.hyphen_of(len),
            Wide::Punct => self.single(TokenKind::Punct, len),
            Wide::Symbol => self.single(TokenKind::Symbol, len),
            Wide::Run => self.word(Pending::new(self.at)),
        }
    }
}

fn kind_of(text: &str) -> TokenKind {
    match text.chars().next() {
        Some(c) if c.is_numeric() => TokenKind::Number,
        _ if text.chars().any(char::is_alphabetic) => TokenKind::Word,
        _ => TokenKind::Symbol,
    }
}

fn case_of(text: &str) -> Case {
    let (mut lower, mut capitals) = (0, 0);
    let mut first_is_capital = None;
    for c in text.chars() {
        let (is_lower, is_capital) = (c.is_lowercase(), c.is_uppercase());
        if is_lower || is_capital {
            first_is_capital.get_or_insert(is_capital);
        }
        lower += u32::from(is_lower);
        capitals += u32::from(is_capital);
    }
    case_from(lower, capitals, || first_is_capital == Some(true))
}

fn case_from(lower: u32, capitals: u32, starts_with_capital: impl Fn() -> bool) -> Case {
    match (lower, capitals) {
        (0, 0) => Case::Caseless,
        (_, 0) => Case::Lower,
        (_, 1) if starts_with_capital() => Case::Title,
        (0, _) => Case::Upper,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests;
