//! What is wrong in a rule's TOML.

use std::fmt::Write as _;
use std::ops::Range;

/// A fault in the TOML of a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PackError {
    /// Where, in bytes of the TOML.
    pub span: Range<usize>,
    /// What is wrong: lower case, one sentence, no final stop.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
    /// The list of the rule that the span lies in, counted from 0 in the order in which they were read; none: its TOML.
    pub list: Option<usize>,
}

impl PackError {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, list: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn in_list(mut self, list: usize) -> Self {
        self.list = Some(list);
        self
    }

    /// The error over several lines for a build log: `path:line:column`, the line with the fault marked, the help.
    /// `toml` is the text that the span lies in; lines and columns count from 1, columns in code points.
    pub fn render(&self, path: &str, toml: &str) -> String {
        let start = boundary(toml, self.span.start);
        let line_start = toml[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = toml[line_start..].lines().next().unwrap_or_default();
        let number = toml[..line_start].matches('\n').count() + 1;
        let before = toml[line_start..start].chars().count();
        let end = boundary(
            toml,
            self.span.end.clamp(start, line_start + line.len().max(start - line_start)),
        );
        let marked = toml[start..end].chars().count().max(1);
        let mut out = format!("{path}:{number}:{}: {}\n  | {line}\n  | ", before + 1, self.message);
        out.push_str(&" ".repeat(before));
        out.push_str(&"^".repeat(marked));
        if let Some(help) = &self.help {
            let _ = write!(out, "\n  = help: {help}");
        }
        out
    }
}

/// The last character boundary up to `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::PackError;

    #[test]
    fn the_faulty_part_of_the_line_is_marked() {
        let error = PackError::new(10..13, "unknown key `ide`").help("did you mean `id`?");
        assert_eq!(
            error.render("a.toml", "# caf\u{e9}s\nxide = 1\n"),
            "a.toml:2:2: unknown key `ide`\n  | xide = 1\n  |  ^^^\n  = help: did you mean `id`?"
        );
    }

    #[test]
    fn a_span_past_the_end_is_still_rendered() {
        let error = PackError::new(90..99, "no phrases");
        assert!(error.render("a.toml", "id = 1").starts_with("a.toml:1:7: no phrases"));
        assert!(error.render("a.toml", "").starts_with("a.toml:1:1: no phrases"));
    }
}
