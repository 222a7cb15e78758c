//! A linter under settings, and what is wrong in them.

use std::path::Path;

use pyo3::prelude::*;
use unspin_lint::{Problem, Severity, Stack, StackFile};
use unspin_linter::Linter;
use unspin_text::Positions;

use crate::files::{Faulty, Files};

/// What somebody asks of a linter. Paths are absolute.
#[derive(Clone, Debug, Default, FromPyObject, IntoPyObject)]
pub(crate) struct Wanted {
    #[pyo3(item)]
    pub(crate) config: Option<String>,
    #[pyo3(item)]
    pub(crate) packs: Vec<String>,
    #[pyo3(item)]
    pub(crate) select: Vec<String>,
    #[pyo3(item)]
    pub(crate) ignore: Vec<String>,
    /// By rule.
    #[pyo3(item)]
    pub(crate) severity: Vec<(String, String)>,
}

/// A mistake in settings or a pack.
#[derive(Clone, Debug, PartialEq, IntoPyObject)]
pub(crate) struct Mistake {
    /// The file; `None` where an argument is wrong.
    path: Option<String>,
    /// From 1; 0 where no place is known.
    line: u32,
    /// In code points, from 1.
    column: u32,
    message: String,
    help: Option<String>,
}

impl Mistake {
    fn of_argument(message: String, help: Option<String>) -> Self {
        Self { path: None, line: 0, column: 0, message, help }
    }

    fn in_file<'p>(
        path: &Path,
        text: &str,
        problems: impl IntoIterator<Item = &'p Problem>,
    ) -> Vec<Self> {
        let positions = Positions::new(text);
        let mistake = |problem: &Problem| {
            let at = positions.at(text, problem.span.start);
            Self {
                path: Some(path.display().to_string()),
                line: at.line,
                column: at.column,
                message: problem.message.clone(),
                help: problem.help.clone(),
            }
        };
        problems.into_iter().map(mistake).collect()
    }
}

/// Makes the linter that is wanted; all that is wrong, in the order of the files, is returned beside it.
pub(crate) fn load(wanted: &Wanted, files: &mut Files) -> (Linter, Vec<Mistake>) {
    let mut linter = Linter::new();
    let paths: Vec<&Path> = wanted.packs.iter().map(Path::new).collect();
    let brought = linter.bring_named(&paths, files);
    let mut mistakes: Vec<_> = brought
        .into_iter()
        .map(|(_, problem)| Mistake::of_argument(problem.message, problem.help))
        .collect();
    if let Some(config) = &wanted.config {
        match files.settings(Path::new(config)) {
            Err(message) => mistakes.push(Mistake::of_argument(message, None)),
            Ok(opened) => {
                let stack = settle(&mut linter, opened, files);
                mistakes.extend(stack);
            }
        }
    }
    for Faulty { path, text, problems } in std::mem::take(&mut files.faulty) {
        mistakes.extend(Mistake::in_file(&path, &text, &problems));
    }
    let severities = wanted.severity.iter().map(|(rule, name)| {
        let severity: Result<Severity, _> = name.parse();
        severity.map(|severity| (rule.clone(), severity)).map_err(|error| error.to_string())
    });
    let (mut severity, mut wrong) = (Vec::new(), Vec::new());
    for one in severities {
        match one {
            Ok(one) => severity.push(one),
            Err(message) => wrong.push(message),
        }
    }
    let narrowed = unspin::narrow(&mut linter, &severity, &wanted.select, &wanted.ignore);
    wrong.extend(narrowed.err().into_iter().flatten());
    mistakes.extend(wrong.into_iter().map(|message| Mistake::of_argument(message, None)));
    (linter, mistakes)
}

/// Puts a settings file, and what it extends and brings, over a linter.
fn settle(linter: &mut Linter, opened: unspin_lint::Opened, files: &mut Files) -> Vec<Mistake> {
    let mut stack = Stack::load(opened.clone(), linter.rules(), &mut |path| files.settings(path));
    let named = stack.settings(&[]);
    let mut applied = Vec::new();
    if !(named.packs.is_empty() && named.plugins.is_empty()) {
        applied = linter.bring(&named, &stack, files);
        // Its rules are known only now.
        stack = Stack::load(opened, linter.rules(), &mut |path| files.settings(path));
    }
    applied.extend(linter.apply(&stack.settings(&[]), |named| {
        let folder = stack.files()[named.origin.file].path.parent().unwrap_or(Path::new(""));
        files.model(&folder.join(&named.value))
    }));
    let of_file = |(number, file): (usize, &StackFile)| {
        let applied = applied.iter().filter(|p| p.origin.file == number).map(|p| &p.value);
        let mut problems: Vec<&Problem> = file.problems.iter().chain(applied).collect();
        problems.sort_by_key(|problem| problem.span);
        Mistake::in_file(&file.path, &file.text, problems)
    };
    stack.files().iter().enumerate().flat_map(of_file).collect()
}
