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
mod compare;
mod config;
mod create;
pub mod disk;
mod explain;
mod explain_line;
mod fix;
mod import;
mod init;
mod learn;
mod lsp;
mod manual;
mod model;
mod new;
mod progress;
mod read;
mod replace;
mod score;
mod settings;
mod shelf;
mod since;
mod test;
mod tree;
mod walk;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use unspin_linter::Linter;
use unspin_report::{printable, printable_lines};

pub use settings::narrow;

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
    ExitCode::from(run_with(linter, std::env::args_os()))
}

/// Does what these arguments ask for, the name of the program first, as [`run`] does; returns the exit status: 0, 1 or 2,
/// as `unspin --help` tells them.
pub fn run_with(linter: &Linter, arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let given: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Cli::try_parse_from(&given) {
        Ok(arguments) => arguments,
        Err(refused) => return answer(&refused, &given),
    };
    let done = match arguments.command {
        Command::Check(arguments) => match &arguments.explain {
            Some(place) => explain_line::explain_line(place, &arguments, linter),
            None if arguments.fix => fix::check_and_fix(&arguments, linter),
            None => check::check(&arguments, linter),
        },
        Command::Fix(arguments) => fix::fix(&arguments, linter),
        Command::Compare(arguments) => compare::compare(&arguments, linter),
        Command::Learn(arguments) => learn::learn(&arguments, linter),
        Command::Score(arguments) => score::score(&arguments, linter),
        Command::Rules { no_config } => explain::rules(no_config, linter),
        Command::Explain { rule, no_config } => explain::explain(&rule, no_config, linter),
        Command::Test(arguments) => test::test(&arguments, linter),
        Command::New(arguments) => {
            new::new(&arguments, linter).and_then(|text| print(text.as_bytes()))
        }
        Command::Packs(args::Packs::Import(args::Import::Tsv(arguments))) => {
            import::import(&arguments, linter).and_then(|text| print_exact(text.as_bytes()))
        }
        Command::Model(Model::Info { model }) => {
            model::info(model.as_deref()).and_then(|text| print(text.as_bytes()))
        }
        Command::Model(Model::Build(arguments)) => {
            archive::build(&arguments).and_then(|text| print(text.as_bytes()))
        }
        Command::Lsp { .. } => lsp::lsp(linter),
        Command::Config(Config::Show(arguments)) => config::show(&arguments, linter),
        Command::Completions { shell } => print_exact(manual::completions(shell).as_bytes()),
        Command::Man { command } => {
            manual::page(&command).and_then(|page| print_exact(page.as_bytes()))
        }
        Command::Init { folder } => init::init(&folder, linter)
            .and_then(|path| print(format!("wrote {}\n", path.display()).as_bytes())),
    };
    match done {
        Ok(status) => status,
        Err(error) => {
            complain(&error);
            FAILED
        }
    }
}

/// Tells what is wrong with the arguments, or what was asked for in their place, such as help.
fn answer(refused: &clap::Error, given: &[OsString]) -> u8 {
    let is_plain = |argument: &OsString| {
        argument.to_str().is_some_and(|argument| matches!(printable(argument), Cow::Borrowed(_)))
    };
    // Arguments are quoted, and may be names that a shell put in for `*`.
    let _ = if given.iter().all(is_plain) {
        refused.print()
    } else {
        let told = refused.render().to_string();
        let told: Vec<_> = told.lines().map(printable).collect();
        writeln!(io::stderr(), "{}", told.join("\n"))
    };
    refused.exit_code() as u8
}

/// What the file of a cache entry says of a text, as a check that is repeated reads it: nothing if the file is not whole,
/// is no entry, or speaks of places that the text does not have. For who tests what unspin reads.
pub fn kept(file: Vec<u8>, text: &[u8]) -> Option<unspin_lint::Diagnosis> {
    check::said(&cache::whole(file)?, text)
}

fn complain(error: &anyhow::Error) {
    let message = format!("{error:#}");
    // Nothing is left to tell anybody if standard error is closed.
    let _ = writeln!(io::stderr(), "error: {}", printable(&message));
}

/// Prints what people read.
fn print(text: &[u8]) -> anyhow::Result<u8> {
    let text = String::from_utf8_lossy(text);
    let mut lines: Vec<_> = text.split('\n').map(printable).collect();
    let last = lines.pop().unwrap_or_default();
    let lines: String = lines.iter().flat_map(|line| [&**line, "\n"]).collect();
    put((lines + &last).as_bytes())
}

/// Prints what programs may read, which is as it is unless a terminal would obey it.
fn print_exact(text: &[u8]) -> anyhow::Result<u8> {
    if io::stdout().is_terminal() { put(&shown(text)) } else { put(text) }
}

fn put(text: &[u8]) -> anyhow::Result<u8> {
    match io::stdout().write_all(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(CLEAN),
    }
}

/// Lines without what would drive a terminal.
fn shown(text: &[u8]) -> Cow<'_, [u8]> {
    match std::str::from_utf8(text).map(printable_lines) {
        Ok(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
        Ok(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
        Err(_) => {
            let text = String::from_utf8_lossy(text);
            Cow::Owned(printable_lines(&text).into_owned().into_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn nothing_that_drives_a_terminal_is_shown() {
        let text = b"+caf\xe9 \x1b]0;x\x07\t\xc2\x9b2J\n";
        let told = "+caf\u{fffd} \u{241b}]0;x\u{2407}\t\u{fffd}2J\n";
        assert_eq!(shown(text).as_ref(), told.as_bytes());
        assert_eq!(shown(b"a\tb\n").as_ref(), b"a\tb\n");
    }
}
