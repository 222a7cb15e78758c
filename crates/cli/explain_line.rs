//! `unspin check --explain FILE:LINE`: why the words of a line are or are not marked.

use std::io::{self, Read as _};
use std::path::Path;

use anyhow::{Context as _, bail};
use unspin_containers::Container;
use unspin_lint::{Document, Span};
use unspin_linter::Linter;
use unspin_report::LineReport;

use crate::args::Check;
use crate::check::tool;
use crate::config::tell;
use crate::settings::Linters;
use crate::{read, walk};

/// A line of a file, and perhaps a column of it; both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: Option<u32>,
}

/// Prints the explanation and returns the exit status: it is no check, so findings are no failure, but what is wrong in
/// the settings is told on standard error and is 2.
pub(crate) fn explain_line(place: &str, arguments: &Check, linter: &Linter) -> anyhow::Result<u8> {
    let exists = |file: &str| file == "-" || std::fs::metadata(file).is_ok();
    let Some(place) = parse(place, exists) else {
        bail!("--explain takes FILE:LINE or FILE:LINE:COLUMN, such as story.txt:12, not `{place}`");
    };
    if Container::of_path(Path::new(place.file)).is_some() {
        bail!(
            "{}: a line of it is no line of a text; take the text out, and explain that",
            place.file
        );
    }
    let mut linters = Linters::new(&arguments.policy, linter)?;
    let (is_stdin, file) = (place.file == "-", Path::new(place.file));
    let named = arguments.stdin_filename.as_deref().filter(|_| is_stdin);
    let (governed, news) = linters.for_file(named.unwrap_or(file));
    let status = tell(&news);
    linters.expect_names()?;
    let name = match named {
        Some(named) => named.display().to_string(),
        None if is_stdin => "<stdin>".to_owned(),
        None => place.file.to_owned(),
    };
    let bytes = if is_stdin {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(|error| walk::explain(&error))
    } else {
        read::text(file)
    };
    let bytes = bytes.map_err(|why| anyhow::anyhow!("{name}: {why}"))?;
    let document = Document::read(&bytes, walk::markup(Path::new(&name), &bytes));
    let (source, span) = find(&document, place).with_context(|| name.clone())?;
    let explained = governed.linter.explain(&document, span);
    let line = LineReport {
        path: &name,
        document: &document,
        source,
        rules: governed.linter.rules(),
        report: &explained.report,
        trace: &explained.trace,
        explanations: &explained.explanations,
    };
    let page = match arguments.format.name {
        "text" => line.text().into_bytes(),
        "json" => line.json(&tool(&governed.linter.model())),
        _ => bail!("--explain has the formats text and json; leave --format out"),
    };
    crate::print(&page).map(|_| status)
}

/// Splits from the right, since a path may hold colons. Where two numbers stand at the end, the first belongs to the
/// name only if there is such a file and none without it.
fn parse(text: &str, exists: impl Fn(&str) -> bool) -> Option<Place<'_>> {
    let split = |text| -> Option<(&str, u32)> {
        let (before, number) = str::rsplit_once(text, ':')?;
        // No sign, and no number of thousands of digits.
        let number = number.bytes().all(|b| b.is_ascii_digit()).then(|| number.parse().ok())??;
        (!before.is_empty()).then_some((before, number))
    };
    let (file, last) = split(text)?;
    match split(file) {
        Some((shorter, line)) if exists(shorter) || !exists(file) => {
            Some(Place { file: shorter, line, column: Some(last) })
        }
        _ => Some(Place { file, line: last, column: None }),
    }
}

/// What is asked about, in bytes of the source and of the text; the latter is empty where the line holds no prose.
fn find(document: &Document<'_>, place: Place<'_>) -> anyhow::Result<(Span, Span)> {
    let (source, positions) = (document.source(), document.positions());
    // The empty line after the last line feed is none to whoever counts lines.
    let ends = u32::from(source.ends_with(['\n', '\r']));
    let lines = positions.line_count() - ends;
    let line = positions.line_span(place.line).filter(|_| place.line <= lines);
    let Some(line) = line.filter(|_| !source.is_empty()) else {
        match lines {
            _ if source.is_empty() => bail!("it is empty, so there is no line to explain"),
            1 => bail!("there is no line {}; it has one line, line 1", place.line),
            _ => bail!("there is no line {}; it has lines 1 to {lines}", place.line),
        }
    };
    let tokens = document.tokens();
    let from = tokens.partition_point(|t| document.in_source(t.span).end <= line.start);
    let to = tokens.partition_point(|t| document.in_source(t.span).start < line.end).max(from);
    let tokens = &tokens[from..to];
    let Some(column) = place.column else {
        let span = match tokens {
            [] => Span::new(0, 0),
            [first, ..] => first.span.cover(tokens[tokens.len() - 1].span),
        };
        return Ok((line, span));
    };
    let columns = source[line.range()].chars().count();
    let at = positions.byte_of_line_column(source, place.line, column).filter(|&at| at < line.end);
    let Some(at) = at else {
        match columns {
            0 => bail!("line {} is empty, so it has no column {column}", place.line),
            _ => bail!("line {} has no column {column}; it has columns 1 to {columns}", place.line),
        }
    };
    let words = || {
        let words =
            tokens.iter().filter(|t| document.token_text(t).contains(char::is_alphanumeric));
        words.map(|t| (document.in_source(t.span), t.span))
    };
    if let Some(found) = words().find(|(source, _)| source.contains(Span::new(at, at + 1))) {
        return Ok(found);
    }
    let away =
        |source: Span| if at < source.start { source.start - at } else { at + 1 - source.end };
    match words().min_by_key(|(source, _)| away(*source)) {
        None => bail!("line {} holds no word of prose", place.line),
        Some((nearest, _)) => bail!(
            "no word stands at column {column} of line {}; the nearest is `{}` at column {}",
            place.line,
            &source[nearest.range()],
            positions.at(source, nearest.start).column
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn expect(text: &str, files: &[&str], file: &str, line: u32, column: Option<u32>) {
        let got = parse(text, |name| files.contains(&name));
        assert_eq!(got, Some(Place { file, line, column }), "{text}");
    }

    #[test]
    fn a_place_is_split_from_the_right() {
        expect("a.txt:3", &["a.txt"], "a.txt", 3, None);
        expect("a.txt:3:14", &["a.txt"], "a.txt", 3, Some(14));
        expect("-:3", &["-"], "-", 3, None);
        expect("C:\\news\\a.txt:3", &[], "C:\\news\\a.txt", 3, None);
        expect("C:\\news\\a.txt:3:14", &[], "C:\\news\\a.txt", 3, Some(14));
        expect("10:30 news.txt:3", &[], "10:30 news.txt", 3, None);
    }

    #[test]
    fn a_number_at_the_end_of_a_name_is_part_of_it_where_only_that_file_exists() {
        expect("news:10:3", &["news:10"], "news:10", 3, None);
        expect("news:10:3", &["news"], "news", 10, Some(3));
        expect("news:10:3", &["news", "news:10"], "news", 10, Some(3));
        expect("news:10:3:7", &["news:10"], "news:10", 3, Some(7));
        // Where there is neither, the message speaks of the file that the rule would take.
        expect("news:10:3", &[], "news", 10, Some(3));
    }

    #[test]
    fn what_has_no_line_is_no_place() {
        for text in ["a.txt", "a.txt:", "a.txt:three", "a.txt:+3", ":3", "a.txt:99999999999", ""] {
            assert_eq!(parse(text, |_| true), None, "{text}");
        }
    }
}
