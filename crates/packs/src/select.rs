//! Which uses of a rule's phrases are findings: all of them, or those that a count finds fault with.
//!
//! Every count is one pass over the uses in order, so that a rule that counts costs no more than one that does not.

use std::collections::HashMap;

use unspin_lint::Scope;
use unspin_text::{Document, TokenKind};

use crate::Kind;
use crate::scan::Match;
use crate::suggestion::tidy;
use crate::table::{Pack, RuleRecord};

/// The uses to be reported; `all` are those of one rule, in order.
pub(crate) fn select<'m>(
    pack: &Pack,
    document: &Document<'_>,
    rule: &RuleRecord,
    all: &'m [Match],
) -> Vec<&'m Match> {
    match rule.kind {
        Kind::Repetition { within } => repeated(document, within, all),
        Kind::Consistency => rarer(pack, rule.first_entry, all),
        Kind::Occurrence { max } => beyond(pack, document, rule.meta.scope, max, all),
        // The others look at each use by itself.
        _ => all.iter().collect(),
    }
}

/// Uses that say again what a use before them in the same sentence said, `within` words or fewer after it.
fn repeated<'m>(document: &Document<'_>, within: u32, all: &'m [Match]) -> Vec<&'m Match> {
    // Of each text the sentence and the end of its last use.
    let mut last: HashMap<String, (Option<usize>, usize)> = HashMap::new();
    let mut again = Vec::new();
    for found in all {
        let said = tidy(document.slice(found.span));
        let here = document.sentence_at(found.span.start);
        let end = document.tokens_in(found.span).end;
        if let Some((sentence, from)) = last.insert(said.to_lowercase(), (here, end)) {
            let between = document.tokens().get(from..found.first_token as usize);
            let words = between.unwrap_or_default().iter().filter(|t| t.kind == TokenKind::Word);
            if sentence == here && words.take(within as usize + 1).count() <= within as usize {
                again.push(found);
            }
        }
    }
    again
}

/// Uses of the side of a pair that has fewer; of sides that have as many, the one that came later.
fn rarer<'m>(pack: &Pack, first_entry: u32, all: &'m [Match]) -> Vec<&'m Match> {
    let entry = |m: &Match| pack.entry_of(m).saturating_sub(first_entry);
    // Uses of the two sides of a pair, and the side that came first.
    let mut counts: HashMap<u32, ([u32; 2], u32)> = HashMap::new();
    for found in all {
        let (pair, side) = (entry(found) / 2, entry(found) % 2);
        counts.entry(pair).or_insert(([0; 2], side)).0[side as usize] += 1;
    }
    let is_rarer = |m: &&Match| {
        let (pair, side) = (entry(m) / 2, entry(m) % 2);
        counts.get(&pair).is_some_and(|(uses, first)| {
            let (own, other) = (uses[side as usize], uses[1 - side as usize]);
            own < other || own == other && side != *first
        })
    };
    all.iter().filter(is_rarer).collect()
}

/// Uses of an entry after the first `max` in one stretch of the scope.
fn beyond<'m>(
    pack: &Pack,
    document: &Document<'_>,
    scope: Scope,
    max: u32,
    all: &'m [Match],
) -> Vec<&'m Match> {
    let stretch = |m: &Match| match scope {
        Scope::Word | Scope::Sentence => document.sentence_at(m.span.start).unwrap_or(0),
        Scope::Paragraph => document.paragraphs().partition_point(|p| p.span.start <= m.span.start),
        Scope::Document => 0,
    };
    // By entry: the stretch of its last use, and its uses there.
    let mut counts: HashMap<u32, (usize, u32)> = HashMap::new();
    all.iter()
        .filter(|m| {
            let entry = pack.entry_of(m);
            let here = stretch(m);
            let count = counts.entry(entry).or_insert((here, 0));
            if count.0 != here {
                *count = (here, 0);
            }
            count.1 += 1;
            count.1 > max
        })
        .collect()
}
