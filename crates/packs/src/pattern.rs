//! Patterns: what a rule's author writes, read into a tree and expanded into plain sequences of words.
//!
//! Everything is expanded when a table is built: a scan then knows neither lemmas nor alternatives, and a suggestion
//! is inflected where the form is known for certain. What cannot be expanded is the wildcard.

use std::borrow::Cow;
use std::collections::HashSet;

use unspin_lang::Form;
use unspin_text::{Document, TokenKind};

/// A pattern of more sequences than this is refused: it would fill the table unseen.
const MAX_EXPANSIONS: usize = 4096;
/// A phrase of more tokens than this is refused; the table counts them in a byte.
const MAX_TOKENS: usize = 40;

/// A pattern that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    nodes: Vec<Node>,
    /// How many groups it has, for `{1}` in a suggestion.
    pub(crate) groups: usize,
    /// How many wildcards it has.
    pub(crate) wildcards: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    /// Folded tokens, and the source text.
    Literal {
        tokens: Vec<String>,
        text: String,
    },
    Lemma(String),
    Wildcard,
    /// Number from 0, and alternatives.
    Group(usize, Vec<Vec<Node>>),
    Optional(Box<Node>),
}

/// One token of an expanded phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Element {
    /// Folded text.
    Word(String),
    Wildcard,
}

/// One of the sequences that a pattern stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Expansion {
    pub(crate) elements: Vec<Element>,
    /// The forms that its lemmas took, in order.
    pub(crate) forms: Vec<Form>,
    /// The text of each group, empty where the group is absent.
    pub(crate) groups: Vec<String>,
    text: String,
}

/// What is wrong in a pattern, and where in bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatternError {
    pub(crate) at: usize,
    pub(crate) message: Cow<'static, str>,
    pub(crate) help: Option<&'static str>,
}

impl PatternError {
    fn new(at: usize, message: impl Into<Cow<'static, str>>) -> Self {
        Self { at, message: message.into(), help: None }
    }

    fn help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }
}

/// Lower case, straight apostrophes, plain hyphens: what two spellings of one word have in common.
pub(crate) fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{2019}' | '\u{2bc}' => '\'',
            '\u{2010}' | '\u{2011}' => '-',
            c => c,
        })
        .collect()
}

impl Pattern {
    pub(crate) fn parse(source: &str) -> Result<Self, PatternError> {
        let mut parser = Parser { source, at: 0, groups: 0, wildcards: 0, depth: 0 };
        let nodes = parser.sequence()?;
        if parser.at < source.len() {
            let found = &source[parser.at..=parser.at];
            return Err(PatternError::new(parser.at, format!("`{found}` closes nothing"))
                .help("write `(a|b)` for alternatives"));
        }
        let pattern = Self { nodes, groups: parser.groups, wildcards: parser.wildcards };
        pattern.expand()?;
        Ok(pattern)
    }

    /// Whether it can match without any word of its own, so that a scan could not wait for one.
    pub(crate) fn is_wordless(&self) -> bool {
        let worded = |e: &Expansion| e.elements.iter().any(|e| e.word().is_some_and(has_letter));
        !self.expand().is_ok_and(|expansions| expansions.iter().all(worded))
    }

    /// Whether it has a lemma whose form a suggestion may take.
    pub(crate) fn has_lemma(&self) -> bool {
        fn any(nodes: &[Node]) -> bool {
            nodes.iter().any(|node| match node {
                Node::Lemma(_) => true,
                Node::Group(_, alternatives) => alternatives.iter().any(|a| any(a)),
                Node::Optional(node) => any(std::slice::from_ref(node)),
                Node::Literal { .. } | Node::Wildcard => false,
            })
        }
        any(&self.nodes)
    }

    /// All sequences it stands for, each once, in a fixed order.
    pub(crate) fn expand(&self) -> Result<Vec<Expansion>, PatternError> {
        let start = Expansion { groups: vec![String::new(); self.groups], ..Expansion::default() };
        expand_sequence(&self.nodes, vec![start])
    }
}

fn has_letter(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

fn expand_sequence(nodes: &[Node], starts: Vec<Expansion>) -> Result<Vec<Expansion>, PatternError> {
    nodes.iter().try_fold(starts, |starts, node| {
        let all = expand_node(node, starts)?;
        check_count(all.len())?;
        if all.iter().any(|e| e.elements.len() > MAX_TOKENS) {
            return Err(PatternError::new(
                0,
                format!("the phrase has more than {MAX_TOKENS} words"),
            ));
        }
        Ok(all)
    })
}

fn expand_node(node: &Node, starts: Vec<Expansion>) -> Result<Vec<Expansion>, PatternError> {
    Ok(match node {
        Node::Literal { tokens, text } => starts
            .into_iter()
            .map(|mut e| {
                e.elements.extend(tokens.iter().cloned().map(Element::Word));
                e.join(text);
                e
            })
            .collect(),
        Node::Wildcard => starts
            .into_iter()
            .map(|mut e| {
                e.elements.push(Element::Wildcard);
                e.join("*");
                e
            })
            .collect(),
        Node::Lemma(lemma) => {
            // A spelling that serves several forms ("put") is one phrase a form: suggestions may differ.
            let forms = lemma_forms(lemma);
            starts
                .iter()
                .flat_map(|e| {
                    forms.iter().map(move |(form, word)| {
                        let mut e = e.clone();
                        e.elements.push(Element::Word(word.clone()));
                        e.forms.push(*form);
                        e.join(word);
                        e
                    })
                })
                .collect()
        }
        Node::Optional(node) => {
            let mut all = starts.clone();
            all.extend(expand_node(node, starts)?);
            all
        }
        Node::Group(number, alternatives) => {
            let mut all = Vec::new();
            for alternative in alternatives {
                for start in &starts {
                    let before = start.text.len();
                    let mut closed = expand_sequence(alternative, vec![start.clone()])?;
                    for e in &mut closed {
                        e.text[before..].trim_start().clone_into(&mut e.groups[*number]);
                    }
                    all.append(&mut closed);
                    check_count(all.len())?;
                }
            }
            all
        }
    })
}

fn check_count(expansions: usize) -> Result<(), PatternError> {
    if expansions <= MAX_EXPANSIONS {
        return Ok(());
    }
    Err(PatternError::new(0, format!("the pattern stands for more than {MAX_EXPANSIONS} phrases"))
        .help("write it as several patterns, or with fewer alternatives"))
}

impl Expansion {
    fn join(&mut self, text: &str) {
        if !self.text.is_empty() && !text.starts_with(['-', '\'', '\u{2019}']) {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }
}

/// The spellings of a lemma with their forms, each pair once. `be` has finite forms that no paradigm of eight holds.
fn lemma_forms(lemma: &str) -> Vec<(Form, String)> {
    let mut forms: Vec<(Form, String)> = unspin_lang::forms(lemma).collect();
    if lemma == "be" {
        forms.extend(
            [(Form::Base, "am"), (Form::Base, "are"), (Form::Past, "were")]
                .map(|(f, w)| (f, w.into())),
        );
    }
    let mut seen = HashSet::new();
    forms.retain(|pair| seen.insert(pair.clone()));
    forms
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
    groups: usize,
    wildcards: usize,
    depth: usize,
}

impl Parser<'_> {
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
                '*' => {
                    self.at += 1;
                    self.wildcards += 1;
                    Node::Wildcard
                }
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
                if node == Node::Wildcard {
                    return Err(PatternError::new(start, "a wildcard cannot be optional")
                        .help("write two patterns, one with `*` and one without"));
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
        Ok(Node::Group(number, alternatives))
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
            rest.find(|c: char| c.is_whitespace() || "<>()|*?".contains(c)).unwrap_or(rest.len());
        let text = &rest[..length];
        self.at += length;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn expansions(pattern: &str) -> Vec<String> {
        let words = |e: Expansion| {
            let words = e.elements.into_iter().map(|e| match e {
                Element::Word(word) => word,
                Element::Wildcard => "*".to_owned(),
            });
            words.collect::<Vec<_>>().join(" ")
        };
        Pattern::parse(pattern)
            .expect(pattern)
            .expand()
            .expect(pattern)
            .into_iter()
            .map(words)
            .collect()
    }

    #[test]
    fn alternatives_and_optional_words_multiply() {
        assert_eq!(
            expansions("so (as|that) in? order"),
            ["so as order", "so that order", "so as in order", "so that in order"]
        );
    }

    #[test]
    fn a_lemma_stands_for_its_forms() {
        let got = expansions("<get> rid");
        for phrase in ["get rid", "gets rid", "getting rid", "got rid", "gotten rid"] {
            assert!(got.iter().any(|g| g == phrase), "{phrase}: {got:?}");
        }
    }

    #[test]
    fn what_touches_a_wildcard_is_tokenised_as_in_a_text() {
        assert_eq!(expansions("*-based totally"), ["* - based totally"]);
        assert_eq!(expansions("long-(time|term)"), ["long - time", "long - term"]);
        assert_eq!(expansions("*'s own"), ["* 's own"]);
        assert_eq!(expansions("don\u{2019}t"), ["do n't"]);
    }

    #[test]
    fn groups_keep_their_text() {
        let pattern = Pattern::parse("(does|<do> well)? no").expect("well formed");
        let groups: Vec<String> =
            pattern.expand().expect("few").into_iter().map(|e| e.groups[0].clone()).collect();
        assert!(groups.contains(&String::new()) && groups.contains(&"does".into()));
        assert!(groups.contains(&"did well".into()));
    }
}
