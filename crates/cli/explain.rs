//! `unspin rules` and `unspin explain`: what the rules say of themselves, shipped or brought by a pack or a plugin.

use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::bail;
use unspin_lint::{Lookup, page};
use unspin_linter::Linter;
use unspin_report::printable;

use crate::args::Policy;
use crate::config::tell;
use crate::settings::Linters;

/// A line for each rule. What is wrong in the settings is told on standard error and makes the exit status 2.
pub(crate) fn rules(no_config: bool, base: &Linter) -> anyhow::Result<u8> {
    let (linter, status) = here(no_config, base)?;
    let mut text = String::new();
    for state in linter.rules().states() {
        let meta = state.rule.meta();
        let summary = page::summary(&meta.page);
        let _ = writeln!(
            text,
            "{:<20} {:<13} {:<8} {}",
            meta.id,
            meta.family,
            state.severity,
            printable(&summary)
        );
    }
    crate::print(text.as_bytes()).map(|_| status)
}

/// The page of a rule under its id and what holds for it here.
pub(crate) fn explain(id: &str, no_config: bool, base: &Linter) -> anyhow::Result<u8> {
    let (linter, status) = here(no_config, base)?;
    let state = match linter.rules().lookup(id) {
        Lookup::Known(state) => state,
        Lookup::Renamed(state) => {
            bail!("the rule `{id}` is now called `{}`", state.rule.meta().id)
        }
        Lookup::Unknown(Some(near)) => bail!("there is no rule `{id}`; did you mean `{near}`?"),
        Lookup::Unknown(None) => bail!("there is no rule `{id}`; `unspin rules` lists them"),
    };
    let meta = state.rule.meta();
    let least = (state.min_confidence.probability() * 1e3).round() / 1e3;
    let mut text = format!(
        "# {}\n\nfamily {}, severity {}, min-confidence {least}\n",
        meta.id, meta.family, state.severity
    );
    if let Some(provenance) = &meta.provenance {
        let _ = writeln!(text, "from the {provenance}");
    }
    let _ = writeln!(text, "\n{}", meta.page.trim());
    let lines: Vec<_> = text.lines().map(printable).collect();
    crate::print((lines.join("\n") + "\n").as_bytes()).map(|_| status)
}

/// The rules that hold for files of the current folder.
fn here(no_config: bool, base: &Linter) -> anyhow::Result<(Arc<Linter>, u8)> {
    let policy = Policy { no_config, ..Policy::default() };
    let (governed, news) = Linters::new(&policy, base)?.for_any_file();
    Ok((governed.linter, tell(&news)))
}
