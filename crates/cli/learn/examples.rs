//! Sentences of the pairs as the examples of a pack, each tried before it is written.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::{anyhow, bail};
use unspin_compare::learn::{Choice, Entry, Example, Lesson};
use unspin_lint::{Document, Rule, RuleSet, page};
use unspin_packs::{Pack, PackFile, PackSource};

/// Entries of a rule that are shown by a sentence.
const SHOWN: usize = 12;
/// Characters of a sentence that is short enough to read, and long enough to be one.
const LENGTH: std::ops::RangeInclusive<usize> = 20..=200;

/// Chooses examples for each rule of a pack; `with` is the pack with some.
pub(super) fn examples(
    choice: &Choice,
    lessons: &[Lesson],
    with: impl Fn([&[Example]; 2]) -> String,
) -> anyhow::Result<[Vec<Example>; 2]> {
    let rules = compiled(&with([&[], &[]]))?;
    let mut examples = [Vec::new(), Vec::new()];
    let marks: Vec<Option<&str>> =
        (0..lessons.len()).map(|lesson| mark(&choice.entries, lessons, lesson)).collect();
    for (rule, entries) in [&choice.entries, &choice.beside].into_iter().enumerate() {
        if let Some(compiled) = rules.get(rule) {
            let before = |lesson: usize| if rule == 0 { Some("") } else { marks[lesson] };
            examples[rule] = shown(compiled.as_ref(), entries, lessons, before);
        }
    }
    // A page may read a text otherwise than it was tried.
    loop {
        let rules = compiled(&with([&examples[0], &examples[1]]))?;
        let set = RuleSet::new(rules.iter().map(Arc::clone));
        let failed = rules.iter().enumerate().find_map(|(at, rule)| {
            page::run(&set, rule.as_ref()).failures.into_iter().next().map(|failure| (at, failure))
        });
        let Some((rule, failure)) = failed else { return Ok(examples) };
        if failure.number == 0 || failure.number > examples[rule].len() {
            bail!("an example cannot be written: {}", failure.what);
        }
        examples[rule].remove(failure.number - 1);
    }
}

/// The rules of a pack.
fn compiled(toml: &str) -> anyhow::Result<Vec<Arc<dyn Rule>>> {
    let files = vec![PackFile { path: "pack.toml".into(), text: toml.to_owned() }];
    let compiled = unspin_packs::compile_pack(&PackSource { files });
    if let Some(fault) = compiled.faults.first() {
        bail!("no pack can be made of what was learned: {}", fault.error.message);
    }
    let pack = Pack::from_bytes(compiled.table).map_err(|error| anyhow!("{error}"))?;
    Ok(unspin_packs::pack_rules(pack, "pack.toml"))
}

/// A short sentence of a lesson with a mark in it.
fn mark<'l>(entries: &[Entry], lessons: &'l [Lesson], lesson: usize) -> Option<&'l str> {
    let sights = entries.iter().flat_map(|entry| &entry.suggestions).flat_map(|s| &s.sights);
    let own = sights.filter(|(of, _)| *of == lesson);
    let sentences = own.map(|&(of, sight)| lessons[of].sights()[sight].sentence.as_str());
    sentences.filter(|text| is_fit(text)).min_by_key(|text| (text.chars().count(), *text))
}

/// Examples of a rule: for each entry a sentence, and that of the original. `before` is what must stand before the
/// sentence of a lesson, if there is such.
fn shown<'m>(
    rule: &dyn Rule,
    entries: &[Entry],
    lessons: &[Lesson],
    before: impl Fn(usize) -> Option<&'m str>,
) -> Vec<Example> {
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
            sights.map(|&(lesson, sight)| (lesson, &lessons[lesson].sights()[sight])).collect();
        sights.sort_by_key(|(_, sight)| sight.sentence.chars().count());
        let found = sights.iter().find_map(|(lesson, sight)| {
            let before = before(*lesson).filter(|mark| *mark != sight.sentence)?;
            let text = format!("{before} {}", sight.sentence).trim_start().to_owned();
            let is_new = is_fit(&sight.sentence) && !seen.contains(&sight.sentence);
            is_new.then(|| marked(rule, &text)).flatten().map(|example| (sight, example))
        });
        if let Some((sight, example)) = found {
            seen.insert(sight.sentence.clone());
            bad.push(example);
            let silent = silent(rule, &sight.original);
            good.extend(silent.filter(|_| seen.insert(sight.original.clone())));
        }
    }
    bad.append(&mut good);
    bad
}

/// Whether a sentence can stand as an example.
fn is_fit(text: &str) -> bool {
    let marks = ["[[", "]]", "```"];
    LENGTH.contains(&text.chars().count()) && !marks.iter().any(|mark| text.contains(mark))
}

/// A text with everything marked that is found in it, and as the fixes leave it.
fn marked(rule: &dyn Rule, text: &str) -> Option<Example> {
    let found = page::raw(rule, &Document::new(text.as_bytes()));
    let mut marked = text.to_owned();
    for finding in found.iter().rev() {
        marked.insert_str(finding.span.end as usize, "]]");
        marked.insert_str(finding.span.start as usize, "[[");
    }
    (!found.is_empty()).then(|| Example::Bad(marked, page::apply(text, &found)))
}

/// A sentence in which nothing is found.
fn silent(rule: &dyn Rule, text: &str) -> Option<Example> {
    let is_silent = is_fit(text) && page::raw(rule, &Document::new(text.as_bytes())).is_empty();
    is_silent.then(|| Example::Good(text.to_owned()))
}
