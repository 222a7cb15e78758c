//! A comparison as a page.

use std::io::{self, BufWriter};
use std::path::Path;

use unspin_compare::Kind;
use unspin_lint::Severity;
use unspin_report::{ComparisonReport, Exhibit};

use crate::args::Compare;
use crate::check::tool;
use crate::settings::Governed;

/// Writes it to standard output, under the settings of the reworded text.
pub(super) fn write(
    report: &ComparisonReport<'_>,
    governed: &Governed,
    arguments: &Compare,
) -> io::Result<()> {
    let rules = governed.linter.rules();
    let severities = Kind::ALL.map(|kind| match rules.state(kind.as_str()) {
        Some(state) if state.shown => state.severity,
        _ => Severity::Off,
    });
    let exhibit = Exhibit {
        report,
        tool: tool(&governed.linter.model()),
        severities,
        settings: &governed.differing,
        command: &command(arguments),
        full: arguments.full,
    };
    exhibit.write(&mut BufWriter::new(io::stdout().lock()))
}

/// The command that makes the page again, as a shell takes it.
fn command(arguments: &Compare) -> String {
    let mut words = vec!["unspin compare --format html".to_owned()];
    if arguments.full {
        words.push("--full".into());
    }
    words.extend(arguments.field.iter().map(|field| format!("--field {}", quoted(field))));
    words.extend(arguments.texts.iter().map(|path| of_path(path)));
    words.join(" ")
}

fn of_path(path: &Path) -> String {
    let path = path.display().to_string();
    // Elsewhere it would be taken for an option.
    let path = if path.starts_with('-') && path != "-" { format!("./{path}") } else { path };
    quoted(&path)
}

fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./,:@%+=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_shell_and_no_option() {
        let told =
            ["a/b-1.txt", "a b.txt", "it's", "$(x)", "-x.txt", "-"].map(|p| of_path(p.as_ref()));
        assert_eq!(told, ["a/b-1.txt", "'a b.txt'", r"'it'\''s'", "'$(x)'", "./-x.txt", "-"]);
    }
}
