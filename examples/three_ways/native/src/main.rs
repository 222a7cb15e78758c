//! `unspin` with one rule more.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut linter = unspin_linter::Linter::new();
    linter.add([wordy_phrase::rule()]);
    unspin::run(&linter)
}
