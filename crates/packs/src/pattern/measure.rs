//! How much a pattern stands for, without expanding it.

use super::{MAX_EXPANSIONS, MAX_TOKENS, Node, PatternError, lemma_forms};

/// Sequences, and tokens of the longest.
#[derive(Clone, Copy)]
struct Size {
    sequences: u64,
    tokens: usize,
}

/// How many sequences the nodes stand for.
///
/// # Errors
/// If they are too many, or one is too long.
pub(super) fn expansions(nodes: &[Node]) -> Result<u32, PatternError> {
    let size = sequence(nodes);
    if size.sequences > MAX_EXPANSIONS {
        let message = format!("the pattern stands for more than {MAX_EXPANSIONS} phrases");
        return Err(PatternError::new(0, message)
            .help("write it as several patterns, or with fewer alternatives"));
    }
    if size.tokens > MAX_TOKENS {
        return Err(PatternError::new(0, format!("the phrase has more than {MAX_TOKENS} words")));
    }
    Ok(size.sequences as u32)
}

fn sequence(nodes: &[Node]) -> Size {
    nodes.iter().map(node).fold(Size { sequences: 1, tokens: 0 }, |all, size| Size {
        sequences: all.sequences.saturating_mul(size.sequences),
        tokens: all.tokens.saturating_add(size.tokens),
    })
}

fn node(node: &Node) -> Size {
    match node {
        Node::Words(text) => Size { sequences: 1, tokens: text.split(' ').count() },
        Node::Literal { tokens, .. } => Size { sequences: 1, tokens: tokens.len() },
        Node::Lemma(lemma) => Size { sequences: lemma_forms(lemma).len() as u64, tokens: 1 },
        Node::Gap(least, most) => {
            Size { sequences: u64::from(most - least) + 1, tokens: usize::from(*most) }
        }
        Node::Optional(inner) => {
            let size = self::node(inner);
            Size { sequences: size.sequences.saturating_add(1), ..size }
        }
        Node::Group(_, alternatives) => {
            let sizes = alternatives.iter().map(|alternative| sequence(alternative));
            sizes.fold(Size { sequences: 0, tokens: 0 }, |all, size| Size {
                sequences: all.sequences.saturating_add(size.sequences),
                tokens: all.tokens.max(size.tokens),
            })
        }
    }
}

/// Whether every sequence has a word with a letter or digit in it: in a sequence that holds if and only if one of its
/// nodes always brings one, since each is chosen by itself.
pub(super) fn is_worded(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Words(_) | Node::Lemma(_) => true,
        Node::Literal { tokens, .. } => {
            tokens.iter().any(|token| token.chars().any(char::is_alphanumeric))
        }
        Node::Gap(..) | Node::Optional(_) => false,
        Node::Group(_, alternatives) => alternatives.iter().all(|a| is_worded(a)),
    })
}
