//! The command line: arguments, the walk over files, threads and the exit status. Everything else is in the crates
//! beside this folder; see `crates/README.md`.

mod archive;
mod args;
mod check;
mod config;
mod explain;
mod explain_line;
mod init;
mod manual;
mod model;
mod progress;
mod settings;
mod walk;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Cli, Command, Config, Model};

/// Nothing at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Findings.
const FOUND: u8 = 1;
/// Something could not be checked.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(arguments) => match &arguments.explain {
            Some(place) => explain_line::explain_line(place, &arguments),
            None => check::check(&arguments),
        },
        Command::Rules => print(explain::rules().as_bytes()),
        Command::Explain { rule } => {
            explain::explain(&rule).and_then(|page| print(page.as_bytes()))
        }
        Command::Model(Model::Info { model }) => {
            model::info(model.as_deref()).and_then(|text| print(text.as_bytes()))
        }
        Command::Model(Model::Build(arguments)) => {
            archive::build(&arguments).and_then(|text| print(text.as_bytes()))
        }
        Command::Config(Config::Show(arguments)) => config::show(&arguments),
        Command::Completions { shell } => print(manual::completions(shell).as_bytes()),
        Command::Man { command } => manual::page(&command).and_then(|page| print(page.as_bytes())),
        Command::Init { folder } => init::init(&folder)
            .and_then(|path| print(format!("wrote {}\n", path.display()).as_bytes())),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            // Nothing is left to tell anybody if standard error is closed.
            let _ = writeln!(
                io::stderr(),
                "error: {}",
                unspin_report::printable(&format!("{error:#}"))
            );
            ExitCode::from(FAILED)
        }
    }
}

fn print(text: &[u8]) -> anyhow::Result<u8> {
    match io::stdout().write_all(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(CLEAN),
    }
}
