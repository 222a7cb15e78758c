//! `unspin test`: the examples of rules, run; or how often rules fire in somebody's clean texts.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::bail;
use unspin_lint::{Document, Problem, RuleState, page};
use unspin_linter::Linter;
use unspin_report::printable;

use crate::args::{Policy, Test};
use crate::cache::Cache;
use crate::config::tell;
use crate::settings::Linters;
use crate::shelf::Files;
use crate::{CLEAN, FAILED, FOUND};

mod corpus;

/// The rules to test, among those they run with.
struct Tested {
    linter: Linter,
    ids: BTreeSet<String>,
    /// Whether something that was named could not be used; it was told.
    failed: bool,
}

/// Runs the command and returns the exit status.
pub(crate) fn test(arguments: &Test, base: &Linter) -> anyhow::Result<u8> {
    let tested = gather(arguments, base)?;
    if !arguments.corpus.is_empty() {
        let status = corpus::count(arguments, &tested)?;
        return Ok(if tested.failed { FAILED } else { status });
    }
    let mut out = String::new();
    let (mut rules, mut examples, mut wrong) = (0, 0, 0);
    for state in states(&tested) {
        let meta = state.rule.meta();
        let outcome = page::run(tested.linter.rules(), state.rule.as_ref());
        rules += 1;
        examples += outcome.examples;
        wrong += outcome.failures.len();
        if outcome.examples == 0 {
            let _ =
                writeln!(out, "note: {} has no examples: nothing tells whether it works", meta.id);
        }
        for failure in &outcome.failures {
            let _ = write!(out, "{}: ", meta.id);
            for line in failure.to_string().lines() {
                let _ = writeln!(out, "{}", printable(line));
            }
            let _ = writeln!(out, "  = example {} of {}", failure.number, meta.id);
        }
    }
    let outcome = match (rules, wrong) {
        (0, _) => "nothing was tested".to_owned(),
        (_, 0) => "all as they say".to_owned(),
        _ => format!("{wrong} not as they say"),
    };
    // What was told stands on standard error, perhaps far away.
    let rest = if tested.failed { ", and something could not be tested" } else { "" };
    let counts = (counted(rules, "rule"), counted(examples, "example"));
    let _ = writeln!(out, "{}, {}: {outcome}{rest}", counts.0, counts.1);
    crate::print(out.as_bytes()).map(|_| match (tested.failed || rules == 0, wrong) {
        (true, _) => FAILED,
        (false, 0) => CLEAN,
        _ => FOUND,
    })
}

/// The states of the rules to test, by id.
fn states(tested: &Tested) -> impl Iterator<Item = &RuleState> {
    tested
        .linter
        .rules()
        .states()
        .filter(|state| tested.ids.contains(state.rule.meta().id.as_ref()))
}

/// Finds what the command line names: packs and plugins by path, rules and families by name.
fn gather(arguments: &Test, base: &Linter) -> anyhow::Result<Tested> {
    // A rule may lie in a folder of its own name.
    let is_rule = |named: &Path| named.to_str().is_some_and(|id| base.rules().state(id).is_some());
    let is_file = |named: &&PathBuf| {
        let is_path = named.components().count() > 1 || named.extension().is_some();
        is_path || (named.exists() && !is_rule(named))
    };
    let (paths, names): (Vec<&PathBuf>, Vec<&PathBuf>) = arguments.what.iter().partition(is_file);
    let mut failed = false;
    if !paths.is_empty() {
        // A pack is tested by itself, so that its author sees what its readers will see.
        let mut linter = base.clone();
        let mut shelf = Files::new(Cache::new(!arguments.no_cache), false);
        let before = ids_of(&linter);
        let paths: Vec<&Path> = paths.into_iter().map(PathBuf::as_path).collect();
        for (at, problem) in linter.bring_named(&paths, &mut shelf) {
            failed = true;
            tell_of(paths[at], &problem);
        }
        failed |= tell(&shelf.news()) == FAILED;
        let mut ids: BTreeSet<String> = ids_of(&linter).difference(&before).cloned().collect();
        ids.extend(named(&linter, &names)?);
        return Ok(Tested { linter, ids, failed });
    }
    let policy = Policy {
        no_config: arguments.no_config,
        no_cache: arguments.no_cache,
        ..Policy::default()
    };
    let mut linters = Linters::new(&policy, base)?;
    let (governed, news) = linters.for_any_file();
    failed |= tell(&news) == FAILED;
    let linter = Linter::clone(&governed.linter);
    let ids = if names.is_empty() { ids_of(&linter) } else { named(&linter, &names)? };
    Ok(Tested { linter, ids, failed })
}

fn ids_of(linter: &Linter) -> BTreeSet<String> {
    linter.rules().states().map(|state| state.rule.meta().id.to_string()).collect()
}

/// The ids of the rules that are named by id or by family.
fn named(linter: &Linter, names: &[&PathBuf]) -> anyhow::Result<BTreeSet<String>> {
    let mut ids = BTreeSet::new();
    for name in names {
        let name = name.display().to_string();
        let metas = || linter.rules().states().map(|state| state.rule.meta());
        let mut found = metas().filter(|m| m.id == name || m.family == name).peekable();
        if found.peek().is_some() {
            ids.extend(found.map(|meta| meta.id.to_string()));
        } else {
            let near = unspin_lint::nearest(&name, metas().map(|meta| meta.id.as_ref()));
            match near {
                Some(near) => {
                    bail!("there is no file and no rule `{name}`; did you mean `{near}`?")
                }
                None => {
                    bail!("there is no file and no rule `{name}`; `unspin rules` lists the rules")
                }
            }
        }
    }
    Ok(ids)
}

/// Tells on standard error what is wrong with a pack or a plugin as a whole.
fn tell_of(path: &Path, problem: &Problem) {
    let mut line = format!("{}: {}", path.display(), problem.message);
    if let Some(help) = &problem.help {
        let _ = write!(line, "; {help}");
    }
    let _ = writeln!(io::stderr(), "error: {}", printable(&line));
}

/// `1 rule`, `2 rules`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A stretch of a document's text with some words around it, the stretch marked `[[so]]`; on one line.
fn in_context(document: &Document<'_>, span: unspin_lint::Span) -> String {
    const AROUND: usize = 40;
    let text = document.text();
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let (start, end) = (span.start as usize, span.end as usize);
    let from = (0..=start.saturating_sub(AROUND)).rev().find(is_boundary).unwrap_or(0);
    let to = (end + AROUND..text.len()).find(is_boundary).unwrap_or(text.len());
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A blank beside the mark belongs to the text.
    let gap = |outside: bool| if outside { " " } else { "" };
    format!(
        "{}{}[[{}]]{}{}",
        one_line(&text[from..start]),
        gap(text[from..start].ends_with(char::is_whitespace)),
        one_line(&text[start..end]),
        gap(text[end..to].starts_with(char::is_whitespace)),
        one_line(&text[end..to]),
    )
}
