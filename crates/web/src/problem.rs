//! Mistakes in settings and packs, as the host is told of them.

use serde::Serialize;
use unspin_lint::Problem;
use unspin_report::printable;
use unspin_text::Positions;

/// A mistake, its place in UTF-16 units of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The file, as the caller named it.
    pub file: String,
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What is wrong: lower case, one sentence, no final stop.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

/// A mistake in a file of this text.
pub(crate) fn told(file: &str, text: &str, problem: &Problem) -> Told {
    let positions = Positions::new(text);
    let at = |byte| positions.at(text, byte).utf16;
    Told {
        file: printable(file).into_owned(),
        start: at(problem.span.start),
        end: at(problem.span.end),
        message: printable(&problem.message).into_owned(),
        help: problem.help.as_deref().map(|help| printable(help).into_owned()),
    }
}
