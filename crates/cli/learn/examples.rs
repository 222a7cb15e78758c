//! Sentences of the pairs as the examples of a pack, each tried before it is written.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::{anyhow, bail};
use unspin_compare::learn::{Entry, Example, Lesson};
use unspin_lint::{Document, Rule, RuleSet, page};
use unspin_packs::{Pack, PackFile, PackSource};

/// Entries that are shown by a sentence.
const SHOWN: usize = 12;
/// Characters of a sentence that is short enough to read, and long enough to be one.
const LENGTH: std::ops::RangeInclusive<usize> = 20..=200;

/// Chooses examples for a pack that has none yet; `with` is the pack with some.
pub(super) fn examples(
    bare: &str,
    entries: &[Entry],
    lessons: &[Lesson],
    with: impl Fn(&[Example]) -> String,
) -> anyhow::Result<Vec<Example>> {
    let rule = compiled(bare)?;
    let mut order: Vec<&Entry> = entries.iter().collect();
    // What most documents have is what a reader meets.
    order.sort_by_key(|entry| std::cmp::Reverse(entry.suggestions[0].documents));
    let (mut bad, mut good, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for entry in order {
        if bad.len() == SHOWN {
            break;
        }
        let sights = entry.suggestions.iter().flat_map(|suggestion| &suggestion.sights);
        let mut sights: Vec<_> =
            sights.map(|&(lesson, sight)| &lessons[lesson].sights()[sight]).collect();
        sights.sort_by_key(|sight| sight.sentence.chars().count());
        let shown = sights.iter().find_map(|sight| {
            let is_new = !seen.contains(&sight.sentence);
            is_new.then(|| shown(&rule, &sight.sentence)).flatten().map(|example| (sight, example))
        });
        if let Some((sight, example)) = shown {
            seen.insert(sight.sentence.clone());
            bad.push(example);
            good.extend(
                silent(&rule, &sight.original).filter(|_| seen.insert(sight.original.clone())),
            );
        }
    }
    bad.append(&mut good);
    // A page may read a text otherwise than it was tried.
    loop {
        let rule = compiled(&with(&bad))?;
        let outcome = page::run(&RuleSet::new([Arc::clone(&rule)]), rule.as_ref());
        let Some(failure) = outcome.failures.first() else { return Ok(bad) };
        if failure.number == 0 || failure.number > bad.len() {
            bail!("an example cannot be written: {}", failure.what);
        }
        bad.remove(failure.number - 1);
    }
}

fn compiled(toml: &str) -> anyhow::Result<Arc<dyn Rule>> {
    let files = vec![PackFile { path: "pack.toml".into(), text: toml.to_owned() }];
    let compiled = unspin_packs::compile_pack(&PackSource { files });
    if let Some(fault) = compiled.faults.first() {
        bail!("no pack can be made of what was learned: {}", fault.error.message);
    }
    let pack = Pack::from_bytes(compiled.table).map_err(|error| anyhow!("{error}"))?;
    let rule = unspin_packs::pack_rules(pack, "pack.toml").into_iter().next();
    rule.ok_or_else(|| anyhow!("no pack can be made of what was learned"))
}

/// Whether a sentence can stand as an example.
fn is_fit(text: &str) -> bool {
    LENGTH.contains(&text.chars().count())
        && !["[[", "]]", "```"].iter().any(|mark| text.contains(mark))
}

/// A sentence with everything marked that is found in it, and as the fixes leave it.
fn shown(rule: &Arc<dyn Rule>, text: &str) -> Option<Example> {
    if !is_fit(text) {
        return None;
    }
    let found = page::raw(rule.as_ref(), &Document::new(text.as_bytes()));
    let mut marked = text.to_owned();
    for finding in found.iter().rev() {
        marked.insert_str(finding.span.end as usize, "]]");
        marked.insert_str(finding.span.start as usize, "[[");
    }
    (!found.is_empty()).then(|| Example::Bad(marked, page::apply(text, &found)))
}

/// A sentence in which nothing is found.
fn silent(rule: &Arc<dyn Rule>, text: &str) -> Option<Example> {
    let is_silent =
        is_fit(text) && page::raw(rule.as_ref(), &Document::new(text.as_bytes())).is_empty();
    is_silent.then(|| Example::Good(text.to_owned()))
}
