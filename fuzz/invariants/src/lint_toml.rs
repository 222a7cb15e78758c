//! Settings, and the help with them in an editor.

use std::path::Path;

use unspin_lint::{Diagnosis, Document, Opened, Problem, Stack};
use unspin_lsp::{lint_toml, vocabulary};

use crate::linter::LINTER;
use crate::{findings, problems};

/// Parts the files: what stands behind it is the path of the next one.
const FILE: &str = "\n=== ";
/// What is checked under the settings.
const TEXT: &str = "The boats wait withinside the the harbour. Okoro utilises a old crane.\n";

/// The input is a settings file, with others that it may extend.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split(FILE);
    let governing = parts.next().unwrap_or_default();
    let others: Vec<(&str, &str)> =
        parts.map(|part| part.split_once('\n').unwrap_or((part, ""))).collect();
    obeyed(governing, &others);
    helped(governing);
}

/// Whatever a file says, what is wrong in it is told at its place, and the rest is obeyed.
fn obeyed(governing: &str, others: &[(&str, &str)]) {
    let rules = LINTER.rules();
    let load = || {
        let opened = Opened { path: "desk/lint.toml".into(), text: governing.to_owned() };
        Stack::load(opened, rules, &mut |path: &Path| {
            let known = others.iter().find(|(name, _)| path.ends_with(name) && !name.is_empty());
            let (name, text) = known.ok_or("there is no such file")?;
            Ok(Opened { path: (*name).into(), text: (*text).to_owned() })
        })
    };
    let stack = load();
    let again = load();
    assert_eq!(stack.files().len(), again.files().len());
    for (file, again) in stack.files().iter().zip(again.files()) {
        assert_eq!(file.problems, again.problems, "not the same twice");
        for Problem { span, message, help } in &file.problems {
            problems::check(&file.text, span.range(), message, help.as_deref());
        }
        assert!(file.problems.is_sorted_by_key(|problem| problem.span));
        findings::diagnosis(&file.text, &Diagnosis::of_settings(&file.text, &file.problems));
    }
    let matching = stack.matching(Path::new("opinion/column.txt"));
    let mut linter = LINTER.clone();
    let settings = stack.settings(&matching);
    for problem in linter.apply(&settings, |_| Err("no model can be opened here".into())) {
        let file = &stack.files()[problem.origin.file];
        let Problem { span, message, help } = &problem.value;
        problems::check(&file.text, span.range(), message, help.as_deref());
    }
    let document = Document::new(TEXT.as_bytes());
    findings::report(&document, &linter.check(&document));
    let _ = settings.gate.lines();
}

/// At any place of any text there is help or none; what is offered lies where it may be put.
fn helped(text: &str) {
    let rules = LINTER.rules();
    let step = text.len() / 24 + 1;
    for offset in (0..=text.len() + 1).step_by(step) {
        for completion in lint_toml::completions(text, offset, rules) {
            let place = completion.replace;
            let replaced = text.get(place.range());
            assert!(replaced.is_some_and(|t| !t.contains('\n')), "{completion:?} at {offset}");
            assert!(!completion.label.is_empty() && !completion.insert.is_empty());
        }
        if let Some(hover) = lint_toml::hover(text, offset, rules) {
            assert!(text.get(hover.span.range()).is_some(), "{hover:?}");
        }
    }
    match vocabulary::accept(text, "ring  fence") {
        Err(error) => crate::told::sentence(&error.to_string()),
        Ok(None) => {}
        Ok(Some(edits)) => {
            let mut new = text.to_owned();
            for (span, insert) in edits.iter().rev() {
                new.replace_range(span.range(), insert);
            }
            assert_eq!(vocabulary::accept(&new, "ring fence"), Ok(None), "{new:?}");
        }
    }
}
