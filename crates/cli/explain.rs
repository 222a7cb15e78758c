//! `unspin rules` and `unspin explain`: what the rules say of themselves.

use std::fmt::Write as _;

use anyhow::bail;
use unspin_lint::{nearest, page};
use unspin_linter::Linter;

/// A line for each rule.
pub(crate) fn rules() -> String {
    let mut text = String::new();
    for state in Linter::new().rules().states() {
        let meta = state.rule.meta();
        let summary = page::summary(&meta.page);
        let _ =
            writeln!(text, "{:<20} {:<13} {:<8} {summary}", meta.id, meta.family, meta.severity);
    }
    text
}

/// The page of a rule under its id and defaults.
pub(crate) fn explain(id: &str) -> anyhow::Result<String> {
    let linter = Linter::new();
    let Some(state) = linter.rules().state(id) else {
        match nearest(id, linter.rules().states().map(|s| s.rule.meta().id.as_ref())) {
            Some(near) => bail!("there is no rule `{id}`; did you mean `{near}`?"),
            None => bail!("there is no rule `{id}`; `unspin rules` lists them"),
        }
    };
    let meta = state.rule.meta();
    Ok(format!(
        "# {}\n\nfamily {}, severity {}, min-confidence {}\n\n{}\n",
        meta.id,
        meta.family,
        meta.severity,
        meta.min_confidence,
        meta.page.trim()
    ))
}
