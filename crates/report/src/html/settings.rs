//! The settings that a page was made under.

use super::markup::Markup;

/// Writes them as an entry of a list of terms: what is not as usual, as a `lint.toml`.
pub(super) fn write(out: &mut Markup, settings: &str) {
    out.raw("<div><dt>Settings</dt><dd>");
    match settings {
        "" => out.raw("as they come with the program"),
        settings => out
            .raw("<details>\n<summary>as they come with the program, but for these</summary>\n")
            .raw("<pre>")
            .lines(settings)
            .raw("</pre>\n</details>"),
    };
    out.raw("</dd></div>\n");
}
