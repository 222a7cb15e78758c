//! The command line as a library: arguments, the walk over files, threads and the exit status. Everything else is in the
//! crates beside this folder; see `crates/README.md`.
//!
//! A program with rules of somebody's own beside the shipped ones is these lines:
//!
//! ```no_run
//! # mod house_rules { pub fn rules() -> Vec<std::sync::Arc<dyn unspin_lint::Rule>> { vec![] } }
//! use std::process::ExitCode;
//!
//! fn main() -> ExitCode {
//!     let mut linter = unspin_linter::Linter::new();
//!     linter.add(house_rules::rules());
//!     unspin::run(&linter)
//! }
//! ```

mod archive;
mod args;
mod cache;
mod check;
mod config;
mod create;
mod explain;
mod explain_line;
mod fix;
mod import;
mod init;
mod lsp;
mod manual;
mod model;
mod new;
mod progress;
mod read;
mod replace;
mod settings;
mod shelf;
mod since;
mod test;
mod tree;
mod walk;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use unspin_linter::Linter;

use crate::args::{Cli, Command, Config, Model};

/// Nothing at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Findings.
const FOUND: u8 = 1;
/// Something could not be checked.
const FAILED: u8 = 2;

/// Does what the arguments of the process ask for with these rules, writes to standard output and error, and returns the
/// exit status. `linter` holds rules under their defaults; each file is checked under the settings that govern it.
pub fn run(linter: &Linter) -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(arguments) => match &arguments.explain {
            Some(place) => explain_line::explain_line(place, &arguments, linter),
            None if arguments.fix => fix::check_and_fix(&arguments, linter),
            None => check::check(&arguments, linter),
        },
        Command::Fix(arguments) => fix::fix(&arguments, linter),
        Command::Rules { no_config } => explain::rules(no_config, linter),
        Command::Explain { rule, no_config } => explain::explain(&rule, no_config, linter),
        Command::Test(arguments) => test::test(&arguments, linter),
        Command::New(arguments) => {
            new::new(&arguments, linter).and_then(|text| print(text.as_bytes()))
        }
        Command::Packs(args::Packs::Import(args::Import::Tsv(arguments))) => {
            import::import(&arguments, linter).and_then(|text| print(text.as_bytes()))
        }
        Command::Model(Model::Info { model }) => {
            model::info(model.as_deref()).and_then(|text| print(text.as_bytes()))
        }
        Command::Model(Model::Build(arguments)) => {
            archive::build(&arguments).and_then(|text| print(text.as_bytes()))
        }
        Command::Lsp { .. } => lsp::lsp(linter),
        Command::Config(Config::Show(arguments)) => config::show(&arguments, linter),
        Command::Completions { shell } => print(manual::completions(shell).as_bytes()),
        Command::Man { command } => manual::page(&command).and_then(|page| print(page.as_bytes())),
        Command::Init { folder } => init::init(&folder, linter)
            .and_then(|path| print(format!("wrote {}\n", path.display()).as_bytes())),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            complain(&error);
            ExitCode::from(FAILED)
        }
    }
}

fn complain(error: &anyhow::Error) {
    let message = format!("{error:#}");
    // Nothing is left to tell anybody if standard error is closed.
    let _ = writeln!(io::stderr(), "error: {}", unspin_report::printable(&message));
}

fn print(text: &[u8]) -> anyhow::Result<u8> {
    match io::stdout().write_all(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(CLEAN),
    }
}
