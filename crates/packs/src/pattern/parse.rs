//! Reading a pattern's text.

use unspin_text::{Document, TokenKind};

use super::{MAX_DEPTH, MAX_GAP, Node, PatternError, Sets, fold};

/// See [`Parser::whole`].
pub(super) struct Parser<'s> {
    source: &'s str,
    sets: &'s Sets,
    at: usize,
    pub(super) groups: usize,
    pub(super) wildcards: usize,
    depth: usize,
}

impl<'s> Parser<'s> {
    pub(super) fn new(source: &'s str, sets: &'s Sets) -> Self {
        Self { source, sets, at: 0, groups: 0, wildcards: 0, depth: 0 }
    }

    /// The nodes of the whole source.
    pub(super) fn whole(&mut self) -> Result<Vec<Node>, PatternError> {
        let nodes = self.sequence()?;
        let Some(odd) = self.peek() else { return Ok(nodes) };
        Err(PatternError::new(self.at, format!("`{odd}` closes nothing"))
            .help("write `(a|b)` for alternatives"))
    }

    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    /// Up to the end, or to a `|` or `)` of the group around.
    fn sequence(&mut self) -> Result<Vec<Node>, PatternError> {
        let mut nodes = Vec::new();
        let mut touches = false;
        while let Some(c) = self.peek() {
            let start = self.at;
            let node = match c {
                c if c.is_whitespace() => {
                    self.at += c.len_utf8();
                    touches = false;
                    continue;
                }
                '|' if self.depth == 0 => {
                    return Err(PatternError::new(start, "`|` stands outside of a group")
                        .help("write `(a|b)`"));
                }
                '|' | ')' => break,
                '(' => self.group()?,
                '<' => self.lemma()?,
                '*' => self.gap()?,
                '@' => self.set()?,
                '?' => {
                    return Err(PatternError::new(start, "nothing stands before `?`")
                        .help("put it right after a word, `<lemma>` or `(group)`"));
                }
                '>' => {
                    return Err(PatternError::new(start, "`>` closes nothing")
                        .help("write a lemma as `<get>`"));
                }
                _ => self.literal(touches)?,
            };
            let node = if self.peek() == Some('?') {
                self.at += 1;
                if matches!(node, Node::Gap(..)) {
                    return Err(PatternError::new(start, "a wildcard cannot be optional")
                        .help("write a gap, `*{0,1}`"));
                }
                Node::Optional(Box::new(node))
            } else {
                node
            };
            nodes.push(node);
            touches = true;
        }
        Ok(nodes)
    }

    fn group(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        if self.depth >= MAX_DEPTH {
            let message = format!("groups nested deeper than {MAX_DEPTH}");
            return Err(PatternError::new(start, message).help("write it as several patterns"));
        }
        let number = self.groups;
        let wildcards = self.wildcards;
        self.groups += 1;
        self.depth += 1;
        let mut alternatives = Vec::new();
        loop {
            self.at += 1;
            let from = self.at;
            let alternative = self.sequence()?;
            if alternative.is_empty() {
                return Err(PatternError::new(from.min(self.source.len()), "an empty alternative")
                    .help("write `(a|b)?` for words that may be missing"));
            }
            alternatives.push(alternative);
            match self.peek() {
                Some('|') => {}
                Some(_) => break,
                None => return Err(PatternError::new(start, "`(` is never closed")),
            }
        }
        self.at += 1;
        self.depth -= 1;
        if self.wildcards > wildcards {
            return Err(PatternError::new(start, "a wildcard inside of a group")
                .help("write one pattern for each alternative"));
        }
        Ok(Node::Group(Some(number), alternatives))
    }

    /// `*`, `*{2}` or `*{0,3}`.
    fn gap(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 1;
        self.wildcards += 1;
        let Some(rest) = self.source[self.at..].strip_prefix('{') else {
            return Ok(Node::Gap(1, 1));
        };
        let help = "write `*{0,3}` for none to three words";
        let Some((inside, after)) = rest.split_once('}') else {
            return Err(PatternError::new(start, "`{` is never closed").help(help));
        };
        let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
        let number = |text: &str| text.trim().parse::<u8>().ok();
        let (Some(least), Some(most)) = (number(least), number(most)) else {
            return Err(PatternError::new(start, format!("`{inside}` is no length")).help(help));
        };
        if most == 0 || least > most || most > MAX_GAP {
            let message = format!("a gap of {least} to {most} words");
            return Err(PatternError::new(start, message)
                .help(format!("it holds at most {MAX_GAP}, the lesser number first")));
        }
        if after.starts_with(|c: char| !c.is_whitespace() && !"|)?".contains(c)) {
            return Err(PatternError::new(start, "a gap touches what follows it")
                .help("put a space between, or write `*`"));
        }
        self.at = self.source.len() - after.len();
        Ok(Node::Gap(least, most))
    }

    /// `@name`: one of the words of a set.
    fn set(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        let rest = &self.source[start + 1..];
        let length = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(rest.len());
        let name = &rest[..length];
        let Some(members) = self.sets.get(name) else {
            let known = self.sets.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            let help = if known.is_empty() {
                "write the words under `[sets]`".to_owned()
            } else {
                format!("known: {known}")
            };
            return Err(PatternError::new(start, format!("`@{name}` is no set")).help(help));
        };
        self.at += 1 + length;
        // Members know no sets, so that no set can hold itself.
        let none = Sets::new();
        let alternatives = members.iter().map(|member| {
            let mut parser = Parser::new(member, &none);
            let nodes = parser.whole().map_err(|error| PatternError { at: start, ..error })?;
            if nodes.is_empty() || parser.groups + parser.wildcards > 0 {
                return Err(PatternError::new(
                    start,
                    format!("`{member}` in `@{name}` is more than words and lemmas"),
                ));
            }
            Ok(nodes)
        });
        Ok(Node::Group(None, alternatives.collect::<Result<_, _>>()?))
    }

    fn lemma(&mut self) -> Result<Node, PatternError> {
        let rest = &self.source[self.at + 1..];
        let Some(length) = rest.find('>') else {
            return Err(PatternError::new(self.at, "`<` is never closed"));
        };
        let lemma = fold(&rest[..length]);
        if lemma.is_empty() || !lemma.chars().all(char::is_alphabetic) {
            return Err(PatternError::new(self.at, format!("`<{lemma}>` is no lemma"))
                .help("a lemma is one word of letters: `<get>`"));
        }
        self.at += length + 2;
        Ok(Node::Lemma(lemma))
    }

    /// A run of characters without white space, tokenised as it would be in a text: what touches it on either side
    /// is stood in for by letters, since `-based` alone is no end of a compound.
    fn literal(&mut self, touches: bool) -> Result<Node, PatternError> {
        const STAND_IN: &str = "xx";
        let start = self.at;
        let rest = &self.source[start..];
        let length =
            rest.find(|c: char| c.is_whitespace() || "<>()|*?@".contains(c)).unwrap_or(rest.len());
        let text = &rest[..length];
        self.at += length;
        // An ending that stands alone is what it is at the end of a word.
        let touches = touches || is_ending(text);
        let followed = matches!(self.peek(), Some('(' | '<' | '*'));
        let carried = format!(
            "{}{text}{}",
            if touches { STAND_IN } else { "" },
            if followed { STAND_IN } else { "" }
        );
        let document = Document::new(carried.as_bytes());
        let mut tokens = document.tokens();
        let fault = || {
            Err(PatternError::new(start, format!("`{text}` cannot touch what stands beside it"))
                .help("only a hyphen or an ending such as `'s` may; else put a space between"))
        };
        if touches {
            match tokens.split_first() {
                Some((first, rest)) if document.token_text(first) == STAND_IN => tokens = rest,
                _ => return fault(),
            }
        }
        if followed {
            match tokens.split_last() {
                Some((last, rest)) if document.token_text(last) == STAND_IN => tokens = rest,
                _ => return fault(),
            }
        }
        if let Some(odd) =
            tokens.iter().find(|t| matches!(t.kind, TokenKind::Address | TokenKind::Symbol))
        {
            let odd = document.token_text(odd);
            return Err(PatternError::new(start, format!("`{odd}` is no word")));
        }
        let tokens = tokens.iter().map(|t| fold(document.token_text(t))).collect();
        Ok(Node::Literal { tokens, text: text.to_owned() })
    }
}

/// Whether a text is an ending that the tokeniser parts from its word.
fn is_ending(text: &str) -> bool {
    let plain = fold(text);
    ["'s", "'re", "'ve", "'ll", "'d", "'m"].contains(&plain.as_str())
}
