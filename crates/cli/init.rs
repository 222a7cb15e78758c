//! `unspin init`: a settings file to start from.

use std::fmt::Write as _;
use std::path::Path;

use unspin_lint::page;
use unspin_linter::Linter;

use crate::create::create;

/// Writes `lint.toml` into `folder` and returns its path; never over one that is there.
pub(crate) fn init(folder: &Path, linter: &Linter) -> anyhow::Result<std::path::PathBuf> {
    let path = folder.join("lint.toml");
    create(&path, &template(linter))?;
    Ok(path)
}

/// Every key with its default, commented out: the file changes nothing until it is edited.
fn template(linter: &Linter) -> String {
    let mut text = String::from(HEAD);
    for state in linter.rules().states() {
        let meta = state.rule.meta();
        let _ = write!(
            text,
            "\n# {}\n# [rules.{}]\n# severity = \"{}\"\n# min-confidence = {}\n# evidence = {}\n",
            page::summary(&meta.page),
            meta.id,
            meta.severity,
            meta.min_confidence,
            meta.evidence,
        );
        for option in meta.options.iter() {
            let (name, default, doc) = (&option.name, option.kind.default(), &option.doc);
            let _ = writeln!(text, "#   {name}: {doc}\n# {name} = {default}");
        }
    }
    text.push_str(TAIL);
    text
}

const HEAD: &str = r#"# Settings of unspin for this folder and those below it. The nearest lint.toml upward from a file governs it.
# Every setting below shows its default or an example; take off the `#` to change it. `unspin config show --origin FILE`
# prints what the settings come to for a file.
#   severity        error, warning, info or off
#   min-confidence  0 to 1: findings less sure than this are not shown
#   evidence        whether findings count towards the verdict on the whole text

# Settings to start from, a path relative to this file or a list of them. What this file says is stronger.
# extends = "../desk.toml"

# A language model made of your own archive by `unspin model build`, relative to this file.
# model = "house.model"

# Rules of your own: packs in TOML (files or folders) and plugins in WebAssembly, relative to this file. `unspin new RULE`
# starts one, `unspin test` runs its examples.
# packs = ["house.toml", "packs/legal/"]
# [plugins]
# echo = "plugins/echo.wasm"
# ferry = { path = "plugins/ferry.wasm", sha256 = "..." }

# What makes a check fail (exit 1): each line by itself may fail a text. The severity is `warning` where nothing is said;
# `never` turns a line off; `--fail-on` stands in the place of them all. `check --explain-exit` says which line decided.
# [gate]
# severity = "error"
# verdict = "reworded"
# findings = 10
# density = 5.0
# rules = ["altered-quotation"]

# Words and phrases of your own, in their dictionary form; inflected forms are meant too. `accept` is never reported,
# `reject` always (as `rejected-term`).
# [vocabulary]
# accept = ["ring-fence", { term = "premise", inflect = false }]
# reject = ["irregardless", { term = "utilise", suggest = "use" }]
"#;

const TAIL: &str = r#"
# For some files only, by globs relative to this file; `rules`, `gate` and `vocabulary` may stand here.
# [[override]]
# files = ["opinion/**", "*.md"]
# rules.garbled-word.severity = "info"
"#;
