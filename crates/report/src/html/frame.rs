//! What stands around every page: head, style, script, and the policy under which a browser shows it.

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

use super::markup::Markup;
use crate::Tool;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// What a page is, and what it has of its own.
pub(super) struct Frame {
    pub(super) title: &'static str,
    /// Under the title.
    pub(super) about: &'static str,
    /// At the end.
    pub(super) closing: &'static str,
    /// After those that every page has; empty where there is none.
    pub(super) style: &'static str,
    pub(super) script: &'static str,
}

impl Frame {
    fn styles(&self) -> impl Iterator<Item = &'static str> {
        [STYLE, self.style].into_iter().filter(|style| !style.is_empty())
    }

    fn scripts(&self) -> impl Iterator<Item = &'static str> {
        [SCRIPT, self.script].into_iter().filter(|script| !script.is_empty())
    }
}

/// Opens a page: head and banner.
pub(super) fn open(out: &mut Markup, frame: &Frame, tool: &Tool) {
    let Frame { title, about, .. } = *frame;
    out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta")
        .attribute("http-equiv", "Content-Security-Policy")
        .attribute("content", &policy(frame))
        .raw(">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .raw("<meta name=\"referrer\" content=\"no-referrer\">\n<meta")
        .attribute("name", "generator")
        .attribute("content", &format!("{} {}", tool.name, tool.version))
        .raw(">\n<title>")
        .raw(title)
        .raw(" \u{2013} ")
        .text(&tool.name)
        .raw("</title>\n");
    for style in frame.styles() {
        out.raw("<style>").raw(style).raw("</style>\n");
    }
    out.raw("</head>\n<body>\n<a class=\"skip\" href=\"#texts\">Skip to the texts</a>\n")
        .raw("<header class=\"banner\">\n<h1>")
        .raw(title)
        .raw("</h1>\n<p class=\"about\">")
        .raw(about)
        .raw("</p>\n<dl class=\"record\">\n<div><dt>Program</dt><dd>")
        .text(&format!("{} {}", tool.name, tool.version))
        .raw("</dd></div>\n<div><dt>Language model</dt><dd><code>")
        .text(tool.model.as_deref().unwrap_or("none"))
        .raw("</code></dd></div>\n</dl>\n</header>\n");
}

/// Opens the main part, up to what its texts say.
pub(super) fn open_texts(out: &mut Markup) {
    out.raw("<div class=\"page\">\n<main id=\"texts\">\n");
}

/// Closes a page.
pub(super) fn close(out: &mut Markup, frame: &Frame) {
    out.raw("</div>\n<footer class=\"closing\">\n<p>").raw(frame.closing);
    out.raw(" The same program, model and settings say the same of the same bytes again.</p>\n</footer>\n");
    for script in frame.scripts() {
        out.raw("<script>").raw(script).raw("</script>\n");
    }
    out.raw("</body>\n</html>\n");
}

/// Nothing is fetched, framed or sent, and of style and script only this very text is obeyed.
fn policy(frame: &Frame) -> String {
    let hashes = |texts: &mut dyn Iterator<Item = &'static str>| {
        texts.map(|text| format!("'{}'", hash(text))).collect::<Vec<_>>().join(" ")
    };
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hashes(&mut frame.styles()),
        hashes(&mut frame.scripts())
    )
}

fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_as_browsers_compute_it() {
        // The example of the specification, Content Security Policy Level 3, section 2.3.1.
        assert_eq!(
            hash("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }

    #[test]
    fn style_and_script_end_where_their_elements_do_and_name_no_address() {
        let own = &super::super::comparison::FRAME;
        for text in [STYLE, SCRIPT, own.style, own.script] {
            assert!(!text.contains("</") && !text.contains("<!--"));
            for address in ["http:", "https:", "url(", "@import", "fetch("] {
                assert!(!text.contains(address), "{address}");
            }
        }
    }
}
