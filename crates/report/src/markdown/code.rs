//! Text in code spans of Markdown.

use crate::printable::printable;

/// `text` as a code span that shows just it; what cannot be printed is replaced.
///
/// The fence is longer than any run of backticks in it. A space inside the fence, which is not shown, keeps apart what
/// would be taken for fence, and keeps the spaces at both ends, of which Markdown drops one each.
pub(super) fn code(text: &str) -> String {
    let text = printable(text);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A span of spaces alone is shown as it is.
    let blank = text.chars().all(|c| c == ' ');
    let edge = |c: char| c == '`' || c == ' ';
    let pad = if !blank && (text.starts_with(edge) || text.ends_with(edge)) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert_eq!(code("plain"), "`plain`");
        assert_eq!(code("a ``b` c"), "```a ``b` c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(" b"), "`  b `");
        assert_eq!(code("  "), "`  `");
        assert_eq!(code("a\nb"), "`a\u{240a}b`");
        assert_eq!(code(""), "(empty)");
    }
}
