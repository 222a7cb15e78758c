//! YAML or TOML before the text, as site generators have it.

/// The bytes of the front matter that `source` begins with, its closing line included; 0 if there is none. A byte-order
/// mark before it counts as part of it, and alone is all of it.
pub(crate) fn len(source: &str) -> usize {
    let mark = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = source[mark..].split_inclusive('\n');
    let Some(first) = lines.next().map(str::trim_end) else { return mark };
    if !matches!(first, "---" | "+++") {
        return mark;
    }
    let mut len = mark + source[mark..].find('\n').map_or(0, |at| at + 1);
    for (i, line) in lines.enumerate() {
        len += line.len();
        let line = line.trim_end();
        // Two rules with nothing between them, or with a paragraph set off from the first, are rules.
        if i == 0 && line.is_empty() {
            return mark;
        }
        if line == first || (first == "---" && line == "...") {
            return len;
        }
    }
    mark
}
