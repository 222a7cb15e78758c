//! `unspin` with the shipped rules.

use std::process::ExitCode;

fn main() -> ExitCode {
    unspin::run(&unspin_linter::Linter::new())
}
