//! Patterns: what a rule's author writes, read into a tree and expanded into plain sequences of words.
//!
//! Everything is expanded when a table is built: a scan then knows neither lemmas nor alternatives, and a suggestion
//! is inflected where the form is known for certain. What cannot be expanded is the wildcard; a gap is one phrase for
//! each of its lengths, so that it costs a scan nothing but room in the table.
//!
//! How many phrases a pattern stands for is counted, not tried out: a pack is refused for what it would become before
//! anything of it is made.

mod measure;
mod parse;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use unspin_lang::Form;

use parse::Parser;

/// A pattern of more sequences than this is refused: it would fill the table unseen.
const MAX_EXPANSIONS: u64 = 4096;
/// A phrase of more tokens than this is refused; the table counts them in a byte.
const MAX_TOKENS: usize = 40;

/// Groups inside of groups beyond this are refused: nobody could read them.
const MAX_DEPTH: usize = 16;

/// The longest gap, in words: what stands further apart is seldom one construction.
const MAX_GAP: u8 = 8;

/// Named lists of alternatives, for `@name` in a pattern.
pub(crate) type Sets = BTreeMap<String, Vec<String>>;

/// A pattern that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    nodes: Vec<Node>,
    /// How many sequences it stands for.
    pub(crate) expansions: u32,
    /// How many groups it has, for `{1}` in a suggestion.
    pub(crate) groups: usize,
    /// How many wildcards and gaps it has.
    pub(crate) wildcards: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    /// A whole pattern of words of ASCII letters, in lower case, a space between two: what nearly all lists hold.
    Words(String),
    /// Folded tokens, and the source text.
    Literal {
        tokens: Vec<String>,
        text: String,
    },
    Lemma(String),
    /// Any words, from the first number of them to the second.
    Gap(u8, u8),
    /// Number from 0 (a set has none), and alternatives.
    Group(Option<usize>, Vec<Vec<Node>>),
    Optional(Box<Node>),
}

/// One token of an expanded phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Element {
    /// Folded text.
    Word(String),
    /// The first word of a gap.
    Wildcard,
    /// A further word of the same gap.
    Further,
}

/// One of the sequences that a pattern stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Expansion {
    pub(crate) elements: Vec<Element>,
    /// The forms that its lemmas took, in order.
    pub(crate) forms: Vec<Form>,
    /// How many words each of its gaps holds, in order.
    pub(crate) gaps: Vec<u8>,
    /// The text of each group, empty where the group is absent.
    pub(crate) groups: Vec<String>,
    text: String,
}

/// What is wrong in a pattern, and where in bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatternError {
    pub(crate) at: usize,
    pub(crate) message: Cow<'static, str>,
    pub(crate) help: Option<Cow<'static, str>>,
}

impl PatternError {
    fn new(at: usize, message: impl Into<Cow<'static, str>>) -> Self {
        Self { at, message: message.into(), help: None }
    }

    fn help(self, help: impl Into<Cow<'static, str>>) -> Self {
        Self { help: Some(help.into()), ..self }
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
    pub(crate) fn parse(source: &str, sets: &Sets) -> Result<Self, PatternError> {
        Self::of_words(source).map_or_else(|| Self::parse_any(source, sets), Ok)
    }

    fn parse_any(source: &str, sets: &Sets) -> Result<Self, PatternError> {
        let mut parser = Parser::new(source, sets);
        let nodes = parser.whole()?;
        let expansions = measure::expansions(&nodes)?;
        Ok(Self { nodes, expansions, groups: parser.groups, wildcards: parser.wildcards })
    }

    /// The pattern, if it is nothing but words of ASCII letters: each of them is one token.
    fn of_words(source: &str) -> Option<Self> {
        let plain = source.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ');
        let mut words = source.split(' ').filter(|word| !word.is_empty());
        let mut text = String::with_capacity(source.len());
        text.push_str(words.next().filter(|_| plain)?);
        let mut count = 1;
        for word in words {
            text.push(' ');
            text.push_str(word);
            count += 1;
        }
        text.make_ascii_lowercase();
        let nodes = vec![Node::Words(text)];
        (count <= MAX_TOKENS).then_some(Self { nodes, expansions: 1, groups: 0, wildcards: 0 })
    }

    /// Its folded words, if it is nothing but words of ASCII letters.
    pub(crate) fn words(&self) -> Option<impl Iterator<Item = &str>> {
        match &self.nodes[..] {
            [Node::Words(text)] => Some(text.split(' ')),
            _ => None,
        }
    }

    /// Whether it can match without any word of its own, so that a scan could not wait for one.
    pub(crate) fn is_wordless(&self) -> bool {
        !measure::is_worded(&self.nodes)
    }

    /// Whether it is nothing but words and lemmas, so that it can stand as a suggestion too.
    pub(crate) fn is_plain(&self) -> bool {
        let plain =
            |node: &Node| matches!(node, Node::Words(_) | Node::Literal { .. } | Node::Lemma(_));
        self.nodes.iter().all(plain)
    }

    /// Whether it is nothing but words, so that it says how they are written.
    pub(crate) fn is_literal(&self) -> bool {
        self.nodes.iter().all(|node| matches!(node, Node::Words(_) | Node::Literal { .. }))
    }

    /// Whether it has a lemma whose form a suggestion may take.
    pub(crate) fn has_lemma(&self) -> bool {
        fn any(nodes: &[Node]) -> bool {
            nodes.iter().any(|node| match node {
                Node::Lemma(_) => true,
                Node::Group(_, alternatives) => alternatives.iter().any(|a| any(a)),
                Node::Optional(node) => any(std::slice::from_ref(node)),
                Node::Words(_) | Node::Literal { .. } | Node::Gap(..) => false,
            })
        }
        any(&self.nodes)
    }

    /// Every phrase that it stands for, folded, with `*` where any word may stand.
    pub fn phrases(&self) -> impl Iterator<Item = String> {
        self.expand().into_iter().map(|expansion| {
            let words: Vec<&str> = expansion
                .elements
                .iter()
                .map(|element| match element {
                    Element::Word(word) => word.as_str(),
                    Element::Wildcard | Element::Further => "*",
                })
                .collect();
            words.join(" ").replace(" - ", "-")
        })
    }

    /// All sequences it stands for, each once, in a fixed order.
    pub(crate) fn expand(&self) -> Vec<Expansion> {
        let start = Expansion { groups: vec![String::new(); self.groups], ..Expansion::default() };
        expand_sequence(&self.nodes, vec![start])
    }
}

fn expand_sequence(nodes: &[Node], starts: Vec<Expansion>) -> Vec<Expansion> {
    nodes.iter().fold(starts, |starts, node| expand_node(node, starts))
}

fn expand_node(node: &Node, starts: Vec<Expansion>) -> Vec<Expansion> {
    match node {
        Node::Words(text) => starts
            .into_iter()
            .map(|mut e| {
                e.elements.extend(text.split(' ').map(|word| Element::Word(word.to_owned())));
                e
            })
            .collect(),
        Node::Literal { tokens, text } => starts
            .into_iter()
            .map(|mut e| {
                e.elements.extend(tokens.iter().cloned().map(Element::Word));
                e.join(text);
                e
            })
            .collect(),
        Node::Gap(least, most) => {
            let lengths = *least..=*most;
            let of = |(e, length): (&Expansion, u8)| {
                let mut e = e.clone();
                let further = (1..length).map(|_| Element::Further);
                e.elements
                    .extend((length > 0).then_some(Element::Wildcard).into_iter().chain(further));
                e.gaps.push(length);
                e
            };
            starts
                .iter()
                .flat_map(|e| lengths.clone().map(move |length| (e, length)))
                .map(of)
                .collect()
        }
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
            all.extend(expand_node(node, starts));
            all
        }
        Node::Group(number, alternatives) => {
            let mut all = Vec::new();
            for alternative in alternatives {
                for start in &starts {
                    let before = start.text.len();
                    let mut closed = expand_sequence(alternative, vec![start.clone()]);
                    if let Some(number) = *number {
                        for e in &mut closed {
                            e.text[before..].trim_start().clone_into(&mut e.groups[number]);
                        }
                    }
                    all.append(&mut closed);
                }
            }
            all
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn expansions(pattern: &str) -> Vec<String> {
        let words = |e: Expansion| {
            let words = e.elements.into_iter().map(|e| match e {
                Element::Word(word) => word,
                Element::Wildcard => "*".to_owned(),
                Element::Further => "+".to_owned(),
            });
            words.collect::<Vec<_>>().join(" ")
        };
        Pattern::parse(pattern, &Sets::new())
            .expect(pattern)
            .expand()
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
    fn a_gap_is_a_phrase_for_each_of_its_lengths() {
        assert_eq!(expansions("not *{0,2} but"), ["not but", "not * but", "not * + but"]);
        assert_eq!(expansions("so *{2} so"), ["so * + so"]);
    }

    #[test]
    fn a_set_stands_for_its_members() {
        let sets =
            Sets::from([("degree".to_owned(), vec!["very".to_owned(), "at most".to_owned()])]);
        let pattern = Pattern::parse("@degree (odd)", &sets).expect("well formed");
        let texts: Vec<_> = pattern.expand().into_iter().map(|e| (e.text, e.groups)).collect();
        let odd = || vec!["odd".to_owned()];
        assert_eq!(texts, [("very odd".to_owned(), odd()), ("at most odd".to_owned(), odd())]);
    }

    #[test]
    fn groups_keep_their_text() {
        let pattern = Pattern::parse("(does|<do> well)? no", &Sets::new()).expect("well formed");
        let groups: Vec<String> =
            pattern.expand().into_iter().map(|e| e.groups[0].clone()).collect();
        assert!(groups.contains(&String::new()) && groups.contains(&"does".into()));
        assert!(groups.contains(&"did well".into()));
    }

    proptest::proptest! {
        #[test]
        fn words_of_ascii_letters_are_read_as_any_pattern_is(text in "[a-zA-Z]{0,6}( {1,3}[a-zA-Z]{1,9}){0,5} ?") {
            let none = Sets::new();
            if let Some(short) = Pattern::of_words(&text) {
                let long = Pattern::parse_any(&text, &none).expect("words");
                let elements = |pattern: &Pattern| {
                    pattern.expand().into_iter().map(|e| e.elements).collect::<Vec<_>>()
                };
                proptest::prop_assert_eq!(elements(&short), elements(&long));
                proptest::prop_assert_eq!(short.expansions, long.expansions);
                proptest::prop_assert_eq!(short.is_wordless(), long.is_wordless());
                let words = short.words().into_iter().flatten().count();
                proptest::prop_assert_eq!(words, elements(&long)[0].len());
            } else {
                proptest::prop_assert!(text.trim().is_empty());
            }
        }

        #[test]
        fn what_is_counted_is_what_is_expanded(text in "[abx<>()|*? -]{0,16}") {
            if let Ok(pattern) = Pattern::parse(&text, &Sets::new()) {
                let expanded = pattern.expand();
                proptest::prop_assert_eq!(expanded.len(), pattern.expansions as usize);
                let is_worded = |e: &Expansion| {
                    e.elements.iter().any(|e| matches!(e, Element::Word(w) if w.chars().any(char::is_alphanumeric)))
                };
                proptest::prop_assert_eq!(pattern.is_wordless(), !expanded.iter().all(is_worded));
            }
        }
    }
}
