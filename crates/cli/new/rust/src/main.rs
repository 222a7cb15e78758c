//! `unspin` with our own rules beside the shipped ones.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut linter = unspin_linter::Linter::new();
    for taken in linter.add({{name}}::rules()) {
        eprintln!("the rule `{}` is left out: {} has one of that id", taken.id, taken.holder);
    }
    unspin::run(&linter)
}
