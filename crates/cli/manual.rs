//! Completion scripts and manual pages, made from the definitions that parse the command line, so that they cannot
//! differ from them.

use anyhow::{Context as _, bail};
use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::Cli;

/// The completion script for a shell.
pub(crate) fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "unspin", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page of a command, given by its words after `unspin`; of the whole program where there are none.
pub(crate) fn page(words: &[String]) -> anyhow::Result<String> {
    let mut command = Cli::command();
    command.build();
    let mut found = &command;
    for word in words {
        let Some(inner) = found.find_subcommand(word) else {
            let known = found.get_subcommands().map(clap::Command::get_name);
            match unspin_lint::nearest(word, known) {
                Some(near) => bail!("there is no command `{word}`; did you mean `{near}`?"),
                None => bail!("there is no command `{word}`; `unspin help` lists them"),
            }
        };
        found = inner;
    }
    let mut page = Vec::new();
    let found = found.clone().version(env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(found).render(&mut page).context("making the manual page")?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
