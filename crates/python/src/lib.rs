//! The native module of the Python package `unspin`: what takes time, and nothing of how it looks there. What it hands
//! out are numbers, strings and dictionaries; `python/unspin` makes typed objects of them.
//!
//! A text comes as `str` or `bytes`. All offsets that go out are code points of the text as it was read, beside those
//! that are named bytes. The interpreter runs on while a text is checked.

mod comparison;
mod files;
mod linter;
mod report;
mod score;
mod settings;
mod text;

use std::ffi::OsString;
use std::io::Write as _;

use pyo3::prelude::*;

/// What of unspin is fast.
#[pymodule]
mod _unspin {
    #[pymodule_export]
    use super::linter::Linter;
    #[pymodule_export]
    use super::{quoted, run, version};
}

/// The command line: `arguments` begin with the name of the program. Returns the exit status.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| {
        let status = unspin::run_with(&unspin_linter::Linter::new(), arguments);
        // A program in Rust does this when it ends. Nothing is left to tell anybody if the stream is closed.
        let _ = std::io::stdout().flush();
        status
    })
}

/// A string as JSON reports write it.
#[pyfunction]
fn quoted(text: &str) -> String {
    unspin_report::quoted(text)
}

/// Version of the package.
#[pyfunction]
fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
